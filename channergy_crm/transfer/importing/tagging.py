"""A column *Tags* of a file: words with commas between, put on what the rows make or say something of (BX-40)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from channergy_crm.errors import Mistake
from channergy_crm.language import N_
from channergy_crm.records.tags import can_be_tagged
from channergy_crm.services import rights, tags
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from channergy_crm.transfer.reading.tables import Row
    from channergy_crm.work.record import Record

TAGS = "tags"
"""where a column can go that is no field"""
SAID = N_("Tags")
KNOWN = "tags tag schlagworte schlagworter schlagwort labels etiketten etiquetas"  # unsaid: titles in files
"""how such a column is called, here and in other programs"""
MOST = 20
"""tags of one row"""


def concerns(record: type[Record]) -> bool:
    """Whether a column can go there, and no field of the record has that name."""
    return can_be_tagged(record) and TAGS not in record.kinds()


def names(text: str) -> list[str]:
    """The tags a cell names, each once; what is no tag, such as a whole sentence, is none."""
    found: dict[str, str] = {}
    for part in re.split(r"[,;|\n]|(?:^|\s)#", text):
        try:
            name = tags.readable(part)
        except Mistake:
            continue
        found.setdefault(fold(name), name)
    return list(found.values())[:MOST]


class Tagged:
    """Which row names which tags; once its record has a number, they are put on it within the unit of the import."""

    def __init__(self, record: type[Record], columns: Mapping[int, str]) -> None:
        mapped = concerns(record)
        self._record = record
        self._places = [place for place, name in columns.items() if name == TAGS and mapped]
        self._by_row: dict[int, list[str]] = {}

    def read(self, row: Row) -> None:
        """Remember what a row names."""
        cells = [row.values[place] for place in self._places if place < len(row.values)]
        if found := names(", ".join(cell for cell in cells if cell.strip())):
            self._by_row[row.number] = found

    def put_on(self, made: Iterable[tuple[int, int]], known: Iterable[tuple[int, int]], by: str) -> None:
        """Put them on new records and on known ones, as pairs of a row and the number of its record; what may not be
        changed keeps the tags it has.
        """
        there = [(row, key) for row, key in known if row in self._by_row]
        beyond = rights.beyond(self._record, [key for _row, key in there], by) if there else set()
        keys: dict[str, tuple[str, list[int]]] = {}
        for row, key in (*made, *((row, key) for row, key in there if key not in beyond)):
            for name in self._by_row.get(row, ()):
                keys.setdefault(fold(name), (name, []))[1].append(key)
        for name, those in keys.values():
            tags.wear(self._record, those, name, by)
