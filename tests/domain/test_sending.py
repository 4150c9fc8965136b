"""Messages are sent once, whatever the gateway does and whenever the program is ended (SI-24)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest

from channergy_crm import secrets
from channergy_crm.jobs import known
from channergy_crm.jobs.runner import Interrupted, Runner
from channergy_crm.outgoing import gateways
from channergy_crm.outgoing import messages as outgoing
from channergy_crm.outgoing.gateways import Account as Own
from channergy_crm.outgoing.line import Answer
from channergy_crm.records.jobs import JobRow
from channergy_crm.records.messages import MessageRow, State
from channergy_crm.services import (
    messages,
)
from channergy_crm.services import (
    office as offices,
)
from channergy_crm.services.privacy import refusals
from channergy_crm.settings import SMS_GATEWAY, SMS_KIND, SMS_URL
from channergy_crm.store import database
from tests.domain.sms_gateway import (
    HELLO,
    KEY,
    PROGRESS,
    SmsServer,
    after,
    arrange,
    lead,
    made,
    mobile,
    prepared,
    states,
)

if TYPE_CHECKING:
    from datetime import datetime

    from channergy_crm.store.database import Office

ROOT = Path(__file__).resolve().parents[2]


# ---------------------------------------------------------------- sending


def test_si24_each_gets_one_with_the_secret_in_the_head_and_nowhere_else(gateway: SmsServer) -> None:
    made(3, template="Grüße & 5 €, {{ lead.first_name }}\n😀")
    assert messages.make("one", "other", prepared([lead("Ann", mobile(9))], "other"), "ADMIN") == 3  # pressed twice
    outgoing.run(PROGRESS)
    assert [(number, text) for _ref, number, text in gateway.sent] == [
        (mobile(place), f"Grüße & 5 €, N{place}\n😀") for place in range(3)
    ]
    assert states() == {"sent": 3} and gateway.heads[0]["Authorization"].startswith("Basic ")
    held = messages.batch("one", "ADMIN")
    assert held is not None and held.cost == "0.21"
    row = MessageRow.get()
    assert row.gateway_id == f"id-{row.reference}" and KEY not in str(list(MessageRow.select().dicts()))
    outgoing.run(PROGRESS)
    assert len(gateway.sent) == 3


@pytest.mark.parametrize(
    ("way", "state", "error"),
    [
        ("400", "failed", "no 400"),
        ("500", "unknown", "no 500"),
        ("deaf", "unknown", "closed the line"),
        ("close", "unknown", "closed the line"),
        ("half", "unknown", "closed the line"),
        ("twice", "sent", ""),
    ],
)
def test_si24_whatever_a_gateway_does_nobody_gets_two(gateway: SmsServer, way: str, state: str, error: str) -> None:
    gateway.ways = [way]
    made(2)
    outgoing.run(PROGRESS)
    rows = list(MessageRow.select().order_by(MessageRow.number))
    assert [row.state for row in rows] == [state, "sent"] and error in rows[0].error
    with after(hours=3):
        outgoing.run(PROGRESS)
    assert not gateway.twice() and MessageRow.get_by_id(rows[0].number).state == state


def test_si24_a_gateway_that_stalls_is_waited_for_so_long_and_no_longer(
    gateway: SmsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gateways.Gateway, "seconds", 0.3)
    monkeypatch.setattr(gateways.Gateway.__init__, "__defaults__", _with(gateways.Gateway.__init__.__defaults__, 0.3))
    gateway.ways = ["stall"]
    made(2)
    outgoing.run(PROGRESS)
    assert states() == {"unknown": 1, "sent": 1}
    (stalled,) = messages.of_batch("one", "ADMIN", [State.UNKNOWN])
    assert "in time" in stalled.error and messages.undecided("ADMIN") == 1
    assert messages.decide([stalled.number], went=True, by="ADMIN") == 1 and states() == {"sent": 2}
    assert "says that it went" in MessageRow.get_by_id(stalled.number).error
    assert messages.decide([stalled.number], went=False, by="ADMIN") == 0


def _with(defaults: Any, seconds: float) -> Any:
    """The fields' own values, the last of them another one."""
    return (*defaults[:-1], seconds)


