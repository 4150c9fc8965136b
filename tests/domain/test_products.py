"""The catalogue: which price applies, what is in stock, how it is sorted (VT-142, VT-7)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.records import BY_TABLE, Account, Price, PriceBook, Product, StockMove, TaxClass
from channergy_crm.records.applying import APPLIES, said
from channergy_crm.services import documents
from channergy_crm.services import pictures as shown_pictures
from channergy_crm.services.products import books, categories, entering, pictures, prices, stock
from channergy_crm.work import undo

if TYPE_CHECKING:
    from channergy_crm.store.database import Office

BY = "ADMIN"
DAY = date(2026, 6, 1)
pytestmark = pytest.mark.usefixtures("fixed_clock")


def kept(record: Any) -> Any:
    with work.unit("Make", by=BY):
        record.save()
    return record


def product(**values: Any) -> Product:
    return kept(Product(**{"name": "Candle", "list_price": 24_00, **values}))


def price(of: Product, book: PriceBook, cents: int, quantity: int = 0) -> None:
    kept(Price(product=of, book=book, price=cents, quantity=quantity))


def book(name: str, **values: Any) -> PriceBook:
    return kept(PriceBook(name=name, **values))


def take_back() -> None:
    undo.reverse(undo.undoable(BY).number, by=BY, records=BY_TABLE)


def test_vt142_chosen_book_goes_before_that_of_the_group_and_that_before_the_general_one(office: Office) -> None:
    held, dealer = product(), Account(type="Dealer")
    assert prices.price_for(held, 1_000, DAY, BY)[:2] == (24_00, "List price")
    for name, cents, group in (("All", 20_00, ""), ("Dealers", 23_00, "Dealer"), ("Own", 23_50, "Friend")):
        price(held, book(name, group=group), cents)
    chosen = PriceBook.get(PriceBook.name == "Own").number
    assert prices.price_for(held, 1_000, DAY, BY).price == 20_00
    assert prices.price_for(held, 1_000, DAY, BY, account=dealer).price == 23_00
    assert prices.price_for(held, 1_000, DAY, BY, account=dealer, book=chosen)[::2] == (23_50, chosen)


def test_vt142_highest_quantity_that_fits_then_the_lowest_price_and_the_sentence_says_why(office: Office) -> None:
    held, first, second = product(), book("Dealers"), book("Sale")
    price(held, first, 23_00)
    price(held, first, 22_80, 100_000)
    price(held, second, 22_90, 100_000)
    assert prices.price_for(held, 99_999, DAY, BY).price == 23_00
    found = prices.price_for(held, 100_000, DAY, BY)
    assert found == (22_80, "Dealers, from 100: 22.80 instead of 24.00", first.number)


@pytest.mark.parametrize(
    "values",
    [{"inactive": True}, {"first_day": date(2026, 6, 2)}, {"last_day": date(2026, 5, 31)}, {"currency": "EUR"}],
)
def test_vt142_book_that_does_not_hold_gives_no_price(office: Office, values: dict[str, Any]) -> None:
    held = product()
    price(held, book("Dealers", **values), 1_00)
    assert prices.price_for(held, 1_000, DAY, BY, currency="USD").price == 24_00


def test_vt142_every_price_that_holds_is_listed_with_its_rule(office: Office) -> None:
    held = product()
    price(held, book("Dealers", group="Dealer", currency="EUR"), 20_00, 5_000)
    price(held, book("Old", inactive=True), 1_00)
    assert [each.rule for each in prices.holding(held, DAY, BY)] == ["Group Dealer, from 5"]


def test_vt7_correction_is_noted_with_its_reason_and_taken_back_by_one_undo(office: Office) -> None:
    held = product()
    for on_hand, reason, field in ((None, "counted", "in_stock"), (5_000, " ", "reason")):
        with pytest.raises(Mistake) as wrong:
            stock.correct(held.number, on_hand, reason, BY)
        assert wrong.value.field == field
    stock.correct(held.number, 12_000, "Counted", BY)
    stock.correct(held.number, 9_500, "Broken", BY)
    assert [(each.quantity, each.reason) for each in stock.moves(held.number, BY)] == [
        (-2_500, "Broken"), (12_000, "Counted")]  # fmt: skip
    take_back()
    assert (Product.find(held.number).in_stock, StockMove.select().count()) == (12_000, 1)


def test_vt7_service_has_no_stock(office: Office) -> None:
    held = product(service=True)
    assert stock.why_not(held, BY)
    with work.unit("Move", by=BY):
        assert stock.move(held, 1_000, BY) is None


def test_vt142_category_is_renamed_with_all_inside_it_by_one_unit(office: Office) -> None:
    held = [product(name=path, category=path) for path in ("A > B", "A > B > C", "A > Bee", "D")]
    assert [(each.path, each.products, each.depth) for each in categories.every(BY)] == [
        ("A", 3, 0), ("A > B", 2, 1), ("A > B > C", 1, 2), ("A > Bee", 1, 1), ("D", 1, 0)]  # fmt: skip
    with pytest.raises(Mistake):
        categories.rename("A > B", "A > B > X", BY)
    assert categories.rename("A > B", "Z", BY) == 2
    assert [Product.find(each.number).category for each in held] == ["Z", "Z > C", "A > Bee", "D"]
    take_back()
    assert Product.find(held[1].number).category == "A > B > C"


def test_vt142_prices_of_a_book_are_copied_cheaper_replaced_and_taken_back(office: Office) -> None:
    held, first, second = product(), book("Dealers"), book("Sale")
    price(held, first, 23_33)
    price(held, first, 20_00, 10_000)
    price(held, second, 1_00)
    assert books.copy_prices(first.number, second.number, -5_00, BY) == 2
    rows = Price.select().where(Price.book == second).order_by(Price.quantity)
    assert [(each.quantity, each.price) for each in rows] == [(0, 22_16), (10_000, 19_00)]
    take_back()
    assert [each.price for each in Price.select().where(Price.book == second)] == [1_00]


def test_vt142_tax_class_takes_its_new_rate_from_its_day_on(office: Office) -> None:
    held = TaxClass(name="Standard", rate=19_00, new_rate=16_00, new_from=DAY)
    assert [held.rate_on(day) for day in (date(2026, 5, 31), DAY)] == [19_00, 16_00]


def applying(of: Product, fixed: date = DAY) -> dict[int, Any]:
    """What the list says of each price of a product."""
    asked: Any = Price.select(Price.number, APPLIES.asked_by(BY)).where(Price.product == of.number)
    return {number: said(text, fixed) for number, text in asked.tuples()}


def test_vt142_each_price_says_whether_it_applies_today_and_agrees_with_the_rule(office: Office) -> None:
    today = clock.today()
    held, day = product(), timedelta(days=1)
    for name, cents, quantity, values in (
        ("All", 20_00, 0, {}), ("Sale", 19_00, 0, {}), ("Many", 18_00, 10_000, {}), ("Same", 19_00, 0, {}),
        ("Dealers", 21_00, 0, {"group": "Dealer", "currency": "EUR"}), ("Off", 1_00, 0, {"inactive": True}),
        ("Soon", 1_00, 0, {"first_day": today + day, "group": "Dealer"}), ("Over", 1_00, 0, {"last_day": today - day}),
        ("Now", 22_00, 0, {"first_day": today, "last_day": today, "group": "Friend"}),
    ):  # fmt: skip
        price(held, book(name, **values), cents, quantity)
    told = applying(held, today)
    named = {each.number: PriceBook.find(each.book).name for each in Price.select()}
    said_of = {named[number]: text for number, text in told.items()}
    assert said_of["All"] == "No: Sale goes before" == said_of["Same"]
    assert said_of["Sale"] == "Today for everybody"
    assert said_of["Many"] == "Today for everybody"
    assert said_of["Dealers"] == "Today for the group Dealer, in EUR"
    assert said_of["Off"] == "No: the price book is inactive"
    assert said_of["Soon"].startswith("From ") and said_of["Soon"].endswith("for the group Dealer")
    assert said_of["Over"].startswith("No more: until ")
    holding = {each.price.number for each in prices.holding(held, today, BY)}
    assert {number for number, text in told.items() if text.holds} == holding
    for number, text in told.items():
        own = Price.find(number)
        of = PriceBook.find(own.book)
        found = prices.price_for(held, own.quantity or 0, today, BY, account=Account(type=of.group),
                                 currency=of.currency or "")  # fmt: skip
        assert text.taken == (found.book == of.number), (named[number], found)


def test_vt142_prices_are_pasted_from_a_spreadsheet_wrong_rows_named_and_one_undo(office: Office) -> None:
    held, other, into = product(code="C-1"), product(name="Ribbon", code="R-1"), book("Dealers")
    kept(Product(name="Twice")), kept(Product(name="Twice"))
    price(held, into, 23_00)
    text = (
        "Product\tFrom\tPrice\nc-1\t\t20.00\nC-1\t1.250\t19.50\nRibbon\t10\t3,50\n"
        "X-9\t1\t2.00\nTwice\t\t1\nR-1\tmany\t1\nC-1\t0\t1.00\nR-1\t5\t\n"
    )
    found = entering.read(text, BY)
    assert found.entries == [
        (held.number, 0, 20_00), (held.number, 1_250, 19_50), (other.number, 10_000, 3_50)]  # fmt: skip
    assert [each.line for each in found.wrong] == [5, 6, 7, 8, 9]
    assert "X-9" in found.wrong[0].why and "many" in found.wrong[2].why
    assert entering.read("C-1;2,5;1,20", BY, ",").entries == [(held.number, 2_500, 1_20)]
    assert entering.read("C-1\t7.00", BY).entries == [(held.number, 0, 7_00)]
    for much in ("C-1\t1\n" * (entering.MOST + 1), "x" * (entering.LARGEST + 1)):
        with pytest.raises(Mistake, match="at most 2,000 rows"):
            entering.read(much, BY)
    assert entering.put(into.number, found.entries, BY) == 3
    rows = Price.select().where(Price.book == into).order_by(Price.product, Price.quantity)
    assert [(each.quantity, each.price) for each in rows] == [(0, 20_00), (1_250, 19_50), (10_000, 3_50)]
    take_back()
    assert [each.price for each in Price.select()] == [23_00]


IMAGE = b"\x89PNG\r\n\x1a\n" + bytes(40)


def test_vt142_the_picture_of_a_product_is_a_document_replaced_taken_away_and_undone(office: Office) -> None:
    held = product()
    with pytest.raises(Mistake, match="PNG, JPEG or GIF"):
        pictures.take(held.number, b"words", BY, name="C.png")
    with pytest.raises(Mistake, match="the picture of a product may have 10 MB"):
        pictures.take(held.number, IMAGE + bytes(shown_pictures.LARGEST), BY, name="C.png")
    made = pictures.take(held.number, IMAGE, BY, name="C.png")
    again = pictures.take(held.number, IMAGE + b"2", BY, name="D.png")
    assert again.number == made.number
    pictures.remove(held.number, BY)
    assert pictures.of(held.number, BY) is None
    take_back()
    shown = pictures.of(held.number, BY)
    assert shown is not None and documents.read(shown.number, BY) == IMAGE + b"2"
    take_back()
    assert documents.read(shown.number, BY) == IMAGE
    take_back()
    assert pictures.of(held.number, BY) is None
