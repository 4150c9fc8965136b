"""A month of selling through the real window; its figures are those of plain SQL (VT-7, VT-22…VT-25, VT-86, VT-137)."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from tests.journeys.month import plan, reckoned
from tests.journeys.month.book import Book
from tests.journeys.month.office import WHOLESALE, price
from tests.journeys.month.run import deed, live
from tests.journeys.month.seen import all_agrees
from tests.journeys.month.sql import Priced, Told
from tests.journeys.week.noise import Noise

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.engines("sqlite")
"""on both engines and with many times as many deeds: python -m tests.benchmarks.bench_sales_month"""


def test_vt86_vt137_a_month_from_quote_to_paid_invoice_adds_up_to_what_plain_sql_says(
    qtbot: Any, database_url: str, tmp_path: Path
) -> None:
    held = Book()
    with Noise() as noise:
        live(qtbot, database_url, tmp_path, plan.SMALL, plan.month(plan.SMALL), held, noise)
        sums = all_agrees(qtbot, database_url, plan.SMALL, held)
        assert not noise.lines
    assert all(sums.values()), sums


def test_the_plan_of_the_month_is_the_same_each_time_and_does_what_was_said() -> None:
    for size in (plan.SMALL, plan.LARGE):
        visits = plan.month(size)
        assert visits == plan.month(size)
        done = Counter(each.name for visit in visits for each in visit.deeds)
        assert done == size.counts and all(callable(deed(name)) for name in done)
        assert [visit.at for visit in visits] == sorted(visit.at for visit in visits)
    sold = {"write_quote": 200, "to_order": 120, "bill": 180, "credit": 10, "remind": 20, "pay": 150}
    assert plan.LARGE.counts.items() >= sold.items()


def test_the_sums_of_the_script_are_those_of_a_pocket_calculator() -> None:
    sold = [(300, 24_00, 0, 825), (5, 3_20, 0, 825), (3, 45, 1_000, 210)]
    lines = [
        Priced(1, 1, place, 1, many * 1_000, cents, less, 0, rate, 0, None)
        for place, (many, cents, less, rate) in enumerate(sold)
    ]
    assert [reckoned.of_line(line) for line in lines] == [7_200_00, 16_00, 1_22]
    assert reckoned.of_document(Told("quote", 0, 0, 0, 0, 0), lines[:2]) == (7_216_00, 595_32)
    assert reckoned.of_document(Told("quote", 250, 0, 0, 0, 0), lines) == (7_036_79, 580_46)
    assert reckoned.over(100, [1, 1, 1]) == [34, 33, 33]
    asked = [(1, ""), (100, ""), (100, WHOLESALE), (200, WHOLESALE)]
    assert [price("CS-204", Fraction(many), group) for many, group in asked] == [24_00, 22_50, 20_00, 18_25]
