"""What an answered quote says of its deal: won with the value that was agreed, or the reason why not (K22)."""

from __future__ import annotations

from channergy_crm import clock
from channergy_crm.language import _
from channergy_crm.records import Opportunity, SalesDocument
from channergy_crm.records.projects import Course, Means, course_of
from channergy_crm.records.sync import led_there
from channergy_crm.services import deals, rights

ORDERED = "Order"
"""the stage of K16 in which a deal is when its quote is accepted"""


def why_stays(document: SalesDocument, by: str) -> str | None:
    """Why the deal of a quote keeps its stage when the quote is accepted; None where it goes on or there is none."""
    deal = _deal(document)
    if deal is None:
        return None
    if reason := led_there(Opportunity.kind("stage"), deal.number):
        return reason
    if reason := rights.may(by, "edit", deal):
        return reason
    process = course_of(deal.__data__.get("project"))
    if process is None or not won_stage(process):
        return _("No stage of its process means won.")
    return None


def won_stage(process: Course) -> str:
    """The stage an accepted quote brings a deal to; "" where there is none."""
    if process.stage(ORDERED) is not None:
        return ORDERED
    return next((each.stage for each in process.stages if each.means is Means.WON), "")


def won(document: SalesDocument, by: str) -> None:
    """Within a unit: the deal of a quote is won, with the net sum of the quote and today as its day."""
    deal = _deal(document)
    if deal is None or why_stays(document, by):
        return
    process = course_of(deal.__data__.get("project"))
    if process is None or process.means(deal.stage) is Means.WON:
        return
    deals.move(deal.number, won_stage(process), by, deals.Answer(int(document.net or 0), clock.today()))


def reason(document: SalesDocument, by: str) -> None:
    """Within a unit: why a quote was declined, where its deal says nothing of it yet."""
    deal = _deal(document)
    if deal is None or not document.reason or deal.outcome_reason:
        return
    if rights.may(by, "edit", deal) or "outcome_reason" in rights.hidden(Opportunity, by):
        return
    deal.outcome_reason = document.reason
    deal.save()


def _deal(document: SalesDocument) -> Opportunity | None:
    return Opportunity.find(document.__data__.get("deal"))
