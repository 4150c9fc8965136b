"""One gate before every way to dial: who asked not to be called, the register, hours, how often (BX-5, BX-6, C19)."""

from __future__ import annotations

import random
import re
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from channergy_crm import clock, dialing, work
from channergy_crm.dialing.copy_only import CopyOnly
from channergy_crm.errors import Mistake, Refused
from channergy_crm.records import Account, CallingHours, Contact, Customer, DoNotCall, Holiday, Lead, PhoneCall
from channergy_crm.records.call_log import DialRow
from channergy_crm.records.calling_hours import forget
from channergy_crm.records.do_not_call import HASHED, OWN
from channergy_crm.services import calling_hours, calls, conversion, gate, leads, office, saving
from channergy_crm.services.duplicates import merging, proposal
from channergy_crm.services.privacy import refusals
from channergy_crm.settings import MOST_A_DAY, Station
from channergy_crm.store import database
from channergy_crm.transfer.importing.plan import propose
from channergy_crm.transfer.importing.run import run
from channergy_crm.transfer.reading.sources import open_source
from tests import factories
from tests.domain.fitting import Notepad
from tests.secured import secure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from channergy_crm.store.database import Office

NEW_YORK, BERLIN = "212-736-5000", "+49 30 25002525"
MONDAY = datetime(2026, 11, 23)


def at_the_office(zone: str, *when: int) -> datetime:
    """What our clock shows when theirs shows this."""
    return datetime(*when, tzinfo=ZoneInfo(zone)).astimezone().replace(tzinfo=None)  # type: ignore[misc]  # six figures


@pytest.fixture
def hours(office: Office) -> None:
    """People are called when the law of most places has it; an office of other tests calls around the clock."""
    with database.writing():
        CallingHours.delete().execute()
        for country, days, ends in (("", "1234567", 20), ("US", "1234567", 21), ("DE", "123456", 20)):
            CallingHours.insert(country=country, state="", days=days, begins=time(8), ends=time(ends)).execute()
    forget()


def test_bx5_dp11_a_new_office_has_hours_for_everywhere(empty_database_url: str) -> None:
    office = database.open_database(empty_database_url)
    held = {row.country: (row.days, row.begins, row.ends) for row in CallingHours.select()}
    office.close()
    assert held[""] == ("1234567", time(8), time(20)) and held["US"] == ("1234567", time(8), time(21))
    assert held["DE"] == ("123456", time(8), time(20))


@pytest.fixture
def noon(hours: None) -> Iterator[datetime]:
    """It is noon in New York, a Monday."""
    moment = at_the_office("America/New_York", 2026, 11, 23, 12, 0)
    with clock.fixed(moment):
        yield moment


def lead(**values: Any) -> Lead:
    return leads.create({"description": "Wants 12 parkas", "phone": NEW_YORK, **values}, "ADMIN")


def kind_of(number: str, record: Any = None, at: datetime | None = None) -> str:
    found = gate.barred(number, "ADMIN", record=record, at=at)
    return found.kind if found else ""


# ---------------------------------------------------------------- who asked for it


def test_bx6_a_flag_a_result_or_the_register_keeps_a_number_from_being_dialed(noon: datetime) -> None:
    assert kind_of(NEW_YORK) == ""
    held = lead(do_not_call=True)
    assert kind_of("+1 (212) 736 5000") == "do_not_call" == kind_of("303-555-0100", record=held)
    held.do_not_call = False
    saving.save(held, "ADMIN")
    customer = factories.stored(Customer)
    customer.do_not_call, customer.other_phone = True, NEW_YORK
    saving.save(customer, "ADMIN")
    assert kind_of(NEW_YORK) == "do_not_call"
    customer.do_not_call = False
    saving.save(customer, "ADMIN")
    refusals.add("phone", NEW_YORK, "wrote a letter", "ADMIN")
    found = gate.barred(NEW_YORK, "ADMIN")
    assert found is not None and (found.kind, found.opens, found.may_override) == ("register", None, True)
    assert "wrote a letter" in found.reason == calls.refused(NEW_YORK, "ADMIN")
    saving.undo_latest("ADMIN")
    assert kind_of(NEW_YORK) == ""


def test_bx6_any_other_result_keeps_nobody_from_being_called(noon: datetime) -> None:
    held = lead(call_code="N")
    assert kind_of(NEW_YORK, record=held) == "" and gate.forbidden(held) == "" == gate.refusal(NEW_YORK, "ADMIN")


