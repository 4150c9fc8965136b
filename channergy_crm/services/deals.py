"""A deal on its way: moved to another stage, won with its value and day, lost with a reason (K16, K22)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import peewee

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.records import Opportunity
from channergy_crm.records.lookups import describe
from channergy_crm.records.projects import Means, course_of
from channergy_crm.records.sync import led_there
from channergy_crm.services import rights, team_notices

if TYPE_CHECKING:
    from datetime import date

MOST_REASONS = 12


class Asked(NamedTuple):
    """What a move needs to know: won asks for the value and the day, lost for the reason; with what is proposed.

    The first deal of a customer is asked for its subject, too, which `subjects` may be the only ones for (SI-37).
    """

    means: Means
    amount: int | None = None
    on: date | None = None
    reasons: tuple[str, ...] = ()
    subject: str | None = None
    subjects: tuple[str, ...] = ()


class Answer(NamedTuple):
    """What somebody said to it. Amount in cents."""

    amount: int | None = None
    on: date | None = None
    reason: str = ""
    subject: str = ""

    def ended(self, means: Means) -> dict[str, object]:
        """What it says of a deal that comes to a stage with this meaning, by python name."""
        if means is Means.WON:
            return {"actual_amount": self.amount, "close_date_2": self.on or clock.today()}
        if means is Means.LOST:
            return {"outcome_reason": self.reason.strip(), "close_date_2": self.on or clock.today()}
        return {}


def why_not_moved(number: int, by: str) -> str:
    """Why nobody moves a deal here, or says how likely it is: it is a program in Viper (K23); "" where people may."""
    rights.require(by, "see", Opportunity)
    return led_there(Opportunity.kind("stage"), number) or ""


def asks(number: int, stage: str, by: str) -> Asked | None:
    """What moving a deal to a stage needs to know, or None where it can move at once; `Mistake` where nobody moves it
    here.
    """
    deal = Opportunity.find(number)
    rights.require(by, "see", deal or Opportunity)
    if reason := led_there(Opportunity.kind("stage"), number):
        raise Mistake(reason, "stage")
    process = course_of(deal.__data__.get("project")) if deal is not None else None
    if deal is None or process is None or process.means(stage) in (Means.OPEN, process.means(deal.stage)):
        return None
    means = process.means(stage)
    if means is Means.WON:
        return Asked(means, deal.amount if deal.actual_amount is None else deal.actual_amount, clock.today())
    return Asked(means, on=clock.today(), reasons=tuple(_reasons(by)))


def reasons(by: str) -> list[str]:
    """Why deals were lost, the most frequent first: suggestions for the next one."""
    rights.require(by, "choose", Opportunity)
    return _reasons(by)


def _reasons(by: str) -> list[str]:
    times = peewee.fn.COUNT(Opportunity.number)
    said = Opportunity.outcome_reason
    query = rights.rows(Opportunity, by, said).where((said != "") & Opportunity.closed).group_by(said)
    return list(query.order_by(times.desc(), said).limit(MOST_REASONS).scalars())


def move(number: int, stage: str, by: str, answer: Answer | None = None) -> Opportunity:
    """Move a deal to another stage; what its meaning brings is set or cleared in the same step (K22)."""
    deal = Opportunity.find(number)
    rights.require(by, "edit", deal or Opportunity)
    if deal is None:
        raise Mistake(_("Opportunity {number} is not there any more.").format(number=number))
    if deal.stage == stage:
        return deal
    deal.stage = stage
    process = course_of(deal.__data__.get("project"))
    means = process.means(stage) if process is not None else Means.OPEN
    for name, value in (answer.ended(means) if answer is not None else {}).items():
        setattr(deal, name, value)
    was_won = team_notices.was_won(deal)
    column = describe(Opportunity.kind("stage"), stage) or _("no stage")
    with work.unit(N_("Move {name} to {stage}"), by=by, name=deal.caption(), stage=column):
        deal.save()
        if not was_won and team_notices.is_won(deal):
            team_notices.sale(deal, by)
    return deal
