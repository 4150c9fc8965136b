"""What stands in a file and goes into no record: counted, the first of it shown, so that nothing vanishes silently."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.language import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SHOWN = 80


class Loss(NamedTuple):
    """One thing a file holds that no record takes: what it is, in how many places, and the first of them.

    What stands in no row, such as another sheet, has row 0. What is `kept` went elsewhere than its column says.
    """

    what: str
    times: int
    row: int
    text: str
    kept: bool = False

    @property
    def sentence(self) -> str:
        """“Photos: 3; the first in row 2.”"""
        if self.row:
            said = _("{what}: {times:,}; the first in row {row}: “{text}”.") if self.text else ""
            said = said or _("{what}: {times:,}; the first in row {row}.")
        else:
            said = _("{what}: {times:,}; the first: “{text}”.") if self.text else _("{what}: {times:,}.")
        return said.format(**self._asdict())


@dataclass
class Losses:
    """All that a file holds and no record takes, gathered while its rows are read, one entry for each kind of thing."""

    _held: dict[str, Loss] = field(default_factory=dict)
    _of_file: dict[str, Loss] = field(default_factory=dict)

    def tell(self, what: str, row: int, text: str = "", *, kept: bool = False) -> None:
        """One more of these was left out; `what` is said to people, such as “Rows that are no records”."""
        before = self._held.get(what)
        shown = " ".join(text.split())
        shown = shown if len(shown) <= SHOWN else f"{shown[: SHOWN - 1]}…"
        self._held[what] = before._replace(times=before.times + 1) if before else Loss(what, 1, row, shown, kept)

    def add(self, others: Iterable[Loss]) -> Losses:
        """What others have told, as one account: each kind of thing once, the first of it shown."""
        for loss in others:
            held = self._held.get(loss.what, loss)
            first = min(held, loss, key=lambda each: each.row)
            times = held.times + loss.times if loss.what in self._held else loss.times
            self._held[loss.what] = first._replace(times=times)
        return self

    def opened(self) -> Losses:
        """The file has been opened: what was told until now is told whenever its rows are read."""
        self._of_file = dict(self._held)
        return self

    def begin(self) -> None:
        """The rows are read, perhaps once more, from the first one on."""
        self._held = dict(self._of_file)

    def __iter__(self) -> Iterator[Loss]:
        return iter(list(self._held.values()))

    def __bool__(self) -> bool:
        return bool(self._held)