def test_bx6_whose_number_it_is_learns_nobody_who_may_not_see_them(noon: datetime, tmp_path: Path) -> None:
    secure(tmp_path, ANN="Operator", BEA="Operator")
    leads.create({"description": "Parkas", "first_name": "Cleo", "phone": NEW_YORK, "do_not_call": True}, "BEA")
    theirs, others = (gate.barred(NEW_YORK, by) for by in ("BEA", "ANN"))
    assert theirs is not None and "Cleo" in theirs.reason
    assert others is not None and "Cleo" not in others.reason and "another operator" in others.reason


def test_bx6_a_queue_asks_about_the_number_that_is_dialed_first(noon: datetime) -> None:
    refusals.add("phone", BERLIN, "", "ADMIN")
    made = [
        lead(phone="", other_phone=BERLIN), lead(phone="", more_phones=f"Mobile: {BERLIN}"),
        lead(phone="303-555-0100", other_phone=BERLIN, more_phones=f"Mobile: {BERLIN}"), lead(phone=""),
    ]  # fmt: skip
    assert [gate.first_number(each) for each in made] == [BERLIN, BERLIN, "303-555-0100", ""]
    assert set(gate.barred_many(made, "ADMIN")) == {made[0].number, made[1].number}


@pytest.mark.parametrize("kind", [Lead, Customer, Contact])
def test_bx6_a_further_number_of_who_asked_is_dialed_from_nowhere(noon: datetime, kind: type[Any]) -> None:
    holder = factories.valid(kind)
    holder.do_not_call, holder.more_phones = True, f"Mobile: {NEW_YORK}\n{BERLIN}"
    saving.save(holder, "ADMIN")
    assert gate.barred("+12127365000", "ADMIN") is not None and gate.refusal(BERLIN, "ADMIN")
    other = leads.save(Lead(description="Other", phone=BERLIN, owner="ADMIN"), "ADMIN")
    assert gate.barred_many([other], "ADMIN")[other.number].kind == "do_not_call"
    holder.do_not_call = False
    saving.save(holder, "ADMIN")
    assert gate.barred(NEW_YORK, "ADMIN") is None and gate.barred(BERLIN, "ADMIN") is None


def test_bx6_an_account_is_not_called_once_its_customer_asked(noon: datetime) -> None:
    customer = saving.save(Customer(company="Acme", phone=BERLIN, do_not_call=True), "ADMIN")
    account = saving.save(Account(name="Acme", phone=NEW_YORK, owner="ADMIN", customer=customer.number), "ADMIN")
    assert gate.barred(NEW_YORK, "ADMIN") is None
    assert gate.barred(NEW_YORK, "ADMIN", record=account).kind == "do_not_call"


def test_bx6_the_result_puts_all_numbers_on_the_register_and_undo_takes_them_off(noon: datetime) -> None:
    held = lead(other_phone="212-736-5001", more_phones="Mobile: 212-736-5002")
    calls.write_call(held, calls.Call("DNC"), "ADMIN")
    assert {row.key_of_number for row in DoNotCall.select()} == {f"+1212736500{last}" for last in "012"}
    assert {(row.source, row.listed_on, row.reason) for row in DoNotCall.select()} == {
        (OWN, noon.date(), "Do Not Call")
    }
    assert kind_of("212-736-5002") == "do_not_call"
    saving.undo_latest("ADMIN")
    assert not DoNotCall.select().exists()


def test_dp7_of_who_is_forgotten_only_a_hash_stays_and_it_still_refuses(noon: datetime) -> None:
    held = lead()
    refusals.add("phone", NEW_YORK, "Ann Lee asked", "ADMIN")
    with work.unit("Forget", by="ADMIN"):
        gate.put_on_register(held, "Ann Lee asked", "ADMIN", forgotten=True)
    (kept,) = DoNotCall.select()
    assert kept.key_of_number.startswith(HASHED) and "736" not in kept.reason + kept.key_of_number[:6]
    assert kept.reason == "" and kind_of(NEW_YORK) == "register"
    (entry,) = refusals.listed(NEW_YORK, "phone", 0, "ADMIN")
    refusals.take_off(entry, "agreed again", "ADMIN")
    assert kind_of(NEW_YORK) == ""


