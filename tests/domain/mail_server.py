"""An e-mail server on loopback: it takes mails, and refuses, stalls, closes or says half of it when told to."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections import Counter
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from channergy_crm import secrets, settings
from channergy_crm.services import leads, messages, office
from channergy_crm.services.mail import accounts, making, recipients

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path

    from channergy_crm.records import Lead

PASSWORD = "Ge@heim/5"
HELLO = 'Hello {{ lead.first_name or "there" }}'
PROGRESS = lambda *_told: None  # noqa: E731  nobody watches


class MailServer:
    """`sent` holds what it took: the address and the mail as it came. `ways` says how the next mails are met, one each.

    A way is "ok", an answer such as "550 No" to the mail, "rcpt 451 Later" to its recipient, "mail 421 Enough" to its
    sender; "stall" (takes it and never answers), "deaf" (closes the line before it has taken anything), "close" (takes
    it, then closes the line), "half" (half an answer), "odd" (an answer that means nothing).
    """

    def __init__(self, certificate: Path | None = None) -> None:
        self.sent: list[tuple[str, bytes]] = []
        self.ways: list[str] = []
        self.usual = "ok"
        self.lines = 0
        self._took = threading.Condition()
        safe = None
        if certificate is not None:
            safe = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            safe.load_cert_chain(certificate)
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])
        self._server = Controller(
            self, "127.0.0.1", self.port, server_hostname="loopback", authenticator=_let_in, auth_require_tls=False,
            enable_SMTPUTF8=True, tls_context=safe,
        )  # fmt: skip
        self._server.start()

    def stop(self) -> None:
        """Nobody answers any more."""
        if self._server.server is not None:
            self._server.stop()

    def wait_for(self, count: int, seconds: float) -> None:
        """Until it has taken so many, or for so long."""
        with self._took:
            self._took.wait_for(lambda: len(self.sent) >= count, seconds)

    def twice(self) -> list[str]:
        """The addresses that got more than one mail."""
        return [to for to, count in Counter(to for to, _mail in self.sent).items() if count > 1]

    def mails(self) -> list[EmailMessage]:
        """What it took, read."""
        held = (mail.replace(b"\r\n", b"\n") for _to, mail in self.sent)
        return [message_from_bytes(mail, policy=policy.default) for mail in held]  # type: ignore[misc]

    def way(self, sort: str) -> str:
        """How the next mail is met at this place; "" where as usual."""
        way = self.ways[0] if self.ways else self.usual
        here = way.split()[0] if way.split()[0] in ("mail", "rcpt") else "data"
        if here != sort:
            return ""
        if self.ways:
            self.ways.pop(0)
        return way.removeprefix(sort).strip()

    # ---------------------------------------------------------------- what aiosmtpd asks

    async def handle_EHLO(self, _server: Any, session: Any, _envelope: Any, host: str, answers: Any) -> Any:
        """Somebody comes."""
        self.lines += 1
        session.host_name = host
        return answers

    async def handle_MAIL(self, _server: Any, _session: Any, envelope: Any, address: str, options: Any) -> str:
        """Who sends."""
        if said := self.way("mail"):
            return said
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        """Who is to get it."""
        if said := self.way("rcpt"):
            return said
        if self.ways[:1] == ["deaf"]:
            self.ways.pop(0)
            server.transport.abort()
            return "250 OK"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:
        """The mail itself."""
        way = self.way("data") or "ok"
        if way[:3].isdecimal():
            return way
        with self._took:
            self.sent += [(to, envelope.content) for to in envelope.rcpt_tos]
            self._took.notify_all()
        if way == "stall":
            await asyncio.sleep(20)
        elif way == "half":
            server.transport.write(b"2")
            server.transport.close()
        elif way == "close":
            server.transport.abort()
        return "abc" if way == "odd" else f"250 OK as {len(self.sent)}"


def _let_in(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
    return AuthResult(success=(given.login, given.password) == (b"crm", PASSWORD.encode()), handled=False)


def arrange(server: MailServer, **chosen: str) -> None:
    """Make this the e-mail server of the office."""
    held = {"host": "localhost", "port": str(server.port), "security": "none", "user": "", "name": "Büro Köln, Nord",
            "address": "office@crm.example", "reply_to": "", "per_minute": "0", **chosen}  # fmt: skip
    if held["user"]:
        secrets.keep(accounts.PASSWORD, PASSWORD)
    for setting in settings.MAIL:
        office.choose(setting, held[setting.name.rpartition(".")[2]], "ADMIN")


def lead(name: str, email: str | None = None, **values: Any) -> Lead:
    """A new lead with this address, or one of its own."""
    address = f"{name.lower()}@people.example" if email is None else email
    return leads.create({"description": "x", "first_name": name, "email": address, **values}, "ADMIN")


def prepared(records: list[Any], body: str = HELLO, subject: str = "News", by: str = "ADMIN") -> recipients.Prepared:
    """What a text comes to for these."""
    return recipients.prepare([(type(each), each.key) for each in records], subject, body, by)


def made(count: int, key: str = "one", body: str = HELLO, **more: Any) -> str:
    """A batch to so many new leads."""
    held = [lead(f"N{place}") for place in range(count)]
    making.make(key, "News", body, prepared(held, body), "ADMIN", **more)
    return key


def states(key: str = "one") -> dict[str, int]:
    """How many mails of a batch stand how."""
    held = messages.batch(key, "ADMIN")
    assert held is not None
    return {state.value: count for state, count in held.counts.items()}
