"""One request to a gateway, by a line of its own: who was surely not heard is told from who perhaps was (SI-24)."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from contextlib import closing, suppress
from typing import TYPE_CHECKING, NamedTuple, Self
from urllib.parse import urlsplit

from channergy_crm.dialing import web
from channergy_crm.errors import Surroundings
from channergy_crm.language import _

if TYPE_CHECKING:
    from urllib3 import HTTPResponse


MOST_READ = 1 << 18


class NotSent(Surroundings):
    """Nobody has heard of it: it can be tried again."""


class Lost(Surroundings):
    """It was said, or begun to be, and no answer came: nobody knows whether it was heard."""


class Request(NamedTuple):
    """What goes over the line."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes | None = None


class Answer(NamedTuple):
    """What a gateway said: its status, the words for it, its text."""

    status: int
    reason: str
    text: str


class Line:
    """A line to a gateway for one request, which is over after so many seconds, however slowly it speaks."""

    def __init__(self, request: Request, seconds: float) -> None:
        self._request, self._parts = request, urlsplit(request.url)
        self._until = time.monotonic() + seconds
        self._connection = web.connected(self._parts, seconds)
        self._socket: socket.socket | None = None
        self._clock = threading.Timer(seconds, self._cut)
        self._clock.daemon = True

    def __enter__(self) -> Self:
        """Open it; `NotSent` where nobody is there, or the certificate is not good."""
        import urllib3

        host = self._parts.hostname or ""
        self._clock.start()
        try:
            self._connection.connect()
            self._socket = self._connection.sock  # the connection lets go of it where an answer ends by hanging up
        except Exception as error:
            self.close()
            if not isinstance(error, urllib3.exceptions.HTTPError | OSError):
                raise
            raise NotSent(why(error, host)) from error
        return self

    def __exit__(self, *_what: object) -> None:
        self.close()

    def close(self) -> None:
        """Nothing is said or heard any more."""
        self._clock.cancel()
        self._connection.close()

    def ask(self) -> Answer:
        """Say it and hear the answer; `Lost` when none comes, or half of one."""
        import urllib3

        path = (self._parts.path or "/") + (f"?{self._parts.query}" if self._parts.query else "")
        asked = self._request
        try:
            self._connection.request(asked.method, path, body=asked.body, headers=asked.headers, preload_content=False)
            with closing(self._connection.getresponse()) as answer:
                text = self._read(answer)
                return Answer(answer.status, answer.reason or "", text.decode("utf-8", "replace"))
        except (urllib3.exceptions.HTTPError, http.client.HTTPException, OSError, ValueError) as error:
            host = self._parts.hostname or ""
            if time.monotonic() >= self._until or isinstance(error, TimeoutError):
                raise Lost(_("{where} did not answer in time.").format(where=host)) from error
            raise Lost(_("{where} closed the line without an answer.").format(where=host)) from error

    def _read(self, answer: HTTPResponse) -> bytes:
        expected = answer.headers.get("Content-Length", "")
        text = b""
        while time.monotonic() < self._until and len(text) < MOST_READ and (more := answer.read1(16_384)):
            text += more
        if time.monotonic() >= self._until:
            raise TimeoutError
        if expected.isdecimal() and len(text) < min(int(expected), MOST_READ):
            raise ConnectionError
        return text

    def _cut(self) -> None:
        if (held := self._socket or self._connection.sock) is not None:
            with suppress(OSError):
                held.shutdown(socket.SHUT_RDWR)


def why(error: Exception, where: str) -> str:
    """Why nobody was reached; the library says "in time" of many things, and the system knows better."""
    cause = error.__cause__
    secure = isinstance(error, ssl.SSLError) or isinstance(cause, ssl.SSLError)
    told = error if isinstance(error, OSError) else cause
    found = told if isinstance(told, OSError) and not secure else web.as_one_of_the_system(error)
    return found.message if isinstance(found, Surroundings) else _said(found, where)


def _said(error: OSError, where: str) -> str:
    if isinstance(error, TimeoutError):
        return _("{where} does not answer.").format(where=where)
    if isinstance(error, ConnectionRefusedError):
        return _("Nothing answers at {where}.").format(where=where)
    if isinstance(error, socket.gaierror):
        return _("{where} is not known to this network; is the address right?").format(where=where)
    return _("{where} cannot be reached: {reason}.").format(where=where, reason=error.strerror or error)