def test_dp7_opt_outs_survive_merging_conversion_and_import(noon: datetime, tmp_path: Path) -> None:
    first, second = lead(first_name="Ann"), lead(first_name="Ann", do_not_call=True)
    merging.merge(proposal.propose(Lead, [first.key, second.key], "ADMIN"), 0, {}, "ADMIN")
    kept = Lead.find(first.key)
    assert kept is not None and kept.do_not_call
    made = conversion.convert(kept.key, "ADMIN")
    assert made.contact is not None and made.contact.do_not_call
    assert made.customer is not None and made.customer.do_not_call
    (tmp_path / "leads.csv").write_text("First Name,Phone,Do Not Call\nBob,512-236-0100,yes\nCy,512-236-0101,no\n")
    run(propose(Lead, open_source(tmp_path / "leads.csv")), operator="ADMIN")
    held = {each.first_name: (each.do_not_call, each.call_code) for each in Lead.select().where(Lead.phone != NEW_YORK)}
    assert held == {"Bob": (True, "DNC"), "Cy": (False, "")}


# ---------------------------------------------------------------- hours


@pytest.mark.parametrize(("hour", "minute", "bars"), [
    (7, 59, "before 08:00"), (8, 0, ""), (21, 0, ""), (21, 1, "after 21:00"), (23, 30, "after 21:00"),
])  # fmt: skip
def test_bx5_dp11_hours_are_those_of_the_called_persons_clock(hours: None, hour: int, minute: int, bars: str) -> None:
    moment = at_the_office("America/New_York", 2026, 11, 23, hour, minute)
    shut = calling_hours.closed(calling_hours.place(NEW_YORK), moment)
    assert (shut.brief() if shut else "") == bars
    assert kind_of(NEW_YORK, at=moment) == ("hours" if bars else "")


def test_c8_the_zone_of_the_lead_goes_before_that_of_the_number(hours: None) -> None:
    held, moment = lead(time_zone="Pacific/Honolulu"), at_the_office("America/New_York", 2026, 11, 23, 10, 0)
    assert (kind_of(NEW_YORK, at=moment), kind_of(NEW_YORK, record=held, at=moment)) == ("", "hours")
    found = gate.barred(NEW_YORK, "ADMIN", record=held, at=moment)
    assert found is not None and found.opens == at_the_office("Pacific/Honolulu", 2026, 11, 23, 8, 0)


@pytest.mark.parametrize("day", [(2026, 3, 8), (2026, 11, 1), (2026, 3, 29), (2026, 10, 25)])
@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Berlin"])
def test_bx5_c8_across_both_clock_changes_eight_is_eight_there(
    hours: None, day: tuple[int, int, int], zone: str
) -> None:
    held = lead(time_zone=zone)
    opens = at_the_office(zone, *day, 8, 0)
    for minutes, wanted in ((-1, "hours"), (0, ""), (12 * 60, ""), (13 * 60 + 1, "hours")):
        assert kind_of(NEW_YORK, record=held, at=opens + timedelta(minutes=minutes)) == wanted, minutes
    night = gate.barred(NEW_YORK, "ADMIN", record=held, at=at_the_office(zone, *day, 0, 30))
    assert night is not None and night.opens == opens


def test_bx5_a_number_of_several_zones_wants_all_of_them_and_a_toll_free_one_our_clock(hours: None) -> None:
    both = "+7 912 345-67-89"  # a mobile of Russia may ring in any of its eleven zones
    assert len(calling_hours.place(both).zones) > 2
    assert kind_of(both, at=at_the_office("Europe/Moscow", 2026, 11, 23, 9, 0)) == ""
    found = gate.barred(both, "ADMIN", at=at_the_office("Europe/Moscow", 2026, 11, 23, 18, 0))
    assert found is not None and found.opens is not None
    assert kind_of(both, at=found.opens) == "" and kind_of(both, at=found.opens - timedelta(minutes=1)) == "hours"
    assert calling_hours.place("800-555-0100").zones == ("",)
    assert kind_of("800-555-0100", at=MONDAY.replace(hour=9)) == ""


