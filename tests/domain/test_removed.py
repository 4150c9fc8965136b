"""BX-12, C14: what was removed or deleted is found and brought back, of every type, with what went with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.records import ALL, Account, Contact, Customer, Document, Lead, Opportunity, Task
from channergy_crm.services import documents, history, leads, operators, removed, roles, saving
from channergy_crm.services.audit import Asked
from channergy_crm.store import database
from channergy_crm.work import UnitRow
from tests import factories
from tests.domain.secured import ANN, CY, Secured, switch_on

if TYPE_CHECKING:
    from channergy_crm.store.database import Office
    from channergy_crm.work.record import Record

BY = "ADMIN"


def names(**asked: Any) -> list[str]:
    return [item.name for item in removed.items(Asked(**asked), BY).items]


def held(record: Any) -> dict[str, object]:
    """Everything it holds but its version."""
    found = type(record).find(record.key)
    return {name: value for name, value in found.__data__.items() if name != "version"} if found else {}


def kinds() -> list[type[Record]]:
    return [record for record in ALL if not record.about.internal]


@pytest.mark.parametrize("record", kinds(), ids=lambda record: record.__name__)
def test_a_deleted_record_of_any_type_comes_back_as_it_was(office: Office, record: type[Record]) -> None:
    made = factories.stored(record, 2)
    before = held(made)
    saving.delete(made, BY)
    items = [item for item in removed.items(Asked(), BY).items if item.record is record]
    assert [(item.key, item.name, item.by) for item in items] == [(made.key, made.caption(), BY)]
    back = removed.restore(record, made.key, BY)
    assert held(made) == before and back.record.key == made.key
    assert not [item for item in removed.items(Asked(), BY).items if item.record is record]
    saving.reverse(back.unit, BY)
    assert held(made) == {}, "undo takes the restoring back"
    assert [item.key for item in removed.items(Asked(), BY).items if item.record is record] == [made.key]


def test_a_lead_that_is_marked_comes_back_too(office: Office) -> None:
    lead = leads.create({"description": "Wants a price list", "last_name": "Kessler"}, BY)
    leads.remove(lead.number, BY)
    (item,) = removed.items(Asked(), BY).items
    assert (item.record, item.name, item.who, item.said) == (Lead, "Kessler", "Administrator", "Remove lead Kessler")
    removed.restore(Lead, lead.number, BY)
    assert not removed.items(Asked(), BY).items
    entry = history.of([(Lead, lead.number)], BY).entries[0]
    assert (entry.what, entry.said) == ("restored", "Restore lead Kessler")


@pytest.fixture
def together(office: Office) -> tuple[Any, Any, Any]:
    """An account with an opportunity and a task, deleted in one go."""
    deal = factories.stored(Opportunity)
    account = Account.find(deal.__data__["account"])
    assert account is not None
    with work.unit("Make", by=BY):
        task = Task.create(action="Call", owner=BY, account=account.number, opportunity=deal.key, is_crm=True)
    with work.unit("Delete {records}", by=BY, records="1 account"):
        for record in (task, deal, account):
            type(record).find(record.key).delete_instance()
    return account, deal, task


def test_what_went_with_it_is_told_and_comes_back_with_it(together: tuple[Any, Any, Any]) -> None:
    account = together[0]
    (item,) = [each for each in removed.items(Asked(), BY).items if each.record is not Lead]
    assert item.record is Account and len(item.went_along) == 2
    back = removed.restore(Account, account.number, BY)
    assert back.others == 2 and all(type(each).find(each.key) for each in together)
    saving.reverse(back.unit, BY)
    assert not any(type(each).find(each.key) for each in together)


def test_what_it_belongs_to_is_restored_first_or_along(office: Office) -> None:
    deal = factories.stored(Opportunity)
    account = Account.find(deal.__data__["account"])
    assert account is not None
    saving.delete(deal, BY)
    saving.delete(account, BY)
    with pytest.raises(Mistake, match=f"belongs to account “{account.caption()}”, which was deleted too"):
        removed.restore(Opportunity, deal.key, BY)
    assert removed.needed(Opportunity, deal.key, BY) == [account.caption()]
    back = removed.restore(Opportunity, deal.key, BY, with_needed=True)
    assert back.others == 1 and Account.find(account.number) and Opportunity.find(deal.key)
    saving.reverse(back.unit, BY)
    assert not Account.find(account.number)


def test_what_cannot_come_back_says_why(office: Office) -> None:
    contact = factories.stored(Contact)
    with pytest.raises(Mistake, match="is there already"):
        removed.restore(Contact, contact.key, BY)
    saving.delete(contact, BY)
    with database.writing():
        UnitRow.update(pruned=1).where(UnitRow.number > 0).execute()
    with pytest.raises(Mistake, match="deleted too long ago"):
        removed.restore(Contact, contact.key, BY)
    assert names() == []


def test_a_number_that_was_taken_meanwhile_is_not_written_over(office: Office) -> None:
    account = factories.stored(Account)
    customer = account.__data__["customer"]
    saving.delete(account, BY)
    with work.unit("Make", by=BY):
        Account.create(name="Another", customer=customer, owner=BY)
    with pytest.raises(Mistake, match="the same key already"):
        removed.restore(Account, account.key, BY)


def test_it_is_filtered(together: tuple[Any, Any, Any]) -> None:
    customer = factories.stored(Customer, 2)
    saving.delete(customer, BY)
    assert names(table="Customers") == [customer.caption()] and names(words="nobody at all") == []
    assert names(words=customer.caption().upper()) == [customer.caption()] and names(who="ANN") == []
    assert names()[0] == customer.caption(), "the newest first"


def test_operators_see_and_restore_what_they_deleted_themselves(
    office: Office,
) -> None:
    operators.add("ANN", "Ann Lee", BY)
    everything = roles.create("Everything", BY)
    for record in roles.record_types(BY):
        wanted = dict.fromkeys(("use", "view", "edit", "delete"), "all")
        roles.let(everything.number, record._meta.table_name, wanted, BY)
    roles.give("ANN", [everything.number], BY)
    switch_on()
    hers, his = factories.stored(Customer), factories.stored(Customer, 1)
    saving.delete(hers, "ANN")
    saving.delete(his, BY)
    lead = leads.create({"description": "x"}, BY)
    leads.remove(lead.number, BY)
    assert [item.key for item in removed.items(Asked(), "ANN").items] == [hers.key]
    for record, key in ((Customer, his.key), (Lead, lead.number)):
        with pytest.raises(Refused, match="Administrator deleted that; only they or an administrator"):
            removed.restore(record, key, "ANN")
    deal = factories.stored(Opportunity, 2)
    account = Account.find(deal.__data__["account"])
    assert account is not None
    saving.delete(deal, "ANN")
    saving.delete(account, BY)
    with pytest.raises(Refused, match="Administrator deleted that"):
        removed.restore(Opportunity, deal.key, "ANN", with_needed=True)
    saving.undo_latest(BY)
    removed.restore(Opportunity, deal.key, "ANN")
    removed.restore(Customer, hers.key, "ANN")
    assert [item.key for item in removed.items(Asked(), BY).items] == [lead.number, his.key]


def document(account: Account) -> Any:
    """A document on an account, replaced twice."""
    made = documents.add(Account, account.number, b"first", BY, name="Offer.txt")
    for data in (b"second", b"third"):
        made = documents.replace(made.number, data, BY)
    return made


def test_si26_a_removed_document_is_found_again_with_its_older_versions(office: Office) -> None:
    account: Any = factories.stored(Account)
    made = document(account)
    documents.remove(made.number, BY)
    (item,) = removed.items(Asked(table="CRMDocuments", words=account.caption()), BY).items
    assert (item.record, item.name, len(item.went_along)) == (Document, "Offer.txt", 2)
    assert item in removed.items(Asked(), BY).items
    back = removed.restore(Document, made.number, BY)
    assert (back.others, back.shown_at) == (2, account)
    assert documents.read(made.number, BY) == b"third"
    assert [documents.read(each.number, BY) for each in documents.versions(made.number, BY)] == [b"second", b"first"]
    assert not removed.items(Asked(table="CRMDocuments"), BY).items


def test_si26_a_document_comes_back_with_the_record_it_stood_at_or_after_it(office: Office) -> None:
    account: Any = factories.stored(Account)
    made = document(account)
    documents.remove(made.number, BY)
    saving.delete(account, BY)
    with pytest.raises(Mistake, match=f"belongs to account “{account.caption()}”, which was deleted too"):
        removed.restore(Document, made.number, BY)
    assert removed.needed(Document, made.number, BY) == [account.caption()]
    back = removed.restore(Document, made.number, BY, with_needed=True)
    assert back.shown_at.key == account.number and documents.read(made.number, BY) == b"third"


def test_si26_nobody_puts_a_document_back_on_a_record_they_may_not_change(office: Office) -> None:
    ann = Secured()
    ann.let(dict.fromkeys(("use", "view", "edit", "delete"), "own"))
    account: Any = factories.stored(Account)
    with work.unit("Hand over", by=BY):
        account.owner = ANN
        account.save()
    made = documents.add(Account, account.number, b"first", ANN, name="Offer.txt")
    documents.remove(made.number, ANN)
    with work.unit("Hand over", by=BY):
        account.owner = CY
        account.save()
    with pytest.raises(Refused):
        removed.restore(Document, made.number, ANN)
    removed.restore(Document, made.number, BY)
    assert documents.read(made.number, BY) == b"first"
