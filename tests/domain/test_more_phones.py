"""Any number of phone numbers a record, each with what it is (BX-16, F-69)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from channergy_crm.query import conditions
from channergy_crm.records import Account, Contact, Customer, Lead
from channergy_crm.services import leads
from channergy_crm.services.duplicates.proposal import JOINED, propose

if TYPE_CHECKING:
    from channergy_crm.store.database import Office

HELD = "Mobile: 512-555-0142\nMother's, evenings: +49 30 901820"
KIND = Lead.kind("more_phones")


def test_f69_bx16_people_companies_and_leads_have_them() -> None:
    assert all("more_phones" in record.kinds() for record in (Lead, Account, Contact, Customer))


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        (HELD, [("Mobile", "512-555-0142"), ("Mother's, evenings", "+49 30 901820")]),
        ("Mobile: 512-555-0142; Home:512 555 0143", [("Mobile", "512-555-0142"), ("Home", "512 555 0143")]),
        ("  512-555-0142  ", [("More Numbers", "512-555-0142")]),
        ("Desk 2: 512-555-0142", [("More Numbers", "Desk 2: 512-555-0142")]),
        ("tel: 512-555-0142, x12\n\nnot yet", [("tel", "512-555-0142, x12")]),
        ("", []),
    ],
)
def test_f69_bx16_a_line_is_a_label_and_a_number(typed: str, numbers: list[tuple[str, str]]) -> None:
    assert KIND.numbers(KIND.read(typed)) == numbers


def test_f69_bx16_a_lead_is_found_by_the_digits_and_the_words_of_any_of_them(office: Office, operator: str) -> None:
    lead = leads.create({"description": "Fair", "more_phones": HELD}, operator)
    leads.create({"description": "Other", "more_phones": "Mobile: 512-555-0199"}, operator)
    for text in ("5550142", "(512) 555-0142", "49 30 901820", "evenings", "more_phones:0142", "morenumbers:9018"):
        found = [each.number for each in Lead.select().where(conditions.condition(Lead, text))]
        assert found == [lead.number], text


@pytest.mark.parametrize(
    ("typed", "said"),
    [("not yet", "One number a line"), ("Mobile: 1234567890123456", "Mobile: A number here"), (HELD, "")],
)
def test_f69_bx16_what_looks_wrong_is_said_and_kept(office: Office, typed: str, said: str) -> None:
    assert said in (KIND.advice(typed) or "")
    assert KIND.check(typed) is None


def test_f69_bx16_merged_records_keep_all_of_them_once(office: Office, operator: str) -> None:
    one = leads.create({"description": "A", "last_name": "Lee", "more_phones": HELD}, operator)
    other = leads.create({"description": "A", "last_name": "Lee", "more_phones": "Mobile: 512-555-0142\nx"}, operator)
    side = next(side for side in propose(Lead, [one.number, other.number], operator).sides if side.name == KIND.name)
    assert side.value(JOINED) == f"{HELD}\nx"
