"""The deals that figures are made of: whose, of which project, from which days; each with what it means (BX-24).

What a stage means is what it means in each deal's own process, never a text of the deal; deals of projects that are
kept without CRM have no process and are left out, as on the board.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

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

if TYPE_CHECKING:
    from collections.abc import Iterable

PERSONAL = 0
"""in the place of a project: the deals of none"""
READ = ("number", "name", "stage", "project", "owner", "lead_source", "account", "amount", "probability",
        "actual_amount", "close_date_1", "close_date_2", "stage_since", "created_on", "stage_path",
        "outcome_reason")  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What is wanted: whose deals (an operator's, a group's, EVERYBODY's), of which project, from which days.

    A deal belongs to the days in which it is to close or has closed. Without days every deal counts, those without a
    date too; without a project those of all of them.
    """

    whose: str
    first: date | None = None
    last: date | None = None
    project: int | None = None


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
    rotten: bool
    """an open one that has been in its stage for longer than the process says is good"""

    @property
    def month(self) -> date | None:
        """The first day of the month it is to close in, or has closed in."""
        return self.day.replace(day=1) if self.day else None


# ---------------------------------------------------------------- whose, and which deals


def whose_offered(by: str) -> list[tuple[str, str]]:
    """Whose figures this one may look at, as (key, name): the own ones, those of groups and everybody's (K3)."""
    rights.require(by, "count", Opportunity)
    mine = [(by, _("Mine"))]
    if not rights.views_all(by):
        return mine
    held = Operator.select().order_by(Operator.group.desc(), Operator.id)
    return [*mine, (EVERYBODY, _("Everybody")), *((each.id, each.caption()) for each in held if each.id != by)]


def read(asked: Asked, by: str) -> list[Deal]:
    """The deals that are wanted, in the order of their days; `Refused` when they are somebody else's (K3)."""
    rights.require(by, "count", Opportunity)
    if asked.whose != by and not rights.views_all(by):
        raise Refused(_("Your role shows you only your own figures."))
    kept = rights.hidden(Opportunity, by)
    if asked.project is not None:
        rights.require_shown(Opportunity, ["project"], by)
    found, known, today = list[Deal](), dict[int | None, Course | None](), clock.today()
    for row in _rows(asked, kept, by):
        project = row[3]
        if project not in known:
            known[project] = course_of(project)
        process = known[project]
        if process is not None:
            deal = _deal(row, process, today)
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
    elif asked.project is not None:
        query = query.where(Opportunity.project == asked.project)
    sql, params = query.sql()
    return database.proxy.execute_sql(sql, params).fetchall()  # type: ignore[no-any-return]


def _deal(row: Any, process: Course, today: date) -> Deal:
    (number, name, stage, project, owner, source, account, amount, probability, actual, planned, ended, since, created,
     path, reason) = row  # fmt: skip
    standing = process.stage(stage)
    means = standing.means if standing is not None else Means.OPEN
    day = planned if means is Means.OPEN else ended or planned
    after = standing.rotten_after if standing is not None and means is Means.OPEN else None
    came = _day(since)
    rotten = after is not None and came is not None and (today - came).days > after
    return Deal(number, name or "", stage or "", standing, means, process, project, owner or "", source or "", account,
                amount or 0, probability or 0, actual or 0, _day(day), came, _day(created), path or "",
                (reason or "").strip(), rotten)  # fmt: skip


def _day(held: object) -> date | None:
    """A day as each store gives it."""
    return held if isinstance(held, date) or held is None else _of_text(str(held)[:10])


@lru_cache(8_192)
def _of_text(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _lies_in(asked: Asked, day: date | None) -> bool:
    if asked.first is None and asked.last is None:
        return True
    return day is not None and (asked.first or date.min) <= day <= (asked.last or date.max)


def processes(counted: Iterable[Deal]) -> list[Course]:
    """The processes these deals go through, the standard one first."""
    found = {deal.process.number: deal.process for deal in counted}
    return sorted(found.values(), key=lambda each: (not each.standard, each.name, each.number))
