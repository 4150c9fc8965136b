"""Which columns a list shows, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from channergy_crm.language import _
from ui.look.icons import icon
from ui.look.plain import as_tip
from ui.look.wording import key_name
from ui.widgets.controls import IconButton
from ui.widgets.dialog import Dialog, Remark, offer
from ui.widgets.views import calm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.settings import Station

NAME = Qt.ItemDataRole.UserRole
CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class ColumnsDialog(Dialog):
    """Every column with a check box, those shown first; moved by button, by Alt+Up and Alt+Down, or dragged."""

    def __init__(
        self,
        all_columns: Sequence[tuple[str, str]],
        shown: Sequence[str],
        parent: QWidget | None = None,
        station: Station | None = None,
    ) -> None:
        super().__init__("columns", _("Choose columns"), parent, station, size=(360, 460))
        self._list = self.named(calm(QListWidget(self)), "list", _("Columns"))
        self._list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self._list.setDefaultDropAction(Qt.DropAction.MoveAction)
        self._fill(dict(all_columns), shown)
        self.body.addWidget(Remark(_("Check what the list shows; drag or move it into the order you like."), self))
        self.body.addLayout(self._row())
        self._problem = Remark("", self, ink="overdue")
        self.body.addWidget(self._problem)
        self._show = self.button("show", _("Show these"))
        self.finish_with(self._show, self.button("cancel", _("Cancel"), _("Leave the columns as they are (Esc)")))
        self._list.itemChanged.connect(lambda _: self._look())
        self._list.currentRowChanged.connect(lambda _: self._look())
        self._list.setCurrentRow(0)
        self._list.setFocus()
        self._look()

    def chosen(self) -> list[str]:
        """The names of the columns to show, in their order."""
        return [item.data(NAME) for item in self._items() if item.checkState() == CHECKED]

    def accept(self) -> None:
        """Show them; a list has at least one column."""
        if self.chosen():
            super().accept()

    def move_current(self, by: int) -> None:
        """Move the column the cursor is on up (-1) or down (1)."""
        row = self._list.currentRow()
        if 0 <= row + by < self._list.count():
            self._list.insertItem(row + by, self._list.takeItem(row))
            self._list.setCurrentRow(row + by)

    def _fill(self, labels: dict[str, str], shown: Sequence[str]) -> None:
        first = [name for name in shown if name in labels]
        for name in [*first, *(name for name in labels if name not in first)]:
            item = QListWidgetItem(labels[name], self._list)
            item.setData(NAME, name)
            item.setSizeHint(QSize(0, 26))
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled)
            item.setCheckState(CHECKED if name in first else UNCHECKED)

    def _row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._list, 1)
        self._up = self._mover("up", _("Move up"), "chevron_up", -1, "Alt+Up")
        self._down = self._mover("down", _("Move down"), "chevron_down", 1, "Alt+Down")
        movers = QVBoxLayout()
        movers.addWidget(self._up)
        movers.addWidget(self._down)
        movers.addStretch(1)
        row.addLayout(movers)
        return row

    def _mover(self, word: str, text: str, drawing: str, by: int, key: str) -> QToolButton:
        button = self.named(IconButton(self), word, text)
        button.setIcon(icon(drawing, button))
        button.setToolTip(as_tip(f"{text} ({key_name(key)})"))
        button.clicked.connect(lambda: self.move_current(by))
        QShortcut(QKeySequence(key), self, lambda: self.move_current(by))
        return button

    def _items(self) -> list[QListWidgetItem]:
        return [self._list.item(row) for row in range(self._list.count())]

    def _look(self) -> None:
        some = bool(self.chosen())
        offer(self._show, "" if some else _("A list needs at least one column."))
        self._problem.say("" if some else _("A list needs at least one column."))
        row = self._list.currentRow()
        offer(self._up, "" if row > 0 else _("This is the first column."))
        offer(self._down, "" if 0 <= row < self._list.count() - 1 else _("This is the last column."))
