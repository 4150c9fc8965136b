"""What the CRM and a Viper site say to each other, against a real one on loopback, and every way in which it fails.

VP-1, VP-2, VP-10, VP-12, VP-20, VP-46, BX-34.
"""

from __future__ import annotations

import http.client
import json
import logging
import re
import socket
import time
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from channergy_crm.sync import fields
from channergy_crm.sync.sandbox.server import Sandbox
from channergy_crm.sync.viper import line, wire
from channergy_crm.sync.viper.wire import Busy, Item, Lost, Nonsense, NotSent, Refused, Site
from tests.domain.viper_site import WORDS, Process, certificate, companies, connection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TRIP = {"name": "Spring trip", "preferred_arrival": "2027-04-01", "preferred_departure": "2027-04-05",
        "sales_stage": "Draft", "probability": 10, "assigned_to": "U1"}  # fmt: skip


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Sandbox]:
    """A site that takes everything."""
    site = Sandbox(tmp_path / "site").start()
    yield site
    site.stop()


@pytest.fixture
def site(there: Sandbox) -> Iterator[Site]:
    """A line to it."""
    with Site(connection(there.address), "demo", seconds=5) as line:
        yield line


# ---------------------------------------------------------------- it goes well


def test_vp1_one_is_let_in_with_the_credentials_of_the_site_over_one_line(there: Sandbox, site: Site) -> None:
    there.faults.skew = timedelta(minutes=4, seconds=5)
    assert site.test() == "Connected as Demo; 5 users, 0 companies; its clock is 4 minutes ahead."
    assert [(user.id, user.name, user.kind) for user in site.users()][:2] == [
        ("O1", "Head Office", "office"), ("U1", "Ann Keller", "user"),
    ]  # fmt: skip
    assert [asked for asked in there.asked if "session" in asked] == ["POST /session"]
    there.tokens.clear()  # it has forgotten us: it is told once more who we are
    assert site.users() and there.asked.count("POST /session") == 2


def test_vp1_a_token_that_lasts_needs_no_user(there: Sandbox) -> None:
    there.tokens.add("lasting")
    with Site(connection(there.address, user=""), "lasting") as site:
        assert site.users() and "POST /session" not in there.asked
    for secret, said in (("other", "refuses"), ("with a blank", "letters"), ("", "not kept")):
        with Site(connection(there.address, user=""), secret) as site, pytest.raises(Refused, match=said):
            site.users()


def test_bx34_each_is_done_once_however_often_it_is_sent(there: Sandbox, site: Site) -> None:
    first = site.send("companies", companies(1, 2))
    assert [one.status for one in first] == ["done", "done"] and first[0].values["name"] == "Company 1"
    assert site.send("companies", companies(1, 2)) == first and len(there.rows("companies")) == 2
    changed = site.send("companies", [Item("a", first[0].remote_id, first[0].etag, {"phone": "+1 512 555 0123"})])[0]
    assert changed.status == "done" and changed.etag != first[0].etag and changed.values["name"] == "Company 1"


def test_bx34_what_cannot_be_keeps_nothing_else_back(there: Sandbox, site: Site) -> None:
    (made,) = site.send("companies", companies(1))
    there.change("companies", made.remote_id, phone="5")
    lost, kept = there.put("companies", **WORDS), there.put("companies", **WORDS)
    there.merge("companies", lost, kept)
    contact = {"company_id": kept, "last_name": "Berg", "email": "k@example.com", "assigned_to": "U2"}
    there.put("contacts", **contact)
    sent = [
        Item("a", made.remote_id, made.etag, {"phone": "6"}), Item("b", lost, "1", {"phone": "6"}),
        Item("c", "", "", {"assigned_to": "U1"}), Item("d", "", "", {**WORDS, "assigned_to": "U9"}),
        *companies(2), Item("e", "C99", "1", {}),
    ]  # fmt: skip
    conflict, merged, lacking, nobody, done, gone = site.send("companies", sent)
    assert (conflict.status, conflict.values["phone"]) == ("conflict", "5")
    again = Item("f", made.remote_id, conflict.etag, {"phone": "6"})
    assert site.send("companies", [again])[0].values["phone"] == "6"
    assert (merged.status, merged.remote_id) == ("gone", kept) and (gone.status, gone.remote_id) == ("gone", "")
    assert (lacking.status, lacking.field) == ("refused", "name") and "required" in lacking.said
    assert (nobody.status, nobody.field, done.status) == ("refused", "assigned_to", "done")
    twice = site.send("contacts", [Item("g", "", "", {**contact, "email": "K@example.com "})])[0]
    assert (twice.status, twice.field) == ("refused", "email")  # VP-20


