"""How the follow-ups of the events stand: open, overdue and closed, by type, event, operator and group (VS-12…VS-14).

Open and overdue are those that still are so and were made before the period ended; closed those that were closed in
it. The store counts: a hundred thousand follow-ups come back as some thousand sums.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm import clock
from channergy_crm.language import _
from channergy_crm.records import Task
from channergy_crm.records.events import Event, EventState, EventType, FollowUp
from channergy_crm.records.operators import Operator
from channergy_crm.records.roles import GroupMember
from channergy_crm.services import rights
from channergy_crm.services.events import spans
from channergy_crm.services.events.which import (
    CLOSED,
    LATE,
    OPEN,
    WAITING,
    Asked,
    condition,
    done_in,
    done_some_day,
    has_task,
    late,
    made_in,
    made_ones,
    still_open,
    waits,
    within,
)
from channergy_crm.services.figures import EVERYBODY
from channergy_crm.store import database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from peewee import ColumnBase, ModelSelect

    from channergy_crm.services.events.spans import Span


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
        if state == CLOSED:
            self.closed += count
            if days is not None:
                self.lasted[max(days, 0)] += count
        elif state == WAITING:
            self.waiting += count
        else:
            self.open += count
            self.late += count if state == LATE else 0
        self.otherwise += count if otherwise else 0

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

    key: int | str
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


Row = tuple[int, str, int, int | None, str | None, int]
"""event, owner, state, days until it was closed, to whom it went instead (`FellTo`), how many"""
OpenRow = tuple[int, str, int, object, str | None, int]
"""the same of an open one, with the day it was made"""


def read(asked: Asked, by: str) -> Standing:
    """Count what is wanted, of what this one may see (VS-14)."""
    rights.require_events(by)
    rights.require(by, "count", Task)
    by_event, by_owner = defaultdict[int, Count](Count), defaultdict[str, Count](Count)
    open_ones = _open(asked, by)
    for event, owner, stands, _made, otherwise, count in open_ones:
        by_event[event].add(stands, count, None, bool(otherwise))
        by_owner[owner or ""].add(stands, count, None, bool(otherwise))
    for event, owner, stands, days, otherwise, count in (*_closed(asked, by), *_waiting(asked, by)):
        by_event[event].add(stands, count, days, bool(otherwise))
        by_owner[owner or ""].add(stands, count, days, bool(otherwise))
    total, groups = Count(), _Groups()
    by_group = {group: Count() for group in groups.all}  # one that has nothing stands there as well
    for owner, held in by_owner.items():
        for joined in (total, *(by_group.setdefault(each, Count()) for each in groups.of(owner))):
            _join(joined, held)
    types, events = _of_events(by_event)
    operators, grouped = _lines(by_owner, _people(by_owner, _("Nobody"))), []
    if groups.all:
        grouped = _lines(by_group, _people(by_group, _("In no group")))
    return Standing(total, types, events, operators, grouped, _trend(asked, by, open_ones), _unseen(asked, by))


def whose_offered(by: str) -> list[tuple[str, str]]:
    """Whose follow-ups may be asked for, as (key, name): everybody's, those of groups and of each operator."""
    rights.require_events(by)
    held = Operator.select().order_by(Operator.group.desc(), Operator.id)
    return [(EVERYBODY, _("Everybody")), *((each.id, each.caption()) for each in held)]


# ---------------------------------------------------------------- counted by the store


def _open(asked: Asked, by: str) -> list[OpenRow]:
    stands = peewee.Case(None, [(late(), LATE)], OPEN)
    columns = (FollowUp.event, Task.owner, stands, _day(FollowUp.made), FollowUp.fell)
    return _told_apart(made_ones(by, *columns, tasks_first=True).where(still_open(asked)), len(columns))


