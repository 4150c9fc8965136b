"""Leads are taken out of real files: every encoding, every mess, nothing twice, nothing half done."""

from __future__ import annotations

import os
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import work
from channergy_crm.errors import Refused
from channergy_crm.records import BY_TABLE
from channergy_crm.services import conversion, leads, operators
from channergy_crm.transfer.importing.run import import_leads, split_name
from channergy_crm.work import undo
from tests.domain.lead_files import TWO, all_leads, taken, write

if TYPE_CHECKING:
    from channergy_crm.store.database import Office

SHARED = Path(os.environ.get("CHANNERGY_CRM_SHARED") or Path(__file__).resolve().parents[3] / "shared")
US_500 = SHARED / "data" / "us-500" / "us-500.csv"

pytestmark = pytest.mark.usefixtures("office")


# ---------------------------------------------------------------- what a row becomes


def test_an_imported_lead_is_stored_like_one_that_was_typed(tmp_path: Path, operator: str, fixed_clock: Any) -> None:
    values = {
        "description": "Trade show", "first_name": "Zoë", "last_name": "Häusler", "company": "Häusler & Söhne",
        "phone": "(504) 621-8927", "other_phone": "504 845 1427", "fax": "1", "email": "z@h.example",
        "notes": "two\nlines", "call_date": date(2026, 3, 4), "reminder_date": date(2026, 12, 1),
        "reminder_time": time(14, 30), "call_code": "CALLBK", "call_try": "3",
    }  # fmt: skip
    typed = leads.create(dict(values), operator)
    with work.unit("Make room", by=operator):
        typed.delete_instance()
    texts = {**values, "call_date": "2026-03-04", "reminder_date": "2026-12-01", "reminder_time": "14:30"}
    texts["call_code"] = "Call Back"
    row = ",".join('"' + str(text) + '"' for text in texts.values())
    outcome = taken(tmp_path, ",".join(texts) + "\n" + row + "\n")
    assert (outcome.taken, outcome.refused, outcome.losses) == (1, [], [])
    stored = all_leads()[0]
    held = {name: value or None for name, value in stored.__data__.items() if name != "number"}
    assert held == {name: typed.__data__.get(name) or None for name in held}
    assert held["phone_e164"] == "+15046218927"
    assert held["time_zone"] == "America/Chicago"
    assert "haeusler" in held["search_text"]


def test_rows_on_the_disk_are_the_same_as_those_of_a_typed_lead(
    tmp_path: Path, office: Office, operator: str, fixed_clock: datetime
) -> None:
    leads.create({"description": "A", "reminder_date": date(2026, 12, 1), "reminder_time": time(9, 5)}, operator)
    taken(tmp_path, "description,reminder date,reminder time\nB,2026-12-01,09:05\n")
    sql = 'SELECT "ReminderDt", "ReminderTime", "CreateDt", "IsRemoved", "RowVersion" FROM "CRMLeads" ORDER BY "LeadNo"'
    typed, imported = office.database.execute_sql(sql).fetchall()
    assert typed == imported


@pytest.mark.parametrize(
    ("row", "description"),
    [
        ("Acme,Ann,Lee,a@b.example,Wants tea", "Wants tea"),
        ("Acme,Ann,Lee,a@b.example,", "Acme"),
        (",Ann,Lee,a@b.example,", "Ann Lee"),
        (",,,a@b.example,", "a@b.example"),
    ],
)
def test_what_has_no_description_is_described_by_what_there_is(tmp_path: Path, row: str, description: str) -> None:
    taken(tmp_path, f"company,first_name,last_name,email,description\n{row}\n")
    assert [lead.description for lead in all_leads()] == [description]


def test_a_row_without_anything_to_call_it_by_is_refused(tmp_path: Path) -> None:
    outcome = taken(tmp_path, "company,phone\n,512-555-0101\nAcme,\n")
    assert outcome.taken == 1
    assert outcome.refused == [(2, "It has neither a description nor a company, a name or an e-mail address.")]


@pytest.mark.parametrize(
    ("code", "state", "country", "kept"),
    [
        ("8014", "NJ", "", "08014"),
        ("601", "PR", "USA", "00601"),
        ("2134-1234", "Massachusetts", "", "02134-1234"),
        ("08014", "NJ", "", "08014"),
        ("8014", "ZH", "Switzerland", "8014"),
        ("8014", "NJ", "Norway", "8014"),
        ("7520", "TX", "", "7520"),
        ("SW1A 1AA", "MA", "", "SW1A 1AA"),
    ],
)
def test_a_zip_code_gets_its_zero_back(tmp_path: Path, code: str, state: str, country: str, kept: str) -> None:
    taken(tmp_path, f"company,zip,state,country\nAcme,{code},{state},{country}\n")
    assert [lead.postal_code for lead in all_leads()] == [kept]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Ann Miller", "Ann", "Miller"),
        ("Ann Lee  Miller", "Ann Lee", "Miller"),
        ("Miller, Ann Lee", "Ann Lee", "Miller"),
        ("Cher", "", "Cher"),
        ("", "", ""),
    ],
)
def test_a_whole_name_is_taken_apart(text: str, first: str, last: str) -> None:
    assert split_name(text) == (first, last)


def test_a_column_of_operators_decides_whose_lead_it_is(tmp_path: Path, operator: str) -> None:
    operators.add("ANN", "Ann", operator)
    outcome = taken(tmp_path, "company,owner\nAcme,ann\nBell,\nCorn,ZED\n")
    assert [lead.owner for lead in all_leads()] == ["ANN", "ADMIN"]
    assert outcome.refused == [(4, "There is no active operator ZED in this office.")]


