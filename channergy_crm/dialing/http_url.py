"""Dial by opening an address of a telephone system or a desk phone, in the background."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from channergy_crm.dialing import web
from channergy_crm.dialing.command_line import PLACES
from channergy_crm.dialing.number import AS_IT_IS, Writing
from channergy_crm.language import N_, _, translated

if TYPE_CHECKING:
    from channergy_crm.dialing.bridge import Secret

METHODS = ("GET", "POST")


def url_problem(text: str, needed: bool = True) -> str | None:
    """A sentence when this address has no place for the number, or nothing may be sent to it."""
    wrong = web.problem(text)
    if wrong or not needed or any(place in text for place in PLACES[:3]):
        return wrong
    return _("Write {place} where the number goes.").format(place=PLACES[0])


@translated("label")
@dataclass(frozen=True)
class HttpUrl:
    """An address with {number} in it; another one may hang up."""

    url: str
    hang_up_url: str = ""
    method: str = "GET"
    user: str = ""
    secret: Secret = lambda: None
    extension: str = ""
    seconds: float = 10.0
    writing: Writing = AS_IT_IS

    name = "http"
    label = N_("Address of a telephone system (HTTP)")
    news = N_("Dialing {number}.")
    keys = ()
    sure = False

    @property
    def can_hang_up(self) -> bool:
        """Where there is an address for it."""
        return bool(self.hang_up_url.strip())

    def check(self) -> str | None:
        """Whether anything may be sent to these addresses."""
        wrong = url_problem(self.url) or self.writing.check()
        return wrong or (url_problem(self.hang_up_url, needed=False) if self.can_hang_up else None)

    def preview(self, number: str) -> str:
        """The request as it leaves; the password goes along unseen."""
        return _("Sends {request}.").format(request=f"{self.method} {self.address(number)}")

    def address(self, number: str) -> str:
        """The address with the number in it."""
        written = self.writing.write(number)
        digits = "".join(filter(str.isdigit, written))
        values = dict(zip(PLACES, (written, digits, AS_IT_IS.write(number), self.extension), strict=True))
        return _filled(self.url, values)

    def dial(self, number: str) -> None:
        """Open the address."""
        self._open(self.address(number))

    def hang_up(self, call: str) -> None:
        """Open the address that hangs up."""
        self._open(_filled(self.hang_up_url, {"{extension}": self.extension}))

    def _open(self, address: str) -> None:
        web.ask(self.method, address, self.seconds, self.user, self.secret() or "")


def _filled(url: str, values: dict[str, str]) -> str:
    for place, value in values.items():
        url = url.strip().replace(place, quote(value, safe=""))
    return url
