"""BX-49: deals by when they close and leads by their reminder, as a month shows them; a move is one step with undo."""

from __future__ import annotations

from datetime import date, time

from channergy_crm import work
from channergy_crm.records import Lead, Opportunity
from channergy_crm.services import dated, saving
from tests import made

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


def test_bx49_records_by_their_day_are_entries_and_a_move_is_taken_back(office, operator, fixed_clock):
    acme = made.account("Acme", operator)
    won = made.opportunity(acme, "Lanterns", close_date_1=date(2026, 11, 10), closed=True)
    deal = made.opportunity(acme, "Candles", close_date_1=date(2026, 11, 27))
    made.opportunity(acme, "Later", close_date_1=date(2026, 12, 24))
    made.colleague()
    with work.unit("Make", by=operator):
        lead = Lead.create(description="Parkas", owner=operator, reminder_date=date(2026, 11, 23),
                           reminder_time=time(9), company="Pebble")  # fmt: skip
        Lead.create(description="Of somebody else", owner="BEN", reminder_date=date(2026, 11, 23))
    found = dated.between("opportunity", FIRST, LAST, [operator], operator)
    assert [(each.task, each.day.day, each.about, each.state) for each in found] == [
        (won.number, 10, "Acme", "done"), (deal.number, 27, "Acme", "soon"),
    ]  # fmt: skip
    leads = dated.between("lead", FIRST, LAST, [operator], operator)
    assert [(each.task, each.at, each.about) for each in leads] == [(lead.number, time(9), "Pebble")]
    dated.move("lead", lead.number, date(2026, 11, 26), operator)
    dated.move("opportunity", deal.number, date(2026, 11, 20), operator)
    assert (Lead.find(lead.number).reminder_date, Lead.find(lead.number).reminder_time) == (date(2026, 11, 26), time(9))
    saving.undo_latest(operator)
    assert Opportunity.find(deal.number).close_date_1 == date(2026, 11, 27)
    saving.undo_latest(operator)
    assert Lead.find(lead.number).reminder_date == date(2026, 11, 23)
