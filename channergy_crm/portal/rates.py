"""How often somebody may do a thing: so many at once, and then one after the other (VT-177).

What guards against guessing and against floods of mails is kept in the store, for every portal of the office and beyond
a restart. How many pages somebody looks at within a minute is remembered by the process alone: a page writes nothing.
"""

from __future__ import annotations

import ipaddress
import math
import time
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.services.portal import bounds
from channergy_crm.services.portal.entering import hashed
from channergy_crm.services.rights import Program

if TYPE_CHECKING:
    from collections.abc import Callable, Collection


class Rate(NamedTuple):
    """So many within so many seconds."""

    most: int
    seconds: int


USUAL = {
    "pages": Rate(600, 60), "links": Rate(20, 3600), "addresses": Rate(5, 3600),
    "tokens": Rate(20, 600), "writing": Rate(30, 3600),
}  # fmt: skip
KEPT = frozenset({"links", "addresses", "tokens", "writing"})
MOST_KNOWN = 10_000
"""who is remembered by the process at the most"""
FORGET_EVERY = 60.0


class Rates:
    """Who did what how often. `kept` are the things that are kept in the store."""

    def __init__(
        self, rates: dict[str, Rate] | None = None, seconds: Callable[[], float] = time.time,
        kept: Collection[str] = KEPT,
    ) -> None:  # fmt: skip
        self._rates, self._seconds, self._kept = {**USUAL, **(rates or {})}, seconds, kept
        self._left: dict[tuple[str, str], tuple[float, float]] = {}
        self._forgot = -FORGET_EVERY

    def take(self, what: str, who: str) -> int:
        """Do it once more: 0 where that is all right, else after how many seconds it would be."""
        if what in self._kept:
            self._forget_old()
            return bounds.take(_hashed(what, who), *self._rates[what], self._seconds(), Program.PORTAL)
        wait = self.wait(what, who)
        if not wait:
            left, now = self._now(what, who)
            self._left.pop((what, who), None)  # who came last stands last
            self._left[what, who] = left - 1, now
            self._forget()
        return wait

    def wait(self, what: str, who: str) -> int:
        """After how many seconds it may be done again, without doing it."""
        if what in self._kept:
            return bounds.wait(_hashed(what, who), *self._rates[what], self._seconds(), Program.PORTAL)
        left, _now = self._now(what, who)
        rate = self._rates[what]
        return 0 if left >= 1 else math.ceil((1 - left) * rate.seconds / rate.most)

    def _now(self, what: str, who: str) -> tuple[float, float]:
        rate, now = self._rates[what], self._seconds()
        left, since = self._left.get((what, who), (float(rate.most), now))
        return min(float(rate.most), left + (now - since) * rate.most / rate.seconds), now

    def _forget(self) -> None:
        while len(self._left) > MOST_KNOWN:
            del self._left[next(iter(self._left))]

    def _forget_old(self) -> None:
        now = self._seconds()
        if not 0 <= now - self._forgot < FORGET_EVERY:
            self._forgot = now
            bounds.forget(now, Program.PORTAL)


def _hashed(what: str, who: str) -> str:
    return hashed(f"{what} {who}")


def client(address: str) -> str:
    """Whom an address on the network belongs to: of the new ones somebody has a whole street."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "?"
    if found.version == 6 and (plain := found.ipv4_mapped) is not None:
        return str(plain)
    return str(found) if found.version == 4 else str(ipaddress.ip_network((found, 64), strict=False))
