"""Sections of a list are folded by a click on their heads, or with Left and Right; which are folded is remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from channergy_crm.settings import Station
    from ui.lists.listed_rows import Sectioning
    from ui.lists.table import RecordTable


class Folding(QObject):
    """Lets the sections of a list be folded by a click on their heads, or with the arrow keys Left and Right."""

    def __init__(self, table: RecordTable, sectioning: Sectioning, station: Station) -> None:
        super().__init__(table)
        self._table, self._station = table, station
        model = table.model
        model.divide(sectioning, set(station.recall(f"{table.name}.folded", [])))
        table.grid.folded.connect(self._fold)

    def _fold(self, row: int, wanted: bool | None) -> None:
        model = self._table.model
        heads, section = model.sectioned().heads, model.parts.section(row)
        if wanted is True:
            closed = [number for number, count in enumerate(model.parts.counts) if count and
                      heads[number].name in model.folded]  # fmt: skip
            section = next((number for number in closed if number > section), closed[0] if closed else -1)
        if section < 0:
            return
        name = heads[section].name
        folded = model.folded ^ {name} if wanted is None or (name in model.folded) == wanted else model.folded
        model.folded = set(folded)
        self._station.remember(f"{self._table.name}.folded", sorted(folded))
        self._table.show_folded()
