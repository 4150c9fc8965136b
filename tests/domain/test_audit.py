"""VT-61, DP-12, BX-32: the audit trail: what was done by whom, filtered, a page at a time; who took what out."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import clock, language
from channergy_crm.errors import Refused
from channergy_crm.records import Account, Lead, Operator
from channergy_crm.records.transfers import ExportRow
from channergy_crm.services import audit, leads, operators, saving
from channergy_crm.services import office as offices
from channergy_crm.services.audit import Asked
from channergy_crm.settings import AUDIT_TRAIL, OWN
from channergy_crm.transfer.exporting.trail import export_trail
from channergy_crm.work import UnitRow
from tests import factories
from tests.domain.secured import switch_on

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from channergy_crm.store.database import Office

BY = "ADMIN"
MONDAY = datetime(2026, 11, 23, 10)


@pytest.fixture
def busy(office: Office) -> list[Lead]:
    """Three days of work by two people."""
    made = []
    operators.add("ANN", "Ann Lee", BY)
    for turn, by in enumerate((BY, "ANN", BY)):
        with clock.fixed(MONDAY + timedelta(days=turn)):
            lead = leads.create({"description": "Wants a price list", "last_name": f"Grün{turn}"}, by)
            lead.title = "Owner"
            made.append(leads.save(lead, by))
    with clock.fixed(MONDAY + timedelta(days=3)):
        factories.stored(Account)
    return made


def said(**asked: Any) -> list[str]:
    return [deed.said for deed in audit.trail(Asked(**asked), BY).deeds]


def test_bx32_it_tells_what_was_done_the_newest_first(busy: list[Lead]) -> None:
    deeds = audit.trail(Asked(), BY).deeds
    assert deeds[0].said == "Make" and deeds[-1].said == "Create operator Ann Lee (ANN)"
    leads_of = [deed for deed in deeds if deed.records.startswith("Lead")]
    assert [deed.who for deed in leads_of] == ["Administrator", "Administrator", "Ann Lee", "Ann Lee"] + [
        "Administrator"
    ] * 2 and leads_of[0].opens == ("CRMLeads", busy[2].number)
    assert leads_of[0].records == f"Lead {busy[2].number}"


def test_it_is_filtered_by_who_what_when_and_words(busy: list[Lead]) -> None:
    assert len(said(who="ANN")) == 2
    assert len(said(table="CRMLeads")) == 6 and len(said(table="CRMLeads", who="ANN")) == 2
    tuesday = date(2026, 11, 24)
    assert said(first=tuesday, last=tuesday) == ["Save lead Grün1", "Create lead Grün1"]
    assert len(said(last=date(2026, 11, 23), table="CRMLeads")) == 2 and said(first=date(2027, 1, 1)) == []
    assert said(words="create grun0") == ["Create lead Grün0"]
    assert said(words="GRÜN2 save") == ["Save lead Grün2"]


def test_words_are_found_in_the_language_of_whoever_asks(busy: list[Lead], german: None) -> None:
    assert len(said(words="anlegen")) + len(said(words="angelegt")) + len(said(words="neu")) > 0


@pytest.fixture
def german() -> Iterator[None]:
    language.use("de")
    yield
    language.use("en")


@pytest.mark.parametrize("asked", [Asked(), Asked(table="CRMLeads"), Asked(who=BY), Asked(words="lead")])
def test_it_is_read_a_page_at_a_time(busy: list[Lead], asked: Asked) -> None:
    whole = [deed.number for deed in audit.trail(asked, BY).deeds]
    read, before = [], None
    while True:
        page = audit.trail(asked, BY, before=before, limit=2)
        read += [deed.number for deed in page.deeds]
        before = page.before
        if before is None:
            break
    assert read == whole and len(read) > 2


def test_undone_deeds_are_told_so(busy: list[Lead]) -> None:
    saving.undo_latest(BY)
    undoing, undone = audit.trail(Asked(), BY).deeds[:2]
    assert undoing.said == "Undone: Make" and undone.undone and not undoing.undone


def test_vt61_the_office_decides_who_sees_their_own_trail(busy: list[Lead]) -> None:
    switch_on()
    with pytest.raises(Refused, match="Only an administrator"):
        audit.trail(Asked(), "ANN")
    offices.choose(AUDIT_TRAIL, OWN, BY)
    assert audit.why_not("ANN") is None
    for asked in (Asked(), Asked(who=BY)):
        assert {deed.by for deed in audit.trail(asked, "ANN").deeds} == {"ANN"}, "only what they did themselves"
    assert {deed.by for deed in audit.trail(Asked(), BY).deeds} == {BY, "ANN"}


def test_dp12_taking_the_trail_out_is_put_down_too(busy: list[Lead], tmp_path: Path) -> None:
    count = export_trail(Asked(table="CRMLeads"), tmp_path / "trail.csv", BY)
    lines = (tmp_path / "trail.csv").read_text("utf-8-sig").splitlines()
    assert count == 6 and len(lines) == 7 and '"Save lead Grün2"' in lines[1]
    deed = audit.taken_out(Asked(), BY).deeds[0]
    assert "trail.csv" in deed.said and deed.records == "6 lines of the audit trail"
    assert audit.taken_out(Asked(words="trail.csv"), BY).deeds and not audit.taken_out(Asked(who="ANN"), BY).deeds


def test_dp12_what_is_printed_is_put_down(busy: list[Lead]) -> None:
    units = UnitRow.select().count()
    audit.log_paper(audit.Taken(Lead, "found", 3, "due<today", ["phone"]), "paper", "Laser", "ANN")
    row = ExportRow.get()
    assert (row.by, row.table, row.rows, row.form, row.search) == ("ANN", "CRMLeads", 3, "paper", "due<today")
    deed = audit.taken_out(Asked(), BY).deeds[0]
    assert (deed.who, deed.records) == ("Ann Lee", "3 leads") and deed.said.startswith("Printed")
    assert UnitRow.select().count() == units, "that something was printed changes nothing that could be undone"


def test_who_was_deleted_is_still_named(busy: list[Lead]) -> None:
    with pytest.raises(Exception, match="hang"):
        saving.delete(Operator.get_by_id("ANN"), BY)
    operators.add("TMP", "Tim Temp", BY)
    lead = leads.create({"description": "x"}, BY)
    lead.title = "y"
    leads.save(lead, "TMP")
    operators.remove("TMP", BY)
    assert next(deed for deed in audit.trail(Asked(who="TMP"), BY).deeds).who == "TMP"
