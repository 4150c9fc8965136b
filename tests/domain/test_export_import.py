"""What goes out comes in through the importer without a difference: every record type, every kind of file."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import work
from channergy_crm.errors import Mistake
from channergy_crm.records import Account, Contact, Customer, Lead, Opportunity
from channergy_crm.services import leads
from channergy_crm.transfer.exporting.run import Form, export
from channergy_crm.transfer.importing.plan import importable, propose
from channergy_crm.transfer.importing.run import run
from channergy_crm.transfer.reading.sources import open_source
from tests.domain.exports import fill, wanted
from tests.made import account

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.store.database import Office
    from channergy_crm.work.record import Record

pytestmark = pytest.mark.usefixtures("office")

ON_CARDS = (
    "first_name", "last_name", "phone", "other_phone", "fax", "email", "website", "title", "address", "city", "state",
    "postal_code", "country", "notes",
)  # fmt: skip


def everything(record: type[Record]) -> list[dict[str, Any]]:
    """The records of a type, the oldest first."""
    return [dict(one.__data__) for one in record.select().order_by(record._meta.primary_key)]


def make_room(record: type[Record]) -> None:
    """Delete all records of a type, and what hangs on them."""
    with work.unit("Make room", by="ADMIN"):
        for each in (Account, Customer) if record is Customer else (record,):
            for one in each.select():
                one.delete_instance()


def there_and_back(office: Office, record: type[Record], path: Path, form: Form) -> tuple[set[str], Any, Any]:
    """The fields a file brings back, the records before, and the same after they came out of it."""
    fill(record)
    before = everything(record)
    assert export(office, wanted(record), path, form=form) == len(before)
    make_room(record)
    plan = propose(record, open_source(path))
    outcome = run(plan, operator="ADMIN")
    assert (outcome.taken, outcome.problems, outcome.already) == (len(before), [], [])
    assert run(plan, operator="ADMIN").taken == 0
    return {*plan.columns.values()} & record.kinds().keys(), before, everything(record)  # tags are no field


def only(rows: list[dict[str, Any]], names: set[str]) -> list[dict[str, Any]]:
    return [{name: row[name] for name in sorted(names)} for row in rows]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("record", importable().values(), ids=list(importable()))
def test_nothing_is_different_when_it_comes_back(
    record: type[Record], form: Form, office: Office, tmp_path: Path
) -> None:
    """VT-106, VT-107, VT-112, C1, C11: own exports always round-trip, and a second import takes nothing."""
    names, before, after = there_and_back(office, record, tmp_path / f"x.{form}", form)
    assert names >= {name for name, kind in record.kinds().items() if not kind.system}
    assert only(after, names) == only(before, names)


@pytest.mark.parametrize("record", importable().values(), ids=list(importable()))
def test_by_vtigers_rules_only_line_breaks_are_lost(record: type[Record], office: Office, tmp_path: Path) -> None:
    """VT-118…VT-129."""
    names, before, after = there_and_back(office, record, tmp_path / "x.csv", "vtiger")

    def in_one_line(row: dict[str, Any]) -> dict[str, Any]:
        return {name: " ".join(value.split()) if isinstance(value, str) else value for name, value in row.items()}

    assert only(after, names) == [in_one_line(row) for row in only(before, names)]


@pytest.mark.parametrize("form", ["vcard3", "vcard4"])
@pytest.mark.parametrize("record", [Lead, Contact, Customer])
def test_people_come_back_out_of_their_cards(record: type[Record], form: Form, office: Office, tmp_path: Path) -> None:
    """BX-27: everything that stands on a card."""
    made = fill(record)
    path = tmp_path / "x.vcf"
    export(office, wanted(record), path, form=form)
    assert path.read_text("utf-8").count(f"VERSION:{form[-1]}.0") == record.select().count()
    plan = propose(record, open_source(path))
    rows = list(plan.source.rows())[-3:]
    names = [name for name in ON_CARDS if name in record.kinds() and name in plan.columns.values()]
    assert len(names) > 5
    places = {name: place for place, name in plan.columns.items()}
    for row, one in zip(rows, made, strict=True):
        assert {name: row.values[places[name]] for name in names} == {name: getattr(one, name) for name in names}


def test_a_company_without_a_person_stays_one(office: Office, tmp_path: Path, operator: str) -> None:
    """A card needs a name to be called by; the company's own is not taken for a person's."""
    leads.create({"description": "Tea", "company": "Acme Tea Ltd", "phone": "+1 504 621 8927"}, operator)
    path = tmp_path / "x.vcf"
    export(office, wanted(Lead), path, form="vcard3")
    assert "FN:Acme Tea Ltd" in path.read_text("utf-8")
    make_room(Lead)
    run(propose(Lead, open_source(path)), operator=operator)
    lead = Lead.get()
    assert (lead.company, lead.first_name, lead.last_name) == ("Acme Tea Ltd", "", "")


def test_what_a_workbook_holds(office: Office, tmp_path: Path, operator: str) -> None:
    """BX-33, C11: numbers, money and days as such; phones, ZIP codes and record texts as text, formulas asleep."""
    with work.unit("Make", by=operator):
        Lead.create(description="=1+1", postal_code="08014", phone="+15046218927", owner=operator,
                    reminder_date=date(2026, 12, 1), reminder_time=time(14, 30))  # fmt: skip
        Opportunity.create(name="Big", amount=123_450, probability=50, account=account("Acme").number, owner=operator)
    lead, deal = (titled(office, record, tmp_path / "x.xlsx") for record in (Lead, Opportunity))
    for title, kind, value, look in (
        ("Description", "s", "=1+1", "@"), ("Postal Code", "s", "08014", "@"), ("Phone", "s", "+15046218927", "@"),
        ("Reminder Dt", "d", datetime(2026, 12, 1), "yyyy-mm-dd"), ("Reminder Time", "d", time(14, 30), "hh:mm"),
        ("Removed", "s", "No", "@"), ("Lead #", "n", lead["Lead #"].value, "0"),
    ):  # fmt: skip
        cell = lead[title]
        assert (title, cell.data_type, cell.value, cell.number_format) == (title, kind, value, look)
    assert lead["Description"].quotePrefix
    assert (deal["Amount"].data_type, deal["Amount"].value, deal["Amount"].number_format) == ("n", 1234.5, "#,##0.00")
    assert (deal["Probability %"].value, deal["Probability %"].number_format) == (50, "0")


def titled(office: Office, record: type[Record], path: Path) -> dict[str, Any]:
    """The cells of the first row of a workbook by their titles."""
    from openpyxl import load_workbook

    export(office, wanted(record), path, form="xlsx")
    titles, first = load_workbook(path).active.iter_rows(max_row=2)
    return {title.value: cell for title, cell in zip(titles, first, strict=True)}


def test_what_does_not_fit_a_workbook_is_said(office: Office, tmp_path: Path, operator: str) -> None:
    leads.create({"description": "Long", "notes": "x" * 40_000}, operator)
    path = tmp_path / "x.xlsx"
    with pytest.raises(Mistake, match="Notes in row 2 has 40,000 characters; a cell of a workbook holds 32,767"):
        export(office, wanted(Lead), path, form="xlsx")
    assert not list(tmp_path.glob("x.xlsx*"))
