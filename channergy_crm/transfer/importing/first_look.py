"""A first look at a file: how it is written, its first rows, what they suggest, and the presets for files like it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from channergy_crm.services import rights
from channergy_crm.transfer.importing import presets
from channergy_crm.transfer.importing.plan import Plan, propose
from channergy_crm.transfer.reading.sources import open_source

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from channergy_crm.services.imports import Preset
    from channergy_crm.transfer.reading.tables import Row
    from channergy_crm.work.record import Record

PREVIEWED = 100
COUNTED = 2_000
"""rows that are counted; of more it is told about how many there are"""


@dataclass(frozen=True)
class Manner:
    """How a file is written, as far as somebody has said; what nobody says the file itself tells."""

    encoding: str = ""
    delimiter: str = ""
    quote: str | None = None
    titled: bool | None = None
    sheet: str = ""
    title_row: int = 0


@dataclass(frozen=True)
class Look:
    """What was understood of a file."""

    plan: Plan
    rows: Sequence[Row]
    """the first ones"""
    offered: Sequence[Preset]
    """the presets for files like this one, the office's own first"""
    beginning: Sequence[Row] = ()
    """the first rows as they stand, among which the titles are"""
    count: int = 0
    counted: bool = True
    """how many rows there are, and whether that is known or about so"""

    def samples(self, place: int, most: int = 3) -> list[str]:
        """Some different values of a column."""
        cells = (row.values[place].strip() for row in self.rows if place < len(row.values))
        return list(islice(dict.fromkeys(cell for cell in cells if cell), most))

    def like(self, earlier: Look) -> bool:
        """Whether the columns are the same, so that what was said about the earlier one still holds."""
        ours, theirs = self.plan, earlier.plan
        return ours.record is theirs.record and ours.source.header == theirs.source.header

    def keeping(self, earlier: Plan) -> Look:
        """The same file read in another way, imported as was said before; cells mended by row no longer fit."""
        return replace(self, plan=replace(earlier, source=self.plan.source, mended={}))


def look(record: type[Record], path: Path, manner: Manner, by: str) -> Look:
    """Find out what a file is and how its records would be imported. `Mistake` when it cannot be.

    A preset the office saved for files with these columns, or one for the program whose export this is, is followed.
    """
    rights.require(by, "import", record)
    source = open_source(
        path, encoding=manner.encoding, delimiter=manner.delimiter, quote=manner.quote, sheet=manner.sheet
    )
    plan = propose(record, source, titled=manner.titled, title_row=manner.title_row)
    offered = presets.offered(plan, by)
    if offered:
        plan = plan.following(offered[0].name, offered[0].plan)
    rows = list(islice(plan.source.rows(), COUNTED + 1))
    counted = len(rows) <= COUNTED
    count = len(rows) if counted else max(COUNTED, plan.source.lines - bool(plan.source.titled))
    return Look(plan, rows[:PREVIEWED], offered, plan.source.beginning(), count, counted)
