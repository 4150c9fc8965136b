"""Speaks to the server of a mailbox (IMAP): what lies in a folder, reads a mail, moves it; it never deletes (BX-14).

Nothing takes longer than it may: whoever still speaks when the time is over is not listened to any more.
"""

from __future__ import annotations

import base64
import imaplib
import re
import socket
import ssl
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from channergy_crm.errors import Surroundings
from channergy_crm.incoming.eml import MOST_BYTES
from channergy_crm.language import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from channergy_crm.services.filing.watched import Folder

SECONDS, MOST_SAID = 30.0, 300
SPARE = 1 << 16
"""bytes beside a mail that an answer may have"""
_TROUBLE = (imaplib.IMAP4.error, OSError, EOFError, ValueError, LookupError, TypeError, AttributeError)
_NUMBER = re.compile(rb"\d{1,10}")
_SIZE = re.compile(rb"RFC822\.SIZE (\d{1,12})")
_UID = re.compile(rb"UID (\d{1,10})")


class Lost(Surroundings):
    """The server does not answer, or not in a way that is understood."""


class Box:
    """One connection, for as long as a `with` lasts."""

    def __init__(self, own: Folder, seconds: float = SECONDS) -> None:
        self._own, self._seconds = own, seconds
        self._server: Any = None
        self.validity = 0
        """since when the server counts the mails of the folder so"""
        self.moves = False
        """whether it can move a mail in one step"""

    def __enter__(self) -> Box:
        """Sign in, and go to the folder."""
        try:
            with self._said(_("The server does not answer: {reason}")):
                self._connect()
            with self._said(_("The server refuses the user or the password: {reason}")):
                self._server.login(self._own.user, self._own.password)
            with self._said(_("The server has no folder “{name}”: {reason}"), name=self._own.folder):
                self._select()
        except BaseException:
            self._leave()
            raise
        return self

    def __exit__(self, *_how: object) -> None:
        with suppress(*_TROUBLE), self._in_time(min(self._seconds, 5.0)):
            self._server.logout()
        self._leave()

    def _connect(self) -> None:
        own, context = self._own, ssl.create_default_context()
        if own.security == "tls":
            self._server = _Encrypted(own.host, own.port, ssl_context=context, timeout=self._seconds)
        else:
            self._server = _Plain(own.host, own.port, timeout=self._seconds)
            if own.security == "starttls":
                self._server.starttls(context)
        self.moves = "MOVE" in self._server.capabilities

    def _select(self) -> None:
        _right(self._server.select(_quoted(self._own.folder), readonly=not self._own.filed))
        said = self._server.response("UIDVALIDITY")[1]
        self.validity = int(said[0]) if said and said[0] else 0
        if "MOVE" not in self._server.capabilities:  # some say more of themselves when one has signed in
            self.moves = "MOVE" in _text(_right(self._server.capability())).upper().split()

    # ---------------------------------------------------------------- what lies there

    def sizes(self) -> dict[int, int]:
        """The numbers of all mails of the folder, and how large each is."""
        with self._said(_("The server does not say what is in the folder: {reason}")):
            numbers = _NUMBER.findall(b" ".join(_right(self._server.uid("SEARCH", None, "ALL")) or [b""]))
            if not numbers:
                return {}
            found = _right(self._server.uid("FETCH", "1:*", "(UID RFC822.SIZE)"))  # unsaid: IMAP
        lines = [each if isinstance(each, bytes) else each[0] for each in found if each]
        said = {
            int(uid[1]): int(size[1]) for line in lines if (uid := _UID.search(line)) and (size := _SIZE.search(line))
        }
        return {uid: said[uid] for uid in map(int, numbers) if uid in said}

    def read(self, uid: int) -> bytes | None:
        """A mail as it stands there; None where it has gone meanwhile. It stays unread."""
        with self._said(_("The server does not hand over a mail: {reason}")):
            found = _right(self._server.uid("FETCH", str(uid), "(UID BODY.PEEK[])"))  # unsaid: IMAP
        return next((bytes(each[1]) for each in found if isinstance(each, tuple) and _is_of(each, uid, found)), None)

    def make(self, folder: str) -> None:
        """See to it that a folder is there; the server says it another way where it is there already."""
        with suppress(Lost), self._said("{reason}"):
            _right(self._server.create(_quoted(folder)))

    def move(self, uid: int, folder: str) -> None:
        """Move a mail, in one step."""
        with self._said(_("The server does not move a mail: {reason}")):
            _right(self._server.uid("MOVE", str(uid), _quoted(folder)))

    # ---------------------------------------------------------------- in time

    @contextmanager
    def _said(self, sentence: str, **more: str) -> Iterator[None]:
        """What goes wrong within is said in this sentence."""
        try:
            with self._in_time(self._seconds):
                yield
        except _TROUBLE as error:
            raise Lost(sentence.format(reason=_words(error), **more)) from error

    @contextmanager
    def _in_time(self, seconds: float) -> Iterator[None]:
        cut = threading.Timer(seconds, self._cut)
        cut.daemon = True
        cut.start()
        try:
            yield
        finally:
            cut.cancel()

    def _cut(self) -> None:
        if (server := self._server) is not None:
            with suppress(OSError):
                server.sock.shutdown(socket.SHUT_RDWR)

    def _leave(self) -> None:
        if (server := self._server) is not None:
            with suppress(*_TROUBLE):
                server.shutdown()
        self._server = None


