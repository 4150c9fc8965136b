"""How often somebody may do a thing: so many at once, and then one after the other (VT-177)."""

from __future__ import annotations

import ipaddress
import math
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Rate(NamedTuple):
    """So many within so many seconds."""

    most: int
    seconds: int


USUAL = {
    "pages": Rate(600, 60), "links": Rate(20, 3600), "addresses": Rate(5, 3600),
    "tokens": Rate(20, 600), "writing": Rate(30, 3600),
}  # fmt: skip
MOST_KNOWN = 10_000
"""who is remembered at the most, of all of these together"""


class Rates:
    """Remembers who did what how often, while the portal runs."""

    def __init__(self, rates: dict[str, Rate] | None = None, seconds: Callable[[], float] = time.monotonic) -> None:
        self._rates, self._seconds = {**USUAL, **(rates or {})}, seconds
        self._left: dict[tuple[str, str], tuple[float, float]] = {}

    def take(self, what: str, who: str) -> int:
        """Do it once more: 0 where that is all right, else after how many seconds it would be."""
        wait = self.wait(what, who)
        if not wait:
            left, now = self._now(what, who)
            self._left.pop((what, who), None)  # who came last stands last
            self._left[what, who] = left - 1, now
            self._forget()
        return wait

    def wait(self, what: str, who: str) -> int:
        """After how many seconds it may be done again, without doing it."""
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


def client(address: str) -> str:
    """Whom an address on the network belongs to: of the new ones somebody has a whole street."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "?"
    if found.version == 6 and (plain := found.ipv4_mapped) is not None:
        return str(plain)
    return str(found) if found.version == 4 else str(ipaddress.ip_network((found, 64), strict=False))
