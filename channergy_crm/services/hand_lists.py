"""Lists put together by hand: records are put on them and taken off, and a filter finds them (`list:"Spring fair"`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm import work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.language import _, counted, many
from channergy_crm.records.hand_lists import Gathered, GatheredRow
from channergy_crm.services import rights
from channergy_crm.services.bulk_changes import CHUNK, Changed
from channergy_crm.text.folding import fold
from channergy_crm.work import bulk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.work.record import Record
    from channergy_crm.work.undo import Progress

LONGEST = 60


def of(record: type[Record], by: str) -> list[Gathered]:
    """The lists of these records this operator may use: the own ones and the shared ones, by name."""
    rights.require(by, "see", Gathered)
    table = record._meta.table_name
    found = Gathered.select().where((Gathered.table == table) & ((Gathered.owner == by) | Gathered.shared))
    return sorted(found, key=lambda one: fold(one.name))


def put_on(
    record: type[Record], keys: Sequence[int], name: str, by: str, progress: Progress | None = None,
    *, shared: bool = False,
) -> Changed:  # fmt: skip
    """Put records on the list of that name, which is begun if there is none. Who is on it already stays once."""
    rights.require(by, "edit", Gathered)
    name = _readable(name)
    with work.unit("Put {records} on “{list}”", by=by, records=counted(record, len(keys)), list=name) as unit:
        held = _named(record, name, by) or _begun(record, name, by, shared)
        added = 0
        for start in range(0, len(keys), CHUNK):
            part = list(dict.fromkeys(keys[start : start + CHUNK]))
            there = set(_on(held.number, part))
            fresh = [key for key in part if key not in there]
            numbers = bulk.reserve(GatheredRow, len(fresh)) if fresh else ()
            rows = [(number, held.number, key, 1) for number, key in zip(numbers, fresh, strict=True)]
            unit.insert_many(GatheredRow, ("number", "list", "record", "version"), rows)
            added += len(fresh)
            if progress:
                progress(min(start + CHUNK, len(keys)), len(keys), _("Put on the list"))
    return Changed(added, unit.number)


def take_off(
    record: type[Record], keys: Sequence[int], name: str, by: str, progress: Progress | None = None
) -> Changed:
    """Take records off a list; the records themselves stay as they are."""
    rights.require(by, "edit", Gathered)
    held = _named(record, name, by)
    if held is None:
        raise Mistake(_("There is no list “{name}” of {records}.").format(name=name, records=many(record)))
    gone = 0
    with work.unit("Take {records} off “{list}”", by=by, records=counted(record, len(keys)), list=held.name) as unit:
        for start in range(0, len(keys), CHUNK):
            here = GatheredRow.record.in_(list(keys[start : start + CHUNK]))
            for row in list(GatheredRow.select().where((GatheredRow.list == held.number) & here)):
                row.delete_instance()
                gone += 1
            if progress:
                progress(min(start + CHUNK, len(keys)), len(keys), _("Taken off the list"))
    return Changed(gone, unit.number)


def holding(record: type[Record], keys: Sequence[int], by: str) -> set[int]:
    """The numbers of the lists all of these records are on; of more than a few hundred it is not asked."""
    wanted = set(keys)
    if not wanted or len(wanted) > CHUNK:
        return set()
    return {held.number for held in of(record, by) if set(_on(held.number, [*wanted])) == wanted}


def forget(number: int, by: str) -> None:
    """Take a list away; undo brings it back with everybody on it."""
    rights.require(by, "remove", Gathered)
    held = Gathered.find(number)
    if held is None:
        raise Mistake(_("That list is not there any more."))
    if held.owner != by:
        raise Refused(_("List {name} belongs to {operator}.").format(name=held.caption(), operator=held.owner))
    with work.unit("Delete list {name}", by=by, name=held.caption()):
        for row in list(GatheredRow.select().where(GatheredRow.list == number)):
            row.delete_instance()
        held.delete_instance()


def count(number: int, by: str) -> int:
    """How many records are on a list."""
    rights.require(by, "count", Gathered)
    return int(GatheredRow.select().where(GatheredRow.list == number).count())


def _readable(name: str) -> str:
    name = name.strip().replace('"', "")
    if not name:
        raise Mistake(_("Give the list a name."), "name")
    if len(name) > LONGEST:
        raise Mistake(_("The name of a list has at most {longest} letters.").format(longest=LONGEST), "name")
    return name


def _named(record: type[Record], name: str, by: str) -> Gathered | None:
    wanted = fold(name.strip())
    return next((held for held in of(record, by) if fold(held.name) == wanted), None)


def _begun(record: type[Record], name: str, by: str, shared: bool) -> Gathered:
    held = Gathered(table=record._meta.table_name, name=name, owner=by, shared=shared)
    held.save()
    return held


def _on(number: int, keys: Sequence[object]) -> list[int]:
    among = (GatheredRow.list == number) & GatheredRow.record.in_(list(keys))
    return list(GatheredRow.select(GatheredRow.record).where(among).scalars())
