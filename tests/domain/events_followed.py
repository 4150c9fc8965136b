"""What of the status of follow-ups and of rerouting asks no rights, which rights the rest needs, and what it is called
with (VS-14, VS-16).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from channergy_crm.services.events import spans, status, status_rows, which

ASKED = which.Asked(None, None)
PURE = {
    "services.events.spans": "of",
    "services.events.status_rows": "stands",
    "services.events.status_tables": "titles rows span_said days_said",
    "services.events.which": "within moments late state fell has_task",
}
PARTS = {
    "services.events.lent": "still_there over away_from send_home",
    "services.events.overriding": "bring_back",
    "services.events.status_rows": "customers_of shown_of",
    "services.events.to_reroute": "open_work",
    "services.events.which": "made_ones condition still_open done_in done_some_day made_in waits",
}
NEEDS = (
    " events.status.read events.status.whose_offered events.status_rows.read events.overriding.reroute"
    " events.overriding.preview events.overriding.take_back events.overriding.from_whom events.to_reroute.givers"
    " events.to_reroute.receivers events.to_reroute.find events.to_reroute.find_lent events.to_reroute.rows"
    " transfer.exporting.follow_ups.export_follow_ups "
)
"""the job function CRM; from whom a task came: whoever sees tasks"""
USUAL: dict[str, Any] = {"giver": "GONE", "receivers": ["ADMIN"], "median": 2.0, "span": None}
ARGUMENTS: dict[str, Any] = {
    **{f"services.events.{name}.asked": ASKED for name in ("status.read", "status_rows.read", "which.moments",
                                                           "which.within")},
    "transfer.exporting.follow_ups.export_follow_ups.asked": ASKED,
    "services.events.overriding.reroute.note": "is ill",
    "services.events.status_rows.stands.row": status_rows.Row(1, "Call", "", "", None, None, 0, "", None, "", ""),
    "services.events.status_tables.rows.held": status.Standing(status.Count(), [], [], [], [], [], 0),
    "services.events.status_tables.rows.said": None,
    "services.events.status_tables.span_said.span": spans.Span(date(2026, 11, 1), date(2026, 11, 2), "day"),
}  # fmt: skip
