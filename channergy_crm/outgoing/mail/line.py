"""A line to an e-mail server: who was surely not heard is told from who perhaps was, and what it said (BX-14)."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from channergy_crm.language import _
from channergy_crm.outgoing.line import Lost, NotSent, why
from channergy_crm.outgoing.mail.patience import Patience

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from channergy_crm.services.mail.accounts import Account

SECONDS = 60.0
"""for a greeting with all that belongs to it, and for a mail: however slowly a server speaks"""
LONGEST_SAID = 300
ITSELF = "[127.0.0.1]"
"""what we call ourselves: the name of a workstation is nobody's business"""
TOO_LARGE, CLOSING, WANTS_MORE = 552, 421, 354
_OF_US = frozenset({530, 534, 535, 538})
"""it wants a password, or another one: nothing of ours is taken, whatever the mail"""
_DOT = re.compile(rb"(?m)^\.")


What = Literal["sent", "refused", "later", "stopped", "unknown"]


class Told(NamedTuple):
    """What a server said of a mail, in its own words.

    "sent"; "refused": this mail is not sent; "later": this mail now not; "stopped": nothing of ours is taken now;
    "unknown": what it said means nothing.
    """

    what: What
    said: str

    @property
    def goes(self) -> bool:
        """Whether the server is about to close the line; another one may be opened at once."""
        return self.said.startswith(str(CLOSING))


