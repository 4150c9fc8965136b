"""A site behind the proxy of an office's network, and a real proxy on loopback (BX-34)."""

from __future__ import annotations

import select
import socket
import socketserver
import threading
from base64 import b64encode
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from channergy_crm.sync.sandbox.server import Sandbox
from channergy_crm.sync.viper import line, proxies
from channergy_crm.sync.viper.wire import NotSent, Refused, Site
from tests.domain.viper_site import certificate, connection

if TYPE_CHECKING:
    from pathlib import Path


class Through(socketserver.BaseRequestHandler):
    """A proxy that passes on what it cannot read, wherever it is asked to, to the site."""

    def handle(self) -> None:
        server: Any = self.server
        heads = b""
        while not heads.endswith(b"\r\n\r\n"):
            heads += self.request.recv(1)
        server.heard.append(heads.decode())
        with socket.create_connection(server.to) as there:
            self.request.sendall(b"HTTP/1.1 200 OK\r\n\r\n" if server.lets else b"HTTP/1.1 407 No\r\n\r\n")
            ends = {there: self.request, self.request: there} if server.lets else {}
            while ends:
                for end in select.select(list(ends), [], [])[0]:
                    if not (said := end.recv(65_536)):
                        ends = {}
                        break
                    ends[end].sendall(said)


def test_bx34_a_site_is_reached_by_the_proxy_of_the_system_and_this_computer_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("cryptography")
    there = Sandbox(tmp_path / "site", certificate=certificate(tmp_path)).start()
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Through) as passing:
        way: Any = passing
        way.daemon_threads, way.heard, way.lets = True, [], True
        way.to = ("127.0.0.1", urlsplit(there.address).port)
        threading.Thread(target=passing.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        monkeypatch.setenv("HTTPS_PROXY", f"http://ann:gehe%40im@127.0.0.1:{passing.server_address[1]}")
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        far = connection("https://viper.example.com/api")
        shown = line.presented(connection(there.address), 5)
        assert not way.heard and line.presented(far, 5) == shown
        with Site(far._replace(certificate=shown), "demo") as site, pytest.raises(Refused, match="refuses this user"):
            site.users()  # the site has heard it, and lets in whoever calls it as it is called on this computer
        assert way.heard[1].startswith("CONNECT viper.example.com:443 ") and "demo" not in "".join(way.heard)
        assert f"Basic {b64encode(b'ann:gehe@im').decode()}" in way.heard[1]
        way.lets = False
        with Site(far, "demo") as site, pytest.raises(NotSent, match=r"com \(by the proxy 127.0.0.1\)") as told:
            site.users()
        assert "gehe" not in told.value.message
        monkeypatch.setenv("NO_PROXY", "example.com")
        assert proxies.proxy_for("viper.example.com") is None
        monkeypatch.setenv("NO_PROXY", "")
        monkeypatch.setenv("HTTPS_PROXY", "socks5://127.0.0.1:9")
        with Site(far, "demo") as site, pytest.raises(NotSent, match="none that speaks HTTP"):
            site.users()
        passing.shutdown()
    there.stop()
