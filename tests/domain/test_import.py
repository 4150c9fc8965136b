"""Leads are taken out of real files: every encoding, every mess, nothing twice, nothing half done."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from channergy_crm import undo, work
from channergy_crm.database import Office
from channergy_crm.errors import Mistake, Refused
from channergy_crm.records import BY_TABLE, Lead
from channergy_crm.records.people import Account
from channergy_crm.services import conversion, leads, operators
from channergy_crm.transfer.importing import Outcome, import_leads, split_name
from channergy_crm.transfer.mapping import match
from channergy_crm.transfer.reading import MOST_LINES, open_table

SHARED = Path(os.environ.get("CHANNERGY_CRM_SHARED") or Path(__file__).resolve().parents[3] / "shared")
US_500 = SHARED / "data" / "us-500" / "us-500.csv"
TWO = "First Name,Last Name,Company,Phone,Email\nAnn,Lee,Acme,512-555-0101,ann@acme.example\nBob,Ray,,,b@ray.example\n"

Write = Callable[..., Path]
pytestmark = pytest.mark.usefixtures("office")


@pytest.fixture
def written(tmp_path: Path) -> Write:
    """Writes a file to import."""

    def write(text: str | bytes, name: str = "leads.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return write


def all_leads() -> list[Lead]:
    return list(Lead.select().order_by(Lead.number))


def taken(written: Write, text: str | bytes, operator: str = "ADMIN", **how: Any) -> Outcome:
    return import_leads(written(text, **how), operator=operator)


# ---------------------------------------------------------------- what a row becomes


def test_an_imported_lead_is_stored_like_one_that_was_typed(written: Write, operator: str, fixed_clock: Any) -> None:
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
    outcome = taken(written, ",".join(texts) + "\n" + row + "\n")
    assert (outcome.taken, outcome.refused, outcome.unmapped) == (1, [], [])
    stored = all_leads()[0]
    held = {name: value or None for name, value in stored.__data__.items() if name != "number"}
    assert held == {name: typed.__data__.get(name) or None for name in held}
    assert held["phone_e164"] == "+15046218927"
    assert held["time_zone"] == "America/Chicago"
    assert "haeusler" in held["search_text"]


def test_rows_on_the_disk_are_the_same_as_those_of_a_typed_lead(
    written: Write, office: Office, operator: str, fixed_clock: datetime
) -> None:
    leads.create({"description": "A", "reminder_date": date(2026, 12, 1), "reminder_time": time(9, 5)}, operator)
    taken(written, "description,reminder date,reminder time\nB,2026-12-01,09:05\n")
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
def test_what_has_no_description_is_described_by_what_there_is(written: Write, row: str, description: str) -> None:
    taken(written, f"company,first_name,last_name,email,description\n{row}\n")
    assert [lead.description for lead in all_leads()] == [description]


def test_a_row_without_anything_to_call_it_by_is_refused(written: Write) -> None:
    outcome = taken(written, "company,phone\n,512-555-0101\nAcme,\n")
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
def test_a_zip_code_gets_its_zero_back(written: Write, code: str, state: str, country: str, kept: str) -> None:
    taken(written, f"company,zip,state,country\nAcme,{code},{state},{country}\n")
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


def test_a_column_of_operators_decides_whose_lead_it_is(written: Write, operator: str) -> None:
    operators.add("ANN", "Ann", operator)
    outcome = taken(written, "company,owner\nAcme,ann\nBell,\nCorn,ZED\n")
    assert [lead.owner for lead in all_leads()] == ["ANN", "ADMIN"]
    assert outcome.refused == [(4, "There is no active operator ZED in this office.")]


def test_a_value_that_does_not_fit_its_field_is_refused_with_the_reason(written: Write) -> None:
    outcome = taken(written, f"company,call date\nAcme,31/31/2026\nBell,2026-01-02\n{'C' * 300},\n")
    assert outcome.taken == 1
    assert [number for number, _ in outcome.refused] == [2, 4]
    assert outcome.refused[0][1] == "There is no such day as “31/31/2026”."
    assert "250 fit" in outcome.refused[1][1]


# ---------------------------------------------------------------- which column is which field


@pytest.mark.parametrize(
    ("titles", "names", "unmapped"),
    [
        (
            "first_name,last_name,company_name,address,city,county,state,zip,phone1,phone2,email,web",
            "first_name last_name company address city state postal_code phone other_phone email website",
            ["county"],
        ),
        (
            "Anrede,Vorname,Name,Firma,Straße,Hausnummer,PLZ,Ort,Land,Telefon,Handy,E-Mail,Webseite,Bemerkungen",
            "first_name last_name company address address postal_code city country phone other_phone email website "
            "notes",
            ["Anrede"],
        ),
        (
            "Nom,Prénom,Société,Code postal,Ville,Pays,Téléphone,Portable,Courriel,Site web",
            "last_name first_name company postal_code city country phone other_phone email website",
            [],
        ),
        (
            "Nombre,Apellidos,Empresa,Teléfono,Móvil,Correo electrónico,Ciudad,País",
            "first_name last_name company phone other_phone email city country",
            [],
        ),
        ("First Name,BUSINESS PHONE,Business City,E-mail 1 - Value", "first_name phone city email", []),
        ("Full Name,Mobile,", "full_name phone", ["Column 3"]),
        ("FirstName,OwnerOperatorID,CallDt,LeadNo,IsRemoved", "first_name owner call_date", ["LeadNo", "IsRemoved"]),
        ("Email,email,E-Mail", "email", ["email", "E-Mail"]),
    ],
)
def test_columns_are_recognised(titles: str, names: str, unmapped: list[str]) -> None:
    mapping = match(titles.split(","), Lead)
    assert [name for _, name in mapping.columns] == names.split()
    assert mapping.unmapped == unmapped


def test_another_record_is_mapped_by_its_own_fields() -> None:
    mapping = match(["account", "sector", "revenue", "employees", "subsidiary_of"], Account)
    assert [name for _, name in mapping.columns] == ["name", "industry", "annual_revenue", "employees"]


def test_a_file_whose_titles_nobody_knows_is_not_guessed_at(written: Write) -> None:
    with pytest.raises(Mistake, match="None of the columns of leads.csv is known"):
        taken(written, "1,2\n3,4\n")


# ---------------------------------------------------------------- nothing twice, nothing half done


def test_a_second_run_takes_nothing(written: Write) -> None:
    assert taken(written, TWO).taken == 2
    again = taken(written, TWO)
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
def test_who_is_there_already(written: Write, row: str, known: bool) -> None:
    taken(written, TWO)
    outcome = taken(written, f"First Name,Last Name,Company,Phone,Email\n{row}\n")
    assert outcome.skipped == known


def test_rows_that_say_the_same_are_one_lead(written: Write) -> None:
    outcome = taken(written, TWO + TWO.split("\n", 1)[1] + "x,,Only A Name,,\nx,,only a name,,\n")
    assert outcome.taken == 3
    assert outcome.already == [(4, "It is the same as row 2."), (5, "It is the same as row 3."),
                               (7, "It is the same as row 6.")]  # fmt: skip


def test_removed_and_converted_leads_are_there_too(written: Write, operator: str) -> None:
    taken(written, TWO)
    first, second = all_leads()
    leads.remove(first.number, operator)
    conversion.convert(second.number, operator)
    assert taken(written, TWO).taken == 0


def test_an_import_is_one_unit_and_is_undone_at_once(written: Write, operator: str) -> None:
    outcome = taken(written, TWO)
    entry = undo.undoable(operator)
    assert entry is not None
    assert (entry.number, entry.name) == (outcome.unit, "Import 2 leads from leads.csv")
    undo.reverse(outcome.unit, by=operator, records=BY_TABLE)
    assert all_leads() == []
    assert taken(written, TWO).taken == 2


class Cancelled(Exception):
    """The user pressed Cancel."""


@pytest.mark.parametrize("at", ["Reading", "Saving"])
def test_cancelling_leaves_nothing_behind(written: Write, operator: str, at: str) -> None:
    rows = "".join(f"Company {number},n{number}@c.example\n" for number in range(5000))

    def cancel(done: int, total: int, text: str) -> None:
        assert 0 <= done <= total
        if text.startswith(at) and done > total / 4:
            raise Cancelled

    with pytest.raises(Cancelled):
        import_leads(written("company,email\n" + rows), operator=operator, progress=cancel)
    assert all_leads() == []
    assert undo.undoable(operator) is None


def test_open_screens_are_told_once(written: Write) -> None:
    told: list[work.Done] = []
    stop = work.listen(told.append)
    taken(written, TWO)
    stop()
    assert [(done.tables, len(done.changes)) for done in told] == [({"CRMLeads"}, 2)]


def test_numbers_go_on_after_an_import(written: Write, operator: str) -> None:
    taken(written, TWO)
    typed = leads.create({"description": "Typed"}, operator)
    taken(written, "company\nZed\n")
    numbers = [lead.number for lead in all_leads()]
    assert len(set(numbers)) == 4
    assert numbers[2] == typed.number


def test_only_an_operator_of_the_office_may_import(written: Write, operator: str) -> None:
    with pytest.raises(Refused, match="no operator NOBODY"):
        taken(written, TWO, operator="NOBODY")
    ann = operators.add("ANN", "Ann", operator)
    ann.active = False
    operators.save(ann, operator)
    with pytest.raises(Refused, match="retired"):
        taken(written, TWO, operator="ANN")


# ---------------------------------------------------------------- files as they are


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp850", "mac_roman"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encoding_and_delimiter_are_found(written: Write, encoding: str, delimiter: str) -> None:
    text = "Vorname,Nachname,Firma\nJürgen,Müller,Häusler GmbH\nRenée,Besançon,Zöllner KG\n".replace(",", delimiter)
    assert taken(written, text, encoding=encoding).taken == 2
    assert [(lead.first_name, lead.company) for lead in all_leads()] == [
        ("Jürgen", "Häusler GmbH"),
        ("Renée", "Zöllner KG"),
    ]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1250", "Łukasz;Wiśniewski;Kraków\nPaweł;Dąbrowski;Łódź"),
        ("cp1251", "Иван;Петров;Москва\nСергей;Смирнов;Тверь"),
        ("shift_jis", "田中;太郎;株式会社東京\n鈴木;花子;大阪商事"),
    ],
)
def test_other_scripts_are_found_too(written: Write, encoding: str, text: str) -> None:
    taken(written, f"First Name;Last Name;Company\n{text}\n", encoding=encoding)
    assert all_leads()[0].first_name == text.split(";")[0]


def test_letters_that_come_late_in_a_long_file_count(written: Write) -> None:
    rows = "".join(f"Company {number},c{number}@c.example\n" for number in range(5000))
    taken(written, f"company,email\n{rows}Müller,m@m.example\n", encoding="cp1252")
    assert all_leads()[-1].company == "Müller"


def test_a_row_in_another_encoding_is_refused_not_mangled(written: Write) -> None:
    outcome = taken(
        written, "company\nMüller\nHäusler\nVögele\nSäger\nTräger\n".encode() + "Zöllner\nBell\n".encode("cp1252")
    )
    assert [lead.company for lead in all_leads()] == ["Müller", "Häusler", "Vögele", "Säger", "Träger", "Bell"]
    assert outcome.refused[-1][1] == "A character in it cannot be read as UTF-8."


def test_quoted_newlines_and_delimiters_stay_in_their_value(written: Write) -> None:
    taken(written, 'company,notes\n"Benton, John B Jr","one\r\ntwo, three"\n')
    assert [(lead.company, lead.notes) for lead in all_leads()] == [("Benton, John B Jr", "one\r\ntwo, three")]


def test_one_column_is_a_table_too(written: Write) -> None:
    taken(written, "company\nMüller, Jürgen\n\nBell\n")
    assert [lead.company for lead in all_leads()] == ["Müller, Jürgen", "Bell"]


def test_excels_own_habits(written: Write) -> None:
    taken(written, 'sep=;\r\ncompany;zip\r\nAcme;="08014"\r\n;\r\n')
    assert [(lead.company, lead.postal_code) for lead in all_leads()] == [("Acme", "08014")]


def test_ragged_rows(written: Write) -> None:
    outcome = taken(written, "company,city,state\nShort\nLong,Austin,TX,,\nShifted,Bell,Austin,TX\n\n,,\n")
    assert [lead.company for lead in all_leads()] == ["Short", "Long"]
    assert outcome.refused == [(4, "It has 4 values, but the table has 3 columns.")]


@pytest.mark.parametrize("after", [3, MOST_LINES * 2])
def test_a_quotation_mark_nobody_closed_costs_its_own_row(written: Write, after: int) -> None:
    rows = "".join(f"Company {number},Austin\n" for number in range(after))
    outcome = taken(written, f'company,city\n"Acme,Austin\n{rows}')
    assert outcome.taken == after
    assert outcome.refused == [(2, "A quotation mark in it is never closed.")]


def test_characters_and_values_that_cannot_be_stored_are_refused(written: Write) -> None:
    outcome = taken(written, f"company,name\nA\0cme,x\nBell,y\n{'z' * 1_500_000},z\nCorn,A\0nn Lee\n")
    assert [lead.company for lead in all_leads()] == ["Bell"]
    assert [number for number, _ in outcome.refused] == [2, 4, 5]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "leads.csv is empty"),
        (b"\r\n\r\n", "leads.csv is empty"),
        (b"PK\x03\x04rest", "leads.csv is a workbook"),
        (b"%PDF-1.4", "leads.csv is a PDF"),
    ],
)
def test_what_is_no_table_is_said_so(written: Write, content: bytes, said: str) -> None:
    with pytest.raises(Mistake, match=said):
        taken(written, content)


def test_a_missing_file_and_a_folder_are_said_so(tmp_path: Path, operator: str) -> None:
    with pytest.raises(Mistake, match="There is no file"):
        import_leads(tmp_path / "none.csv", operator=operator)
    with pytest.raises(Mistake, match="is a folder"):
        import_leads(tmp_path, operator=operator)


def test_an_encoding_may_be_named(written: Write) -> None:
    path = written("company\nЗвезда\n", encoding="koi8-r")
    assert [row.values for row in open_table(path, "koi8-r").rows()] == [["Звезда"]]
    with pytest.raises(Mistake, match="no encoding called klingon"):
        open_table(path, "klingon")


@pytest.mark.skipif(not US_500.exists(), reason="the shared sample files are not at hand (CHANNERGY_CRM_SHARED)")
def test_five_hundred_real_looking_leads(operator: str) -> None:
    outcome = import_leads(US_500, operator=operator)
    assert (outcome.taken, outcome.skipped, outcome.refused) == (500, 0, [])
    assert outcome.unmapped == ["county"]
    stored = all_leads()
    assert all(lead.phone_e164 and lead.search_text for lead in stored)
    assert all(len(lead.postal_code) == 5 for lead in stored)
    assert sum(bool(lead.time_zone) for lead in stored) > 450
    again = import_leads(US_500, operator=operator)
    assert (again.taken, again.skipped) == (0, 500)
    assert len(all_leads()) == 500
