"""The sums of a document with lines: discounts, taxes by rate, rounding as the office has chosen.

Money is whole cents, quantities are thousandths, percent are hundredths of one. Halves are rounded away from zero.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ONE = 1_000
"""a quantity of one"""
WHOLE = 10_000
"""a hundred percent"""


class Item(NamedTuple):
    """What a line costs: `price` a unit, less `discount` percent, less `less` cents."""

    quantity: int = ONE
    price: int = 0
    discount: int = 0
    less: int = 0
    rate: int = 0
    cost: int | None = None
    """a unit; None where nobody knows it"""


class Way(NamedTuple):
    """How a document is reckoned: prices with their tax in them or not, tax rounded by line or by rate, and what is
    taken off all of it.
    """

    gross: bool = False
    by_line: bool = False
    discount: int = 0
    less: int = 0


class OfRate(NamedTuple):
    """What a rate of tax is taken of, and what it comes to."""

    rate: int
    net: int
    tax: int


class Totals(NamedTuple):
    """What a document comes to. `items` are the lines before what is taken off all of it; `lines` is their sum."""

    items: tuple[int, ...]
    lines: int
    discount: int
    rates: tuple[OfRate, ...]
    net: int
    tax: int
    total: int
    cost: int | None
    """of all lines; None where it is known of none"""

    @property
    def margin(self) -> int | None:
        """What stays of the net sum; None where no cost is known."""
        return None if self.cost is None else self.net - self.cost


def rounded(numerator: int, denominator: int) -> int:
    """A fraction as a whole number, halves away from zero; the denominator is above zero."""
    whole = (2 * abs(numerator) + denominator) // (2 * denominator)
    return whole if numerator >= 0 else -whole


def of_item(item: Item) -> int:
    """What a line comes to, in the prices of its document; rounded once."""
    return rounded(item.quantity * item.price * (WHOLE - item.discount), ONE * WHOLE) - item.less


def shared(amount: int, parts: Sequence[int]) -> list[int]:
    """An amount over parts by their size, to the cent: who was cut most gets the next cent, the first one first."""
    whole = sum(parts)
    if whole == 0 or amount == 0:
        return [amount, *[0] * (len(parts) - 1)] if parts else []
    sign = -1 if amount < 0 else 1
    size, of = abs(amount), abs(whole)
    exact = [size * part * (1 if whole > 0 else -1) for part in parts]
    found = [each // of for each in exact]
    left = size - sum(found)
    for place in sorted(range(len(parts)), key=lambda at: (-(exact[at] % of), at))[:left]:
        found[place] += 1
    return [sign * each for each in found]


def reckon(items: Sequence[Item | None], way: Way) -> Totals:
    """What a document comes to; None stands for a heading or a sentence."""
    sums = [0 if item is None else of_item(item) for item in items]
    lines = sum(sums)
    discount = _off(lines, way)
    rates = _by_line(items, sums, discount, way) if way.by_line else _by_rate(items, sums, discount, way)
    net, tax = sum(each.net for each in rates), sum(each.tax for each in rates)
    return Totals(tuple(sums), lines, discount, rates, net, tax, net + tax, _cost(items))


def _off(lines: int, way: Way) -> int:
    """What is taken off all of it: percent first, and of the amount at most what is left, which never turns round."""
    percent = rounded(lines * way.discount, WHOLE)
    left = lines - percent
    return percent + (min(max(way.less, 0), left) if left > 0 else max(min(way.less, 0), left))


def _by_rate(items: Sequence[Item | None], sums: Sequence[int], discount: int, way: Way) -> tuple[OfRate, ...]:
    by_rate: dict[int, int] = {}
    for item, amount in zip(items, sums, strict=True):
        if item is not None:
            by_rate[item.rate] = by_rate.get(item.rate, 0) + amount
    ordered = sorted(by_rate, reverse=True)
    off = shared(discount, [by_rate[rate] for rate in ordered])
    return tuple(_taxed(rate, by_rate[rate] - less, way.gross) for rate, less in zip(ordered, off, strict=True))


def _by_line(items: Sequence[Item | None], sums: Sequence[int], discount: int, way: Way) -> tuple[OfRate, ...]:
    priced = [(item.rate, amount) for item, amount in zip(items, sums, strict=True) if item is not None]
    off = shared(discount, [amount for _rate, amount in priced])
    found: dict[int, tuple[int, int]] = {}
    for (rate, amount), less in zip(priced, off, strict=True):
        each = _taxed(rate, amount - less, way.gross)
        net, tax = found.get(rate, (0, 0))
        found[rate] = (net + each.net, tax + each.tax)
    return tuple(OfRate(rate, *found[rate]) for rate in sorted(found, reverse=True))


def _taxed(rate: int, amount: int, gross: bool) -> OfRate:
    if gross:
        net = rounded(amount * WHOLE, WHOLE + rate)
        return OfRate(rate, net, amount - net)
    return OfRate(rate, amount, rounded(amount * rate, WHOLE))


def _cost(items: Sequence[Item | None]) -> int | None:
    known = [item for item in items if item is not None and item.cost is not None]
    return sum(rounded(item.quantity * (item.cost or 0), ONE) for item in known) if known else None


def subtotals(headings: Sequence[int], sums: Sequence[int]) -> Mapping[int, int]:
    """The sum under each heading, by its place, up to the next one."""
    ends = [*headings[1:], len(sums)]
    return {first: sum(sums[first:end]) for first, end in zip(headings, ends, strict=False)}
