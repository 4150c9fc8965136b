"""The sales board on the screen: columns of cards, moved by hand, by key and from the menu (SI-12…SI-23, BX-25)."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from channergy_crm.records import Lead, Opportunity, Project
from channergy_crm.services import board, leads, projects, saving
from tests import made
from tests.ui.conftest import opened
from ui.pages.board import verbs
from ui.pages.board.page import BoardPage
from ui.screens.convert_dialog import ConvertDialog
from ui.widgets.dialog import Plain

pytestmark = pytest.mark.engines("sqlite")
QUICK = 5_000


@pytest.fixture
def deals(office, operator, fixed_clock):
    acme = made.account("Acme", phone="504-621-8927")
    return [
        made.opportunity(acme, "600 candle sets", stage="Offer", amount=1_420_000, close_date_1=date(2026, 12, 15)),
        made.opportunity(acme, "Holiday catalog", stage="Offer", amount=3_800_000, close_date_1=date(2026, 12, 31)),
        made.opportunity(acme, "Lantern sets", stage="Prospect", amount=1_800_000, close_date_1=date(2026, 11, 20)),
    ]


@pytest.fixture
def page(qtbot, database_url, deals, operator):
    with opened(qtbot, database_url, operator, whole=False) as hands:
        window = hands.window
        window.resize(1440, 900)
        window.go_to("board")
        yield window.findChild(BoardPage)


def names(page, stage):
    view = next(view for view in page.columns.views if view.stage == stage)
    return [view.model.said(row).subject for row in range(view.model.rowCount())]


def drop(held, target):
    at, move, none = QPoint(20, 20), Qt.DropAction.MoveAction, Qt.KeyboardModifier.NoModifier
    left = Qt.MouseButton.LeftButton
    target.cards.dragEnterEvent(QDragEnterEvent(at, move, held, left, none))
    over = target.cards.over
    target.cards.dropEvent(QDropEvent(QPointF(at), move, held, left, none))
    return over


def stands(page):
    return page.columns.current().number


def column(page, stage):
    return next(view for view in page.columns.views if view.stage == stage)


def test_si12_si15_si20_si21_columns_cards_and_sums(page):
    assert [view.stage for view in page.columns.views] == ["Prospect", "Offer"]
    assert names(page, "Offer") == ["600 candle sets", "Holiday catalog"]
    facts = [page.tools.tiles[word].fact.text for word in ("projected", "weighted", "actual")]
    assert facts == ["70,200", "29,700", "0"]
    assert column(page, "Prospect").model.said(0).day == "overdue since Fri 20 Nov"
    assert page.window().findChild(QWidget, "board.column.Offer") is column(page, "Offer").cards
    assert page.window().tabs.declared[0].name == "reminders"


def test_si16_si17_si18_columns_that_are_shown_when_wanted_and_remembered(page, qtbot):
    for word in ("won", "lost", "unprocessed"):
        page.tools.pills[word].click()
    qtbot.waitUntil(lambda: [view.stage for view in page.columns.views] == ["!", "Prospect", "Offer", "Order", "Lost"])
    assert page.session.station.recall("board.asked", {})["won"] is True


def test_bx25_a_drag_moves_the_card_and_undo_brings_it_back(page, qtbot, deals):
    number = deals[0].number
    source, target = column(page, "Offer"), column(page, "Prospect")
    assert drop(source.model.mimeData([source.model.index(0, 0)]), target)
    assert Opportunity.find(number).stage == "Prospect"
    assert names(page, "Prospect") == ["Lantern sets", "600 candle sets"]
    assert stands(page) == number
    assert page.tools.tiles["weighted"].fact.text == "25,440"
    page.session.undo()
    qtbot.waitUntil(lambda: names(page, "Offer") == ["600 candle sets", "Holiday catalog"], timeout=QUICK)


def test_bx25_keys_walk_and_ctrl_with_an_arrow_moves_the_card(page, qtbot, deals):
    page.columns.take_focus()
    qtbot.keyClick(column(page, "Prospect").cards, Qt.Key.Key_Right)
    assert stands(page) == deals[0].number
    qtbot.keyClick(column(page, "Offer").cards, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert Opportunity.find(deals[0].number).stage == "Prospect"
    assert stands(page) == deals[0].number
    page.columns.stand_on(deals[1].number)
    qtbot.keyClick(column(page, "Offer").cards, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert page.moving.answer.isVisible(), "to Order, whose column is not shown"


def test_si22_k22_a_won_deal_asks_for_value_and_day_in_place(page, qtbot, deals):
    page.moving.begin(deals[0].number, "Order")
    line = page.moving.answer
    assert line.isVisible()
    assert (line.amount.value(), line.on.value()) == (1_420_000, date(2026, 11, 23))
    assert Opportunity.find(deals[0].number).stage == "Offer"
    line.amount.setText("13,000")
    qtbot.keyClick(line.amount, Qt.Key.Key_Return)
    held = Opportunity.find(deals[0].number)
    assert (held.stage, held.actual_amount, held.closed) == ("Order", 1_300_000, True)
    assert page.tools.tiles["actual"].fact.text == "13,000"


def test_k22_a_wrong_amount_is_said_beside_it_and_esc_leaves_the_card_where_it_is(page, qtbot, deals):
    page.moving.begin(deals[0].number, "Order")
    page.moving.answer.amount.setText("much")
    qtbot.keyClick(page.moving.answer.amount, Qt.Key.Key_Return)
    assert page.moving.answer.isVisible()
    assert "much" in page.moving.answer.said.text()
    answer = page.moving.answer
    answer.on.setText("31.31.x")
    qtbot.keyClick(answer.on, Qt.Key.Key_Return)
    assert "much" in answer.said.text() and answer.amount.hasFocus()
    assert answer.amount.property("problem") and answer.on.property("problem")
    answer.amount.setText("12")
    qtbot.keyClick(answer.amount, Qt.Key.Key_Return)
    assert "31.31.x" in answer.said.text() and answer.on.hasFocus() and not answer.amount.property("problem")
    qtbot.keyClick(page.moving.answer.amount, Qt.Key.Key_Escape)
    assert page.moving.answer.isHidden()
    assert stands(page) == deals[0].number
    page.moving.begin(deals[0].number, "Lost")
    page.moving.answer.reason.set_value("price")
    page.moving.answer.go.click()
    assert Opportunity.find(deals[0].number).outcome_reason == "price"


def test_si14_a_day_that_is_none_is_said_below_the_days_and_marked(page, qtbot, deals):
    tools = page.tools
    tools.period.set_value("range")
    tools.first.setText("32.13")
    qtbot.waitUntil(lambda: "32.13" in tools.wrong.text() and tools.wrong.isVisible())
    assert tools.first.property("problem") and not tools.last.property("problem")
    tools.first.setText("2026-12-31")
    tools.last.setText("2026-12-01")
    qtbot.waitUntil(lambda: tools.wrong.text() == "The last day is before the first.")
    tools.last.setText("")
    qtbot.waitUntil(lambda: tools.wrong.isHidden() and not tools.first.property("problem"))


def test_bx25_the_menu_of_a_card_offers_every_other_stage(page, deals):
    held = verbs.menu(page, column(page, "Offer").model.cards[0], page.held.path, page.deeds())
    assert [action.text() for action in held.actions()[-1].menu().actions()] == ["Prospect", "Order", "Lost"]


def test_si14_typing_filters_and_everything_is_shown_again(page, qtbot):
    page.columns.take_focus()
    qtbot.keyClick(page.columns.here().cards, Qt.Key.Key_H)
    assert page.tools.search.hasFocus()
    qtbot.keyClicks(page.tools.search, "oliday")
    qtbot.waitUntil(lambda: names(page, "Offer") == ["Holiday catalog"], timeout=QUICK)
    page.tools.search.setText("nothing of this name")
    page.tools.search.textEdited.emit("nothing")
    qtbot.waitUntil(lambda: page._stack.currentIndex() == 1, timeout=QUICK)
    page.nothing.all.click()
    assert names(page, "Offer") == ["600 candle sets", "Holiday catalog"]


def test_bx25_every_part_of_the_board_is_reached_by_key_in_the_order_one_reads(page, qtbot, deals):
    def press(key, held=Qt.KeyboardModifier.NoModifier):
        qtbot.keyClick(QApplication.focusWidget(), key, held)
        return QApplication.focusWidget().objectName()

    page.tools.pills["won"].setChecked(True)
    page.tools.pills["unprocessed"].setChecked(True)
    page.tools.verbs["months"].click()
    page.reload()
    qtbot.waitUntil(lambda: column(page, "Order").isVisible(), timeout=QUICK)
    page.tools.verbs["months"].setFocus()
    walked = [press(Qt.Key.Key_Tab) for _turn in range(5)]
    columns = [f"board.column.{each}" for each in ("unprocessed", "Prospect", "Offer", "Order")]
    assert walked == ["board.by_month", *columns]
    page.columns.stand_on(deals[0].number)
    rounds = [press(Qt.Key.Key_F6) for _turn in range(3)]
    assert rounds == ["board.months", "board.by_month", "board.column.Offer"], "each where somebody was in it"
    assert press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier) == "board.search"
    qtbot.keyClicks(page.tools.search, "lantern")
    assert press(Qt.Key.Key_Down) == "board.column.Prospect", "what was found is there at once"
    page.tools.search.setFocus()
    assert (press(Qt.Key.Key_Escape), page.tools.search.text()) == ("board.search", "")
    page.columns.stand_on(deals[2].number)
    page.moving.begin(deals[2].number, "Order")
    assert press(Qt.Key.Key_F6) == "board.by_month"
    assert (press(Qt.Key.Key_Escape), page.moving.isVisible()) == ("board.column.Prospect", False)
    before = page.held
    press(Qt.Key.Key_F5)
    assert page.held is not before, "it was read anew"


def test_enter_opens_the_deal_in_its_account(page, qtbot, deals):
    page.columns.stand_on(deals[1].number)
    qtbot.keyClick(column(page, "Offer").cards, Qt.Key.Key_Return)
    assert page.window().tabs.currentIndex() == 2


def test_si19_si22_a_bar_has_what_is_open_over_what_was_won_and_opens_both(page, qtbot, deals):
    page.moving.begin(deals[1].number, "Order")
    page.moving.answer.go.click()
    page.tools.verbs["months"].click()
    bars = page.months.bars
    assert [(mark.done, mark.part, mark.value) for mark in bars.marks] == [
        (3_800_000, 360_000, 5_600_000), (0, 710_000, 1_420_000)
    ]  # fmt: skip
    assert bars.marks[0].said == "November 2026, projected 18,000, weighted 3,600, won 38,000, 2 deals"
    qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=bars.room_of(bars.marks[0]).center().toPoint())
    assert (names(page, "Offer"), names(page, "Prospect")) == ([], ["Lantern sets"])
    assert names(page, "Order") == ["Holiday catalog"], "what was won in it is shown too"


def test_si19_without_a_single_date_the_chart_says_so(page, qtbot, deals):
    for each in deals:
        held = Opportunity.find(each.number)
        held.close_date_1 = None
        saving.save(held, "ADMIN")
    page.tools.verbs["months"].click()
    page.reload()
    assert (page.months.isVisible(), page.months.bars.isVisible(), page.months.none.isVisible()) == (True, False, True)


def test_si17_a_customer_becomes_a_deal_by_key_by_drop_and_from_the_menu(page, qtbot, deals):
    bolt = made.account("Bolt", description="A fair in May")
    lead = leads.create({"description": "Wants parkas"}, "ADMIN")
    page.tools.pills["unprocessed"].click()
    page.reload()
    source, target, line = column(page, "!"), column(page, "Offer"), page.moving.answer
    page.columns.stand_on(bolt.number, "account")
    qtbot.keyClick(source.cards, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert (line.subject.value(), line.subject.hasFocus(), line.on.isVisible()) == ("A fair in May", True, False)
    qtbot.keyClick(line.subject, Qt.Key.Key_Escape)
    assert page.columns.current()[0] == bolt.number, "nothing was made, and the cursor is where it was"
    drop(source.model.mimeData([source.model.index(0, 0)]), target)
    line.subject.setText("")
    line.go.click()
    assert line.said.text() == "Say what the deal is about."
    line.subject.setText("Fair")
    line.amount.setText("1,200")
    qtbot.keyClick(line.amount, Qt.Key.Key_Return)
    assert names(page, "Offer") == ["600 candle sets", "Holiday catalog", "Fair"]
    assert names(page, "!") == ["Wants parkas"]
    assert target.model.cards[page.columns.here().cards.currentIndex().row()].amount == 120_000
    assert page.tools.tiles["projected"].fact.text == "71,400"
    stages = verbs.menu(page, source.model.cards[0], page.held.path, page.deeds()).actions()[-1].menu()
    stages.actions()[2].trigger()
    assert (line.subject.value(), line.on.value()) == ("Wants parkas", date(2026, 11, 23)), "Order"
    line.go.click()
    assert (names(page, "!"), Lead.find(lead.number).converted) == ([], True)
    page.session.undo()
    qtbot.waitUntil(lambda: names(page, "!") == ["Wants parkas"], timeout=QUICK)


def test_ch40_a_lead_that_may_be_an_account_already_is_asked_which_with_the_stage_chosen(page, qtbot):
    lead = leads.create({"description": "Wants parkas", "company": "Acme"}, "ADMIN")
    page.tools.pills["unprocessed"].click()
    page.reload()

    def choose():
        dialog = page.window().findChild(ConvertDialog)
        assert "Offer" in [label.text() for label in dialog.findChildren(Plain)]
        dialog._group.buttons()[1].setChecked(True)
        dialog.accept()

    QTimer.singleShot(0, choose)
    page.moving.take("lead", lead.number, "Offer")
    assert names(page, "Offer") == ["600 candle sets", "Holiday catalog", "Wants parkas"]
    assert Lead.find(lead.number).account == 1


def test_si23_the_customers_on_the_board_go_into_a_file(page, tmp_path, qtbot):
    from ui.pages.board import outputs

    outputs.write(board.Asked(), tmp_path / "customers.csv", page.session)
    qtbot.waitUntil((tmp_path / "customers.csv").exists, timeout=QUICK)
    lines = (tmp_path / "customers.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1] == '"Acme","504-621-8927","","ADMIN","3","70200.00","29700.00","0.00"'


def test_si12_the_board_is_open_again_where_it_was_left_open(qtbot, database_url, deals, operator):
    for expected in (["board"], ["board"], []):
        with opened(qtbot, database_url, operator, whole=False) as hands:
            tabs = hands.window.tabs
            if expected and len(tabs.declared) == 6:
                hands.window.go_to("board")
            assert [tab.name for tab in tabs.declared[6:]] == (expected or ["board"])
            if not expected:
                tabs.close_tab(6)
    with opened(qtbot, database_url, operator, whole=False) as hands:
        assert len(hands.window.tabs.declared) == 6


def test_k24_for_a_member_the_board_stands_there_first_and_reminders_have_not_been_there(
    qtbot, database_url, deals, operator
):
    fair = projects.save(Project(name="Fair", uses_crm=True), operator, [made.colleague()])
    for members, expected in ((None, ("reminders", {0})), ([operator], ("board", {6}))):
        projects.save(fair, operator, members)
        with opened(qtbot, database_url, operator, whole=False) as hands:
            tabs = hands.window.tabs
            assert (tabs.declared[tabs.currentIndex()].name, set(tabs.pages)) == expected
    page = tabs.pages[6]
    assert (page.held.deals, stands(page)) == (3, deals[2].number)


def test_bx25_f9_calls_the_customer_of_the_card(page, qtbot, deals):
    page.columns.stand_on(deals[0].number)
    qtbot.keyClick(column(page, "Offer").cards, Qt.Key.Key_F9)
    window = page.window()
    assert window.tabs.currentIndex() == 2
    qtbot.waitUntil(lambda: window.findChild(QWidget, "call.panel").isVisible(), timeout=QUICK)
