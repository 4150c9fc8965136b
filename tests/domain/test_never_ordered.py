"""Customers who never ordered become accounts and leads of a valid operator, once (CH-155, CH-156)."""

from __future__ import annotations

import pytest

from channergy_crm import clock, work
from channergy_crm.errors import Refused
from channergy_crm.records import BY_TABLE, Account, Customer, Lead, Order
from channergy_crm.services import leads, operators
from channergy_crm.services.never_ordered import make_leads
from channergy_crm.work import undo

pytestmark = pytest.mark.usefixtures("office")


@pytest.fixture
def customers(office: object, operator: str) -> dict[str, Customer]:
    """Customers of every sort, as the suite around the CRM left them."""
    with work.unit("Customers", by=operator):
        made = {
            "never": Customer.create(company="Häusler & Söhne", first_name="Jürgen", last_name="Häusler",
                                     phone="504-621-8927", other_phone="504-845-1427", fax="1", email="j@h.example",
                                     website="h.example", notes="A note", address="1 Main St", city="New Orleans",
                                     state="LA", postal_code="70116", country="USA"),
            "ordered": Customer.create(company="Ordered"),
            "with account": Customer.create(last_name="Lee"),
            "with lead": Customer.create(company="Has A Lead"),
            "bare": Customer.create(),
        }  # fmt: skip
        Order.create(customer=made["ordered"].number, amount=100)
        Account.create(customer=made["with account"].number, name="Lee's", owner=operator)
    leads.remove(leads.create({"description": "x", "customer": made["with lead"].number}, operator).number, operator)
    return made


def lead_of(customer: Customer) -> Lead | None:
    found: Lead | None = Lead.get_or_none(Lead.customer == customer.number)
    return found


def test_f71_ch155_ch156_who_never_ordered_gets_an_account_and_a_lead_of_an_administrator(
    customers: dict[str, Customer], operator: str
) -> None:
    ann = operators.add("ANN", "Ann", operator)
    with pytest.raises(Refused, match="ANN is no administrator, and only one may do that: ADMIN"):
        make_leads("ANN")
    ann.administrator = True
    operators.save(ann, operator)
    made = make_leads("ANN")
    assert (made.leads, made.accounts) == (3, 2)
    lead = lead_of(customers["never"])
    assert lead is not None
    account = Account.get(Account.customer == customers["never"].number)
    assert (lead.account, account.originating_lead) == (account.number, lead.number)
    assert (lead.owner, account.owner, lead.created_by) == ("ANN", "ANN", "ANN")
    assert lead.created_on is not None
    assert lead.created_on.date() == clock.today()
    for name in (*leads.SHARED_WITH_CUSTOMER, "notes"):
        assert getattr(lead, name) == getattr(customers["never"], name), name
    assert (lead.description, lead.time_zone, lead.phone_e164) == ("Häusler & Söhne", "America/Chicago", "+15046218927")
    assert (account.name, account.phone_digits) == ("Häusler & Söhne; Jürgen Häusler", "5046218927")
    assert "haeusler" in lead.search_text
    assert "haeusler" in account.search_text


def test_an_account_that_is_there_is_used(customers: dict[str, Customer], operator: str) -> None:
    make_leads(operator)
    lead = lead_of(customers["with account"])
    account = Account.get(Account.customer == customers["with account"].number)
    assert lead is not None
    assert (lead.account, lead.description) == (account.number, "Lee")
    assert (account.name, account.originating_lead) == ("Lee's", None)


def test_a_customer_without_anything_is_called_by_its_number(customers: dict[str, Customer], operator: str) -> None:
    make_leads(operator)
    lead = lead_of(customers["bare"])
    assert lead is not None
    assert lead.description == f"Customer {customers['bare'].number}"


def test_ch155_those_who_ordered_or_are_leads_already_stay_as_they_are(
    customers: dict[str, Customer], operator: str
) -> None:
    make_leads(operator)
    assert lead_of(customers["ordered"]) is None
    assert Lead.select().where(Lead.customer == customers["with lead"].number).count() == 1


def test_a_second_run_makes_none(customers: dict[str, Customer], operator: str) -> None:
    make_leads(operator)
    assert make_leads(operator) == (0, 0, 0)
    assert Lead.select().count() == 4


def test_it_is_one_unit_and_is_taken_back_at_once(customers: dict[str, Customer], operator: str) -> None:
    made = make_leads(operator)
    entry = undo.undoable(operator)
    assert entry is not None
    assert (entry.number, entry.name) == (made.unit, "Make 3 leads from customers who never ordered")
    undo.reverse(made.unit, by=operator, records=BY_TABLE)
    assert (Lead.select().count(), Account.select().count()) == (1, 1)


def test_cancelling_leaves_nothing_behind(customers: dict[str, Customer], operator: str) -> None:
    def cancel(done: int, total: int, text: str) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        make_leads(operator, cancel)
    assert (Lead.select().count(), Account.select().count()) == (1, 1)


def test_only_an_active_operator_gets_them(customers: dict[str, Customer]) -> None:
    with pytest.raises(Refused, match="no operator NOBODY"):
        make_leads("NOBODY")
