"""Drop-downs: one that stores the value behind a description, and one that takes any text and suggests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QElapsedTimer, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QListView,
    QSizePolicy,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from channergy_crm.language import _
from channergy_crm.text.folding import fold
from ui.editors.base import offer_while_typing
from ui.widgets.drop_rows import DropRows
from ui.widgets.fields import ComboBox

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent, QWheelEvent

ADD = "\0add"
BESIDE = Qt.ItemDataRole.UserRole + 1
"""the stored value, where it is another text than its description"""
GAP = 16
NOT_TYPED = ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
KEYS_THAT_READ = {Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter}


class SearchedList(QListView):
    """The list of a drop-down, found by typing the beginning of any of its words, or else any part."""

    PAUSE = 1200
    """ms; what is typed without a longer pause is one text, blanks included ("Not R" finds Not Reached, F-55)"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.typed = ""
        self._since = QElapsedTimer()

    @property
    def is_searching(self) -> bool:
        """Whether somebody is in the middle of typing what they look for."""
        return bool(self.typed) and self._since.isValid() and self._since.elapsed() < self.PAUSE

    def keyboardSearch(self, search: str) -> None:
        """Go to the first description that matches what was typed without a longer pause."""
        if not search.strip() and not self.is_searching:
            return  # a blank begins nothing
        self.typed = fold(self.typed + search if self.is_searching else search)
        self._since.start()
        found = self._match()
        if found is not None:
            self.setCurrentIndex(found)

    def would_find(self, search: str) -> bool:
        """Whether something is found when this is typed on."""
        return self._match(fold(self.typed + search)) is not None

    def _match(self, typed: str = "") -> QModelIndex | None:
        typed = typed or self.typed
        rows = [self.model().index(row, 0) for row in range(self.model().rowCount())]
        offered = [row for row in rows if row.data(Qt.ItemDataRole.UserRole) != ADD]
        said = [(row, row.data() or "") for row in offered] + [(row, row.data(BESIDE) or "") for row in offered]
        named = [(fold(str(text)), row) for row, text in said]
        tests: list[Callable[[str], bool]] = [
            lambda name: name.startswith(typed),
            lambda name: any(word.startswith(typed) for word in name.split()),
            lambda name: typed in name,
        ]
        for test in tests:
            for name, row in named:
                if name and test(name):
                    return row
        return None