def test_a_value_that_does_not_fit_its_field_is_refused_with_the_reason(tmp_path: Path) -> None:
    outcome = taken(tmp_path, f"company,call date\nAcme,31/31/2026\nBell,2026-01-02\n{'C' * 300},\n")
    assert outcome.taken == 1
    assert [number for number, _ in outcome.refused] == [2, 4]
    assert outcome.refused[0][1] == "There is no such day as “31/31/2026”."
    assert "250 fit" in outcome.refused[1][1]


# ---------------------------------------------------------------- nothing twice, nothing half done


def test_a_second_run_takes_nothing(tmp_path: Path) -> None:
    assert taken(tmp_path, TWO).taken == 2
    again = taken(tmp_path, TWO)
    assert (again.taken, again.skipped, again.unit) == (0, 2, 0)
    assert again.already[0] == (2, f"It is there already, as lead {all_leads()[0].number}.")
    assert len(all_leads()) == 2


@pytest.mark.parametrize(
    ("row", "known"),
    [
        ("ANN,LEE,acme,+1 (512) 555-0101,", True),
        ("Ann,Lée,Acme,5125550101,other@acme.example", True),
        ("Ann,Lee,Somewhere Else,,ANN@ACME.EXAMPLE", True),
        ("Ann,Lee,Bell,512-555-0101,", False),
        ("Sue,Lee,Acme,512-555-0101,", False),
        ("Sue,Lee,Acme,,ann@acme.example", False),
        ("Ann,Lee,Acme,,", False),
    ],
)
def test_who_is_there_already(tmp_path: Path, row: str, known: bool) -> None:
    taken(tmp_path, TWO)
    outcome = taken(tmp_path, f"First Name,Last Name,Company,Phone,Email\n{row}\n")
    assert outcome.skipped == known


def test_rows_that_say_the_same_are_one_lead(tmp_path: Path) -> None:
    outcome = taken(tmp_path, TWO + TWO.split("\n", 1)[1] + "x,,Only A Name,,\nx,,only a name,,\n")
    assert outcome.taken == 3
    assert outcome.already == [(4, "It is the same as row 2."), (5, "It is the same as row 3."),
                               (7, "It is the same as row 6.")]  # fmt: skip


def test_removed_and_converted_leads_are_there_too(tmp_path: Path, operator: str) -> None:
    taken(tmp_path, TWO)
    first, second = all_leads()
    leads.remove(first.number, operator)
    conversion.convert(second.number, operator)
    assert taken(tmp_path, TWO).taken == 0


def test_an_import_is_one_unit_and_is_undone_at_once(tmp_path: Path, operator: str) -> None:
    outcome = taken(tmp_path, TWO)
    entry = undo.undoable(operator)
    assert entry is not None
    assert (entry.number, entry.name) == (outcome.unit, "Import 2 leads from leads.csv")
    undo.reverse(outcome.unit, by=operator, records=BY_TABLE)
    assert all_leads() == []
    assert taken(tmp_path, TWO).taken == 2


class Cancelled(Exception):
    """The user pressed Cancel."""


@pytest.mark.parametrize("at", ["Reading", "Saving"])
def test_cancelling_leaves_nothing_behind(tmp_path: Path, operator: str, at: str) -> None:
    rows = "".join(f"Company {number},n{number}@c.example\n" for number in range(5000))

    def cancel(done: int, total: int, text: str) -> None:
        assert 0 <= done <= total
        if text.startswith(at) and done > total / 4:
            raise Cancelled

    with pytest.raises(Cancelled):
        import_leads(write(tmp_path, "company,email\n" + rows), operator=operator, progress=cancel)
    assert all_leads() == []
    assert undo.undoable(operator) is None


def test_open_screens_are_told_once(tmp_path: Path) -> None:
    told: list[work.Done] = []
    stop = work.listen(told.append)
    taken(tmp_path, TWO)
    stop()
    assert [(done.tables, len(done.changes)) for done in told] == [({"CRMLeads"}, 2)]


def test_numbers_go_on_after_an_import(tmp_path: Path, operator: str) -> None:
    taken(tmp_path, TWO)
    typed = leads.create({"description": "Typed"}, operator)
    taken(tmp_path, "company\nZed\n")
    numbers = [lead.number for lead in all_leads()]
    assert len(set(numbers)) == 4
    assert numbers[2] == typed.number


def test_only_an_operator_of_the_office_may_import(tmp_path: Path, operator: str) -> None:
    with pytest.raises(Refused, match="no operator NOBODY"):
        taken(tmp_path, TWO, operator="NOBODY")
    ann = operators.add("ANN", "Ann", operator)
    ann.active = False
    operators.save(ann, operator)
    with pytest.raises(Refused, match="retired"):
        taken(tmp_path, TWO, operator="ANN")


@pytest.mark.skipif(not US_500.exists(), reason="the shared sample files are not at hand (CHANNERGY_CRM_SHARED)")
def test_five_hundred_real_looking_leads(operator: str) -> None:
    outcome = import_leads(US_500, operator=operator)
    assert (outcome.taken, outcome.skipped, outcome.refused) == (500, 0, [])
    assert [(loss.what, loss.times) for loss in outcome.losses] == [("Column “county”", 500)]
    stored = all_leads()
    assert all(lead.phone_e164 and lead.search_text for lead in stored)
    assert all(len(lead.postal_code) == 5 for lead in stored)
    assert sum(bool(lead.time_zone) for lead in stored) > 450
    again = import_leads(US_500, operator=operator)
    assert (again.taken, again.skipped) == (0, 500)
    assert len(all_leads()) == 500
