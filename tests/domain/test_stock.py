"""What is in stock: taken back as a movement, and moved by whoever may move it (VT-7, VT-142)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import work
from channergy_crm.errors import Refused
from channergy_crm.records import BY_TABLE, Product, StockMove
from channergy_crm.services import saving
from channergy_crm.services.products import stock
from channergy_crm.services.sales_documents import drafts, flow, issuing
from channergy_crm.work import undo
from tests.domain.secured import ANN, Secured
from tests.domain.selling import BY, draft, in_stock, issued, product, vendor

if TYPE_CHECKING:
    from channergy_crm.store.database import Office

pytestmark = pytest.mark.usefixtures("fixed_clock")
ALL = dict.fromkeys(("use", "view", "edit", "delete"), "all")


def corrected(of: Product, on_hand: int) -> int:
    """The unit in which so much was found on the shelf."""
    stock.correct(of.number, on_hand * 1_000, "Counted", BY)
    return undo.undoable(BY).number  # type: ignore[union-attr]


def test_vt7_an_older_correction_is_taken_back_whatever_came_and_went_since(office: Office) -> None:
    held = product(in_stock=None)
    first, second = corrected(held, 12), corrected(held, 9)
    issued("invoice", (held, 4))
    assert in_stock(held) == 5
    undo.reverse(first, by=BY, records=BY_TABLE)
    assert in_stock(held) == -7, "the twelve were never there; what was broken and sold is still gone"
    again = undo.undoable(BY)
    undo.reverse(second, by=BY, records=BY_TABLE)
    assert in_stock(held) == -4
    undo.reverse(undo._latest(BY, ("undo",), standing=True).number, by=BY, records=BY_TABLE)  # type: ignore[union-attr]
    assert in_stock(held) == -7, "and done again"
    assert again is not None
    assert sum(each.quantity for each in StockMove.select()) == -7_000, "the moves say the same"


def test_vt7_a_correction_counts_from_what_is_there_now(office: Office) -> None:
    held = product(in_stock=10_000)
    with work.unit("Move", by=BY):
        stock.move(Product.find(held.number), -3_000, BY)
    stock.correct(held.number, 8_000, "Counted", BY)
    assert [each.quantity for each in stock.moves(held.number, BY)] == [1_000, -3_000]


@pytest.fixture
def secured(office: Office) -> Secured:
    """Ann leads documents, and may look at products without changing them."""
    made = Secured()
    made.let(ALL)
    made.job("issue")
    made.let({"use": "all", "view": "all", "edit": "none", "delete": "none"}, Product)
    return made


def test_vt142_who_issues_moves_the_stock_without_the_right_to_products(secured: Secured) -> None:
    candle = product()
    issuing.issue(draft("invoice", (candle, 3)).number, ANN)
    assert in_stock(candle) == 97
    vendor(candle)
    bought = flow.to_purchase_orders(issued("sales_order", (candle, 5)).number, BY)[0]
    issuing.issue(bought.number, ANN)
    flow.receive(bought.number, ANN, {drafts.lines(bought.number, ANN)[0].number: 2_000})
    assert in_stock(candle) == 99
    saving.undo_latest(ANN)
    assert in_stock(candle) == 97


def test_vt7_nobody_corrects_stock_without_the_right_to_products(secured: Secured) -> None:
    candle = product()
    for deed in (lambda: stock.correct(candle.number, 1_000, "Counted", ANN), lambda: _by_hand(candle)):
        with pytest.raises(Refused):
            deed()
    corrected(candle, 50)
    with pytest.raises(Refused):
        saving.reverse(undo.undoable(BY).number, ANN)  # type: ignore[union-attr]
    assert in_stock(candle) == 50
    assert stock.why_not(candle, ANN)


def _by_hand(candle: Any) -> None:
    with work.unit("Change", by=ANN):
        candle.in_stock = 1_000
        candle.save()
