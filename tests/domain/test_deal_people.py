"""Who has a part in a deal: contacts and operators in a role, in order, with undo and rights (SI-25, SI-29, SI-30)."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

import pytest

from channergy_crm import work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.query.completion import completions
from channergy_crm.query.conditions import condition
from channergy_crm.query.sentence import sentence
from channergy_crm.records import Account, Contact, DealContact, DealOperator, Lead, Opportunity, lookups
from channergy_crm.services import deal_people, history, operators, reading, removed, rights, saving
from channergy_crm.services.duplicates import merging
from channergy_crm.services.duplicates.proposal import propose
from tests import made
from tests.domain.secured import ANN, CY, Secured
from tests.domain.secured import made as made_for

if TYPE_CHECKING:
    from channergy_crm.store.database import Office

BY = "ADMIN"


class Card:
    """An account with a deal and three contacts, and somebody else who works here."""

    def __init__(self) -> None:
        self.account = made.account("Acme Books")
        self.deal = made.opportunity(self.account, "600 sets").number
        people = (("Bob", "Ray", ""), ("Cleo", "Fox", "212-555-0134"), ("Dan", "Oak", "212-555-0135"))
        self.bob, self.cleo, self.dan = (made.contact(self.account, *who[:2], phone=who[2]).number for who in people)
        made.colleague()

    def link(self, *contacts: int) -> list[int]:
        """Link these, in this order; the numbers of the links."""
        return [deal_people.link_contact(self.deal, each, BY).number for each in contacts]

    def names(self) -> list[str]:
        """The linked contacts, in their order."""
        return [part.name for part in deal_people.contacts(self.deal, BY)]


@pytest.fixture
def card(office: Office, operator: str) -> Card:
    return Card()


def test_si29_vt80_contacts_are_linked_in_a_role_put_in_order_and_taken_off_each_step_undone(card: Card) -> None:
    bob, cleo = card.link(card.bob, card.cleo)
    deal_people.set_role(DealContact, cleo, "Decision maker", BY)
    deal_people.move(DealContact, cleo, -1, BY)
    said = [(part.name, part.role) for part in deal_people.contacts(card.deal, BY)]
    assert said == [("Cleo Fox", "Decision maker"), ("Bob Ray", "")]
    assert deal_people.unlink(DealContact, bob, BY) == "Bob Ray"
    for expected in (["Cleo Fox", "Bob Ray"], ["Bob Ray", "Cleo Fox"]):
        saving.undo_latest(BY)
        assert card.names() == expected
    saving.undo_latest(BY)
    assert {part.role for part in deal_people.contacts(card.deal, BY)} == {""}
    saving.undo_latest(BY)
    saving.undo_latest(BY)
    assert card.names() == []
    saving.redo_latest(BY)
    assert card.names() == ["Bob Ray"]


def test_si29_each_step_stands_in_the_history_of_the_deal(card: Card) -> None:
    (bob,) = card.link(card.bob)
    deal_people.set_role(DealContact, bob, "Technical", BY)
    deal_people.unlink(DealContact, bob, BY)
    told = [entry.said for entry in history.of([(Opportunity, card.deal)], BY).entries]
    assert told[:3] == [
        "Take Bob Ray off 600 sets",
        "Change the role of Bob Ray in 600 sets",
        "Link Bob Ray to 600 sets",
    ]


def test_si29_only_contacts_of_the_account_are_offered_and_linked_and_each_once(card: Card) -> None:
    stranger = made.contact(made.account("Birch Toys"), "Eve", "Hill").number
    card.link(card.bob)
    offered = Contact.select(Contact.number).where(deal_people.contacts_offered(card.deal, BY)).scalars()
    assert set(offered) == {card.cleo, card.dan}
    with pytest.raises(Mistake, match="Only contacts of Acme Books"):
        card.link(stranger)
    with pytest.raises(Mistake, match="Bob Ray is linked to this deal already"):
        card.link(card.bob)
    assert card.names() == ["Bob Ray"]


def test_si29_the_first_linked_contact_with_a_number_is_dialed(card: Card) -> None:
    assert deal_people.first_contact(card.deal, BY) is None
    card.link(card.bob, card.dan, card.cleo)
    first = deal_people.first_contact(card.deal, BY)
    assert first is not None and first.number == card.dan, "Bob has no number"


def test_si29_a_removed_contact_is_off_the_deal_and_comes_back_with_undo_and_from_the_list_of_removed_ones(
    card: Card,
) -> None:
    card.link(card.bob, card.cleo)
    held = Contact.find(card.bob)
    assert held is not None
    saving.delete(held, BY)
    assert card.names() == ["Cleo Fox"]
    saving.undo_latest(BY)
    assert card.names() == ["Bob Ray", "Cleo Fox"]
    saving.redo_latest(BY)
    removed.restore(Contact, card.bob, BY)
    assert card.names() == ["Bob Ray", "Cleo Fox"]


def test_si29_si30_a_removed_deal_takes_its_links_along_and_brings_them_back(card: Card) -> None:
    card.link(card.bob)
    deal_people.link_operator(card.deal, "BEN", BY, role="Technical")
    deal = Opportunity.find(card.deal)
    assert deal is not None
    saving.delete(deal, BY)
    assert DealContact.select().count() == DealOperator.select().count() == 0
    saving.undo_latest(BY)
    assert card.names() == ["Bob Ray"]
    assert [(part.key, part.role) for part in deal_people.operators(card.deal, BY)] == [("BEN", "Technical")]


def test_si29_merging_contacts_and_accounts_keeps_the_links_each_once(card: Card) -> None:
    other = made.opportunity(card.account, "Service").number
    bob, cleo = card.link(card.bob, card.cleo)
    deal_people.set_role(DealContact, bob, "User", BY)
    deal_people.link_contact(other, card.cleo, BY)
    proposal = propose(Contact, [card.bob, card.cleo], BY)
    merging.merge(proposal, 0, {}, BY)
    assert [(part.key, part.role) for part in deal_people.contacts(card.deal, BY)] == [(card.bob, "User")]
    assert [part.key for part in deal_people.contacts(other, BY)] == [card.bob]
    saving.undo_latest(BY)
    assert {row.number for row in DealContact.select()} >= {bob, cleo}
    assert [part.key for part in deal_people.contacts(other, BY)] == [card.cleo]
    twin = made.account("Acme Books Ltd")
    merging.merge(propose(Account, [card.account.number, twin.number], BY), 1, {}, BY)
    assert card.names() == ["Bob Ray", "Cleo Fox"], "the deal has gone to the account that is kept, with its people"
    assert set(Contact.select(Contact.number).where(deal_people.contacts_offered(card.deal, BY)).scalars()) == {
        card.dan
    }


def test_si30_operators_are_linked_in_a_role_but_neither_the_owner_nor_who_has_left(card: Card) -> None:
    offered = reading.count
    assert offered(operators.Operator, deal_people.operators_offered(card.deal, BY), BY) == 1
    deal_people.link_operator(card.deal, "BEN", BY)
    with pytest.raises(Mistake, match="belongs to Administrator"):
        deal_people.link_operator(card.deal, BY, BY)
    made.colleague("CY", "Cy Dent")
    cy = operators.Operator.find("CY")
    assert cy is not None
    cy.active = False
    operators.save(cy, BY)
    with pytest.raises(Mistake, match="no operator CY at work"):
        deal_people.link_operator(card.deal, "CY", BY)
    assert [part.name for part in deal_people.operators(card.deal, BY)] == ["Ben Ortiz"]
    assert "is retired" in operators.remove("BEN", BY), "what they had a part in goes on telling so"
    assert [part.name for part in deal_people.operators(card.deal, BY)] == ["Ben Ortiz (retired)"]


def test_si30_operators_find_the_deals_they_take_part_in(card: Card) -> None:
    made.opportunity(card.account, "Service")
    (link,) = [deal_people.link_operator(card.deal, "BEN", BY).number]
    found = [deal.name for deal in Opportunity.select().where(deal_people.part_of(Opportunity, "BEN", BY))]
    assert found == ["600 sets"]
    for text, by, wanted in (
        ("part:me", "BEN", {"600 sets"}), ("part:ben", BY, {"600 sets"}), ("beteiligt:ich", "BEN", {"600 sets"}),
        ("part:me", BY, set()), ("-part:ben", BY, {"Service"}),
    ):  # fmt: skip
        assert {deal.name for deal in Opportunity.select().where(condition(Opportunity, text, by))} == wanted, text
    assert {one.name for one in Account.select().where(condition(Account, "part:me", "BEN"))} == {"Acme Books"}
    assert sentence(Opportunity, "-part:ben") == "BEN takes no part"
    assert "part:" in completions(Opportunity, "par") and completions(Opportunity, "part:b") == ["part:BEN"]
    with pytest.raises(Mistake, match="no field"):
        condition(Lead, "part:me", "BEN")
    deal_people.unlink(DealOperator, link, BY)
    assert not Opportunity.select().where(deal_people.part_of(Opportunity, "BEN", BY)).exists()


@pytest.mark.parametrize("scope", ["own", "group"])
def test_si30_who_takes_part_sees_the_deal_its_account_and_its_contacts_but_changes_nothing(
    office: Office, scope: str
) -> None:
    secured = Secured()
    secured.let({"use": "all", "view": scope, "edit": scope, "delete": scope})
    deal, other = made_for(Opportunity, CY, 1), made_for(Opportunity, CY, 2)
    account = Account.find(deal.account)  # type: ignore[attr-defined]
    assert account is not None
    with work.unit("Make contacts", by=BY):
        bob, cleo = (Contact.create(customer=account.customer, first_name=name) for name in ("Bob", "Cleo"))
    deal_people.link_contact(deal.key, bob.number, BY)
    with pytest.raises(Refused):
        deal_people.contacts(deal.key, ANN)
    link = deal_people.link_operator(deal.key, ANN, BY).number
    assert [part.name for part in deal_people.contacts(deal.key, ANN)] == ["Bob"]
    for shown in (deal, account, bob):
        assert reading.find(type(shown), shown.key, ANN) is not None
        assert rights.rows(type(shown), ANN).where(work.key_field(type(shown)) == shown.key).exists()
    for kept in (other, cleo):
        with pytest.raises(Refused):
            reading.find(type(kept), kept.key, ANN)
    for forbidden in (
        lambda: deal_people.link_contact(deal.key, cleo.number, ANN),
        lambda: deal_people.set_role(DealOperator, link, "Technical", ANN),
        lambda: deal_people.move(DealOperator, link, 1, ANN),
        lambda: deal_people.unlink(DealOperator, link, ANN),
        lambda: saving.delete(deal, ANN),
    ):
        with pytest.raises(Refused):
            forbidden()
    deal_people.unlink(DealOperator, link, BY)
    with pytest.raises(Refused):
        reading.find(Opportunity, deal.key, ANN)


def test_si25_the_follow_ups_of_a_deal_are_its_open_tasks_the_most_urgent_first(card: Card) -> None:
    days = {"later": date(2026, 12, 1), "sooner": date(2026, 11, 20), "someday": None}
    for action, day in days.items():
        at = time(9) if day else None
        made.task(card.account, action, opportunity=card.deal, reminder_date=day, reminder_time=at)
    made.task(card.account, "done", opportunity=card.deal, closed=True)
    made.task(card.account, "of the account alone")
    assert [task.action for task in deal_people.follow_ups(card.deal, BY)] == ["sooner", "later", "someday"]


def test_si29_si30_a_new_office_offers_roles_which_it_may_change(office: Office) -> None:
    said = [choice.description for choice in lookups.choices("CRMDealContacts", "Role")]
    assert said == ["Decision maker", "Technical", "Purchasing", "User"]
    assert [choice.description for choice in lookups.choices("CRMDealOperators", "Role")][0] == "Technical"