def test_si24_after_three_ends_nobody_saw_the_rest_waits(gateway: SmsServer) -> None:
    gateway.usual = "close"
    made(6)
    with pytest.raises(outgoing.Busy):
        outgoing.run(PROGRESS)
    assert states() == {"unknown": 3, "waiting": 3}
    again = messages.of_batch("one", "ADMIN", [State.UNKNOWN])
    gateway.usual = "ok"
    messages.decide([again[0].number], went=False, by="ADMIN")  # somebody says: it did not arrive, send it again
    outgoing.run(PROGRESS)
    assert states() == {"unknown": 2, "sent": 4}


@pytest.mark.parametrize("way", ["401", "403", "404", "429", "302"])
def test_si24_a_gateway_that_takes_nothing_keeps_all_of_them_waiting(gateway: SmsServer, way: str) -> None:
    gateway.ways = [way]
    made(2)
    with pytest.raises(outgoing.Busy, match=f"no {way}"):
        outgoing.run(PROGRESS)
    assert states() == {"waiting": 2} and not gateway.sent
    outgoing.run(PROGRESS)
    assert states() == {"sent": 2}


def test_si24_a_gateway_that_is_not_there_keeps_all_of_them_waiting(gateway: SmsServer) -> None:
    gateway.stop()
    made(2)
    with pytest.raises(outgoing.Busy, match="Nothing answers"):
        outgoing.run(PROGRESS)
    held = messages.batch("one", "ADMIN")
    assert states() == {"waiting": 2} and held is not None and "Nothing answers" in held.why


def test_si24_after_a_crash_a_gateway_that_knows_our_references_is_asked(
    office: Office, fixed_clock: datetime, server: SmsServer
) -> None:
    arrange(server, knows_references=True)
    made(3)
    rows = list(MessageRow.select().order_by(MessageRow.number))
    with database.writing():  # the program ended with two of them in flight: one was heard
        MessageRow.update(state="sending").where(MessageRow.number.in_([rows[0].number, rows[1].number])).execute()
    server.sent.append((rows[0].reference, rows[0].address, rows[0].text))
    outgoing.run(PROGRESS)
    assert states() == {"unknown": 2, "sent": 1} and messages.undecided("ADMIN") == 0
    with after(seconds=61):
        outgoing.run(PROGRESS)
    assert states() == {"sent": 3} and not server.twice() and len(server.sent) == 3


def test_si24_reports_are_asked_for_until_they_come(office: Office, fixed_clock: datetime, server: SmsServer) -> None:
    arrange(server, reports=True)
    made(3)
    outgoing.run(PROGRESS)
    rows = list(MessageRow.select().order_by(MessageRow.number))
    server.states = {rows[0].gateway_id: "Delivered", rows[1].gateway_id: "undelivered"}
    assert outgoing.is_wanted() is False
    with after(seconds=20):
        assert outgoing.is_wanted() is True
        outgoing.run(PROGRESS)
        outgoing.run(PROGRESS)
    assert states() == {"delivered": 1, "failed": 1, "sent": 1} and len(server.asked) == 3
    with after(hours=80):
        outgoing.run(PROGRESS)
        assert outgoing.is_wanted() is False


def test_si24_a_batch_is_stopped_and_what_was_being_sent_goes(gateway: SmsServer) -> None:
    made(3)

    def stop(done: int, _total: int, _text: str) -> None:
        if done == 1:
            messages.cancel("one", "ADMIN")

    outgoing.run(stop)
    assert states() == {"sent": 1, "cancelled": 2} and len(gateway.sent) == 1


def test_si24_whoever_asks_for_it_meanwhile_gets_none(gateway: SmsServer) -> None:
    made(2)
    refusals.add("sms", mobile(0), "answered STOP", "ADMIN")
    outgoing.run(PROGRESS)
    assert states() == {"cancelled": 1, "sent": 1}


