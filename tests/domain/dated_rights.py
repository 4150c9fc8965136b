"""What rights records by their day need, and who is found for an entry of the calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

PURE = {"services.dated": "source"}
OTHERWISE = " dated.sources dated.between dated.move calendar_people.found "
"""of the kind of `reading.find` and `saving.save`: the records that are seen, and the one that is changed"""
ARGUMENTS: dict[str, Any] = {
    "services.dated.between.name": "lead", "services.dated.move.name": "lead",
    "services.dated.move.number": 1, "services.dated.move.day": date(2026, 12, 1),
}  # fmt: skip
