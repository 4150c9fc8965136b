"""What documents cost, and so their margin, is shown to nobody whose roles hide it (VT-96, VT-142)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from channergy_crm.errors import Refused
from channergy_crm.query import completion, conditions
from channergy_crm.query.listing import Listing, ListQuery
from channergy_crm.query.syntax import FilterMistake
from channergy_crm.records import Product, ProductVendor, SalesDocument, SalesLine
from channergy_crm.services import bulk_changes, history, rights, roles
from channergy_crm.services.sales_documents import drafts, flow, open_lines
from channergy_crm.transfer.exporting.run import Wanted, export
from channergy_crm.transfer.exporting.sales_documents import export_documents
from channergy_crm.transfer.importing.sales_documents import take_in
from tests.domain.secured import ANN, Secured
from tests.domain.selling import BY, again, draft, issued, product, vendor

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.store.database import Office

EVERYTHING = {"use": "all", "view": "all", "edit": "all", "export": "all", "import": "all"}
COSTS = (Product, ProductVendor, SalesDocument, SalesLine)


@pytest.fixture
def ann(office: Office, fixed_clock: object) -> Secured:
    """Ann, whose only role hides what products cost."""
    ann = Secured()
    ann.let(EVERYTHING)
    roles.hide(ann.role, {Product: ["cost"]}, BY)
    return ann


def test_vt96_who_is_not_shown_the_cost_of_products_is_shown_it_nowhere(ann: Secured) -> None:
    assert [rights.hidden(record, ANN) for record in COSTS] == [{"cost"}] * 4
    roles.hide(ann.role, {Product: [], SalesDocument: ["cost"]}, BY)
    assert [rights.hidden(record, ANN) for record in COSTS] == [set(), set(), {"cost"}, {"cost"}]
    roles.hide(ann.role, {Product: ["cost"]}, BY)
    second = roles.create("Second", BY).number
    roles.let(second, SalesDocument._meta.table_name, EVERYTHING, BY)
    roles.give(ANN, [ann.role, second], BY)
    assert [rights.hidden(record, ANN) for record in COSTS] == [{"cost"}, {"cost"}, set(), set()]


def test_vt96_neither_list_nor_filter_nor_history_tells_the_cost_of_a_document(ann: Secured, office: Office) -> None:
    held = draft("quote", (product(cost=4_00), 3))
    line = drafts.lines(held.number, BY)[0]
    line.cost, held.subject = 5_55, "Dearer"
    drafts.save(held, [line], BY)
    told = {}
    for by in (BY, ANN):
        listing = Listing(office.reader())
        query = ListQuery(SalesDocument, ("total", "cost"), by=by, order=[("cost", True)])
        told[by] = [(row.values[0], row.values[1] or None) for row in listing.first(query)]
        listing.close()
    assert told == {BY: [(33_00, 16_65)], ANN: [(33_00, None)]}
    with pytest.raises(FilterMistake, match="does not show you “Cost” of sales documents"):
        conditions.condition(SalesDocument, "cost:>10", ANN)
    assert "cost:" in completion.completions(SalesDocument, "cos", BY)
    assert "cost:" not in completion.completions(SalesDocument, "cos", ANN)
    said = [(SalesDocument, held.number), (SalesLine, line.number)]
    seen = {by: {field.kind.name for entry in history.of(said, by).entries for field in entry.fields}
            for by in (BY, ANN)}  # fmt: skip
    assert "cost" in seen[BY] and "subject" in seen[ANN] and "cost" not in seen[ANN]
    with pytest.raises(Refused, match="“Cost”"):
        bulk_changes.set_field(SalesLine, [line.number], "cost", 1, ANN)


def test_vt96_no_file_tells_the_cost_of_a_line_or_brings_one(ann: Secured, office: Office, tmp_path: Path) -> None:
    draft("quote", (product(cost=4_44), 3))
    plain, with_lines = tmp_path / "list.csv", tmp_path / "documents.csv"
    export(office, Wanted(ListQuery(SalesDocument, ("name", "cost", "total"), by=ANN)), plain, by=ANN)
    export_documents(with_lines, ANN)
    for file in (plain, with_lines):
        text = file.read_text("utf-8-sig")
        assert "Miller" in text and "Cost" not in text and "4.44" not in text and "13.32" not in text
    export_documents(with_lines, BY)
    assert "4.44" in with_lines.read_text("utf-8-sig")
    with pytest.raises(Refused, match="does not show you “Cost” of lines of documents"):
        take_in(with_lines, ANN)


def test_vt96_what_is_not_shown_is_kept_as_lines_are_written(ann: Secured) -> None:
    candle, box = product(cost=4_00), product(name="Box", code="B-1", cost=1_00)
    held = draft("quote", (candle, 3))
    line = drafts.lines(held.number, ANN)[0]
    added = drafts.line_for(box.number, held, 1_000, ANN)
    told = [line, added, *(each.line for each in open_lines.still_open(held.number, ANN))]
    assert [each.cost for each in told] == [None] * 3 and not line.changes()
    line.cost, line.quantity = 9_99, 2_000
    drafts.save(held, [line, added], ANN)
    assert [each.cost for each in (line, added)] == [None, None]
    assert [each.cost for each in drafts.lines(held.number, BY)] == [4_00, 1_00]
    assert again(held).cost == 9_00
    seen = history.of([(SalesLine, line.number)], BY).entries[0].fields
    assert {field.kind.name for field in seen} == {"quantity"}


def test_vt96_who_is_not_shown_costs_orders_nothing_from_vendors_by_a_verb(ann: Secured) -> None:
    candle = product(cost=4_00)
    vendor(candle, cost=3_33)
    order = issued("sales_order", (candle, 3))
    assert flow.why_not_to_purchase_orders(order, ANN) == "Your role does not show you “Cost” of products."
    bought = drafts.start("purchase_order", ANN, vendor=1)
    assert drafts.line_for(candle.number, bought, 1_000, ANN).price is None
    assert drafts.line_for(candle.number, bought, 1_000, BY).price == 3_33
