"""A task says where it comes from: its event, from whom it was rerouted, until when, and the note (VS-3, VS-15)."""

from __future__ import annotations

from contextlib import closing
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from channergy_crm import work
from channergy_crm.query.listing import Listing, ListQuery
from channergy_crm.records import Lead, Task
from channergy_crm.records.events import Event, FollowUp
from channergy_crm.services import due, leads, operators
from channergy_crm.services.events import origins, overriding
from channergy_crm.services.timeline import pages
from tests import made

if TYPE_CHECKING:
    from channergy_crm.store.database import Office

BY = "ADMIN"
FRIDAY = date(2026, 11, 27)
EVENT, LENT = "No order for two months", "from Administrator until "


@pytest.fixture
def call(office: Office, fixed_clock: datetime) -> Task:
    """A follow-up of an event for a lead, which was rerouted to Ann until Friday; and tasks made by hand."""
    operators.add("ANN", "Ann Lee", BY)
    lead = leads.create({"description": "Wants", "last_name": "Kessler", "phone": "504-621-8927"}, BY)
    task = made.task(None, "Call about the order", reminder_date=date(2026, 11, 23), lead=lead.number)
    made.task(None, "By hand", "ANN", reminder_date=date(2026, 11, 20), lead=lead.number)
    with work.unit("Make", by=BY):
        event = Event.create(
            name="No order for two months", type="marketing", state="active", trigger="no_order", table="CRMLeads",
            action="Call",
        )  # fmt: skip
        FollowUp.create(event=event.number, table="CRMLeads", of=str(lead.number), occurrence="1", task=task.number)
    assert overriding.reroute([task.number], BY, ["ANN"], BY, FRIDAY, "She knows them").tasks == 1
    return task


def test_vs15_the_receiver_sees_from_whom_until_when_and_the_note(call: Task) -> None:
    said = origins.said([call.number, call.number + 1], "ANN")
    assert list(said) == [call.number]
    parts = said[call.number].split(" · ")
    assert (parts[0], parts[2]) == (EVENT, "She knows them") and parts[1].startswith(LENT)
    assert origins.of_lead(call.lead, "ANN") == ("Call about the order", f"Event: {said[call.number]}")
    assert due._told(Task.get_by_id(call.number), due.day_begins("ANN"), "ANN").who.startswith("Kessler · Event: ")
    overriding.take_back([call.number], BY, BY)
    assert origins.said([call.number], BY) == {call.number: EVENT}


def test_vs3_lists_and_the_timeline_show_it_with_one_question_for_the_rows(call: Task, office: Office) -> None:
    columns = ["action", "origin"]
    query = ListQuery(Task, columns, Task.is_crm, order=[("reminder_date", False)], by=BY)
    with closing(office.reader()) as reader:
        rows = [tuple(row.values) for row in Listing(reader).first(query)]
    assert rows[0][:2] == ("By hand", "") and str(rows[1][1]).startswith(f"{EVENT} · {LENT}"), rows
    lead = Lead.get_by_id(call.lead)
    entries = {entry.number: entry for entry in pages.of(lead, BY, kinds={"task"}).entries}
    assert entries[call.number].note.startswith(f"Event: {EVENT}") and entries[call.number + 1].note == ""
