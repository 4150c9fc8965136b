"""Records that are the same become one, with all that hangs on them, in one step that can be undone (BX-9, C13)."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.fields import Flag, RecordNumber, Text
from channergy_crm.records import (
    ALL,
    Account,
    Apart,
    Contact,
    Customer,
    Gathered,
    GatheredRow,
    Lead,
    Operator,
    Opportunity,
    Order,
    Task,
)
from channergy_crm.services import conversion, leads, operators, saving
from channergy_crm.services.duplicates import merging
from channergy_crm.services.duplicates.proposal import JOINED, propose
from channergy_crm.work.record import Record
from tests import made

if TYPE_CHECKING:
    from collections.abc import Iterator

    from channergy_crm.store.database import Office


def everything() -> dict[str, dict[Any, dict[str, Any]]]:
    """All rows of all records, but for how often each was written."""
    return {
        record.__name__: {
            row.key: {name: value for name, value in row.__data__.items() if name != "version"}
            for row in record.select()
        }
        for record in ALL
    }


def lead(**values: Any) -> Lead:
    return leads.create({"description": "Fair", **values}, "ADMIN")


def task_of(one: Lead, action: str) -> int:
    with work.unit("Make", by="ADMIN"):
        return int(Task.create(action=action, lead=one.number, owner="ADMIN", is_crm=True).number)


def test_c13_two_leads_become_one_with_what_was_chosen_and_undo_takes_all_of_it_back(
    office: Office, operator: str, fixed_clock: datetime
) -> None:
    one = lead(last_name="Lee", company="Acme", phone="504-621-8927", notes="Likes tea.", call_code="CB")
    other = lead(first_name="Ann", last_name="Lee", company="Acme Inc.", notes="Has a dog.", email="ann@a.example",
                 call_date=date(2026, 11, 2), call_code="DNC")  # fmt: skip
    task = task_of(one, "Call back")
    before = everything()
    held = propose(Lead, [one.number, other.number], operator)
    assert held.keep == 0 and held.moving(1) == {Task: 1} and held.moving(0) == {}
    sides = {side.name: side for side in held.sides}
    assert {name for name, side in sides.items() if side.differs} == {
        "first_name", "company", "phone", "time_zone", "email", "notes", "call_code", "call_date",
    }  # fmt: skip
    assert (sides["company"].proposed, sides["phone"].proposed, sides["notes"].proposed) == (1, 0, JOINED)
    assert sides["call_code"].settled and sides["call_code"].proposed == 1
    merged = merging.merge(held, 1, {"company": 0, "call_code": 0}, operator)
    kept, gone = Lead.find(other.number), Lead.find(one.number)
    assert kept is not None and gone is not None
    assert (merged.record.key, merged.others) == (other.number, 1)
    assert (kept.first_name, kept.last_name, kept.company, kept.phone) == ("Ann", "Lee", "Acme", "504-621-8927")
    assert (kept.notes, kept.call_code, kept.call_date) == ("Likes tea.\n\nHas a dog.", "DNC", date(2026, 11, 2))
    assert kept.__data__["phone_e164"] == "+15046218927" and "5046218927" in kept.search_text
    assert gone.removed and gone.notes.startswith(f"Merged into lead {other.number}, Ann Lee, on 2026-11-23.")
    moved = Task.find(task)
    assert moved is not None and moved.lead == other.number
    after = everything()
    assert saving.undo_latest(operator) is not None
    assert everything() == before
    assert saving.redo_latest(operator) is not None
    assert everything() == after


def test_c13_accounts_bring_their_customers_contacts_opportunities_and_tasks(office: Office, operator: str) -> None:
    one, other = made.account("Acme", phone="504-621-8927"), made.account("Acme Ltd", industry="Retail")
    for account in (one, other):
        made.contact(account, f"Ann {account.number}")
        made.opportunity(account, "Ink", last_activity=None)
        made.task(account, "Call")
    started = leads.start(operator, account=other.number)
    started.description = "Second lead"
    leads.save(started, operator)
    converted = conversion.convert(lead(company="Acme").number, operator, account=other.number)
    active = {row.number: row.last_activity for row in Opportunity.select()}
    before = everything()
    held = propose(Account, [one.number, other.number], operator)
    assert held.moving(0) == {Contact: 1, Opportunity: 2, Task: 1, Lead: 2}
    merging.merge(held, 0, {}, operator)
    kept = Account.find(one.number)
    assert kept is not None and (kept.name, kept.industry) == ("Acme Ltd", "Retail")
    assert Account.find(other.number) is None and Customer.find(other.customer) is None
    for record in (Opportunity, Task):
        assert {row.account for row in record.select()} == {one.number}
    assert {row.customer for row in [*Contact.select(), *Task.select()]} == {one.customer}
    assert {row.account for row in Lead.select()} == {one.number}
    assert converted.lead.number in {row.number for row in Lead.select()}
    assert {row.number: row.last_activity for row in Opportunity.select()} == active
    saving.undo_latest(operator)
    assert everything() == before


def order_of(customer: int | None) -> None:
    with work.unit("The suite takes an order", by="ADMIN"):
        Order.create(customer=customer, ordered_on=date(2026, 1, 2), amount=100)


def test_c13_the_customer_with_orders_stays_and_two_of_them_are_not_joined(office: Office, operator: str) -> None:
    one, other, third = made.account("Acme"), made.account("Acme"), made.account("Acme", with_customer=False)
    made.contact(one, "Ann")
    order_of(other.customer)
    before = everything()
    held = propose(Account, [one.number, other.number, third.number], operator)
    assert held.keep == 1
    merging.merge(held, 0, {}, operator)
    kept = Account.find(one.number)
    assert kept is not None and kept.customer == other.customer and Customer.find(one.customer) is None
    assert [row.customer for row in [*Contact.select(), *Order.select()]] == [other.customer] * 2
    saving.undo_latest(operator)
    assert everything() == before
    order_of(one.customer)
    before = everything()
    for record, pair in ((Account, [one.number, other.number]), (Customer, [one.customer, other.customer])):
        with pytest.raises(Mistake, match="Acme and Acme have orders of their own"):
            propose(record, pair, operator)
    assert everything() == before


def test_c13_customers_with_accounts_are_merged_as_accounts(office: Office, operator: str) -> None:
    one, other = made.account("Acme"), made.account("Acme")
    with pytest.raises(Mistake, match="Each of them has an account. Merge the accounts instead"):
        propose(Customer, [one.customer, other.customer], operator)
    with work.unit("The suite", by=operator):
        alone = [Customer.create(company="Blue").number for _ in range(2)]
    order_of(alone[1])
    held = propose(Customer, alone, operator)
    assert held.keep == 1
    with pytest.raises(Mistake, match="Blue has orders; keep that one"):
        merging.merge(held, 0, {}, operator)
    merging.merge(held, 1, {}, operator)
    assert Customer.find(alone[0]) is None


def test_c13_a_converted_lead_is_the_one_that_is_kept(office: Office, operator: str) -> None:
    one, other = lead(company="Acme"), lead(company="Acme", first_name="Ann", last_name="Lee")
    made_of_it = conversion.convert(one.number, operator).opportunity
    held = propose(Lead, [one.number, other.number], operator)
    assert held.keep == 0
    with pytest.raises(Mistake, match="has been converted to an opportunity; keep that one"):
        merging.merge(held, 1, {}, operator)
    merging.merge(held, 0, {}, operator)
    kept = Lead.find(one.number)
    assert kept is not None and (kept.opportunity, kept.last_name) == (made_of_it.number, "Lee")


def test_c13_what_somebody_changed_or_removed_meanwhile_is_not_merged(office: Office, operator: str) -> None:
    one, other = lead(company="Acme"), lead(company="Acme")
    held = propose(Lead, [one.number, other.number], operator)
    other.company = "Blue"
    leads.save(other, operator)
    before = everything()
    with pytest.raises(Mistake, match="Blue was changed meanwhile|Acme was changed meanwhile"):
        merging.merge(held, 0, {}, operator)
    assert everything() == before
    leads.remove(other.number, operator)
    with pytest.raises(Mistake, match="Blue is removed; bring it back first"):
        merging.merge(propose(Lead, [one.number, other.number], operator), 0, {}, operator)
    with pytest.raises(Mistake, match="two to 5 leads"):
        propose(Lead, [one.number], operator)


def test_c13_whoever_may_not_remove_a_record_may_not_merge_it(office: Office, operator: str) -> None:
    made.colleague("BEN")
    keys = [lead(company="Acme").number, lead(company="Acme").number]
    held = propose(Lead, keys, "BEN")
    ben = Operator.find("BEN")
    assert ben is not None
    ben.active = False
    operators.save(ben, operator)
    with pytest.raises(Refused, match="retired"):
        merging.merge(held, 0, {}, "BEN")
    with pytest.raises(Refused, match="retired"):
        propose(Lead, keys, "BEN")


def test_c13_who_is_not_the_same_as_one_of_them_is_not_the_same_as_what_they_became(
    office: Office, operator: str
) -> None:
    one, other, third = lead(), lead(), lead()
    with work.unit("Not the same", by=operator):
        Apart.create(table="CRMLeads", one=other.number, other=third.number)
        Apart.create(table="CRMLeads", one=one.number, other=other.number)
    merging.merge(propose(Lead, [one.number, other.number], operator), 0, {}, operator)
    assert [(pair.one, pair.other) for pair in Apart.select()] == [(one.number, third.number)]


def test_c13_lists_put_together_by_hand_hold_the_one_that_is_kept_once(office: Office, operator: str) -> None:
    one, other = lead(company="Acme"), lead(company="Acme")
    with work.unit("Lists", by=operator):
        fair, tea = (Gathered.create(table="CRMLeads", name=name, owner=operator) for name in ("Fair", "Tea"))
        far = Gathered.create(table="CRMAccounts", name="Far", owner=operator)
        for held, record in ((fair, one), (fair, other), (tea, other), (far, other)):
            GatheredRow.create(list=held.number, record=record.number)
    before = everything()
    merging.merge(propose(Lead, [one.number, other.number], operator), 0, {}, operator)
    assert {(row.list, row.record) for row in GatheredRow.select()} == {
        (fair.number, one.number), (tea.number, one.number), (far.number, other.number),
    }  # fmt: skip
    saving.undo_latest(operator)
    assert everything() == before


def test_c13_the_next_reminder_and_the_latest_call_are_proposed(
    office: Office, operator: str, fixed_clock: datetime
) -> None:
    early = {"reminder_date": date(2026, 11, 24), "reminder_time": time(9), "call_date": date(2026, 11, 2)}
    late = {"reminder_date": date(2026, 12, 24), "reminder_time": time(15), "call_date": date(2026, 11, 20)}
    held = propose(Lead, [lead(**late).number, lead(**early).number], operator)
    sides = {side.name: side.value(side.proposed) for side in held.sides}
    assert {name: sides[name] for name in early} == {**early, "call_date": date(2026, 11, 20)}


def test_c13_two_contacts_become_one_of_the_account_that_is_told(office: Office, operator: str) -> None:
    one, other = made.account("Acme"), made.account("Blue")
    pair = [made.contact(one, "Ann", "Lee").number, made.contact(other, "Ann", "Lee", title="Buyer").number]
    before = everything()
    held = propose(Contact, pair, operator)
    assert list(held.belonging) == ["Acme", "Blue"]
    merging.merge(held, 0, {}, operator)
    (kept,) = Contact.select()
    assert (kept.number, kept.customer, kept.title) == (pair[0], one.customer, "Buyer")
    saving.undo_latest(operator)
    assert everything() == before


class Guest(Record):
    """Somebody with flags that must not be lost."""

    number = RecordNumber("Guest #", column_name="GuestNo")
    name = Text("Name", column_name="Name")
    no_calls = Flag("Do not call", column_name="DoNotCall", survives=[True])
    no_mail = Flag("Opted out of e-mail", column_name="EmailOptOut", survives=[True])
    vip = Flag("VIP", column_name="IsVIP")

    singular, plural = "Guest", "Guests"

    class Meta:
        table_name = "Guests"


@pytest.fixture
def guests(office: Office) -> Iterator[None]:
    """A table of guests in the office."""
    Guest.create_table()
    yield
    Guest.drop_table()


@pytest.mark.parametrize("keep", [0, 1])
def test_c13_do_not_call_and_opt_out_survive_whichever_side_has_them(guests: None, operator: str, keep: int) -> None:
    with work.unit("Make", by=operator):
        pair = [
            Guest.create(name="Ann", no_calls=True, vip=True).number, Guest.create(name="Ann", no_mail=True).number,
        ]  # fmt: skip
    other = 1 - keep
    choice = {"no_calls": other if keep == 0 else keep, "no_mail": 0, "vip": 1}
    merging.merge(propose(Guest, pair, operator), keep, choice, operator)
    (kept,) = Guest.select()
    assert (kept.number, kept.no_calls, kept.no_mail, kept.vip) == (pair[keep], True, True, False)