def test_bx34_changes_come_in_their_order_and_what_is_gone_is_told(there: Sandbox, site: Site) -> None:
    ids = [there.put("companies", **WORDS) for _time in range(5)]
    pages, cursor = [], ""
    while True:
        page = site.changed_since("companies", cursor, limit=2)
        pages.append([each.id for each in page.items])
        cursor = page.cursor
        if not page.more:
            break
    assert pages == [ids[:2], ids[2:4], ids[4:]] and not site.changed_since("companies", cursor).items
    there.delete("companies", ids[1])
    there.merge("companies", ids[2], ids[0])
    there.change("companies", ids[4], phone="7")
    there.change("companies", ids[4], phone="7")  # says what it said: no change
    gone, merged, changed = site.changed_since("companies", cursor).items
    assert (gone.id, gone.deleted, merged.id, merged.merged_into) == (ids[1], True, ids[2], ids[0])
    assert changed.values["phone"] == "7" and [each.id for each in site.all("companies")] == [ids[0], ids[3], ids[4]]


def test_vp46_vp10_vp12_a_program_is_changed_there_and_tells_who_works_on_it(there: Sandbox, site: Site) -> None:
    """Also that a sample or an open program, which has no client, is made there and never told here."""
    company = there.put("companies", **WORDS)
    (made,) = site.send("programs", [Item("a", "", "", {**TRIP, "company_id": company})])
    refused = site.send("programs", [Item("b", made.remote_id, made.etag, {"name": "Other"})])[0]
    assert made.status == "done" and refused.status == "refused"
    there.change("programs", made.remote_id, sales_stage="Contract", probability=60)
    there.show(made.remote_id, "Kim Berg")
    there.put("programs", **{**TRIP, "name": "What we offer"})
    (told,) = site.changed_since("programs", "").items
    assert told.values["sales_stage"] == "Contract" and told.shown == {"company_users": ["Ann Keller", "Kim Berg"]}


def test_vp28_to_vp58_the_contract_names_every_field_and_null_says_nothing(there: Sandbox, site: Site) -> None:
    """What is written down is all the makers of a site need."""
    assert [each.remote for each in fields.MAP if f"`{each.remote}`" not in (wire.__doc__ or "")] == []
    made = there.put("companies", **WORDS)
    more = b'"shown": null, "deleted": false, "merged_into": null'
    there.faults.twist = lambda _path, text: text.replace(b'"shown": {}', more)
    (told,) = site.changed_since("companies", "").items
    assert (told.id, told.deleted, told.merged_into, told.shown) == (made, False, "", {})


# ---------------------------------------------------------------- and how it fails


