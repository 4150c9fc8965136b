"""K21: a contact is its account's owner's unless it is given to somebody; and what accounts know besides (VP-17)."""

from __future__ import annotations

import pytest

from channergy_crm import access
from channergy_crm.errors import Mistake, Refused
from channergy_crm.query.conditions import condition
from channergy_crm.records import Account, Contact, Customer, Operator
from channergy_crm.services import (
    accounts,
    callers,
    conversion,
    global_search,
    groups,
    handing_over,
    leads,
    operators,
    rights,
    saving,
)
from tests import made
from tests.domain.secured import Secured
from tests.domain.synced import changed

BY = "ADMIN"


@pytest.fixture
def two(office, operator, fixed_clock):
    """A contact of Ben's account, and another one there that is given to Eve."""
    made.colleague()
    made.colleague("EVE", "Eve Kim")
    acme = made.account("Acme", "BEN")
    return made.contact(acme, "Ann", "Lee"), changed(made.contact(acme, "Bob", "Ray"), assigned_to="EVE")


def listed(operator: str, query: str = "") -> list[str]:
    where = rights.visible(Contact, operator)
    if query:
        where &= condition(Contact, query, operator)
    return [each.last_name for each in Contact.select().where(where).order_by(Contact.number)]


def test_k21_vp17_whose_a_contact_is_and_in_whose_list_it_stands(two):
    ann, bob = two
    assert (listed("BEN"), listed("EVE"), listed(BY)) == (["Lee"], ["Ray"], [])
    assert (access.owner_of(ann), access.owner_of(bob)) == ("Ben Ortiz (BEN)", "Eve Kim (EVE)")
    changed(bob, assigned_to=None)
    assert (listed("BEN"), listed("EVE")) == (["Lee", "Ray"], [])
    changed(Account.get(), owner="EVE")
    assert listed("EVE") == ["Lee", "Ray"]


def test_k21_k15_what_a_group_is_given_stands_in_the_lists_of_its_members(two):
    groups.create("OFFICE", "Office Berlin", BY)
    groups.let_in("OFFICE", ["EVE"], BY)
    changed(two[0], assigned_to="OFFICE")
    assert listed("EVE") == ["Lee", "Ray"]
    with pytest.raises(Mistake, match="still owns Contacts"):
        groups.remove("OFFICE", BY)


def test_k21_the_filter_and_the_search_know_whose_it_is(two):
    assert listed("EVE", "assigned_to:me") == ["Ray"]
    rows = Contact.select(global_search.owner_of(Contact)).order_by(Contact.number).tuples()
    assert [row[0] for row in rows] == ["BEN", "EVE"]


def test_k21_a_role_reaches_what_is_given_and_not_what_is_given_away(two):
    secured = Secured()
    secured.let({"use": "all", "view": "own", "edit": "own"})
    hers = changed(two[0], assigned_to="ANN")
    hers.title = "Buyer"
    saving.save(hers, "ANN")
    changed(Account.get(), owner="ANN")
    two[1].title = "Head"
    with pytest.raises(Refused, match="Ray belongs to Eve Kim"):
        saving.save(two[1], "ANN")


def test_k21_whoever_leaves_hands_over_the_contacts_that_were_given_to_them(two):
    lone = changed(made.contact(made.account("Books", BY), "Cy", "Orr"), assigned_to="BEN")
    own = changed(two[0], assigned_to="BEN")
    shares = {each.record: each.records for each in handing_over.plan("BEN", {"EVE": 1}, BY) if each.records}
    assert shares == {Account: 1, Contact: 2}
    handing_over.hand_over("BEN", {"EVE": 1}, BY, retire=True)
    assert {Contact.find(each.key).assigned_to for each in (lone, own)} == {"EVE"}
    assert not Operator.find("BEN").active
    assert "retired" in operators.remove("EVE", BY), "whoever was given a contact owns something"


def test_vp32_the_other_phone_of_an_account_is_known_when_it_calls_and_when_a_lead_is_converted(office, operator):
    acme = made.account("Acme", other_phone="(212) 736-5000")
    assert [one.record for one in callers.who("+1 212 736 5000", BY)] == [acme]
    lead = leads.create({"description": "Lamps", "last_name": "Lee", "phone": "212 736 5000"}, operator)
    assert [match.account for match in conversion.matches(lead, operator)] == [acme]


def test_vp33_to_vp37_the_account_of_a_customer_takes_over_the_billing_address(office, operator):
    known = {"address": "1 Main St", "city": "New Orleans", "state": "LA", "postal_code": "70116", "country": "USA"}
    customer = saving.save(Customer(company="Acme", other_phone="504-845-1427", **known), BY)
    held = accounts.make_for(customer.number, BY)
    assert (held.bill_address, held.bill_city, held.bill_state, held.bill_postal_code, held.bill_country) == tuple(
        known.values()
    )
    assert held.other_phone == "504-845-1427"
