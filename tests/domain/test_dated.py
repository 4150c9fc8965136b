"""BX-49: deals by when they close and leads by their reminder, as a month shows them; a move is one step with undo."""

from __future__ import annotations

from datetime import date, time

import pytest

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.records import Contact, Lead, Opportunity
from channergy_crm.services import custom_fields, dated, saving
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


def test_bx49_vp25_every_day_the_lists_hold_is_offered_also_of_the_offices_own_fields(office, operator, fixed_clock):
    custom_fields.add(Contact, "Birthday", "date", "ADMIN")
    (own,) = Contact.own_fields()
    there = dated.sources(operator)
    assert {"opportunity.arrival", "lead.call_date", f"contact.{own.name}", "account.next_reminder"} <= set(there)
    assert "account_task.reminder_date" not in there, "which is the calendar itself"
    assert there["opportunity.arrival"].moved and there["opportunity.arrival"].said == "Opportunities by Arrival Date"
    assert not any(
        there[name].moved for name in ("lead.created_on", "account.next_reminder", "opportunity.stage_since")
    )
    acme = made.account("Acme", operator)
    deal = made.opportunity(acme, "Tour", arrival=date(2026, 11, 24), departure=date(2026, 11, 26))
    contact = made.contact(acme, "Ray")
    with work.unit("Birthday", by=operator):
        setattr(contact, own.name, date(2026, 11, 12))
        contact.save()
    (tour,) = dated.between("opportunity.arrival", FIRST, LAST, [operator], operator)
    assert (tour.task, tour.kind, tour.about, tour.state, tour.may_edit) == (
        deal.number, "opportunity.arrival", "Acme", "", True
    )  # fmt: skip
    (birthday,) = dated.between(f"contact.{own.name}", FIRST, LAST, [operator], operator)
    assert (birthday.day.day, birthday.owner, birthday.may_edit) == (12, "", True)
    dated.move(f"contact.{own.name}", contact.number, date(2026, 11, 13), operator)
    with pytest.raises(Mistake, match="departure comes before"):
        dated.move("opportunity.arrival", deal.number, date(2026, 11, 28), operator)
    saving.undo_latest(operator)
    assert dated.between(f"contact.{own.name}", FIRST, LAST, [operator], operator)[0].day.day == 12


def test_bx49_what_the_program_keeps_is_shown_and_not_moved(office, operator, fixed_clock):
    acme = made.account("Acme", operator)
    made.task(acme, "Ring", operator, reminder_date=date(2026, 11, 24), reminder_time=time(9, 30),
              created_on=clock.now())  # fmt: skip
    (account,) = dated.between("account.next_reminder", FIRST, LAST, [operator], operator)
    assert (account.task, account.day.day, account.at, account.may_edit) == (acme.number, 24, time(9, 30), False)
    (task,) = dated.between("account_task.created_on", FIRST, LAST, [operator], operator)
    assert (task.title, task.day.day, task.may_edit) == ("Ring", 23, False)
    with pytest.raises(Mistake, match="kept by the program"):
        dated.move("account.next_reminder", acme.number, date(2026, 11, 25), operator)
    with pytest.raises(Mistake, match="taken off"):
        dated.between("contact.gone", FIRST, LAST, [operator], operator)
