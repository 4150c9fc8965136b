"""Calls to accounts, contacts and customers: a row of the log, a task that reminds (BX-1, BX-7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from channergy_crm import clock
from channergy_crm.dialing.copy_only import CopyOnly
from channergy_crm.errors import Mistake
from channergy_crm.records import (
    Account,
    Contact,
    Customer,
    DoNotCall,
    Lead,
    Opportunity,
    PhoneCall,
    Task,
)
from channergy_crm.records.team_notices import TeamNotice
from channergy_crm.services import calls, calls_to, gate, leads, rights, saving
from channergy_crm.services import office as office_settings
from channergy_crm.services.call_log import Line
from channergy_crm.services.calls import Call
from channergy_crm.settings import SALE_TOLD
from tests.domain.fitting import Notepad
from tests.domain.secured import ANN, CY, Secured, made

if TYPE_CHECKING:
    from channergy_crm.store.database import Office

REACHED = "NI"


@pytest.fixture
def account(office: Office, fixed_clock: datetime) -> Account:
    customer = saving.save(Customer(company="Acme"), "ADMIN")
    held = Account(name="Acme", phone="212-736-5000", owner="ADMIN", customer=customer.number)
    return saving.save(held, "ADMIN")


@pytest.fixture
def contact(account: Account) -> Contact:
    return saving.save(Contact(customer=account.customer, last_name="Lee", phone="212-736-5001"), "ADMIN")


def result(code: str) -> calls.Result:
    return next(each for each in calls.results("ADMIN") if each.code == code)


def test_bx7_a_call_to_a_contact_stands_with_customer_account_and_opportunity(
    account: Account, contact: Contact
) -> None:
    deal = saving.save(Opportunity(account=account.number, name="Ten chairs", owner="ADMIN"), "ADMIN")
    begun = clock.now() - timedelta(minutes=4)
    line = Line("212-736-5001", begun, begun + timedelta(minutes=3), "tapi")
    calls_to.write(contact, Call(REACHED, "Wants ten chairs", line=line), "ADMIN", about=deal)
    (call,) = PhoneCall.select()
    assert (call.contact, call.customer, call.account, call.opportunity, call.lead) == (
        contact.number, account.customer, account.number, deal.number, None,
    )  # fmt: skip
    assert (call.phone, call.seconds, call.bridge, call.code, call.note) == (
        "212-736-5001", 180, "tapi", REACHED, "Wants ten chairs",
    )  # fmt: skip
    assert (call.direction, call.operator, call.zone) == ("outgoing", "ADMIN", "America/New_York")


def test_bx7_the_zone_of_a_call_is_that_of_the_number_that_was_dialed(contact: Contact) -> None:
    contact.other_phone = "213-555-0134"
    saving.save(contact, "ADMIN")
    calls_to.write(contact, Call(REACHED, line=Line("213-555-0134", clock.now())), "ADMIN")
    assert PhoneCall.get().zone == "America/Los_Angeles"


def test_bx7_a_next_try_is_a_task_and_one_undo_takes_all_of_it_back(account: Account) -> None:
    at = datetime(2026, 11, 24, 9, 30)
    calls_to.write(account, Call("N", "No answer", at), "ADMIN")
    (task,) = Task.select()
    assert (task.action, task.account, task.customer, task.owner, task.is_crm, task.notes) == (
        "Call Acme", account.number, account.customer, "ADMIN", True, "No answer",
    )  # fmt: skip
    assert (task.reminder_date, task.reminder_time) == (at.date(), at.time())
    saving.undo_latest("ADMIN")
    assert not Task.select().exists() and not PhoneCall.select().exists()


def test_bx3_tries_are_those_since_somebody_was_reached(account: Account, contact: Contact) -> None:
    nobody, reached = result("N"), next(each for each in calls.results("ADMIN") if each.reached)
    for _ in range(2):
        calls_to.write(account, Call("N"), "ADMIN")
    calls_to.write(contact, Call("N"), "ADMIN")
    assert calls_to.tried(account, nobody, "ADMIN")[1:] == (4, nobody.most_tries)  # the contact's stands with it, too
    assert calls_to.tried(contact, nobody, "ADMIN").number == 2
    with clock.fixed(clock.now() + timedelta(minutes=1)):
        calls_to.write(account, Call(reached.code), "ADMIN")
    assert calls_to.tried(account, nobody, "ADMIN").number == 1
    assert calls_to.proposed_try(nobody, account, clock.now(), "ADMIN").at is not None


def test_bx3_calls_with_a_result_count_and_the_rule_says_of_how_many(account: Account) -> None:
    nobody, ended, promised = result("N"), result("SALE"), result("CALLBK")
    calls.dial("212-736-5000", "ADMIN", bridge=CopyOnly(Notepad()), record=account, noted=False)
    assert calls_to.tried(account, None, "ADMIN")[1:] == (1, nobody.most_tries), "it was only dialed"
    twice = replace(nobody, code="B", most_tries=2)
    assert calls_to.proposed_try(twice, account, clock.now(), "ADMIN").at is not None
    calls_to.write(account, Call("B"), "ADMIN")
    assert calls_to.tried(account, twice, "ADMIN")[1:] == (2, 2)
    assert calls_to.proposed_try(twice, account, clock.now(), "ADMIN") == (None, "That was try 2 of 2.")
    assert calls_to.proposed_try(ended, account, clock.now(), "ADMIN") == (None, "Nothing more is planned.")
    assert calls_to.proposed_try(promised, account, clock.now(), "ADMIN").at is not None, "as often as is agreed"
    assert calls_to.proposed_try(replace(promised, delay=None), account, clock.now(), "ADMIN") == (None, "")


def test_bx3_a_lead_keeps_its_tries_and_its_promise_itself(account: Account) -> None:
    values = {"description": "Parkas", "phone": "212-736-5001", "call_try": "2", "reminder_date": date(2026, 12, 1)}
    lead = leads.create(values, "ADMIN")
    assert calls_to.tried(lead, result("N"), "ADMIN").value == "3"
    kept = calls_to.proposed_try(replace(result("N"), delay=None), lead, clock.now(), "ADMIN").at
    assert kept == datetime(2026, 12, 1, 9)
    calls_to.write(lead, Call("N"), "ADMIN")
    assert (Lead.find(lead.key).call_try, Lead.find(lead.key).call_code) == ("3", "N")


def test_bx6_their_number_is_on_the_register_though_who_called_may_not_change_them(
    office: Office, fixed_clock: datetime
) -> None:
    secured = Secured()
    secured.let({"use": "all", "view": "all", "edit": "own"})
    theirs: Contact = made(Contact, CY)  # type: ignore[assignment]
    assert rights.may(ANN, "edit", theirs) is not None
    calls_to.write(theirs, Call("DNC", line=Line(theirs.phone)), ANN)
    held = Contact.find(theirs.number)
    assert held is not None and not held.do_not_call and gate.barred(theirs.phone, ANN, record=held) is not None


def test_bx50_a_sale_on_the_telephone_is_told_of_its_opportunity(account: Account) -> None:
    office_settings.choose(SALE_TOLD, "on", "ADMIN")
    deal = saving.save(Opportunity(account=account.number, name="Ten chairs", owner="ADMIN"), "ADMIN")
    calls_to.write(account, Call("SALE"), "ADMIN")
    assert not TeamNotice.select().exists(), "of nothing in particular"
    calls_to.write(account, Call(REACHED), "ADMIN", about=deal)
    assert not TeamNotice.select().exists()
    calls_to.write(account, Call("SALE"), "ADMIN", about=deal)
    assert TeamNotice.get().record == deal.number


def test_bx7_the_task_of_a_contact_stands_with_their_account_and_opportunity(
    account: Account, contact: Contact
) -> None:
    deal = saving.save(Opportunity(account=account.number, name="Ten chairs", owner="ADMIN"), "ADMIN")
    calls_to.write(contact, Call("N", next_try=datetime(2026, 11, 24, 9, 30, 12)), "ADMIN", about=deal)
    task = Task.get()
    assert (task.action, task.account, task.opportunity, task.customer) == (
        "Call Lee", account.number, deal.number, account.customer,
    )  # fmt: skip
    calls_to.write(Customer.find(account.customer), Call("N", next_try=datetime(2026, 11, 24, 9, 30)), "ADMIN")
    assert [each.account for each in Task.select()] == [account.number] * 2


def test_bx6_who_asked_is_marked_and_stands_on_the_register(account: Account, contact: Contact) -> None:
    calls_to.write(contact, Call("DNC"), "ADMIN")
    held = Contact.find(contact.number)
    assert held is not None and held.do_not_call
    assert [row.key_of_number for row in DoNotCall.select()] == ["+12127365001"]
    calls_to.write(account, Call("DNC"), "ADMIN")
    asked = gate.barred("212-736-5000", "ADMIN", record=account)
    assert asked is not None and asked.kind == "do_not_call"
    assert Customer.find(account.customer).do_not_call  # type: ignore[union-attr]
    saving.undo_latest("ADMIN")
    assert gate.barred("212-736-5000", "ADMIN", record=account) is None


def test_bx7_a_number_that_is_only_dialed_stands_in_the_log_as_well(account: Account) -> None:
    calls.dial("212-736-5999", "ADMIN", bridge=CopyOnly(Notepad()), noted=False)
    (call,) = PhoneCall.select()
    assert (call.phone, call.code, call.account, call.bridge) == ("212-736-5999", "", None, "copy_only")
    assert calls.dial("212-736-5000", "ADMIN", bridge=CopyOnly(Notepad())).logged is None


def test_bx1_a_result_that_is_gone_writes_nothing(account: Account) -> None:
    with pytest.raises(Mistake, match="not offered"):
        calls_to.write(account, Call("NOPE"), "ADMIN")
    assert not PhoneCall.select().exists()
