"""Records that are one and the same become one: fields chosen, what hangs on them moved, one step, one undo (C13)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.language import _, many, one
from channergy_crm.records import (
    Apart,
    Contact,
    Document,
    FiledMail,
    Follower,
    Gathered,
    GatheredRow,
    Lead,
    Note,
    guests,
)  # fmt: skip
from channergy_crm.services import rights, tags
from channergy_crm.services.campaigns import becoming
from channergy_crm.services.duplicates.proposal import Proposal, bound, links_to, own_links, refuse, sides

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from channergy_crm.fields import Kind, Link
    from channergy_crm.work.record import Record


class Merged(NamedTuple):
    """The record that was kept, how many went into it, and the unit that did it."""

    record: Record
    others: int
    unit: int


def merge(proposal: Proposal, keep: int, choice: Mapping[str, int], by: str) -> Merged:
    """Make one record out of these. `choice` tells by field whose value stays, where it is not the proposed one.

    Refused when somebody has changed one of them meanwhile, or when they cannot become one.
    """
    for each in proposal.records:
        rights.require(by, "edit", each)
        rights.require(by, "remove", each)
    caption = proposal.records[keep].caption()
    names = ", ".join(record.caption() for place, record in enumerate(proposal.records) if place != keep)
    merged = one(proposal.record) if len(proposal.records) == 2 else many(proposal.record)
    with work.unit("Merge {records} {names} into {name}", by=by, records=merged, names=names, name=caption) as unit:
        records = _claimed(proposal)
        refuse(records)
        kept = records[keep]
        others = [record for record in records if record is not kept]
        _refuse(kept, others)
        values = {
            side.name: side.value(side.proposed if side.settled else choice.get(side.name, side.proposed))
            for side in proposal.sides
        }
        _join(kept, others, values)
    return Merged(kept, len(others), unit.number)


def _claimed(proposal: Proposal) -> list[Record]:
    """The records, locked until the unit ends, and as they were shown."""
    keys = [record.key for record in proposal.records]
    held = {record.key: record for record in work.locked(proposal.record, work.key_field(proposal.record).in_(keys))}
    for shown in proposal.records:
        fresh = held.get(shown.key)
        if fresh is None or fresh.version != shown.version:
            raise Mistake(
                _("{name} was changed meanwhile. Look at it again and merge then.").format(name=shown.caption())
            )
    return [held[key] for key in keys]


def _join(kept: Record, others: Sequence[Record], values: Mapping[str, object]) -> None:
    """Everything of the others goes to the one that is kept; they themselves go."""
    families = {link: _families(link, kept, others) for link in own_links(type(kept))}
    _adopt(kept, others)
    inherited = _inherited(kept, others)
    for other in others:
        _take_off(other, kept)
    gone = [kept.key, *(other.key for other in others)]
    for name, value in {**inherited, **values}.items():
        held = None if value in gone and kept.kind(name).points_at(type(kept)) else value
        if getattr(kept, name) != held:
            setattr(kept, name, held)
    for link, (head, _others) in families.items():
        setattr(kept, link.name, head)
    if not kept.changes():
        work.current().note(type(kept), kept.key, "update", {}, {})  # that it was merged stands in its history
    kept.save()
    for link, (head, rest) in families.items():
        if rest:
            first, *more = members = [link.rel_model.find(key) for key in (head, *rest)]
            _join(first, more, {side.name: side.value(side.proposed) for side in sides(members, 0)})


def _refuse(kept: Record, others: Sequence[Record]) -> None:
    """A Mistake when another one of them would have to be kept."""
    for other in others:
        if other.__data__.get("converted") and not kept.__data__.get("converted"):
            raise Mistake(_("{name} has been converted to an opportunity; keep that one.").format(name=other.caption()))
        if not own_links(type(other)) and (bond := bound(other)):
            raise Mistake(_("{name} has {bond}; keep that one.").format(name=other.caption(), bond=bond))


def _families(link: Link, kept: Record, others: Sequence[Record]) -> tuple[object, list[object]]:
    """What each of them has to itself, their customers: the one that stays, and those that go into it."""
    keys = [key for record in (kept, *others) if (key := getattr(record, link.name)) is not None]
    head = next((key for key in keys if bound(link.rel_model.find(key))), keys[0] if keys else None)
    return head, [key for key in keys if key != head]


def _adopt(kept: Record, others: Sequence[Record]) -> None:
    """What hangs on the others hangs on the one that is kept, unchanged in everything else."""
    keys = [other.key for other in others]
    unit = work.current()
    if isinstance(kept, Lead | Contact):
        becoming.unite(kept, keys)
    for child, link in links_to(type(kept)):
        _keep_one_of_each(child, link, kept, keys)
        hanging = [row for row in work.locked(child, link.in_(keys)) if row != kept]
        if child is type(kept) and getattr(kept, link.name) in keys:
            setattr(kept, link.name, None)  # nothing points at itself
            kept.save()
        moved = [(row.key, row.__data__[link.name]) for row in hanging]
        for key, before in moved:
            unit.note(child, key, "update", {link.name: before}, {link.name: kept.key})
        if moved:
            unit.update_many(child, (link.name,), [(kept.key, key) for key, _before in moved])
    _stay_apart(kept, keys)
    _stay_in_lists(kept, keys)
    _keep_notes(kept, keys)
    guests.instead(type(kept), keys, kept)
    tags.unite(type(kept), kept.key, keys)


def _keep_one_of_each(child: type[Record], link: Kind[Any], kept: Record, keys: Sequence[object]) -> None:
    """Where two of them hang on the same third one, such as contacts on a deal, it is one from now on (SI-29)."""
    together = [each for each in child._meta.indexes if isinstance(each, tuple)]
    for others in ([name for name in names if name != link.name] for names, unique in together
                   if unique and link.name in names):  # fmt: skip
        rows = list(child.select().where(link.in_([kept.key, *keys])).order_by(work.key_field(child)))
        seen: set[tuple[object, ...]] = set()
        for row in sorted(rows, key=lambda row: row.__data__[link.name] != kept.key):
            third = tuple(row.__data__[name] for name in others)
            if third in seen:
                row.delete_instance()
            seen.add(third)


def _keep_notes(kept: Record, keys: Sequence[object]) -> None:
    """The notes, documents and mails of the others are those of the one that is kept; who followed one of them follows
    it, once.
    """
    table, those = type(kept)._meta.table_name, [str(key) for key in keys]
    for kind in (Note, Document, FiledMail):
        for each in kind.select().where((kind.table == table) & kind.of.in_(those)):
            each.of = str(kept.key)
            each.save()
    here = (Follower.table == table) & Follower.of.in_([str(kept.key), *those])
    rows = sorted(Follower.select().where(here), key=lambda row: (row.of in those, row.number))
    there: set[object] = set()
    for row in rows:
        if row.operator in there:
            row.delete_instance()
        elif row.of != str(kept.key):
            row.of = str(kept.key)
            row.save()
        there.add(row.operator)


def _stay_apart(kept: Record, keys: Sequence[object]) -> None:
    """Who is not the same as one of the others is not the same as the one that is kept."""
    here = Apart.table == type(kept)._meta.table_name
    for pair in Apart.select().where(here & (Apart.one.in_(keys) | Apart.other.in_(keys))):
        one, other = (kept.key if number in keys else int(number or 0) for number in (pair.one, pair.other))
        if one == other:
            pair.delete_instance()
        else:
            pair.one, pair.other = min(one, other), max(one, other)
            pair.save()


def _stay_in_lists(kept: Record, keys: Sequence[object]) -> None:
    """In every list somebody has put one of the others on by hand, the one that is kept stands, once."""
    lists = Gathered.select(Gathered.number).where(Gathered.table == type(kept)._meta.table_name)
    among = GatheredRow.record.in_([kept.key, *keys]) & GatheredRow.list.in_(lists)
    rows = list(GatheredRow.select().where(among))
    there = {row.list for row in rows if row.record == kept.key}
    for row in (row for row in rows if row.record != kept.key):
        if row.list in there:
            row.delete_instance()
            continue
        there.add(row.list)
        row.record = kept.key
        row.save()


def _inherited(kept: Record, others: Sequence[Record]) -> dict[str, object]:
    """What the program itself keeps: where it is empty, that of the others; how it began, that of the oldest."""
    records, found = [kept, *others], {}
    begun = min(records, key=lambda record: (_day(record.__data__.get("created_on")), record.key))
    for name, kind in type(kept).kinds().items():
        if kind.system and not kind.primary_key:
            found[name] = kind.inherited([getattr(record, name) for record in records], records.index(begun))
    return found


def _day(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else "9999"


def _take_off(other: Any, kept: Record) -> None:
    """Marked as removed, with a note where it went; or deleted, where these records are."""
    if "removed" not in other._meta.fields:
        other.delete_instance()
        return
    other.removed = True
    if "notes" in other._meta.fields:
        note = _("Merged into {record} {number}, {name}, on {today:%Y-%m-%d}.").format(
            record=one(kept), number=kept.key, name=kept.caption(), today=clock.today()
        )
        other.notes = f"{note}\n\n{other.notes}".strip()
    other.save()
