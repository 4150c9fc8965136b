"""What of the calendar asks no rights itself, and what the rest needs (`test_calendar_entries.py` tries them)."""

from __future__ import annotations

from datetime import date
from typing import Any

PARTS = {
    "services.calendar.rows": "known_kinds dated repeating invited left_over overdue coming linked of_number",
    "services.calendar.whose": "reaching",
    "services.repeating": "like",
}
OTHERWISE = (
    " calendar.entries.between calendar.entries.not_in calendar.entries.pending calendar.entries.upcoming"
    " calendar.entries.of_record calendar.entries.one calendar.entries.kinds calendar.whose.owners"
    " calendar.whose.seen_of calendar.free.free calendar.free.next_free calendar.free.not_known"
    " calendar.moving.move calendar.moving.move_all"
    " calendar.moving.move_following calendar.moving.lengthen calendar.moving.lengthen_all calendar.moving.copy_to"
    " calendar.moving.take_out calendar.moving.single_out calendar.moving.end_before calendar.making.start"
    " calendar.making.start_about calendar.making.link_to calendar.making.save calendar.making.set_guests"
    " calendar.making.guests_of calendar.making.answer calendar.making.people"
    " transfer.calendars.people.of_tasks transfer.calendars.people.those_with "
)
"""one's own entries, those of others as far as their tasks are seen and changed, and what one is invited to"""
USUAL: dict[str, Any] = {"addresses": [], "owners": ["ADMIN"], "guests": [], "minutes": 30, "planned": None,
                         "stood": None, "lasted": None, "begins": None, "ends": None}  # fmt: skip
_NUMBERED = ("entries.one", *(f"moving.{name}" for name in
             ("move", "move_all", "move_following", "lengthen", "lengthen_all", "copy_to", "take_out", "single_out",
              "end_before")), *(f"making.{name}" for name in ("set_guests", "guests_of", "answer")))  # fmt: skip
ARGUMENTS: dict[str, Any] = {
    **{f"services.calendar.{name}.task": 1 for name in _NUMBERED},
    **{f"services.calendar.moving.{name}.day": date(2026, 12, 1) for name in ("move_all", "move_following", "copy_to")},
    "services.calendar.entries.of_record.record": "lead",
    "transfer.calendars.people.of_tasks.tasks": [],
}
