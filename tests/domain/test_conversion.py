"""Convert To Opportunity: what is made, what travels, who may, once and never twice."""

from __future__ import annotations

from datetime import date

import pytest

from channergy_crm import access, work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.records import Account, Contact, Customer, Lead, Opportunity, Task
from channergy_crm.records.operators import Operator
from channergy_crm.services import accounts, conversion, leads, operators, reminders, saving, tasks
from tests.domain.conversions import FULL, REMINDER, both_at_once, everything, numbers_of

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


def existing(operator: str, **known: str) -> Account:
    """An account that is there already, with a customer."""
    account = saving.save(Account(owner=operator, **{"name": "Benton; Ann Lee", **known}), operator)
    accounts.save_customer(Customer(company="Benton"), account, operator)
    found = Account.find(account.number)
    assert found is not None
    return found


# ---------------------------------------------------------------- what is made and what travels


def test_ch40_ch140_vt73_vt83_vt84_vt153_vt166_a_new_lead_makes_one_customer_account_contact_and_opportunity(
    lead, operator
):
    assert Account.select().count() == 0, "VT-84: as long as it is a lead there is no account"
    before = numbers_of(everything())
    made = conversion.convert(lead.number, operator)
    after = numbers_of(everything())
    grown = {table: count - before[table] for table, count in after.items() if count != before[table]}
    assert grown == {
        "Customers": 1, "CRMAccounts": 1, "CustomerContacts": 1, "CRMOpportunities": 1, "CustServ": 1
    }  # fmt: skip
    assert (made.account.customer, made.contact.customer) == (made.customer.number, made.customer.number)
    assert made.opportunity.account == made.account.number


def test_ch55_to_ch69_everything_the_account_takes_from_the_lead(lead, operator):
    held = Account.find(conversion.convert(lead.number, operator).account.number)
    values = {name: held.__data__[name] for name in Account.kinds()}
    assert values == {
        "number": held.number, "customer": Customer.get().number, "originating_lead": lead.number,
        "name": "100% Wool, Inc.; Zoë O'Neill", "description": "Wants 12 parkas", "phone": "(504) 621-8927",
        "fax": "504-621-0001", "email": "Zoe@example.com", "website": "www.example.com", "owner": "ANN",
        "type": "", "industry": "", "employees": None, "annual_revenue": None, "order_volume": None,
        "previous_system": "", "project": None, "more_phones": "Mobile: 504-555-0142", "imported": "",
        "other_phone": FULL["other_phone"], "bill_address": "1 Main St", "bill_city": "New Orleans",
        "bill_state": "LA", "bill_postal_code": "70116", "bill_country": "USA",
    }  # fmt: skip
    assert held.number > 0


def test_ch86_to_ch95_everything_the_opportunity_takes_from_the_lead(lead, operator, fixed_clock):
    held = Opportunity.find(conversion.convert(lead.number, operator).opportunity.number)
    filled = {name: held.__data__[name] for name in Opportunity.kinds() if held.__data__[name] not in ("", None, False)}
    assert filled == {
        "number": held.number, "account": Account.get().number, "originating_lead": lead.number,
        "created_on": date(2026, 11, 23), "created_by": operator, "last_activity": fixed_clock,
        "name": "Wants 12 parkas", "description": "One\nTwo", "lead_source": "A friend of Maria",
        "objection": "Too dear", "owner": "ANN",
    }  # fmt: skip
    assert (held.updated_on, held.updated_by) == (None, None), "Last Update is the operators' own (CH-90, CH-91)"


def test_vt168_vt83_all_data_of_the_lead_stand_in_customer_and_contact(lead, operator):
    made = conversion.convert(lead.number, operator)
    customer, contact = Customer.find(made.customer.number), Contact.find(made.contact.number)
    for name in leads.SHARED_WITH_CUSTOMER:
        assert getattr(customer, name) == FULL[name], name
    assert customer.created_on == date(2026, 11, 23)
    for name in ("first_name", "last_name", "title", "phone", "other_phone", "more_phones", "fax", "email"):
        assert getattr(contact, name) == FULL[name], name


