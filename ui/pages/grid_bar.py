"""The tool bar under an editable grid: first, previous, next, last, plus, and the rest (CH-75…CH-81)."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.command_bar import Commands
from ui.screen import Command
from ui.table import RecordTable


class GridBar(QWidget):
    """Moves through the rows of a table and holds the commands that belong to it."""

    def __init__(self, name: str, table: RecordTable, commands: Iterable[Command], parent: QWidget) -> None:
        super().__init__(parent)
        self.table = table
        moves = [
            Command("first", "First row", lambda bar: bar.table.go_to_row(0), "first"),
            Command("previous", "Previous row", lambda bar: bar.table.step(-1), "previous"),
            Command("next", "Next row", lambda bar: bar.table.step(1), "next"),
            Command("last", "Last row", lambda bar: bar.table.go_to_row(bar.table.model.rowCount() - 1), "last"),
        ]
        self.commands = Commands(name, [*moves, *commands], self)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 6)
        row.setSpacing(4)
        for command in self.commands.having(""):
            row.addWidget(self.commands.button(command, self, small=True))
        row.addSpacing(12)
        for command in self.commands.having("labelled"):
            row.addWidget(self.commands.button(command, self))
        row.addStretch(1)
        for command in self.commands.having("danger"):
            row.addWidget(self.commands.button(command, self))
        table.settled.connect(lambda _: self.commands.refresh())
        table.chosen.connect(lambda _: self.commands.refresh())


def a_row(bar: GridBar) -> str | None:
    """Some row must be chosen."""
    return None if bar.table.current() is not None else "Choose a row first."
