"""Who does not want to be called, texted or written to, seen and kept in one place (DP-7, DP-9, BX-6, SI-24)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import clock, work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.records import DoNotCall
from channergy_crm.records.do_not_call import HASHED, LONGEST_REASON
from channergy_crm.records.privacy import Channel, OptOut
from channergy_crm.services import gate, register, saving
from channergy_crm.services.privacy import optouts, refusals
from channergy_crm.services.privacy.refusals import EMAIL, PHONE, SMS
from channergy_crm.store import database
from tests.domain.secured import ANN, Secured
from tests.factories import BY

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.services.privacy.refusals import Entry
    from channergy_crm.store.database import Office

NUMBER, OTHER = "+16502537777", "+16502537778"


def listed(words: str = "", channel: str = "") -> list[Entry]:
    return refusals.listed(words, channel, 0, BY)


def seen(words: str = "", channel: str = "") -> list[tuple[str, str, str]]:
    return [(entry.channel, entry.address, entry.source) for entry in listed(words, channel)]


def test_dp9_addresses_numbers_and_stop_answers_are_seen_together_and_found(
    office: Office, fixed_clock: datetime
) -> None:
    refusals.add(EMAIL, "ANN@acme.example", "unsubscribed from the newsletter", BY)
    refusals.add(PHONE, "650-253-7777", "asked in a call", BY)
    refusals.add(SMS, "(650) 253-7777", "STOP", BY)
    register.take_in([["+442079460000"], ["+442079460001"]], "TPS", date(2026, 11, 1), BY)
    lists = [("phone", "+442079460000", "TPS"), ("phone", "+442079460001", "TPS")]
    assert sorted(seen()[:3]) == [
        ("email", "ann@acme.example", "own"),
        ("phone", NUMBER, "own"),
        ("sms", NUMBER, "sms"),
    ]
    assert seen()[3:] == lists
    assert [refusals.listed("", "", start, BY, 2) for start in (0, 2, 4)] == [listed()[:2], listed()[2:4], listed()[4:]]
    assert seen(channel=EMAIL) == [("email", "ann@acme.example", "own")]
    assert seen(channel=SMS) == [("sms", NUMBER, "sms")] and len(seen(channel=PHONE)) == 3
    assert seen("Acme") == seen("NEWSLETTER") == seen(channel=EMAIL)
    assert seen("253 77") == seen("650-253-7777") and len(seen("253 77")) == 2
    assert seen("tps") == seen("2079460") == lists
    assert seen("call") == [("phone", NUMBER, "own")] and not seen("nobody") and not seen("room 253")


def test_dp9_several_lines_are_taken_down_in_one_step_and_what_cannot_be_read_is_told_line_by_line(
    office: Office, fixed_clock: datetime
) -> None:
    refusals.add(EMAIL, "ann@acme.example", "", BY)
    found = refusals.add(
        EMAIL, "Ann Lee <ann@acme.example>\n\nben@acme.example; Cleo\nben@acme.example\nat home", "fax", BY
    )
    assert (found.added, found.there) == (1, 1)
    assert [(each.line, each.text) for each in found.unread] == [(3, "Cleo"), (5, "at home")]
    assert "looks like name@company.com" in found.unread[0].why
    numbers = refusals.add(PHONE, "650-253-7777\nnone\n650-253-7778", "fair", BY)
    assert (numbers.added, [each.text for each in numbers.unread]) == (2, ["none"])
    assert gate.refusal(NUMBER, BY) and optouts.refuses(Channel.EMAIL, "BEN@acme.example", BY)
    saving.reverse(numbers.unit, BY)
    assert not gate.refusal(NUMBER, BY) and not DoNotCall.select().exists()
    assert refusals.add(EMAIL, "ben@acme.example", "", BY).unit == 0
    with pytest.raises(Mistake, match="Type a number"):
        refusals.add(SMS, " \n ", "", BY)


def test_dp9_two_hundred_lines_are_asked_and_written_together_and_one_too_long_is_told(office: Office) -> None:
    refusals.add(PHONE, "+16502537005\n+16502537006", "", BY)
    asked: list[str] = []
    hook: Callable[[Any], None] = lambda event: asked.append(event.sql)  # noqa: E731
    database.proxy.obj.query_hooks.append(hook)
    found = refusals.add(PHONE, "\n".join(f"+1650253{7000 + each}" for each in range(200)), "fair", BY)
    addresses = refusals.add(EMAIL, "\n".join(f"ann{each}@acme.example" for each in range(200)), "fair", BY)
    database.proxy.obj.query_hooks.remove(hook)
    assert (found.added, found.there, addresses.added) == (198, 2, 200) and len(asked) < 60
    entry = refusals.listed("ann7@acme", EMAIL, 0, BY)[0]
    assert (entry.address, entry.reason, OptOut.find(entry.number).version) == ("ann7@acme.example", "fair", 1)
    saving.reverse(addresses.unit, BY)
    saving.reverse(found.unit, BY)
    assert (len(listed()), OptOut.select().count()) == (2, 0)
    long = refusals.add(EMAIL, f"ann@{'acme' * 100}.example\nben@acme.example", "", BY)
    assert (long.added, [each.line for each in long.unread]) == (1, [1])


def test_dp9_who_wants_it_again_is_taken_off_with_a_reason_but_a_stop_answer_stays(office: Office) -> None:
    for channel, text in ((EMAIL, "ann@acme.example"), (PHONE, NUMBER), (SMS, NUMBER)):
        refusals.add(channel, text, "asked", BY)
    held = {entry.channel: entry for entry in listed()}
    with pytest.raises(Mistake, match="Say why"):
        refusals.take_off(held[EMAIL], " ", BY)
    unit = refusals.take_off(held[EMAIL], "signed up again", BY)
    refusals.take_off(held[PHONE], "agreed", BY)
    assert seen() == [("sms", NUMBER, "sms")] and not OptOut.select().exists()
    entry = saving.undoable(BY)
    assert entry is not None and entry.name == f"Call {NUMBER} again: agreed"
    saving.reverse(unit, BY)
    assert optouts.refuses(Channel.EMAIL, "ann@acme.example", BY)
    with pytest.raises(Refused, match="kept for ever"):
        refusals.take_off(held[SMS], "wants messages", BY)


def test_dp7_who_was_forgotten_is_nobody_on_the_list_until_somebody_names_the_address(office: Office) -> None:
    refusals.add(EMAIL, "ann@acme.example", "", BY)
    refusals.add(PHONE, NUMBER, "", BY)
    with work.unit("Forget them", by=BY):
        OptOut.update(key_of_address=optouts.hashed(Channel.EMAIL, "ann@acme.example")).execute()
        DoNotCall.update(key_of_number=register.hashed(NUMBER)).execute()
    assert [entry.address for entry in listed()] == ["", ""]
    with pytest.raises(Refused, match="not known here any more"):
        refusals.take_off(listed()[0], "agreed", BY)
    assert not seen("acme") and not seen("253")
    assert seen("Ann@Acme.example") == [("email", "ann@acme.example", "own")]
    assert refusals.add(EMAIL, "ann@acme.example", "", BY).there == 1
    refusals.take_off(listed("650-253-7777")[0], "agreed", BY)
    assert not DoNotCall.select().exists()


def test_dp7_a_number_that_was_forgotten_is_there_already_and_its_hash_is_not_looked_into(office: Office) -> None:
    refusals.add(PHONE, NUMBER, "", BY)
    refusals.add(EMAIL, "ann@acme.example", "", BY)
    with work.unit("Forget them", by=BY):
        DoNotCall.update(key_of_number=f"{HASHED}4711").execute()
        OptOut.update(key_of_address=f"{HASHED}4711").execute()
    assert not seen("4711") and not seen(HASHED)
    with work.unit("Forget them", by=BY):
        DoNotCall.update(key_of_number=register.hashed(NUMBER)).execute()
    again = refusals.add(PHONE, NUMBER, "", BY)
    assert (again.added, again.there, again.unit) == (0, 1, 0)


def test_dp9_the_latest_comes_first_and_a_page_of_the_list_is_a_part_of_it(office: Office) -> None:
    noted = [(PHONE, "650-253-7771"), (EMAIL, "b@acme.example"), (PHONE, "650-253-7770"), (EMAIL, "a@acme.example")]
    for day, (channel, text) in enumerate(noted, 1):
        with clock.fixed(datetime(2026, 11, day, 10)):
            refusals.add(channel, text, "", BY)
    register.take_in([["+442079460001"]], "TPS", date(2026, 11, 20), BY)
    register.take_in([["+442079460000"]], "XPS", date(2026, 11, 21), BY)
    numbers, others = ["+16502537770", "+16502537771"], ["+442079460000", "+442079460001"]
    assert [one.address for one in listed()] == ["a@acme.example", numbers[0], "b@acme.example", numbers[1], *others]
    assert [one.address for one in listed(channel=EMAIL)] == ["a@acme.example", "b@acme.example"]
    assert [one.address for one in listed(channel=PHONE)] == [*numbers, *others]


def test_dp9_what_was_done_is_called_by_how_many_and_what_is_gone_is_said(office: Office) -> None:
    refusals.add(PHONE, f"{NUMBER}\n{OTHER}", "x" * 2 * LONGEST_REASON, BY)
    entry, held = saving.undoable(BY), listed()[0]
    assert entry is not None and entry.name == "Put numbers on the register (2)"
    assert len(held.reason) == LONGEST_REASON
    refusals.take_off(held, "agreed", BY)
    with pytest.raises(Mistake, match="is gone"):
        refusals.take_off(held, "agreed", BY)
    nothing = refusals.add(PHONE, "at home", "", BY)
    assert (nothing.added, nothing.there, [each.text for each in nothing.unread]) == (0, 0, ["at home"])


def test_bx6_only_administrators_take_a_number_off(office: Office) -> None:
    Secured()
    assert refusals.add(PHONE, OTHER, "asked", ANN).added == 1
    refusals.add(EMAIL, "ann@acme.example", "", ANN)
    held = {entry.channel: entry for entry in listed()}
    assert "administrator" in refusals.why_it_stays(held[PHONE], ANN).lower()
    with pytest.raises(Refused):
        refusals.take_off(held[PHONE], "agreed", ANN)
    refusals.take_off(held[EMAIL], "signed up again", ANN)
    assert [entry.channel for entry in listed()] == [PHONE]
