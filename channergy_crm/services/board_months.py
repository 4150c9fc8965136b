"""The board month by month: what may come in, what of it is likely, what was won (SI-19…SI-22)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from channergy_crm import clock
from channergy_crm.services import pipeline
from channergy_crm.services.board import Sums

if TYPE_CHECKING:
    from collections.abc import Mapping


def spans(months: Mapping[str, Sums]) -> list[pipeline.Month]:
    """The bars of a chart of these sums by month ("2026-11"): without a gap, and what is far from this month together
    as one bar. Deals without a date are in none.
    """
    held = {date.fromisoformat(f"{month}-01"): sums for month, sums in months.items()}
    return [_together(held, first, until) for first, until in pipeline.windows(held, clock.today())]


def _together(held: Mapping[date, Sums], first: date, until: date | None) -> pipeline.Month:
    whole = Sums()
    for month, sums in held.items():
        if first <= month <= (until or first):
            whole.join(sums)
    return pipeline.Month(first, whole.projected, whole.weighted, whole.actual, whole.deals, until)
