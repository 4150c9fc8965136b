"""Something useful now: what the team has left lying, and incomplete records with an easy answer (VS-22)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from channergy_crm import clock, work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.records import Account, Contact, Lead, Task
from channergy_crm.records.events import Event, FollowUp
from channergy_crm.services import leads, saving, useful
from tests import made
from tests.domain.secured import ANN, BEA, CY, NORTH, Secured

if TYPE_CHECKING:
    from channergy_crm.store.database import Office

BY = "ADMIN"
YESTERDAY = date(2026, 11, 22)

pytestmark = pytest.mark.usefixtures("fixed_clock")


def follow_up(action: str, owner: str, day: date = YESTERDAY, *, by_hand: bool = False, closed: bool = False) -> int:
    """A task of an event, or one somebody has made by hand."""
    with work.unit("Make", by=BY):
        task = Task.create(action=action, owner=owner, is_crm=True, reminder_date=day, closed=closed)
    if not by_hand:
        with work.unit("Make", by=BY):
            event = Event.select().first() or Event.create(
                name="Welcome", type="best practice", state="active", trigger="created", table="CRMLeads", action="Call"
            )
            FollowUp.create(event=event.number, table="CRMLeads", of=action, occurrence="1", task=task.number)
    return int(task.number)


def test_vs22_overdue_follow_ups_of_the_group_can_be_taken_over_and_undo_gives_them_back(office: Office) -> None:
    secured = Secured()
    secured.let({"use": "all", "view": "group", "edit": "group"})
    for owner in (ANN, BEA, NORTH, CY):
        follow_up(f"Of {owner}", owner)
    follow_up("Not yet late", BEA, clock.today())
    follow_up("Done", BEA, closed=True)
    follow_up("By hand", BEA, by_hand=True)
    assert [row.said for row in useful.rows("team", ANN)] == ["Of BEA · Bea", "Of NORTH · North"]
    [first, _second] = useful.rows("team", ANN)
    number = int(str(first.opens[1]))
    assert useful.take_over(number, ANN).records == 1
    assert Task.get_by_id(number).owner == ANN and len(useful.rows("team", ANN)) == 1
    with pytest.raises(Mistake, match="taken by somebody else"):
        useful.take_over(number, ANN)
    saving.undo_latest(ANN)
    assert Task.get_by_id(number).owner == BEA
    secured.let({"use": "all", "view": "group", "edit": "own"}, Task)
    assert [row.said for row in useful.rows("team", ANN)] == ["Of NORTH · North"], "only what they may take over"


def test_vs22_what_is_missing_is_filled_in_in_place(office: Office, operator: str) -> None:
    leads.create({"description": "Wants", "last_name": "Low"}, BY)
    leads.create({"description": "Wants", "last_name": "High", "phone": "504-621-8927"}, BY)
    account = made.account("Acme", email="info@acme.example")
    birch = made.account("Birch", phone="504-621-8928")
    made.contact(account, "Zoe", email="zoe@acme.example")
    made.contact(account, "Ann", "Lee")
    known = {name: [row.who for row in useful.rows(name, BY)] for name in useful.FIELDS}
    assert known == {
        "lead_phone": ["Low"],
        "account_phone": ["Acme"],
        "account_email": ["Birch"],
        "contact_name": ["Zoe"],
    }
    [row] = useful.rows("lead_phone", BY)
    kind = useful.asked("lead_phone")
    assert kind is Lead.phone and useful.asked("late") is None
    with pytest.raises(Mistake, match="Type what is missing"):
        useful.answer("lead_phone", row.opens[1], "", BY)
    with pytest.raises(Mistake, match="characters"):
        useful.answer("account_email", birch.number, "x" * 5_000, BY)
    useful.answer("lead_phone", row.opens[1], "212-736-5000", BY)
    assert Lead.get(Lead.last_name == "Low").time_zone == "America/New_York" and not useful.rows("lead_phone", BY)
    with pytest.raises(Mistake, match="meanwhile: "):
        useful.answer("lead_phone", row.opens[1], "212-736-5001", BY)
    saving.undo_latest(BY)
    assert len(useful.rows("lead_phone", BY)) == 1
    useful.answer("contact_name", Contact.get(Contact.first_name == "Zoe").number, "Xu", BY)
    useful.answer("account_phone", account.number, "212-736-5000", BY)
    assert Account.get_by_id(account.number).phone and useful.rows("contact_name", BY) == []


def test_vs22_nobody_fills_in_what_is_not_theirs_to_change(office: Office) -> None:
    secured = Secured()
    secured.let({"use": "all", "view": "all", "edit": "own"})
    lead = leads.create({"description": "Wants", "last_name": "Low", "owner": CY}, BY)
    with pytest.raises(Refused, match="belongs to"):
        useful.answer("lead_phone", lead.number, "212-736-5000", ANN)
    assert useful.groups(ANN) and clock.today() - YESTERDAY == timedelta(days=1)
