"""Figures of deals: what the coming months may bring, who brings it, what has stood still, why deals were lost (BX-24).

The revenue forecast (VT-155) is among them. What a stage means is what it means in each deal's own process, never a
text of the deal; deals of projects that are kept without CRM have no process and are left out, as on the board.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import peewee

from channergy_crm import clock
from channergy_crm.errors import Refused
from channergy_crm.language import _
from channergy_crm.records import Opportunity
from channergy_crm.records.operators import Operator
from channergy_crm.records.projects import Course, Means, StageOf, course_of
from channergy_crm.records.roles import GroupMember
from channergy_crm.services import rights
from channergy_crm.services.figures import EVERYBODY
from channergy_crm.store import database
from channergy_crm.text.periods import moved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

EVERY_PROJECT, PERSONAL = 0, -1
"""in the place of a project: deals of all of them, and those of none"""
MOST_MONTHS, MONTHS_BEFORE = 13, 6
"""months a forecast shows one by one, and how many of them lie before this one; what is further away is one bar"""
AGES = (30, 60, 90, 180)
"""days up to which open deals are counted together"""
READ = ("number", "name", "stage", "project", "owner", "lead_source", "account", "amount", "probability",
        "actual_amount", "close_date_1", "close_date_2", "stage_since", "created_on", "stage_path",
        "outcome_reason")  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What is wanted: whose deals (an operator's, a group's, EVERYBODY's), of which project, from which days.

    A deal belongs to the days in which it is to close or has closed. Without days every deal counts, those without a
    date too.
    """

    whose: str
    first: date | None = None
    last: date | None = None
    project: int = EVERY_PROJECT


class Deal(NamedTuple):
    """A deal as figures need it. Amounts in cents; `standing` is its stage where that is one of its process."""

    number: int
    name: str
    stage: str
    standing: StageOf | None
    means: Means
    process: Course
    project: int | None
    owner: str
    source: str
    account: int
    amount: int
    probability: int
    actual: int
    day: date | None
    """when it is to close, or has closed"""
    since: date | None
    """when it came to its stage"""
    created: date | None
    path: str
    reason: str

    @property
    def month(self) -> date | None:
        """The first day of the month it is to close in, or has closed in."""
        return self.day.replace(day=1) if self.day else None


@dataclass
class Worth:
    """Some deals together: how many, what the open ones may bring, by how likely that is, and what was won. Cents."""

    deals: int = 0
    open: int = 0
    won_deals: int = 0
    lost: int = 0
    projected: int = 0
    hundredfold: int = 0
    won: int = 0
    missed: int = 0
    """what the lost ones would have brought"""

    @property
    def weighted(self) -> int:
        """Amount times probability, rounded once for all of them together."""
        return round(self.hundredfold / 100)

    def add(self, deal: Deal) -> None:
        """One deal more."""
        self.deals += 1
        if deal.means is Means.OPEN:
            self.open += 1
            self.projected += deal.amount
            self.hundredfold += deal.amount * deal.probability
        elif deal.means is Means.WON:
            self.won_deals += 1
            self.won += deal.actual
        else:
            self.lost += 1
            self.missed += deal.amount


class Month(NamedTuple):
    """A month of the forecast by its first day, None for the deals without a date; amounts in cents.

    `until` is the last one of several months taken together.
    """

    month: date | None
    projected: int
    weighted: int
    won: int
    deals: int
    until: date | None = None


class Line(NamedTuple):
    """What was counted for one operator, project, source or reason: its key, what people call it, what it is worth."""

    key: Any
    label: str
    worth: Worth


class Old(NamedTuple):
    """Open deals of one age or of one stage: the key, how many there are, how many of them are rotten."""

    key: Any
    deals: int
    rotten: int


Part = Literal["", "month", "owner", "project", "source", "reason", "age", "rotten"]


@dataclass
class Pipeline:
    """The figures of some deals, each part in the order in which it is shown."""

    total: Worth = field(default_factory=Worth)
    months: list[Month] = field(default_factory=list)
    owners: list[Line] = field(default_factory=list)
    projects: list[Line] = field(default_factory=list)
    sources: list[Line] = field(default_factory=list)
    reasons: list[Line] = field(default_factory=list)
    ages: list[Old] = field(default_factory=list)
    stages: list[Old] = field(default_factory=list)
    """by process and stage, of the stages in which deals can get rotten"""
    rotten: int = 0
    hidden: list[str] = field(default_factory=list)
    """the labels of fields that are not shown to whoever asks, and count as empty"""


# ---------------------------------------------------------------- whose, and which deals


def whose_offered(by: str) -> list[tuple[str, str]]:
    """Whose figures this one may look at, as (key, name): the own ones, those of groups and everybody's (K3)."""
    rights.require(by, "count", Opportunity)
    mine = [(by, _("Mine"))]
    if not rights.views_all(by):
        return mine
    held = Operator.select().order_by(Operator.group.desc(), Operator.id)
    return [*mine, (EVERYBODY, _("Everybody")), *((each.id, each.caption()) for each in held if each.id != by)]


