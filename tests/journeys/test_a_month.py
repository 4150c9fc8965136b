"""A month of selling through the real window; its figures are those of plain SQL (VT-7, VT-22…VT-25, VT-86, VT-137)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.journeys.month import plan
from tests.journeys.month.book import Book
from tests.journeys.month.run import live
from tests.journeys.month.seen import all_agrees
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
