"""Mails of the office: who gets one and who does not, what it looks like, and that nobody gets two (BX-14, VT-98)."""

from __future__ import annotations

import json
import smtplib
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import clock, secrets
from channergy_crm.errors import Mistake, Surroundings
from channergy_crm.jobs import known
from channergy_crm.jobs.runner import Interrupted, Runner
from channergy_crm.outgoing.mail import composing, sending
from channergy_crm.outgoing.mail.line import Line
from channergy_crm.outgoing.messages import Busy
from channergy_crm.records import Lead
from channergy_crm.records.messages import BatchRow, MessageRow, State
from channergy_crm.services import accounts as companies
from channergy_crm.services import conversion, documents, messages, preferences, saving
from channergy_crm.services.mail import accounts, bodies, making, recipients
from channergy_crm.services.privacy import consents, refusals
from channergy_crm.services.timeline import pages
from channergy_crm.store import database
from tests.domain.mail_server import (
    HELLO,
    PASSWORD,
    PROGRESS,
    MailServer,
    arrange,
    lead,
    made,
    prepared,
    states,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from channergy_crm.records import Contact
    from channergy_crm.store.database import Office

ROOT = Path(__file__).resolve().parents[2]
CERTIFICATE = Path(__file__).with_name("loopback.pem")


@pytest.fixture
def server(office: Office, fixed_clock: datetime) -> Iterator[MailServer]:
    """A server that takes everything, and the office sends by it."""
    sending._went.clear()
    end = MailServer()
    arrange(end)
    yield end
    end.stop()


def contact(name: str, email: str, **values: Any) -> Contact:
    """A contact at an account of its own."""
    account = conversion.convert(lead(f"L{name}", "", company=f"{name} Inc").number, "ADMIN").account
    person = companies.start_contact(account, "ADMIN")
    for field, value in {"first_name": name, "email": email, **values}.items():
        setattr(person, field, value)
    saving.save(person, "ADMIN")
    return person


def after(**time: float) -> Any:
    return clock.fixed(clock.now() + timedelta(**time))


# ---------------------------------------------------------------- who gets one


def test_vt98_dp9_who_wants_no_mail_gets_none_and_is_listed_with_the_reason(office: Office) -> None:
    out = contact("Opal", "opal@people.example", email_opt_out=True)
    people: list[Any] = [
        lead("Ann"), lead("None", ""), lead("Wrong", "ann at home"), lead("Two", "a@b.example, c@d.example"), out,
        lead("Same as Opal", "OPAL@people.example"), lead("Out", email_opt_out=True), lead("Listed"),
        lead("Again", "ANN@people.example"), lead("", "nameless@people.example"),
    ]  # fmt: skip
    refusals.add("email", "listed@people.example", "asked by letter", "ADMIN")
    gone = lead("Gone")
    key = gone.key
    saving.delete(gone, "ADMIN")
    asked = [(type(each), each.key) for each in people] + [(Lead, key)]
    found = recipients.prepare(asked, "For {{ lead.first_name }}", "Hello", "ADMIN")
    assert [(each.address, each.subject) for each in found.recipients] == [("ann@people.example", "For Ann")]
    assert [each.why for each in found.left_out] == [
        "gone", "no_address", "wrong_address", "wrong_address", "opted_out", "opted_out", "opted_out", "refused",
        "twice", "unknown",
    ]  # fmt: skip
    assert dict(found.reasons())["want no e-mail"] == 3
    assert not recipients.prepare([(type(out), out.key)], "Hi", "Hello", "ADMIN").recipients


def test_dp10_for_a_purpose_only_those_who_have_agreed_to_it(office: Office) -> None:
    yes, no, back = lead("Yes"), lead("No"), lead("Back")
    for each in (yes, back):
        consents.give(Lead, each.key, "newsletter", "the fair", "ADMIN")
    consents.withdraw(consents.of(Lead, back.key, "ADMIN")[0].number, "ADMIN")
    found = recipients.prepare([(Lead, each.key) for each in (yes, no, back)], "Hi", "x", "ADMIN", purpose="newsletter")
    assert [each.record for each in found.recipients] == [yes]
    assert [each.why for each in found.left_out] == ["consent", "consent"]


def test_bx14_of_a_deal_its_account_is_written_to_at_the_address_of_its_customer(office: Office) -> None:
    deal = conversion.convert(lead("Ann", company="Acme").number, "ADMIN")
    account = deal.account
    account.email = ""
    companies.save(account, "ADMIN")
    (one,) = prepared([deal.opportunity], "About {{ opportunity.name }}").recipients
    assert (one.record, one.about, one.address) == (account, deal.opportunity, "ann@people.example")


def test_bx14_a_text_that_cannot_be_filled_in_goes_to_nobody(server: MailServer) -> None:
    ann = lead("Ann")
    wrong = (("", "x", "about"), ("x", " ", "says"), ("Hi {{ lead.frist_name }}", "x", "did you mean"),
             ("x" * 251, "x", "at most 250"))  # fmt: skip
    for subject, body, said in wrong:
        with pytest.raises(Mistake, match=said):
            prepared([ann], body, subject)
    with pytest.raises(Mistake, match="Nobody is left"):
        making.make("one", "x", "x", prepared([lead("No", "")]), "ADMIN")
    arrange(server, host="")
    with pytest.raises(Mistake, match="sends no e-mail yet"):
        making.make("one", "x", "x", prepared([ann]), "ADMIN")


# ---------------------------------------------------------------- what it looks like


def test_vt161_vt51_a_mail_is_merged_signed_and_read_back(server: MailServer) -> None:
    own = preferences.of("ADMIN", "ADMIN")
    own.signature = "Zoë <Sales>\n*Köln*"
    preferences.save(own, "ADMIN")
    ann = lead("Ann*", "ann@people.example", last_name="Grünwald, née [x](http://e.example)")
    note = documents.add(Lead, ann.key, b"%PDF-1.4 Gr\xc3\xb6\xc3\x9fe", "ADMIN", name="Größe & Preis.pdf")
    ready = prepared(
        [ann], "Dear **{{ lead.first_name }}**,\n\n- one {{ lead.last_name }}", "Grüße, {{ lead.first_name }}"
    )
    making.make("one", "Grüße", "x", ready, "ADMIN", attachments=[note.number])
    sending.run(PROGRESS)
    (mail,) = server.mails()
    assert str(mail["From"]) == '"Büro Köln, Nord" <office@crm.example>' and mail["Subject"] == "Grüße, Ann*"
    assert str(mail["To"]) == '"Ann* Grünwald, née [x](http://e.example)" <ann@people.example>'
    row = MessageRow.get()
    assert mail["Message-ID"] == row.message_id and row.message_id.endswith("@crm.example>")
    assert mail["Date"].datetime.replace(tzinfo=None) == row.made.astimezone().replace(tzinfo=None)
    assert mail["List-Unsubscribe"] is None, "one mail to one person is no bulk"
    text, html = (mail.get_body((form,)).get_content() for form in ("plain", "html"))
    assert text == "Dear Ann*,\n\n- one Grünwald, née [x](http://e.example)\n\n-- \nZoë <Sales>\n*Köln*\n"
    assert "<strong>Ann*</strong>" in html and "<br>\nZoë &lt;Sales&gt;" in html and "<a" not in html
    (attached,) = mail.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("Größe & Preis.pdf", b"%PDF-1.4 Gr\xc3\xb6\xc3\x9fe")


def test_bx14_html_runs_and_fetches_nothing_and_no_head_is_smuggled_in(server: MailServer) -> None:
    body = (
        '<script>alert(1)</script> ![p](http://spy.example/p.png) <img src="http://spy.example/q.png" onerror="x()">\n'
        "[bad](javascript:alert(1)) [good](https://crm.example)\n\n.\n.hidden dot\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |"
    )
    html = bodies.html(body)
    assert "<script" not in html and "<img" not in html and 'href="javascript' not in html
    assert '<a href="https://crm.example">good</a>' in html and "<td>1</td>" in html
    assert bodies.plain("# Hi\n\n1. a\n   - b\n2. c\n\n> said\n\n[us](https://crm.example) <m@crm.example>") == (
        "Hi\n\n1. a\n   - b\n2. c\n\n> said\n>\n\nus (https://crm.example) m@crm.example"
    )
    evil = lead("Eve\r\nBcc: all@people.example", "eve@people.example")
    making.make("one", "x", "x", prepared([evil, lead("Bob")], body, "Hi {{ lead.first_name }}\nX-Evil: 1"), "ADMIN")
    sending.run(PROGRESS)
    eve, bob = server.mails()
    assert eve["Bcc"] is None and eve["X-Evil"] is None and "\n.hidden dot" in eve.get_body(("plain",)).get_content()
    assert bob["List-Unsubscribe"] == "<mailto:office@crm.example?subject=unsubscribe>"


def test_bx14_addresses_in_other_letters(server: MailServer) -> None:
    making.make(
        "one", "x", "x", prepared([lead("Jörg", "jörg@müller.example"), lead("Zoë", "zoe@köln.example")]), "ADMIN"
    )
    sending.run(PROGRESS)
    assert [to for to, _mail in server.sent] == ["jörg@xn--mller-kva.example", "zoe@xn--kln-sna.example"]


# ---------------------------------------------------------------- whatever the server does


@pytest.mark.parametrize(
    ("way", "state", "said"),
    [
        ("550 5.1.1 Nobody here", "failed", "550 5.1.1 Nobody here"),
        ("rcpt 553 Odd", "failed", "553 Odd"),
        ("451 4.7.1 Later", "waiting", "451 4.7.1 Later"),
        ("rcpt 452 Full", "waiting", "452 Full"),
        ("deaf", "sent", ""),
        ("close", "unknown", "Its last word: 354"),
        ("half", "unknown", "not understood"),
        ("odd", "unknown", "not understood"),
        ("mail 421 Enough", "sent", ""),
    ],
)
def test_bx14_whatever_a_server_does_nobody_gets_two(server: MailServer, way: str, state: str, said: str) -> None:
    server.ways = ["ok", way]
    made(3)
    sending.run(PROGRESS)
    rows = list(MessageRow.select().order_by(MessageRow.number))
    assert [row.state for row in rows] == ["sent", state, "sent"] and said in rows[1].error and not server.twice()
    if state == "waiting":
        sending.run(PROGRESS)
        assert len(server.sent) == 2, "not before its time"
        with after(minutes=2):
            sending.run(PROGRESS)
        assert states() == {"sent": 3} and not server.twice()


def test_bx14_a_server_that_stalls_is_waited_for_so_long_and_no_longer(server: MailServer) -> None:
    server.ways = ["stall"]
    made(2)
    sending.run(PROGRESS, seconds=0.3)
    (stalled,) = messages.of_batch("one", "ADMIN", [State.UNKNOWN])
    assert "in time" in stalled.error and states() == {"unknown": 1, "sent": 1} and messages.undecided("ADMIN") == 1
    messages.decide([stalled.number], went=True, by="ADMIN")
    assert states() == {"sent": 2}


def test_bx14_a_server_that_takes_nothing_keeps_all_of_them_waiting(server: MailServer) -> None:
    server.ways = ["mail 530 Sign in first"]
    made(2)
    with pytest.raises(Busy, match="530 Sign in first"):
        sending.run(PROGRESS)
    assert states() == {"waiting": 2} and not server.sent
    server.usual = "close"
    with pytest.raises(Busy, match="closed the line"):
        made(4, "two")
        sending.run(PROGRESS)
    assert states() == {"unknown": 2} and states("two") == {"unknown": 1, "waiting": 3}
    server.stop()
    with pytest.raises(Busy, match="Nothing answers at localhost"):
        sending.run(PROGRESS)


def test_bx14_a_mail_put_off_again_and_again_is_given_up(server: MailServer) -> None:
    server.usual = "450 Later"
    made(1)
    for _day in range(len(sending.LATER) + 1):
        with after(days=2 * _day):
            sending.run(PROGRESS)
    assert states() == {"failed": 1} and MessageRow.get().tries == len(sending.LATER)


def test_bx14_no_more_go_in_a_minute_than_the_office_says(office: Office, server: MailServer) -> None:
    arrange(server, per_minute="2")
    made(3)
    runner = Runner(office, known.mailing(), known.MAILS)
    (done,) = runner.look() or []
    assert done.state == "done" and states() == {"sent": 2, "waiting": 1} and not sending.is_wanted()
    with after(seconds=61):
        runner.look()
    assert states() == {"sent": 3} and server.lines == 2


def test_bx14_stopped_closed_and_who_asks_for_it_meanwhile(server: MailServer) -> None:
    made(5)
    refusals.add("email", "n1@people.example", "", "ADMIN")

    def close(done: int, _total: int, _text: str) -> None:
        if done == 2:
            raise Interrupted

    with pytest.raises(Interrupted):
        sending.run(close)
    assert states() == {"sent": 2, "cancelled": 1, "waiting": 2} and messages.cancel("one", "ADMIN") == 2
    sending.run(PROGRESS)
    assert states() == {"sent": 2, "cancelled": 3} and server.lines == 1


@pytest.mark.engines("sqlite")
@pytest.mark.skipif(sys.platform == "win32", reason="the program is killed the POSIX way")
def test_bx14_killed_again_and_again_nobody_gets_two() -> None:
    """Everybody has got one, or stands in the list of refused or unknown."""
    command = [sys.executable, "-m", "tests.benchmarks.bench_mail", "60", "8"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    found = json.loads(done.stdout)
    assert found["passes"] and found["kills"] == 8 and found["moods"] > 5, found


# ---------------------------------------------------------------- the server of the office


def test_bx14_over_tls_with_a_password_that_is_nowhere_else(office: Office, fixed_clock: datetime,
                                                            monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    server = MailServer(CERTIFICATE)
    try:
        arrange(server, security="starttls", user="crm")
        said = accounts.account()
        with pytest.raises(Surroundings, match=r"certificate of localhost is not known to be good \(self"):
            sending.try_out(said, "ann@people.example", "ADMIN")
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
        assert sending.try_out(said, "Ann <ann@people.example>", "ADMIN") == "The server took it: 250 OK as 1"
        with pytest.raises(Surroundings, match="does not take this user with this password: 535"):
            sending.try_out(said._replace(password="wrong"), "ann@people.example", "ADMIN")
        with pytest.raises(Surroundings, match="does not speak TLS at this port"):
            sending.try_out(said._replace(security="tls"), "ann@people.example", "ADMIN")
        with pytest.raises(Mistake, match="your own e-mail address"):
            sending.try_out(said, "ann", "ADMIN")
        assert not MessageRow.select().exists() and accounts.is_ready()
        secrets.forget(accounts.PASSWORD)
        assert accounts.is_set_up() and not accounts.is_ready()
        kept = [path.read_bytes() for path in Path(office.url.removeprefix("sqlite:///")).parent.rglob("*")
                if path.is_file()] if office.engine == "sqlite" else []  # fmt: skip
        assert not [held for held in kept if PASSWORD.encode() in held]
    finally:
        server.stop()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"host": ""}, "name of the e-mail server"), ({"host": "smtp://a"}, "nothing before or behind"),
        ({"port": 0}, "587 or 465"), ({"sender": "office"}, "looks like name@company.com"),
        ({"reply_to": "us"}, "answers go to"), ({"security": "none", "user": "crm"}, "Without encryption"),
    ],
)  # fmt: skip
def test_bx14_what_is_missing_is_said(changed: dict[str, Any], said: str) -> None:
    own = accounts.Account("smtp.crm.example", 587, "starttls", "crm", PASSWORD, "", "office@crm.example")
    assert accounts.problem(own) is None and said in (accounts.problem(own._replace(**changed)) or "")
    assert PASSWORD not in Line(own)._why(smtplib.SMTPResponseException(500, f"no {PASSWORD}".encode()))


