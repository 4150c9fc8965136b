"""What the top of the window stands on: sums, chapters, clocks, notes that are found, the own company (VT-38…VT-42)."""

from __future__ import annotations

from typing import Any

import pytest

from channergy_crm import resources
from channergy_crm.errors import Mistake
from channergy_crm.records import Account, Contact, Customer, Lead
from channergy_crm.services import (
    accounts,
    clocks,
    documents,
    leads,
    notes,
    own_company,
    saving,
    search_writing,
)
from channergy_crm.services import (
    office as offices,
)
from channergy_crm.settings import OFFICE_NAME
from channergy_crm.text.arithmetic import work_out, written
from channergy_crm.text.chapters import chapters
from tests import made


@pytest.mark.parametrize(
    ("typed", "result"),
    [("1+2*3", "7"), ("(1+2)×3", "9"), ("200+19%", "238"), ("200 - 10 %", "180"), ("200*10%", "20"), ("-3--4", "1"),
     ("1,234.50*2", "2,469"), ("0.1+0.2", "0.3"), ("10/4", "2.5"), ("1/3", "0.333333333333"), (".5", "0.5")],
)  # fmt: skip
def test_vt42_sums_are_exact(typed: str, result: str) -> None:
    assert written(work_out(typed)) == result


@pytest.mark.parametrize("typed", ["", "2*(3+4", "1/0", "abc", "1e5", "__import__('os')", "9" * 90 + "*" + "9" * 90,
                                   "(" * 150 + "1" + ")" * 150, "1+", "2 3)", "1..2", "5" * 500])  # fmt: skip
def test_vt42_what_is_no_sum_is_said(typed: str) -> None:
    with pytest.raises(Mistake):
        work_out(typed)


def test_vt42_the_decimal_sign_is_that_of_the_language() -> None:
    assert written(work_out("1.234,5 * 2", ",", "."), ",", ".") == "2.469"
    assert written(work_out("0.5 + 1,25", ",", "."), ",", ".") == "1,75"
    assert written(work_out("1\u202f000 × 1,5", ",", "\u202f"), ",", "\u202f") == "1\u202f500"


def test_vt38_what_is_written_about_the_program_is_shipped_and_read_by_chapters() -> None:
    told = chapters(
        "# A\n\n## 1.0 – 2026\n\n### Added\n\n- **One** [link](x) and\n  `more`.\n```\n## no head\n```\n## 0.9\nx\n"
    )
    assert told == [("1.0 – 2026", "ADDED\n\n• One link and more.\n## no head"), ("0.9", "x")]
    assert chapters(resources.text("CHANGELOG.md")) and chapters(resources.text("README.md"))


@pytest.mark.usefixtures("office")
def test_vt42_the_zones_are_those_of_the_leads_the_operator_sees(operator: str) -> None:
    for phone in ("(212) 555-0100", "(212) 555-0101", "(310) 555-0100"):
        leads.create({"description": phone, "phone": phone}, operator)
    leads.create({"description": "Far", "time_zone": "Asia/Tokyo", "phone": "(212) 555-0100"}, operator)
    assert clocks.zones(operator)[0] == "America/New_York" and "Asia/Tokyo" in clocks.zones(operator)
    assert len(clocks.zones(operator, 1)) == 1


def test_vt41_notes_and_documents_are_found_with_the_record_they_stand_at(office: Any, operator: str, tmp_path) -> None:
    lead = leads.create({"description": "Fair", "first_name": "Ann"}, operator)
    notes.add(Lead, lead.number, "Wants the Größe in red, said Zoë", operator)
    (tmp_path / "Größe and price.txt").write_text("x")
    documents.add(Lead, lead.number, tmp_path / "Größe and price.txt", operator)
    reader = office.list_reader()
    found = search_writing.find(reader, "grosse", operator) or search_writing.find(reader, "größe", operator)
    assert [(each.kind.singular, each.title) for each in found] == [("Note", "Ann"), ("Document", "Ann")]
    assert "Größe" in found[0].piece
    assert search_writing.find(reader, "größe blue", operator) == []
    reader.close()


@pytest.mark.usefixtures("office")
def test_vt85_an_account_without_a_lead_takes_contacts_at_once(operator: str) -> None:
    typed = Account(name="Rival Ltd", owner=operator, phone="(212) 555-0100", bill_city="Albany")
    own = accounts.make(typed, operator)
    customer = Customer.get()
    assert (own.customer, customer.company, customer.city, customer.phone) == (
        customer.number, "Rival Ltd", "Albany", own.phone,
    )  # fmt: skip
    assert accounts.start_contact(own, operator).customer == customer.number
    saving.undo_latest(operator)
    assert not Account.select().exists() and not Customer.select().exists(), "one step took all of it back"


@pytest.mark.usefixtures("office")
def test_vt74_the_own_company_and_who_works_there_are_entered_once(operator: str) -> None:
    with pytest.raises(Mistake):
        own_company.enter(operator)
    offices.choose(OFFICE_NAME, "Keller & Sons", operator)
    made.colleague("BEA", "Bea Miller")
    own = own_company.enter(operator)
    held = Contact.select().where(Contact.customer == own.customer).count()
    assert own.name == "Keller & Sons" and held == 2
    again = own_company.enter(operator)
    assert again.number == own.number and Account.select().count() == 1
    assert Contact.select().where(Contact.customer == own.customer).count() == held
