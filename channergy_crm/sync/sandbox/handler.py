"""How the site answers one request: well, or as its faults say."""

# unsaid file: what two programs say to each other
from __future__ import annotations

import gzip
import hmac
import json
import secrets
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from channergy_crm.sync.sandbox import page
from channergy_crm.sync.sandbox.rules import FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from channergy_crm.sync.sandbox.site import Site
    from channergy_crm.sync.sandbox.store import Row

MOST_SENT, MOST_ITEMS, LONGEST_KEY = 1 << 24, 200, 200
GET, POST = "GET", "POST"
PATHS = ("/session", "/status", "/users")
JSON, HTML = "application/json; charset=utf-8", "text/html; charset=utf-8"
MAINTENANCE = "<!DOCTYPE html><html><body><h1>Down for maintenance</h1></body></html>"
NONE: dict[str, str] = {}
CANNOT_BE = (ValueError, OverflowError)
"""a number beyond all numbers, half a sign"""


class Problem(Exception):
    """The request cannot be met: a status and a sentence."""

    def __init__(self, status: HTTPStatus, message: str = "") -> None:
        super().__init__(message)
        self.status = status


class Handler(BaseHTTPRequestHandler):
    """One line to the site, which is kept open; `site` is set by who makes it."""

    site: Site
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 120

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is written about it."""

    def handle(self) -> None:
        """Who hangs up in the middle has done so."""
        with suppress(OSError):
            super().handle()

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The clock of the site, which may be another one."""
        return format_datetime(self._now(), usegmt=True)

    def do_GET(self) -> None:
        """Something is asked."""
        self._meet(b"")

    def do_POST(self) -> None:
        """Something is to be done."""
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or len(length) > len(str(MOST_SENT)) or int(length) > MOST_SENT:
            self.close_connection = True
            self._send(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, {"message": "Too much"})
            return
        self._meet(self.rfile.read(int(length)))

    def _now(self) -> datetime:
        return datetime.now(UTC) + self.site.faults.skew

    # ---------------------------------------------------------------- as the faults say

    def _meet(self, body: bytes) -> None:
        path = self.path.partition("?")[0]
        self.site.asked.append(f"{self.command} {self.path}")
        if not page.is_here(self.headers.get("Host", "")):
            self._send(HTTPStatus.FORBIDDEN, {"message": "Only from this computer"})
            return
        if path == "/":
            try:
                self._page(body)
            except CANNOT_BE:
                self._send(HTTPStatus.BAD_REQUEST, {"message": "That cannot be"})
            return
        faults = self.site.faults
        way = faults.next() if path != "/session" or faults.signing_in else "ok"
        if way == "deaf":
            self.close_connection = True
        elif way == "html":
            self._write(HTTPStatus.OK, MAINTENANCE.encode(), HTML)
        elif way == "moved":
            self._write(HTTPStatus.FOUND, b"", HTML, {"Location": "https://elsewhere.example/"})
        elif way == "wrong":
            self._send(HTTPStatus.OK, {"items": "none"})
        elif way.isdecimal():
            self._fail(HTTPStatus(int(way)))
        else:
            self._do(body, way)

    def _fail(self, status: HTTPStatus) -> None:
        busy = status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
        after = self.site.faults.retry_after
        if after.startswith("+"):
            after = format_datetime(self._now() + timedelta(seconds=int(after)), usegmt=True)
        self._send(status, {"message": status.phrase}, {"Retry-After": after} if busy and after else NONE)

    def _do(self, body: bytes, way: str) -> None:
        try:
            status, contents = HTTPStatus.OK, self._answer(body, way)
        except Problem as problem:
            status, contents = problem.status, {"message": str(problem)}
        except CANNOT_BE:
            status, contents = HTTPStatus.BAD_REQUEST, {"message": "That cannot be"}
        text = json.dumps(contents).encode()
        if (twist := self.site.faults.twist) is not None:
            text = twist(self.path.partition("?")[0], text)
        if way in ("drop", "stall"):
            if way == "stall":
                self.site.faults.go_on.wait(20)
            self.close_connection = True
        elif way == "half":
            self._write(status, text, JSON, cut=len(text) // 2)
        elif way == "drip":
            self._drip(text)
        elif way == "gzip":
            self._write(status, gzip.compress(text), JSON, {"Content-Encoding": "gzip"})
        else:
            self._write(status, text, JSON)

    def _drip(self, text: bytes) -> None:
        self._write(HTTPStatus.OK, text, JSON, cut=0)
        for place in range(len(text)):
            if self.site.faults.go_on.wait(0.05):
                return
            self.wfile.write(text[place : place + 1])

    # ---------------------------------------------------------------- as the contract says

    def _answer(self, body: bytes, way: str) -> dict[str, object]:
        parts = urlsplit(self.path)
        store = self.site.store
        kind, _slash, rest = parts.path.strip("/").partition("/")
        if (self.command, parts.path) == (POST, "/session"):
            return self._sign_in(_parsed(body))
        if parts.path not in PATHS and (kind not in FIELDS or rest not in ("", "batch")):
            raise Problem(HTTPStatus.NOT_FOUND, "No such path")
        self._require_token()
        if (self.command, parts.path) == (GET, "/status"):
            now = self._now().isoformat(timespec="seconds").replace("+00:00", "Z")
            return {
                "site": self.site.store.identity,
                "name": "Demo",
                "time": now,
                "companies": self.site.store.count("companies"),
            }
        if (self.command, parts.path) == (GET, "/users"):
            people = store.people().items()
            return {"items": [_person(id, *held) for id, held in people]}
        if kind in FIELDS and (self.command, rest) == (GET, ""):
            return self._changes(kind, parse_qs(parts.query))
        if kind in FIELDS and (self.command, rest) == (POST, "batch"):
            return self._batch(kind, _parsed(body), way)
        raise Problem(HTTPStatus.NOT_FOUND, "No such path")

    def _sign_in(self, asked: Mapping[str, object]) -> dict[str, object]:
        user, password = str(asked.get("user")), str(asked.get("password"))
        known = hmac.compare_digest(user.encode(), self.site.user.encode())
        if not hmac.compare_digest(password.encode(), self.site.password.encode()) or not known:
            raise Problem(HTTPStatus.UNAUTHORIZED, "Unknown user or wrong password")
        token = secrets.token_urlsafe(24)
        self.site.tokens.add(token)
        return {"token": token}

    def _require_token(self) -> None:
        scheme, _blank, token = self.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer" or token not in self.site.tokens:
            raise Problem(HTTPStatus.UNAUTHORIZED, "Sign in first")

    def _changes(self, kind: str, asked: Mapping[str, list[str]]) -> dict[str, object]:
        since, limit = (asked.get(name, [""])[0] for name in ("since", "limit"))
        seq = since.removeprefix("c")
        if (since and not seq.isdecimal()) or (limit and not limit.isdecimal()):
            raise Problem(HTTPStatus.BAD_REQUEST, "No such cursor")
        most = min(max(int(limit or MOST_ITEMS), 1), MOST_ITEMS)
        found = self.site.store.since(kind, int(seq or 0), most + 1)
        items, more = found[:most], len(found) > most
        cursor = f"c{items[-1].seq}" if items else since or "c0"
        return {"items": [_told(row) for row in items], "cursor": cursor, "more": more}

    def _batch(self, kind: str, asked: Mapping[str, object], way: str) -> dict[str, object]:
        items = asked.get("items")
        if not isinstance(items, list) or len(items) > MOST_ITEMS or not all(map(_is_item, items)):
            raise Problem(HTTPStatus.BAD_REQUEST, "No such batch")
        if way != "retry":
            return {"items": self.site.store.take(kind, items)}
        done = iter(self.site.store.take(kind, items[::2]))
        return {"items": [{"status": "retry"} if place % 2 else next(done) for place in range(len(items))]}

    # ---------------------------------------------------------------- the page for people

    def _page(self, body: bytes) -> None:
        if self.command == GET:
            asked = parse_qs(urlsplit(self.path).query)
            text = page.shown(self.site.store, asked.get("q", [""])[0], self.site.form_token)
            self._write(HTTPStatus.OK, text.encode("utf-8", "replace"), HTML, page.HEADS)
        else:
            typed = {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
            if not hmac.compare_digest(typed.get("token", "").encode(), self.site.form_token.encode()):
                self._send(HTTPStatus.FORBIDDEN, {"message": "Open the page anew"})
                return
            page.take(self.site, typed)
            self._write(HTTPStatus.SEE_OTHER, b"", HTML, {"Location": page.back(typed)})

    # ---------------------------------------------------------------- saying it

    def _send(self, status: HTTPStatus, contents: object, heads: Mapping[str, str] = NONE) -> None:
        self._write(status, json.dumps(contents).encode(), JSON, heads)

    def _write(
        self, status: HTTPStatus, text: bytes, content: str, heads: Mapping[str, str] = NONE, cut: int = -1
    ) -> None:  # fmt: skip
        self.send_response(status)
        for name, value in {"Content-Type": content, "Content-Length": str(len(text)), **heads}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text if cut < 0 else text[:cut])
        if cut > 0:
            self.close_connection = True


def _person(id: str, name: str, kind: str, email: str) -> dict[str, object]:
    return {"id": id, "name": name, "kind": kind, "email": email}


def _told(row: Row) -> dict[str, object]:
    if row.deleted or row.merged:
        gone: dict[str, object] = {"deleted": True} if row.deleted else {"merged_into": row.merged}
        return {"id": row.id, **gone}
    return {"id": row.id, "etag": row.etag, "values": row.values, "shown": row.shown}


def _parsed(body: bytes) -> dict[str, object]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Problem(HTTPStatus.BAD_REQUEST, "This is no JSON object")
    return found


def _is_item(item: object) -> bool:
    if not isinstance(item, dict) or not isinstance(item.get("values"), dict):
        return False
    key = item.get("idempotency_key")
    return isinstance(key, str) and 0 < len(key) <= LONGEST_KEY
