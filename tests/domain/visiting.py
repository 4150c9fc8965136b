"""A browser without a screen, and people who visit the portal: what several tests of it stand on."""

from __future__ import annotations

import io
import re
from html import unescape
from http.cookies import SimpleCookie
from typing import Any, NamedTuple
from urllib.parse import urlencode

from channergy_crm import work
from channergy_crm.portal.rates import Rate, Rates
from channergy_crm.portal.routes import portal
from channergy_crm.records import Contact, Ticket
from channergy_crm.records.messages import MessageRow
from channergy_crm.services import office as office_settings
from channergy_crm.services.portal import entering
from channergy_crm.services.rights import Program
from channergy_crm.services.tickets import keeping
from channergy_crm.settings import MAIL_ADDRESS, MAIL_HOST, MAIL_PORT
from tests import made as make

BASE = "http://127.0.0.1:8800"
BY = "ADMIN"
ANY_NUMBER = {name: Rate(1_000_000, 1) for name in ("pages", "links", "addresses", "tokens", "writing")}
"""for tests that are about something else"""


class Came(NamedTuple):
    """What came back."""

    status: int
    heads: dict[str, str]
    text: str
    cookies: list[str]

    def plain(self) -> str:
        """What is read on the page."""
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", self.text)).split())


class Browser:
    """Asks the portal for pages and keeps its cookies, as a browser would."""

    def __init__(self, base: str = BASE, rates: Rates | None = None, language: str = "en") -> None:
        self.portal: Any = portal(base, rates or Rates(ANY_NUMBER, kept=()))
        self.base, self.language, self.cookies, self.seal = base, language, dict[str, str](), ""
        self.later = True
        """whether what follows an answer is done at once"""
        self.left_over: list[Any] = []

    def ask(self, path: str, method: str = "GET", body: bytes = b"", **heads: Any) -> Came:
        """One request; `heads` are names of the WSGI environment."""
        where, _mark, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": method, "PATH_INFO": where, "QUERY_STRING": query, "REMOTE_ADDR": "192.0.2.1",
            "HTTP_ACCEPT_LANGUAGE": self.language, "HTTP_HOST": "evil.example", "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body), **heads,
        }  # fmt: skip
        if self.cookies and "HTTP_COOKIE" not in heads:
            environ["HTTP_COOKIE"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        told: list[Any] = []
        given = self.portal({name: value for name, value in environ.items() if value is not None},
                            lambda status, sent: told.extend([status, sent]))  # fmt: skip
        text = b"".join(given).decode("utf-8", "replace")
        (given.close if self.later else lambda: self.left_over.append(given.close))()
        status, sent = told
        cookies = [value for name, value in sent if name == "Set-Cookie"]
        for value in cookies:
            for name, held in SimpleCookie(value).items():
                self.cookies.pop(name, None)
                if held.value:
                    self.cookies[name] = held.value
        if found := re.search(r'name="seal" value="([0-9a-f]{64})"', text):
            self.seal = found[1]
        return Came(int(status[:3]), dict(sent), text, cookies)

    def send(self, path: str, words: dict[str, str] | None = None, **heads: Any) -> Came:
        """Send a form without files, sealed as the page before it was."""
        body = urlencode({"seal": self.seal, **(words or {})}).encode()
        heads = {"CONTENT_TYPE": "application/x-www-form-urlencoded", "HTTP_ORIGIN": self.base, **heads}
        return self.ask(path, "POST", body, **heads)

    def send_files(self, path: str, words: dict[str, str], files: list[tuple[str, bytes]]) -> Came:
        """Send a form with files."""
        parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode()
                 for name, value in {"seal": self.seal, **words}.items()]  # fmt: skip
        parts += [f'Content-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'.encode() + data
                  for name, data in files]  # fmt: skip
        body = b"".join(b"--xyz\r\n" + part + b"\r\n" for part in parts) + b"--xyz--\r\n"
        return self.ask(path, "POST", body, CONTENT_TYPE="multipart/form-data; boundary=xyz", HTTP_ORIGIN=self.base)

    def enter(self, who: Contact) -> Came:
        """Come in by a link, as if it had been mailed, and see the first page."""
        token = entering.offer(who.number, Program.COMMAND_LINE)
        assert self.send(f"/enter/{token}").status == 303
        return self.ask("/tickets")


def contact(name: str = "Chiara", firm: str = "Millstone Candle Works", **values: Any) -> Contact:
    """Somebody with access, at an account of their own."""
    account = make.account(firm)
    held = Contact(customer=account.customer, first_name=name, last_name="Zielinski",
                   **{"portal": True, "email": f"{name.lower()}@millstone.example", **values})  # fmt: skip
    with work.unit("x", by=BY):
        held.save()
    return held


def ticket(who: Contact, title: str = "Box arrived broken", **values: Any) -> Ticket:
    """A ticket of theirs."""
    held = keeping.start(BY, contact=who.number)
    for name, value in {"title": title, **values}.items():
        setattr(held, name, value)
    return keeping.save(held, BY)


def sends_mail() -> None:
    """The office sends mail from now on."""
    for setting, value in ((MAIL_HOST, "mail.office.example"), (MAIL_PORT, "587"), (MAIL_ADDRESS, "us@office.example")):
        office_settings.choose(setting, value, BY)


def mailed() -> list[MessageRow]:
    """The mails that were put down."""
    return list(MessageRow.select().order_by(MessageRow.number))


def link_in(text: str) -> str:
    """The way in a mail tells."""
    found = re.search(r"/enter/[A-Za-z0-9_-]{43}", text)
    assert found is not None, text
    return found[0]
