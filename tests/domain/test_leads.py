"""Leads: every field kept as typed, one required, listed for their owner only, removed and brought back."""

from __future__ import annotations

from contextlib import closing
from datetime import date, time

import pytest

from channergy_crm import access, work
from channergy_crm.errors import Clash, Mistake, Refused
from channergy_crm.fields import Lookup
from channergy_crm.query.listing import Listing, ListQuery
from channergy_crm.records import BY_TABLE, Account, Contact, Customer, Lead, Opportunity, Task, lookups
from channergy_crm.records.operators import Operator
from channergy_crm.services import accounts, global_search, leads, operators, reading, saving
from channergy_crm.work import undo
from tests import made

TWENTY = {
    "type": ("Type", "Referral"), "lead_source": ("LeadSource", "A friend of Maria"),
    "description": ("Description", "Wants 12 “Größe L” parkas; asks for a price"), "first_name": ("FirstName", "Zoë"),
    "last_name": ("LastName", "O'Neill-Šmíd"), "company": ("Company", "100% Wool, Inc."),
    "title": ("Title", "IT head"), "phone": ("Phone", "504-621-8927 x12"), "time_zone": ("TimeZone", "Europe/Berlin"),
    "email": ("Email", "Zoe.O'Neill@example.com"), "website": ("Website", "www.example.com/a?b=c"),
    "notes": ("Notes", "First line\nSecond line\n\n\tindented"), "objection": ("Objection", "Too dear;\n“maybe”"),
    "call_try": ("CallTry", "3"), "call_date": ("CallDt", date(2026, 11, 20)), "call_code": ("CallCode", "CALLBK"),
    "call_status": ("CallStatus", "Reached"), "reminder_date": ("ReminderDt", date(2026, 12, 1)),
    "reminder_time": ("ReminderTime", time(13, 5)), "owner": ("OwnerOperatorID", "ANN"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def ann(office: object, operator: str) -> str:
    """A colleague."""
    operators.add("ANN", "Ann Lee", operator)
    return "ANN"


def listed(office, condition, record=Lead):
    """The numbers in a list, read the way the screen reads it, over a connection of its own."""
    listing = Listing(office.reader())
    try:
        listing.build(query := ListQuery(record, ["number"], condition))
        return sorted(row.key for row in listing.rows(query, 0, 1000))
    finally:
        listing.close()


def stored(office, number):
    """The columns of a lead as another connection finds them in the store."""
    columns = [field.column_name for field in Lead._meta.sorted_fields]
    names = ", ".join(f'"{column}"' for column in columns)
    reader = office.reader()
    try:
        (row,) = reader.rows(f'SELECT {names} FROM "CRMLeads" WHERE "LeadNo" = {number}')
    finally:
        reader.close()
    return dict(zip(columns, row, strict=True))


# ---------------------------------------------------------------- the fields (CH-19 … CH-39)


def test_ch19_to_ch28_ch30_to_ch39_all_twenty_fields_are_kept_exactly_and_stand_in_the_columns_of_the_documents(
    office, operator
):
    number = leads.create({name: value for name, (_, value) in TWENTY.items()}, operator).number
    row = stored(office, number)
    for name, (column, value) in TWENTY.items():
        found = row[column]
        if name == "reminder_time":
            value = "13:05"
        assert str(found) == str(value), name
    again = Lead.find(number)
    assert {name: getattr(again, name) for name in TWENTY} == {name: value for name, (_, value) in TWENTY.items()}


def test_ch21_description_is_required_and_nothing_else_is(office, operator):
    lead = leads.create({"description": "Met at the fair"}, operator)
    assert stored(office, lead.number)["Description"] == "Met at the fair"
    required = {name for name, kind in Lead.kinds().items() if kind.required and not kind.system}
    assert required == {"description", "owner"}
    for nothing in ("", "   ", None):
        with pytest.raises(Mistake) as refused:
            leads.create({"description": nothing, "first_name": "Ann"}, operator)
        assert (refused.value.field, refused.value.message) == ("description", "Description is required.")
    assert Lead.select().count() == 1


def test_ch39_a_lead_always_belongs_to_somebody(operator):
    with pytest.raises(Mistake) as refused:
        leads.create({"description": "x", "owner": None}, operator)
    assert refused.value.field == "owner"


def test_ch19_ch20_type_and_source_are_free_text_with_the_most_used_suggested(operator):
    for source in ("Fair", "Letter", "Fair", "", "fair"):
        leads.create({"description": "x", "lead_source": source, "type": "Cold" if source else ""}, operator)
    assert reading.suggestions(Lead, "lead_source", "ADMIN")[0] == "Fair"
    assert sorted(reading.suggestions(Lead, "lead_source", "ADMIN")) == ["Fair", "Letter", "fair"]
    assert reading.suggestions(Lead, "type", "ADMIN") == ["Cold"]
    assert not any(isinstance(Lead.kind(name), Lookup) for name in ("type", "lead_source"))


@pytest.mark.parametrize(
    ("name", "key", "some"),
    [
        ("time_zone", ("All", "TimeZone"), ["America/Chicago", "Europe/Berlin"]),
        ("call_try", ("CRMLeads", "CallTry"), [str(count) for count in range(11)]),
        ("call_code", ("CRMLeads", "CallCode"), ["NEW", "CALLBK", "DNC"]),
        ("call_status", ("CRMLeads", "CallStatus"), ["Not Called", "Reached", "Closed"]),
    ],
)
def test_ch27_ch33_ch35_ch36_the_drop_downs_are_lists_of_custom_lookup(name, key, some):
    assert Lead.kind(name).list_key == key
    values = [choice.value for choice in lookups.choices(*key)]
    assert [value for value in values if value in some] == some


def test_ch33_ten_tries_come_after_two(operator):
    values = [choice.value for choice in lookups.choices("CRMLeads", "CallTry")]
    assert values == sorted(values, key=int)
    assert values.index("10") > values.index("2")


@pytest.mark.parametrize("typed", ["13:00", "1300", "1 pm", "1PM", "13.00", "13h", " 13 "])
def test_ch38_the_time_is_read_as_people_type_it_and_shown_on_the_24_hour_clock(office, operator, typed):
    kind = Lead.kind("reminder_time")
    values = {"description": "x", "reminder_date": date(2026, 12, 1), "reminder_time": kind.read(typed)}
    lead = leads.create(values, operator)
    assert stored(office, lead.number)["ReminderTime"] == "13:00"
    assert kind.show(Lead.find(lead.number).reminder_time) == "13:00"


@pytest.mark.parametrize("typed", ["25:00", "13:75", "13 pm", "soon"])
def test_ch38_what_is_no_time_is_refused_in_a_sentence(typed):
    with pytest.raises(Mistake, match="time"):
        Lead.kind("reminder_time").read(typed)


# ---------------------------------------------------------------- the time zone a number tells (CH-26, CH-27)


@pytest.mark.parametrize(
    ("phone", "zone"),
    [
        ("504-621-8927", "America/Chicago"),
        ("+1 (212) 555-2368", "America/New_York"),
        ("+49 30 901820", "Europe/Berlin"),
        ("800-555-0199", ""),
        ("12345", ""),
        ("call me", ""),
    ],
)
def test_ch27_a_valid_number_fills_an_empty_time_zone(operator, phone, zone):
    assert leads.create({"description": "x", "phone": phone}, operator).time_zone == zone


def test_ch27_a_number_that_came_later_fills_it_too_and_what_somebody_chose_stays(operator):
    lead = leads.create({"description": "x"}, operator)
    lead.phone = "504-621-8927"
    leads.save(lead, operator)
    assert Lead.find(lead.number).time_zone == "America/Chicago"
    lead = Lead.find(lead.number)
    lead.phone, lead.time_zone = "212-555-2368", "Europe/Berlin"
    leads.save(lead, operator)
    assert Lead.find(lead.number).time_zone == "Europe/Berlin"
    lead = Lead.find(lead.number)
    lead.time_zone = ""
    leads.save(lead, operator)
    assert Lead.find(lead.number).time_zone == "", "without a new number, an emptied zone stays empty"


# ---------------------------------------------------------------- whose leads (CH-6, CH-17, CH-39, CH-137, CH-138)


def test_ch6_ch17_ch138_only_the_owners_list_shows_a_lead_and_it_can_be_reassigned(office, operator, ann):
    mine = leads.create({"description": "mine"}, operator)
    hers = leads.create({"description": "hers", "owner": ann}, operator)
    assert listed(office, access.visible(Lead, operator)) == [mine.number]
    assert listed(office, access.visible(Lead, ann)) == [hers.number]
    mine.owner = ann
    leads.save(mine, operator)
    assert listed(office, access.visible(Lead, operator)) == []
    assert listed(office, access.visible(Lead, ann)) == [mine.number, hers.number]


def test_ch18_a_new_lead_belongs_to_who_makes_it_until_somebody_else_is_chosen(ann):
    lead = leads.start(ann)
    assert (lead.is_new, lead.owner, lead.removed, lead.converted) == (True, ann, False, False)
    assert Lead.select().count() == 0, "starting is not saving"
    lead.description = "x"
    leads.save(lead, ann)
    assert (Lead.find(lead.number).created_by, Lead.find(lead.number).owner) == (ann, ann)


def test_ch17_a_retired_operator_works_on_nothing(operator, ann):
    held = Operator.find(ann)
    held.active = False
    operators.save(held, operator)
    with pytest.raises(Refused, match="retired"):
        leads.create({"description": "x"}, ann)


# ---------------------------------------------------------------- removed and brought back (CH-41)


def test_ch41_a_removed_lead_leaves_the_lists_and_its_row_stays(office, operator):
    lead = leads.create({"description": "x", "reminder_date": date(2026, 11, 23)}, operator)
    leads.remove(lead.number, operator)
    assert bool(stored(office, lead.number)["IsRemoved"]) is True
    assert stored(office, lead.number)["Description"] == "x"
    mine = access.visible(Lead, operator)
    assert listed(office, mine & Lead.listed()) == []
    assert listed(office, mine & Lead.removed) == [lead.number]
    leads.restore(lead.number, operator)
    assert bool(stored(office, lead.number)["IsRemoved"]) is False
    assert listed(office, mine & Lead.listed()) == [lead.number]


def test_ch41_undo_brings_a_removed_lead_back(operator):
    lead = leads.create({"description": "x"}, operator)
    leads.remove(lead.number, operator)
    assert undo.undoable(operator).name == "Remove lead x"
    saving.undo_latest(operator)
    assert not Lead.find(lead.number).removed
    saving.redo_latest(operator)
    assert Lead.find(lead.number).removed


# ---------------------------------------------------------------- from an account or a customer (CH-139)


@pytest.fixture
def account(operator):
    """An account of a customer."""
    customer = Customer(
        company="Benton", first_name="Ann", last_name="Lee", phone="504-621-8927", fax="1", city="Bay",
        other_phone="504-845-1427", email="ann@benton.example", website="benton.example",
    )  # fmt: skip
    account = Account(name="Benton; Ann Lee", owner=operator)
    saving.save(account, operator)
    accounts.save_customer(customer, account, operator)
    return Account.find(account.number)


def test_ch139_a_lead_started_from_an_account_carries_both_numbers_and_what_is_known(office, operator, account):
    lead = leads.start(operator, account=account.number)
    assert (lead.company, lead.first_name, lead.last_name, lead.city) == ("Benton", "Ann", "Lee", "Bay")
    assert (lead.phone, lead.time_zone, lead.email) == ("504-621-8927", "America/Chicago", "ann@benton.example")
    lead.description = "Wants more"
    leads.save(lead, operator)
    row = stored(office, lead.number)
    assert (row["CRMAccountNo"], row["CustNo"]) == (account.number, account.customer)


def test_bx1_a_customer_of_the_suite_gets_an_account_once_with_what_is_known_of_them(office, operator):
    with work.unit("Customer", by=operator):
        customer = Customer.create(company="Birch", last_name="Chan", phone="504-621-8927", website="birch.example")
    theirs = accounts.make_for(customer.number, operator)
    assert (theirs.customer, theirs.owner, theirs.name) == (customer.number, operator, "Birch; Chan")
    assert (theirs.phone, theirs.website) == ("504-621-8927", "birch.example")
    assert accounts.make_for(customer.number, operator).number == theirs.number, "a colleague may have been faster"
    saving.undo_latest(operator)
    assert not Account.select().exists() and Customer.find(customer.number) is not None
    with pytest.raises(Mistake, match="not there any more"):
        accounts.make_for(customer.number + 1, operator)


def test_ch139_a_lead_started_from_a_customer_finds_the_account(operator, account):
    lead = leads.start(operator, customer=account.customer)
    assert (lead.account, lead.customer, lead.company) == (account.number, account.customer, "Benton")


def test_ch139_a_person_without_a_company_does_not_become_one(operator):
    account = saving.save(Account(name="Ann Lee", phone="504-621-8927", owner=operator), operator)
    accounts.save_customer(Customer(first_name="Ann", last_name="Lee"), account, operator)
    lead = leads.start(operator, account=account.number)
    assert (lead.company, lead.first_name, lead.last_name, lead.phone) == ("", "Ann", "Lee", "504-621-8927")


def test_ch139_an_account_without_a_customer_gives_its_company(operator):
    account = saving.save(Account(name="Benton; Ann Lee", owner=operator), operator)
    lead = leads.start(operator, account=account.number)
    assert (lead.company, lead.account, lead.customer) == ("Benton", account.number, None)


# ---------------------------------------------------------------- two people, one lead (C6)


def test_c6_fields_that_do_not_clash_merge_and_those_that_do_are_told_one_by_one(operator, ann):
    number = leads.create({"description": "x", "phone": "1", "title": "Clerk"}, operator).number
    mine, hers = Lead.find(number), Lead.find(number)
    hers.phone, hers.company = "504-621-8927", "Benton"
    leads.save(hers, ann)
    mine.title, mine.notes = "Head", "mine"
    leads.save(mine, operator)
    merged = Lead.find(number)
    assert (merged.phone, merged.company, merged.title, merged.notes) == ("504-621-8927", "Benton", "Head", "mine")
    hers.title, hers.city = "Boss", "Bay"
    with pytest.raises(Clash) as clash:
        leads.save(hers, ann)
    assert [(one.name, one.base, one.mine, one.theirs) for one in clash.value.differences] == [
        ("title", "Clerk", "Boss", "Head")
    ]
    assert Lead.find(number).city == "", "a clash writes nothing"


# ---------------------------------------------------------------- the tables (CH-1, CH-136)


def test_ch141_an_account_is_the_master_of_its_opportunities_and_leads_to_its_customer(operator, account):
    made.opportunity(account, "Licenses")
    made.opportunity(account, "Service")
    of_it = Opportunity.select().join(Account).where(Account.customer == account.customer)
    assert {one.name for one in of_it} == {"Licenses", "Service"}
    with pytest.raises(Mistake, match="CRM Account #"):
        saving.save(Opportunity(name="Of nobody", owner=operator), operator)


def test_ch1_ch136_the_tables_carry_the_names_of_the_documents(office):
    names = {"CRMAccounts", "CRMLeads", "CRMOpportunities", "CustomerContacts", "CustomLookup", "Customers", "CustServ",
             "Orders", "Operators"}  # fmt: skip
    assert names <= set(office.database.get_tables())
    assert {record._meta.table_name for record in (Lead, Account, Opportunity, Customer, Task)} <= set(BY_TABLE)


def test_ch137_ch138_the_columns_of_leads_carry_the_names_of_the_documents(office):
    columns = {column.name for column in office.database.get_columns("CRMLeads")}
    assert {"LeadNo", "OwnerOperatorID", "IsRemoved", "CRMAccountNo", "CustNo", "Fax", "CreateDt"} <= columns
    assert {column for column, _ in TWENTY.values()} <= columns


def test_vt78_whoever_asks_first_persons_and_organisations_are_three_kinds_of_contacts(office, operator):
    leads.create({"description": "Wolkenstein wants a price list"}, operator)
    made.contact(made.account("Wolkenstein Ltd", operator), "Ann", "Wolkenstein")
    with closing(office.reader()) as reader:
        found = [group.place.record for group in list(global_search.find(reader, "wolkenstein", operator))[-1]]
    assert {Lead, Account, Contact} <= set(found) and len(found) == len(set(found))
