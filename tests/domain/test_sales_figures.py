"""What was sold and what is owed, beside plain SQL; the documents behind each figure (VT-86, VT-137)."""

from __future__ import annotations

import csv
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import clock, work
from channergy_crm.errors import Refused
from channergy_crm.records import Lead, Product, SalesDocument, TaxClass
from channergy_crm.services.chosen import Chosen
from channergy_crm.services.figures import EVERYBODY
from channergy_crm.services.sales_figures import behind, counting
from channergy_crm.services.sales_figures.counting import Asked
from channergy_crm.store import database
from channergy_crm.transfer.exporting.sales_figures import export_sales
from tests import made
from tests.domain.secured import ANN, Secured

if TYPE_CHECKING:
    from pathlib import Path

BY = "ADMIN"
YEAR = Asked(date(2026, 1, 1), date(2026, 12, 31), EVERYBODY)
SOLD = """ FROM "CRMSalesDocuments" d WHERE d."Kind" IN ('invoice', 'credit_note') AND d."IssuedDt" IS NOT NULL
 AND d."DocumentDt" BETWEEN '2026-01-01' AND '2026-12-31' AND d."Currency" = 'USD'"""
NET = """SUM(d."NetAmount" * CASE d."Kind" WHEN 'credit_note' THEN -1 ELSE 1 END)"""


@pytest.fixture(autouse=True)
def _there(office, fixed_clock):
    return office


@pytest.fixture
def sold() -> list[int]:
    """A year of two products and three customers: with a discount on all, gross, credited, of another currency."""
    with work.unit("Products", by=BY):
        tax = TaxClass.select().first().number
        candle, box = (Product.create(code=name, name=name, tax=tax).number for name in ("Candle", "Box"))
    acme, bolt = made.account("Acme"), made.account("Bolt", made.colleague())
    known: list[tuple[str, Any, int, list[tuple[int | None, int, int]], dict[str, Any]]] = [
        ("invoice", acme, 30_000, [(candle, 10, 2_000), (box, 10, 1_000)], {"dated": date(2026, 1, 3)}),
        ("invoice", acme, 8_999, [(candle, 3, 2_000), (box, 4, 1_000)], {"less": 1_001, "dated": date(2026, 1, 31)}),
        ("invoice", bolt, 5_000, [(None, 1, 5_000)], {"dated": date(2026, 3, 1), "owner": "BEN"}),
        ("invoice", None, 840, [(box, 1, 1_000)], {"name": "Walk-in", "gross": True, "dated": date(2026, 3, 9)}),
        ("credit_note", acme, 6_000, [(candle, 3, 2_000)], {"dated": date(2026, 3, 10)}),
        ("invoice", acme, 7_000, [(box, 7, 1_000)], {"currency": "EUR", "dated": date(2026, 3, 10)}),
        ("invoice", acme, 9_000, [(box, 9, 1_000)], {"dated": date(2025, 12, 31)}),
        ("quote", acme, 99_000, [(box, 9, 1_000)], {"dated": date(2026, 2, 1)}),
    ]  # fmt: skip
    for count, (kind, of, total, lines, more) in enumerate(known, 1):
        values = {"until": date(2026, 11, 1), **more}
        made.document(kind, of, total, lines=lines, document_no=f"{count}", count=count, **values)
    made.document("invoice", acme, 50_000, dated=date(2026, 4, 1))  # a draft
    return [candle, box]


def asked_plainly(sql: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in database.proxy.execute_sql(sql).fetchall()]