class _Bounded:
    """Takes no more at a time than a mail may have, whatever the server says will come."""

    def read(self, size: int) -> bytes:
        """As much as was announced."""
        if size > MOST_BYTES + SPARE:
            raise imaplib.IMAP4.abort("more than a mail may have")  # unsaid: for ourselves
        held: bytes = super().read(size)  # type: ignore[misc]  # the connection below
        return held


class _Plain(_Bounded, imaplib.IMAP4):
    """In the clear, at first or all the time."""


class _Encrypted(_Bounded, imaplib.IMAP4_SSL):
    """Encrypted from its first word."""


def _right(answer: tuple[str, Any]) -> Any:
    """What the server answered, where it did what was asked."""
    if answer[0] != "OK":
        raise imaplib.IMAP4.error(_text(answer[1]))
    return answer[1]


def _is_of(each: Sequence[Any], uid: int, found: Sequence[Any]) -> bool:
    """Whether a piece of an answer is that mail: servers say its number before the mail or behind it."""
    there = _UID.search(bytes(each[0]))
    if there is None:
        after = found[list(found).index(each) + 1 :]
        there = next((said for line in after if isinstance(line, bytes) and (said := _UID.search(line))), None)
    return there is not None and int(there[1]) == uid


def _text(said: Any) -> str:
    parts = said if isinstance(said, list) else [said]
    return " ".join(each.decode("utf-8", "replace") if isinstance(each, bytes) else str(each) for each in parts)


def _words(error: BaseException) -> str:
    """What went wrong, in a line."""
    if isinstance(error, TimeoutError):
        return _("it takes too long")
    said = _text(error.args[0]) if error.args else ""
    said = getattr(error, "strerror", None) or said or type(error).__name__
    return " ".join(str(said).split())[:MOST_SAID]


def _quoted(folder: str) -> str:
    r"""The name of a folder as IMAP writes it: letters beyond ASCII in its own form of UTF-7, in quotes."""
    parts, held = list[str](), ""
    for sign in [*folder, ""]:
        if sign and not " " <= sign <= "~":
            held += sign
            continue
        if held:
            packed = base64.b64encode(held.encode("utf-16-be")).rstrip(b"=").replace(b"/", b",").decode("ascii")
            parts.append(f"&{packed}-")
            held = ""
        parts.append("&-" if sign == "&" else sign)
    return '"' + "".join(parts).replace("\\", "\\\\").replace('"', '\\"') + '"'
