"""What became of a unit of work: taken back, done again, taken back …: only the last of these can be reversed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.work.journal import UnitRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def units(numbers: Iterable[int]) -> dict[int, UnitRow]:
    """These units, by number."""
    return {row.number: row for row in UnitRow.select().where(UnitRow.number.in_(list(numbers)))}


def ends(held: Iterable[UnitRow]) -> dict[int, UnitRow]:
    """For each unit the last of those that took it back, did it again, …: itself where nobody did."""
    wanted = list(held)
    known = {unit.number: unit for unit in wanted}
    asked: set[int] = set()
    while missing := {unit.reversed_by for unit in known.values() if unit.reversed_by} - known.keys() - asked:
        asked |= missing
        known |= units(missing)
    return {unit.number: _last(unit, known) for unit in wanted}


def _last(unit: UnitRow, known: Mapping[int, UnitRow]) -> UnitRow:
    while unit.reversed_by is not None and unit.reversed_by in known:
        unit = known[unit.reversed_by]
    return unit


def standing(unit: UnitRow, end: UnitRow) -> tuple[bool, int | None]:
    """Whether it is undone by now, and which unit is to be reversed to take it back or do it again."""
    free = None if unit.pruned or end.pruned or end.reversed_by is not None else end.number
    if unit.mode == "undo":
        return False, free if end is unit else None
    return end.mode == "undo", free


def said(unit: UnitRow) -> str:
    """What was done, in the language in use."""
    form = {"undo": _("Undone: {name}"), "redo": _("Done again: {name}")}.get(unit.mode, "{name}")
    return form.format(name=unit.message)