def _closed(asked: Asked, by: str) -> list[Row]:
    found: list[Row] = []
    for days, wanted in ((_days(), done_in(asked)), (peewee.SQL("NULL"), done_some_day(asked))):
        columns = (FollowUp.event, Task.owner, days, FollowUp.fell)
        rows = _told_apart(made_ones(by, *columns, tasks_first=True).where(wanted), len(columns))
        found += [(event, owner, CLOSED, lasted, went, count) for event, owner, lasted, went, count in rows]
    return found


def _told_apart(query: ModelSelect[FollowUp], columns: int) -> list[Any]:
    """Equal rows once, each with how many there are. A server does that; a file would sort all of them first, and
    telling them apart here takes half the time.
    """
    if database.on_server():
        places = [peewee.SQL(str(place)) for place in range(1, columns + 1)]
        counted = query.select_extend(peewee.fn.COUNT(FollowUp.number)).group_by(*places)
        return list(database.proxy.execute(counted))
    found: Counter[Any] = Counter(database.proxy.execute(query).fetchall())
    return [(*row, count) for row, count in found.items()]


def _days() -> ColumnBase:
    """Days from making to closing."""
    if database.on_server():
        return Task.closed_on.cast("DATE") - FollowUp.made.cast("DATE")
    closed, made = (_noon(each) for each in (Task.closed_on, FollowUp.made))
    return closed - made


def _noon(moment: ColumnBase) -> ColumnBase:
    """The number of a day, which a file counts from noon to noon."""
    return peewee.Cast(peewee.fn.JULIANDAY(moment) + peewee.SQL("0.5"), "INTEGER")


def _waiting(asked: Asked, by: str) -> list[Row]:
    held = FollowUp.event, FollowUp.receiver
    found: Counter[Any] = Counter(map(tuple, database.proxy.execute(FollowUp.select(*held).where(waits(asked, by)))))
    return [(event, receiver or "", WAITING, None, "", count) for (event, receiver), count in found.items()]


def _unseen(asked: Asked, by: str) -> int:
    """How many more would be counted for somebody who sees every task."""
    if rights.seen(Task, by) is None:
        return 0
    every = FollowUp.select().join(Task, on=(FollowUp.task == Task.number)).where(condition(asked)).count()
    return int(every - made_ones(by, FollowUp.number).where(condition(asked)).count())


# ---------------------------------------------------------------- what was made, day after day


def _trend(asked: Asked, by: str, open_ones: Iterable[OpenRow]) -> list[Bar]:
    """What was made, day by day, week by week or month by month, without a gap. What of it is open is little, and is
    taken off what was made: so nobody looks at the tasks that are done.
    """
    everything = asked.whose == EVERYBODY and asked.project is None and rights.seen(Task, by) is None
    days = Counter[date]() if everything else _by_day(asked, by)
    ends = _ends(asked) if everything else days and (min(days), max(days))
    if not ends:
        return []
    last = max(ends[1], min(asked.last or clock.today(), clock.today()))
    found = spans.of(asked.first or ends[0], last)
    made = _made_within(found) if everything else [_within(span, days) for span in found]
    still = {stands: Counter[object]() for stands in (LATE, OPEN)}
    for _event, _owner, stands, day, _otherwise, count in open_ones:
        still[stands][day] += count
    still_on = {stands: _dated(held.items()) for stands, held in still.items()}
    return [_bar(span, count, still_on) for span, count in zip(found, made, strict=True)]


def _bar(span: Span, made: int, still: Mapping[int, Counter[date]]) -> Bar:
    late_ones, open_ones = _within(span, still[LATE]), _within(span, still[OPEN])
    return Bar(span, made - late_ones - open_ones, late_ones, open_ones)


def _within(span: Span, days: Counter[date]) -> int:
    return sum(count for day, count in days.items() if span.first <= day <= span.last)


def _ends(asked: Asked) -> tuple[date, date] | None:
    """The first day on which something was made in the period, and the last one."""
    there = has_task() & within(FollowUp.made, asked)
    each = [FollowUp.select(end(FollowUp.made)).where(there) for end in (peewee.fn.MIN, peewee.fn.MAX)]
    ((first, last),) = database.proxy.execute(
        peewee.Select(columns=each)
    )  # an index knows either end, not both at once
    return (_date(first), _date(last)) if first else None


