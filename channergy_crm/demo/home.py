"""What makes the Home of the sample office worth looking at: saved views, leads that have just come in, own blocks."""
# unsaid file: sample data

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from channergy_crm import clock
from channergy_crm.records import Lead, ListView
from channergy_crm.services.home import arranging

if TYPE_CHECKING:
    from collections.abc import Sequence

VIEWS = [
    ("leads", "Working leads", "owner:me"),
    ("leads", "Call back this week", 'call_code=CALLBK reminder_date:"this week"'),
    ("opportunities", "Offers I am waiting for", "owner:me closed:no stage=Offer"),
    ("opportunities", "Deals without an amount", "closed:no amount="),
    ("tasks", "Tasks of high priority", "priority=High"),
]
"""the list, the name and the filter of each"""
FRESH = [0, 0, 1, 2, 2, 4]
"""days ago on which the newest leads of an operator came in"""


def add_home(operators: Sequence[str], boss: str) -> None:
    """Views that are shared with everybody, a few new leads for each operator, and the boss's own arrangement."""
    for place, (screen, name, text) in enumerate(VIEWS):
        ListView(screen=screen, owner=boss, name=name, filter_text=text, shared=True, place=place).save()
    for operator in operators:
        newest = Lead.select().where((Lead.owner == operator) & Lead.working() & (Lead.call_code == "NEW"))
        for days, lead in zip(FRESH, newest.order_by(Lead.number.desc()).limit(len(FRESH)), strict=False):
            lead.created_on = clock.now() - timedelta(days=days, hours=days)
            lead.save()
    arranging.arrange(
        [["due_now", "calls_today", "top_accounts"], ["today", "key_metrics", "top_opportunities", "new_leads"],
         ["activities", "tags", "campaigns", "dashboard"]], boss,
    )  # fmt: skip
