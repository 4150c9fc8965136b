"""A folder of a mail server that is watched: what can be assigned is filed, once, and nothing is lost (BX-14, K26)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from channergy_crm import clock, secrets
from channergy_crm.errors import CRMError, Refused, Surroundings
from channergy_crm.incoming import box, watching
from channergy_crm.jobs import known
from channergy_crm.records import FiledMail, Lead
from channergy_crm.records.filed_mails import WatchedRow
from channergy_crm.services import leads, saving
from channergy_crm.services import office as offices
from channergy_crm.services.filing import deeds, watched
from channergy_crm.settings import (
    WATCH_AFTER,
    WATCH_HOST,
    WATCH_PORT,
    WATCH_SECURITY,
    WATCH_USER,
)
from tests.domain.imap_server import PASSWORD, USER, ImapServer
from tests.domain.test_filed_mail import written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from channergy_crm.store.database import Office

BY, ROOT = "ADMIN", Path(__file__).resolve().parents[2]
PROGRESS = lambda *_told: None  # noqa: E731  nobody watches


def look(seconds: float = 5.0) -> watching.Looked:
    return watching.run(PROGRESS, seconds)


def mail(number: int, sender: str = "yusuf@yarrow.example") -> bytes:
    return written(sender, Message_ID=f"<{number}@yarrow.example>").as_bytes()


@pytest.fixture
def server(office: Office, operator: str, fixed_clock: object, home: Path) -> Iterator[ImapServer]:
    held = ImapServer()
    for setting, value in ((WATCH_HOST, "127.0.0.1"), (WATCH_PORT, str(held.port)), (WATCH_SECURITY, "none"),
                           (WATCH_USER, USER), (WATCH_AFTER, "move")):  # fmt: skip
        offices.choose(setting, value, BY)
    secrets.keep(watched.PASSWORD, PASSWORD)
    leads.create({"description": "Parkas", "email": "yusuf@yarrow.example"}, BY)
    yield held
    held.stop()


def test_bx14_what_can_be_assigned_is_filed_and_moved_the_rest_stays_and_waits(server: ImapServer) -> None:
    server.put(mail(1))
    stays = server.put(mail(2, "ida@icke.example"))
    server.put(b"\0 nothing one can read")
    assert look() == (1, 1, 2)
    assert (len(server.folders["CRM/Filed"]), stays in server.folders["CRM"]) == (1, True)
    assert FiledMail.get().message_id == "<1@yarrow.example>"
    assert look() == (0, 0, 2), "nothing is done twice"
    leads.create({"description": "Ida", "email": "ida@icke.example"}, BY)
    with clock.fixed(clock.now() + timedelta(hours=2)):
        assert look() == (1, 1, 1), "who is known by now gets it"
    assert not any("STORE" in said or "EXPUNGE" in said for said in server.said)


def test_bx14_filed_mails_may_stay_and_are_filed_once_though_the_server_counts_anew(server: ImapServer) -> None:
    offices.choose(WATCH_AFTER, "stay", BY)
    server.put(mail(1))
    assert look() == (1, 0, 0)
    assert "EXAMINE CRM" in server.said, "nothing there is touched"
    server.validity += 1
    server.put(mail(1))
    assert look() == (0, 0, 0)
    assert FiledMail.select().count() == 1
    deeds.remove(FiledMail.get().number, BY)
    server.validity += 1
    assert look() == (0, 0, 0), "what somebody took away does not come back by itself"
    assert FiledMail.select().count() == 0


def test_bx14_what_waits_is_assigned_by_a_person_and_moved_with_the_next_look(server: ImapServer) -> None:
    server.put(mail(1, "ida@icke.example"))
    look()
    (waits,) = watching.waiting(BY, PROGRESS)
    assert waits.found.mail is not None and waits.found.mail.sender[1] == "ida@icke.example"
    deeds.file(waits.found.mail, Lead, Lead.get().number, BY, place=waits.place)
    assert watching.waiting(BY, PROGRESS) == []
    assert watched.waiting(BY) == 0
    assert look() == (0, 1, 0)
    saving.undo_latest(BY)
    assert FiledMail.select().count() == 0


def test_bx14_a_server_that_cannot_move_keeps_them_where_they_are(server: ImapServer) -> None:
    server.can_move = False
    server.put(mail(1))
    assert look() == (1, 0, 0)
    assert "cannot move" in watching.try_out(watched.folder(), BY)
    assert len(server.folders["CRM"]) == 1


@pytest.mark.engines("sqlite")
def test_bx14_trying_says_what_the_server_says(server: ImapServer, home: Path) -> None:
    server.put(mail(1))
    own = watched.folder()
    assert watching.try_out(own, BY) == "It works: 1 mail lies in “CRM”."
    with pytest.raises(Surroundings, match="refuses the user or the password: .*wrong"):
        watching.try_out(own._replace(password="no"), BY)
    with pytest.raises(Surroundings, match="no folder “Nothing”: .*no such folder"):
        watching.try_out(own._replace(folder="Nothing"), BY)
    with pytest.raises(Surroundings, match="does not answer"):
        watching.try_out(own._replace(port=1), BY)
    with pytest.raises(Refused):
        watching.try_out(own, "NOBODY")
    for wrong in (own._replace(host=""), own._replace(host="mail.example"), own._replace(filed="crm")):
        assert watched.problem(wrong)


@pytest.mark.engines("sqlite")
def test_bx14_a_server_that_stalls_closes_or_talks_nonsense_is_said_and_nothing_is_lost(server: ImapServer) -> None:
    for number in range(6):
        server.put(mail(number))
    for place in range(9):
        for way in ("close", "after", "no", "huge", *(["odd"] if place in (3, 7) else [])):
            server.ways = ["ok"] * place + [way]
            try:
                watching.run(PROGRESS, 0.2)
            except CRMError as error:
                assert error.message
    server.ways = ["ok"] * 3 + ["stall"]
    with pytest.raises(Surroundings):
        watching.run(PROGRESS, 0.2)
    server.ways = []
    look()
    assert sorted(row.message_id for row in FiledMail.select()) == [f"<{number}@yarrow.example>" for number in range(6)]
    assert (len(server.all()), len(server.folders["CRM/Filed"])) == (6, 6)


@pytest.mark.engines("sqlite")
def test_bx14_encrypted_only_with_a_certificate_that_is_trusted(server: ImapServer) -> None:
    safe = ImapServer(Path(__file__).with_name("loopback.pem"))
    try:
        own = watched.folder()._replace(port=safe.port, security="tls", host="localhost")
        with pytest.raises(Surroundings, match="does not answer: .*certificate"):
            watching.try_out(own, BY)
    finally:
        safe.stop()


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(("name", "written_so"), [
    ("CRM/Filed", '"CRM/Filed"'), ("Entwürfe & mehr", '"Entw&APw-rfe &- mehr"'), ('a"b\\', '"a\\"b\\\\"'),
])  # fmt: skip
def test_bx14_a_folder_is_called_as_imap_calls_it(name: str, written_so: str) -> None:
    assert box._quoted(name) == written_so


def test_bx14_the_workstation_with_the_password_looks_every_few_minutes(
    server: ImapServer, fixed_clock: datetime
) -> None:
    (job,) = known.watching()
    assert job.wanted()
    assert job.due(None, fixed_clock) == [fixed_clock]
    assert job.due(fixed_clock, fixed_clock + timedelta(minutes=4)) == []
    later = fixed_clock + timedelta(minutes=5)
    assert job.due(fixed_clock, later) == [later]
    secrets.forget(watched.PASSWORD)
    assert not job.wanted()


@pytest.mark.engines("sqlite")
def test_bx14_what_is_put_down_of_the_folder_names_nobody(server: ImapServer) -> None:
    server.put(mail(1))
    server.put(mail(2, "ida@icke.example"))
    look()
    held = str([row.__data__ for row in WatchedRow.select()])
    assert "example" not in held and "yusuf" not in held


@pytest.mark.engines("sqlite")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked and killed the POSIX way")
def test_bx14_killed_between_filing_and_moving_nothing_is_filed_twice_and_nothing_is_lost() -> None:
    command = [sys.executable, "-m", "tests.benchmarks.bench_watching", "4"]
    found = json.loads(subprocess.run(command, capture_output=True, text=True, cwd=ROOT).stdout)
    assert found["passes"], found
    assert found["killed"] > 0
