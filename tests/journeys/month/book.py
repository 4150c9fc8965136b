"""What was done in the month by the script's own reckoning."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm.records import SalesDocument

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.ui.hands import Hands


@dataclass
class Book:
    """One office in one month."""

    done: Counter[str] = field(default_factory=Counter)
    deals: dict[str, list[int]] = field(default_factory=dict)
    """of each seller, those without a quote"""
    accounts: dict[str, list[int]] = field(default_factory=dict)
    typed: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    """of each quote, the products and quantities that were typed"""
    won: dict[int, int] = field(default_factory=dict)
    """which quote won each deal"""
    paid: list[tuple[int, int]] = field(default_factory=list)
    """the payments: which invoice, how much"""
    reminded: list[int] = field(default_factory=list)
    received: Counter[str] = field(default_factory=Counter)
    """of each product, how many thousandths have come"""
    serial: int = 0

    def next(self) -> int:
        """A number nothing else has."""
        self.serial += 1
        return self.serial


class Desk(NamedTuple):
    """Somebody at the window: their hands, who they are, and the book of the month."""

    hands: Hands
    by: str
    book: Book


def those(what: str, by: str, *states: str, **more: Any) -> Sequence[SalesDocument]:
    """The documents of a kind of somebody (of all where nobody is named) in these states, the oldest first."""
    asked: Any = SalesDocument.select().where((SalesDocument.what == what) & SalesDocument.state.in_(states))
    if by:
        asked = asked.where(SalesDocument.owner == by)
    for name, value in more.items():
        asked = asked.where(getattr(SalesDocument, name) == value)
    return list(asked.order_by(SalesDocument.number))


def fresh(number: int) -> SalesDocument:
    """A document as it is stored now."""
    held: SalesDocument | None = SalesDocument.find(number)
    assert held is not None
    return held


def link(record: Any, name: str) -> int | None:
    """The number of the record another one leads to."""
    held: int | None = record.__data__.get(name)
    return held
