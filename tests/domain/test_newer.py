"""The note about a new version: read from a file or an https address, believed in nothing, asked for once a day."""

from __future__ import annotations

import json
import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import __version__, clock
from channergy_crm.errors import CRMError
from channergy_crm.outgoing import newer
from channergy_crm.services import office as settings
from channergy_crm.settings import ALL, NEWER_AT, Station

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from channergy_crm.store.database import Office

pytestmark = pytest.mark.engines("sqlite")
NOTE = {"program": "channergy-crm", "version": "9.1", "date": "2026-11-28", "new": "Tickets and a portal",
        "address": "https://example.com/crm"}  # fmt: skip


class WebSite:
    """Says the note, or what goes wrong with one, under a path of its own. `asked` holds who asked for what."""

    def __init__(self) -> None:
        site = self
        self.asked: list[dict[str, str]] = []
        self.over = threading.Event()

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_told: object) -> None:
                """Nothing is written about it."""

            def do_GET(self) -> None:
                site.asked.append(dict(self.headers))
                site.answer(self)

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """By the path that is asked for."""
        status = {"/moved": 302, "/lost": 404}.get(request.path, 200)
        request.send_response(status)
        request.send_header("Location", "http://127.0.0.2:1/")
        request.end_headers()
        try:
            while request.path == "/drips" and not self.over.wait(0.02):
                request.wfile.write(b" ")
            for _time in range(4_000 if request.path == "/huge" else 0):
                request.wfile.write(b"[" * 1_000)
            request.wfile.write(b"<html>" if request.path == "/page" else json.dumps(NOTE).encode())
        except OSError:  # who asked has heard enough
            return

    def stop(self) -> None:
        """Nobody is kept waiting."""
        self.over.set()
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def site() -> Iterator[WebSite]:
    held = WebSite()
    yield held
    held.stop()


def test_nothing_is_asked_for_before_somebody_has_typed_where(office: Office, tmp_path: Path) -> None:
    """And only an administrator can, for the whole office."""
    assert newer.place() == "" == NEWER_AT.default and NEWER_AT in ALL
    assert not newer.LastLook(Station(tmp_path / "station.json")).is_due("")
    settings.choose(NEWER_AT, " https://example.com/note.json ", "ADMIN")
    assert newer.place() == "https://example.com/note.json"


def test_a_note_is_read_from_a_file_and_from_an_address(site: WebSite, tmp_path: Path) -> None:
    note = tmp_path / "channergy-crm.json"
    note.write_text(json.dumps(NOTE), "utf-8-sig")
    found = newer.look(str(note))
    assert found == newer.look(site.address + "/note.json") and found.is_newer
    assert found.said == "Version 9.1 is there: Tickets and a portal" and found.address == NOTE["address"]
    (asked,) = site.asked
    assert set(asked) <= {"Host", "Accept", "Accept-Encoding", "User-Agent"}, "nothing is told about the office"
    assert __version__ not in str(asked)


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/moved", "sends the request on to another address"),
        ("/lost", "answered 404"),
        ("/page", "no note about a version of this program"),
        ("/huge", "too large to be the note"),
        ("/drips", "did not answer in time"),
    ],
)
def test_a_bad_answer_is_said_and_waited_for_no_longer_than_agreed(
    path: str, sentence: str, site: WebSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(newer, "SECONDS", 0.5 if path == "/drips" else 10.0)
    began = time.monotonic()
    with pytest.raises(CRMError, match=sentence):
        newer.look(site.address + path)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("http://example.com/note.json", "write https://"),
        ("ftp://example.com/note.json", "begins with https://"),
        ("https://ann:secret@example.com/n", "Leave the user and the password out"),
        ("note.json", "whole path of a file"),
        ("/nowhere/at/all.json", "cannot be read"),
        ("/dev/zero", "too large to be the note"),
        ("/", "cannot be read"),
    ],
)
def test_where_it_cannot_lie_is_said_where_it_is_typed(typed: str, sentence: str) -> None:
    if not typed.startswith("/"):
        assert sentence in str(newer.problem(typed))
    with pytest.raises(CRMError, match=sentence):
        newer.look(typed)


@pytest.mark.parametrize(
    "text",
    [
        "", "[" * 60_000, "[]", "null", '"9.1"', "{}", json.dumps({**NOTE, "program": "another"}),
        *(json.dumps({**NOTE, "version": wrong}) for wrong in
          (None, 9, "", "9.", "v9", "9.1-beta", "٩.١", "9" * 5_000, "1.2.3.4.5", "9.1\n")),
    ],
)  # fmt: skip
def test_what_is_no_note_is_never_taken_for_one(text: str) -> None:
    with pytest.raises(CRMError, match=r"no note about|names none"):
        newer.read(text)


def test_an_older_version_is_no_news_and_three_is_as_new_as_three_point_nought() -> None:
    def found(number: str) -> newer.Version:
        return newer.read(json.dumps({**NOTE, "version": number}))

    for number, is_newer in ((__version__, False), ("0.1.9", False), (f"{__version__}.0", False), ("0.10", True),
                             (f"{__version__}.1", True), ("10", True)):  # fmt: skip
        assert found(number).is_newer is is_newer, number
    assert found("0.1").said == f"This is the newest version: {__version__}."


def test_words_from_outside_are_one_line_and_a_way_out_is_encrypted() -> None:
    hostile = {**NOTE, "new": "a\n\u202eb" + "c" * 5_000, "date": "soon"}
    for address in (
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://example.com",
        "\\\\server\\setup.exe",
        7,
        None,
    ):
        found = newer.read(json.dumps({**hostile, "address": address}))
        assert found.address == "" and found.since is None
        assert len(found.new) == newer.MOST_LETTERS and found.new.startswith("a bc")


def test_a_workstation_looks_once_a_day_and_remembers_what_it_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    station, at = Station(tmp_path / "station.json"), "/share/note.json"
    last = newer.LastLook(station)
    assert last.is_due(at) and last.said(at) == ("", False)
    last.note(at, newer.read(json.dumps(NOTE)))
    again: Any = newer.LastLook(Station(station.path))
    assert not again.is_due(at) and again.newer(at).number == "9.1" and again.said(at)[0].startswith("Version 9.1")
    assert again.is_due("/elsewhere.json") and again.newer("/elsewhere.json") is None
    tomorrow = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    assert again.is_due(at)
    again.note(at, "It cannot be read.")
    assert not again.is_due(at) and again.newer(at) is None and again.said(at) == ("It cannot be read.", True)
    monkeypatch.setattr(newer, "__version__", "9.1")
    last.note(at, newer.read(json.dumps(NOTE)))
    assert last.newer(at) is None, "this program is as new by now"
