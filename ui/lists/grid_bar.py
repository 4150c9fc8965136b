"""The tool bar under an editable grid: first, previous, next, last, plus, and the rest (CH-75…CH-81)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from channergy_crm.language import _, varied
from ui.screen import Command
from ui.widgets.command_bar import Commands
from ui.widgets.controls import Button
from ui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QResizeEvent

    from ui.lists.table import RecordTable


class GridBar(QWidget):
    """Moves through the rows of a table and holds the commands that belong to it."""

    def __init__(self, name: str, table: RecordTable, commands: Iterable[Command], parent: QWidget) -> None:
        super().__init__(parent)
        self.table = table
        self._moves = Commands(name, MOVES, self)
        self.commands = Commands(name, [_after_typing(command) for command in commands], self)
        self.commands.reach_from(table)
        row = self._row = WrappingRow(self)
        row.setContentsMargins(0, 4, 0, 6)
        row.setSpacing(4)
        for part in (self._moves, self.commands):
            for command in part.having(""):
                row.addWidget(part.button(command, self, small=True))
        gap = QWidget(self)
        gap.setFixedSize(8, 1)
        row.addWidget(gap)
        for command in self.commands.having("labelled"):
            row.addWidget(self.commands.button(command, self))
        for command in self.commands.having("danger"):
            row.add_last(self.commands.button(command, self))
        table.settled.connect(self._settled)
        table.chosen.connect(lambda _: self.commands.refresh())
        table.model.dataChanged.connect(lambda: self.commands.refresh())
        table.grid.selectionModel().currentRowChanged.connect(self._moves.refresh)
        table.settled.connect(self._moves.refresh)
        self._moves.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the keys go first, then the drawings, never the words."""
        super().resizeEvent(event)
        named = [each for each in self.findChildren(Button) if each.text()]
        for keys, drawn in ((True, True), (False, True), (False, False)):
            for each in named:
                each.say_key(keys)
                each.say_drawing(drawn)
            if self._row.sizeHint().width() <= self.width():
                return

    def _settled(self, key: object) -> None:
        """Somebody who looks at the list stands on its first row, so that every command is at hand."""
        if key is None:
            self.table.go_to_row(0)
        self.commands.refresh()


def _after_typing(command: Command) -> Command:
    """A command takes over what stands in an open cell before it does anything, and may not be done by everybody."""

    def run(bar: GridBar) -> None:
        if bar.table.finish_editing():
            command.run(bar)

    def offered(bar: GridBar) -> str | None:
        return bar.table.why_refused(command.name) or command.offered(bar)

    return varied(command, run=run, offered=offered)


def _earlier(bar: GridBar) -> str | None:
    if not bar.table.model.rowCount():
        return _("The list is empty.")
    return None if bar.table.grid.currentIndex().row() > 0 else _("This is the first row.")


def _later(bar: GridBar) -> str | None:
    count = bar.table.model.rowCount()
    if not count:
        return _("The list is empty.")
    return None if bar.table.grid.currentIndex().row() < count - 1 else _("This is the last row.")


MOVES = [
    Command("first", "First row", lambda bar: bar.table.go_to_row(0), "first", "", _earlier),
    Command("previous", "Previous row", lambda bar: bar.table.step(-1), "previous", "", _earlier),
    Command("next", "Next row", lambda bar: bar.table.step(1), "next", "", _later),
    Command("last", "Last row", lambda bar: bar.table.go_to_row(bar.table.model.rowCount() - 1), "last", "", _later),
]


def a_row(bar: GridBar) -> str | None:
    """Some row must be chosen."""
    return None if bar.table.current() is not None else _("Choose a row first.")
