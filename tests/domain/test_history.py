"""BX-12, BX-32: the history of a record: who, when, under which action, each field old → new; undone from there."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import language
from channergy_crm.errors import Mistake
from channergy_crm.records import Account, Customer, Lead, Task
from channergy_crm.services import conversion, history, leads, operators, saving
from channergy_crm.services.duplicates import merging, proposal
from channergy_crm.services.rights import Program
from channergy_crm.store import database
from channergy_crm.work import UnitRow, own_units
from tests import factories

if TYPE_CHECKING:
    from collections.abc import Iterator

    from channergy_crm.services.history import Entry
    from channergy_crm.store.database import Office

BY = "ADMIN"


def of(record: Any, **options: Any) -> list[Entry]:
    """What its history says."""
    return list(history.of([(type(record), record.key)], BY, **options).entries)


def changed(entry: Entry) -> list[tuple[str, object, object]]:
    """Its fields, each with old and new."""
    return [(one.kind.label, one.before, one.after) for one in entry.fields]


@pytest.fixture
def lead(office: Office) -> Lead:
    return leads.create({"description": "Wants a price list", "last_name": "Kessler"}, BY)


def test_it_tells_who_did_what_when_and_each_field_old_and_new(lead: Lead, fixed_clock: datetime) -> None:
    operators.add("ANN", "Ann Lee", BY)
    held = Lead.find(lead.key)
    assert held is not None
    held.phone, held.reminder_date = "504-621-8927", date(2026, 11, 30)
    leads.save(held, "ANN")
    latest, first = of(lead)
    assert (latest.said, latest.by, latest.who, latest.what) == ("Save lead Kessler", "ANN", "Ann Lee", "changed")
    assert latest.done == fixed_clock and not latest.undone
    assert sorted(changed(latest)) == [
        ("Phone", "", "504-621-8927"), ("Reminder Dt", None, date(2026, 11, 30)), ("Time Zone", "", "America/Chicago"),
    ]  # fmt: skip
    assert (first.said, first.what, list(first.fields)) == ("Create lead Kessler", "created", [])


def test_what_the_program_derives_and_keeps_is_not_told(lead: Lead) -> None:
    lead.last_name = "Lombardi"
    leads.save(lead, BY)
    assert changed(of(lead)[0]) == [("Last Name", "Kessler", "Lombardi")]


def test_it_is_read_a_page_at_a_time(lead: Lead) -> None:
    for turn in range(7):
        lead.title = f"Title {turn}"
        leads.save(lead, BY)
    read, before = [], None
    while True:
        page = history.of([(Lead, lead.key)], BY, before=before, limit=3)
        read += [entry.unit for entry in page.entries]
        if page.before is None:
            break
        before = page.before
    assert read == [entry.unit for entry in of(lead)] == sorted(read, reverse=True) and len(read) == 8


def test_what_became_of_a_record_is_told(lead: Lead) -> None:
    leads.remove(lead.key, BY)
    leads.restore(lead.key, BY)
    conversion.convert(lead.key, BY)
    assert [entry.what for entry in of(lead)] == ["converted", "restored", "removed", "created"]
    customer = factories.stored(Customer)
    saving.delete(customer, BY)
    done = saving.undo_latest(BY)
    assert done is not None
    assert [(entry.what, entry.undone) for entry in of(customer)] == [
        ("restored", False), ("deleted", True), ("created", False),
    ]  # fmt: skip


def test_a_merger_is_told_under_the_record_that_was_kept(office: Office) -> None:
    one, other = factories.stored(Account), factories.stored(Account, 1)
    merging.merge(proposal.propose(Account, [one.key, other.key], BY), 0, {}, BY)
    assert of(one)[0].what == "merged" and "Merge account" in of(one)[0].said


def test_what_was_taken_back_is_told_so_and_can_be_done_again_from_there(lead: Lead) -> None:
    lead.title = "Owner"
    leads.save(lead, BY)
    change = of(lead)[0]
    saving.reverse(history.reversible(change.takes or 0, BY), BY)
    undoing, undone, _created = of(lead)
    assert undoing.said == "Undone: Save lead Kessler" and changed(undoing) == [("Title", "Owner", "")]
    assert (undone.unit, undone.undone, undone.takes) == (change.unit, True, undoing.unit)
    saving.reverse(undone.takes or 0, BY)
    again, undoing, standing, _created = of(lead)
    assert again.said == "Done again: Save lead Kessler" and undoing.takes is None
    assert (standing.undone, standing.takes) == (False, again.unit)
    assert Lead.find(lead.key).title == "Owner"  # type: ignore[union-attr]


def test_an_old_step_is_refused_in_a_sentence_when_somebody_has_built_on_it(lead: Lead) -> None:
    lead.title = "Owner"
    leads.save(lead, BY)
    old = of(lead)[0]
    lead.title = "Buyer"
    leads.save(lead, BY)
    with pytest.raises(Mistake, match="Title: Owner → Buyer"):
        saving.reverse(history.reversible(old.takes or 0, BY), BY)


def test_it_can_be_undone_after_the_window_was_opened_anew(lead: Lead) -> None:
    """Ctrl+Z is for what this window did; the history takes back any step of one's own."""
    lead.title = "Owner"
    leads.save(lead, BY)
    own_units._numbers.clear()
    assert saving.undoable(BY) is None
    saving.reverse(history.reversible(of(lead)[0].takes or 0, BY), BY)
    assert Lead.find(lead.key).title == ""  # type: ignore[union-attr]


def test_what_was_done_too_long_ago_says_so(lead: Lead) -> None:
    number = of(lead)[0].unit
    with database.writing():
        UnitRow.update(pruned=1).where(UnitRow.number == number).execute()
    assert of(lead)[0].takes is None
    for undo in (lambda: saving.reverse(number, BY), lambda: history.reversible(number, BY)):
        with pytest.raises(Mistake, match="too long ago"):
            undo()


def test_an_account_is_read_with_its_customer(office: Office) -> None:
    account = factories.stored(Account)
    customer = Customer.find(account.__data__["customer"])
    assert customer is not None
    customer.city = "Austin"
    saving.save(customer, BY)
    page = history.of([(Account, account.key), (Customer, customer.key)], BY)
    assert page.entries[0].fields[0].record is Customer and page.entries[0].fields[0].after == "Austin"


def test_the_program_is_called_by_its_name(office: Office) -> None:
    task = factories.valid(Task)
    saving.save(task, Program.COMMAND_LINE)
    entry = of(task)[0]
    assert entry.who == "Command line" and entry.by == "Command line"


@pytest.fixture
def german() -> Iterator[None]:
    language.use("de")
    yield
    language.use("en")


def test_the_action_is_said_in_the_readers_language(lead: Lead, german: None) -> None:
    assert "Kessler" in of(lead)[0].said and "Create" not in of(lead)[0].said


def test_a_long_journal_does_not_slow_it_down(lead: Lead, office: Office) -> None:
    """Asked through an index that holds the units of a record in their order."""
    if office.engine == "sqlite":
        plan = office.database.execute_sql(
            'EXPLAIN QUERY PLAN SELECT DISTINCT "UnitNo" FROM "CRMChanges" WHERE "TableName" = ? AND "RecordNo" = ? '
            'ORDER BY "UnitNo" DESC LIMIT 30', ("CRMLeads", "1"),
        ).fetchall()  # fmt: skip
        assert "CRMChanges_TableName_RecordNo_UnitNo" in str(plan) and "TEMP B-TREE" not in str(plan)
