"""Calendars while Security is on: what is hidden does not go out, what is others' is not changed (SI-31, VT-96)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import work
from channergy_crm.records import Lead, Task
from channergy_crm.services import office as office_settings
from channergy_crm.services import roles
from channergy_crm.settings import OFFICE_ID
from channergy_crm.transfer.calendars.events import events
from channergy_crm.transfer.calendars.taking_in import take_in
from tests.domain.secured import ANN, CY, Secured, made

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("fixed_clock")


@pytest.fixture
def ann(office: object) -> Secured:
    """Ann, who sees and changes her own."""
    ann = Secured()
    ann.let({"use": "own", "view": "own", "edit": "own", "create": "own"})
    return ann


def marked(record: Any, owner: str, **values: Any) -> Any:
    held = made(record, owner)
    wanted = {"in_calendar": True, "reminder_date": date(2026, 12, 1), "reminder_time": None, "lost": False, **values}
    for name in wanted.keys() & record._meta.fields.keys():
        setattr(held, name, wanted[name])
    with work.unit("Mark", by="ADMIN"):
        held.save()
    return held


def test_vt96_what_a_role_hides_does_not_go_out(ann: Secured) -> None:
    marked(Lead, ANN, notes="Talks of yachts", phone="504-621-8927", company="Acme")
    assert "yachts" in events(ANN)[0].about and "504-621-8927" in events(ANN)[0].about
    roles.hide(ann.role, {Lead: {"notes", "phone"}}, "ADMIN")
    said = events(ANN)[0].about
    assert "yachts" not in said and "504" not in said


def test_si31_the_event_of_somebody_elses_reminder_changes_nothing(ann: Secured, tmp_path: Path) -> None:
    foreign = marked(Task, CY)
    assert events(ANN) == []
    path = tmp_path / "foreign.ics"
    uid = f"CustServ-{foreign.number}@{office_settings.get(OFFICE_ID, ANN)}"
    path.write_text(
        f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:{uid}\nSEQUENCE:99\nSUMMARY:Mine now\nDTSTART:20261224T090000\n"
        "END:VEVENT\nEND:VCALENDAR\n", "utf-8",
    )  # fmt: skip
    taken = take_in(path, ANN)
    assert taken.unit == 0 and len(taken.left_out) == 1
    assert Task.get_by_id(foreign.number).action == foreign.action
    assert Task.get_by_id(foreign.number).reminder_date == date(2026, 12, 1)
