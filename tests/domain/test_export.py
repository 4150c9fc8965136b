"""Records go out into files, all of them or none, and come back as they were: every record type, every kind of file."""

from __future__ import annotations

import gc
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playhouse import schema_diff

from channergy_crm import work
from channergy_crm.errors import Mistake, Refused, Surroundings
from channergy_crm.fields import Lookup
from channergy_crm.query.listing import ListQuery
from channergy_crm.records import Lead, Opportunity, Task
from channergy_crm.records.transfers import ExportRow
from channergy_crm.services import leads
from channergy_crm.transfer.exporting.run import Form, Wanted, everything, export, exportable, forms
from channergy_crm.transfer.exporting.text import Style, style_of_place
from channergy_crm.transfer.importing.mapping import match
from channergy_crm.transfer.importing.run import import_leads
from channergy_crm.transfer.reading.formulas import defused, restored
from channergy_crm.transfer.reading.tables import open_table
from tests.domain.exports import cells, fill, three_and_one, wanted, written
from tests.domain.lead_files import all_leads
from tests.made import account, service_row, task

if TYPE_CHECKING:
    from channergy_crm.fields.kind import Kind
    from channergy_crm.store.database import Office
    from channergy_crm.work.record import Record

pytestmark = pytest.mark.usefixtures("office")

STYLES = {
    "by default": Style(), "decimal comma": style_of_place(","), "tabs in UTF-16": Style("\t", "utf-16"),
    "bars": Style("|", "utf-8"),
}  # fmt: skip


def read_back(path: Path, record: type[Record]) -> list[dict[str, Any]]:
    """What our own reading makes of a file."""
    table = open_table(path)
    places = match(table.header, record).columns
    rows = [row for row in table.rows() if not row.problem]
    fields = record.kinds()  # tags, which are no field, are read back in test_tags.py
    return [
        {name: spoken_back(record.kind(name), row.values[place]) for place, name in places if name in fields}
        for row in rows
    ]


def spoken_back(kind: Kind[Any], text: str) -> Any:
    """A cell as the importer takes it: of a list, what people read stands for what is stored."""
    if isinstance(kind, Lookup) and text == "Call Back":
        return "CALLBK"
    return kind.read(text)


# ---------------------------------------------------------------- what goes out comes in again


@pytest.mark.parametrize("style", STYLES.values(), ids=list(STYLES))
@pytest.mark.parametrize("record", exportable().values(), ids=list(exportable()))
def test_what_is_exported_reads_back_without_a_difference(
    record: type[Record], style: Style, office: Office, tmp_path: Path
) -> None:
    """VT-112, VT-117, VT-131, VT-135, C1, C11: our own file is read by our own reader, cell by cell."""
    made = fill(record)
    path = tmp_path / "out.csv"
    assert export(office, wanted(record), path, style=style) == record.select().count()
    titles = match(cells(path, style)[0], record)
    names = {name for name, kind in record.kinds().items() if not kind.system}
    assert titles.names >= names, f"{names - titles.names} would not be imported again"
    for row, one in zip(read_back(path, record)[-3:], made, strict=True):
        stored = record.find(one.key)
        assert stored is not None
        assert {name: row[name] for name in names} == {name: stored.__data__[name] for name in names}


def test_leads_are_imported_again_as_they_were(office: Office, tmp_path: Path, operator: str) -> None:
    """The same through the importer itself, into an office without them."""
    fill(Lead)
    before = [dict(lead.__data__) for lead in all_leads()]
    path = tmp_path / "leads.csv"
    export(office, wanted(Lead), path, by=operator)
    with work.unit("Make room", by=operator):
        for lead in all_leads():
            lead.delete_instance()
    outcome = import_leads(path, operator=operator)
    assert (outcome.taken, outcome.refused) == (3, [])
    kinds = [name for name, kind in Lead.kinds().items() if not kind.system] + ["phone_e164", "search_text"]
    after = [dict(lead.__data__) for lead in all_leads()]
    assert [{name: row[name] for name in kinds} for row in after] == [{name: row[name] for name in kinds}
                                                                      for row in before]  # fmt: skip
    assert import_leads(path, operator=operator).taken == 0


# ---------------------------------------------------------------- how it is written


def row_of(path: Path, style: Style) -> dict[str, str]:
    titles, *rows = cells(path, style)
    return dict(zip(titles, rows[0], strict=True))