def test_bx5_sundays_and_holidays_are_those_of_the_place_and_undo_brings_them_back(hours: None) -> None:
    sunday, monday = (at_the_office("Europe/Berlin", 2026, 11, day, 11, 0) for day in (22, 23))
    found = gate.barred(BERLIN, "ADMIN", at=sunday)
    assert found is not None and "Sunday" in found.reason
    assert found.opens == at_the_office("Europe/Berlin", 2026, 11, 23, 8, 0)
    assert kind_of(BERLIN, at=monday) == ""
    assert calling_hours.keep([(monday.date(), "Buß- und Bettag")], "DE", "", "ADMIN") == 1
    held = gate.barred(BERLIN, "ADMIN", at=monday)
    assert held is not None and "Buß- und Bettag" in held.reason and kind_of(NEW_YORK, at=monday) != "holiday"
    saving.undo_latest("ADMIN")
    assert kind_of(BERLIN, at=monday) == ""
    calling_hours.save(CallingHours(country="US", state="TX", days="1", begins=time(9), ends=time(10)), "ADMIN")
    late = at_the_office("America/Chicago", 2026, 11, 23, 11, 0)
    assert kind_of("512-236-0100", lead(phone="512-236-0100", state="tx"), late) == "hours"
    assert kind_of("512-236-0100", lead(phone="512-236-0100", state="LA"), late) == ""
    with pytest.raises(Mistake, match="ends before"):
        calling_hours.save(CallingHours(country="FR", days="1", begins=time(9), ends=time(8)), "ADMIN")
    with pytest.raises(Mistake, match="no country UK"):  # numbers there are of GB
        calling_hours.save(CallingHours(country="uk", days="1", begins=time(9), ends=time(10)), "ADMIN")
    with pytest.raises(Mistake, match="no country UK"):
        calling_hours.proposed("UK", "", 2027, "ADMIN")


def test_bx5_holidays_are_proposed_and_the_office_says_which_count(office: Office) -> None:
    found = dict(calling_hours.proposed("us", "ca", 2026, "ADMIN"))
    assert found[date(2026, 7, 4)].startswith("Independence Day") and not Holiday.select().exists()
    with pytest.raises(Mistake, match="No holidays are known"):
        calling_hours.proposed("US", "XX", 2026, "ADMIN")


@pytest.mark.parametrize(("typed", "held", "shown"), [
    ("mon-fri", "12345", "Mon–Fri"), ("Mo, Mi – Fr", "1345", "Mon, Wed–Fri"), ("1-7", "1234567", "Mon–Sun"),
    ("sat-mon", "167", "Mon, Sat–Sun"),
])  # fmt: skip
def test_bx5_days_of_the_week_are_typed_and_shown_as_people_say_them(typed: str, held: str, shown: str) -> None:
    kind = CallingHours.kind("days")
    assert kind.read(typed) == held and kind.show(held) == shown
    with pytest.raises(Mistake, match="no days"):
        kind.read("whenever")


# ---------------------------------------------------------------- how often, and despite it


def test_bx43_a_number_is_called_so_often_within_24_hours_whatever_list_it_stands_in(noon: datetime) -> None:
    office.choose(MOST_A_DAY, "2", "ADMIN")
    bridge = CopyOnly(Notepad())
    for minutes in (0, 10):
        with clock.fixed(noon + timedelta(minutes=minutes)):
            calls.dial("(212) 736-5000" if minutes else NEW_YORK, "ADMIN", bridge=bridge)
    with clock.fixed(noon + timedelta(minutes=20)), pytest.raises(gate.NotCalled, match="2 times") as caught:
        calls.dial(NEW_YORK, "ADMIN", bridge=bridge, record=lead())
    assert caught.value.barred.opens == noon + timedelta(hours=24)
    assert kind_of(NEW_YORK, at=noon + timedelta(hours=24, seconds=1)) == ""
    with clock.fixed(noon + timedelta(days=9)):
        gate.note(NEW_YORK, "ADMIN")
        assert DialRow.select().count() == 1


def test_bx5_bx6_who_may_calls_despite_a_rule_with_a_reason_that_stands_in_the_log(noon: datetime) -> None:
    held, pad = lead(do_not_call=True), Notepad()
    with pytest.raises(gate.NotCalled):
        calls.dial(NEW_YORK, "ADMIN", bridge=CopyOnly(pad), record=held, override="  ")
    assert not pad.text and not DialRow.select().exists()
    dialed = calls.dial(NEW_YORK, "ADMIN", bridge=CopyOnly(pad), record=held, override="asked us to ring back")
    call = PhoneCall.find(dialed.logged)
    assert call is not None and (call.override, call.lead) == ("asked us to ring back", held.key)
    assert pad.text == "+12127365000" and DialRow.select().count() == 1
    calls.dial("303-555-0100", "ADMIN", bridge=CopyOnly(pad), override="not needed")
    assert PhoneCall.select().count() == 1


