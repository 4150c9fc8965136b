"""The Customer Portal: entering by a mailed link, and what each head, cookie, rate and form keeps (VT-104, VT-177)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import clock, language, work
from channergy_crm.portal import answers, forms, incoming
from channergy_crm.portal.rates import Rate, Rates, client
from channergy_crm.records import Contact
from channergy_crm.records.messages import NOTICE, MessageRow, State
from channergy_crm.records.portal import PortalLink, PortalSession
from channergy_crm.services import saving
from channergy_crm.services.portal import entering
from channergy_crm.services.privacy import anonymising
from tests.domain import visiting
from tests.domain.visiting import BASE, BY, Browser, contact, link_in, mailed, sends_mail

if TYPE_CHECKING:
    from channergy_crm.store.database import Office

pytestmark = pytest.mark.usefixtures("fixed_clock")
one_engine = pytest.mark.engines("sqlite")  # the store is asked nothing that the tests above do not ask


def later(**span: int) -> Any:
    return clock.fixed(clock.now() + timedelta(**span))


# ---------------------------------------------------------------- the link


def test_vt177_a_contact_with_access_signs_in_by_a_mailed_link_once(office: Office) -> None:
    sends_mail()
    who = contact()
    browser = Browser()
    assert "Look into your mail" in browser.send("/", {"address": " CHIARA@Millstone.example "}).plain()
    mail = mailed()[0]
    assert (mail.address, mail.channel, mail.table, mail.key) == (
        who.email, NOTICE, "CustomerContacts", str(who.number)
    )  # fmt: skip
    assert f"{BASE}/enter/" in mail.text and "evil" not in mail.text and "<script" not in mail.html
    way = link_in(mail.text)
    assert link_in(mail.html) == way
    held = PortalLink.get()
    assert way.rpartition("/")[2] not in str(vars(held)) and len(held.held) == 64
    looked = browser.ask(way)
    assert "Come in" in looked.plain() and not looked.cookies, "whoever only looks does not use it up"
    came = browser.send(way)
    assert (came.status, came.heads["Location"]) == (303, "/tickets")
    assert "You are here as Chiara Zielinski" in browser.ask("/tickets").plain()
    assert browser.cookies["visit"] not in str(vars(PortalSession.get()))
    for again in (Browser().send(way), Browser().ask(way)):
        assert again.status == 404 and "lets nobody in" in again.plain() and not again.cookies
    after = MessageRow.get()
    assert (after.text, after.html, after.state) == ("", "", State.CANCELLED.value), "it is of no use any more"


def test_vt177_nobody_learns_whether_an_address_is_known(office: Office) -> None:
    sends_mail()
    contact()
    contact("Ben", portal=False)
    browser = Browser()
    browser.later = False
    pages = [browser.send("/", {"address": f"{name}@millstone.example"}) for name in ("chiara", "ben", "nobody")]
    assert len({(page.status, page.text) for page in pages}) == 1
    assert not mailed(), "whether there is somebody is looked up when the answer is on its way"
    for close in browser.left_over:
        close()
    assert [mail.address for mail in mailed()] == ["chiara@millstone.example"]


def test_vt104_a_link_is_good_for_twenty_minutes_and_its_mail_is_not_sent_later(office: Office) -> None:
    sends_mail()
    contact()
    browser = Browser()
    browser.send("/", {"address": "chiara@millstone.example"})
    way = link_in(mailed()[0].text)
    with later(minutes=19, seconds=59):
        assert browser.ask(way).status == 200
    with later(minutes=20):
        assert browser.ask(way).status == browser.send(way).status == 404
        browser.send("/", {"address": "somebody@else.example"})
        assert (mailed()[0].text, mailed()[0].state) == ("", State.CANCELLED.value)
    with later(days=2):
        browser.send("/", {"address": "somebody@else.example"})
        assert [each.contact for each in PortalLink.select()] == [entering.NOBODY], "what is old is forgotten"


@one_engine
def test_vt177_namesakes_of_one_address_are_each_written_to_and_an_office_without_mail_sends_nothing(
    office: Office,
) -> None:
    contact("Chiara", email="shop@x.example"), contact("Ben", email="Shop@x.example")
    Browser().send("/", {"address": "shop@x.example"})
    assert not mailed()
    sends_mail()
    Browser().send("/", {"address": "shop@x.example"})
    assert sorted(mail.address for mail in mailed()) == ["Shop@x.example", "shop@x.example"]
    assert len({link_in(mail.text) for mail in mailed()}) == 2


# ---------------------------------------------------------------- the visit


def test_vt177_a_visit_ends_when_idle_at_its_end_and_at_leave(office: Office) -> None:
    who = contact()
    browser = Browser()
    browser.enter(who)
    with later(minutes=29):
        assert browser.ask("/tickets").status == 200
    with later(minutes=58):
        assert browser.ask("/tickets").status == 200, "it goes on as long as something is done"
    with later(minutes=88):
        assert browser.ask("/tickets").heads["Location"] == "/?ended=1" and not browser.cookies
        assert not PortalSession.select().exists()
    browser.enter(who)
    for hours in range(40):
        with later(minutes=25 * hours):
            last = browser.ask("/tickets").status
        if 25 * hours >= 12 * 60:
            break
        assert last == 200
    assert last == 303, "twelve hours are the most"
    browser.enter(who)
    kept = dict(browser.cookies)
    browser.send("/leave")
    assert not browser.cookies
    browser.cookies = kept
    assert browser.ask("/tickets").status == 303, "the old cookie lets nobody in"


@pytest.mark.parametrize("what", ["access", "address", "deleted", "anonymised"])
def test_vt104_who_loses_access_or_has_another_address_is_out_at_once(office: Office, what: str) -> None:
    who = contact()
    browser = Browser()
    browser.enter(who)
    way = f"/enter/{entering.offer(who.number, visiting.Program.COMMAND_LINE)}"
    assert browser.ask("/tickets").status == browser.ask(way).status == 200
    held = Contact.get_by_id(who.number)
    if what == "access":
        held.portal = False
        saving.save(held, BY)
    elif what == "address":
        held.email = "other@millstone.example"
        saving.save(held, BY)
    elif what == "deleted":
        saving.delete(held, BY)
    else:
        anonymising.anonymise(Contact, who.number, "asked", BY)
        assert not PortalSession.select().exists() and not PortalLink.select().exists()
    assert browser.ask("/tickets").heads["Location"] == "/?ended=1"
    assert browser.ask(way).status == 404


# ---------------------------------------------------------------- heads and cookies


@one_engine
def test_vt177_every_answer_has_the_heads_that_keep_it_to_itself(office: Office) -> None:
    browser = Browser()
    browser.enter(contact())
    seen = [browser.ask(path) for path in ("/", "/tickets", "/tickets/new", "/faq", "/nothing", "/portal.css")]
    seen += [browser.send("/tickets/new"), browser.ask("/leave"), Browser().ask("/tickets")]
    for came in seen:
        assert came.heads.items() >= dict(answers.HEADS).items()
        assert "Strict-Transport-Security" not in came.heads and "Server" not in came.heads
    assert [came.heads["Cache-Control"] for came in seen].count("no-store") == len(seen) - 1
    assert "script" not in "".join(came.text for came in seen) and "style=" not in "".join(came.text for came in seen)
    assert Browser("https://help.office.example").ask("/").heads["Strict-Transport-Security"].startswith("max-age=3153")


@one_engine
def test_vt177_the_cookie_is_read_by_no_page_and_sent_by_no_other_site(office: Office) -> None:
    who = contact()
    for base, name, secure in ((BASE, "visit", False), ("https://help.office.example", "__Host-visit", True)):
        browser = Browser(base)
        way = f"/enter/{entering.offer(who.number, visiting.Program.COMMAND_LINE)}"
        cookie = browser.send(way).cookies[0]
        assert cookie.startswith(f"{name}=") and "; Path=/; HttpOnly; SameSite=Strict" in cookie
        assert ("; Secure" in cookie) is secure and "Domain" not in cookie and "Expires" not in cookie
        assert browser.ask("/tickets").status == 200
        value = browser.cookies[name]
        twice = browser.ask("/tickets", HTTP_COOKIE=f"{name}={value}; {name}={value}")
        assert twice.status == 303, "which of two is meant nobody can say"


@one_engine
@pytest.mark.parametrize(
    ("heads", "lets"),
    [
        ({}, True), ({"HTTP_ORIGIN": "https://evil.example"}, False), ({"HTTP_ORIGIN": "null"}, False),
        ({"HTTP_ORIGIN": None}, True), ({"HTTP_ORIGIN": "null", "HTTP_SEC_FETCH_SITE": "same-origin"}, True),
        ({"HTTP_SEC_FETCH_SITE": "cross-site"}, False), ({"HTTP_SEC_FETCH_SITE": "same-site"}, False),
        ({"HTTP_ORIGIN": "http://127.0.0.1:88000"}, False),
    ],
)  # fmt: skip
def test_vt177_a_form_of_another_site_is_not_taken(office: Office, heads: dict[str, Any], lets: bool) -> None:
    browser = Browser()
    browser.enter(contact())
    browser.ask("/tickets/new")
    words = {"title": "A lid", "text": "It is bent."}
    assert browser.send("/tickets/new", words, **heads).status == (303 if lets else 403)


@one_engine
def test_vt177_a_form_without_the_seal_of_this_visit_is_not_taken(office: Office) -> None:
    who, browser, other = contact(), Browser(), Browser()
    browser.enter(who)
    other.enter(contact("Ben", "Harbor Books"))
    for seal in ("", "0" * 64, other.seal, "ü", browser.seal[:-1]):
        assert browser.send("/tickets/new", {"title": "x", "text": "y", "seal": seal}).status == 403
    assert browser.send("/tickets/new", {"title": "x", "text": "y"}).status == 303


# ---------------------------------------------------------------- bounds


@one_engine
def test_vt177_who_asks_too_often_waits_and_is_told_how_long(office: Office) -> None:
    sends_mail()
    contact()
    now = [0.0]
    browser = Browser(rates=Rates(seconds=lambda: now[0]))
    asked = [browser.send("/", {"address": "chiara@millstone.example"}).status for _time in range(6)]
    assert asked == [200] * 5 + [429]
    other = browser.send("/", {"address": "chiara@millstone.example"}, REMOTE_ADDR="198.51.100.7")
    assert other.status == 429 and other.heads["Retry-After"] == "720" and "12 minutes" in other.plain()
    now[0] += 720
    assert browser.send("/", {"address": "chiara@millstone.example"}).status == 200
    many = [browser.send("/", {"address": f"n{each}@x.example"}, REMOTE_ADDR="203.0.113.5") for each in range(21)]
    assert [came.status for came in many] == [200] * 20 + [429], "one client, many addresses"


@one_engine
def test_vt177_who_tries_wrong_links_or_writes_all_the_time_waits(office: Office) -> None:
    who = contact()
    browser = Browser(rates=Rates({"pages": Rate(70, 60)}, seconds=lambda: 0.0))
    tried = [browser.ask(f"/enter/{each:043}").status for each in range(21)]
    assert tried == [404] * 20 + [429]
    token = entering.offer(who.number, visiting.Program.COMMAND_LINE)
    assert browser.ask(f"/enter/{token}").status == 429, "a good one waits as well, so nothing is learnt from it"
    assert browser.send(f"/enter/{token}", REMOTE_ADDR="198.51.100.7").status == 303
    browser.ask("/tickets/new")
    wrote = [browser.send("/tickets/new", {"title": "x", "text": "y"}).status for _time in range(31)]
    assert wrote == [303] * 30 + [429]
    asked = [browser.ask("/tickets", REMOTE_ADDR="198.51.100.9").status for _time in range(71)]
    assert asked[-2:] == [200, 429]


@one_engine
def test_vt177_what_no_browser_sends_is_turned_away(office: Office) -> None:
    browser = Browser()
    browser.enter(contact())
    assert browser.ask("/tickets", **{f"HTTP_X_{each}": "1" for each in range(70)}).status == 431
    assert browser.ask(f"/{'a' * 400}").status == 404
    large = b"seal=" + browser.seal.encode() + b"&text=" + b"a" * forms.LONGEST_WORDS
    assert browser.ask("/leave", "POST", large, CONTENT_TYPE=forms.WORDS, HTTP_ORIGIN=BASE).status == 413
    for body, kind in ((b"\xff", forms.WORDS), (b"x", "text/plain"), (b"--a\r\nx", "multipart/form-data; boundary=a"),
                       (b"&".join(b"a=1" for _each in range(30)), forms.WORDS)):  # fmt: skip
        assert browser.ask("/tickets/new", "POST", body, CONTENT_TYPE=kind, HTTP_ORIGIN=BASE).status == 400
    assert browser.ask("/tickets/new", "POST", b"", CONTENT_LENGTH="-1", HTTP_ORIGIN=BASE).status == 413
    for method in ("PUT", "DELETE", "TRACE", "PATCH", "OPTIONS", "get", "CONNECT"):
        came = browser.ask("/tickets", method)
        assert came.status == 405 and came.heads["Allow"] == "GET, HEAD"
    head = browser.ask("/tickets", "HEAD")
    assert head.status == 200 and head.text == "" and int(head.heads["Content-Length"]) > 500


@one_engine
def test_vt177_what_goes_wrong_shows_nothing_of_how(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    browser = Browser()
    came = browser.ask("/tickets/9223372036854775808", HTTP_COOKIE="visit=\x00; a")
    assert came.status in (303, 404)
    office.close()
    browser.portal._routes = [each._replace(methods={"GET": lambda *_all: 1 / 0}) for each in browser.portal._routes]
    caplog.set_level("ERROR", "nothing")
    came = browser.ask("/?q=secret")
    assert came.status == 500 and "Traceback" not in came.text and "ZeroDivision" not in came.text


test_vt177_what_goes_wrong_shows_nothing_of_how = pytest.mark.logged(test_vt177_what_goes_wrong_shows_nothing_of_how)


def test_vt177_an_ipv6_street_counts_as_one() -> None:
    assert client("2001:db8::1") == client("2001:db8::2:3") != client("2001:db8:0:1::1")
    assert client("::ffff:192.0.2.1") == client("192.0.2.1") == "192.0.2.1" and client("x") == "?"


def test_vt177_files_and_words_of_a_form_are_read_byte_by_byte() -> None:
    data = bytes(range(256)) * 3 + b"\r\n--xy\r\n--x"
    body = (b'--xyz\r\nContent-Disposition: form-data; name="a"\r\n\r\n\xc3\xbc\r\n--xyz\r\n'
            b'Content-Disposition: form-data; name="files"; filename="C:\\\\x.bin"\r\nContent-Type: a/b\r\n\r\n'
            + data + b"\r\n--xyz--\r\n")  # fmt: skip
    held = forms.read('multipart/form-data; boundary="xyz"', body)
    assert held.words == {"a": "ü"} and [each[1] for each in held.files] == [data]


# ---------------------------------------------------------------- languages


@one_engine
@pytest.mark.parametrize(
    ("said", "code"),
    [("de-AT,de;q=0.9,en;q=0.8", "de"), ("fr", "fr"), ("xx, es;q=0.5, en;q=0.4", "es"), ("", "en"), ("en;q=0", "en"),
     ("it", "en"), ("de;q=9", "en"), ("*", "en"), ("de;q=0.1;x", "en"), ("EN-us,de;q=0.2", "en")],
)  # fmt: skip
def test_vt177_the_pages_speak_as_the_browser_asks(office: Office, said: str, code: str) -> None:
    assert incoming.wanted_language(said, ("en", "de", "fr", "es")) == code
    code = code if code in language.languages() else "en"
    came = Browser(language=code).ask("/")
    assert f'<html lang="{code}">' in came.text
    assert language.into(code)("Sign in") in came.plain()
    assert language.in_use() == "en", "the office's own language stays"


@one_engine
def test_vt177_whoever_undoes_what_a_customer_did_finds_it_under_the_portal(office: Office) -> None:
    who, browser = contact(), Browser()
    browser.enter(who)
    browser.send("/tickets/new", {"title": "A lid", "text": "Bent."})
    assert work.UnitRow.select().order_by(work.UnitRow.number.desc()).get().by == "Customer Portal"


@pytest.mark.engines("postgres")
def test_vt177_a_line_to_the_server_that_was_cut_is_made_anew(office: Office) -> None:
    import psycopg

    browser = Browser()
    browser.enter(contact())
    with psycopg.connect(office.address(), autocommit=True) as other:
        cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        other.execute(f"{cut} AND pid <> pg_backend_pid()")  # sql: our own words
        assert browser.ask("/tickets").status == 200