def test_vtigers_own_rules(office: Office, tmp_path: Path, operator: str) -> None:
    """VT-119, VT-121…VT-129: quotes around everything, digits, 1/0, a day with its time, one line a record, UTF-8."""
    of = account("Acme", phone="+1 504 621 8927")
    with work.unit("Make", by=operator):
        Opportunity.create(account=of.number, owner=operator, name='A "big" café', description="two\n lines ",
                           amount=380_000, budget=123_456, close_date_1=date(2008, 1, 7), closed=True)  # fmt: skip
    path = tmp_path / "o.csv"
    export(office, wanted(Opportunity), path, form="vtiger")
    raw = path.read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert len(raw.splitlines()) == 2
    assert raw.splitlines()[0].startswith(b'"Opportunity #","CRM Account #",')
    row = row_of(path, Style(encoding="utf-8"))
    assert (row["Amount"], row["Budget"], row["Close Dt 1"]) == ("3800", "1234.56", "2008-01-07 00:00:00")
    assert (row["Closed"], row["Cost Conscious"], row["Description"]) == ("1", "0", "two lines")
    assert '"A ""big"" café"'.encode() in raw


def test_where_the_decimal_sign_is_a_comma(office: Office, tmp_path: Path, operator: str) -> None:
    """VT-131: semicolons, a byte order mark, and amounts a spreadsheet there takes for numbers."""
    fill(Opportunity)
    path = tmp_path / "o.csv"
    export(office, wanted(Opportunity), path, style=style_of_place(","))
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert row_of(path, style_of_place(","))["Amount"] == "1234000,05"


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\tx", "\rx", "'=x", "''+x"])
def test_formulas_are_made_harmless_and_read_back(text: str) -> None:
    """C11, BX-33."""
    assert defused(text) == f"'{text}"
    assert restored(defused(text)) == text


@pytest.mark.parametrize("text", ["-5", "+12", "-3,50", "Ann", "'Ann", "1+1", ""])
def test_what_is_harmless_stays(text: str) -> None:
    assert defused(text) == restored(text) == text


@pytest.mark.parametrize(
    ("text", "harmless"),
    [
        ("+1 (504) 621-8927", True), ("+493012345678", True), ("+1 504 621 8927 ext. 12", True),
        ("+1+1", False), ("+1-2-3", False), ("+12 3456 7890 1234 5678 90", False), ("=15046218927", False),
        ("+cmd|' /C calc'!A0", False), ("-504 621 8927", False),
    ],
)  # fmt: skip
def test_only_a_number_one_can_dial_keeps_its_plus(text: str, harmless: bool) -> None:
    assert (defused(text, phone=True) == text) == harmless


def test_a_sign_the_encoding_does_not_know_is_named(office: Office, tmp_path: Path, operator: str) -> None:
    leads.create({"description": "Łódź"}, operator)
    with pytest.raises(Mistake, match="“Ł” cannot be written in cp1252. Choose UTF-8."):
        export(office, wanted(Lead), tmp_path / "x.csv", style=Style(encoding="cp1252"))
    with pytest.raises(Mistake, match="no encoding called klingon"):
        export(office, wanted(Lead), tmp_path / "x.csv", style=Style(encoding="klingon"))
    assert not list(tmp_path.glob("x*"))


# ---------------------------------------------------------------- which rows


@pytest.fixture
def three(operator: str) -> list[int]:
    """Three leads of ADMIN, the last one removed, and one of Ann."""
    return three_and_one(operator)


def test_everything_the_found_and_the_marked(office: Office, tmp_path: Path, three: list[int], operator: str) -> None:
    """VT-112…VT-115: all, what the list's filter finds in its order, and the marked or visible ones in theirs."""
    path = tmp_path / "x.csv"
    everybody = ListQuery(Lead, ("description",), everything(Lead))
    own = replace(everybody, condition=everything(Lead, operator))
    found = replace(own, condition=own.condition & Lead.listed(), text="a", order=[("description", False)])
    for choice, expected in (
        (Wanted(everybody), ["beta", "Alpha", "gamma", "delta"]),
        (Wanted(own), ["beta", "Alpha", "gamma"]),
        (Wanted(found, "found"), ["Alpha", "beta"]),
        (Wanted(found, "marked", [three[2], three[0], 999_999]), ["gamma", "beta"]),
        (Wanted(found, "page", []), []),
    ):
        assert export(office, choice, path, by=operator) == len(expected)
        assert written(path) == expected