class ValueBeside(DropRows):
    """A line of a drop-down: the description, and at the end of the line what is stored (CH-153)."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        if beside := index.data(BESIDE):
            selected = option.state & QStyle.StateFlag.State_Selected
            role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.PlaceholderText
            room = option.rect.adjusted(0, 0, -GAP // 2, 0)
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.save()
            painter.setPen(option.palette.color(role))
            painter.drawText(room, int(side), str(beside))
            painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        beside = str(index.data(BESIDE) or "")
        wider = option.fontMetrics.horizontalAdvance(beside) + GAP if beside else 0
        return QSize(size.width() + wider, size.height())


class ChoiceEditor(ComboBox):
    """One of the values the office offers, shown by its description.

    A value that is no longer offered stays and is shown. With `may_add` the last line is "Add a value…", which
    changes nothing itself but sends `add_requested` with what was typed to find it. With `beside` the stored value
    stands beside its description (CH-153). `nothing` is what stands there while none is chosen.
    """

    changed = Signal()
    add_requested = Signal(str)

    def __init__(
        self,
        choices: Sequence[tuple[object, str]] = (),
        parent: QWidget | None = None,
        *,
        allow_empty: bool = True,
        may_add: bool = False,
        describe: Callable[[object], str] = str,
        beside: bool = False,
        nothing: str = "",
    ) -> None:
        super().__init__(parent)
        self._beside, self.nothing = beside, nothing
        self._allow_empty, self._may_add, self._describe = allow_empty, may_add, describe
        self._choices: list[tuple[object, str]] = []
        self._value: object = None
        self._read_only = self._quiet = False
        self.picked = False
        """whether what is chosen was picked from the open list, not walked to by key"""
        self._list: SearchedList | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(16)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.currentIndexChanged.connect(self._chosen)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[tuple[object, str]]) -> None:
        """Offer these (value, description) pairs; the current value stays what it is."""
        self._choices = list(choices)
        self._fill()

    def value(self) -> Any:
        """The stored value, None for none."""
        return self._value

    def set_value(self, value: object) -> None:
        """Show the description of this value; an empty one is none, unless that is one of the choices."""
        offered = not self._allow_empty and any(each == value for each, _description in self._choices)
        self._value = None if value == "" and not offered else value
        self._fill()

    def set_read_only(self, on: bool) -> None:
        """It can still be reached and heard, but not changed."""
        self._read_only = on
        self.setProperty("readOnly", on)
        self.update()

    def text_problem(self) -> str | None:
        """What is chosen from a list can always be read."""
        return None

    def showPopup(self) -> None:
        """Drop down, unless it is only to be read."""
        if not self._read_only:
            self.picked = True
            view = self._make_list()
            view.setCurrentIndex(self.model().index(self.currentIndex(), 0))
            if self._beside:
                view.setMinimumWidth(view.sizeHintForColumn(0) + view.verticalScrollBar().sizeHint().width() + GAP)
            super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nothing is changed by key while it is only to be read, and no arrow key runs into "Add a value…"."""
        self.picked = False
        if self._read_only and event.key() not in KEYS_THAT_READ:
            event.ignore()
            return
        down = event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_End)
        if self._may_add and down and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            last = self.count() - 2
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_PageDown: 10}.get(Qt.Key(event.key()), self.count())
            self.setCurrentIndex(min(self.currentIndex() + step, last))
            return
        if not self._searched_on(event):
            super().keyPressEvent(event)

    def _searched_on(self, event: QKeyEvent) -> bool:
        """Whether it was a blank inside what is typed to find a value; any other opens the list."""
        view = self._make_list()
        if event.key() != Qt.Key.Key_Space or not view.is_searching or event.modifiers() & NOT_TYPED:
            return False
        view.setCurrentIndex(self.model().index(self.currentIndex(), 0))
        view.keyboardSearch(" ")
        self.setCurrentIndex(view.currentIndex().row())
        return True

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling past changes nothing."""
        if self.hasFocus() and not self._read_only and not self._may_add:
            super().wheelEvent(event)
        else:
            event.ignore()

    def _make_list(self) -> SearchedList:
        """A list costs more than all the rest of a drop-down, and most are never opened."""
        if self._list is None:
            self._list = SearchedList(self)
            self.setView(self._list)
            if self._beside:
                self._list.setItemDelegate(ValueBeside(self._list))
        return self._list

    def _fill(self) -> None:
        self._quiet = True
        try:
            self.clear()
            if self._allow_empty or self._value is None:
                self.addItem(self.nothing, None)
            for value, description in self._choices:
                self.addItem(description, value)
                if self._beside and value != description:
                    self.setItemData(self.count() - 1, value, BESIDE)
                    self.setItemData(self.count() - 1, f"{description}, {value}", Qt.ItemDataRole.AccessibleTextRole)
            if self._row() < 0:
                self.addItem(self._describe(self._value), self._value)
                self.setItemData(self.count() - 1, _("This value is no longer offered."), Qt.ItemDataRole.ToolTipRole)
            if self._may_add:
                self.addItem(_("Add a value…"), ADD)
            self.setCurrentIndex(self._row())
        finally:
            self._quiet = False

    def _row(self) -> int:
        """Where the current value stands; compared as Python values, so that 1 and "1" stay apart."""
        return next((row for row in range(self.count()) if self.itemData(row) == self._value), -1)

    def _chosen(self, row: int) -> None:
        if self._quiet or row < 0:
            return
        if self.itemData(row) == ADD:
            self._quiet = True
            self.setCurrentIndex(self._row())
            self._quiet = False
            self.add_requested.emit(self._list.typed if self._list else "")
        elif self.itemData(row) != self._value:
            self._value = self.itemData(row)
            self.changed.emit()


class SuggestEditor(ComboBox):
    """Any text, with what others wrote here in a drop-down."""

    changed = Signal()

    def __init__(self, suggestions: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read_only = self._quiet = False
        self._list: SearchedList | None = None
        self._line = QLineEdit(self)
        self._line.setTextMargins(4, 0, 0, 0)
        self.setLineEdit(self._line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(16)
        self.setMinimumContentsLength(12)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.editTextChanged.connect(self._text_changed)
        self.set_suggestions(suggestions)

    def set_suggestions(self, suggestions: Sequence[str]) -> None:
        """Suggest these; the text stays what it is."""
        text = self.currentText()
        self._quiet = True
        try:
            self.clear()
            self.addItems(list(suggestions))
            offer_while_typing(self._line, suggestions)
            self.setCurrentIndex(self.findText(text, Qt.MatchFlag.MatchFixedString | Qt.MatchFlag.MatchCaseSensitive))
            self.setEditText(text)
        finally:
            self._quiet = False

    def learn(self) -> None:
        """Suggest from now on what is typed here."""
        known = [self.itemText(row) for row in range(self.count())]
        if self.value() and self.value() not in known:
            self.set_suggestions([self.value(), *known])

    def value(self) -> str:
        """The text, never None."""
        return self.currentText().strip()

    def set_value(self, value: str | None) -> None:
        """Show this text."""
        self._quiet = True
        try:
            self.setCurrentIndex(self.findText(value or "", Qt.MatchFlag.MatchExactly))
            self.setEditText(value or "")
            self._line.setCursorPosition(0)
        finally:
            self._quiet = False

    def set_read_only(self, on: bool) -> None:
        """Let it be read and copied, not changed."""
        self._read_only = on
        self._line.setReadOnly(on)
        self.setProperty("readOnly", on)
        self.update()

    def text_problem(self) -> str | None:
        """Any text can be read."""
        return None

    def setAccessibleName(self, name: str) -> None:
        """A screen reader hears the name in the line as well, where the focus is."""
        super().setAccessibleName(name)
        self._line.setAccessibleName(name)

    def showPopup(self) -> None:
        """Drop down, unless it is only to be read."""
        if self._read_only:
            return
        if self._list is None:
            self._list = SearchedList(self)
            self.setView(self._list)
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down choose nothing while it is only to be read."""
        if self._read_only and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_F4):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling past changes nothing."""
        if self.hasFocus() and not self._read_only:
            super().wheelEvent(event)
        else:
            event.ignore()

    def _text_changed(self) -> None:
        if not self._quiet:
            self.changed.emit()