def test_vt86_sales_are_what_plain_sql_adds_up(sold: list[int]) -> None:
    held = counting.read(YEAR, BY)
    assert (held.currency, held.others) == ("USD", {"EUR": 1})
    assert asked_plainly(f"SELECT {NET}, COUNT(*) {SOLD}") == [(held.net, held.documents)]
    assert [line.key for line in held.months] == [date(2026, month, 1) for month in (1, 2, 3)], "one without sales, too"
    for line in held.months:
        after = line.key.replace(month=line.key.month + 1)
        within = f"AND d.\"DocumentDt\" >= '{line.key}' AND d.\"DocumentDt\" < '{after}'"
        assert asked_plainly(f"SELECT COALESCE({NET}, 0), COUNT(*) {SOLD} {within}") == [(line.amount, line.documents)]
    by_account = asked_plainly(f'SELECT d."CRMAccountNo", {NET} {SOLD} GROUP BY d."CRMAccountNo"')
    assert sorted((line.key[0] or 0, line.amount) for line in held.customers) == sorted(
        (account or 0, int(amount)) for account, amount in by_account
    )
    assert [(line.label, line.amount) for line in held.customers] == [
        ("Acme", 32_999), ("Bolt", 5_000), ("Walk-in", 840)
    ]  # fmt: skip
    owed = asked_plainly(
        'SELECT SUM(d."OpenAmount") FROM "CRMSalesDocuments" d WHERE d."Kind" = \'invoice\' AND d."State" = \'open\''
        ' AND d."IssuedDt" IS NOT NULL AND d."Currency" = \'USD\''
    )
    assert owed == [(sum(each.amount for each in held.owed),)]
    assert [each.amount for each in held.owed if each.age.name == "month"] == [53_839]


def test_vt86_products_share_what_was_taken_off_all_of_a_document_to_the_cent(sold: list[int]) -> None:
    candle, box = sold
    held = counting.read(YEAR, BY)
    found = {line.key: (line.label, line.amount, line.documents) for line in held.products}
    assert found[candle] == ("Candle", 20_000 + 5_399 - 6_000, 3)
    assert found[box] == ("Box", 10_000 + 3_600 + 840, 3)
    assert found[None] == ("Without a product", 5_000, 1)
    assert sum(line.amount for line in held.products) == held.net


def test_vt86_the_documents_behind_a_figure_come_to_it(sold: list[int]) -> None:
    held = counting.read(YEAR, BY)
    parts = (("month", held.months), ("product", held.products), ("customer", held.customers))
    for part, lines in parts:
        for line in lines:
            rows = behind.read(YEAR, Chosen(part, line.key), BY)
            assert (sum(row.amount for row in rows), len(rows)) == (line.amount, line.documents), (part, line)
    for each in held.owed:
        rows = behind.read(YEAR, Chosen("owed", each.age.name), BY)
        assert (sum(row.amount for row in rows), len(rows)) == (each.amount, each.invoices)
    every = behind.read(YEAR, Chosen(), BY)
    assert sum(row.amount for row in every) == held.net
    assert [row.name for row in every][0] == "Credit note 5" and every[0].opens[0] == "invoice"
    assert behind.read(YEAR, Chosen(), BY, limit=2) + behind.read(YEAR, Chosen(), BY, after=2) == every


def test_vt86_another_currency_is_counted_by_itself(sold: list[int]) -> None:
    euros = Asked(YEAR.first, YEAR.last, EVERYBODY, None, "EUR")
    held = counting.read(euros, BY)
    assert (held.net, held.documents, held.others) == (7_000, 1, {"USD": 6})
    assert [row.amount for row in behind.read(euros, Chosen(), BY)] == [7_000]


def test_vt86_figures_go_out_as_they_are_and_so_do_their_documents(sold: list[int], tmp_path: Path) -> None:
    file = tmp_path / "sales.csv"
    assert export_sales(YEAR, None, file, BY) == 1 + 3 + 3 + 3 + 5
    rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    assert rows[1] == ["All sales", "", "388.39", "5", "USD"]
    assert ["By product", "Candle", "193.99", "3", "USD"] in rows
    assert export_sales(YEAR, Chosen("product", sold[0]), file, BY) == 3
    assert "Cost" not in file.read_text("utf-8-sig")


def test_vt86_only_what_may_be_seen_is_counted_and_others_figures_need_a_right(sold: list[int]) -> None:
    office = Secured()
    office.let({"use": "all", "view": "own"}, Lead)
    with pytest.raises(Refused):
        counting.read(Asked(YEAR.first, YEAR.last, ANN), ANN)
    office.let({"use": "all", "view": "own", "count": "own"}, SalesDocument)
    with pytest.raises(Refused):
        counting.read(YEAR, ANN)
    mine = Asked(YEAR.first, YEAR.last, ANN)
    assert counting.read(mine, ANN).documents == 0
    made.document("invoice", made.account("Hers"), 100, document_no="77", count=77, owner=ANN,
                  dated=clock.today(), lines=[(sold[0], 1, 100)])  # fmt: skip
    held = counting.read(mine, ANN)
    assert (held.net, [line.label for line in held.products]) == (100, ["A line"]), "products are not shown to her"