def _made_within(found: Sequence[Span]) -> list[int]:
    """How much was made within each of them. The tasks need not be asked, nor days be told apart."""
    counts = [
        FollowUp.select(peewee.fn.COUNT(FollowUp.number)).where(
            has_task() & within(FollowUp.made, Asked(span.first, span.last))
        )
        for span in found
    ]
    (row,) = database.proxy.execute(peewee.Select(columns=counts))
    return list(row)


def _by_day(asked: Asked, by: str) -> Counter[date]:
    """How much of what is asked for was made on which day."""
    query = made_ones(by, tasks_first=asked.whose != EVERYBODY).where(made_in(asked) & FollowUp.made.is_null(False))
    counted = query.select(_day(FollowUp.made), peewee.fn.COUNT(FollowUp.number)).group_by(peewee.SQL("1"))
    return _dated(database.proxy.execute(counted))


def _dated(days: Iterable[tuple[object, int]]) -> Counter[date]:
    return Counter({_date(day): count for day, count in days if day is not None})


def _day(moment: ColumnBase) -> ColumnBase:
    return moment.cast("DATE") if database.on_server() else peewee.fn.SUBSTR(moment, 1, 10)


def _date(day: object) -> date:
    """A day, or the day of a moment, out of the store."""
    return date.fromisoformat(str(day)[:10])


# ---------------------------------------------------------------- in lines


def _of_events(counts: Mapping[int, Count]) -> tuple[list[Line], list[Line]]:
    """Best practice and marketing, and the events of each: those that are at work, and what others have made."""
    by_type = {each.value: Count() for each in EventType}
    events = []
    for event in Event.select().order_by(Event.name, Event.number):
        held = counts.get(event.number, Count())
        if not held.all and event.state != EventState.ACTIVE.value:
            continue
        _join(by_type.setdefault(event.type or "", Count()), held)
        events.append(Line(event.number, event.name, held, event.type or ""))
    places = {name: place for place, name in enumerate(by_type)}
    events.sort(key=lambda line: (places[line.type], -line.counted.late, -line.counted.open, line.label))
    return [Line(name, _capital(_(name)) if name else _("No type"), held) for name, held in by_type.items()], events


def _capital(said: str) -> str:
    """As it stands at the beginning of a line."""
    return said[:1].upper() + said[1:]


def _join(sum_: Count, held: Count) -> None:
    for name in ("open", "late", "closed", "waiting", "otherwise"):
        setattr(sum_, name, getattr(sum_, name) + getattr(held, name))
    sum_.lasted.update(held.lasted)


class _Groups:
    """Whose follow-ups count for which groups: a group's own and its members'; who works in two counts in both."""

    def __init__(self) -> None:
        self.all = {each.id for each in Operator.select(Operator.id).where(Operator.group)}
        self._member = defaultdict[str, list[str]](list)
        pairs: Any = GroupMember.select(GroupMember.group, GroupMember.operator).tuples()
        for group, operator in pairs:
            self._member[operator].append(group)

    def of(self, owner: str) -> list[str]:
        """The groups of an owner; "" where there are none."""
        if not self.all:
            return []
        return [owner] if owner in self.all else self._member.get(owner, [""])


def _people(ids: Iterable[str], nobody: str) -> Callable[[str], str]:
    known = {each.id: each.caption() for each in Operator.select().where(Operator.id.in_(list(ids)))}
    return lambda key: known.get(key, key) or nobody


def _lines(counts: Mapping[str, Count], label: Callable[[str], str]) -> list[Line]:
    """Who has most that is late comes first, then who has most that is open."""
    found = [Line(key, label(key), held) for key, held in counts.items()]
    return sorted(found, key=lambda line: (-line.counted.late, -line.counted.open, -line.counted.closed, line.label))
