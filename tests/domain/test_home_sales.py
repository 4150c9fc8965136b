"""What Home says of one's open documents, and of what customers owe (VT-22…VT-25)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from channergy_crm import clock
from channergy_crm.errors import Refused
from channergy_crm.query import spelling
from channergy_crm.query.listing import ListQuery
from channergy_crm.records import Lead, SalesDocument
from channergy_crm.services.ages import AGES, owed
from channergy_crm.services.home import blocks, own_sales
from channergy_crm.services.home.lines import how_many
from tests import made
from tests.domain.secured import ANN, Secured
from ui.pages.home.money_block import OWED, within

BY = "ADMIN"


@pytest.fixture(autouse=True)
def _there(office, fixed_clock):
    return office


def names(content) -> list[str]:
    return [line.name for line in content.lines]


@pytest.mark.parametrize(
    ("kind", "read", "target"),
    [("quote", own_sales.open_quotes, "quote"), ("sales_order", own_sales.open_sales_orders, "sales_order"),
     ("purchase_order", own_sales.open_purchase_orders, "purchase_order")],
)  # fmt: skip
def test_vt22_vt23_vt24_the_own_open_documents_stand_by_their_amounts(kind: str, read, target: str) -> None:
    small, large = made.account("Small"), made.account("Large")
    made.document(kind, small, 5_000, document_no="1", count=1)
    most = made.document(kind, large, 90_000, document_no="2", count=2)
    made.document(kind, large, 99_000, document_no="3", count=3, state="declined")
    made.document(kind, large, 99_000, document_no="4", count=4, owner=made.colleague())
    made.document("invoice", large, 99_000, document_no="5", count=5)
    made.document(kind, large, 99_000)  # a draft
    found = read(BY)
    assert names(found) == ["Large", "Small"] and (found.total, found.sum) == (2, 95_000)
    assert found.lines[0].opens == (target, most.number) and found.lines[0].said[-1].value == 90_000


def test_vt22_amounts_of_different_currencies_are_not_added_up() -> None:
    for place, currency in enumerate(("USD", "EUR")):
        made.document("quote", made.account(currency), 100, currency=currency, document_no=currency, count=place)
    found = own_sales.open_quotes(BY)
    assert found.total == 2 and found.sum is None


def test_vt25_open_invoices_stand_by_what_is_still_to_be_paid_with_their_day() -> None:
    acme, late = made.account("Acme"), clock.today() - timedelta(days=3)
    made.document("invoice", acme, 70_000, document_no="1", count=1, until=late)
    made.document("invoice", made.account("Bolt"), 80_000, document_no="2", count=2)
    made.document("invoice", acme, 99_000, document_no="3", count=3, state="paid")
    found = own_sales.open_invoices(BY)
    assert names(found) == ["Bolt", "Acme"] and found.sum == 150_000
    assert [line.day for line in found.lines] == [None, late]


def test_vt25_what_is_owed_is_counted_by_age_and_each_bracket_finds_its_invoices() -> None:
    acme = made.account("Acme")
    ages = {0: None, 1: -5, 2: 0, 3: 30, 4: 31, 5: 60, 6: 61, 7: 90, 8: 91, 9: 900}
    for count, days in ages.items():
        until = None if days is None else clock.today() - timedelta(days=days)
        made.document("invoice", acme, 100, document_no=f"{count}", count=count, until=until)
    made.document("invoice", acme, 999, document_no="paid", count=99, until=clock.today(), state="paid")
    found = own_sales.by_age(BY)
    assert [(each.invoices, each.amount) for each in found] == [(2, 200)] * 5
    for each in found:
        text = spelling.by_labels(SalesDocument, f"{OWED} {within(each.age)}")
        assert how_many(ListQuery(SalesDocument, ("number",), None, text, by=BY)) == 2, text
    assert how_many(ListQuery(SalesDocument, ("number",), owed(), by=BY)) == 10
    assert [age.name for age in AGES][0] == "coming"


def test_vt22_vt25_a_block_is_offered_once_there_is_such_a_document_and_such_may_be_seen() -> None:
    assert "top_quotes" not in {kind.name for kind in blocks.offered(BY)}, "Home asks for nothing that is not there"
    made.document("quote", made.account("Acme"), 100)
    assert "top_quotes" in {kind.name for kind in blocks.offered(BY)}
    office = Secured()
    office.let({"use": "all", "view": "all"}, Lead)
    assert "top_quotes" not in {kind.name for kind in blocks.offered(ANN)}
    with pytest.raises(Refused):
        own_sales.open_quotes(ANN)
    office.let({"use": "all", "view": "all"}, SalesDocument)
    assert "top_quotes" in {kind.name for kind in blocks.offered(ANN)}
