"""Whoever asked to be forgotten and not to be called does not come back by a file as somebody to call (DP-7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.records import DoNotCall
from channergy_crm.records.do_not_call import HASHED
from channergy_crm.services import register

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.work.record import Record

FLAG = "do_not_call"
Columns = tuple[object, ...]


def marked(record: type[Record], names: Sequence[str], rows: Sequence[Columns], by: str) -> tuple[list[Columns], int]:
    """Rows of new records with Do Not Call set where a number of theirs is on the register by its hash alone, and how
    many those were. `names` are the fields of the columns, by python name.
    """
    known = DoNotCall.select().where(DoNotCall.key_of_number.startswith(HASHED))
    if FLAG not in names or not rows or not known.exists():
        return list(rows), 0
    flag, places = names.index(FLAG), _places(record, names)
    numbers = {str(row[place]) for row in rows for place in places if row[place]}
    listed = register.find(numbers, by)
    found = [any(str(row[place]) in listed for place in places if row[place]) for row in rows]
    changed = [(*row[:flag], True, *row[flag + 1 :]) if on else row for row, on in zip(rows, found, strict=True)]
    return changed, sum(found)


def _places(record: type[Record], names: Sequence[str]) -> list[int]:
    """Where the numbers by which somebody is called stand in the form in which the register knows them."""
    wanted = [f"{name}{form}" for name, kind in record.kinds().items() if kind.dialed for form in ("_e164", "_digits")]
    return [names.index(name) for name in wanted if name in names]