def test_vt168_and_nothing_of_the_lead_itself_is_lost(lead, operator):
    conversion.convert(lead.number, operator)
    again = Lead.find(lead.number)
    assert {name: getattr(again, name) for name in FULL} == FULL


def test_ch40_ch88_the_owner_is_assign_account_to_and_the_maker_is_who_converts(lead, operator, ann):
    made = conversion.convert(lead.number, operator)
    task = Task.get(Task.opportunity == made.opportunity.number)
    assert {made.account.owner, made.opportunity.owner, task.owner} == {ann}
    assert made.opportunity.created_by == operator


@pytest.mark.parametrize(
    ("company", "first", "last", "name"),
    [
        ("Benton", "Ann", "Lee", "Benton; Ann Lee"),
        ("Benton", "Ann", "", "Benton; Ann"),
        ("Benton", "", "Lee", "Benton; Lee"),
        ("Benton", "", "", "Benton"),
        ("", "Ann", "Lee", "Ann Lee"),
        ("", "Ann", "", "Ann"),
        ("", "", "Lee", "Lee"),
        ("", "", "", "Asked for a price"),
        ("  Benton ", " Ann ", "  ", "Benton; Ann"),
        ("Ben; ton", "Ann", "Lee", "Ben; ton; Ann Lee"),
    ],
)
def test_ch58_the_account_is_named_after_company_and_person_and_what_is_missing_leaves_no_trace(
    operator, company, first, last, name
):
    known = {"company": company, "first_name": first, "last_name": last, "description": "Asked for a price"}
    made = conversion.convert(leads.create(known, operator).number, operator)
    assert Account.find(made.account.number).name == name


@pytest.mark.parametrize("known", [{"description": "word " * 399}, {"company": "c" * 250, "first_name": "f" * 250,
                                                                    "last_name": "l" * 250}])  # fmt: skip
def test_ch58_the_longest_lead_that_can_be_saved_can_be_converted(operator, known):
    lead = leads.create({"description": "x", **known}, operator)
    made = conversion.convert(lead.number, operator)
    assert made.account.name.startswith((lead.company or lead.description)[:200])
    assert (made.account.description, made.opportunity.name) == (lead.description, lead.description)


def test_ch40_a_lead_with_nothing_but_its_description(operator):
    made = conversion.convert(leads.create({"description": "Somebody rang"}, operator).number, operator)
    assert (made.account.name, made.opportunity.name, made.opportunity.description) == (
        "Somebody rang", "Somebody rang", "",
    )  # fmt: skip
    assert Task.select().count() == 0, "no reminder, no task"


# ---------------------------------------------------------------- the lead afterwards (K1)


def test_k1_vt153_vt170_the_lead_is_kept_converted_and_off_the_working_lists(lead, operator, ann):
    made = conversion.convert(lead.number, operator)
    again = Lead.find(lead.number)
    assert (again.converted, again.removed) == (True, False)
    assert (again.account, again.customer, again.opportunity) == (
        made.account.number, made.customer.number, made.opportunity.number,
    )  # fmt: skip
    hers = access.visible(Lead, ann)
    assert Lead.select().where(hers & Lead.listed()).count() == 0
    assert Lead.select().where(reminders.lead_reminders(ann)).count() == 0
    assert [one.number for one in Lead.select().where(hers & Lead.converted)] == [lead.number]


def test_k1_it_is_reached_from_the_account_and_from_the_opportunity(lead, operator):
    made = conversion.convert(lead.number, operator)
    assert [one.number for one in accounts.leads_of(made.account.number, "ADMIN")] == [lead.number]
    assert Lead.find(made.opportunity.originating_lead).number == lead.number
    assert Lead.find(made.account.originating_lead).number == lead.number


