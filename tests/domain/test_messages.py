"""Messages to people: who gets one and who does not, and what is kept of them (SI-24)."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from channergy_crm import clock, work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.outgoing import messages as outgoing
from channergy_crm.records import CallingHours, DoNotCall, Lead, Project
from channergy_crm.records.calling_hours import forget
from channergy_crm.records.messages import BatchRow, MessageRow
from channergy_crm.services import (
    accounts,
    conversion,
    gate,
    messages,
    recipients,
    register,
    saving,
)
from channergy_crm.services import office as offices
from channergy_crm.services.privacy import refusals
from channergy_crm.services.timeline import pages
from channergy_crm.settings import SMS_WITHOUT_PROJECT
from channergy_crm.store import database
from tests.domain.sms_gateway import HELLO, PROGRESS, SmsServer, lead, made, mobile, prepared, states
from tests.secured import secure

if TYPE_CHECKING:
    from channergy_crm.store.database import Office

ROOT = Path(__file__).resolve().parents[2]


# ---------------------------------------------------------------- who gets one


def test_si24_who_is_left_out_and_why(office: Office) -> None:
    well = lead("Ann", mobile(1))
    people = [
        well,
        lead("Landline", "+49 30 25002525"),
        lead("Wishes", mobile(2), sms_opt_out=True),
        lead("Same as Wishes", "+49 30 25002525", more_phones=f"Mobile: {mobile(2)}"),
        lead("Stopped", mobile(3)),
        lead("No calls", mobile(4), do_not_call=True),
        lead("Registered", mobile(5)),
        lead("Twice", mobile(1)),
        lead("", mobile(6)),
    ]
    refusals.add("sms", mobile(3), "answered STOP", "ADMIN")
    refusals.add("phone", mobile(5), "", "ADMIN")
    gone = lead("Gone", mobile(7))
    key = gone.key
    saving.delete(gone, "ADMIN")
    asked = [(Lead, each.key) for each in people] + [(Lead, key)]
    found = recipients.prepare(asked, "Hello {{ lead.first_name }}", "ADMIN")
    assert [(each.number, each.text) for each in found.recipients] == [(mobile(1), "Hello Ann")]
    assert [each.why for each in found.left_out] == [
        "gone", "no_mobile", "opted_out", "opted_out", "stopped", "do_not_call", "register", "unknown", "twice",
    ]  # fmt: skip
    assert dict(found.reasons())["want no SMS"] == 2 and found.parts == 1


def test_si24_a_stop_forbids_messages_and_no_calls_and_is_kept(office: Office) -> None:
    refusals.add("sms", mobile(1), "answered STOP", "ADMIN")
    assert gate.barred(mobile(1), "ADMIN") is None and DoNotCall.get().reason == "answered STOP"
    assert list(register.stopped([mobile(1)], "ADMIN")) == [mobile(1)]
    with pytest.raises(Mistake, match="needs a name"):
        register.take_in([[mobile(2)]], "sms", clock.today(), "ADMIN")


def test_si24_quiet_hours_hold_before_and_while_it_is_sent(gateway: SmsServer) -> None:
    held = lead("Ann", mobile(1))
    ready = prepared([held])
    with database.writing():
        CallingHours.delete().execute()
        CallingHours.insert(country="", state="", days="1234567", begins=time(8), ends=time(9)).execute()
    forget()
    assert [each.why for each in prepared([held]).left_out] == ["hours"]
    messages.make("one", HELLO, ready, "ADMIN")
    outgoing.run(PROGRESS)
    row = MessageRow.get()
    assert (gateway.sent, row.state) == ([], "waiting") and row.next_try > clock.now() and "there" in row.error
    with clock.fixed(row.next_try):
        outgoing.run(PROGRESS)
    assert len(gateway.sent) == 1


def test_si24_of_a_deal_its_account_is_written_to_also_at_the_number_of_its_customer(office: Office) -> None:
    made = conversion.convert(lead("Ann", mobile(1), company="Acme").number, "ADMIN")
    found = prepared([made.opportunity], "About {{ opportunity.name }}: {{ account.name }}")
    (one,) = found.recipients
    assert one.record == made.account and one.about == made.opportunity and one.number == mobile(1)
    account = made.account
    account.phone = "+49 30 25002525"
    accounts.save(account, "ADMIN")
    customer = accounts.customer_of(account, "ADMIN")
    customer.other_phone = mobile(2)
    saving.save(customer, "ADMIN")
    assert [each.number for each in prepared([made.account]).recipients] == [mobile(1)]
    customer.sms_opt_out = True
    saving.save(customer, "ADMIN")
    assert [each.why for each in prepared([made.account]).left_out] == ["opted_out"]


def test_si24_only_where_the_project_has_sms_on(office: Office) -> None:
    with work.unit("Make", by="ADMIN"):
        off, on = (Project.create(name=name, uses_sms=name == "On") for name in ("Off", "On"))
    people = [lead("Of none", mobile(1)), lead("Off", mobile(2), project=off.number)]
    people.append(lead("On", mobile(3), project=on.number))
    converted = conversion.convert(lead("Sold", mobile(4), company="Acme", project=off.number).number, "ADMIN")
    people.append(accounts.customer_of(converted.account, "ADMIN"))
    people.append(converted.opportunity)

    def got() -> list[str]:
        return [each.number for each in prepared(people).recipients]

    assert got() == [mobile(1), mobile(3)]
    assert {(each.why, each.reason) for each in prepared(people).left_out} == {("project", "Off")}
    offices.choose(SMS_WITHOUT_PROJECT, "off", "ADMIN")
    assert got() == [mobile(3)]


def test_si24_a_text_that_cannot_be_filled_in_is_sent_to_nobody(office: Office) -> None:
    for text, said in (("", "Write what"), ("Hi {{ lead.frist_name }}", "did you mean"), ("x" * 2001, "at most 2,000")):
        with pytest.raises(Mistake, match=said):
            prepared([lead("Ann", mobile(1))], text)
    assert [each.why for each in prepared([lead("Bob", mobile(2))], "ы" * 700).left_out] == ["long"]


# ---------------------------------------------------------------- what is kept


def test_si24_a_message_stands_on_the_timeline_of_its_person(gateway: SmsServer) -> None:
    held = lead("Ann", mobile(1))
    messages.make("one", HELLO, prepared([held]), "ADMIN")
    outgoing.run(PROGRESS)
    page = pages.of(held, "ADMIN")
    entry = next(each for each in page.entries if each.kind == "message")
    assert (entry.title, entry.note, page.counts["message"]) == ("SMS · sent", "Hello Ann", 1)
    assert pages.of(held, "ADMIN", kinds=("message",), words="hello ann").entries == [entry]


def test_dp3_of_an_erased_person_figures_stay_and_no_word(gateway: SmsServer) -> None:
    one, other = lead("Ann", mobile(1)), lead("Bob", mobile(2))
    messages.make("one", "Only for Ann", prepared([one], "Only for Ann"), "ADMIN")
    messages.make("two", HELLO, prepared([one, other]), "ADMIN")
    outgoing.run(PROGRESS)
    messages.make("three", HELLO, prepared([one]), "ADMIN")
    assert messages.erase("CRMLeads", one.key, "ADMIN") == 3
    theirs = MessageRow.select().where(MessageRow.key == str(one.key))
    assert {(row.address, row.text, row.error, row.gateway_id, row.parts) for row in theirs} == {("", "", "", None, 1)}
    assert states("three") == {"cancelled": 1} and states("two") == {"sent": 2}
    assert {row.key: row.template for row in BatchRow.select()} == {"one": "", "two": HELLO, "three": ""}
    assert MessageRow.get(MessageRow.key == str(other.key)).text == "Hello Bob"


def test_si24_others_messages_are_stopped_by_nobody_else(gateway: SmsServer, tmp_path: Path) -> None:
    made(1)
    secure(tmp_path, ANN="Operator")
    with pytest.raises(Refused, match="ADMIN"):
        messages.cancel("one", "ANN")
    held = Lead.get()
    assert [each.why for each in prepared([held], by="ANN").left_out] == ["gone"]
    with pytest.raises(Refused):
        messages.erase("CRMLeads", held.key, "ANN")
    assert messages.batches("ANN") == [] and [each.key for each in messages.batches("ADMIN")] == ["one"]
