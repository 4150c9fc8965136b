"""Who rings: the number a telephone tells, the people with it, and one row of the call log (BX-7, BX-38)."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from channergy_crm import clock
from channergy_crm.dialing.copy_only import CopyOnly
from channergy_crm.records import Account, Contact, Customer, Lead, PhoneCall
from channergy_crm.services import callers, calls, calls_to, leads, operators, saving
from channergy_crm.services.call_log import Line
from channergy_crm.services.calls import Call
from channergy_crm.services.timeline import pages
from channergy_crm.text.links import number_of
from tests.domain.fitting import Notepad
from tests.secured import secure

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from channergy_crm.store.database import Office

NUMBER = "+12127365000"


@pytest.mark.parametrize(
    ("told", "number"),
    [
        ("+1 212 736-5000", "+1 212 736-5000"), ("tel:+12127365000", NUMBER), ("tel:%2B12127365000", NUMBER),
        ("sip:+12127365000@pbx.local:5060;user=phone", NUMBER), ('"Ann Lee" <sip:+12127365000@127.0.0.1>', NUMBER),
        ("sips:2127365000@pbx", "2127365000"), ("callto://+12127365000", NUMBER), ("phone:212", "212"), ("212", "212"),
        ("anonymous", ""), ("sip:anonymous@anonymous.invalid", ""), ("sip:ann@pbx.local", ""), ("", ""), (" ", ""),
        ("+1\n212; rm -rf /", ""), ("tel:", ""), ("\u0000", ""), ("1" * 90, "1" * 40),
        ("sip:10.0.0.1:5060", ""), ("<sip:10.0.0.1;transport=udp>", ""), ("sip:212:7@pbx", "212"),
        ('"Agent sip:99" <sip:+12127365000@pbx>', NUMBER), ("tel:+1%20212%20736%205000", "+1 212 736 5000"),
        ("tel:%2b1%28212%29736-5000", "+1(212)736-5000"), ("tel:212%0A;7", "212"), ("tel:212%3B7%6c", ""),
    ],
)  # fmt: skip
def test_bx38_the_number_is_read_out_of_what_a_telephone_tells(told: str, number: str) -> None:
    assert number_of(told) == number


@pytest.fixture
def everybody(office: Office, fixed_clock: datetime) -> tuple[Lead, Account, Contact]:
    """A lead, an account and a contact of another customer with the same number, as each has typed it."""
    customer = saving.save(Customer(company="Acme", phone=NUMBER), "ADMIN")
    other = saving.save(Customer(company="Birch"), "ADMIN")
    account = saving.save(
        Account(name="Acme", phone="(212) 736-5000", owner="ADMIN", customer=customer.number), "ADMIN"
    )
    contact = saving.save(Contact(customer=other.number, last_name="Chan", other_phone="212.736.5000"), "ADMIN")
    lead = leads.save(
        Lead(description="A call", last_name="Lee", more_phones="Mobile: 212-736-5000", owner="ADMIN"), "ADMIN"
    )
    return lead, account, contact


def test_bx38_whoever_has_the_number_is_found_however_it_was_typed(everybody: tuple[Lead, Account, Contact]) -> None:
    lead, account, contact = everybody
    found = callers.who("212 736 5000", "ADMIN")
    assert [(one.name, one.company) for one in found] == [("Chan", "Birch"), ("Lee", ""), ("Acme", "")]
    assert [one.record for one in found] == [contact, lead, account], "a customer with an account is told as that"
    assert found[0].zone == "America/New_York" and callers.who("", "ADMIN") == []
    leads.remove(lead.number, "ADMIN")
    assert [one.name for one in callers.who(NUMBER, "ADMIN")] == ["Chan", "Acme"]


def test_bx38_a_number_that_only_begins_like_that_one_is_somebody_elses(office: Office) -> None:
    lead = Lead(
        description="A call", last_name="Lee", more_phones="Desk: +49 30 25002525\n+49 30 1234567", owner="ADMIN"
    )
    leads.save(lead, "ADMIN")
    for other in ("+49 30 25002", "+49 30 123456", "030 25002525"):
        assert callers.who(other, "ADMIN") == []
    for theirs in ("+493025002525", "+49 30 1234567"):
        assert [one.name for one in callers.who(theirs, "ADMIN")] == ["Lee"]


def test_bx38_an_extension_is_found_by_its_digits(office: Office) -> None:
    leads.save(Lead(description="A call", last_name="Lee", phone="212", owner="ADMIN"), "ADMIN")
    leads.save(
        Lead(description="A call", last_name="Chan", phone="213", more_phones="Desk: 214", owner="ADMIN"), "ADMIN"
    )
    assert [one.name for one in callers.who("212", "ADMIN")] == ["Lee"]
    ring = callers.come_in("212", "ADMIN")
    assert callers.come_in("sip:212@pbx", "ADMIN").logged == ring.logged != callers.come_in("213", "ADMIN").logged


def test_bx38_company_owner_and_the_last_call_of_theirs_are_told(everybody: tuple[Lead, Account, Contact]) -> None:
    lead, account, _contact = everybody
    lead.company = "Lee & Sons"
    leads.save(lead, "ADMIN")
    with clock.fixed(clock.now() + timedelta(days=1)):
        calls_to.write(lead, Call("B"), "ADMIN")
    calls_to.write(account, Call("N"), "ADMIN")
    calls_to.write(lead, Call("N"), "ADMIN")
    with clock.fixed(clock.now() + timedelta(days=2)):
        callers.come_in(NUMBER, "ADMIN")  # it has no result yet
    told = {one.name: one for one in callers.who(NUMBER, "ADMIN")}
    assert (told["Lee"].company, told["Lee"].owner, told["Lee"].result) == ("Lee & Sons", "Administrator", "Busy")
    assert told["Lee"].last == clock.now() + timedelta(days=1)
    assert (told["Acme"].company, told["Acme"].owner, told["Acme"].result) == ("", "Administrator", "No Answer")
    assert (told["Chan"].owner, told["Chan"].result, told["Chan"].last) == ("", "", None)


def test_bx38_a_customer_without_an_account_is_told_too_and_aside_comes_last(office: Office) -> None:
    saving.save(Customer(company="Birch", phone=NUMBER), "ADMIN")
    lost = leads.save(Lead(description="Lost", last_name="Lost", phone=NUMBER, owner="ADMIN"), "ADMIN")
    lost.lost = True
    leads.save(lost, "ADMIN")
    assert [one.name for one in callers.who(NUMBER, "ADMIN")] == ["Birch", "Lost"]


def test_bx7_a_call_of_ours_a_moment_ago_is_not_theirs_that_comes_in(office: Office, fixed_clock: datetime) -> None:
    lead = leads.save(Lead(description="A call", last_name="Lee", phone=NUMBER, owner="ADMIN"), "ADMIN")
    calls.dial(NUMBER, "ADMIN", bridge=CopyOnly(Notepad()), record=lead, noted=False)
    callers.come_in(NUMBER, "ADMIN")
    assert [call.direction for call in PhoneCall.select().order_by(PhoneCall.number)] == ["outgoing", "incoming"]


def test_bx38_what_an_operator_may_not_see_is_a_number_to_them(office: Office, tmp_path: Path) -> None:
    leads.save(Lead(description="A call", last_name="Lee", phone=NUMBER, owner="ADMIN"), "ADMIN")
    secure(tmp_path, BEN="Operator")
    assert [one.name for one in callers.who(NUMBER, "ADMIN")] == ["Lee"]
    assert callers.who(NUMBER, "BEN") == []


def test_bx7_a_call_that_comes_in_is_one_row_whoever_tells_of_it_and_theirs_who_take_it(
    everybody: tuple[Lead, Account, Contact],
) -> None:
    operators.add("BEN", "Ben Ortiz", "ADMIN")
    first, second = callers.come_in(f"sip:{NUMBER}@pbx", "ADMIN"), callers.come_in(NUMBER, "BEN")
    assert first.logged == second.logged and "call from" not in str(saving.undoable("ADMIN")).lower()
    (call,) = PhoneCall.select()
    assert (call.direction, call.phone, call.contact, call.operator) == (
        "incoming", NUMBER, everybody[2].number, "ADMIN",
    )  # fmt: skip
    line = Line(NUMBER, logged=first.logged)
    calls_to.write(everybody[0], Call("CALLBK", "Rang back", line=line, counts=False), "BEN")
    (call,) = PhoneCall.select()
    assert (call.direction, call.lead, call.operator, call.note) == (
        "incoming",
        everybody[0].number,
        "BEN",
        "Rang back",
    )
    assert Lead.find(everybody[0].number).call_try in ("", None), "it is no try of ours"  # type: ignore[union-attr]
    with clock.fixed(clock.now() + timedelta(minutes=3)):
        assert callers.come_in(NUMBER, "ADMIN").logged != first.logged


def test_bx7_who_keeps_their_number_back_stands_in_the_log_each_time(office: Office) -> None:
    for _ in range(2):
        assert callers.come_in("anonymous", "ADMIN").who == []
    assert [call.phone for call in PhoneCall.select()] == ["", ""]


def test_bx38_who_has_the_number_in_two_fields_takes_one_place(everybody: tuple[Lead, Account, Contact]) -> None:
    lead, _account, contact = everybody
    contact.phone = lead.phone = NUMBER
    saving.save(contact, "ADMIN")
    leads.save(lead, "ADMIN")
    assert [one.name for one in callers.who(NUMBER, "ADMIN")] == ["Chan", "Lee", "Acme"]


def test_bx38_whom_one_works_with_is_shown_though_many_others_have_the_number(office: Office) -> None:
    leads.save(Lead(description="A call", last_name="Lee", phone=NUMBER, owner="ADMIN"), "ADMIN")
    for place in range(callers.MOST):
        lost = leads.save(Lead(description="Lost", last_name=f"Lost {place}", phone=NUMBER, owner="ADMIN"), "ADMIN")
        lost.lost = True
        leads.save(lost, "ADMIN")
    assert callers.who(NUMBER, "ADMIN")[0].name == "Lee"


def test_bx7_who_may_see_whom_it_is_completes_the_row_of_who_may_not(office: Office, tmp_path: Path) -> None:
    lead = leads.save(Lead(description="A call", last_name="Lee", phone=NUMBER, owner="ADMIN"), "ADMIN")
    secure(tmp_path, BEN="Operator")
    callers.come_in(NUMBER, "BEN")
    assert PhoneCall.get().lead is None
    callers.come_in(NUMBER, "ADMIN")
    assert [call.lead for call in PhoneCall.select()] == [lead.number]
    assert [each.title for each in pages.of(lead, "ADMIN", kinds=["call"]).entries] == [
        "Incoming call · not taken here"
    ]  # fmt: skip


def test_bx7_five_workstations_that_tell_of_a_call_at_once_make_one_row(office: Office) -> None:
    together, rows = threading.Barrier(5), list[int]()

    def tell(text: str) -> None:
        with office.borrowed():
            together.wait()
            rows.append(callers.come_in(text, "ADMIN").logged)

    told = (NUMBER, f"tel:{NUMBER}", "2127365000", "(212) 736-5000", f"sip:{NUMBER}@pbx")
    stations = [threading.Thread(target=tell, args=(text,)) for text in told]
    for station in stations:
        station.start()
    for station in stations:
        station.join()
    assert rows == [PhoneCall.get().number] * 5 and PhoneCall.select().count() == 1
