"""Mails that go quickly, once; sent again by a person; with documents to many (BX-14, VT-98, VT-157)."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest

from channergy_crm.jobs.runner import Interrupted
from channergy_crm.outgoing.mail import sending
from channergy_crm.outgoing.mail.patience import Patience
from tests.domain.mail_server import PROGRESS, MailServer, arrange, lead, made, prepared, states

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

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
