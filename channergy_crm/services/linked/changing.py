"""Linking: a new record that hangs on one already, an existing one put there, one taken off; one step each (VT-162).

What a record belongs to through another follows by itself: a task of an opportunity is one of its account, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm import work
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.records import Account, Customer, DealContact, Lead, Operator, Opportunity, Project
from channergy_crm.services import accounts, deal_people, leads, linking, rights, saving
from channergy_crm.services import reading as records
from channergy_crm.services.linked import reading, ways

if TYPE_CHECKING:
    from channergy_crm.services.linked.ways import Way
    from channergy_crm.work.record import Record

LINKED, TAKEN_OFF = N_("Link {name} to {record}"), N_("Take {name} off {record}")
ASIDE: tuple[type[Record], ...] = (Operator, Project)
"""whose a record is and to which project it belongs is said elsewhere"""


def start(record: type[Record], key: object, name: str, by: str) -> Record:
    """A new record of a group, not yet saved, that is linked already (VT-163)."""
    rights.require(by, "see", record)
    held, way = reading.found(record, key, by), _way(record, name)
    kind: Any = way.record
    if way.how != "points" or kind is None:
        raise Mistake(_("Nothing new is made there."))
    rights.require(by, "create", kind)
    if kind is Opportunity and isinstance(held, Account):
        return accounts.start_opportunity(held, by)
    if kind is Lead and isinstance(held, Account | Customer):
        return leads.start(by, **{"account" if isinstance(held, Account) else "customer": held.key})
    made: Record = saving.start(kind, by)
    for field, value in kind.about.always.items():
        setattr(made, field, value)
    field, along = way.places[0]
    setattr(made, field, held.__data__.get(along) if along else held.key)
    if made.__data__.get(field) is None:
        raise Mistake(_("{name} has no customer yet.").format(name=held.caption()))
    _follow(made, held)
    return made


def refer(made: Record, to: Record, by: str) -> None:
    """Let a record that is not saved yet point at this one, and at what that belongs to (VT-164)."""
    rights.require(by, "link", to)
    for kind in _links(type(made)):
        if not kind.required:
            setattr(made, kind.name, to.key if kind.linked_to is type(to) else None)
    _follow(made, to)


def referring(record: type[Record], by: str) -> list[type[Record]]:
    """The record types one of this type can be about, in the order in which people read them (VT-164)."""
    rights.require(by, "see", record)
    found = [
        kind.linked_to for kind in _links(record) if not kind.required and not kind.hidden
    ]  # fmt: skip
    shown = [kind for kind in dict.fromkeys(found) if kind is not record and not rights.may(by, "link", kind)]
    return sorted(shown, key=lambda kind: kind.about.rank)


def referred(made: Record, by: str) -> Record | None:
    """What a record is about: the nearest of what it points at, its deal before its account, its lead before both."""
    rights.require(by, "see", type(made))
    order = {Lead: 0, Opportunity: 1, Account: 2}
    for kind in sorted(referring(type(made), by), key=lambda kind: order.get(kind, 3)):
        for field in _links(type(made)):
            key = made.__data__.get(field.name)
            if field.linked_to is kind and key is not None:
                return records.find(kind, key, by)
    return None


def link(record: type[Record], key: object, name: str, other: object, by: str) -> str:
    """Link an existing record to this one; what it is called (VT-164)."""
    rights.require(by, "see", record)
    held, way = reading.found(record, key, by), _way(record, name)
    there = _other(way, other, by)
    if way.join is not None:
        _join(held, there, way, by)
        return there.caption()
    row, to, field = (held, there, way.field) if way.how == "own" else (there, held, way.field)
    if "link" not in reading.offers(record, way):
        raise Mistake(_("That link is kept by the program."))
    rights.require(by, "edit", row)
    if row.__data__.get(field) == to.key:
        raise Mistake(_("{name} is linked already.").format(name=there.caption()))
    setattr(row, field, to.key)
    _follow(row, to)
    if wrong := row.problems():
        raise Mistake(next(iter(wrong.values())))
    with work.unit(LINKED, by=by, name=there.caption(), record=held.caption()):
        row.save()
    return there.caption()


def unlink(record: type[Record], key: object, name: str, other: object, by: str) -> str:
    """Take a linked record off this one; both stay, and undo brings the link back. What it is called."""
    rights.require(by, "see", record)
    held, way = reading.found(record, key, by), _way(record, name)
    there = _other(way, other, by)
    if way.join is not None:
        _part(held, there, way, by)
        return there.caption()
    if "unlink" not in reading.offers(record, way):
        raise Mistake(_("That link is kept by the program."))
    row = held if way.how == "own" else there
    rights.require(by, "edit", row)
    places = [way.field] if way.how == "own" else [name for name, _value in reading.subjects(held, way)]
    meant = there if way.how == "own" else held
    for place in places:
        setattr(row, place, None)
    _let_go(row, meant)
    with work.unit(TAKEN_OFF, by=by, name=there.caption(), record=held.caption()):
        row.save()
    return there.caption()


def candidates(record: type[Record], key: object, name: str, text: str, by: str) -> list[linking.Candidate]:
    """What can be linked in a group: found by any part of its name, or its number."""
    rights.require(by, "see", record)
    way = _way(record, name)
    return linking.candidates(way.record, text, by) if way.record is not None else []


def among(record: type[Record], key: object, name: str, by: str) -> object:
    """The condition for what may be linked in a group; None where any record may be."""
    rights.require(by, "see", record)
    way = _way(record, name)
    if way.join is not None and way.join[0] is DealContact and record is Opportunity:
        return deal_people.contacts_offered(int(str(key)), by)
    if way.join is not None and record is Opportunity:
        return deal_people.operators_offered(int(str(key)), by)
    return None


# ---------------------------------------------------------------- how


def _way(record: type[Record], name: str) -> Way:
    way = ways.named(record, name)
    if way is None:
        raise Mistake(_("Nothing is linked in this way."))
    return way


def _other(way: Way, key: object, by: str) -> Record:
    kind = way.record
    if kind is None or way.how in ways.BESIDE:
        raise Mistake(_("Nothing is linked in this way."))
    return reading.found(kind, key, by)


def _follow(row: Record, to: Record) -> None:
    """What the row points at beside this one follows from it: the account of a deal, the customer of an account."""
    if type(row) is type(to) and not row.is_new:
        return
    for kind in _links(type(row)):
        if kind.linked_to is type(to):
            continue
        if kind.required and row.__data__.get(kind.name) is not None:
            continue  # it belongs to another one
        theirs = _theirs(to, kind.linked_to)
        if theirs is not None and kind.linked_to is not type(row):
            setattr(row, kind.name, theirs)
            if (next_one := kind.linked_to.find(theirs)) is not None:
                _follow(row, next_one)


def _links(record: type[Record]) -> list[Any]:
    return [kind for kind in ways.kinds(record) if kind.linked_to is not None and kind.linked_to not in ASIDE]


def _theirs(held: Record, kind: type[Record]) -> object:
    """The number of the record of that type this one points at."""
    for field in ways.kinds(type(held)):
        points = field.linked_to is kind or (field.kept and type(held).about.keeps_links and field.points_at(kind))
        if points and held.__data__.get(field.name) is not None and not _is_origin(field):
            return held.__data__[field.name]
    return None


def _is_origin(field: Any) -> bool:
    """Whether it tells what a record came from, not what it belongs to."""
    return str(field.name).startswith("originating")


def _let_go(row: Record, gone: Record) -> None:
    """What the row points at and what belongs to the one it was taken off goes along: the deal with its account."""
    for kind in _links(type(row)):
        key = row.__data__.get(kind.name)
        if kind.required or key is None:
            continue
        held = kind.linked_to.find(key)
        if held is not None and type(held) is not type(gone) and _theirs(held, type(gone)) == gone.key:
            setattr(row, kind.name, None)


def _join(held: Record, there: Record, way: Way, by: str) -> None:
    deal, who = _ends(held, there)
    if isinstance(who, Operator):
        deal_people.link_operator(deal.key, who.key, by)
    elif way.join is not None and way.join[0] is DealContact:
        deal_people.link_contact(deal.key, who.key, by)
    else:
        _join_plainly(held, there, way, by)


def _join_plainly(held: Record, there: Record, way: Way, by: str) -> None:
    assert way.join is not None  # noqa: S101
    join, here, other = way.join
    rights.require(by, "edit", held)
    if join.select().where((join.kind(here) == held.key) & (join.kind(other) == there.key)).exists():
        raise Mistake(_("{name} is linked already.").format(name=there.caption()))
    with work.unit(LINKED, by=by, name=there.caption(), record=held.caption()):
        join(**{here: held.key, other: there.key}).save()


def _part(held: Record, there: Record, way: Way, by: str) -> None:
    assert way.join is not None  # noqa: S101
    join, here, other = way.join
    row = join.select().where((join.kind(here) == held.key) & (join.kind(other) == there.key)).first()
    if row is None:
        raise Mistake(_("{name} is not linked any more.").format(name=there.caption()))
    if join in deal_people.WHOM:
        deal_people.unlink(join, row.key, by)
        return
    rights.require(by, "edit", held)
    with work.unit(TAKEN_OFF, by=by, name=there.caption(), record=held.caption()):
        row.delete_instance()


def _ends(held: Record, there: Record) -> tuple[Record, Record]:
    return (held, there) if isinstance(held, Opportunity) else (there, held)
