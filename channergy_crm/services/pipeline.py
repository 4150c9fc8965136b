"""Figures of deals: what the coming months may bring, who brings it, what has stood still, why deals were lost (BX-24).

The revenue forecast (VT-155) is among them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm import clock
from channergy_crm.language import _
from channergy_crm.records import Opportunity
from channergy_crm.records.lookups import describe
from channergy_crm.records.operators import Operator
from channergy_crm.records.projects import Means
from channergy_crm.services import pipeline_deals, pipeline_stages, rights
from channergy_crm.services.pipeline_deals import READ, processes
from channergy_crm.text.periods import moved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from channergy_crm.services.pipeline_deals import Asked, Deal
    from channergy_crm.services.pipeline_stages import Step

MOST_MONTHS, MONTHS_BEFORE = 13, 6
"""months a forecast shows one by one, and how many of them lie before this one; what is further away is one bar"""
AGES = (30, 60, 90, 180)
"""days up to which open deals are counted together"""


class Worth(NamedTuple):
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


@dataclass
class Pipeline:
    """The figures of some deals, each part in the order in which it is shown."""

    total: Worth = Worth()  # noqa: RUF009  it never changes
    months: list[Month] = field(default_factory=list)
    owners: list[Line] = field(default_factory=list)
    projects: list[Line] = field(default_factory=list)
    sources: list[Line] = field(default_factory=list)
    reasons: list[Line] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    ages: list[Old] = field(default_factory=list)
    stages: list[Old] = field(default_factory=list)
    """by process and stage, of the stages in which deals can get rotten"""
    rotten: int = 0
    hidden: list[str] = field(default_factory=list)
    """the labels of fields that are not shown to whoever asks, and count as empty"""


# ---------------------------------------------------------------- counting


def read(asked: Asked, by: str) -> Pipeline:
    """Count what is wanted; `Refused` when it is somebody else's and `by` may not look at it (K3)."""
    rights.require(by, "count", Opportunity)
    return count(pipeline_deals.read(asked, by), by)


def count(counted: Sequence[Deal], by: str) -> Pipeline:
    """The figures of these deals."""
    rights.require(by, "count", Opportunity)
    found = Pipeline(worth(counted), spans(counted, clock.today()))
    found.owners = _lines(counted, "owner", _names({each.owner for each in counted}))
    found.projects = _lines(counted, "project", _project_names()) if any(each.project for each in counted) else []
    found.sources = _lines(counted, "source", _source_name)
    lost = _lines(counted, "reason", lambda reason: reason or _("No reason given"))
    found.reasons = sorted(lost, key=lambda line: (-line.worth.deals, -line.worth.missed, line.label))
    found.steps = pipeline_stages.steps(counted, partial(describe, Opportunity.kind("stage")))
    ages = groups(counted, "age")
    found.ages = [_old(key, ages[key]) for key in (*AGES, None) if key in ages]
    found.stages = _by_stage(counted)
    found.rotten = sum(each.rotten for each in counted)
    found.hidden = [Opportunity.kind(name).label for name in READ if name in rights.hidden(Opportunity, by)]
    return found


def worth(counted: Iterable[Deal]) -> Worth:
    """What these deals are worth together."""
    deals = many = sold = projected = hundredfold = won = missed = 0
    for deal in counted:
        deals += 1
        means, amount = deal.means, deal.amount
        if means is Means.OPEN:
            many += 1
            projected += amount
            hundredfold += amount * deal.probability
        elif means is Means.WON:
            sold += 1
            won += deal.actual
        else:
            missed += amount
    return Worth(deals, many, sold, deals - many - sold, projected, hundredfold, won, missed)


def groups(counted: Iterable[Deal], part: str) -> dict[Any, list[Deal]]:
    """The deals behind each bar of a part, by its key; a part may leave deals out that it does not speak of."""
    found: dict[Any, list[Deal]] = defaultdict(list)
    speaks, key = SPOKEN_OF[part]
    for deal in counted if speaks is None else filter(speaks, counted):
        found[key(deal)].append(deal)
    return dict(found)


def _lines(counted: Sequence[Deal], part: str, label: Callable[[Any], str]) -> list[Line]:
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
    return describe(Opportunity.kind("lead_source"), source) if source else _("No source")


def _old(key: Any, held: Sequence[Deal]) -> Old:
    return Old(key, len(held), sum(deal.rotten for deal in held))


def _by_stage(counted: Sequence[Deal]) -> list[Old]:
    """The open deals of each stage, in the order of the processes."""
    held: dict[tuple[int, str], list[Deal]] = defaultdict(list)
    for deal in counted:
        if deal.means is Means.OPEN and deal.standing is not None and deal.standing.rotten_after:
            held[deal.process.number, deal.stage].append(deal)
    order = {(process.number, stage.stage): place for process in processes(counted)
             for place, stage in enumerate(process.stages)}  # fmt: skip
    return [_old(key, held[key]) for key in sorted(held, key=lambda key: (key[0], order[key]))]


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
    found = [_together(held, first, until) for first, until in windows(held, today, most)]
    return [*found, _month(None, undated)] if undated else found


def windows(months: Iterable[date], today: date, most: int = MOST_MONTHS) -> list[tuple[date, date | None]]:
    """The bars of a chart of these months, without a gap: the month of each, with the last one where it stands for
    several.
    """
    held = set(months)
    if not held:
        return []
    first, last = min(held), max(held)
    begin = first
    if _apart(first, last) >= most:
        near = moved(today.replace(day=1), -MONTHS_BEFORE, "month")
        begin = max(first, min(near, moved(last, 1 - most, "month")))
    end = min(last, moved(begin, most - 1, "month"))
    found: list[tuple[date, date | None]] = [(first, moved(begin, -1, "month"))] if first < begin else []
    found += [(moved(begin, step, "month"), None) for step in range(_apart(begin, end) + 1)]
    return [*found, (moved(end, 1, "month"), last)] if end < last else found


def _together(held: dict[Any, list[Deal]], first: date, until: date | None) -> Month:
    deals = [deal for month, some in held.items() if first <= month <= (until or first) for deal in some]
    return _month(first, deals, until)


def _apart(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


# ---------------------------------------------------------------- of which deals a part speaks


def _age(deal: Deal) -> int | None:
    """Up to which of the ages an open deal is old; None for older ones, and 0 days where it was never told."""
    days = (clock.today() - deal.created).days if deal.created else 0
    return next((age for age in AGES if days <= age), None)


def _forecast(deal: Deal) -> bool:
    return deal.means is not Means.LOST


def _open(deal: Deal) -> bool:
    return deal.means is Means.OPEN


def _lost(deal: Deal) -> bool:
    return deal.means is Means.LOST


SPOKEN_OF: dict[str, tuple[Callable[[Deal], bool] | None, Callable[[Deal], Any]]] = {
    "": (None, lambda deal: None),
    "month": (_forecast, lambda deal: deal.month),
    "owner": (None, lambda deal: deal.owner),
    "project": (None, lambda deal: deal.project),
    "source": (None, lambda deal: deal.source),
    "reason": (_lost, lambda deal: deal.reason),
    "age": (_open, _age),
    "rotten": (lambda deal: deal.rotten, lambda deal: (deal.process.number, deal.stage)),
}
"""of which deals a part speaks, and by what it tells them apart"""
