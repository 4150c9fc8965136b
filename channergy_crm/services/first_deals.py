"""The first deal of a customer: an account or a lead without one comes into a stage of the board (SI-17, BX-25)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm import clock
from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.records import Account, Lead, Opportunity
from channergy_crm.records.lookups import describe
from channergy_crm.records.projects import Means, course_of
from channergy_crm.services import accounts, conversion, deals, rights, saving
from channergy_crm.services.deals import Asked

if TYPE_CHECKING:
    from channergy_crm.services.deals import Answer

CUSTOMERS: dict[str, type[Account | Lead]] = {"account": Account, "lead": Lead}
"""who may have no deal yet, by the word that stands on their cards"""


def asks(record: str, number: int, stage: str, by: str) -> Asked:
    """What has to be known before the customer has a deal in this stage: its subject, what it is worth, and how it
    ended where it has.
    """
    rights.require(by, "create", Opportunity)
    held = _customer(record, number, by)
    means = _means(held, stage)
    fixed = Opportunity.about.fixed("name", held.__data__)
    said = (held.description or "").strip().split("\n")[0]
    on = clock.today() if means is not Means.OPEN else None
    known = tuple(deals.reasons(by)) if means is Means.LOST else ()
    return Asked(means, None, on, known, said, tuple(str(value) for value, _label in fixed))


def begin(
    record: str, number: int, stage: str, by: str, answer: Answer, *, account: int | None = None,
    owner: str | None = None,
) -> Opportunity:  # fmt: skip
    """Make the deal, in one step. A lead is converted (CH-40): into the account somebody chose, or one of its own."""
    rights.require(by, "create", Opportunity)
    held = _customer(record, number, by)
    known = _known(_means(held, stage), stage, answer)
    if isinstance(held, Lead):
        made = conversion.convert(number, by, account, name=answer.subject.strip(), owner=owner, deal=known)
        return made.opportunity
    deal = accounts.start_opportunity(held, by)
    for name, value in known.items():
        setattr(deal, name, value)
    return saving.save(deal, by)


def _customer(record: str, number: int, by: str) -> Account | Lead:
    held = CUSTOMERS[record].find(number)
    rights.require(by, "see", held or CUSTOMERS[record])
    if held is None:
        raise Mistake(_("This customer is not there any more."))
    return held


def _means(held: Account | Lead, stage: str) -> Means:
    """What the stage means to this customer; a `Mistake` where it is none of the process of their project."""
    process = course_of(held.__data__.get("project"))
    found = process.stage(stage) if process is not None else None
    if found is None:
        said = _("{stage} is no stage of the process that {name} goes through.")
        raise Mistake(said.format(stage=describe(Opportunity.kind("stage"), stage) or stage, name=held.caption()))
    return found.means


def _known(means: Means, stage: str, answer: Answer) -> dict[str, object]:
    subject = answer.subject.strip()
    if not subject:
        raise Mistake(_("Say what the deal is about."), "name")
    return {"name": subject, "stage": stage, "amount": answer.amount, **answer.ended(means)}