def test_si24_what_runs_by_itself_sends_and_tries_again_later(office: Office, gateway: SmsServer) -> None:
    made(2)
    gateway.ways = ["401"]
    runner = Runner(office, known.sending(), known.MESSAGES)
    (failed,) = runner.look() or []
    assert (failed.state, failed.error) == ("failed", "no 401") and runner.look() == []
    with after(seconds=61):
        (done,) = runner.look() or []
    assert done.state == "done" and states() == {"sent": 2}
    assert JobRow.select().where(JobRow.job == known.MESSAGES).count() == 2
    secrets.forget(gateways.SECRET)
    made_by_hand = lead("Late", mobile(9))
    messages.make("two", HELLO, prepared([made_by_hand]), "ADMIN")
    with after(hours=1):
        assert runner.look() == []  # this workstation has no key


def test_si24_a_program_that_is_closed_leaves_the_rest_for_another_time(office: Office, gateway: SmsServer) -> None:
    made(3)

    def close(done: int, _total: int, _text: str) -> None:
        if done == 2:
            raise Interrupted

    with pytest.raises(Interrupted):
        outgoing.run(close)
    outgoing.run(PROGRESS)
    assert states() == {"sent": 3} and not gateway.twice()


@pytest.mark.engines("sqlite")
@pytest.mark.skipif(sys.platform == "win32", reason="the program is killed the POSIX way")
def test_si24_killed_again_and_again_nobody_gets_two() -> None:
    """With a gateway that knows our references everybody gets one; else who was in flight is unknown."""
    command = [sys.executable, "-m", "tests.benchmarks.bench_sms", "60", "5"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    found = json.loads(done.stdout)
    assert found["passes"], found
    assert [each["kills"] for each in found["gateways"]] == [5, 5]


# ---------------------------------------------------------------- gateways


@pytest.mark.parametrize("gateway", gateways.PRESETS, ids=lambda gateway: gateway.name)
def test_si24_the_presets_are_sound_and_encode_what_is_put_in(gateway: gateways.Gateway) -> None:
    own = Own("acc.example", "Office", KEY)
    assert gateways.problem(gateway, own) is None
    text = 'Grüße "5 €" & {to}\n\\ 😀'
    request = gateways.to_send(gateway, own, "+4915112345678", text, "ref")
    assert request.url.startswith("https://") and KEY not in request.url
    said = (request.body or b"").decode()
    if gateway.kind == "json":
        assert text in _leaves(json.loads(said))
    else:
        assert [text] in parse_qs(said, strict_parsing=True).values()
    refused = gateways.problem(gateway, own._replace(sender=""))
    assert refused is not None and "sender" in refused
    if gateway.account_label:
        assert gateways.problem(gateway, own._replace(account="")) == f"{gateway.account_label} is required."


def _leaves(held: Any) -> list[Any]:
    if isinstance(held, dict | list):
        parts = held.values() if isinstance(held, dict) else held
        return [leaf for part in parts for leaf in _leaves(part)]
    return [held]


def test_si24_a_description_that_cannot_work_is_said(gateway: SmsServer) -> None:
    own = gateways.account()
    held = gateways.chosen()
    assert held is not None and gateways.problem(held, own) is None and own.secret == KEY
    assert outgoing.try_out(held, own, mobile(5), "Test", "ADMIN").startswith("The gateway took it, as id-try")
    for setting, value, said in (
        (SMS_URL, "http://gateway.example/send", "Without encryption"),
        (SMS_URL, "gateway", "begins with https"),
        (SMS_KIND, "json", "no JSON"),
    ):
        before = offices.get(setting, "ADMIN")
        offices.choose(setting, value, "ADMIN")
        changed = gateways.chosen()
        assert changed is not None and said in (gateways.problem(changed, own) or "")
        offices.choose(setting, before, "ADMIN")
    offices.choose(SMS_GATEWAY, "", "ADMIN")
    assert gateways.chosen() is None and not gateways.is_ready()


def test_si24_the_secret_is_in_no_error(gateway: SmsServer) -> None:
    held, own = gateways.chosen(), gateways.account()
    assert held is not None
    told = gateways.read_sent(held, Answer(400, "Bad", f'{{"error": "key {KEY} is wrong"}}'), own)
    assert told == gateways.Told("refused", error="key … is wrong")
