"""A Reminder Time is the time of a day: without its day it would never come up."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.records import Lead, Task
from channergy_crm.services import bulk_changes, leads, reminders, saving
from channergy_crm.transfer.importing.checking import check
from channergy_crm.transfer.importing.first_look import Manner, look
from channergy_crm.work import bulk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from channergy_crm.store.database import Office

TODAY = "A Reminder Time needs a Reminder Dt: today at 15:00?"
TOMORROW = "A Reminder Time needs a Reminder Dt: tomorrow at 09:00?"


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.fixed(datetime(2026, 11, 26, 12)):
        yield


@pytest.mark.parametrize(("at", "said"), [(time(15), TODAY), (time(9), TOMORROW), (None, None)])
@pytest.mark.parametrize("record", [Lead, Task])
def test_f5_a_reminder_time_without_a_day_is_said_beside_it(
    record: type[Any], at: time | None, said: str | None
) -> None:
    assert record(reminder_time=at).problems().get("reminder_time") == said
    assert "reminder_time" not in record(reminder_time=at, reminder_date=date(2026, 11, 27)).problems()


def lonely(operator: str) -> int:
    """A lead as another program may have left it: a time, and no day."""
    new = bulk.Many(Lead)
    with work.unit("Make a lead", by=operator) as unit:
        (number,) = bulk.reserve(Lead, 1)
        row = new.row({"description": "A wish", "owner": operator, "reminder_time": time(9)})
        new.insert(unit, [row], [number])
    return number


def test_f5_what_others_left_so_can_be_saved_while_neither_is_touched(office: Office, operator: str) -> None:
    lead = Lead.find(lonely(operator))
    assert lead is not None and lead.problems() == {}
    assert reminders.state(lead.reminder_date, lead.reminder_time) is None
    lead.company = "Borealis"
    saving.save(lead, operator)
    lead.reminder_time = time(15)
    with pytest.raises(Mistake, match="needs a Reminder Dt: today at 15:00") as refused:
        saving.save(lead, operator)
    assert refused.value.field == "reminder_time"
    lead.reminder_date = date(2026, 11, 26)
    saving.save(lead, operator)
    lead.reminder_date = None
    assert lead.problems() == {"reminder_time": TODAY}


def test_f5_set_a_field_of_many_refuses_a_time_without_a_day(office: Office, operator: str) -> None:
    lead = leads.create({"description": "A wish", "last_name": "Demir"}, operator)
    with pytest.raises(Mistake, match="needs a Reminder Dt: today at 15:00"):
        bulk_changes.set_field(Lead, [lead.number], "reminder_time", time(15), operator)
    assert bulk_changes.set_field(Lead, [lead.number], "reminder_date", date(2026, 11, 27), operator).records == 1
    assert bulk_changes.set_field(Lead, [lead.number], "reminder_time", time(15), operator).records == 1
    with pytest.raises(Mistake, match="needs a Reminder Dt: today at 15:00"):
        bulk_changes.set_field(Lead, [lead.number], "reminder_date", None, operator)


def test_f5_a_row_of_a_file_with_a_time_and_no_day_is_a_problem(tmp_path: Path, office: Office, operator: str) -> None:
    path = tmp_path / "leads.csv"
    path.write_text("Last Name,Company,Reminder Date,Reminder Time\nDemir,Acme,,15:00\nRay,Acme,2026-12-01,15:00\n")
    outcome = check(look(Lead, path, Manner(), operator).plan, operator=operator).outcome
    assert (outcome.taken, [(problem.row, problem.sentence) for problem in outcome.problems]) == (1, [(2, TODAY)])
