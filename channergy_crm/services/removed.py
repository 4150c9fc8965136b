"""What was removed or deleted, of every type, and bringing it back with what went with it (BX-12, C14).

Leads are marked as removed and stay; everything else is deleted, and the journal holds all of it until it is pruned.
Operators see and restore what they removed themselves, administrators everything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm import work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.language import _, one
from channergy_crm.services import areas, history, rights
from channergy_crm.text.folding import fold
from channergy_crm.work import ChangeRow, UnitRow, key_field, returning
from channergy_crm.work.called import called, deed
from channergy_crm.work.journal import DELETED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from channergy_crm.services.audit import Asked
    from channergy_crm.work.record import Record
    from channergy_crm.work.returning import Gone

MOST, AT_ONCE = 500, 520
"""records that are listed, the newest first; deletions looked at in one go, so that one look mostly tells of more"""
FLAG = "removed"
"""the field that marks a record as removed, where it stays"""


class Item(NamedTuple):
    """One removed record: what it is called, who removed it, when and under which action, and what went with it."""

    record: type[Record]
    key: object
    name: str
    by: str
    who: str
    done: datetime | None
    said: str
    went_along: Sequence[str]
    unit: int


class Listed(NamedTuple):
    """The newest of them; whether there are more than are listed."""

    items: Sequence[Item]
    more: bool


class Restored(NamedTuple):
    """What was brought back: the record, how many others with it, and the unit that did it.

    It is seen where `shown_at` is opened: the record itself, or the one it stands at.
    """

    record: Record
    others: int
    unit: int
    shown_at: Record


def items(asked: Asked, by: str) -> Listed:
    """What was removed and is not there again, the newest first; filtered by who removed it, by type and by words."""
    rights.require(by, "remove")
    who = asked.who if rights.may(by, "administer") is None else by
    found = [*_deleted(asked.table, who), *_marked(asked.table, who)]
    words = fold(asked.words).split()
    found = [item for item in found if all(word in fold(f"{item.name} {item.said}") for word in words)]
    found.sort(key=lambda item: item.unit, reverse=True)
    return Listed(found[:MOST], len(found) > MOST)


def needed(record: type[Record], key: object, by: str) -> list[str]:
    """What must be restored along with this one because it belongs to it, such as its account: how each is called."""
    rights.require(by, "remove", record)
    if _is_marked(record, key):
        return []
    target = _gone(record, key)
    return [
        each.caption() for each in _with_owners(target) if each.change != target.change and each.unit != target.unit
    ]


def restore(record: type[Record], key: object, by: str, *, with_needed: bool = False) -> Restored:
    """Bring a record back under its own number, with what was deleted with it and hung on it, as one unit.

    What it belongs to must be there: refused with a sentence, unless that shall come back `with_needed`.
    """
    rights.require(by, "remove", record)
    if _is_marked(record, key):
        return _unmark(record, key, by)
    target = _gone(record, key)
    found = _with_owners(target)
    for each in found if with_needed else [target]:
        rights.require(by, "remove", each.record)
        _require_own(each.unit, by)
        _require_place(each, by)
    types = areas.every_table()
    if not with_needed and (needs := next(iter(returning.needs(returning.along(target, types), types)), None)):
        _child, kind, number = needs
        owner = next(each for each in found if each.record is kind and each.key == number)
        said = _("It belongs to {record} “{name}”, which was deleted too. Restore that first.")
        raise Mistake(said.format(record=one(kind), name=owner.caption()))
    made = target.instance()
    with work.unit(deed(made, *history.RESTORE[:2]), by=by, record=one(made), name=made.caption()) as unit:
        returning.bring_back(found)
    fresh = record.find(key)
    assert fresh is not None  # noqa: S101  it was written just now
    return Restored(fresh, len(found) - 1, unit.number, _place_of(target) or fresh)


# ---------------------------------------------------------------- what is gone


def _is_marked(record: type[Record], key: object) -> bool:
    return FLAG in record._meta.fields and record.find(key) is not None


def _gone(record: type[Record], key: object) -> Gone:
    """The record as it was deleted; `Mistake` where it is there, or where nobody knows any more what it held."""
    there = record.find(key)
    if there is not None:
        raise Mistake(_("{name} is there already.").format(name=called(there)))
    mine = (ChangeRow.table == record._meta.table_name) & (ChangeRow.key == str(key)) & (ChangeRow.verb == "delete")
    change = ChangeRow.select().where(mine).order_by(ChangeRow.unit.desc(), ChangeRow.number.desc()).first()
    held = returning.gone(change, areas.every_table()) if change is not None else None
    unit = UnitRow.get_or_none(UnitRow.number == held.unit) if held is not None else None
    if held is None or unit is None or unit.pruned:
        said = _("{record} {number} was deleted too long ago: nothing is left of it.")
        raise Mistake(said.format(record=record.singular, number=key))
    return held


def _with_owners(target: Gone) -> list[Gone]:
    """What comes back: the owners that were deleted as well, the record, and what hung on it. Owners come first."""
    types = areas.every_table()
    found = returning.along(target, types)
    while needs := list(returning.needs(found, types)):
        for _child, kind, key in needs:
            owner = _gone(kind, key)
            if owner.change not in {each.change for each in found}:
                found = [owner, *found]
    return found


def _require_own(number: int, by: str) -> None:
    unit = UnitRow.get_by_id(number)
    if unit.by != by and (reason := rights.may(by, "administer")):
        said = _("{operator} deleted that; only they or an administrator may restore it. {reason}")
        raise Refused(said.format(operator=history.names([unit.by])[unit.by], reason=reason))


def _place_of(held: Gone) -> Record | None:
    """The record it stood at, where that is there."""
    table, number = (held.values.get(name) for name in held.record.about.stands_at)
    kind = areas.every_table().get(str(table or ""))
    return kind.find(number) if kind is not None else None


def _require_place(held: Gone, by: str) -> None:
    """Whoever may not change the record something stood at puts nothing back there."""
    if (place := _place_of(held)) is not None:
        rights.require(by, "edit", place)


def _unmark(record: type[Record], key: object, by: str) -> Restored:
    held: Any = record.find(key)
    if not getattr(held, FLAG):
        raise Mistake(_("{name} is there already.").format(name=called(held)))
    told = _removals(record, [key]).get(str(key))
    if told is not None:
        _require_own(told.number, by)
    with work.unit(deed(held, *history.RESTORE[:2]), by=by, record=one(held), name=held.caption()) as unit:
        setattr(held, FLAG, False)
        held.save()
    return Restored(held, 0, unit.number, held)


# ---------------------------------------------------------------- lists


def _deleted(table: str, who: str) -> list[Item]:
    """The deleted ones that are not there again, each once, without those that went along with another one."""
    found: list[Item] = []
    seen: set[tuple[str, str]] = set()
    for batch in _deletions(table, who):
        latest = {(change.table, change.key): change for change in reversed(batch)}  # the first of each is the latest
        fresh = [change for place, change in latest.items() if place not in seen]
        seen |= latest.keys()
        found += _items_of(fresh)
        if len(found) > MOST:
            break
    return found


def _deletions(table: str, who: str) -> Iterator[list[ChangeRow]]:
    types = [name for name, record in areas.every_table().items() if record.about.comes_back]
    wanted: Any = DELETED & ChangeRow.table.in_([table] if table else types) & ChangeRow.before.is_null(False)
    joined = ChangeRow.select(ChangeRow).join(UnitRow, on=(UnitRow.number == ChangeRow.unit))
    wanted &= UnitRow.pruned.is_null()
    if who:
        wanted &= UnitRow.by == who
    last, below = 2**31 - 1, 2**31 - 1
    while True:
        older = (ChangeRow.unit < last) | ((ChangeRow.unit == last) & (ChangeRow.number < below))
        rows: list[Any] = list(
            joined.where(wanted & older).order_by(ChangeRow.unit.desc(), ChangeRow.number.desc()).limit(AT_ONCE)
        )
        if rows:
            last, below = rows[-1].unit, rows[-1].number
            yield rows
        if len(rows) < AT_ONCE:
            return


def _items_of(changes: Sequence[ChangeRow]) -> list[Item]:
    types = areas.every_table()
    held = [found for change in changes if (found := returning.gone(change, types)) is not None]
    there = {
        record: returning.stands(record, [one.key for one in held if one.record is record])
        for record in {one.record for one in held}
    }
    gone = [found for found in held if found.key not in there[found.record]]
    units = {row.number: row for row in UnitRow.select().where(UnitRow.number.in_(list({one.unit for one in gone})))}
    called_so = history.names(row.by for row in units.values())
    together = _together(gone)
    hanging = {each.change for alongside in together.values() for each in alongside}
    return [
        Item(each.record, each.key, each.caption(), units[each.unit].by, called_so[units[each.unit].by],
             units[each.unit].done, str(units[each.unit].message),
             [_("{record} {name}").format(record=one.record.singular, name=one.caption()) for one in
              together.get(each.change, [])], each.unit)
        for each in gone if each.change not in hanging and each.unit in units
    ]  # fmt: skip


def _together(gone: Sequence[Gone]) -> dict[int, list[Gone]]:
    """By the change of each what was deleted in the same unit and hung on it; none for what was deleted alone."""
    by_unit: dict[int, list[Gone]] = {}
    for each in gone:
        by_unit.setdefault(each.unit, []).append(each)
    found: dict[int, list[Gone]] = {}
    for unit in by_unit.values():
        for each in unit if len(unit) > 1 else ():
            hanging = [other for other in unit if returning.hangs_on(other, each)]
            if hanging:
                found[each.change] = hanging
    return found


def _marked(table: str, who: str) -> list[Item]:
    """The records that are marked as removed, with who did that and when."""
    found: list[Item] = []
    for record in areas.every_record():
        if FLAG in record._meta.fields and table in ("", record._meta.table_name):
            rows: list[Any] = list(_latest_marked(record))
            units = _removals(record, [row.key for row in rows])
            called_so = history.names(unit.by for unit in units.values())
            found += [item for row in rows if (item := _marked_item(row, units.get(str(row.key)), called_so))
                      and who in ("", item.by)]  # fmt: skip
    return found


def _marked_item(row: Any, unit: UnitRow | None, called_so: dict[str, str]) -> Item:
    if unit is None:
        return Item(type(row), row.key, row.caption(), "", "", None, "", (), 0)
    said = str(unit.message)
    return Item(type(row), row.key, row.caption(), unit.by, called_so[unit.by], unit.done, said, (), unit.number)


def _latest_marked(record: type[Record]) -> Any:
    """The removed ones on which something was done last."""
    key, flag = key_field(record), record.kind(FLAG)
    latest = (
        ChangeRow.select(peewee.fn.MAX(ChangeRow.unit))
        .where((ChangeRow.table == record._meta.table_name) & (ChangeRow.key == key.cast("TEXT")))
    )  # fmt: skip
    return record.select().where(flag).order_by(peewee.fn.COALESCE(latest, 0).desc(), key.desc()).limit(MOST + 1)


def _removals(record: type[Record], keys: Sequence[object]) -> dict[str, UnitRow]:
    """By key the unit that marked it last."""
    if not keys:
        return {}
    mine = (ChangeRow.table == record._meta.table_name) & ChangeRow.key.in_([str(key) for key in keys])
    rows: Any = ChangeRow.select(ChangeRow.key, ChangeRow.unit, ChangeRow.after).where(
        mine & (ChangeRow.verb == "update")
    )
    marked = {key: unit for key, unit, after in rows.order_by(ChangeRow.unit).tuples() if f'"{FLAG}": true' in after}
    units = {row.number: row for row in UnitRow.select().where(UnitRow.number.in_(list(set(marked.values()))))}
    return {key: units[number] for key, number in marked.items() if number in units}