# ---------------------------------------------------------------- what is kept


def test_bx14_a_mail_stands_on_the_timeline_and_goes_with_whom_is_forgotten(server: MailServer) -> None:
    one, other = lead("Ann"), lead("Bob")
    making.make("one", "Only Ann", "Only Ann", prepared([one], "For Ann", "To Ann"), "ADMIN")
    making.make("two", "News", HELLO, prepared([one, other]), "ADMIN")
    sending.run(PROGRESS)
    page = pages.of(one, "ADMIN", kinds=("mail",))
    assert [(each.title, each.note) for each in page.entries] == [
        ("E-mail · sent: News", "Hello Ann"), ("E-mail · sent: To Ann", "For Ann")
    ]  # fmt: skip
    read = messages.read(page.entries[0].number, "ADMIN")
    assert read is not None and (read.name, read.subject, read.said) == ("Ann", "News", "250 OK as 2")
    held = messages.batch("one", "ADMIN")
    assert held is not None and (held.channel, held.subject) == ("email", "Only Ann")
    assert messages.erase("CRMLeads", one.key, "ADMIN") == 2
    theirs = MessageRow.select().where(MessageRow.key == str(one.key))
    assert {(row.address, row.text, row.subject, row.html, row.said, row.error) for row in theirs} == {("",) * 6}
    assert {row.key: (row.template, row.subject) for row in BatchRow.select()} == {
        "one": ("", ""), "two": (HELLO, "News"),
    }  # fmt: skip
    assert MessageRow.get(MessageRow.key == str(other.key)).subject == "News"


def test_bx14_a_document_that_went_meanwhile_or_is_too_large(server: MailServer) -> None:
    ann = lead("Ann")
    note = documents.add(Lead, ann.key, b"Offer", "ADMIN", name="Offer.txt")
    made(1, attachments=[note.number])
    documents.remove(note.number, "ADMIN")
    sending.run(PROGRESS)
    assert states() == {"failed": 1} and "not there any more" in MessageRow.get().error and not server.sent
    with pytest.raises(Mistake, match="not there any more"):
        making.make("two", "x", "x", prepared([ann]), "ADMIN", attachments=[note.number])
    with database.writing():
        MessageRow.update(address="a\r\nb@c.example", state="waiting").execute()
        BatchRow.update(attachments="").execute()
    sending.run(PROGRESS)
    assert states() == {"failed": 1} and composing.one_line("a\r\nBcc: b\u2028c") == "a Bcc: b c"
