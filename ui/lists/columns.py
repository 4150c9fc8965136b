"""What a grid remembers of its columns: which, in what order, how wide, and by which it is sorted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from channergy_crm.query.listing import label

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence, Set

    from PySide6.QtWidgets import QHeaderView

    from channergy_crm.settings import Station
    from channergy_crm.work.record import Record

Order = list[tuple[str, bool]]
"""names of columns, the first sorted by first, each with whether downwards"""


class Columns:
    """The columns of one list on this workstation."""

    def __init__(self, name: str, record: type[Record], station: Station, default: Sequence[str]) -> None:
        self._name, self._record, self._station = name, record, station
        self._default = list(default)
        self.hidden: Callable[[], Set[str]] = frozenset
        """the fields whoever looks is not shown"""

    def all(self) -> list[tuple[str, str]]:
        """Every column the list could show, with its heading."""
        kept, every = self.hidden(), [*self._record.kinds(), *self._record.extras()]
        return [(name, label(self._record, name)) for name in every if name not in kept]

    def offered(self, shown: Sequence[str]) -> list[tuple[str, str]]:
        """Those somebody can choose from: a retired field only where it is shown already."""
        retired = self._record.kinds().keys() - self._record.offered().keys() - set(shown)
        return [(name, heading) for name, heading in self.all() if name not in retired]

    def shown(self) -> list[str]:
        """The columns on the screen, from left to right; a retired field only where somebody has chosen it."""
        return self.left_of(self._chosen() or self._default)

    def _chosen(self) -> list[str]:
        held: list[str] = self._station.recall(f"{self._name}.columns", [])
        return held

    def left_of(self, names: Sequence[str]) -> list[str]:
        """What of these columns the list can show now; the usual ones when it is none of them."""
        chosen = bool(self._chosen())
        known = dict(self.all() if chosen else self.offered([]))
        return [name for name in names if name in known] or [name for name in self._default if name in known]

    def choose(self, names: Sequence[str]) -> None:
        """Remember these columns in this order."""
        self._station.remember(f"{self._name}.columns", list(names))

    def order(self, default: Order) -> Order:
        """The columns the list is sorted by, first to last, and whether downwards."""
        return self.known_order(self._station.recall(f"{self._name}.order", [])) or default

    def known_order(self, order: Sequence[object]) -> Order:
        """What of this order the list can be sorted by."""
        known = {name for name, _ in self.all()}
        pairs = (pair for pair in order if isinstance(pair, list | tuple) and len(pair) == 2)
        return [(str(name), bool(descending)) for name, descending in pairs if name in known]

    def keep_order(self, order: Order) -> None:
        """Remember how the list is sorted."""
        self._station.remember(f"{self._name}.order", [list(pair) for pair in order])

    def sign(self, header: QHeaderView, names: Sequence[str], orders: Order) -> None:
        """Give the column sorted by first its arrow."""
        name, descending = orders[0]
        direction = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(list(names).index(name) if name in names else -1, direction)

    def widths(self) -> dict[str, int]:
        """How wide somebody made columns, by name; the others are as wide as they need."""
        held: dict[str, int] = self._station.recall(f"{self._name}.widths", {})
        return held

    def keep_widths(self, widths: Mapping[str, int]) -> None:
        """Remember how wide somebody made these columns."""
        self._station.remember(f"{self._name}.widths", {**self.widths(), **widths})