class Line:
    """One connection for many mails; where the server has closed it a new one is opened for the next."""

    def __init__(self, own: Account, seconds: float = SECONDS) -> None:
        self._own, self._seconds = own, seconds
        self._server: smtplib.SMTP | None = None
        self._until = 0.0
        self._patience = Patience(self._cut)
        self.last = ""
        """the last word of the server"""

    @property
    def is_open(self) -> bool:
        """Whether there is a connection that was not seen to end."""
        return self._server is not None

    def open(self) -> None:
        """Reach the server and sign in, where that is not done yet. `NotSent` says why it cannot be."""
        if self._server is not None:
            return
        try:
            with self._in_time():
                self._reach()
        except (smtplib.SMTPException, OSError, ValueError) as error:
            self._drop()
            raise NotSent(self._why(error)) from error

    def close(self) -> None:
        """Say good-bye, as far as anybody listens."""
        server, self._server = self._server, None
        if server is not None:
            with suppress(smtplib.SMTPException, OSError), self._in_time(5, server):
                server.quit()
            server.close()
        self._patience.end()

    def send(self, sender: str, to: str, contents: bytes, letters: str = "") -> Told:
        """Give one mail to the server. `NotSent` where it has surely not got it, `Lost` where nobody knows.

        `letters` is "SMTPUTF8" where an address has other letters than an e-mail server usually takes.
        """
        server = self._server
        if server is None:
            raise NotSent(self._closed())
        try:
            with self._in_time():
                refused = self._begin(server, sender, to, len(contents), letters)
        except (smtplib.SMTPException, OSError, ValueError) as error:
            self._drop()
            raise NotSent(self._closed(error)) from error
        if refused is not None:
            self._begin_anew(server, refused)
            return refused
        try:
            with self._in_time():
                server.send(_DOT.sub(b"..", contents) + (b"" if contents.endswith(b"\r\n") else b"\r\n") + b".\r\n")
                code, text = self._heard(server.getreply())
        except (smtplib.SMTPException, OSError, ValueError) as error:
            self._drop()
            raise Lost(self._closed(error)) from error
        told = _read(code, text)
        self._begin_anew(server, told, fresh=True)
        return told

    # ---------------------------------------------------------------- reaching it

    def _reach(self) -> None:
        own = self._own
        host = own.host.strip("[]")
        server: smtplib.SMTP
        if own.security == "tls":
            safe = ssl.create_default_context()
            server = _Encrypted(self._begun, host, own.port, ITSELF, timeout=self._left(), context=safe)
        else:
            server = _Plain(self._begun, host, own.port, ITSELF, timeout=self._left())
        server.ehlo_or_helo_if_needed()
        if own.security == "starttls":
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
        if own.user:
            server.login(own.user, own.password)

    def _begun(self, server: smtplib.SMTP) -> None:
        """It is being spoken to: from now on it can be cut off."""
        self._server = server

    def _why(self, error: Exception) -> str:
        """Why nobody was reached or let in, in words and never with the password."""
        where = self._own.host
        if isinstance(error, smtplib.SMTPAuthenticationError):
            said = _("{where} does not take this user with this password: {said}")
            return said.format(where=where, said=self._safe(_words(error.smtp_code, error.smtp_error)))
        if isinstance(error, smtplib.SMTPNotSupportedError):
            said = _("{where} does not offer what was chosen: {said}")
            return said.format(where=where, said=self._safe(str(error)))
        if isinstance(error, smtplib.SMTPResponseException):
            return _("{where} said: {said}").format(
                where=where, said=self._safe(_words(error.smtp_code, error.smtp_error)))  # fmt: skip
        if isinstance(error, ssl.SSLCertVerificationError):
            said = _("The certificate of {where} is not known to be good ({reason}); nothing was sent.")
            return said.format(where=where, reason=error.verify_message)
        if isinstance(error, ssl.SSLError):
            return _("{where} does not speak TLS at this port; the encryption or the port is another one.").format(
                where=where)  # fmt: skip
        return self._closed(error) if isinstance(error, smtplib.SMTPException | ValueError) else why(error, where)

    def _closed(self, error: Exception | None = None) -> str:
        late = isinstance(error, TimeoutError) or (error is not None and time.monotonic() >= self._until)
        said = _("{where} did not answer in time.") if late else _("{where} closed the line.")
        if not self.last:
            return said.format(where=self._own.host)
        return _("{what} Its last word: {said}").format(what=said.format(where=self._own.host), said=self.last)

    def _safe(self, text: str) -> str:
        hidden = self._own.password
        return text.replace(hidden, "…") if hidden else text

    # ---------------------------------------------------------------- one mail

    def _begin(self, server: smtplib.SMTP, sender: str, to: str, size: int, letters: str) -> Told | None:
        """All that is said before the mail itself; what the server has against it, None where it wants the mail."""
        options = [f"size={size}"] if server.has_extn("size") else []
        if letters:
            if not server.has_extn(letters.lower()):
                return Told(
                    "refused", _("The server takes no addresses with such letters: {address}").format(address=to)
                )
            options.append(letters)
        code, text = self._heard(server.mail(sender, options))
        if not 200 <= code < 300:
            what: What = (
                "later" if 400 <= code < 500 and code != CLOSING else "refused" if code == TOO_LARGE else "stopped"
            )
            return Told(what, text)
        code, text = self._heard(server.rcpt(to))
        if not 200 <= code < 300:
            return Told("stopped", text) if code in _OF_US else _read(code, text)
        code, text = self._heard(server.docmd("DATA"))
        return None if code == WANTS_MORE else _read(code, text)

    def _heard(self, answer: tuple[int, bytes]) -> tuple[int, str]:
        self.last = self._safe(_words(*answer))
        return answer[0], self.last

    def _begin_anew(self, server: smtplib.SMTP, told: Told, *, fresh: bool = False) -> None:
        """Be ready for the next mail; who wants to go, or cannot be followed, is left."""
        if told.goes or told.what == "unknown":
            self.close()
        elif not fresh:
            try:
                with self._in_time():
                    server.rset()
            except (smtplib.SMTPException, OSError):
                self._drop()

    def _drop(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.close()

    # ---------------------------------------------------------------- in time

    def _left(self) -> float:
        return max(self._until - time.monotonic(), 0.001)

    @contextmanager
    def _in_time(self, seconds: float = 0.0, server: smtplib.SMTP | None = None) -> Iterator[None]:
        """Whoever still speaks when the time is over is not listened to any more."""
        length = seconds or self._seconds
        self._until = time.monotonic() + length
        if (held := server or self._server) is not None and held.sock is not None:
            held.sock.settimeout(length)
        with self._patience.until(self._until, server):
            yield

    def _cut(self, server: smtplib.SMTP | None) -> None:
        if (held := server or self._server) is not None and (sock := held.sock) is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)


class _Known:
    """A connection of which somebody knows from its very beginning."""

    def __init__(self, known: Callable[[Any], object], *where: Any, **how: Any) -> None:
        known(self)
        super().__init__(*where, **how)


class _Plain(_Known, smtplib.SMTP):
    """In the clear, at first or all the time."""


class _Encrypted(_Known, smtplib.SMTP_SSL):
    """Encrypted from its first word."""


def _words(code: int, text: bytes | str) -> str:
    """What a server said, in a line."""
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"{code} {' '.join(said.split())}".strip()[:LONGEST_SAID]


def _read(code: int, text: str) -> Told:
    """What an answer to a mail or its recipient means."""
    if 200 <= code < 300:
        return Told("sent", text)
    if code == CLOSING:
        return Told("stopped", text)
    if 400 <= code < 500:
        return Told("later", text)
    return Told("refused", text) if 500 <= code < 600 else Told("unknown", text)
