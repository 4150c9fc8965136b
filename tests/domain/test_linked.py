"""More information: what is linked to a record, made there, linked and taken off (VT-79, VT-93, VT-97, VT-162…164)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.fields import Link, Reference
from channergy_crm.records import ALL, Account, Contact, Customer, Document, Lead, Note, Opportunity, Task
from channergy_crm.services import accounts, deal_people, documents, notes, saving
from channergy_crm.services.linked import changing, reading, ways
from channergy_crm.services.privacy import anonymising
from tests import factories
from tests.domain.secured import ANN, BEA, Secured

if TYPE_CHECKING:
    from channergy_crm.store.database import Office
    from channergy_crm.work.record import Record

BY = "ADMIN"


def stored(record: type[Record], **values: Any) -> Any:
    with work.unit("Make", by=BY):
        made = factories.valid(record)
        for kind in record._meta.sorted_fields:
            if isinstance(kind, (Link, Reference)) and not kind.required:
                setattr(made, kind.name, None)
        for name, value in {**values, **dict.fromkeys(record.about.standing, False)}.items():
            setattr(made, name, value)
        made.save()
    return made


def groups(held: Record, by: str = BY) -> dict[str, reading.Group]:
    return {group.name: group for group in reading.of(type(held), held.key, by)}


def an_account() -> Account:
    return stored(Account, customer=stored(Customer, company="Acme").key, name="Acme", owner=BY)  # type: ignore[no-any-return]


def test_vt79_vt93_what_is_linked_to_an_account_stands_in_groups_with_counts(office: Office) -> None:
    account = an_account()
    for number in range(10):
        saving.save(Contact(customer=account.customer, first_name=f"Ann {number}"), BY)
    task = accounts.start_task(BY, account=account)
    task.action = "Call about the offer"
    saving.save(task, BY)
    notes.add(Account, account.number, "Wants to hear\nfrom us", BY)
    documents.add(Account, account.number, b"words", BY, name="Offer.txt")
    found = groups(account)
    assert {name: group.total for name, group in found.items() if group.total} == {
        "contact": 10, "task": 1, "note": 1, "document": 1,
    }  # fmt: skip
    assert [row.said for row in found["contact"].rows] == [f"Ann {number}" for number in range(9, 1, -1)]
    assert len(reading.rest(Account, account.number, "contact", BY)) == 10
    assert found["note"].rows[0].said == "Wants to hear from us"
    assert found["task"].rows[0].opens == ("CustServ", task.number)
    assert found["opportunity"].offers == {"new"}  # a deal is never nobody's
    assert "customer" not in found and "own_customer" not in found  # an account is read as one with its customer


def test_vt162_vt163_what_is_made_at_a_lead_hangs_on_it_and_on_its_account(office: Office) -> None:
    account = an_account()
    lead = stored(Lead, description="Acme", account=account.number, customer=account.customer, owner=BY)
    task: Any = changing.start(Lead, lead.number, "task", BY)
    task.action = "Send the price list"
    saving.save(task, BY)
    assert (task.lead, task.account, task.customer, task.is_crm, task.owner) == (
        lead.number, account.number, account.customer, True, BY,
    )  # fmt: skip
    assert groups(lead)["task"].total == groups(account)["task"].total == 1
    assert (groups(lead)["own_account"].total, groups(lead)["own_account"].offers) == (1, frozenset())


def test_vt97_a_contact_is_linked_to_deals_and_to_whom_it_leads(office: Office) -> None:
    account = an_account()
    deal = accounts.start_opportunity(account, BY)
    deal.name = "Web shop"
    saving.save(deal, BY)
    boss = saving.save(Contact(customer=account.customer, first_name="Bea"), BY)
    under: Any = changing.start(Contact, boss.number, "contact", BY)
    under.first_name = "Cy"
    saving.save(under, BY)
    assert (under.customer, under.reports_to) == (account.customer, boss.number)
    assert changing.link(Contact, boss.number, "deal_contact", deal.number, BY) == "Web shop"
    assert [part.name for part in deal_people.contacts(deal.number, BY)] == ["Bea"]
    found = groups(boss)
    assert (found["deal_contact"].title, found["contact"].title) == ("Opportunities", "Contacts (Reports To)")
    assert [found[name].rows[0].said for name in ("deal_contact", "contact")] == ["Web shop", "Cy"]
    assert found["own_customer"].rows[0].opens == ("Customers", account.customer)
    changing.unlink(Contact, boss.number, "deal_contact", deal.number, BY)
    assert groups(boss)["deal_contact"].total == 0
    saving.undo_latest(BY)
    assert groups(boss)["deal_contact"].total == 1


def test_vt164_an_entry_is_linked_afterwards_and_before_it_is_saved_and_taken_off_with_undo(office: Office) -> None:
    account = an_account()
    deal = accounts.start_opportunity(account, BY)
    deal.name = "Web shop"
    saving.save(deal, BY)
    lead = stored(Lead, description="Ann Lee", owner=BY)
    task: Any = saving.start(Task, BY)
    task.action, task.is_crm = "Call", True
    assert [kind.__name__ for kind in changing.referring(Task, BY)] == ["Lead", "Account", "Opportunity", "Customer"]
    changing.refer(task, deal, BY)  # chosen as reference before saving
    saving.save(task, BY)
    assert (task.opportunity, task.account, task.customer, task.lead) == (
        deal.number, account.number, account.customer, None,
    )  # fmt: skip
    assert changing.referred(task, BY) == deal
    changing.link(Lead, lead.number, "task", task.number, BY)
    assert Task.find(task.number).lead == lead.number  # type: ignore[union-attr]
    with pytest.raises(Mistake, match="linked already"):
        changing.link(Lead, lead.number, "task", task.number, BY)
    changing.unlink(Account, account.number, "task", task.number, BY)  # its deal goes along
    held: Any = Task.find(task.number)
    assert (held.account, held.customer, held.opportunity, held.lead) == (None, None, None, lead.number)
    saving.undo_latest(BY)
    assert Task.find(task.number).opportunity == deal.number  # type: ignore[union-attr]
    changing.link(Task, task.number, "own_lead", stored(Lead, first_name="Bo", last_name="", owner=BY).number, BY)
    assert groups(held)["own_lead"].rows[0].said == "Bo"


def test_vt162_dp3_what_is_filed_at_a_task_goes_with_whoever_is_forgotten(office: Office) -> None:
    lead = stored(Lead, description="Ann Lee", owner=BY)
    task: Any = changing.start(Lead, lead.number, "task", BY)
    task.action = "Call"
    saving.save(task, BY)
    documents.add(Task, task.number, b"words", BY, name="Offer.txt")
    notes.add(Task, task.number, "Ann Lee wants it", BY)
    found = groups(task)
    assert (found["document"].total, found["note"].total) == (1, 1)
    anonymising.anonymise(Lead, lead.number, "asked for it", BY)
    assert not Document.select().exists() and not Note.select().exists()


def test_vt79_what_the_program_keeps_is_not_linked_by_hand(office: Office) -> None:
    account, lead = an_account(), stored(Lead, description="Ann Lee", owner=BY)
    for what in (changing.link, changing.unlink):
        with pytest.raises(Mistake, match="kept by the program"):
            what(Account, account.number, "lead", lead.number, BY)
    new: Any = changing.start(Account, account.number, "lead", BY)
    assert (new.account, new.customer) == (account.number, account.customer)


@pytest.mark.engines("sqlite")
def test_vt79_every_record_type_with_a_page_tells_what_is_linked_to_it(office: Office) -> None:
    paged = [record for record in ALL if record.about.target and not record.about.internal]
    assert {Lead, Account, Contact, Opportunity, Task, Customer} <= set(paged)
    for record in paged:
        held = stored(record)
        found = groups(held)
        assert {"note", "document"} <= found.keys(), record
        assert record.about.documents or record.about.person, (
            record
        )  # what is filed there goes with whoever is forgotten
        names = [way.name for way in ways.of(record)]
        assert len(names) == len(set(names)), record
        assert all(ways.title_of(record, way) for way in ways.of(record))


@pytest.mark.engines("sqlite")
def test_vt79_rights_and_hidden_fields_hold_for_what_is_linked(office: Office) -> None:
    secured = Secured()
    account = stored(Account, customer=stored(Customer).key, name="Acme", owner=ANN)
    for owner in (ANN, BEA):
        task = accounts.start_task(BY, account=account)
        task.action, task.owner = "Call", owner
        saving.save(task, BY)
    secured.let({})
    secured.let({"use": "all", "view": "all", "edit": "all"}, Account)
    secured.let({"use": "all", "view": "own"}, Task)
    found = groups(account, ANN)
    assert "contact" not in found and "opportunity" not in found
    assert (found["task"].total, set(found["task"].why_not)) == (1, {"new", "link", "unlink"})
    with pytest.raises(Refused, match="does not let you change tasks"):
        changing.start(Account, account.number, "task", ANN)
