"""The list of *More information*: walked through by key, opened, linked and taken off; verbs stand in the heads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from channergy_crm.language import _, one
from ui.look.plain import as_tip
from ui.more.painter import SIDE, LinkedPainter
from ui.more.rows import All, Rows
from ui.widgets.controls import Button
from ui.widgets.dialog import named, offer
from ui.widgets.entries_view import ROW, EntriesView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from channergy_crm.services.linked.reading import Group
    from ui.more.rows import Row

NAME = "more_information.list"
"""what it is called while it is seen; there may be one on each page"""


class LinkedList(EntriesView):
    """What is linked, group by group. Enter opens, Del takes off, Insert makes a new one, L links an existing one."""

    opened = Signal(object)
    """a row"""
    all_wanted = Signal(object)
    """a group of which all shall be shown"""
    new_wanted = Signal(object)
    """a group in which something new shall be made"""
    link_wanted = Signal(object)
    """a group in which an existing record shall be linked"""
    unlinked = Signal(object)
    """a row that shall be taken off"""

    def __init__(self, name: str, parent: QWidget) -> None:
        rows = Rows()
        super().__init__(rows, (f"{name}.hidden_more_information", NAME), _("More information"), parent)
        self._name, self.rows = name, rows
        rows.setParent(self)
        painter = LinkedPainter(self)
        self.paint_with(painter, painter.renew)
        self.doubleClicked.connect(lambda _index: self._open())

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show these; the cursor stays where it was."""
        held = self.row()
        self.rows.show(groups)
        for place, group in self.rows.heads():
            self.setIndexWidget(self.rows.index(place), self._verbs(group))
        self.stand_on_row(self.rows.row_of(held))
        self.fit()
        self.turned.emit()

    def row(self) -> Row | None:
        """The row the cursor stands on."""
        held: Row | None = self.currentIndex().data(ROW) if self.currentIndex().isValid() else None
        return held

    def _verbs(self, group: Group) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 1, SIDE, 1)
        row.setSpacing(4)
        row.addStretch(1)
        what: Any = one(group.record) if group.record is not None else group.title
        for verb, said, told, signal in (
            ("new", _("New…"), _("New {record}, linked already (Ins)"), self.new_wanted),
            ("link", _("Link…"), _("Link an existing {record} (L)"), self.link_wanted),
        ):
            if verb in group.offers:
                tip = told.format(record=what)
                button = named(Button(said, line), f"{self._name}.more_information_{verb}_{group.name}", tip)
                button.quiet()
                button.setToolTip(as_tip(tip))
                offer(button, group.why_not.get(verb, ""))
                button.clicked.connect(lambda _checked=False, signal=signal: signal.emit(group))
                row.addWidget(button)
        return line

    def _open(self) -> None:
        row = self.row()
        if row is not None and isinstance(row.entry, All):
            self.all_wanted.emit(row.group)
        elif row is not None and row.entry is not None:
            self.opened.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bare = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        row, key = self.row(), event.key()
        if not bare or row is None:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif key == Qt.Key.Key_Delete and row.entry is not None and not isinstance(row.entry, All):
            self.unlinked.emit(row)
        elif key == Qt.Key.Key_Insert and "new" in row.group.offers:
            self.new_wanted.emit(row.group)
        elif key == Qt.Key.Key_L and "link" in row.group.offers:
            self.link_wanted.emit(row.group)
        else:
            super().keyPressEvent(event)