def deals(asked: Asked, by: str) -> list[Deal]:
    """The deals that are wanted, in the order of their days; `Refused` when they are somebody else's (K3)."""
    rights.require(by, "count", Opportunity)
    if asked.whose != by and not rights.views_all(by):
        raise Refused(_("Your role shows you only your own figures."))
    kept = rights.hidden(Opportunity, by)
    if asked.project:
        rights.require_shown(Opportunity, ["project"], by)
    found, known = list[Deal](), dict[int | None, Course | None]()
    for row in _rows(asked, kept, by):
        project = row[3]
        if project not in known:
            known[project] = course_of(project)
        process = known[project]
        if process is not None:
            deal = _deal(row, process)
            deal = deal._replace(project=None) if "project" in kept else deal
            if _lies_in(asked, deal.day):
                found.append(deal)
    return sorted(found, key=lambda deal: (deal.day is None, deal.day or date.min, deal.number))


def _rows(asked: Asked, kept: frozenset[str], by: str) -> Iterable[Any]:
    """The raw rows, no object for each; what is not shown to this one is not read, but for the process they follow."""
    unread = kept - {"project"}
    fields = [peewee.SQL("NULL") if name in unread else Opportunity.kind(name) for name in READ]
    query = rights.rows(Opportunity, by, *fields)
    if asked.whose != EVERYBODY:
        members = GroupMember.select(GroupMember.operator).where(GroupMember.group == asked.whose)
        query = query.where(Opportunity.owned_by(asked.whose, *members.scalars()))
    if asked.project == PERSONAL:
        query = query.where(Opportunity.project.is_null())
    elif asked.project:
        query = query.where(Opportunity.project == asked.project)
    sql, params = query.sql()
    return database.proxy.execute_sql(sql, params).fetchall()  # type: ignore[no-any-return]


def _deal(row: Any, process: Course) -> Deal:
    (number, name, stage, project, owner, source, account, amount, probability, actual, planned, ended, since, created,
     path, reason) = row  # fmt: skip
    standing = process.stage(stage)
    means = standing.means if standing is not None else Means.OPEN
    day = planned if means is Means.OPEN else ended or planned
    return Deal(number, name or "", stage or "", standing, means, process, project, owner or "", source or "", account,
                amount or 0, probability or 0, actual or 0, _day(day), _day(since), _day(created), path or "",
                (reason or "").strip())  # fmt: skip


def _day(held: object) -> date | None:
    """A day as each store gives it."""
    return held if isinstance(held, date) or held is None else _read(str(held)[:10])


