"""Figures of the calls that were made: how many reach somebody, when, and what comes of them (BX-23).

The store counts: a period of any length comes back as a few hundred sums. Only calls that somebody made are counted,
none that came in. A duration is one that was measured; where no bridge tells the end of a call it is time at the desk.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm.errors import Refused
from channergy_crm.language import _
from channergy_crm.phones.there import there
from channergy_crm.records import Lead, Opportunity, PhoneCall
from channergy_crm.records.belonging import in_project
from channergy_crm.records.call_log import Direction
from channergy_crm.records.calls import Meaning, rules
from channergy_crm.records.lookups import describe
from channergy_crm.records.operators import Operator
from channergy_crm.records.roles import GroupMember
from channergy_crm.services import pauses, rights
from channergy_crm.store import database

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from channergy_crm.services.pauses import Paused

EVERYBODY = "*"
"""in the place of an operator or a group: all of them"""
ENOUGH = 20
"""calls within an hour before it is called the best one"""
WON = "Won"
"""what an opportunity that became an order says under Lost/Won"""


@dataclass(frozen=True)
class Asked:
    """What is wanted: the first day and the last; whose calls (an operator's, a group's, EVERYBODY's); which list; to
    customers of which project, by its number.

    Without a list the calls of every list count, and those that were made outside of one; without a project all do.
    """

    first: date
    last: date
    whose: str
    list_name: str = ""
    project: int | None = None


@dataclass
class Count:
    """How many calls; how many of them reached somebody, sold something, led to an appointment; how long they took.

    `talk` are the seconds of the `measured` calls, `desk` those somebody spent with the `unmeasured` ones.
    """

    calls: int = 0
    reached: int = 0
    sales: int = 0
    appointments: int = 0
    measured: int = 0
    talk: int = 0
    unmeasured: int = 0
    desk: int = 0

    def add(self, other: Count) -> None:
        """Count these, too."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    @property
    def percent(self) -> int | None:
        """How many of a hundred reached somebody; None where nobody was called."""
        return round(100 * self.reached / self.calls) if self.calls else None

    @property
    def talk_on_average(self) -> int | None:
        """Seconds of a call, of those that were measured; None where none was."""
        return round(self.talk / self.measured) if self.measured else None

    @property
    def desk_on_average(self) -> int | None:
        """Seconds at the desk with a call nobody measured; None where every one was."""
        return round(self.desk / self.unmeasured) if self.unmeasured else None


class Line(NamedTuple):
    """What was counted for one operator, list, result or time zone: its key and what people call it."""

    key: str
    label: str
    counted: Count


class Best(NamedTuple):
    """The hour in which most of those who are called answer, on their own clock."""

    hour: int
    percent: int
    calls: int


class Way(NamedTuple):
    """From call to order: of the leads that came in, how many were reached, became an opportunity, became an order."""

    leads: int
    reached: int
    opportunities: int
    won: int


Cell = tuple[int, int]
"""a weekday, 0 for Monday, and an hour"""


@dataclass
class Figures:
    """`cells` and `hours` go by the clock of those who were called, by the office's where theirs is not known."""

    total: Count
    days: int
    results: list[Line]
    operators: list[Line]
    lists: list[Line]
    zones: list[Line]
    cells: dict[Cell, Count]
    hours: dict[int, Count]
    best: Best | None
    way: Way
    pauses: list[Paused]
    """of those whose calls are counted, by reason"""


def read(asked: Asked, by: str) -> Figures:
    """Count what is wanted; `Refused` when it is somebody else's and `by` may not look at it (K3)."""
    wanted = condition(asked, by)
    total, results, operators, lists = Count(), *(defaultdict[str, Count](Count) for _each in range(3))
    for operator, code, list_name, count in _what_came(condition(asked, by, started=_not_looked_up())):
        total.add(count)
        for held, key in ((results, code), (operators, operator), (lists, list_name)):
            held[key or ""].add(count)
    buckets = _when(wanted)
    hours = _by_hour(buckets)
    return Figures(
        total, len({moment.date() for moment, _zone, _count in buckets}),
        _lines(results, lambda code: describe(Lead.kind("call_code"), code) if code else _("No result")),
        _lines(operators, _names(operators)), _lines(lists, lambda name: name or _("No list")),
        _lines(_by_zone(buckets), lambda zone: zone or _("Not known")), _by_cell(buckets), hours, best_hour(hours),
        _way(asked, by), _pauses(asked, by),
    )  # fmt: skip


def lists(asked: Asked, by: str) -> list[str]:
    """The lists that were called in this period, by name, whichever is chosen."""
    wanted = condition(replace(asked, list_name=""), by) & (PhoneCall.list_name != "")
    return sorted(name for name in PhoneCall.select(PhoneCall.list_name).where(wanted).distinct().scalars() if name)


def whose_offered(by: str) -> list[tuple[str, str]]:
    """Whose figures this one may look at, as (key, name): the own ones, those of groups and everybody's (K3)."""
    rights.require(by, "count", PhoneCall)
    mine = [(by, _("Mine"))]
    if not rights.views_all(by):
        return mine
    held = Operator.select().order_by(Operator.group.desc(), Operator.id)
    return [*mine, (EVERYBODY, _("Everybody")), *((each.id, each.caption()) for each in held if each.id != by)]


def condition(asked: Asked, by: str, started: Any = PhoneCall.started) -> Any:
    """The calls that are wanted."""
    rights.require(by, "count", PhoneCall)
    if asked.whose != by and not rights.views_all(by):
        raise Refused(_("Your role shows you only your own figures."))
    begin, end = _moments(asked)
    wanted = (started >= begin) & (started < end) & (PhoneCall.direction == Direction.OUT.value)
    if asked.whose != EVERYBODY:
        wanted &= PhoneCall.operator.in_(_people(asked.whose))
    if asked.list_name:
        wanted &= PhoneCall.list_name == asked.list_name
    here = in_project(PhoneCall, asked.project)
    return wanted if here is None else wanted & here


def _not_looked_up() -> Any:
    """When a call began, so said that the file reads an index in the order of what is counted, not in that of time."""
    on_server = database.on_server()
    return PhoneCall.started if on_server else peewee.NodeList((peewee.SQL("+"), PhoneCall.started))


def _moments(asked: Asked) -> tuple[datetime, datetime]:
    return datetime.combine(asked.first, time()), datetime.combine(asked.last + timedelta(days=1), time())


def _people(whose: str) -> list[str]:
    """An operator, or everybody who works in a group."""
    members = GroupMember.select(GroupMember.operator).where(GroupMember.group == whose)
    return [whose, *members.scalars()]


def _names(operators: Iterable[str]) -> Any:
    known = {each.id: each.caption() for each in Operator.select().where(Operator.id.in_(list(operators)))}
    return lambda key: known.get(key, key)


def _lines(counts: Mapping[str, Count], label: Any) -> list[Line]:
    """The most calls first."""
    found = [Line(key, label(key), count) for key, count in counts.items()]
    return sorted(found, key=lambda line: (-line.counted.calls, line.label))


# ---------------------------------------------------------------- counted by the store


def codes_meaning(*meanings: Meaning) -> list[str]:
    """The results of this office that mean this."""
    return [rule.code for rule in rules() if rule.meaning in {meaning.value for meaning in meanings}]


def _what_came(wanted: Any) -> list[tuple[str, str, str, Count]]:
    """Operator, result, list and what was counted for them."""
    won, promised = set(codes_meaning(Meaning.WON)), set(codes_meaning(Meaning.CALL_BACK))
    number, seconds = peewee.fn.COUNT(PhoneCall.started), peewee.fn.COALESCE(peewee.fn.SUM(PhoneCall.seconds), 0)
    timed = peewee.fn.COUNT(PhoneCall.seconds)
    group = (PhoneCall.operator, PhoneCall.code, PhoneCall.list_name, PhoneCall.reached, PhoneCall.measured)
    rows: Any = PhoneCall.select(*group, number, timed, seconds).where(wanted).group_by(*group).tuples()
    found = []
    for operator, code, list_name, reached, measured, calls, with_time, spent in rows:
        count = Count(calls, calls if reached else 0, calls if code in won else 0, calls if code in promised else 0)
        if measured:
            count.measured, count.talk = with_time, spent
        else:
            count.unmeasured, count.desk = with_time, spent
        found.append((operator, code, list_name, count))
    return found


Bucket = tuple[datetime, str, Count]
"""half an hour of the office, a time zone, and what was counted in it"""


def half_hour() -> tuple[Any, Any]:
    """The hour a call began in, as the store tells it, and whether in its second half: some clocks differ by that.

    Without values to send: a server would not know again what it is to group by.
    """
    if database.on_server():
        hour = peewee.fn.DATE_TRUNC(peewee.SQL("'hour'"), PhoneCall.started)
        return hour, peewee.fn.DATE_PART(peewee.SQL("'minute'"), PhoneCall.started) >= peewee.SQL("30")
    return _part(1, 13), _part(15, 2) >= peewee.SQL("'30'")


def _part(start: int, length: int) -> Any:
    """Part of a moment as text, for it is no moment itself."""
    return peewee.Cast(peewee.fn.SUBSTR(PhoneCall.started, start, length), "TEXT")


def _when(wanted: Any) -> list[Bucket]:
    hour, late = half_hour()
    reached = peewee.fn.SUM(peewee.Case(None, [(PhoneCall.reached, 1)], 0))
    query = PhoneCall.select(hour, late, PhoneCall.zone, peewee.fn.COUNT(PhoneCall.started), reached)
    rows: Any = query.where(wanted).group_by(hour, late, PhoneCall.zone).tuples()
    return [
        (moment_of(text, bool(second)), zone or "", Count(calls, int(spoken)))
        for text, second, zone, calls, spoken in rows
    ]


def moment_of(hour: str | datetime, second: bool) -> datetime:
    """The beginning of a half hour as the store tells it."""
    begun = hour if isinstance(hour, datetime) else datetime.fromisoformat(f"{hour}:00:00")
    return begun + timedelta(minutes=30) if second else begun


def their_moment(moment: datetime, zone: str) -> datetime:
    """What their clock showed; the office's where theirs is not known."""
    return there(moment, zone) or moment


def _by_cell(buckets: Sequence[Bucket]) -> dict[Cell, Count]:
    found = defaultdict[Cell, Count](Count)
    for moment, zone, count in buckets:
        local = their_moment(moment, zone)
        found[local.weekday(), local.hour].add(count)
    return dict(found)


def _by_hour(buckets: Sequence[Bucket]) -> dict[int, Count]:
    found = defaultdict[int, Count](Count)
    for moment, zone, count in buckets:
        found[their_moment(moment, zone).hour].add(count)
    return dict(sorted(found.items()))


def _by_zone(buckets: Sequence[Bucket]) -> dict[str, Count]:
    found = defaultdict[str, Count](Count)
    for _moment, zone, count in buckets:
        found[zone].add(count)
    return found


def best_hour(hours: Mapping[int, Count]) -> Best | None:
    """The hour most answer in; None while no hour has calls enough to tell."""
    known = [
        (count.reached / count.calls, count.calls, -hour) for hour, count in hours.items() if count.calls >= ENOUGH
    ]
    if not known:
        return None
    share, calls, hour = max(known)
    return Best(-hour, round(100 * share), calls)


def _pauses(asked: Asked, by: str) -> list[Paused]:
    """Nobody pauses in one list or project: they are told where the calls of all of them are."""
    whose = None if asked.whose == EVERYBODY else _people(asked.whose)
    return [] if asked.list_name or asked.project else pauses.between(*_moments(asked), whose, by)


# ---------------------------------------------------------------- from call to order


def reached_ones() -> Any:
    """The leads somebody has spoken to: a call says so, or an opportunity came of them."""
    spoken = PhoneCall.select(peewee.SQL("1")).where((PhoneCall.lead == Lead.number) & PhoneCall.reached)
    return peewee.fn.EXISTS(spoken) | became_one()


def became_one() -> Any:
    """The leads an opportunity came of."""
    return peewee.fn.EXISTS(Opportunity.select(peewee.SQL("1")).where(Opportunity.originating_lead == Lead.number))


def won_ones() -> Any:
    """The leads an order came of."""
    won = (Opportunity.originating_lead == Lead.number) & (Opportunity.outcome == WON)
    return peewee.fn.EXISTS(Opportunity.select(peewee.SQL("1")).where(won))


def came_in(asked: Asked) -> Any:
    """The leads that came in during the period, of whoever is asked for; with a list those that were called from it."""
    begin, end = _moments(asked)
    came = (Lead.created_on >= begin) & (Lead.created_on < end) & ~Lead.removed
    if asked.whose != EVERYBODY:
        came &= Lead.owned_by(*_people(asked.whose))
    if (here := in_project(Lead, asked.project)) is not None:
        came &= here
    if asked.list_name:
        called = (PhoneCall.lead == Lead.number) & (PhoneCall.list_name == asked.list_name)
        came &= peewee.fn.EXISTS(PhoneCall.select(peewee.SQL("1")).where(called))
    return came


def _way(asked: Asked, by: str) -> Way:
    parts = [peewee.fn.COALESCE(peewee.fn.SUM(peewee.Case(None, [(each, 1)], 0)), 0)
             for each in (reached_ones(), became_one(), won_ones())]  # fmt: skip
    rows: Any = rights.rows(Lead, by, peewee.fn.COUNT(Lead.number), *parts).where(came_in(asked))
    return Way(*(int(value) for value in rows.tuples().get()))
