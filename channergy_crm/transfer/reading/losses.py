"""What stands in a file and goes into no record: counted, the first of it shown, so that nothing vanishes silently."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.language import _

if TYPE_CHECKING:
    from collections.abc import Iterator

SHOWN = 80


class Loss(NamedTuple):
    """One thing a file holds that no record takes: what it is, in how many places, and the first of them."""

    what: str
    times: int
    row: int
    text: str

    @property
    def sentence(self) -> str:
        """“Photos: 3; the first in row 2.”"""
        said = _("{what}: {times:,}; the first in row {row}: “{text}”.") if self.text else ""
        said = said or _("{what}: {times:,}; the first in row {row}.")
        return said.format(**self._asdict())


@dataclass
class Losses:
    """All that a file holds and no record takes, gathered while its rows are read, one entry for each kind of thing."""

    _held: dict[str, Loss] = field(default_factory=dict)

    def tell(self, what: str, row: int, text: str = "") -> None:
        """One more of these was left out; `what` is said to people, such as “Rows that are no records”."""
        before = self._held.get(what)
        shown = " ".join(text.split())
        shown = shown if len(shown) <= SHOWN else f"{shown[: SHOWN - 1]}…"
        self._held[what] = before._replace(times=before.times + 1) if before else Loss(what, 1, row, shown)

    def clear(self) -> None:
        """The rows are read anew from the first one on."""
        self._held.clear()

    def __iter__(self) -> Iterator[Loss]:
        return iter(list(self._held.values()))

    def __bool__(self) -> bool:
        return bool(self._held)
