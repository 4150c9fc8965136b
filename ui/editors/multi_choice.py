"""A drop-down in which several values are checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from channergy_crm.fields.multi_lookup import together
from channergy_crm.language import _
from ui.editors.choices import ADD, SearchedList
from ui.look.plain import as_tip
from ui.widgets.fields import ComboBox

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

OPENING = {Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_F4}
ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class SeveralEditor(ComboBox):
    """Values of one of the office's lists: Down opens it, Space checks, Enter is done. `split` takes a value apart."""

    changed = Signal()
    add_requested = Signal(str)

    def __init__(
        self, choices: Sequence[tuple[str, str]], split: Callable[[str], list[str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._split, self._choices, self._read_only = split, list(choices), False
        self._values: list[str] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(16)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self._list = SearchedList(self)
        self.setView(self._list)
        self.view().installEventFilter(self)
        self.view().viewport().installEventFilter(self)
        self._fill()

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these (value, description) pairs; what is checked stays checked."""
        self._choices = list(choices)
        self._fill()

    def value(self) -> str:
        """The checked values, as they are stored."""
        return together(self._values)

    def set_value(self, value: str | None) -> None:
        """Check these values."""
        self._values = self._split(value or "")
        self._fill()

    def set_read_only(self, on: bool) -> None:
        """It can still be reached and heard, but not changed."""
        self._read_only = on
        self.setProperty("readOnly", on)
        self.update()

    def text_problem(self) -> str | None:
        """What is checked in a list can always be read."""
        return None

    def currentText(self) -> str:
        """What is checked, as people read it."""
        known = dict(self._choices)
        return ", ".join(known.get(value, value) for value in self._values)

    def _fill(self) -> None:
        held = {value for value, _description in self._choices}
        old = [(value, value) for value in self._values if value not in held]
        self.clear()
        for value, description in [*self._choices, *old]:
            self.addItem(description, value)
            checked = Qt.CheckState.Checked if value in self._values else Qt.CheckState.Unchecked
            self.setItemData(self.count() - 1, checked, Qt.ItemDataRole.CheckStateRole)
        for row in range(len(self._choices), self.count()):
            self.setItemData(row, _("This value is no longer offered."), Qt.ItemDataRole.ToolTipRole)
        self.addItem(_("Add a value…"), ADD)
        self._tell()

    def _tell(self) -> None:
        self.setToolTip(as_tip(self.currentText()))
        self.setAccessibleDescription(self.currentText() or _("Nothing is checked"))
        self.update()

    def _toggle(self, index: QModelIndex) -> None:
        value = index.data(Qt.ItemDataRole.UserRole)
        if value == ADD:
            self.hidePopup()
            self.add_requested.emit("")
        elif value is not None:
            on = value not in self._values
            self._values = [*self._values, value] if on else [held for held in self._values if held != value]
            checked = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
            self.setItemData(index.row(), checked, Qt.ItemDataRole.CheckStateRole)
            self._tell()
            self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list stays open while values are checked in it."""
        view = self.view()
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            self._toggle(view.indexAt(event.position().toPoint()))
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is view:
            adding = view.currentIndex().data(Qt.ItemDataRole.UserRole) == ADD
            if event.key() == Qt.Key.Key_Space and self._list.is_searching and self._list.would_find(" "):
                return super().eventFilter(watched, event)  # a blank inside what is looked for
            if event.key() == Qt.Key.Key_Space or (event.key() in ENTER and adding):
                self._toggle(view.currentIndex())
                return True
            if event.key() in ENTER:
                self.hidePopup()
                return True
        return super().eventFilter(watched, event)

    def showPopup(self) -> None:
        """Drop down, unless it is only to be read."""
        if not self._read_only:
            super().showPopup()
            self.view().setCurrentIndex(self.model().index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Closed, it opens; all other keys go on to the form."""
        if event.key() in OPENING:
            self.showPopup()
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling past changes nothing."""
        event.ignore()
