"""What stands at the other end of a bridge: Asterisk's two interfaces and a telephone that speaks HTTP, on loopback.

The manager interface says what Asterisk says: its banner, answers by ActionID with events in between, nothing before a
login. What speaks HTTP may stall, send a byte now and then, or send one elsewhere.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

USER, SECRET = "crm", "Ge@heim/5"


class SwitchBoard:
    """Asterisk's AMI. `originated` and `hung_up` hold what arrived; `absent` telephones cannot be rung."""

    def __init__(self, *, knows_challenges: bool = True) -> None:
        self.originated: list[dict[str, str]] = []
        self.hung_up: list[str] = []
        self.absent: set[str] = set()
        self.logins: list[dict[str, str]] = []
        self._knows_challenges = knows_challenges
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(10)

    def stop(self) -> None:
        """Nobody answers any more."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self) -> None:
        server = self._loop.run_until_complete(asyncio.start_server(self._talk, "127.0.0.1", 0))
        self.address = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self._ready.set()
        self._loop.run_forever()
        self._loop.run_until_complete(self._hang_up_all(server))
        self._loop.close()

    async def _hang_up_all(self, server: asyncio.Server) -> None:
        server.close()
        talks = asyncio.all_tasks() - {asyncio.current_task()}
        for talk in talks:
            talk.cancel()
        await asyncio.gather(*talks, return_exceptions=True)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):  # who hangs up does not always say so
            await self._serve(reader, writer)
        writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"Asterisk Call Manager/9.0.0\r\n")
        challenge, known = "", False
        while True:
            asked = {}
            while line := (await reader.readline()).decode().rstrip("\r\n"):
                name, _colon, text = line.partition(":")
                asked[name.strip()] = text.strip()
            if not asked:
                break
            action = asked.get("Action", "").lower()
            if action == "challenge":
                if self._knows_challenges and asked.get("AuthType", "").upper() == "MD5":
                    challenge = "840415273"
                    self._answer(writer, asked, "Success", Challenge=challenge)
                else:
                    self._answer(writer, asked, "Error", Message="Must specify AuthType")
            elif action == "login":
                self.logins.append(asked)
                key = hashlib.md5((challenge + SECRET).encode()).hexdigest()
                right = asked.get("Key") == key if challenge else asked.get("Secret") == SECRET
                known = asked.get("Username") == USER and right
                said = "Authentication accepted" if known else "Authentication failed"
                self._answer(writer, asked, "Success" if known else "Error", Message=said)
                if known:
                    self._say(writer, Event="FullyBooted", Privilege="system,all", Status="Fully Booted")
            elif not known:
                self._answer(writer, asked, "Error", Message="Permission denied")
            else:
                self._do(writer, action, asked)
            await writer.drain()
            if action == "logoff":
                break

    def _do(self, writer: asyncio.StreamWriter, action: str, asked: dict[str, str]) -> None:
        if action == "originate":
            self._originate(writer, asked)
        elif action == "hangup":
            self.hung_up.append(asked.get("Channel", ""))
            self._answer(writer, asked, "Success", Message="Channel Hungup")
        elif action == "ping":
            self._answer(writer, asked, "Success", Ping="Pong", Timestamp="1795747189.000000")
        elif action == "logoff":
            self._answer(writer, asked, "Goodbye", Message="Thanks for all the fish.")
        else:
            self._answer(writer, asked, "Success", Message="Done")

    def _originate(self, writer: asyncio.StreamWriter, asked: dict[str, str]) -> None:
        if not asked.get("Channel") or not asked.get("Exten"):
            self._answer(writer, asked, "Error", Message="Channel not specified")
            return
        self.originated.append(asked)
        phone, number = asked["Channel"], len(self.originated)
        self._say(writer, Event="VarSet", Variable="X", Value="between", Uniqueid="1.1")
        self._answer(writer, asked, "Success", Message="Originate successfully queued")
        call = {"Channel": f"{phone}-{number:08x}", "Uniqueid": asked.get("ChannelId", f"1795747189.{number}")}
        if phone in self.absent:
            self._say(writer, Event="OriginateResponse", Privilege="call,all", Response="Failure", Channel=phone,
                      ActionID=asked.get("ActionID", ""), Reason="0", Uniqueid="<null>")  # fmt: skip
            return
        self._say(writer, Event="Newchannel", Privilege="call,all", ChannelState="0", Exten=asked["Exten"], **call)
        self._say(writer, Event="OriginateResponse", Privilege="call,all", Response="Success", Reason="4",
                  ActionID=asked.get("ActionID", ""), Exten=asked["Exten"], **call)  # fmt: skip

    def _answer(self, writer: asyncio.StreamWriter, asked: dict[str, str], response: str, **more: str) -> None:
        known = {"ActionID": asked["ActionID"]} if "ActionID" in asked else {}
        self._say(writer, Response=response, **known, **more)

    def _say(self, writer: asyncio.StreamWriter, **lines: str) -> None:
        writer.write("".join(f"{name}: {text}\r\n" for name, text in lines.items()).encode() + b"\r\n")


class Web:
    """A server that speaks HTTP: ARI under /ari, a telephone everywhere else. `asked` holds what arrived."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.channels: dict[str, dict[str, Any]] = {}
        self.accounts: list[str] = []
        self.go_on = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Nobody answers any more, and nobody is kept waiting."""
        self.go_on.set()
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        end = self

        class Handler(BaseHTTPRequestHandler):
            disable_nagle_algorithm = True

            def log_message(self, *_told: object) -> None:
                """Nothing is written about it."""

            def do_GET(self) -> None:
                end.answer(self)

        Handler.do_POST = Handler.do_DELETE = Handler.do_GET  # type: ignore[attr-defined]
        return Handler

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """What the telephone does with a request."""
        contents = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        self.asked.append((request.command, request.path))
        account = request.headers.get("Authorization", "").removeprefix("Basic ")
        self.accounts.append(base64.b64decode(account).decode())
        path = urlsplit(request.path).path
        if path.startswith("/ari/"):
            self._ari(request, path, contents)
        elif path == "/stalls":
            self.go_on.wait(10)
        elif path in ("/drips", "/drips-heads"):
            self._drip(request, b"HTTP/1.1 200 OK\r\n" + (b"\r\n" if path == "/drips" else b""))
        elif path.startswith("/status/"):
            self._say(request, int(path.rpartition("/")[2]))
        elif path in ("/away", "/near"):
            where = "http://127.0.0.2:1/" if path == "/away" else f"/there?{urlsplit(request.path).query}"
            self._say(request, 302, Location=where)
        else:
            self._say(request, 200)

    def _ari(self, request: BaseHTTPRequestHandler, path: str, contents: bytes) -> None:
        if self.accounts[-1] != f"{USER}:{SECRET}":
            self._say(request, 401)
        elif request.command == "POST":
            asked = json.loads(contents)
            known = parse_qs(urlsplit(request.path).query)["channelId"][0]
            self.channels[known] = asked
            self._say(request, 200, json.dumps({"id": known, "name": "PJSIP/100-1", "state": "Down"}))
        elif self.channels.pop(path.rpartition("/")[2], None) is not None:
            self._say(request, 204)
        else:
            self._say(request, 404, json.dumps({"message": "Channel not found"}))

    def _say(self, request: BaseHTTPRequestHandler, status: int, text: str = "", **heads: str) -> None:
        request.send_response(status)
        for name, value in {**heads, "Content-Length": str(len(text))}.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(text.encode())

    def _drip(self, request: BaseHTTPRequestHandler, begun: bytes) -> None:
        try:
            request.wfile.write(begun)
            until = time.monotonic() + 10
            while not self.go_on.wait(0.02) and time.monotonic() < until:
                request.wfile.write(b"X")
                request.wfile.flush()
        except OSError:
            return
