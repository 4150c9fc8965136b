"""Files as people save them: every encoding, every delimiter, every mess; and which column is which field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from channergy_crm.errors import Mistake
from channergy_crm.records import Account, Lead
from channergy_crm.transfer.importing.mapping import match
from channergy_crm.transfer.importing.run import import_leads
from channergy_crm.transfer.reading.tables import open_table
from tests.domain.lead_files import all_leads, taken, write

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.usefixtures("office"), pytest.mark.engines("sqlite")]  # what a file says asks no store


# ---------------------------------------------------------------- files as they are


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp850", "mac_roman"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encoding_and_delimiter_are_found(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = "Vorname,Nachname,Firma\nJürgen,Müller,Häusler GmbH\nRenée,Besançon,Zöllner KG\n".replace(",", delimiter)
    assert taken(tmp_path, text, encoding=encoding).taken == 2
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
def test_other_scripts_are_found_too(tmp_path: Path, encoding: str, text: str) -> None:
    taken(tmp_path, f"First Name;Last Name;Company\n{text}\n", encoding=encoding)
    assert all_leads()[0].first_name == text.split(";")[0]


def test_letters_that_come_late_in_a_long_file_count(tmp_path: Path) -> None:
    rows = "".join(f"Company {number},c{number}@c.example\n" for number in range(5000))
    taken(tmp_path, f"company,email\n{rows}Müller,m@m.example\n", encoding="cp1252")
    assert all_leads()[-1].company == "Müller"


def test_f22_a_row_in_another_encoding_is_mended_and_told(tmp_path: Path) -> None:
    outcome = taken(
        tmp_path, "company\nMüller\nHäusler\nVögele\nSäger\nTräger\n".encode() + "Zöllner\nBell\n".encode("cp1252")
    )
    assert [lead.company for lead in all_leads()] == [
        "Müller", "Häusler", "Vögele", "Säger", "Träger", "Zöllner", "Bell"
    ]  # fmt: skip
    (loss,) = outcome.kept
    assert (loss.what, loss.times, loss.row) == ("Rows with letters that are not UTF-8, read as CP1252", 1, 7)


def test_quoted_newlines_and_delimiters_stay_in_their_value(tmp_path: Path) -> None:
    taken(tmp_path, 'company,notes\n"Benton, John B Jr","one\r\ntwo, three"\n')
    assert [(lead.company, lead.notes) for lead in all_leads()] == [("Benton, John B Jr", "one\r\ntwo, three")]


def test_one_column_is_a_table_too(tmp_path: Path) -> None:
    taken(tmp_path, "company\nMüller, Jürgen\n\nBell\n")
    assert [lead.company for lead in all_leads()] == ["Müller, Jürgen", "Bell"]


def test_excels_own_habits(tmp_path: Path) -> None:
    taken(tmp_path, 'sep=;\r\ncompany;zip\r\nAcme;="08014"\r\n;\r\n')
    assert [(lead.company, lead.postal_code) for lead in all_leads()] == [("Acme", "08014")]


def test_ragged_rows(tmp_path: Path) -> None:
    outcome = taken(tmp_path, "company,city,state\nShort\nLong,Austin,TX,,\nShifted,Bell,Austin,TX\n\n,,\n")
    assert [lead.company for lead in all_leads()] == ["Short", "Long"]
    assert outcome.refused == [(4, "It has 4 values, but the table has 3 columns.")]


@pytest.mark.parametrize("after", [3, 1_000])
def test_a_quotation_mark_nobody_closed_costs_its_own_row(tmp_path: Path, after: int) -> None:
    rows = "".join(f"Company {number},Austin\n" for number in range(after))
    outcome = taken(tmp_path, f'company,city\n"Acme,Austin\n{rows}')
    assert outcome.taken == after
    assert outcome.refused == [(2, "A quotation mark in it is never closed.")]


def test_characters_and_values_that_cannot_be_stored_are_refused(tmp_path: Path) -> None:
    outcome = taken(tmp_path, f"company,name\nA\0cme,x\nBell,y\n{'z' * 1_500_000},z\nCorn,A\0nn Lee\n")
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
def test_what_is_no_table_is_said_so(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(Mistake, match=said):
        taken(tmp_path, content)


def test_a_missing_file_and_a_folder_are_said_so(tmp_path: Path, operator: str) -> None:
    with pytest.raises(Mistake, match="There is no file"):
        import_leads(tmp_path / "none.csv", operator=operator)
    with pytest.raises(Mistake, match="is a folder"):
        import_leads(tmp_path, operator=operator)


def test_an_encoding_may_be_named(tmp_path: Path) -> None:
    path = write(tmp_path, "company\nЗвезда\n", encoding="koi8-r")
    assert [row.values for row in open_table(path, "koi8-r").rows()] == [["Звезда"]]
    with pytest.raises(Mistake, match="no encoding called klingon"):
        open_table(path, "klingon")


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
        ("Email,email,E-Mail", "email email email", []),
    ],
)
def test_columns_are_recognised(titles: str, names: str, unmapped: list[str]) -> None:
    mapping = match(titles.split(","), Lead)
    assert [name for _, name in mapping.columns] == names.split()
    assert mapping.unmapped == unmapped


def test_another_record_is_mapped_by_its_own_fields() -> None:
    mapping = match(["account", "sector", "revenue", "employees", "subsidiary_of"], Account)
    assert [name for _, name in mapping.columns] == ["name", "industry", "annual_revenue", "employees"]


def test_a_file_whose_titles_nobody_knows_is_not_guessed_at(tmp_path: Path) -> None:
    with pytest.raises(Mistake, match="None of the columns of leads.csv is known"):
        taken(tmp_path, "1,2\n3,4\n")
