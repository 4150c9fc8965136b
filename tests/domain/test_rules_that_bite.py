"""Rules that could once be broken without any test noticing (F-70)."""

from __future__ import annotations

import csv
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from channergy_crm import clock, work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.query.listing import ListQuery
from channergy_crm.records import Account, Contact, Customer, Lead, OfficeSetting, Opportunity
from channergy_crm.services import accounts, leads, saving
from channergy_crm.services import office as office_settings
from channergy_crm.services.rights import Program
from channergy_crm.settings import REGION
from channergy_crm.transfer.exporting import run as exporting
from channergy_crm.transfer.importing.run import import_leads
from channergy_crm.transfer.reading.formulas import all_defused, restored
from channergy_crm.work import bulk

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.store.database import Office

DANGEROUS = ["=1+1", "+SUM(A1)", "-2+3", "@SUM(1)", "\tx", "\rx", "'=x"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_f70_a_formula_in_any_row_of_a_column_is_made_harmless(text: str) -> None:
    column = ["plain", None, text, ""]
    assert all_defused(column) == ["plain", None, f"'{text}", ""]
    assert [restored(each) if each else each for each in all_defused(column)] == column


def test_f70_no_cell_of_an_exported_file_begins_a_formula(office: Office, operator: str, tmp_path: Path) -> None:
    """BX-33: column by column, as the export writes."""
    for text in DANGEROUS:
        leads.create({"description": "Fair", "company": text, "last_name": "x"}, operator)
    query = ListQuery(Lead, ["company"], exporting.everything(Lead, operator), "", by=operator)
    form, style = exporting.manner(tmp_path / "a.csv", "csv", None, None)
    exporting.export(office, exporting.Wanted(query, "all"), tmp_path / "a.csv", by=operator, form=form, style=style)
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [row[0] for row in csv.reader(file)][1:]
    assert len(cells) == len(DANGEROUS)
    assert all(cell.startswith("'") for cell in cells), cells


@pytest.mark.parametrize(
    ("written", "year"), [("24", 2024), ("45", 2045), ("46", 2046), ("47", 1947), ("99", 1999), ("00", 2000)]
)
def test_f70_two_figures_of_a_year_reach_twenty_years_ahead(
    office: Office, operator: str, fixed_clock: datetime, tmp_path: Path, written: str, year: int
) -> None:
    assert clock.today().year == 2026
    (tmp_path / "a.csv").write_text(f"Last Name,Company,Call Dt\nLee,Acme,03/14/{written}\n")
    assert import_leads(tmp_path / "a.csv", operator=operator).problems == []
    assert Lead.get().call_date == date(year, 3, 14)


def test_f70_an_account_that_got_a_customer_meanwhile_keeps_that_one(office: Office, operator: str) -> None:
    """CH-142."""
    with work.unit("Account", by=operator):
        account = Account.create(name="Acme", owner=operator)
    accounts.save_customer(Customer(company="First"), account, operator)
    with pytest.raises(Mistake, match="meanwhile"):
        accounts.save_customer(Customer(company="Second"), account, operator)
    assert [customer.company for customer in Customer.select()] == ["First"]


def test_f70_the_latest_activity_of_those_that_are_merged_stays() -> None:
    early, late = datetime(2026, 1, 5, 9), datetime(2026, 3, 1, 9)
    kind = Opportunity.kind("last_activity")
    assert kind.inherited([early, late, None], 0) == kind.inherited([late, None, early], 2) == late
    assert Lead.kind("created_on").inherited([late, early], 1) == early


def test_f70_the_settings_of_the_office_are_an_operators(office: Office, operator: str) -> None:
    with pytest.raises(Refused, match="only an operator"):
        office_settings.choose(REGION, "DE", Program.BACKUP)
    assert not OfficeSetting.select().where(OfficeSetting.name == REGION.name).exists()


def contact(customer: int, name: str) -> Contact:
    with work.unit("Contact", by="ADMIN"):
        made: Contact = Contact.create(customer=customer, last_name=name)
    return made


def test_f70_the_number_of_a_deleted_record_is_not_given_again(office: Office, operator: str) -> None:
    with work.unit("Customer", by=operator):
        customer = Customer.create(company="Acme").number
    contact(customer, "Lee")
    second = contact(customer, "Ray")
    saving.delete(second, operator)
    third = contact(customer, "Poe")
    assert third.number == second.number + 1
    saving.delete(contact(customer, "Gone"), operator)
    with work.unit("Many", by=operator) as unit:
        many, numbers = bulk.Many(Contact), bulk.reserve(Contact, 2)
        many.insert(unit, [many.row({"customer": customer, "last_name": "x"}) for _number in numbers], numbers)
    assert list(numbers) == [third.number + 2, third.number + 3]


def test_f70_what_is_deleted_and_undone_keeps_its_number(office: Office, operator: str) -> None:
    one = leads.create({"description": "One"}, operator)
    saving.undo_latest(operator)
    two = leads.create({"description": "Two"}, operator)
    assert two.number > one.number