def test_bx6_without_the_job_function_nobody_calls_despite_a_rule(hours: None, tmp_path: Path) -> None:
    secure(tmp_path, ANN="Operator")
    with clock.fixed(at_the_office("America/New_York", 2026, 11, 23, 23, 0)):
        found = gate.barred(NEW_YORK, "ANN")
        assert found is not None and not found.may_override
        with pytest.raises(gate.NotCalled):
            calls.dial(NEW_YORK, "ANN", bridge=CopyOnly(Notepad()), override="because")
        refusals.add("phone", NEW_YORK, "", "ADMIN")
        (entry,) = refusals.listed(NEW_YORK, "phone", 0, "ADMIN")
        with pytest.raises(Refused):
            refusals.take_off(entry, "because", "ANN")


def test_bx4_a_queue_asks_for_many_at_once_and_hears_the_same(noon: datetime) -> None:
    made = [lead(phone=f"212-736-{5000 + place}") for place in range(30)]
    refusals.add("phone", "212-736-5003", "", "ADMIN")
    made.append(lead(phone="212-736-5004", do_not_call=True))
    made.append(lead(phone="212-736-5005", time_zone="Asia/Tokyo"))
    many = gate.barred_many(made, "ADMIN")
    assert {key: found.kind for key, found in many.items()} == {
        each.key: kind for each in made if (kind := kind_of(each.phone, record=each))
    }
    assert sorted(found.kind for found in many.values()) == ["do_not_call", "do_not_call", "hours", "register"]


# ---------------------------------------------------------------- nothing leaves


class FarEnd(Notepad):
    """A clipboard and what opens links, which keep all they were given."""

    def __init__(self) -> None:
        super().__init__()
        self.out: list[str] = []

    def copy(self, text: str) -> None:
        super().copy(text)
        self.out.append(text)

    def open(self, link: str) -> bool:
        self.out.append(link.partition(":")[2])
        return True


def test_bx5_bx6_a_barred_number_leaves_through_no_bridge(noon: datetime, tmp_path: Path) -> None:
    by_chance, end = random.Random(43), FarEnd()
    ways = dialing.bridges(Station(tmp_path / "station.json"), end, end.open)
    numbers = [f"+1212{by_chance.randrange(2_000_000, 9_999_999)}" for _ in range(20)]
    for number in numbers:
        refusals.add("phone", number, "", "ADMIN")
    night = ["+81 3-3210-7000", "+61 2 9374 4000", "+91 22 6617 7000"]
    at = at_the_office("Asia/Tokyo", 2026, 11, 24, 3, 0)
    for bridge in ways:
        for number in numbers:
            written = by_chance.choice([number, number[2:], f"({number[2:5]}) {number[5:8]}-{number[8:]} ext. 12"])
            with pytest.raises(gate.NotCalled):
                calls.dial(written, "ADMIN", bridge=bridge, clipboard=end)
        for number in night:
            with clock.fixed(at), pytest.raises(gate.NotCalled):
                calls.dial(number, "ADMIN", bridge=bridge, clipboard=end)
    assert end.out == [] and not DialRow.select().exists()


def test_bx5_hostile_texts_let_out_nothing_but_what_is_dialed(noon: datetime, tmp_path: Path) -> None:
    by_chance, end = random.Random(5), FarEnd()
    _hotkey, *ways = dialing.bridges(Station(tmp_path / "station.json"), end, end.open)
    office.choose(MOST_A_DAY, "0", "ADMIN")
    signs = "0123456789+*#,;-() ./&|$`\"'<>\n\t\x00\u202e％７&; rm -rf"
    for place in range(80):
        text = "".join(by_chance.choice(signs) for _ in range(by_chance.randrange(1, 25)))
        with suppress(Mistake):
            calls.dial(text, "ADMIN", bridge=ways[place % 2], clipboard=end)
    assert end.out and all(re.fullmatch(r"[0-9*#+,;]+", sent.replace("%23", "#")) for sent in end.out)