@pytest.mark.parametrize(
    ("way", "error", "said", "done"),
    [
        ("429", Busy, "takes nothing just now; it is asked again in 2 s", 0),
        ("503", Busy, "takes nothing just now", 0),
        ("403", Refused, "refuses this user", 0),
        ("500", Lost, "a fault of its own (500)", 0),
        ("404", Nonsense, "knows no such request", 0),
        ("422", Nonsense, "does not understand what was sent (422)", 0),
        ("html", Nonsense, "a page for people", 0),
        ("moved", Nonsense, "sends one on to another address", 0),
        ("wrong", Nonsense, "is it a Viper site?", 0),
        ("half", Lost, "closed the line", 1),
        ("deaf", Lost, "closed the line", 0),
        ("drop", Lost, "closed the line", 1),
        ("stall", Lost, "did not answer in time", 1),
        ("drip", Lost, "did not answer in time", 1),
    ],
)
def test_bx34_every_fault_is_told_for_what_it_is_and_mended_by_sending_again(
    there: Sandbox, way: str, error: type[Exception], said: str, done: int
) -> None:
    with Site(connection(there.address), "demo", seconds=0.4 if way in ("stall", "drip") else 5) as site:
        site.users()
        there.faults.ways = [way]
        before = time.monotonic()
        with pytest.raises(error) as told:
            site.send("companies", companies(1))
        assert type(told.value) is error and said in str(told.value) and time.monotonic() - before < 2
        assert len(there.rows("companies")) == done
        there.faults.go_on.set()
        assert site.send("companies", companies(1))[0].status == "done" and len(there.rows("companies")) == 1


def test_bx34_an_answer_that_was_packed_on_the_way_is_read_and_never_more_of_it_than_a_page(
    there: Sandbox, site: Site
) -> None:  # fmt: skip
    there.faults.usual = "gzip"
    assert site.send("companies", companies(1))[0].status == "done" and len(list(site.all("companies"))) == 1
    there.faults.twist = lambda _path, _text: bytes(line.MOST_READ + 9)
    with pytest.raises(Lost, match="more than a page"):
        site.users()


def test_bx34_a_record_without_an_etag_is_no_answer(there: Sandbox, site: Site) -> None:
    """It would be taken once and never again, without a word."""
    there.put("companies", name="Acme")
    there.faults.twist = lambda _path, text: text.replace(b'"etag": "1"', b'"version": 1')
    with pytest.raises(Nonsense):
        site.changed_since("companies", "")


def test_bx34_of_a_batch_some_may_be_done_later(there: Sandbox, site: Site) -> None:
    there.faults.ways = ["retry"]
    assert [one.status for one in site.send("companies", companies(1, 2, 3))] == ["done", "retry", "done"]
    assert [one.status for one in site.send("companies", companies(1, 2, 3))] == ["done"] * 3
    assert len(there.rows("companies")) == 3


@pytest.mark.parametrize(
    ("after", "seconds"), [("7", 7), ("+9", 9), ("", 60), ("soon", 60), ("0", 1), ("999999", 3600)]
)
def test_bx34_how_long_a_busy_site_wants_to_be_left_alone(
    there: Sandbox, site: Site, after: str, seconds: int
) -> None:  # fmt: skip
    """In seconds, or as a moment of its own clock, which is another one."""
    there.faults.skew, there.faults.retry_after, there.faults.ways = timedelta(hours=5), after, ["429"]
    with pytest.raises(Busy) as told:
        site.users()
    assert told.value.seconds == seconds


def test_bx34_who_is_not_there_has_heard_nothing(there: Sandbox) -> None:
    there.stop()
    with Site(connection(there.address), "demo") as site, pytest.raises(NotSent, match="Nothing answers"):
        site.send("companies", companies(1))


def test_bx34_a_line_the_site_has_closed_meanwhile_is_opened_again(there: Sandbox, site: Site) -> None:
    there.faults.ways = ["404"]
    with pytest.raises(Nonsense):
        site.users()
    held = site._line._connection
    assert held is not None and held.sock is not None
    site.users()
    assert site._line._connection is held  # the same line as before
    held.sock.shutdown(2)
    assert site.users() and site._line._connection is not held