def test_more_than_fits_in_one_go_keeps_its_order(office: Office, tmp_path: Path, operator: str) -> None:
    """Sorted and marked rows are read some at a time; none is lost, doubled or moved between two of these."""
    rows = "".join(f"Company {number:05d}\n" for number in range(1301))
    source = tmp_path / "in.csv"
    source.write_text("company\n" + rows, "utf-8")
    import_leads(source, operator=operator)
    query = ListQuery(Lead, ("company",), everything(Lead), "", [("company", True)])
    path = tmp_path / "x.csv"
    export(office, Wanted(query), path)
    assert written(path) == [f"Company {number:05d}" for number in reversed(range(1301))]
    export(office, Wanted(replace(query, order=())), path)
    assert written(path) == [f"Company {number:05d}" for number in range(1301)]
    keys = [lead.number for lead in all_leads()][::-1]
    export(office, Wanted(query, "marked", keys[1:]), path)
    assert written(path) == [f"Company {number:05d}" for number in reversed(range(1300))]


def test_rows_of_the_suite_stay_where_they_are(office: Office, tmp_path: Path) -> None:
    """CH-148."""
    of = account("Acme")
    service_row(of, "Repair")
    task(of, "Call")
    query = ListQuery(Task, ("action",), everything(Task))
    export(office, Wanted(query), tmp_path / "x.csv")
    assert written(tmp_path / "x.csv") == ["Call"]


# ---------------------------------------------------------------- all of it or nothing, and never unseen


class Cancelled(Exception):
    """Somebody pressed Cancel."""


@pytest.mark.parametrize("form", ["csv", "vtiger", "xlsx", "vcard3"])
def test_a_cancelled_export_leaves_nothing(office: Office, tmp_path: Path, three: list[int], form: Form) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    path = folder / "x"
    path.write_text("last week's")

    def cancel(done: int, total: int, text: str) -> None:
        assert (done, total, text) == (0, 4, "0 of 4 leads")
        raise Cancelled

    with pytest.raises(Cancelled):
        export(office, wanted(Lead), path, form=form, progress=cancel)
    assert [(file.name, file.read_text()) for file in folder.iterdir()] == [("x", "last week's")]
    assert ExportRow.select().count() == 0


def test_every_export_is_kept_in_the_log(office: Office, tmp_path: Path, three: list[int], fixed_clock: Any) -> None:
    """DP-12: who, when, what of, found by which filter, which columns, how many, into which file."""
    path = tmp_path / "x.csv"
    query = ListQuery(Lead, ("company", "phone"), everything(Lead), 'description:"a"', [("company", False)])
    export(office, Wanted(query, "found"), path, by="ADMIN")
    export(office, Wanted(query, "marked", three[:1]), path, form="vcard4")
    first, second = ExportRow.select().order_by(ExportRow.number).dicts()
    assert first == {
        "number": first["number"], "by": "ADMIN", "done": datetime(2026, 11, 23, 10, 0), "table": "CRMLeads",
        "what": "found", "search": 'description:"a"', "columns": "company, phone", "rows": 4, "form": "csv",
        "file": str(path),
    }  # fmt: skip
    assert (second["by"], second["what"], second["rows"], second["form"]) == ("", "marked", 1, "vcard4")
    assert second["columns"].startswith("first_name, last_name")


def test_the_log_has_the_table_its_migration_makes(office: Office) -> None:
    assert not any(schema_diff.diff_models(office.database, [ExportRow]))


def test_who_may_not_export_takes_nothing(office: Office, tmp_path: Path, three: list[int]) -> None:
    """VT-70, DP-13: the right is asked in one place."""
    with pytest.raises(Refused, match="no operator NOBODY"):
        export(office, wanted(Lead), tmp_path / "x.csv", by="NOBODY")
    assert not (tmp_path / "x.csv").exists()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # zipfile, about the disk in this test
def test_where_nothing_can_be_written_a_sentence_says_so(
    office: Office, tmp_path: Path, three: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Mistake, match="is a folder"):
        export(office, wanted(Lead), tmp_path)
    for form in forms(Lead):
        with pytest.raises(Surroundings, match="cannot be written: No such file"):
            export(office, wanted(Lead), tmp_path / "none" / "x", form=form)
    if office.path:
        with pytest.raises(Mistake, match="is the office itself"):
            export(office, wanted(Lead), office.path)
    if Path("/dev/full").exists():
        for form in forms(Lead):
            (tmp_path / "x.part").symlink_to("/dev/full")
            with pytest.raises(Surroundings, match="The disk is full. x was not written"):
                export(office, wanted(Lead), tmp_path / "x", form=form)
    gc.collect()  # so that zipfile complains here about the full disk, and not in some other test
    assert not list(tmp_path.glob("x*"))


@pytest.mark.parametrize("record", exportable().values(), ids=list(exportable()))
def test_vcards_are_offered_for_people_only(record: type[Record]) -> None:
    """BX-27."""
    people = {"Leads", "Contacts", "Customers", "Contacts of vendors"}
    assert ("vcard3" in forms(record)) == (record.plural in people)