@lru_cache(8_192)
def _read(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _lies_in(asked: Asked, day: date | None) -> bool:
    if asked.first is None and asked.last is None:
        return True
    return day is not None and (asked.first or date.min) <= day <= (asked.last or date.max)


# ---------------------------------------------------------------- counting


def read(asked: Asked, by: str) -> Pipeline:
    """Count what is wanted; `Refused` when it is somebody else's and `by` may not look at it (K3)."""
    rights.require(by, "count", Opportunity)
    return count(deals(asked, by), by)


def count(counted: Sequence[Deal], by: str) -> Pipeline:
    """The figures of these deals."""
    rights.require(by, "count", Opportunity)
    found = Pipeline(worth(counted), spans(counted, clock.today()))
    projects = {each.project: each.process.name for each in counted}
    found.owners = _lines(counted, "owner", _names({each.owner for each in counted}))
    found.projects = _lines(counted, "project", _project_names()) if set(projects) - {None} else []
    found.sources = _lines(counted, "source", _source_name)
    lost = _lines(counted, "reason", lambda reason: reason or _("No reason given"))
    found.reasons = sorted(lost, key=lambda line: (-line.worth.deals, -line.worth.missed, line.label))
    ages = groups(counted, "age")
    found.ages = [_old(key, ages[key]) for key in (*AGES, None) if key in ages]
    found.stages = _by_stage(counted)
    found.rotten = sum(is_rotten(each) for each in counted)
    found.hidden = [Opportunity.kind(name).label for name in READ if name in rights.hidden(Opportunity, by)]
    return found


def worth(counted: Iterable[Deal]) -> Worth:
    """What these deals are worth together."""
    found = Worth()
    for deal in counted:
        found.add(deal)
    return found


def groups(counted: Iterable[Deal], part: Part) -> dict[Any, list[Deal]]:
    """The deals behind each bar of a part, by its key; a part may leave deals out that it does not speak of."""
    found: dict[Any, list[Deal]] = defaultdict(list)
    speaks, key = SPOKEN_OF[part]
    for deal in counted:
        if speaks(deal):
            found[key(deal)].append(deal)
    return dict(found)


def _lines(counted: Sequence[Deal], part: Part, label: Callable[[Any], str]) -> list[Line]:
    """The ones that bring most first."""
    found = [Line(key, label(key), worth(held)) for key, held in groups(counted, part).items()]
    return sorted(found, key=lambda line: (-(line.worth.projected + line.worth.won), -line.worth.deals, line.label))


def _names(owners: Iterable[str]) -> Callable[[str], str]:
    known = {each.id: each.caption() for each in Operator.select().where(Operator.id.in_(list(owners)))}
    return lambda key: known.get(key, key) or _("Nobody")


def _project_names() -> Callable[[int | None], str]:
    kind = Opportunity.kind("project")
    return lambda key: kind.show(key) or _("No project")


def _source_name(source: str) -> str:
    from channergy_crm.records.lookups import describe

    return describe(Opportunity.kind("lead_source"), source) if source else _("No source")


def _old(key: Any, held: Sequence[Deal]) -> Old:
    return Old(key, len(held), sum(is_rotten(deal) for deal in held))


def _by_stage(counted: Sequence[Deal]) -> list[Old]:
    """The open deals of each stage, in the order of the processes."""
    held = defaultdict[tuple[int, str], list[Deal]](list)
    for deal in counted:
        if deal.means is Means.OPEN and deal.standing is not None and deal.standing.rotten_after:
            held[deal.process.number, deal.stage].append(deal)
    order = {(process.number, stage.stage): place for process in processes(counted)
             for place, stage in enumerate(process.stages)}  # fmt: skip
    return [_old(key, held[key]) for key in sorted(held, key=lambda key: (key[0], order[key]))]


def processes(counted: Iterable[Deal]) -> list[Course]:
    """The processes these deals go through, the standard one first."""
    found = {deal.process.number: deal.process for deal in counted}
    return sorted(found.values(), key=lambda each: (not each.standard, each.name, each.number))


# ---------------------------------------------------------------- the forecast by month (VT-155)


def months(counted: Iterable[Deal]) -> list[Month]:
    """Month by month what open deals may bring, the same by how likely it is, and what was won; those without a date
    last. Months in which nothing closes are not among them.
    """
    held = groups(counted, "month")
    return [_month(key, held[key]) for key in sorted(held, key=lambda month: month or date.max)]


def _month(month: date | None, held: Sequence[Deal], until: date | None = None) -> Month:
    found = worth(held)
    return Month(month, found.projected, found.weighted, found.won, found.deals, until)


def spans(counted: Iterable[Deal], today: date, most: int = MOST_MONTHS) -> list[Month]:
    """The same without a gap, for a chart: where there are more months than `most`, those around this one, and what
    is earlier or later as one bar each.
    """
    held = groups(counted, "month")
    undated = held.pop(None, [])
    found: list[Month] = []
    if held:
        first, last = min(held), max(held)
        if _apart(first, last) >= most:
            begin = max(first, min(moved(today.replace(day=1), -MONTHS_BEFORE, "month"), moved(last, 1 - most, "month")))
        else:
            begin = first
        end = min(last, moved(begin, most - 1, "month"))
        found += [_together(held, first, moved(begin, -1, "month"))] if first < begin else []
        for step in range(_apart(begin, end) + 1):
            month = moved(begin, step, "month")
            found.append(_month(month, held.get(month, [])))
        found += [_together(held, moved(end, 1, "month"), last)] if end < last else []
    return [*found, _month(None, undated)] if undated else found


def _together(held: dict[Any, list[Deal]], first: date, last: date) -> Month:
    return _month(first, [deal for month, some in held.items() if first <= month <= last for deal in some], last)


def _apart(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


# ---------------------------------------------------------------- age


def is_rotten(deal: Deal) -> bool:
    """Whether an open deal has been in its stage for longer than the process says is good."""
    days = days_in_stage(deal)
    stage = deal.standing
    after = stage.rotten_after if stage is not None and deal.means is Means.OPEN else None
    return bool(after) and days is not None and days > (after or 0)


def days_in_stage(deal: Deal) -> int | None:
    """Whole days since it came to its stage; None where nobody knows."""
    return (clock.today() - deal.since).days if deal.since else None


def _age(deal: Deal) -> int | None:
    """Up to which of the ages an open deal is old; None for older ones, and 0 days where it was never told."""
    days = (clock.today() - deal.created).days if deal.created else 0
    return next((age for age in AGES if days <= age), None)


def _every(_deal: Deal) -> bool:
    return True


def _forecast(deal: Deal) -> bool:
    return deal.means is not Means.LOST


def _open(deal: Deal) -> bool:
    return deal.means is Means.OPEN


def _lost(deal: Deal) -> bool:
    return deal.means is Means.LOST


SPOKEN_OF: dict[Part, tuple[Callable[[Deal], bool], Callable[[Deal], Any]]] = {
    "": (_every, lambda deal: None),
    "month": (_forecast, lambda deal: deal.month),
    "owner": (_every, lambda deal: deal.owner),
    "project": (_every, lambda deal: deal.project),
    "source": (_every, lambda deal: deal.source),
    "reason": (_lost, lambda deal: deal.reason),
    "age": (_open, _age),
    "rotten": (is_rotten, lambda deal: (deal.process.number, deal.stage)),
}
"""of which deals a part speaks, and by what it tells them apart"""
