"""A customer without a deal comes into a stage: its first deal, asked for in place (SI-17, BX-25)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.language import _
from channergy_crm.records import Lead, Opportunity
from channergy_crm.records.projects import Means
from channergy_crm.services import conversion, first_deals, reading
from channergy_crm.services.deals import Answer
from ui.look.wording import shown

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.deals import Asked
    from ui.pages.board.answer import Customer
    from ui.session.session import Session


class Begun(NamedTuple):
    """What is known before the question in place: for whom, what is asked, and the answer where that is all of it."""

    customer: Customer
    asked: Asked
    answer: Answer | None = None


def look(customer: Customer, session: Session, parent: QWidget) -> Begun | None:
    """What has to be asked. For a lead that may be one of the accounts already it is asked which one first, the stage
    is chosen by then. None where somebody thought better of it, or where it cannot be.
    """
    by = session.by
    asked = session.attempt(partial(first_deals.asks, customer.record, customer.number, customer.stage, by))
    if asked is None or customer.record != "lead":
        return Begun(customer, asked) if asked is not None else None
    lead = session.attempt(partial(reading.find, Lead, customer.number, by))
    if lead is None:
        return None
    matches = session.attempt(partial(conversion.matches, lead, by))
    if not matches:
        return Begun(customer, asked)
    from ui.screens.convert_dialog import ConvertDialog

    where = shown(Opportunity.kind("stage"), customer.stage)
    dialog = ConvertDialog(lead, matches, by, parent.window(), session.station, stage=where)
    if not dialog.exec():
        return None
    customer = customer._replace(account=dialog.chosen(), owner=dialog.owner() or None)
    asked = asked._replace(subject=dialog.name())
    known = asked.means is Means.OPEN and bool(dialog.name().strip())
    return Begun(customer, asked, Answer(subject=dialog.name()) if known else None)


def begin(customer: Customer, answer: Answer, session: Session) -> Opportunity | None:
    """Make the deal, and say so; None where it could not be."""
    held = session.attempt(
        partial(first_deals.begin, customer.record, customer.number, customer.stage, session.by, answer,
                account=customer.account, owner=customer.owner)
    )  # fmt: skip
    if held is not None:
        where = shown(Opportunity.kind("stage"), customer.stage)
        session.say_done(_("{name} is in {stage}.").format(name=held.caption(), stage=where))
    return held
