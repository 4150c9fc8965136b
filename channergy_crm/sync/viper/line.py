"""A line to the site that stays open during a round; every request is over after so many seconds (BX-34).

Who was surely not heard (`NotSent`) is told from who perhaps was (`Lost`), as with the gateways for messages.
"""

from __future__ import annotations

import hashlib
import http.client
import socket
import ssl
import threading
import time
import zlib
from contextlib import closing, suppress
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from channergy_crm.dialing import web
from channergy_crm.language import _
from channergy_crm.outgoing.line import Lost, NotSent, why
from channergy_crm.sync.viper import proxies
from channergy_crm.sync.viper.place import SYSTEM, fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from urllib3 import HTTPResponse
    from urllib3.connection import HTTPConnection

    from channergy_crm.sync.viper.place import Connection

MOST_READ = 1 << 24
"""of one answer; a page of two hundred records is far below it"""


class Answer(NamedTuple):
    """What the site said: its status, its heads by small letters, its text."""

    status: int
    heads: Mapping[str, str]
    text: bytes


class OpenLine:
    """One connection; it is opened when it is needed, and again where the site has closed it meanwhile."""

    def __init__(self, connection: Connection) -> None:
        self._place, self._parts = connection, urlsplit(connection.address)
        self._where = connection.host
        self._connection: HTTPConnection | None = None

    def close(self) -> None:
        """Nothing is said or heard any more."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def ask(self, method: str, path: str, seconds: float, heads: Mapping[str, str], body: bytes | None) -> Answer:
        """Say it and hear the answer. `path` comes after the address. `NotSent` or `Lost` where that does not go."""
        until = time.monotonic() + seconds
        held = self._opened(seconds)
        clock = threading.Timer(seconds, _cut, [held])
        clock.daemon = True
        clock.start()
        try:
            return self._talk(held, method, self._parts.path.rstrip("/") + path, heads, body, until)
        finally:
            clock.cancel()

    def _opened(self, seconds: float) -> HTTPConnection:
        import urllib3

        if self._connection is not None and self._connection.is_connected:
            return self._connection
        self.close()
        connection = self._made(seconds)
        clock = threading.Timer(seconds, _cut, [connection])  # a handshake may drip as well
        clock.daemon = True
        clock.start()
        try:
            connection.connect()
        except Exception as error:
            connection.close()
            if not isinstance(error, urllib3.exceptions.HTTPError | OSError):
                raise
            raise NotSent(why(error, self._where)) from error
        finally:
            clock.cancel()
        self._connection = connection
        return connection

    def _made(self, seconds: float) -> HTTPConnection:
        from urllib3.connection import HTTPSConnection

        self._where = self._place.host
        if self._parts.scheme != "https":  # that is this computer itself
            return web.connected(self._parts, seconds)
        host, port = self._parts.hostname or "", self._parts.port or 443
        proxy = proxies.proxy_for(host)
        at, expected = (proxy.host, proxy.port) if proxy is not None else (host, port), None
        if self._place.certificate == SYSTEM:
            context = ssl.create_default_context()
        elif expected := fingerprint(self._place.certificate):
            context = _unchecked()
        else:
            context = _by_file(self._place.certificate)
        made = HTTPSConnection(*at, timeout=seconds, ssl_context=context, assert_fingerprint=expected)
        if proxy is not None:
            proxies.lead(made, proxy, host, port)
            self._where = _("{where} (by the proxy {proxy})").format(where=self._place.host, proxy=proxy.host)
        return made

    def _talk(
        self, held: HTTPConnection, method: str, path: str, heads: Mapping[str, str], body: bytes | None, until: float
    ) -> Answer:
        import urllib3

        host = self._place.host
        try:
            held.request(method, path, body=body, headers=heads, preload_content=False)
            with closing(held.getresponse()) as answer:
                text = _unpacked(_read(answer, until), answer.headers.get("Content-Encoding", ""))
        except (urllib3.exceptions.HTTPError, http.client.HTTPException, OSError, ValueError, zlib.error) as error:
            self.close()
            if time.monotonic() >= until or isinstance(error, TimeoutError):
                raise Lost(_("{where} did not answer in time.").format(where=host)) from error
            raise Lost(_("{where} closed the line without an answer.").format(where=host)) from error
        heads = {name.casefold(): value for name, value in answer.headers.items()}
        if heads.get("connection", "").casefold() == "close" or len(text) > MOST_READ:
            self.close()
        if len(text) > MOST_READ:
            raise Lost(_("{where} says more than a page can hold.").format(where=host))
        return Answer(answer.status, heads, text)


def presented(connection: Connection, seconds: float) -> str:
    """The fingerprint of the certificate the site shows, good or not; "" where it shows none. Nothing is said to it."""
    parts = urlsplit(connection.address)
    try:
        with closing(_plain(parts.hostname or "", parts.port or 443, seconds)) as plain:
            until = threading.Timer(seconds, plain.shutdown, [socket.SHUT_RDWR])
            until.daemon = True
            until.start()
            try:
                with _unchecked().wrap_socket(plain, server_hostname=parts.hostname) as safe:
                    held = safe.getpeercert(binary_form=True) or b""
            finally:
                until.cancel()
    except (OSError, NotSent):
        return ""
    plainly = hashlib.sha256(held).hexdigest().upper()
    return ":".join(plainly[place : place + 2] for place in range(0, len(plainly), 2)) if held else ""


def _plain(host: str, port: int, seconds: float) -> socket.socket:
    """A line to there on which nothing is encrypted yet."""
    proxy = proxies.proxy_for(host)
    if proxy is None:
        return socket.create_connection((host, port), timeout=seconds)
    if proxy.scheme == "https":
        raise OSError  # the library opens no such line without encrypting it to its end
    passing = http.client.HTTPConnection(proxy.host, proxy.port, timeout=seconds)
    passing.set_tunnel(host, port, dict(proxy.heads))
    passing.connect()
    return passing.sock


def is_about_the_certificate(error: BaseException | None) -> bool:
    """Whether it was the certificate that was not good."""
    import urllib3

    while error is not None:
        if isinstance(error, ssl.SSLError | urllib3.exceptions.SSLError):
            return True
        error = error.__cause__
    return False


def _read(answer: HTTPResponse, until: float) -> bytes:
    expected = answer.headers.get("Content-Length", "")
    pieces, length = [], 0
    while length <= MOST_READ and (more := answer.read1(65_536, decode_content=False)):
        pieces.append(more)
        length += len(more)
        if time.monotonic() >= until:  # nobody else can end an answer that ends by hanging up
            break
    if time.monotonic() >= until:
        raise TimeoutError
    if expected.isdecimal() and length < min(int(expected), MOST_READ):
        raise ConnectionError
    return b"".join(pieces)


def _unpacked(text: bytes, coding: str) -> bytes:
    """Nobody asks for it, but something on the way may pack an answer; no more of it is unpacked than is read."""
    if coding.strip().casefold() not in ("gzip", "x-gzip"):
        return text
    packed = zlib.decompressobj(16 + zlib.MAX_WBITS)
    whole = packed.decompress(text, MOST_READ + 1)
    if not packed.eof and len(whole) <= MOST_READ:
        raise ConnectionError
    return whole


def _unchecked() -> ssl.SSLContext:
    """For a certificate that is known by its fingerprint and by nothing else."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _by_file(path: str) -> ssl.SSLContext:
    """This certificate, or one of whoever is named by it."""
    try:
        return ssl.create_default_context(cafile=path)
    except OSError as error:  # not there at this workstation, or no certificate
        said = _("The certificate in {file} cannot be read: {reason}.")
        raise NotSent(said.format(file=path, reason=error.strerror or error)) from error


def _cut(connection: HTTPConnection) -> None:
    if (held := connection.sock) is not None:
        with suppress(OSError):
            held.shutdown(socket.SHUT_RDWR)
