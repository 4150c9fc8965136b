"""The sums of documents against a second reckoning with fractions, and what holds for all of them."""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from random import Random
from typing import NamedTuple

import pytest

from channergy_crm.money.totals import Item, OfRate, Totals, Way, of_item, reckon, rounded, shared, subtotals

RATES = (0, 700, 1_900, 825, 2_000, 550, 810)
WAYS = [(gross, by_line) for gross in (False, True) for by_line in (False, True)]


class Second(NamedTuple):
    """What the second reckoning found."""

    items: list[int]
    rates: dict[int, tuple[int, int]]


def cents(exact: Fraction) -> int:
    """To the cent, halves away from zero, by the arithmetic of decimals."""
    scaled = Decimal(exact.numerator) / Decimal(exact.denominator)
    return int(scaled.quantize(Decimal(1), ROUND_HALF_UP))


def parted(amount: int, parts: list[int]) -> list[int]:
    """By the largest remainder: all are cut down, what is left goes to those who lost most."""
    whole = sum(parts)
    if not amount or not whole:
        return [0] * len(parts)
    exact = [Fraction(abs(amount)) * part / whole for part in parts]
    down = [each.numerator // each.denominator for each in exact]
    lost = sorted(range(len(parts)), key=lambda at: (down[at] - exact[at], at))
    for at in lost[: abs(amount) - sum(down)]:
        down[at] += 1
    return [each if amount > 0 else -each for each in down]


def again(items: list[Item | None], way: Way) -> Second:
    """The same document, reckoned with fractions."""
    sums = [
        0 if each is None else
        cents(Fraction(each.quantity, 1_000) * each.price * (1 - Fraction(each.discount, 10_000))) - each.less
        for each in items
    ]  # fmt: skip
    lines = sum(sums)
    percent = cents(lines * Fraction(way.discount, 10_000))
    left = lines - percent
    amount = 0 if left * way.less <= 0 else min(abs(left), abs(way.less)) * (1 if left > 0 else -1)
    priced = [(each.rate, amount) for each, amount in zip(items, sums, strict=True) if each is not None]
    if not way.by_line:
        by_rate: dict[int, int] = defaultdict(int)
        for rate, each in priced:
            by_rate[rate] += each
        priced = sorted(by_rate.items(), reverse=True)
    found: dict[int, tuple[int, int]] = {}
    for (rate, each), less in zip(priced, parted(percent + amount, [each for _rate, each in priced]), strict=True):
        share = Fraction(rate, 10_000)
        held = each - less
        net = cents(held / (1 + share)) if way.gross else held
        tax = held - net if way.gross else cents(held * share)
        before = found.get(rate, (0, 0))
        found[rate] = (before[0] + net, before[1] + tax)
    return Second(sums, found)


def made(random: Random) -> tuple[list[Item | None], int, int]:
    """Lines and what is taken off all of them."""
    items: list[Item | None] = []
    for _line in range(random.randint(1, 12)):
        if random.random() < 0.15:
            items.append(None)
            continue
        quantity = random.choice((1_000, 3_000, 250, 333, 0, -1_000, -2_500, random.randint(1, 99_999)))
        items.append(
            Item(quantity, random.choice((0, 1, 999, 33_333, random.randint(0, 5_000_000))),
                 random.choice((0, 0, 500, 1_250, 3_333, 10_000)), random.choice((0, 0, 1, 150)), random.choice(RATES),
                 random.choice((None, random.randint(0, 4_000))))
        )  # fmt: skip
    return items, random.choice((0, 0, 300, 1_000, 3_333, 10_000)), random.choice((0, 0, 1, 999, 10_000_000_000))


def same(found: Totals, second: Second) -> None:
    """To the last cent, by line and by rate."""
    assert list(found.items) == second.items
    assert found.rates == tuple(OfRate(rate, *second.rates[rate]) for rate in sorted(second.rates, reverse=True))
    assert found.net == sum(net for net, _tax in second.rates.values())
    assert found.tax == sum(tax for _net, tax in second.rates.values())


@pytest.mark.parametrize(("gross", "by_line"), WAYS)
def test_200_documents_come_to_what_fractions_say(gross: bool, by_line: bool) -> None:
    random = Random(15)
    for _document in range(200):
        items, discount, less = made(random)
        way = Way(gross, by_line, discount, less)
        found = reckon(items, way)
        same(found, again(items, way))
        parts_make_the_whole(found, way)
        mirrored(items, way, found)


def parts_make_the_whole(found: Totals, way: Way) -> None:
    """Sums, rates and totals agree, and nothing is taken off below zero."""
    assert found.lines == sum(found.items)
    assert found.total == found.net + found.tax == sum(each.net + each.tax for each in found.rates)
    left = found.lines - found.discount
    assert (found.total if way.gross else found.net) == left
    assert left * found.lines >= 0
    assert abs(found.discount) <= abs(found.lines)


def mirrored(items: list[Item | None], way: Way, found: Totals) -> None:
    """What is given back comes to the same with the other sign."""
    back = [item and item._replace(quantity=-item.quantity, less=-item.less) for item in items]
    turned = reckon(back, way._replace(less=-way.less))
    assert (turned.net, turned.tax, turned.total) == (-found.net, -found.tax, -found.total)
    assert turned.items == tuple(-each for each in found.items)


def test_what_is_shared_sums_up_whatever_the_signs_are() -> None:
    random = Random(7)
    for _turn in range(500):
        parts = [random.randint(-9_999, 9_999) for _part in range(random.randint(1, 9))]
        amount = random.randint(-20_000, 20_000)
        found = shared(amount, parts)
        assert sum(found) == amount
        if sum(parts):
            assert found == [-each for each in shared(-amount, parts)]
            assert found == [-each for each in shared(-amount, [-part for part in parts])]
            exact = [Fraction(amount * part, sum(parts)) for part in parts]
            assert all(abs(each - whole) < 1 for each, whole in zip(found, exact, strict=True))
    assert shared(10, []) == []
    assert shared(10, [0, 0]) == [10, 0]


def test_halves_go_away_from_zero() -> None:
    assert [rounded(each, 2) for each in (-3, -1, 1, 3, 5)] == [-2, -1, 1, 2, 3]
    assert of_item(Item(500, 1)) == 1
    assert of_item(Item(-500, 1)) == -1


def test_a_document_as_an_office_writes_it() -> None:
    items = [Item(3_000, 1_999, 1_000, 0, 1_900, 1_200), None, Item(250, 8_000, 0, 500, 700)]
    found = reckon(items, Way(discount=300, less=100))
    assert found.items == (5_397, 0, 1_500)
    assert (found.lines, found.discount) == (6_897, 307)
    assert found.rates == (OfRate(1_900, 5_157, 980), OfRate(700, 1_433, 100))
    assert (found.net, found.tax, found.total, found.cost) == (6_590, 1_080, 7_670, 3_600)
    assert found.margin == 2_990


@pytest.mark.parametrize("by_line", [False, True])
def test_more_off_than_there_is_makes_it_free_and_never_a_debt(by_line: bool) -> None:
    items = [Item(1_000, 10_000, rate=1_900), Item(-1_000, 2_500, rate=700)]
    found = reckon(items, Way(by_line=by_line, less=99_999))
    assert (found.discount, found.net, found.tax, found.total) == (7_500, 0, 0, 0)
    assert all((each.net, each.tax) == (0, 0) for each in found.rates)


def test_nothing_is_taken_off_a_sum_of_nothing_or_one_that_goes_back() -> None:
    nothing = reckon([Item(1_000, 500, rate=1_900), Item(-1_000, 500, rate=700)], Way(less=100))
    assert (nothing.discount, nothing.net, nothing.tax) == (0, 0, 60)
    assert reckon([Item(-1_000, 500)], Way(less=100)).discount == 0
    assert reckon([], Way(less=100, discount=1_000)).total == 0
    assert reckon([], Way()).cost is None
    assert reckon([], Way()).margin is None


def test_tax_in_the_price_is_taken_out_of_it() -> None:
    found = reckon([Item(1_000, 11_900, rate=1_900), Item(1_000, 10_000)], Way(gross=True))
    assert found.rates == (OfRate(1_900, 10_000, 1_900), OfRate(0, 10_000, 0))
    assert found.total == 21_900


def test_by_line_and_by_rate_differ_where_cents_are_cut() -> None:
    items = [Item(1_000, 103, rate=1_900)] * 3
    assert reckon(items, Way(by_line=True)).tax == 60
    assert reckon(items, Way()).tax == 59


def test_a_heading_has_the_sum_of_what_stands_under_it() -> None:
    assert subtotals([0, 3], [0, 100, 200, 0, 50]) == {0: 300, 3: 50}
    assert subtotals([], [1, 2]) == {}
