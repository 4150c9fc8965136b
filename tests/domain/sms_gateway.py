"""An SMS gateway on loopback: it takes messages by a form, and fails, stalls, answers twice or closes when told to."""

from __future__ import annotations

import json
import threading
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from channergy_crm import clock, secrets, settings
from channergy_crm.outgoing.gateways import OWN, SECRET
from channergy_crm.services import leads, messages, office, recipients

if TYPE_CHECKING:
    from channergy_crm.records import Lead

KEY = "Ge@heim/5"
HELLO = 'Hello {{ lead.first_name or "there" }}'
PROGRESS = lambda *_told: None  # noqa: E731  nobody watches


class SmsServer:
    """`sent` holds what it took: reference, number and text. `ways` says how the next requests are met, one each.

    A way is "ok", a status such as "500", "stall" (takes it and never answers), "deaf" (closes the line before it has
    taken anything), "close" (takes it, then closes the line), "half" (half an answer) or "twice" (two answers).
    """

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, str]] = []
        self.ways: list[str] = []
        self.usual = "ok"
        self.states: dict[str, str] = {}
        self.heads: list[dict[str, str]] = []
        self.asked: list[str] = []
        self.go_on = threading.Event()
        self._lock = threading.Condition()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.address = f"http://127.0.0.1:{self.port}"
        thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()

    def stop(self) -> None:
        """Nobody answers any more, and nobody is kept waiting."""
        self.go_on.set()
        self._server.shutdown()
        self._server.server_close()

    def wait_for(self, count: int, seconds: float) -> None:
        """Until it has taken so many, or for so long."""
        with self._lock:
            self._lock.wait_for(lambda: len(self.sent) >= count, seconds)

    def twice(self) -> list[str]:
        """The numbers that got more than one message."""
        return [number for number, count in Counter(number for _ref, number, _text in self.sent).items() if count > 1]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        end = self

        class Handler(BaseHTTPRequestHandler):
            disable_nagle_algorithm = True

            def log_message(self, *_told: object) -> None:
                """Nothing is written about it."""

            def do_POST(self) -> None:
                end.take(self)

            def do_GET(self) -> None:
                end.tell(self)

        return Handler

    def take(self, request: BaseHTTPRequestHandler) -> None:
        """A message comes."""
        with self._lock:
            way = self.ways.pop(0) if self.ways else self.usual
            self.heads.append(dict(request.headers))
        body = request.rfile.read(int(request.headers["Content-Length"])).decode()
        if way == "deaf":
            request.close_connection = True
            return
        if way.isdecimal():
            self._say(request, int(way), {"error": f"no {way}"})
            return
        asked = {name: values[0] for name, values in parse_qs(body, strict_parsing=True).items()}
        with self._lock:
            self.sent.append((asked["ref"], asked["to"], asked["text"]))
            self._lock.notify_all()
        if way == "stall":
            self.go_on.wait(20)
        elif way == "half":
            request.wfile.write(b'HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n{"id": "half')
            request.close_connection = True
        elif way == "close":
            request.close_connection = True
        else:
            for _again in range(2 if way == "twice" else 1):
                self._say(request, 200, {"id": f"id-{asked['ref']}", "price": "0.07"})

    def tell(self, request: BaseHTTPRequestHandler) -> None:
        """Somebody asks after a message, by its id or by our reference."""
        parts = urlsplit(request.path)
        self.asked.append(request.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        with self._lock:
            known = {reference for reference, _number, _text in self.sent}
        if parts.path == "/find":
            self._say(request, 200, {"id": f"id-{asked['ref']}"} if asked["ref"] in known else {})
        else:
            self._say(request, 200, {"status": self.states.get(asked["id"], "queued")})

    def _say(self, request: BaseHTTPRequestHandler, status: int, contents: Any) -> None:
        text = json.dumps(contents).encode()
        with suppress(OSError):  # who asked is gone
            request.send_response(status)
            request.send_header("Content-Length", str(len(text)))
            request.end_headers()
            request.wfile.write(text)


def arrange(server: SmsServer, *, knows_references: bool = False, reports: bool = False) -> None:
    """Make this the gateway of the office, its secret kept here."""
    chosen = {
        settings.SMS_GATEWAY: OWN,
        settings.SMS_ACCOUNT: "crm",
        settings.SMS_SENDER: "Office",
        settings.SMS_URL: f"{server.address}/send",
        settings.SMS_HEADERS: "Authorization: Basic {basic}",
        settings.SMS_BODY: "to={to}&from={from}&text={text}&ref={reference}",
        settings.SMS_COST_AT: "price",
        settings.SMS_FIND_URL: f"{server.address}/find?ref={{reference}}" if knows_references else "",
        settings.SMS_STATUS_URL: f"{server.address}/status?id={{id}}" if reports else "",
    }
    secrets.keep(SECRET, KEY)
    for setting, value in chosen.items():
        office.choose(setting, value, "ADMIN")


# ---------------------------------------------------------------- people with mobile telephones


def lead(name: str, phone: str, **values: Any) -> Lead:
    """A new lead with this number."""
    return leads.create({"description": "x", "first_name": name, "phone": phone, **values}, "ADMIN")


def mobile(place: int) -> str:
    """A mobile number of Germany: one for each place."""
    return f"+49151234567{place:02}"


def made(count: int, key: str = "one", template: str = HELLO) -> str:
    """A batch to so many new leads."""
    held = [lead(f"N{place}", mobile(place)) for place in range(count)]
    messages.make(key, template, prepared(held, template), "ADMIN")
    return key


def prepared(records: list[Any], template: str = HELLO, by: str = "ADMIN") -> recipients.Prepared:
    """What a template comes to for these."""
    return recipients.prepare([(type(each), each.key) for each in records], template, by)


def states(key: str = "one") -> dict[str, int]:
    """How many messages of a batch stand how."""
    held = messages.batch(key, "ADMIN")
    assert held is not None
    return {state.value: count for state, count in held.counts.items()}


def after(**time: float) -> Any:
    """It is so much later."""
    return clock.fixed(clock.now() + timedelta(**time))
