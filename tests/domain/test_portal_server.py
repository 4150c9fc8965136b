"""The Customer Portal as it is served: whoever is slow, large or behind another server, and what the command says."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import commands
from channergy_crm.commands.portal import reached_at
from channergy_crm.portal import forms
from channergy_crm.portal.rates import Rate, Rates
from channergy_crm.portal.routes import portal
from channergy_crm.portal.serving import LARGEST_HEAD, Server
from tests.domain.test_installers import made as made
from tests.domain.visiting import ANY_NUMBER, BASE
from tests.house import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from channergy_crm.store.database import Office

pytestmark = pytest.mark.engines("sqlite")  # it asks the store what the other tests of the portal ask


@contextmanager
def serving(office: Office, rates: Rates | None = None, proxy: str = "", hurry: float = 60) -> Iterator[int]:
    """The portal at a port of its own."""
    server = Server(portal(BASE, rates or Rates(ANY_NUMBER, kept=())), office, "127.0.0.1", 0, proxy, hurry)
    running = threading.Thread(target=server.run)
    running.start()
    try:
        yield server.port
    finally:
        server.stop()
        running.join(20)
        assert not running.is_alive()


def said(port: int, *pieces: bytes, patience: float = 10) -> bytes:
    """What the server says to these pieces, sent one after the other; "" where it cuts the line."""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=patience)) as line:
        heard = b""
        try:
            for piece in pieces:
                line.sendall(piece)
            while got := line.recv(1 << 16):
                heard += got
        except (ConnectionError, TimeoutError):
            pass
        return heard


def asking(path: str, *heads: str, method: str = "GET") -> bytes:
    """A request as a browser writes it."""
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: x", "Connection: close", *heads, "", ""]).encode()


def test_vt177_the_portal_is_served_and_ends_when_it_is_stopped(office: Office) -> None:
    with serving(office) as port:
        page = said(port, asking("/"))
        assert page.startswith(b"HTTP/1.1 200 OK") and b"E-mail address" in page and b"waitress" not in page.lower()
        for path in ("/..%2f..%2fetc/passwd", "/%2e%2e/", "/portal.css/../x", "//evil.example/", "/%00", "/\xff"):
            assert said(port, asking(path)).split(b" ", 2)[1] in (b"404", b"400")
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", port), timeout=2)


def test_vt177_who_is_too_large_or_lets_others_wait_is_cut(office: Office) -> None:
    with serving(office) as port:
        large = said(port, asking("/", f"X-Large: {'a' * LARGEST_HEAD}"))
        assert large[9:12] == b"431" and b"default-src 'none'" in large and b"no-store" in large
        assert said(port, asking("/", f"Content-Length: {forms.LARGEST + 1}", method="POST"))[9:12] == b"413"
    with serving(office, hurry=0.0) as port:
        with closing(socket.create_connection(("127.0.0.1", port), timeout=10)) as line:
            line.sendall(b"GET / HTTP/1.1\r\n")
            heard = b""
            try:
                for _time in range(2000):
                    line.sendall(b"X-A: 1\r\n")
                heard = line.recv(100)
            except ConnectionError:
                pass
            assert heard == b"", "whoever comes in drops is not waited for"
        assert said(port, asking("/"))[9:12] == b"200"


def test_vt177_the_trial_is_served_by_a_process_of_its_own_and_ends_when_it_is_told(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = int(free.getsockname()[1])
    call = [sys.executable, str(ROOT / "main.py"), "portal", "--demo", "--port", str(port)]
    around = {**os.environ, "PYTHONPATH": str(ROOT), "LANGUAGE": "en", "TMPDIR": str(tmp_path)}
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=around) as running:
        assert running.stdout is not None
        try:
            where, link = running.stdout.readline().decode(), running.stdout.readline().decode()
            assert f"http://127.0.0.1:{port}" in where and f":{port}/enter/" in link
            page = said(port, asking("/"))
            assert page.startswith(b"HTTP/1.1 200 OK") and b"E-mail address" in page and b"default-src 'none'" in page
            path = link.strip().partition(f":{port}")[2]
            assert b"HTTP/1.1 200 OK" in said(port, asking(path))
        finally:
            running.terminate()
        assert running.wait(20) == 0


def test_vt177_the_service_of_the_package_starts_what_the_command_understands(
    office: Office, made: Any, tmp_path: Path
) -> None:
    made("debian")._put_around(tmp_path)
    unit = next((tmp_path / "usr" / "share" / "doc").rglob("*.service")).read_text("utf-8")
    sections = re.findall(r"^\[(\w+)\]$", unit, re.MULTILINE)
    assert sections == ["Unit", "Service", "Install"] and "WantedBy=multi-user.target" in unit
    said_there = dict(line.split("=", 1) for line in unit.splitlines() if re.match(r"[A-Z]\w+=", line))
    program, *options = said_there["ExecStart"].replace("${OFFICE}", "postgresql://portal@localhost/office").split()
    assert program == "/usr/bin/channergy-crm" and said_there["User"] not in ("", "root")
    request = commands.parse(options)
    assert (request.command.__name__, request.port, request.proxy) == ("_portal", 8800, "127.0.0.1")
    assert reached_at(request) == "https://help.office.example"


@pytest.mark.parametrize(("proxy", "answers"), [("", ["200", "200", "429"]), ("127.0.0.1", ["200", "200", "200"])])
def test_vt177_who_asks_is_told_by_a_server_before_it_only_where_that_is_said(
    office: Office, proxy: str, answers: list[str]
) -> None:
    few = Rates({**ANY_NUMBER, "pages": Rate(2, 10_000)})
    with serving(office, few, proxy) as port:
        came = [said(port, asking("/", f"X-Forwarded-For: 203.0.113.{each}"))[9:12].decode() for each in range(3)]
    assert came == answers


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--host", "0.0.0.0"], "encrypted"), (["--address", "http://help.office.example"], "encrypted"),
        (["--address", "https://help.office.example/x"], "looks like"), (["--address", "ftp://x"], "looks like"),
        (["--address", "https://a@b.example"], "looks like"), (["--address", "https://x:99999"], "looks like"),
        (["--host", "192.0.2.77", "--address", "https://help.office.example"], "Nothing can be served"),
    ],
)  # fmt: skip
def test_vt177_the_command_refuses_what_anybody_could_read_along(
    office: Office, capsys: pytest.CaptureFixture[str], options: list[str], says: str
) -> None:
    assert commands.run(["portal", "--port", "1", "--database", office.url, *options], lambda *_window: 0) == 1
    assert says in capsys.readouterr().err
