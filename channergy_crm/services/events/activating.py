"""An event is switched on and off: what it would do is shown first, and undo takes back its first run (VS-9, VS-10)."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm import clock, work
from channergy_crm.errors import CRMError, Mistake
from channergy_crm.language import _
from channergy_crm.query.conditions import condition
from channergy_crm.records import BY_TABLE, Task
from channergy_crm.records.events import Event, EventState, FollowUp, Rerouting
from channergy_crm.records.operators import Operator
from channergy_crm.services import rights
from channergy_crm.services.bulk_changes import Changed
from channergy_crm.services.events import happened, looking, making, subjects, writing
from channergy_crm.services.events.receiving import Dealing
from channergy_crm.services.events.removing import take_away
from channergy_crm.services.events.subjects import Subject
from channergy_crm.services.events.wording import Wording, caption
from channergy_crm.work import key_field

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from peewee import ColumnBase

    from channergy_crm.work.undo import Progress

FIRST = 10
"""follow-ups that are shown one by one"""


class Share(NamedTuple):
    """How many follow-ups an operator or group would get now."""

    id: str
    name: str
    count: int  # type: ignore[assignment]


class Planned(NamedTuple):
    """A follow-up that would be made: for which record, what people call that, what it would say, who would get it."""

    table: str
    key: object
    who: str
    said: str
    receiver: str


class Preview(NamedTuple):
    """What an event would do if it were activated now.

    `records` is how many records it is about; `a_week` how many more are to be expected (None: nothing can be said).
    `why_not` says why it cannot be activated, "" when it can.
    """

    follow_ups: int
    records: int
    a_week: int | None
    people: tuple[Share, ...]
    most_a_day: int | None
    first: tuple[Planned, ...]
    why_not: str


def preview(event: Event, by: str, step: Progress | None = None) -> Preview:
    """What would be made now: nothing where only new records count. `step(done, total, said)` is called often; what it
    raises ends it.
    """
    rights.require_events(by)
    if why_not := _why_not(event, by):
        return Preview(0, 0, None, (), event.most_a_day, (), why_not)
    now = clock.now()
    records = _how_many(event, by)
    count, shares, first = 0, Counter[str](), list[tuple[Subject, str, str]]()
    dealing = Dealing(event)
    for subject, occurrence in _planned(event, now, by) if event.existing else ():
        if step and count % making.AT_ONCE == 0:
            step(count, 0, _("Counting follow-ups"))
        receiver = dealing.to(subject.owner).receiver
        count += 1
        shares[receiver] += 1
        if len(first) < FIRST:
            first.append((subject, occurrence, receiver))
    if step:
        step(count, count, _("Counting follow-ups"))
    shown = tuple(_shown(event, *each) for each in first)
    return Preview(count, records, happened.a_week(event, now, by), _people(shares), event.most_a_day, shown, "")


def activate(number: int, by: str, existing: bool, step: Progress | None = None) -> Changed:
    """Switch an event on, in one step with its first run where existing records count."""
    rights.require_events(by)
    held, now = writing.found(number, by), clock.now()
    if held.state == EventState.ACTIVE:
        raise Mistake(_("The rule is active already."))
    writing.check(held, by)
    with work.unit("Activate rule {name}", by=by, name=held.name) as unit:
        if _state(number) == EventState.ACTIVE:  # on another workstation, while this one waited to write
            raise Mistake(_("The rule is active already."))
        held.state, held.existing, held.changed_on = EventState.ACTIVE.value, existing, now
        held.save()
        looking.begin(held, now)
        made = making.Made(0, 0)
        if existing:
            made = making.make(held, happened.existing(held, now, by), now, step)
    return Changed(made.made + made.waiting, unit.number)


def deactivate(number: int, by: str, withdraw: bool) -> Changed:
    """Switch an event off, in one step; what is open is kept or withdrawn. What waits to be made is not made."""
    rights.require_events(by)
    held = writing.found(number, by)
    if held.state != EventState.ACTIVE:
        raise Mistake(_("The rule is not active."))
    with work.unit("Deactivate rule {name}", by=by, name=held.name) as unit:
        if _state(number) != EventState.ACTIVE:
            raise Mistake(_("The rule is not active."))
        held.state, held.changed_on = EventState.OFF.value, clock.now()
        held.save()
        ours = FollowUp.event == number
        waiting = FollowUp.select(FollowUp.number).where(ours & FollowUp.task.is_null())
        gone = take_away(unit, FollowUp, list(waiting.scalars()))
        if withdraw:
            gone += _withdraw(unit, ours)
    return Changed(gone, unit.number)


def try_on(event: Event, key: object, by: str) -> Planned | None:
    """What the event would make for one record; None where it makes nothing for that one."""
    rights.require_events(by)
    writing.check(event, by)
    number = int(str(key)) if key_field(BY_TABLE[event.table]).numeric else key
    hit = next(iter(happened.existing(event, clock.now(), by, number)), None)
    subject = subjects.read(event.table, [number]).get(number) if hit is not None else None
    if hit is None or subject is None:
        return None
    return _shown(event, subject, hit.occurrence, Dealing(event).to(subject.owner).receiver)


def _state(number: int) -> str | None:
    held: str | None = Event.select(Event.state).where(Event.number == number).scalar()
    return held


def _why_not(event: Event, by: str) -> str:
    try:
        writing.check(event, by)
    except CRMError as error:
        return str(error)
    return ""


def _how_many(event: Event, by: str) -> int:
    """How many records it is about, whether anything has happened to them or not."""
    record = BY_TABLE[event.table]
    those = record.select()
    for each in (record.listed(), condition(record, event.filter_text or "", by)):
        those = those if each is None else those.where(each)
    return int(those.count())


def _planned(event: Event, now: datetime, by: str) -> Iterator[tuple[Subject, str]]:
    """What follow-ups would be made of, without the texts."""
    hits = iter(happened.existing(event, now, by))
    while part := list(islice(hits, making.AT_ONCE)):
        fresh = {key: occurrence for _table, key, occurrence in making.new_of(event, part)}
        yield from ((each, fresh[key]) for key, each in subjects.read(event.table, list(fresh)).items())


def _shown(event: Event, subject: Subject, occurrence: str, receiver: str) -> Planned:
    wording = Wording(event)
    held = subjects.read(subject.table, [subject.key], wording.wanted).get(subject.key, subject)
    wording.learn([(held, occurrence)])
    said = wording.said(held, occurrence, receiver)[0]
    return Planned(subject.table, subject.key, caption(subject), said, receiver)


def _people(shares: Counter[str]) -> tuple[Share, ...]:
    rows = Operator.select(Operator.id, Operator.name).where(Operator.id.in_(list(shares)))
    names = {each.id: each.name for each in rows}
    held = sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Share(id, names.get(id, _("nobody at work")), count) for id, count in held)


def _withdraw(unit: work.Unit, ours: ColumnBase) -> int:
    joined = FollowUp.select(FollowUp.number, FollowUp.task).join(Task, on=(FollowUp.task == Task.number))
    held = list(joined.where(ours & ~Task.closed))
    tasks = [each.__data__["task"] for each in held]
    routed: list[int] = []
    for start in range(0, len(tasks), making.AT_ONCE):
        these = Rerouting.task.in_(tasks[start : start + making.AT_ONCE])
        routed += list(Rerouting.select(Rerouting.number).where(these).scalars())
    take_away(unit, Rerouting, routed)
    take_away(unit, FollowUp, [each.number for each in held])
    return take_away(unit, Task, tasks)
