"""What of Home asks no rights, and which rights the rest needs (VT-15, VT-66)."""

from __future__ import annotations

from datetime import datetime

PURE = {
    "services.home.own_sales": "there_are",
    "services.home.arranging": "key_of columns_of",
}
PARTS = {"services.home.lines": "first_of first_and_all how_many"}
"""steps of blocks that have asked before, for the rows they may see"""
NEEDS = (
    " home.arranging.placed home.arranging.offered home.arranging.views home.arranging.arrange home.arranging.put_on"
    " home.arranging.take_off home.arranging.choose home.arranging.metrics_chosen home.arranging.choose_metrics"
    " home.own_campaigns.office_has_some"
    " home.blocks.offered home.viewed.metrics home.own_work.calls_today goals.working_day "
)
"""each one's own Home"""
OTHERWISE = (
    " home.own_work.due_now home.own_work.activities home.own_work.pending home.own_work.upcoming"
    " home.own_records.new_leads home.own_records.top_opportunities home.own_records.by_stage"
    " home.own_records.top_accounts home.own_records.group_allocations home.viewed.counts home.viewed.read"
    " home.own_campaigns.own_campaigns home.own_sales.open_quotes home.own_sales.open_sales_orders"
    " home.own_sales.open_purchase_orders home.own_sales.open_invoices home.own_sales.by_age"
)
"""only of those that may be seen: tested in test_home.py"""
USUAL = {"more": (), "columns": [["due_now"], [], []], "limit": 8}
ARGUMENTS = {
    "services.calling_hours.hours_of.at": datetime(2026, 11, 2, 12),
    "services.home.arranging.columns_of.placed": [],
    "services.home.arranging.key_of.name": "due_now",
    "services.home.arranging.key_of.view": None,
    "services.home.arranging.put_on.key": "due_now",
    "services.home.arranging.take_off.key": "due_now",
    "services.home.arranging.choose.keys": ["due_now"],
    "services.home.arranging.choose_metrics.views": [],
    "services.home.own_records.by_stage.project": None,
}
