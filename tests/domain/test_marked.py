"""Many marked records changed at once: one unit, one undo (BX-14 but for mail merge, VT-156)."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

import pytest

from channergy_crm import work
from channergy_crm.errors import Mistake
from channergy_crm.records import Lead, Opportunity
from channergy_crm.services import bulk_changes, conversion, leads, operators, saving
from channergy_crm.store import database
from channergy_crm.work import bulk

if TYPE_CHECKING:
    from channergy_crm.store.database import Office


@pytest.fixture
def many(office: Office, operator: str) -> list[int]:
    """More leads than are written at once, made as an import makes them: one by one takes longer than the tests."""
    new = bulk.Many(Lead)
    with work.unit("Make leads", by=operator) as unit:
        numbers = bulk.reserve(Lead, 1203)
        rows = [new.row({"description": f"Lead {n}", "company": "Acme", "owner": operator}) for n in range(1203)]
        new.insert(unit, rows, numbers)
    return list(numbers)


def test_bx14_one_field_of_many_leads_is_set_in_one_undoable_step(many: list[int], operator: str) -> None:
    told: list[work.Done] = []
    steps: list[tuple[int, int]] = []
    stop = work.listen(told.append)
    changed = bulk_changes.set_field(
        Lead, many, "phone", "504-621-8927", operator, lambda done, total, text: steps.append((done, total))
    )
    stop()
    assert changed == (1203, told[0].number) and len(told) == 1 and told[0].name == "Set Phone of 1,203 leads"
    assert steps[-1] == (1203, 1203) and len(steps) == 3
    held = Lead.find(many[700])
    assert held is not None and held.__data__["phone_e164"] == "+15046218927" and "5046218927" in held.search_text
    assert held.version == 2
    saving.undo_latest(operator)
    assert Lead.select().where(Lead.phone != "").count() == 0
    saving.redo_latest(operator)
    assert Lead.select().where(Lead.kind("phone_digits") == "5046218927").count() == 1203


def test_bx14_records_that_hold_the_value_already_are_left_alone(many: list[int], operator: str) -> None:
    leads.save(_with(many[0], company="Blue"), operator)
    assert bulk_changes.set_field(Lead, many, "company", "Acme", operator).records == 1
    first = Lead.find(many[0])
    assert first is not None and first.company == "Acme"


def test_bx14_a_lead_the_suite_left_without_a_description_does_not_hold_up_the_others(
    many: list[int], operator: str, office: Office
) -> None:
    with database.writing():
        office.database.execute_sql(
            f'UPDATE "CRMLeads" SET "Description" = \'\' WHERE "LeadNo" = {many[1]}'
        )  # sql: a number
    assert bulk_changes.set_field(Lead, many[:3], "company", "Blue", operator).records == 3


def _with(number: int, **values: object) -> Lead:
    lead = Lead.find(number)
    assert lead is not None
    for name, value in values.items():
        setattr(lead, name, value)
    return lead


def test_bx14_owners_are_reassigned_and_a_wrong_value_changes_nothing(many: list[int], operator: str) -> None:
    operators.add("ANN", "Ann", operator)
    assert bulk_changes.set_field(Lead, many[:10], "owner", "ANN", operator).records == 10
    with pytest.raises(Mistake, match="required"):
        bulk_changes.set_field(Lead, many[:10], "description", "", operator)
    with pytest.raises(Mistake, match="kept by the program"):
        bulk_changes.set_field(Lead, many[:10], "created_by", "X", operator)
    assert Lead.select().where(Lead.owner == "ANN").count() == 10


def test_bx14_cancel_changes_nothing(many: list[int], operator: str) -> None:
    class Stop(Exception):
        pass

    def stop(done: int, total: int, text: str) -> None:
        raise Stop

    with pytest.raises(Stop):
        bulk_changes.set_field(Lead, many, "company", "Blue", operator, stop)
    assert Lead.select().where(Lead.company == "Blue").count() == 0


def test_bx14_leads_are_removed_and_brought_back(many: list[int], operator: str) -> None:
    assert bulk_changes.remove_leads(many[:600], operator).records == 600
    assert Lead.select().where(Lead.listed()).count() == 603
    assert bulk_changes.restore_leads(many[:10], operator).records == 10
    assert Lead.select().where(Lead.listed()).count() == 613


def test_ch92_setting_many_opportunities_counts_as_activity(office: Office, operator: str, fixed_clock: object) -> None:
    made = conversion.convert(leads.create({"description": "Deal"}, operator).number, operator).opportunity
    with work.unit("Long ago", by=operator):
        Opportunity.update(last_activity=None).execute()
    assert bulk_changes.set_field(Opportunity, [made.number], "stage", "Proposal", operator).records == 1
    held = Opportunity.find(made.number)
    assert held is not None and held.last_activity is not None and held.stage == "Proposal"


def test_f59_a_reminder_is_set_on_many_in_one_undoable_step_and_taken_off_again(many: list[int], operator: str) -> None:
    day, at = date(2026, 11, 27), time(10)
    changed = bulk_changes.set_reminder(Lead, many[:3], day, at, operator)
    assert changed.records == 3
    assert {(one.reminder_date, one.reminder_time) for one in Lead.select().where(Lead.number.in_(many[:3]))} == {
        (day, at)
    }
    bulk_changes.set_reminder(Lead, many[:2], None, at, operator)
    assert Lead.select().where(Lead.reminder_date.is_null(False)).count() == 1
    assert Lead.select().where(Lead.reminder_time.is_null(False)).count() == 1, "no time is left without its day"
    saving.undo_latest(operator)
    saving.undo_latest(operator)
    assert Lead.select().where(Lead.reminder_date.is_null(False)).count() == 0


def test_f59_of_what_has_no_reminder_nothing_is_changed(office: Office, operator: str) -> None:
    with pytest.raises(Mistake, match="have no reminder"):
        bulk_changes.set_reminder(Opportunity, [1], None, None, operator)
