"""How the follow-ups of the events stand: open, overdue and closed, by type, event, operator and group (VS-12…VS-14).

Open and overdue are those that still are so and were made before the period ended; closed those that were closed in
it. The store counts: a hundred thousand follow-ups come back as some thousand sums.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm import clock
from channergy_crm.language import _
from channergy_crm.records import BY_TABLE, Task
from channergy_crm.records.belonging import in_project
from channergy_crm.records.events import Event, EventType, FollowUp
from channergy_crm.records.operators import Operator
from channergy_crm.records.roles import GroupMember
from channergy_crm.services import reminders, rights
from channergy_crm.services.events import spans
from channergy_crm.services.figures import EVERYBODY
from channergy_crm.store import database
from channergy_crm.work import key_field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from channergy_crm.services.events.spans import Span

OPEN, LATE, CLOSED = range(3)
"""how a follow-up that somebody has stands"""


@dataclass(frozen=True)
class Asked:
    """What is wanted: the first day and the last, None for an end that is open; whose follow-ups (an operator's, a
    group's with its members', EVERYBODY's); to customers of which project, by its number.
    """

    first: date | None
    last: date | None
    whose: str = EVERYBODY
    project: int | None = None


@dataclass
class Count:
    """How many are open, how many of these are overdue, how many were closed, how many wait for a day with room; how
    many came to whoever gets what nobody else is there for.
    """

    open: int = 0
    late: int = 0
    closed: int = 0
    waiting: int = 0
    otherwise: int = 0
    lasted: Counter[int] = field(default_factory=Counter)
    """how many were closed after so many days"""

    def add(self, state: int, count: int, days: int | None, otherwise: bool) -> None:
        """Count so many more of one state."""
        self.open += count if state in (OPEN, LATE) else 0
        self.late += count if state == LATE else 0
        self.closed += count if state == CLOSED else 0
        self.otherwise += count if otherwise else 0
        if state == CLOSED and days is not None:
            self.lasted[max(days, 0)] += count

    @property
    def all(self) -> int:
        """Open and closed ones, and those that wait."""
        return self.open + self.closed + self.waiting

    @property
    def median(self) -> float | None:
        """The days until one was closed, in the middle of all that were; None where none was."""
        many = sum(self.lasted.values())
        if not many:
            return None
        lower, upper = (_nth(self.lasted, (many - 1) // 2), _nth(self.lasted, many // 2))
        return (lower + upper) / 2


def _nth(lasted: Counter[int], place: int) -> int:
    for days in sorted(lasted):
        place -= lasted[days]
        if place < 0:
            return days
    return 0


class Line(NamedTuple):
    """What was counted for one type, event, operator or group: its key, what people call it; of an event its type."""

    key: Any
    label: str
    counted: Count
    type: str = ""


class Bar(NamedTuple):
    """What was made within some days: how much of it is closed by now, how much overdue, how much open besides."""

    span: Span
    closed: int
    late: int
    open: int


@dataclass
class Standing:
    """The figures, each part in the order in which it is shown. `unseen` are follow-ups that are there but may not be
    seen by whoever asks, and are in no other number.
    """

    total: Count
    types: list[Line]
    events: list[Line]
    operators: list[Line]
    groups: list[Line]
    trend: list[Bar]
    unseen: int


Row = tuple[int, str, int, int | None, bool, int]
"""event, owner, state, days until it was closed, whether it came to somebody else, how many"""


def read(asked: Asked, by: str) -> Standing:
    """Count what is wanted, of what this one may see (VS-14)."""
    rights.require_events(by)
    rights.require(by, "count", Task)
    rows, waits = _counted(asked, by), _waiting(asked, by)
    total, by_event, by_owner = Count(), defaultdict[int, Count](Count), defaultdict[str, Count](Count)
    for event, owner, state, days, otherwise, count in rows:
        for held in (total, by_event[event], by_owner[owner or ""]):
            held.add(state, count, days, otherwise)
    for event, count in waits.items():
        total.waiting += count
        by_event[event].waiting += count
    types, events = _of_events(by_event)
    return Standing(
        total, types, events, _lines(by_owner, _people(by_owner)), _of_groups(rows), _trend(asked, by),
        _unseen(asked, by),
    )  # fmt: skip


def whose_offered(by: str) -> list[tuple[str, str]]:
    """Whose follow-ups may be asked for, as (key, name): everybody's, those of groups and of each operator."""
    rights.require_events(by)
    held = Operator.select().order_by(Operator.group.desc(), Operator.id)
    return [(EVERYBODY, _("Everybody")), *((each.id, each.caption()) for each in held)]


# ---------------------------------------------------------------- which follow-ups


def made_ones(by: str, *fields: Any) -> Any:
    """The question for follow-ups somebody has, with their tasks; everything this one may see of them."""
    rights.require_events(by)
    query = FollowUp.select(*fields).join(Task, on=(FollowUp.task == Task.number))
    reached = rights.seen(Task, by)
    return query if reached is None else query.where(reached)


def condition(asked: Asked) -> Any:
    """Open ones that were made before the period ended, and those closed in it; of whoever is asked for."""
    return still_open(asked) | done_in(asked) | done_some_day(asked)


def still_open(asked: Asked) -> Any:
    """Those that are open and were made before the period ended."""
    _begin, end = moments(asked)
    return _whose(asked, ~Task.closed if end is None else ~Task.closed & (FollowUp.made < end))


def done_in(asked: Asked) -> Any:
    """Those that were closed in the period."""
    return _whose(asked, Task.closed & Task.closed_on.is_null(False) & within(Task.closed_on, asked))


def done_some_day(asked: Asked) -> Any:
    """Those that are closed and do not say when, for the suite has closed them: they go by the day they were made."""
    return _whose(asked, Task.closed & Task.closed_on.is_null() & within(FollowUp.made, asked))


def within(moment: Any, asked: Asked) -> Any:
    """The condition that something was in the period."""
    begin, end = moments(asked)
    found = peewee.SQL("TRUE") if begin is None else moment >= begin
    return found if end is None else found & (moment < end)


def made_in(asked: Asked, span: Span | None = None) -> Any:
    """Those that were made in the period, or within some days of it."""
    days = asked if span is None else Asked(span.first, span.last)
    return _whose(asked, FollowUp.task.is_null(False) & within(FollowUp.made, days))


def _whose(asked: Asked, wanted: Any) -> Any:
    if asked.whose != EVERYBODY:
        wanted = wanted & Task.owner.in_(_with_members(asked.whose))
    here = in_project(Task, asked.project)
    return wanted if here is None else wanted & here


def _with_members(whose: str) -> list[str]:
    members = GroupMember.select(GroupMember.operator).where(GroupMember.group == whose)
    return [whose, *members.scalars()]


def moments(asked: Asked) -> tuple[datetime | None, datetime | None]:
    """When the period begins, and when it has ended."""
    begin = datetime.combine(asked.first, time()) if asked.first else None
    return begin, datetime.combine(asked.last + timedelta(days=1), time()) if asked.last else None


def late() -> Any:
    """The tasks whose reminder has come and gone."""
    return reminders.conditions(Task)[0]


def state() -> Any:
    """How the task of a follow-up stands: OPEN, LATE or CLOSED."""
    return peewee.Case(None, [(Task.closed, CLOSED), (late(), LATE)], OPEN)


def waits(asked: Asked, by: str) -> Any:
    """The condition for follow-ups that wait, of records this one may see. Nobody has them yet, so none of them is
    somebody's.
    """
    rights.require_events(by)
    _begin, end = moments(asked)
    wanted = FollowUp.task.is_null()
    if end is not None:
        wanted &= FollowUp.made.is_null() | (FollowUp.made < end)
    if asked.whose != EVERYBODY or asked.project is not None:
        wanted &= FollowUp.number.is_null()
    for record in {BY_TABLE[table] for table in _tables() if table in BY_TABLE}:
        if rights.seen(record, by) is not None:
            seen = rights.rows(record, by, key_field(record).cast("TEXT"))
            wanted &= (FollowUp.table != record._meta.table_name) | FollowUp.of.in_(seen)
    return wanted


def _tables() -> list[str]:
    return [table for table in Event.select(Event.table).distinct().scalars() if table]


# ---------------------------------------------------------------- counted by the store


def _counted(asked: Asked, by: str) -> list[Row]:
    """Rows are told apart here: a file would sort all of them first, and a server knows its own way."""
    held = FollowUp.event, Task.owner
    parts = (
        (peewee.Case(None, [(late(), LATE)], OPEN), peewee.SQL("NULL"), still_open(asked)),
        (peewee.SQL(f"{CLOSED}"), _days(), done_in(asked)),
        (peewee.SQL(f"{CLOSED}"), peewee.SQL("NULL"), done_some_day(asked)),
    )  # sql: numbers given above
    found = Counter[tuple[Any, ...]]()
    for stands, days, wanted in parts:
        query = made_ones(by, *held, stands, days, FollowUp.otherwise).where(wanted)
        found.update(tuple(row) for row in database.proxy.execute(query))
    return [(*row, count) for row, count in found.items()]  # type: ignore[misc]  five, and how many


def _days() -> Any:
    """Days from making to closing; None while it is open."""
    if isinstance(database.proxy.obj, peewee.PostgresqlDatabase):
        lasted = Task.closed_on.cast("DATE") - FollowUp.made.cast("DATE")
    else:
        closed, made = (peewee.fn.JULIANDAY(peewee.fn.SUBSTR(each, 1, 10)) for each in (Task.closed_on, FollowUp.made))
        lasted = peewee.Cast(closed - made, "INTEGER")
    return lasted


def _waiting(asked: Asked, by: str) -> dict[int, int]:
    query = FollowUp.select(FollowUp.event, peewee.fn.COUNT(FollowUp.number)).where(waits(asked, by))
    found: Any = query.group_by(FollowUp.event).tuples()
    return dict(found)


def _unseen(asked: Asked, by: str) -> int:
    """How many more would be counted for somebody who sees every task."""
    if rights.seen(Task, by) is None:
        return 0
    every = FollowUp.select().join(Task, on=(FollowUp.task == Task.number)).where(condition(asked)).count()
    return int(every - made_ones(by, FollowUp.number).where(condition(asked)).count())


def _trend(asked: Asked, by: str) -> list[Bar]:
    """What was made, day by day, week by week or month by month, without a gap."""
    on_server = isinstance(database.proxy.obj, peewee.PostgresqlDatabase)
    made = FollowUp.made.cast("DATE") if on_server else peewee.Cast(peewee.fn.SUBSTR(FollowUp.made, 1, 10), "TEXT")
    query = made_ones(by, made.alias("day"), state().alias("stands"), peewee.fn.COUNT(FollowUp.number))
    names = peewee.SQL('"day"'), peewee.SQL('"stands"')  # sql: names given in the line above
    found: Any = query.where(made_in(asked) & FollowUp.made.is_null(False)).group_by(*names).tuples()
    days = defaultdict[date, Counter[int]](Counter)
    for day, stands, count in found:
        days[day if isinstance(day, date) else date.fromisoformat(day)][stands] += count
    if not days:
        return []
    first, last = asked.first or min(days), max(days)
    last = max(last, min(asked.last or clock.today(), clock.today()))
    return [_bar(span, days) for span in spans.of(first, last)]


def _bar(span: Span, days: Mapping[date, Counter[int]]) -> Bar:
    made = Counter[int]()
    for day, counts in days.items():
        if span.first <= day <= span.last:
            made.update(counts)
    return Bar(span, made[CLOSED], made[LATE], made[OPEN])


# ---------------------------------------------------------------- in lines


def _of_events(counts: Mapping[int, Count]) -> tuple[list[Line], list[Line]]:
    """Best practice and marketing, and the events of each; one that has made nothing stands there as well."""
    by_type = {each.value: Count() for each in EventType}
    events = []
    for event in Event.select().order_by(Event.name, Event.number):
        held = counts.get(event.number, Count())
        _join(by_type.setdefault(event.type or "", Count()), held)
        events.append(Line(event.number, event.name, held, event.type or ""))
    places = {name: place for place, name in enumerate(by_type)}
    events.sort(key=lambda line: (places[line.type], -line.counted.late, -line.counted.open, line.label))
    return [Line(name, _(name) if name else _("No type"), held) for name, held in by_type.items()], events


def _join(sum_: Count, held: Count) -> None:
    for name in ("open", "late", "closed", "waiting", "otherwise"):
        setattr(sum_, name, getattr(sum_, name) + getattr(held, name))
    sum_.lasted.update(held.lasted)


def _of_groups(rows: Iterable[Row]) -> list[Line]:
    """What a group has itself and what its members have; who works in two groups counts in both."""
    groups = {each.id for each in Operator.select(Operator.id).where(Operator.group)}
    member = defaultdict[str, list[str]](list)
    for group, operator in GroupMember.select(GroupMember.group, GroupMember.operator).tuples():
        member[operator].append(group)
    if not groups:
        return []
    found = defaultdict[str, Count](Count, {group: Count() for group in groups})
    for _event, owner, state_, days, otherwise, count in rows:
        for group in [owner] if owner in groups else member.get(owner or "", [""]):
            found[group].add(state_, count, days, otherwise)
    names = _people(found)
    return _lines(found, lambda key: names(key) if key else _("In no group"))


def _people(ids: Iterable[str]) -> Callable[[str], str]:
    known = {each.id: each.caption() for each in Operator.select().where(Operator.id.in_(list(ids)))}
    return lambda key: known.get(key, key) or _("Nobody")


def _lines(counts: Mapping[str, Count], label: Callable[[str], str]) -> list[Line]:
    """Who has most that is late comes first, then who has most that is open."""
    found = [Line(key, label(key), held) for key, held in counts.items()]
    return sorted(found, key=lambda line: (-line.counted.late, -line.counted.open, -line.counted.closed, line.label))
