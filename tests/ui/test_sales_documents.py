"""Quotes, orders and invoices at the screen, by keys: from the deal to the payment (VT-86, VT-137, VT-138, VT-142)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from channergy_crm import work
from channergy_crm.records import Account, Opportunity, Product, SalesDocument, SalesLine, TaxClass
from channergy_crm.records.sales_documents import State
from channergy_crm.services import accounts, saving
from channergy_crm.services.sales_documents import drafts, issuing
from channergy_crm.services.timeline import pages
from tests.ui.hands import ALT, CTRL, KEY, LEFT, SHIFT
from ui.pages.sales.cells import DISCOUNT, GRIP, NAME, PRICE, QUANTITY, TOTAL
from ui.pages.sales.page import InvoicesPage, QuotesPage, SalesOrdersPage
from ui.shell.menu import Menu
from ui.shell.selection_menu import ways

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tests.ui.hands import Hands

pytestmark = [pytest.mark.engines("sqlite"), pytest.mark.usefixtures("fixed_clock")]
BY = "ADMIN"


def kept(record: Any) -> Any:
    with work.unit("Make", by=BY):
        record.save()
    return record


def deal() -> Opportunity:
    account = accounts.make(Account(name="Millstone Candle Works", owner=BY), BY)
    held: Opportunity = kept(Opportunity(name="600 candle sets", account=account, owner=BY))
    return held


def products() -> dict[str, Product]:
    tax = TaxClass.get(TaxClass.standard)
    tax.rate = 825
    kept(tax)
    rows = (("CS-204", "Candle set", 24_00, 412_000), ("GB-010", "Gift box", 3_20, 100_000))
    return {
        code: kept(Product(code=code, name=name, unit="piece", list_price=price, in_stock=stock, tax=tax, cost=1_00))
        for code, name, price, stock in rows
    }


def a_quote(lines: list[dict[str, Any]]) -> SalesDocument:
    held = drafts.start("quote", BY, deal=deal().number)
    return drafts.save(held, [SalesLine(**each) for each in lines], BY)


def item(name: str, **more: Any) -> dict[str, Any]:
    return {"what": "item", "name": name, "quantity": 1_000, "price": 10_00, "rate": 0, **more}


def open_quote(hands: Hands, held: SalesDocument) -> QuotesPage:
    hands.window.session.go_to("quote", held.number)
    page: QuotesPage = hands.window.findChild(QuotesPage)
    assert page.panel.record.number == held.number
    page.panel.grid.setFocus()
    return page


def names(page: QuotesPage) -> list[str]:
    return [line.name for line in page.panel.lines.lines]


def in_dialog(hands: Hands, deed: Callable[[Any], object], press: str) -> None:
    """Press a button that asks, and do this in its dialog."""
    done = []

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(10, answer)
            return
        deed(dialog)
        done.append(dialog)

    QTimer.singleShot(0, answer)
    hands.click(press)
    assert done


def test_vt86_vt138_a_quote_is_typed_by_keys_alone_from_the_deal_to_issued(hands: Hands) -> None:
    held, _held = deal(), products()
    hands.window.session.go_to("new_quote", ("deal", held.number))
    page: QuotesPage = hands.window.findChild(QuotesPage)
    grid = page.panel.grid
    assert grid.is_typing, "for whom is known: the cursor is in the first line"
    hands.type("cand")
    hands.press(KEY.Key_Tab)
    hands.type("300")
    hands.press(KEY.Key_Return)
    hands.type("GB-010")
    hands.press(KEY.Key_Return)
    hands.type("5")
    hands.press(KEY.Key_Return)
    hands.type("Engraving by hand")
    for text in ("", "1", "piece", "50"):
        hands.type(text)
        hands.press(KEY.Key_Tab)
    hands.press(KEY.Key_Escape)
    assert names(page) == ["Candle set", "Gift box", "Engraving by hand"]
    assert [line.quantity for line in page.panel.lines.lines] == [300_000, 5_000, 1_000]
    assert page.panel.lines.lines[2].rate == 825, "taxed as the line before it"
    assert hands.part("quotes.total", QLabel).text() == "7,865.45"
    hands.press(KEY.Key_S, CTRL)
    stored = SalesDocument.get()
    assert (stored.total, stored.net, stored.tax) == (7_865_45, 7_266_00, 599_45)
    assert SalesLine.select().count() == 3 and not page.panel.is_edited
    hands.click("quotes.issue")
    assert SalesDocument.get().state == State.OPEN and page.panel.lines.locked
    assert "issued" in page.panel.following.only_read.sentence
    deal_stop, here = page.panel.chain.stops[:2]
    assert (deal_stop.said, here.here) == ("600 candle sets", True)
    assert page.panel.chain.stops[2].said == "not yet"


def test_vt142_lines_are_moved_removed_and_taken_back(hands: Hands) -> None:
    page = open_quote(hands, a_quote([item("a"), item("b"), item("c")]))
    grid = page.panel.grid
    grid.go_to(0)
    hands.press(KEY.Key_Down, ALT)
    assert names(page) == ["b", "a", "c"] and grid.current_place() == 1, "it stays chosen"
    hands.press(KEY.Key_Z, CTRL)
    assert names(page) == ["a", "b", "c"]
    grip = grid.visualRect(grid.cells.index(0, GRIP)).center()
    QTest.mousePress(grid.viewport(), LEFT, pos=grip)
    QTest.mouseMove(grid.viewport(), grip + QPoint(0, 2 * 28 + 4))
    grid.drag_to(grip + QPoint(0, 2 * 28 + 4))
    QTest.mouseRelease(grid.viewport(), LEFT, pos=grip)
    assert names(page) == ["b", "c", "a"]
    hands.press(KEY.Key_Delete)
    assert names(page) == ["b", "c"]
    hands.press(KEY.Key_S, CTRL)
    assert [line.name for line in drafts.lines(page.panel.record.number, BY)] == ["b", "c"]


def test_vt142_what_cannot_be_read_stays_in_its_cell_says_why_and_is_not_saved(hands: Hands) -> None:
    page = open_quote(hands, a_quote([item("a"), item("b")]))
    grid = page.panel.grid
    grid.go_to(0, QUANTITY, edit=True)
    before = grid.cells.text(0, TOTAL)
    hands.type("many")
    assert grid.cells.text(0, TOTAL) == before, "no number changes under what is typed"
    hands.press(KEY.Key_Return)
    assert grid.cells.text(0, QUANTITY) == "many" and "Quantity" in grid.said.text() and grid.said.isVisible()
    hands.press(KEY.Key_Escape)
    hands.press(KEY.Key_S, CTRL)
    assert page.panel.is_edited and "Not saved yet" in hands.said()
    grid.go_to(0, QUANTITY, edit=True)
    hands.type("4")
    hands.press(KEY.Key_Tab)
    grid.settle()
    assert not grid.said.isVisible() and page.panel.lines.totals.total == 50_00
    grid.go_to(1, DISCOUNT, edit=True)
    hands.type("10 %")
    hands.press(KEY.Key_Return)
    hands.press(KEY.Key_Escape)
    assert grid.cells.text(1, TOTAL) == "9.00"
    hands.press(KEY.Key_S, CTRL)
    assert SalesDocument.get().total == 49_00


def test_vt142_lines_come_from_a_spreadsheet_and_go_there(hands: Hands) -> None:
    products()
    page = open_quote(hands, a_quote([item("a")]))
    page.panel.grid.go_to(1)
    QGuiApplication.clipboard().setText("Code\tQuantity\tPrice\tShelf\nCS-204\t600\t\t7\nXX-1\tsome\t2.50\t8\n")
    hands.press(KEY.Key_V, CTRL)
    lines = page.panel.lines
    assert [(line.code, line.quantity, line.price) for line in lines.lines[1:]] == [
        ("CS-204", 600_000, 24_00), ("XX-1", 1_000, 2_50),
    ]  # fmt: skip
    assert "Shelf" in hands.said() and "1 cell" in hands.said()
    assert lines.first_wrong() is not None and page.panel.sheet.cells.text(2, QUANTITY) == "some"
    assert page.panel.sheet.cells.is_short(lines.lines[1]), "412 in stock"
    page.panel.grid.choose([1])
    hands.press(KEY.Key_C, CTRL)
    assert QGuiApplication.clipboard().text().splitlines()[1].split("\t")[:4] == [
        "CS-204",
        "Candle set",
        "600",
        "piece",
    ]


def test_vt142_lines_are_cut_and_pasted_with_their_headings_and_longer_texts(hands: Hands) -> None:
    page = open_quote(hands, a_quote([{"what": "heading", "name": "G"}, item("a", description="More"), item("b")]))
    grid, lines = page.panel.grid, page.panel.lines
    grid.choose([0, 1])
    hands.press(KEY.Key_X, CTRL)
    assert names(page) == ["b"]
    grid.go_to(1)
    hands.press(KEY.Key_V, CTRL)
    assert names(page) == ["b", "G", "a"] and lines.lines[1].is_heading and lines.lines[2].description == "More"
    assert [line.number for line in lines.lines[1:]] == [None, None], "they are other lines now"
    hands.press(KEY.Key_Z, CTRL)
    hands.press(KEY.Key_Z, CTRL)
    assert names(page) == ["G", "a", "b"] and not lines.is_edited


def test_vt142_the_longer_text_of_a_line_is_typed_under_it_and_taken_back_in_one_step(hands: Hands) -> None:
    page = open_quote(hands, a_quote([item("a"), item("b"), {"what": "text", "name": "Sentence"}]))
    grid, lines = page.panel.grid, page.panel.lines
    grid.go_to(1, QUANTITY, edit=True)
    hands.type("2")
    hands.press(KEY.Key_Return, SHIFT)
    assert lines.lines[1].quantity == 2_000 and grid.describing.isVisible()
    hands.type("Hand poured,")
    hands.press(KEY.Key_Return)
    hands.type("eight hours each")
    assert lines.lines[1].description == "Hand poured,\neight hours each" and page.panel.is_edited
    hands.press(KEY.Key_Return, CTRL)
    assert grid.hasFocus() and not grid.describing.isVisible() and grid.current_place() == 1
    hands.press(KEY.Key_Z, CTRL)
    assert lines.lines[1].description == "" and lines.lines[1].quantity == 2_000, "all of the text is one step"
    hands.press(KEY.Key_Return, SHIFT)
    hands.type("not so")
    hands.press(KEY.Key_Escape)
    assert lines.lines[1].description == "" and grid.hasFocus(), "Esc: as it was"
    hands.click("quotes.describe_line")
    hands.type("In two colours")
    hands.press(KEY.Key_S, CTRL)
    assert [line.description or "" for line in drafts.lines(page.panel.record.number, BY)] == ["", "In two colours", ""]
    grid.go_to(2)
    hands.window.findChild(QAction, "quotes.describe").trigger()
    assert "product" in hands.said() and not grid.describing.is_open, "a sentence has none"


def test_vt142_groups_show_their_sums_and_are_made_with_a_press(hands: Hands) -> None:
    page = open_quote(hands, a_quote([{"what": "heading", "name": "First part"}, item("a"), item("b")]))
    grid = page.panel.grid
    assert [grid.cells.text(row, TOTAL) for row in range(4)] == ["", "10.00", "10.00", "20.00"]
    assert grid.cells.text(3, NAME) == "First part"
    grid.go_to(0)
    hands.press(KEY.Key_Space)
    assert grid.cells.rowCount() == 2 and grid.cells.text(0, TOTAL) == "20.00"
    hands.click("quotes.add_heading")
    hands.type("Second part")
    hands.press(KEY.Key_Return)
    hands.press(KEY.Key_Escape)
    assert names(page)[-1] == "Second part"
    hands.press(KEY.Key_Escape)
    assert names(page)[-1] == "b" and "cancelled" in hands.said()


def test_vt137_an_order_is_billed_in_part_and_the_invoice_is_paid(hands: Hands) -> None:
    held = a_quote([item("a", quantity=10_000), item("b")])
    issuing.issue(held.number, BY)
    page = open_quote(hands, held)
    hands.click("quotes.to_order")
    orders: SalesOrdersPage = hands.window.findChild(SalesOrdersPage)
    assert orders.panel.record.what == "sales_order"
    hands.click("sales_orders.issue")

    def four(dialog: Any) -> None:
        first, second = dialog.editors.values()
        first.set_value(4_000)
        second.set_value(0)
        dialog.accept()

    in_dialog(hands, four, "sales_orders.to_invoice")
    invoices: InvoicesPage = hands.window.findChild(InvoicesPage)
    assert [line.quantity for line in invoices.panel.lines.lines if line.is_item] == [4_000]
    hands.click("invoices.issue")

    def part(dialog: Any) -> None:
        dialog.fields["amount"].set_value(None)
        dialog.accept()
        assert dialog.isVisible() and dialog._said["amount"].text(), "an amount is asked for"
        dialog.fields["amount"].set_value(15_00)
        dialog.accept()

    in_dialog(hands, part, "invoices.pay")
    assert SalesDocument.get(SalesDocument.what == "invoice").open_amount == 25_00
    assert "25.00" in [tile.fact.text for tile in invoices.panel.strip.tiles]
    assert page.panel.record.state == State.ACCEPTED, "the quote was accepted with its order"


def test_vt86_the_address_follows_the_customer_until_somebody_writes_another(hands: Hands) -> None:
    first, other = (accounts.make(Account(name=name, owner=BY, bill_city=city), BY).number for name, city in
                    (("Miller", "Chicago"), ("Harbor", "Boston")))  # fmt: skip
    hands.window.session.go_to("new_quote")
    panel = hands.window.findChild(QuotesPage).panel
    editors = {name: panel.form.rows[name].editor for name in ("account", "addressee")}

    def choose(account: int) -> str:
        editors["account"].set_value(account)
        editors["account"].changed.emit()
        return str(editors["addressee"].value())

    assert "Chicago" in choose(first) and "Boston" in choose(other)
    editors["addressee"].set_value("Harbor\nDock 4")
    assert choose(first) == "Harbor\nDock 4", "what somebody wrote stays"


def test_vt86_issuing_leads_to_the_cell_that_is_missing(hands: Hands) -> None:
    page = open_quote(hands, a_quote([{"what": "heading", "name": "Part"}, item("a"), item("b", price=None)]))
    assert "(Draft)" in (page.panel.why_not("accept") or ""), "what is not shown says why, and asks nothing more"
    hands.click("quotes.issue")
    grid = page.panel.grid
    assert "Line 2: enter a price" in hands.said() and grid.is_typing
    assert (grid.current_place(), grid.currentIndex().column()) == (2, PRICE)
    hands.type("5")
    hands.press(KEY.Key_Return)
    hands.press(KEY.Key_Escape)
    hands.click("quotes.issue")
    assert SalesDocument.get().state == State.OPEN
    assert hands.part("notices.undo").isHidden(), "nobody takes it back"


def test_vt86_a_reminder_counts_shows_its_letter_and_stands_on_the_timeline(
    hands: Hands, fixed_clock: datetime
) -> None:
    account = accounts.make(Account(name="Millstone", owner=BY), BY)
    held = drafts.start("invoice", BY, account=account.number)
    held.dated, held.until = fixed_clock.date() - timedelta(60), fixed_clock.date() - timedelta(30)
    held = issuing.issue(drafts.save(held, [SalesLine(**item("a"))], BY).number, BY)
    hands.window.session.go_to("invoice", held.number)
    letters = []

    def look(dialog: Any) -> None:
        letters.append(dialog.objectName())
        dialog.reject()

    in_dialog(hands, look, "invoices.remind")
    stored = SalesDocument.get(SalesDocument.number == held.number)
    assert (stored.reminded, stored.reminded_on, letters) == (1, fixed_clock.date(), ["print.dialog"])
    page: InvoicesPage = hands.window.findChild(InvoicesPage)
    assert "today" in (page.panel.why_not("remind") or ""), "once a day is enough"
    told = [each.title for each in pages.of(account, BY, kinds=["reminded"]).entries]
    assert told == [f"Reminded of {stored.caption()}"]


def test_vt86_each_list_speaks_of_its_own_kind_and_empty_texts_show_what_will_be_printed(hands: Hands) -> None:
    said = {}
    for target, page_type in (("quotes", QuotesPage), ("sales_orders", SalesOrdersPage), ("invoices", InvoicesPage)):
        hands.window.session.go_to(target)
        page: Any = hands.window.findChild(page_type)
        said[target] = (page.view_bar.which.itemText(0), page.table.search.placeholderText())
    assert said["quotes"] == ("All quotes", "Filter quotes")
    assert said["sales_orders"] == ("All sales orders", "Filter sales orders")
    assert said["invoices"] == ("All invoices", "Filter invoices")
    quote = open_quote(hands, a_quote([item("a")]))
    closing = quote.panel.form.rows["closing"].editor
    assert closing.placeholderText() == "We look forward to your order."
    assert saving.delete_all([quote.panel.record, a_quote([item("b")])], BY) == "2 quotes"


def test_vt86_menus_and_search_lead_to_all_four_kinds(hands: Hands) -> None:
    menu = hands.window.findChild(Menu)
    found = {way.name for way in ways(menu) if way.group == "Selling"}
    assert {"Quotes", "Sales orders", "Purchase orders", "Invoices"} <= found
    hands.window.findChild(QAction, "main.purchase_orders").trigger()
    hands.bot.waitUntil(lambda: hands.here() == "purchase")
    assert {"main.new_quote", "main.new_invoice"} <= {each.objectName() for each in hands.window.findChildren(QAction)}