def test_vt165_vt169_tasks_of_the_lead_travel_and_everything_is_linked(lead, operator):
    for action, closed in (("Send a sample", False), ("Look at their site", True)):
        task = accounts.start_task(operator)
        task.lead, task.action, task.closed = lead.number, action, closed
        tasks.save(task, operator)
    made = conversion.convert(lead.number, operator)
    for task in Task.select().where(Task.lead == lead.number):
        assert (task.account, task.opportunity, task.customer) == (
            made.account.number, made.opportunity.number, made.customer.number,
        )  # fmt: skip
    assert Task.select().where(Task.lead == lead.number).count() == 3


def test_vt165_the_reminder_of_the_lead_goes_on_as_a_task_of_the_opportunity(lead, operator, ann):
    assert Lead.select().where(reminders.lead_reminders(ann)).count() == 1
    made = conversion.convert(lead.number, operator)
    (task,) = Task.select().where(reminders.task_reminders(ann))
    assert (task.reminder_date, task.reminder_time) == (REMINDER["reminder_date"], REMINDER["reminder_time"])
    assert (task.account, task.opportunity, task.is_crm, task.closed) == (
        made.account.number, made.opportunity.number, True, False,
    )  # fmt: skip
    assert "Zoë O'Neill" in task.action


def test_vt155_what_was_made_is_worked_on_by_the_team(lead, operator, ann):
    made = conversion.convert(lead.number, operator)
    held = Opportunity.find(made.opportunity.number)
    held.stage, held.probability, held.amount = "Proposal", 50, 120_000
    saving.save(held, ann)
    task = accounts.start_task(ann, opportunity=held)
    task.action, task.owner = "Send the offer", operator
    tasks.save(task, ann)
    assert [one.action for one in Task.select().where(reminders.open_tasks(operator))] == ["Send the offer"]
    assert task.account == made.account.number


# ---------------------------------------------------------------- an account that is there already


def test_ch139_a_lead_of_an_account_makes_only_the_opportunity(operator):
    account = existing(operator)
    lead = leads.start(operator, account=account.number)
    lead.description, lead.first_name, lead.last_name = "Wants more", "Bob", "Ray"
    leads.save(lead, operator)
    before = everything()
    made = conversion.convert(lead.number, operator)
    assert (made.customer, made.contact, made.account.number) == (None, None, account.number)
    after = everything()
    changed = {table for table in after if after[table] != before[table]}
    assert changed == {"CRMLeads", "CRMOpportunities"}
    assert (made.opportunity.account, Lead.find(lead.number).customer) == (account.number, account.customer)


def test_ch139_a_lead_of_a_customer_with_an_account_stays_with_that(operator):
    account = existing(operator)
    lead = leads.create({"description": "x", "customer": account.customer}, operator)
    before = everything()
    assert conversion.convert(lead.number, operator).account.number == account.number
    assert {table for table, rows in everything().items() if rows != before[table]} == {"CRMLeads", "CRMOpportunities"}


def test_ch56_a_lead_of_a_customer_without_an_account_gets_one_for_that_customer(operator):
    with work.unit("Customer", by=operator):
        customer = Customer.create(company="Benton")
    lead = leads.create({"description": "x", "company": "Benton", "customer": customer.number}, operator)
    made = conversion.convert(lead.number, operator)
    assert (made.account.customer, made.account.originating_lead) == (customer.number, lead.number)
    assert Customer.select().count() == 1


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ({"company": "benton"}, "same company"),
        ({"company": " Benton "}, "same company"),
        ({"company": "BENTON", "phone": "+1 504 621 8927"}, "same company, same phone"),
        ({"phone": "504.621.8927"}, "same phone"),
        ({"phone": "1-504-621-8927"}, "same phone"),
        ({"email": "ANN@benton.example"}, "same e-mail"),
        ({"company": "Ben"}, ""),
        ({"company": "Benton Sons"}, ""),
        ({"phone": "504-621-8928"}, ""),
        ({"email": "bob@benton.example"}, ""),
        ({"company": "B%"}, ""),
        ({"company": "B_nton"}, ""),
        ({}, ""),
    ],
)
def test_ch40_accounts_of_the_same_company_phone_or_e_mail_are_offered_and_no_others(operator, known, reason):
    account = existing(operator, phone="(504) 621-8927", email="Ann@Benton.example")
    existing(operator, name="Häusler", phone="", email="")
    lead = leads.create({"description": "x", **known}, operator)
    found = [(match.account.number, match.reason) for match in conversion.matches(lead, "ADMIN")]
    assert found == ([(account.number, reason)] if reason else [])


