"""Convert To Opportunity taken back and done again, as long as nobody has built on it (K2, VT-171)."""

from __future__ import annotations

import pytest

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.records import Account, Lead, Order, Task
from channergy_crm.services import accounts, conversion, leads, operators, saving, tasks
from channergy_crm.work import undo
from tests.domain.conversions import FULL, REMINDER, everything

pytestmark = pytest.mark.usefixtures("fixed_clock")


@pytest.fixture(autouse=True)
def ann(office: object, operator: str) -> str:
    """A colleague."""
    operators.add("ANN", "Ann Lee", operator)
    return "ANN"


@pytest.fixture
def lead(ann: str, operator: str) -> Lead:
    """A new lead with every field filled that can be, assigned to Ann, entered by somebody else."""
    return leads.create({**FULL, **REMINDER, "owner": ann}, operator)


def test_k2_vt171_undo_takes_everything_back_and_redo_does_it_again(lead, operator):
    before = everything()
    made = conversion.convert(lead.number, operator)
    converted = everything()
    assert undo.undoable(operator).name == "Convert lead Zoë O'Neill"
    saving.undo_latest(operator)
    assert everything() == before
    assert undo.redoable(operator).name == "Convert lead Zoë O'Neill"
    saving.redo_latest(operator)
    assert everything() == converted
    saving.undo_latest(operator)
    assert everything() == before
    again = conversion.convert(lead.number, operator)
    assert again.opportunity.number >= made.opportunity.number


def edit_the_opportunity(made, by):
    made.opportunity.budget = 100
    saving.save(made.opportunity, by)


def edit_the_account(made, by):
    made.account.type = "Customer"
    saving.save(made.account, by)


def edit_the_contact(made, by):
    made.contact.title = "Boss"
    saving.save(made.contact, by)


def edit_the_customer(made, by):
    made.customer.city = "Bay"
    accounts.save_customer(made.customer, made.account, by)


def close_the_reminder(made, by):
    tasks.close([Task.get(Task.opportunity == made.opportunity.number).number], by)


def add_a_contact(made, by):
    saving.save(accounts.start_contact(made.account, by), by)


def add_an_opportunity(made, by):
    opportunity = accounts.start_opportunity(made.account, by)
    opportunity.name = "More"
    saving.save(opportunity, by)


def add_a_task(made, by):
    accounts.create_task_for(made.opportunity.number, by)


def add_a_lead(made, by):
    lead = leads.start(by, account=made.account.number)
    lead.description = "More"
    leads.save(lead, by)


def order(made, by):
    with work.unit("Order", by=by):
        Order.create(customer=made.customer.number, ordered_on=clock.today(), amount=1)


BUILT = [
    edit_the_opportunity, edit_the_account, edit_the_contact, edit_the_customer, close_the_reminder, add_a_contact,
    add_an_opportunity, add_a_task, add_a_lead, order,
]  # fmt: skip


@pytest.mark.parametrize("build", BUILT, ids=lambda build: build.__name__)
def test_k2_undo_is_refused_in_a_sentence_once_somebody_has_built_on_it_and_takes_nothing_away(
    lead, operator, ann, build
):
    made = conversion.convert(lead.number, operator)
    build(made, ann)
    before = everything()
    with pytest.raises(Mistake) as refused:
        saving.undo_latest(operator)
    assert refused.value.message.endswith((".", ")."))
    assert "ANN" in refused.value.message or "hang on this one" in refused.value.message
    assert everything() == before
    saving.undo_latest(ann)
    saving.undo_latest(operator)
    assert not Lead.find(lead.number).converted, "when that is taken back, the conversion can be as well"
    assert Account.select().count() == 0


def test_k2_undo_keeps_what_was_written_on_the_lead_since(lead, operator):
    conversion.convert(lead.number, operator)
    number = undo.undoable(operator).number
    held = Lead.find(lead.number)
    held.notes = "Rang again"
    leads.save(held, operator)
    saving.reverse(number, operator)
    again = Lead.find(lead.number)
    assert (again.converted, again.account, again.notes) == (False, None, "Rang again")


def test_k2_a_conversion_is_taken_back_once(lead, operator):
    conversion.convert(lead.number, operator)
    number = undo.undoable(operator).number
    saving.reverse(number, operator)
    with pytest.raises(Mistake, match="taken back already"):
        saving.reverse(number, operator)