def test_bx34_a_killed_site_has_done_all_of_a_batch_or_nothing(tmp_path: Path) -> None:
    """It is killed in the middle and started again on its folder: sent again, each is there once."""
    process = Process(tmp_path)
    with Site(connection(process.address), "demo") as site:
        for number in range(0, 1_000, 200):
            site.send("companies", companies(*range(number, number + 200)))
        process.kill()
        with pytest.raises((NotSent, Lost)):
            site.send("companies", companies(1))
    process.start()
    with Site(connection(process.address), "demo") as site:
        for number in range(800, 1_200, 200):
            again = site.send("companies", companies(*range(number, number + 200)))
            assert {one.status for one in again} == {"done"}
        names = [theirs.values["name"] for theirs in site.all("companies")]
        assert len(names) == len(set(names)) == 1_200
    process.kill()


# ---------------------------------------------------------------- certificates and secrets


def test_bx34_a_certificate_is_good_by_the_system_by_its_file_or_by_its_fingerprint(tmp_path: Path) -> None:
    pytest.importorskip("cryptography")
    own, other = certificate(tmp_path), certificate(tmp_path, "other")
    there = Sandbox(tmp_path / "site", certificate=own).start()
    at = connection(there.address)
    shown = line.presented(at, 5)
    assert re.fullmatch("([0-9A-F]{2}:){31}[0-9A-F]{2}", shown)
    for good in (str(own), shown, shown.replace(":", "").lower()):
        with Site(at._replace(certificate=good), "demo") as site:
            assert site.users()
    asked = len(there.asked)
    named = at._replace(address=there.address.replace("127.0.0.1", "localhost"))
    for place, bad in ((at, "system"), (at, str(other)), (at, "00" * 32), (named, str(own))):
        with (
            Site(place._replace(certificate=bad), "demo") as site,
            pytest.raises(NotSent, match="not known to be good") as told,
        ):
            site.users()
        assert line.is_about_the_certificate(told.value)
    with Site(at._replace(certificate=str(tmp_path / "none")), "demo") as site, pytest.raises(NotSent, match="be read"):
        site.users()
    assert len(there.asked) == asked  # not a word, and no password
    there.stop()


