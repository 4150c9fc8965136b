"""Who is typing into a record is a hint for the others, which lapses by itself (issue 10: “being edited by Ann”)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from channergy_crm.errors import Refused
from channergy_crm.records import Account, Lead, edited
from channergy_crm.records.edited import EditedRow
from channergy_crm.services import editing, operators
from channergy_crm.store import database
from channergy_crm.work import UnitRow

if TYPE_CHECKING:
    from channergy_crm.store.database import Office


def standing(office: Office) -> list[tuple[str, str, str, str]]:
    reader = office.reader()
    try:
        return [(each.table, each.key, each.who, each.station) for each in edited.standing(reader)]
    finally:
        reader.close()


def test_what_is_typed_into_is_told_by_window_until_it_is_given_back(office: Office) -> None:
    operators.add("ANN", "Ann Lee", "ADMIN")
    units = UnitRow.select().count()
    editing.hold({(Lead, 7), (Account, 3)}, "window 1", "DESK-1", "ANN")
    editing.hold({(Lead, 7)}, "window 2", "DESK-2", "ADMIN")
    leads = [("CRMLeads", "7", "Ann Lee", "DESK-1"), ("CRMLeads", "7", "Administrator", "DESK-2")]
    assert standing(office) == [("CRMAccounts", "3", "Ann Lee", "DESK-1"), *leads]
    editing.hold({(Lead, 7)}, "window 1", "DESK-1", "ANN")
    assert standing(office) == leads
    editing.hold(set(), "window 1", "DESK-1", "ANN")
    assert standing(office) == leads[1:]
    assert UnitRow.select().count() == units  # nobody's history tells of it


def test_it_lapses_when_the_window_is_gone_and_is_swept_away(office: Office) -> None:
    editing.hold({(Lead, 7)}, "gone", "DESK-1", "ADMIN")
    with database.writing():
        EditedRow.update(until=EditedRow.until - editing.LAPSES_AFTER - 1).execute()
    assert standing(office) == []
    editing.hold({(Lead, 8)}, "here", "DESK-2", "ADMIN")
    assert EditedRow.select().count() == 1


def test_only_somebody_at_work_tells_it(office: Office) -> None:
    with pytest.raises(Refused):
        editing.hold({(Lead, 7)}, "window", "DESK-1", "NOBODY")
    assert EditedRow.select().count() == 0
