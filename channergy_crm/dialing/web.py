"""One request to a telephone or a telephone system that speaks HTTP: encrypted unless it stays on this computer."""

from __future__ import annotations

import http.client
import ipaddress
import json
import socket
import ssl
import time
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

from channergy_crm.dialing.deadline import within
from channergy_crm.errors import Surroundings
from channergy_crm.language import _

if TYPE_CHECKING:
    from urllib3 import HTTPResponse
    from urllib3.connection import HTTPConnection

MOST_TURNS = 3
"""how often the same computer may send a request on"""
MOST_READ = 1 << 16


class Answer(NamedTuple):
    """What a server said: its status, the words for it, where it sends one on, and the beginning of its text."""

    status: int
    reason: str
    location: str
    text: str


def problem(address: str) -> str | None:
    """A sentence when nothing may be sent to this address."""
    try:
        parts = urlsplit(address.strip())
        port_is_there = parts.port != 0
    except ValueError:
        port_is_there, parts = False, urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_there or " " in address.strip():
        return _("Type an address that begins with https://.")
    if "{" in parts.netloc:
        return _("The number never decides where it is sent to; put it behind the name of the computer.")
    if parts.username or parts.password:
        return _("Leave the user and the password out of the address; they have fields of their own.")
    if parts.scheme == "http" and not is_here(parts.hostname):
        return _("Without encryption a request stays on this computer; write https://.")
    return None


def ask(
    method: str, address: str, seconds: float, user: str = "", password: str = "", contents: object = None
) -> str:  # fmt: skip
    """The text of the answer; Surroundings when it is not a good one, does not come in time or sends one elsewhere."""
    host = urlsplit(address).netloc
    request = _Request(method, user, password, contents, time.monotonic() + seconds)

    def talk() -> Answer:
        at = address
        for _turn in range(MOST_TURNS):
            answer = request.send(at)
            further = urljoin(at, answer.location)
            if method != "GET" or not 300 <= answer.status < 400 or not answer.location:
                return answer
            if urlsplit(further)[:2] != urlsplit(at)[:2]:
                raise Surroundings(_("{where} sends the number on to another address; it was not followed.").format(
                    where=host))  # fmt: skip
            at = further
        return answer

    try:
        answer = within(seconds, host, talk)
    finally:
        request.cut()
    if answer.status in (401, 403):
        said = _("{where} refuses this user or this password ({status}).")
        raise Surroundings(said.format(where=host, status=answer.status))
    if not 200 <= answer.status < 300:
        said = _("{where} answered {status} {reason}; the number was not dialed.")
        raise Surroundings(said.format(where=host, status=answer.status, reason=answer.reason).replace(" ;", ";"))
    return answer.text


class _Request:
    """What is sent, to one address or, where the same computer sends one on, to the next."""

    def __init__(self, method: str, user: str, password: str, contents: object, until: float) -> None:
        import urllib3

        self._method, self._until, self._body = method, until, None
        self._open: HTTPConnection | None = None
        account = f"{user}:{password}" if user else None
        self._headers = urllib3.make_headers(user_agent="Channergy CRM", basic_auth=account)  # unsaid: for servers
        if contents is not None:
            self._body, self._headers["Content-Type"] = json.dumps(contents).encode(), "application/json"

    def send(self, address: str) -> Answer:
        """The answer, as far as it came until the time was over."""
        import urllib3

        parts = urlsplit(address)
        self._open = connection = connected(parts, max(self._until - time.monotonic(), 0.001))
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            connection.request(self._method, path, body=self._body, headers=self._headers, preload_content=False)
            with closing(connection.getresponse()) as answer:
                text = self._read(answer)
        except (urllib3.exceptions.HTTPError, ssl.SSLError, http.client.HTTPException) as error:
            raise as_one_of_the_system(error) from error
        finally:
            connection.close()
        location = answer.headers.get("Location", "")
        return Answer(answer.status, answer.reason or "", location, text.decode("utf-8", "replace"))

    def _read(self, answer: HTTPResponse) -> bytes:
        text = b""
        while len(text) < MOST_READ and (more := answer.read1(4096)):
            text += more
            if time.monotonic() > self._until:
                raise TimeoutError
        return text

    def cut(self) -> None:
        """Whoever still speaks is not listened to any more."""
        if self._open is not None and (held := self._open.sock) is not None:
            with suppress(OSError):
                held.shutdown(socket.SHUT_RDWR)


def connected(parts: SplitResult, seconds: float) -> HTTPConnection:
    """A line to that computer that is not opened yet; encrypted where the address says so."""
    from urllib3.connection import HTTPConnection, HTTPSConnection

    host, options = parts.hostname or "", dict[str, Any](timeout=seconds)
    if parts.scheme == "https":
        return HTTPSConnection(host, parts.port or 443, ssl_context=ssl.create_default_context(), **options)
    return HTTPConnection(host, parts.port or 80, **options)


def as_one_of_the_system(error: Exception) -> OSError | Surroundings:
    """urllib3 wraps what went wrong; what matters is whether nobody answered, in time, or with a good certificate."""
    import urllib3

    if isinstance(error, urllib3.exceptions.NameResolutionError):
        return socket.gaierror()
    if isinstance(error, urllib3.exceptions.TimeoutError):
        return TimeoutError()
    cause = error.__cause__ or error
    if isinstance(error, ssl.SSLError | urllib3.exceptions.SSLError) or isinstance(cause, ssl.SSLError):
        return Surroundings(_("The certificate of that computer is not known to be good; nothing was sent."))
    return cause if isinstance(cause, OSError) else OSError(str(error))


def is_here(host: str) -> bool:
    """Whether that is this computer itself, by its name or number."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