def test_vp1_no_secret_is_ever_said_but_to_the_site(there: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    there.password = "Ge@heim/5"
    with Site(connection(there.address), "wr0ng-one") as site, pytest.raises(Refused) as told:
        site.users()
    with Site(connection(there.address), "Ge@heim/5") as site:
        site.test()
        assert "Ge@heim" not in repr(site)
        there.faults.twist = lambda path, text: json.dumps({"message": f"no: Ge@heim/5 {there.tokens}"}).encode()
        with pytest.raises(Nonsense, match=r"no: \*\*\*") as echoed:
            site.changed_since("companies", "what?")
        complaint = f"{'x' * 285}Ge@heim/5 {there.tokens}"
        refused = {"items": [{"status": "refused", "message": complaint}]}
        there.faults.twist = lambda path, text: json.dumps(refused).encode()
        assert site.send("companies", companies(1))[0].said == f"{'x' * 285}*** {{'***'}}"
    said = caplog.text + str(told.value) + str(echoed.value) + "".join(there.asked)
    assert "wr0ng" not in said and "Ge@heim" not in said and not any(token in said for token in there.tokens)


# ---------------------------------------------------------------- the page for people


def asked(there: Sandbox, method: str, typed: dict[str, str] | None = None, **heads: str) -> tuple[int, str]:
    """What a browser gets at the page of the site."""
    held = http.client.HTTPConnection("127.0.0.1", there.port, timeout=5)
    form = {"Content-Type": "application/x-www-form-urlencoded", **heads}
    held.request(method, "/", urlencode(typed) if typed else None, form)
    answer = held.getresponse()
    text = answer.read().decode()
    held.close()
    return answer.status, text


def test_vp10_a_person_at_the_site_changes_a_phone_a_stage_and_who_works_on_a_program(there: Sandbox) -> None:
    company = there.put("companies", **{**WORDS, "name": "<b>Müller & Söhne</b>"})
    program = there.put("programs", **{**TRIP, "company_id": company})
    status, text = asked(there, "GET")
    assert status == 200 and "&lt;b&gt;Müller &amp; Söhne&lt;/b&gt;" in text and "<b>" not in text
    assert "<script" not in text and "1 company" in text
    found = re.search('name="token" value="([^"]+)"', text)
    assert found is not None
    token = {"token": found[1]}
    typed = {"kind": "companies", "id": company, "phone": "+1 512 555 0188"}
    assert asked(there, "POST", typed)[0] == 403 and asked(there, "POST", {**typed, "token": "x"})[0] == 403
    assert asked(there, "GET", Host="elsewhere.example")[0] == 403
    assert asked(there, "POST", {**typed, **token})[0] == 303
    deal = {"kind": "programs", "id": program, **token}
    for change in ({"stage": "Contract", "probability": "60"}, {"add": "U2"}, {"probability": "600"}):
        assert asked(there, "POST", {**deal, **change})[0] == 303
    assert there.rows("companies")[company]["phone"] == "+1 512 555 0188"
    assert (there.rows("programs")[program]["sales_stage"], there.rows("programs")[program]["probability"]) == (
        "Contract", 60,
    )  # fmt: skip
    assert "Ben Ortiz" in asked(there, "GET")[1]


def answered(there: Sandbox, request: str, *heads: str, body: bytes = b"") -> str:
    """What the site says to any signs at all, as text."""
    with socket.create_connection(("127.0.0.1", there.port), timeout=5) as held:
        held.sendall("\r\n".join([request, *heads, "Connection: close", "", ""]).encode() + body)
        return b"".join(iter(lambda: held.recv(65_536), b"")).decode()


def test_tricks_of_other_pages_and_programs_get_nothing_out_of_the_site(
    there: Sandbox, site: Site, capfd: pytest.CaptureFixture[str]
) -> None:
    there.put("companies", **{**WORDS, "name": '"><img src=x>', "phone": "\ud800<script>"})
    site.users()
    here, let_in = "Host: 127.0.0.1", f"Authorization: Bearer {next(iter(there.tokens))}"
    for host in ("evil.example", "127.0.0.1.evil.example", "evil@127.0.0.1", "[::1", ""):
        for request in ("GET / HTTP/1.1", "GET /companies?limit=5 HTTP/1.1", "POST /session HTTP/1.1"):
            assert " 403 " in answered(there, request, f"Host: {host}", let_in, "Content-Length: 0")
    for request in ("GET /../viper-site.db HTTP/1.1", "GET //[ HTTP/1.1", "GET /viper-site.db HTTP/1.1"):
        assert answered(there, request, here, let_in).split()[1] in ("400", "404")
    for length in ("9" * 5_000, "-1", "1e3", "99999999999"):
        assert " 413 " in answered(there, "POST / HTTP/1.1", here, f"Content-Length: {length}")
    for query in ("limit=" + "9" * 5_000, "limit=5&since=c" + "9" * 50, "limit=%C2%B2"):
        assert " 400 " in answered(there, f"GET /companies?{query} HTTP/1.1", here, let_in)
    half = b'{"user": "\\ud800", "password": "demo"}'
    assert " 400 " in answered(there, "POST /session HTTP/1.1", here, f"Content-Length: {len(half)}", body=half)
    page = answered(there, "GET /?q= HTTP/1.1", here)
    assert " 200 " in page and not re.search("<(script|img)", page)
    assert "Traceback" not in capfd.readouterr().err


def test_what_is_no_request_is_answered_and_kept_out(there: Sandbox, site: Site) -> None:
    site.users()
    token = next(iter(there.tokens))
    for path, body, status in (
        ("/companies/batch", b"[", 400), ("/companies/batch", b'{"items": [{}]}', 400), ("/nowhere", b"{}", 404),
        ("/companies/batch", json.dumps({"items": [{}] * 201}).encode(), 400),
    ):  # fmt: skip
        held = http.client.HTTPConnection("127.0.0.1", there.port, timeout=5)
        held.request("POST", path, body, {"Authorization": f"Bearer {token}"})
        assert held.getresponse().status == status
        held.close()
    assert not there.rows("companies")
