"""Mails that go quickly, once; sent again by a person; with documents to many (BX-14, VT-98, VT-157)."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest

from channergy_crm.errors import Mistake
from channergy_crm.jobs.runner import Interrupted
from channergy_crm.outgoing.mail import sending
from channergy_crm.outgoing.mail.patience import Patience
from channergy_crm.records import Document, Lead
from channergy_crm.records.documents import DocumentPart
from channergy_crm.records.messages import MessageRow, State
from channergy_crm.services import messages, operators, resending, saving
from channergy_crm.services import recipients as sms
from channergy_crm.services.mail import attaching
from channergy_crm.store import database
from tests.domain.mail_server import PROGRESS, MailServer, arrange, lead, made, states
from tests.domain.sms_gateway import mobile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from channergy_crm.store.database import Office


@pytest.fixture
def server(office: Office, fixed_clock: datetime) -> Iterator[MailServer]:
    """A server that takes everything, and the office sends by it."""
    sending._went.clear()
    end = MailServer()
    arrange(end)
    yield end
    end.stop()


def test_bx14_one_watch_cuts_off_only_who_is_waited_for_too_long() -> None:
    cut, event = list[str](), threading.Event()
    patience = Patience(lambda whom: (cut.append(whom), event.set()))
    with patience.until(time.monotonic() + 60, "first"):
        assert not cut
    with patience.until(time.monotonic() + 0.01, "second"):
        assert event.wait(5) and cut == ["second"]
    patience.end()
    event.clear()
    with patience.until(time.monotonic() + 0.01, "after a new beginning"):
        assert event.wait(5) and len(cut) == 2
    patience.end()


def test_bx14_that_one_went_is_put_down_with_the_beginning_of_the_next_and_at_the_end(server: MailServer) -> None:
    made(3)
    stood: list[dict[str, int]] = []

    def watch(done: int, _total: int, _text: str) -> None:
        stood.append(states())
        if done == 2:
            raise Interrupted

    with pytest.raises(Interrupted):
        sending.run(watch)
    assert stood == [{"waiting": 3}, {"sending": 1, "waiting": 2}, {"sent": 1, "sending": 1, "waiting": 1}]
    assert states() == {"sent": 2, "waiting": 1} and len(server.sent) == 2


# ---------------------------------------------------------------- again, by a person


def refused(server: MailServer, way: str = "550 5.1.1 Nobody here", count: int = 3) -> list[MessageRow]:
    """A batch of which the last one did not go."""
    server.ways = [*["ok"] * (count - 1), way]
    made(count)
    sending.run(PROGRESS)
    return list(MessageRow.select().order_by(MessageRow.number))


def test_bx14_vt157_what_was_refused_goes_again_to_the_address_of_now_once(server: MailServer) -> None:
    rows = refused(server)
    person = Lead.find(int(rows[-1].key))
    person.email = "right@people.example"
    saving.save(person, "ADMIN")
    every = [row.number for row in rows]
    assert resending.resend(every, "ADMIN") == (1, [])
    assert resending.resend(every, "ADMIN").messages == 0, "pressed twice"
    sending.run(PROGRESS)
    assert states() == {"sent": 3} and server.sent[-1][0] == "right@people.example" and not server.twice()
    assert resending.resend(every, "ADMIN", unknown=True).messages == 0, "what went does not go again"


def test_bx14_what_nobody_knows_of_goes_again_only_where_a_person_says_so(server: MailServer) -> None:
    rows = refused(server, "close")
    assert states() == {"sent": 2, "unknown": 1} and resending.resend([rows[-1].number], "ADMIN").messages == 0
    sending.run(PROGRESS)
    assert not server.twice()
    assert resending.resend([rows[-1].number], "ADMIN", unknown=True).messages == 1
    sending.run(PROGRESS)
    assert states() == {"sent": 3} and server.twice() == ["n2@people.example"]
    first, second = (mail["Message-ID"] for mail in server.mails()[-2:])
    assert first == second, "a mail program shows one of them"


def test_bx14_vt98_nobody_gets_two_by_a_corrected_address_or_one_they_do_not_want(server: MailServer) -> None:
    rows = refused(server)
    person = Lead.find(int(rows[-1].key))
    for changed, why in (({"email": "N0@people.example"}, "twice"), ({"email": ""}, "no_address"),
                         ({"email": "x@y.example", "email_opt_out": True}, "opted_out")):  # fmt: skip
        for field, value in changed.items():
            setattr(person, field, value)
        saving.save(person, "ADMIN")
        again = resending.resend([rows[-1].number], "ADMIN")
        assert (again.messages, [each.why for each in again.left_out]) == (0, [why])
    assert states() == {"sent": 2, "failed": 1}


def test_si24_a_short_message_that_failed_goes_again_under_another_reference(server: MailServer) -> None:
    person = lead("Ann", phone=mobile(1))
    ready = sms.prepare([(Lead, person.number)], "Hi", "ADMIN")
    messages.make("sms", "Hi", ready, "ADMIN")
    failed = MessageRow.update(state=State.FAILED.value, gateway_id="17").where(MessageRow.batch == "sms")
    with database.writing():
        failed.execute()
    row = MessageRow.get(MessageRow.batch == "sms")
    assert resending.resend([row.number], "ADMIN").messages == 1
    again = MessageRow.get(MessageRow.batch == "sms")
    assert (again.state, again.gateway_id) == ("waiting", None) and again.reference != row.reference


# ---------------------------------------------------------------- documents to many


def test_bx14_vt157_a_file_goes_along_to_all_of_them_and_is_kept_once(server: MailServer, tmp_path: Path) -> None:
    offer, data = tmp_path / "offer ü.pdf", b"%PDF-1.4 " + bytes(range(256)) * 9
    offer.write_bytes(data)
    first, again = attaching.keep(offer, "ADMIN"), attaching.keep(offer, "ADMIN")
    operators.add("BEA", "Bea", "ADMIN")
    other = attaching.keep(offer, "BEA")
    assert first.number == again.number != other.number and Document.select().count() == 2
    assert DocumentPart.select().count() == 1, "what is in it is kept once"
    made(3, attachments=[first.number])
    sending.run(PROGRESS)
    along = [list(mail.iter_attachments()) for mail in server.mails()]
    assert states() == {"sent": 3}
    assert [(one.get_filename(), one.get_content()) for (one,) in along] == [("offer ü.pdf", data)] * 3


def test_bx14_a_file_that_is_none_or_too_large_is_not_kept(
    server: MailServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Mistake, match="is no file"):
        attaching.keep(tmp_path, "ADMIN")
    monkeypatch.setattr(attaching, "MOST_ATTACHED", 3)
    (tmp_path / "long.txt").write_bytes(b"four")
    with pytest.raises(Mistake, match="a mail takes 3 bytes"):
        attaching.keep(tmp_path / "long.txt", "ADMIN")
    assert not Document.select().exists()