@pytest.mark.parametrize("company", ["MÜLLER & SÖHNE", "müller & söhne", "Mueller & Soehne", "Muller & Sohne"])
@pytest.mark.parametrize("name", ["Müller & Söhne; Jürgen Groß", "MÜLLER & SÖHNE"])
def test_ch40_a_company_is_found_without_case_and_accents(operator, company, name):
    account = existing(operator, name=name)
    lead = leads.create({"description": "x", "company": company}, operator)
    assert [match.account.number for match in conversion.matches(lead, "ADMIN")] == [account.number]


def test_ch40_several_accounts_are_all_offered_and_none_for_a_lead_that_has_one(operator):
    numbers = [existing(operator).number for _ in range(3)]
    lead = leads.create({"description": "x", "company": "Benton"}, operator)
    assert [match.account.number for match in conversion.matches(lead, "ADMIN")] == numbers
    owned = leads.create({"description": "x", "company": "Benton", "account": numbers[1]}, operator)
    assert conversion.matches(owned, "ADMIN") == []


def test_ch140_never_a_silent_guess(operator):
    account = existing(operator)
    lead = leads.create({"description": "x", "company": "Benton"}, operator)
    made = conversion.convert(lead.number, operator)
    assert made.account.number != account.number


def test_ch139_a_chosen_account_gets_only_the_opportunity(operator):
    account = existing(operator)
    lead = leads.create({**FULL, "company": "Benton"}, operator)
    before = everything()
    made = conversion.convert(lead.number, operator, account=account.number)
    assert {table for table, rows in everything().items() if rows != before[table]} == {"CRMLeads", "CRMOpportunities"}
    assert (made.customer, made.account.number, made.opportunity.account) == (None, account.number, account.number)
    again = Lead.find(lead.number)
    assert (again.account, again.customer) == (account.number, account.customer)


# ---------------------------------------------------------------- once and never twice


def test_ch40_a_second_click_makes_no_second_one(lead, operator):
    made = conversion.convert(lead.number, operator)
    before = everything()
    with pytest.raises(Mistake, match=f"already been converted, to opportunity {made.opportunity.number}"):
        conversion.convert(lead.number, operator)
    assert everything() == before


def test_ch40_two_workstations_at_once_never_make_two(office, operator, ann):
    numbers = [leads.create({"description": f"Lead {count}"}, operator).number for count in range(12)]
    said = both_at_once(office.url, [operator, ann], numbers)
    for number in numbers:
        answers = [line.split()[0] for lines in said for line in lines if line.split()[1] == str(number)]
        assert sorted(answers) == ["made", "refused"], (number, said)
    assert all("already been converted" in line for lines in said for line in lines if line.startswith("refused"))
    assert numbers_of(everything())["CRMOpportunities"] == len(numbers)
    assert numbers_of(everything())["Customers"] == len(numbers)
    assert sorted(one.originating_lead for one in Account.select()) == numbers


def test_ch40_what_cannot_be_converted_is_refused_and_nothing_is_made(lead, operator, ann):
    leads.remove(lead.number, operator)
    with pytest.raises(Mistake, match="removed"):
        conversion.convert(lead.number, operator)
    leads.restore(lead.number, operator)
    held = Operator.find(ann)
    held.active = False
    operators.save(held, operator)
    before = everything()
    with pytest.raises(Mistake, match="not there any more"):
        conversion.convert(lead.number + 1, operator)
    with pytest.raises(Refused, match="retired"):
        conversion.convert(lead.number, ann)
    with pytest.raises(Mistake, match="Account 99 is not there any more"):
        conversion.convert(lead.number, operator, account=99)
    assert everything() == before
