"""The history of a record: who did what to it and when, under which action, each field old → new (BX-12, BX-32).

It is read out of the journal, the newest first, a page at a time. What was taken back is told so, and any step of one's
own can be taken back from here, whichever window it was done at.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from channergy_crm.errors import Mistake, Refused
from channergy_crm.language import N_, _, many
from channergy_crm.records import Operator
from channergy_crm.services import rights
from channergy_crm.services.rights import Program
from channergy_crm.work import ChangeRow, UnitRow, chains
from channergy_crm.work.journal_values import unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence, Set
    from datetime import datetime

    from channergy_crm.fields import Kind
    from channergy_crm.work.record import Record

What = Literal["created", "changed", "removed", "deleted", "restored", "converted", "merged"]
Subject = tuple["type[Record]", object]
PAGE = 30
FLAGS: Mapping[str, tuple[What, What]] = {"removed": ("removed", "restored"), "converted": ("converted", "changed")}
"""flags that say what became of a record: what it means when they are set, and when they are taken away"""
CREATE = (N_("Create {record} {name}"), N_("Create {name}"))
DELETE = (N_("Delete {record} {name}"), N_("Delete {name}"))
REMOVE = (N_("Remove lead {name}"), N_("Remove {name}"))
RESTORE = (N_("Restore {record} {name}"), N_("Restore {name}"), N_("Restore lead {name}"))
TELLING = {*CREATE, *DELETE, *REMOVE, *RESTORE}
"""actions that say themselves what became of the record; under any other one it is said beside it"""
MERGE = N_("Merge {records} {names} into {name}")


class Changed(NamedTuple):
    """One field of one record: what it held and what it holds."""

    record: type[Record]
    kind: Kind[Any]
    before: object
    after: object


class Entry(NamedTuple):
    """What one unit of work did to a record. `by` is an operator's ID or a part of the program, `who` its name.

    `takes` is the unit that is to be reversed to take it back, or, where it is `undone`, to do it again; None where
    that cannot be. It `undoes` when it took something back itself. It `is_told` when the action says what became of the
    record.
    """

    unit: int
    record: type[Record]
    what: What
    said: str
    is_told: bool
    by: str
    who: str
    done: datetime
    fields: Sequence[Changed]
    undone: bool
    undoes: bool
    takes: int | None


class Page(NamedTuple):
    """Some entries, the newest first; `before` is where the next page goes on, None at the end."""

    entries: Sequence[Entry]
    before: int | None


def of(subjects: Sequence[Subject], by: str, *, before: int | None = None, limit: int = PAGE) -> Page:
    """What was done to a record, or to several that people read as one, such as an account and its customer."""
    for record, key in subjects:
        held = record.find(key)
        rights.require(by, "see", held or record)
        if held is None and rights.seen(record, by) is not None:
            said = _("What is no longer there is shown to whoever sees all {records}.")
            raise Refused(said.format(records=many(record)))
    about = concerning(subjects)
    older = about if before is None else about & (ChangeRow.unit < before)
    asked = ChangeRow.select(ChangeRow.unit).where(older).distinct().order_by(ChangeRow.unit.desc()).limit(limit + 1)
    rows: Any = asked.tuples()
    numbers = [int(row[0]) for row in rows]
    entries = told(numbers[:limit], subjects, by)
    return Page(entries, numbers[limit - 1] if len(numbers) > limit else None)


def told(numbers: Sequence[int], subjects: Sequence[Subject], by: str) -> list[Entry]:
    """What these units did to these records, in the order of the numbers; a unit that is not there is left out."""
    units = chains.units(numbers)
    ends, called = chains.ends(units.values()), names(unit.by for unit in units.values())
    changes: dict[int, list[ChangeRow]] = {number: [] for number in units}
    about = concerning(subjects) & ChangeRow.unit.in_(list(units))
    for change in ChangeRow.select().where(about).order_by(ChangeRow.number):
        changes[change.unit].append(change)
    types = {record._meta.table_name: record for record, _key in subjects}
    kept = {record: rights.hidden(record, by) for record in types.values()}
    return [
        _entry(unit, changes[number], types, kept, ends[number], called)
        for number in numbers if (unit := units.get(number))
    ]  # fmt: skip


def reversible(number: int, by: str) -> int:
    """The unit that may be reversed: one's own, or anybody's for an administrator; `Refused` with the sentence."""
    rights.require(by, "undo")
    row = UnitRow.get_or_none(UnitRow.number == number)
    if row is None or row.fixed:
        raise Mistake(row.fixed if row else _("That was done too long ago to be taken back."))
    if row.by != by and (reason := rights.may(by, "administer")):
        said = _("{operator} did that; only they or an administrator may take it back. {reason}")
        raise Refused(said.format(operator=names([row.by])[row.by], reason=reason))
    return number


def concerning(subjects: Sequence[Subject]) -> Any:
    """The condition for the changes of these records."""
    keys: dict[str, list[str]] = {}
    for record, key in subjects:
        keys.setdefault(record._meta.table_name, []).append(str(key))
    parts = [(ChangeRow.table == table) & ChangeRow.key.in_(those) for table, those in keys.items()]
    return reduce(or_, parts)


def _entry(
    unit: UnitRow, changes: Sequence[ChangeRow], types: Mapping[str, type[Record]],
    kept: Mapping[type[Record], Set[str]], end: UnitRow, called: Mapping[str, str],
) -> Entry:  # fmt: skip
    undone, takes = chains.standing(unit, end)
    verb = _what(unit, changes)
    return Entry(
        unit.number, next(iter(types.values())), verb, chains.said(unit),
        verb == "changed" or unit.name in {*TELLING, MERGE},
        unit.by, called[unit.by], unit.done, _fields(changes, types, kept), undone, unit.mode == "undo", takes,
    )  # fmt: skip


def _what(unit: UnitRow, changes: Sequence[ChangeRow]) -> What:
    if unit.name == MERGE:
        return "merged"
    verbs = [change.verb for change in changes]
    if "delete" in verbs:
        return "deleted"
    if "insert" in verbs:
        return "restored" if unit.mode != "do" or unit.name in RESTORE else "created"
    for change in changes:
        after = change.after or ""
        for flag, (on, off) in FLAGS.items():
            if f'"{flag}": ' in after:
                return on if f'"{flag}": true' in after else off
    return "changed"


def _fields(
    changes: Sequence[ChangeRow], types: Mapping[str, type[Record]], kept: Mapping[type[Record], Set[str]]
) -> list[Changed]:
    """What people see of it: each field once, with what it held before the unit and what it held after it.

    What a new record was filled in with, and what a deleted one held, is no change.
    """
    found: dict[tuple[str, str], Changed] = {}
    came_or_went = {change.table for change in changes if change.verb != "update"}
    for change in changes:
        record = types[change.table]
        if change.table in came_or_went:
            continue
        before, after = unpacked(record, change.before), unpacked(record, change.after)
        for name, now in after.items():
            kind = record.kind(name)
            if kind.system or kind.hidden or not kind.label or name in kept[record]:
                continue
            held = found.get((change.table, name))
            found[change.table, name] = Changed(record, kind, held.before if held else before.get(name), now)
    return [one for one in found.values() if one.before != one.after]


def names(ids: Iterable[str]) -> dict[str, str]:
    """What these operators and parts of the program are called."""
    wanted = set(ids)
    rows: Any = Operator.select(Operator.id, Operator.name).where(Operator.id.in_(list(wanted))).tuples()
    known = {id: name or id for id, name in rows}
    parts = {part.value: _(part.value) for part in Program}
    return {id: known.get(id) or parts.get(id) or id or _("Command line") for id in wanted}
