"""What a sentence calls a record: what it is is said once (F-63)."""

from __future__ import annotations

import pytest

from channergy_crm.records import Lead, Task
from channergy_crm.services import leads, saving
from channergy_crm.work.called import called


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (Lead(first_name="Kofi", last_name="Grünwald"), "Lead Kofi Grünwald"),
        (Lead(description="Lead from the fair"), "Lead from the fair"),
        (Lead(description="lead"), "lead"),
        (Lead(company="Leadership Ltd"), "Lead Leadership Ltd"),
        (Task(number=7), "Task 7"),
    ],
)
def test_f63_the_noun_is_said_once(office, record, said):
    assert called(record) == said


def test_f63_in_what_was_done_as_well(office, operator):
    fair = leads.create({"description": "Lead from the fair"}, operator)
    assert saving.undoable(operator).name == "Create Lead from the fair"
    fair.title = "Boss"
    leads.save(fair, operator)
    assert saving.undoable(operator).name == "Save Lead from the fair"
    assert saving.delete_all([fair], operator) == "Lead from the fair"
    assert saving.undoable(operator).name == "Delete Lead from the fair"
