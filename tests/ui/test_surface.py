"""The pages as they are drawn: widths of lists, tools in one line, what is open under an account, menus (F-60)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QToolButton, QWidget

from channergy_crm import language
from channergy_crm.query.listing import Listing, ListQuery
from channergy_crm.records import Lead, Opportunity
from channergy_crm.services import leads, saving
from tests import made
from tests.ui.hands import KEY, Hands, company
from ui.application import speak
from ui.lists.room import squeezed
from ui.lists.table import RecordTable
from ui.look import theme
from ui.pages.open_work import WorkRow
from ui.widgets.splitter import BlueLine
from ui.widgets.switch import word

if TYPE_CHECKING:
    from channergy_crm.store.database import Office

pytestmark = pytest.mark.engines("sqlite")

TODAY = datetime(2026, 11, 23, 10, 0).date()
DAY = timedelta(days=1)
ACME = "Acme Books; Ann Lee"


# ---------------------------------------------------------------- the order of leads


def lead(name: str, **known: object) -> int:
    return leads.create({"description": name, "last_name": name, **known}, "ADMIN").number


def some_leads() -> None:
    lead("no date, older")
    lead("later", reminder_date=TODAY + DAY)
    lead("today, no time", reminder_date=TODAY)
    lead("today, late", reminder_date=TODAY, reminder_time=time(16))
    lead("today, soon", reminder_date=TODAY, reminder_time=time(9))
    lead("no date, newer")


PROMISED = ["today, soon", "today, late", "today, no time", "later", "no date, newer", "no date, older"]


def test_f60_leads_open_with_what_is_promised_soonest_first_then_the_newest(hands: Hands) -> None:
    some_leads()
    hands.go("leads")
    hands.reads("leads", "Description", PROMISED)
    assert hands.part("leads.sort", QToolButton).text() == "Reminder Dt"


def test_f60_that_order_is_read_from_an_index(operator: str, office: Office) -> None:
    some_leads()
    query = ListQuery(
        Lead, ("description",), Lead.owned_by(operator) & Lead.working(), order=[("reminder_date", False)]
    )
    listing = Listing(office.list_reader())
    found = [row.values[0] for row in listing.first(query)]
    listing.close()
    assert found == (PROMISED if operator == "ADMIN" else [])
    if office.engine == "sqlite":
        sql, params = query.ordered(query.select(Lead.number)).limit(200).sql()
        steps = office.database.execute_sql(f"EXPLAIN QUERY PLAN {sql}", params).fetchall()  # sql: compiled by peewee
        plan = [step[3] for step in steps]
        assert any("CRMLeads_working_promised" in step for step in plan), plan
        assert not any("B-TREE" in step for step in plan), plan


# ---------------------------------------------------------------- lists


@pytest.mark.parametrize(("page", "wide"), [(960, 288), (1280, 360), (1440, 392), (1900, 392)])
def test_ch3_the_list_beside_a_record_is_as_wide_as_it_is_drawn_until_somebody_moves_the_line(
    hands: Hands, page: int, wide: int
) -> None:
    hands.go("leads")
    hands.window.resize(page, 760)
    line = hands.window.findChild(BlueLine, "leads.line")
    hands.bot.waitUntil(lambda: line.sizes()[0] == theme.px(wide, line))
    line.move_by(24)
    hands.window.resize(page + 10, 760)
    assert line.sizes()[0] != theme.px(wide, line)


def test_f60_over_a_wide_list_the_view_stands_beside_the_filter(hands: Hands) -> None:
    made.account(ACME)
    hands.go("accounts")
    search, which, more = (hands.part(f"accounts.{word}") for word in ("search", "show", "views"))

    def middle(part: QWidget) -> int:
        return part.mapTo(hands.window, part.rect().center()).y()

    hands.bot.waitUntil(lambda: max(map(middle, (search, which, more))) - min(map(middle, (search, which, more))) <= 2)
    table = hands.part("leads.list", RecordTable)
    hands.go("leads")
    below = hands.part("leads.show")
    hands.bot.waitUntil(lambda: hands.part("leads.empty").isVisible())  # a list without rows knows how wide it is, too
    assert middle(below) > middle(hands.part("leads.search")) + 20
    table.setMinimumWidth(theme.px(640, table))
    hands.bot.waitUntil(lambda: abs(middle(below) - middle(hands.part("leads.search"))) <= 2)


def test_f60_where_cells_are_typed_into_the_widest_columns_give_way() -> None:
    assert squeezed([60, 80, 300, 400], [False] * 4, 840) == [60, 80, 300, 400]
    assert squeezed([60, 80, 300, 400], [False] * 4, 540) == [60, 80, 200, 200]
    assert squeezed([60, 80, 300, 400], [False, False, False, True], 700) == [60, 80, 160, 400]
    assert squeezed([300, 300], [False, False], 20) == [40, 40], "never less than can be taken hold of"
    assert squeezed([110, 90, 90, 90], [False] * 4, 290, [110, 40, 40, 40]) == [110, 60, 60, 60], "a number is whole"
    assert squeezed([110, 90], [False, False], 120, [110, 40]) == [60, 60], "unless nothing else can give way"


def test_f60_the_words_of_a_task_may_be_long_and_its_day_stands_whole(hands: Hands) -> None:
    """They left it so little that only its sign was read."""
    made.task(made.account("Acme"), "Ask what is missing " * 8, reminder_date=TODAY + 9 * DAY)
    hands.window.resize(960, 640)
    hands.go("tasks")
    grid = hands.grid("tasks")
    hands.bot.waitUntil(lambda: hands.rows("tasks") == 1)
    said = hands.column("tasks", "reminder_date")[0]
    hands.bot.waitUntil(lambda: grid.columnWidth(hands.place("tasks", "reminder_date")) > grid.measure(said))
    assert grid.columnWidth(hands.place("tasks", "action")) > 200


def test_f60_home_and_end_lead_to_the_first_and_the_last_row(hands: Hands) -> None:
    for name in "ABC":
        lead(name)
    hands.go("leads")
    hands.stand("leads", 1)
    for key, row in ((KEY.Key_End, 2), (KEY.Key_Home, 0)):
        hands.press(key)
        assert hands.grid("leads").currentIndex().row() == row


# ---------------------------------------------------------------- the menu of a record, and rows that can be hit


def test_vt106_beside_the_pager_stands_what_can_be_done_with_the_record_and_no_row_is_low(hands: Hands) -> None:
    lead("A", phone="504-621-8927")
    hands.go("leads")
    hands.stand("leads", 0)
    button = hands.part("leads.more_for_record", QToolButton)
    menu = button.menu()
    menu.popup(button.mapToGlobal(QPoint(0, button.height())))
    said = [action.text() for action in menu.actions() if not action.isSeparator()]
    heights = [menu.actionGeometry(action).height() for action in menu.actions() if not action.isSeparator()]
    menu.close()
    assert said[:2] == ["Open", "Dial Phone"] and said[-1] == "Remove"
    assert min(heights) >= theme.px(28, menu)


@pytest.mark.parametrize("name", ["leads.call_code", "leads.time_zone", "leads.owner", "leads.show", "main.operator"])
def test_ch3_no_row_of_a_drop_down_is_low(hands: Hands, name: str) -> None:
    lead("A", company="Acme")
    hands.go("leads")
    hands.stand("leads", 0)
    box = hands.part(name, QComboBox)
    box.showPopup()
    assert box.view().sizeHintForRow(0) >= theme.px(28, box)
    box.hidePopup()


def test_f61_the_menu_of_no_record_is_off_and_says_why(hands: Hands) -> None:
    hands.go("leads")
    button = hands.part("leads.more_for_record", QToolButton)
    assert not button.isEnabled() and button.toolTip() == "The list is empty."


# ---------------------------------------------------------------- accounts


@pytest.fixture
def acme(hands: Hands, fixed_clock: object) -> Hands:
    """An account with three open opportunities, a closed one, and two tasks."""
    account = made.account(ACME)
    for number, name in enumerate(("Later", "Soon", "Third"), 1):
        deal = made.opportunity(account, name)
        deal.amount, deal.probability, deal.close_date_1 = number * 10000, 50, TODAY + DAY * (9 - 3 * number)
        saving.save(deal, "ADMIN")
    gone = made.opportunity(account, "Gone")
    gone.closed = True
    saving.save(gone, "ADMIN")
    made.task(account, "Late one", reminder_date=TODAY - DAY)
    made.task(account, "No day")
    hands.open_account(ACME)
    return hands


def test_an_account_is_headed_with_its_company_and_says_the_person_below(acme: Hands) -> None:
    assert acme.part("accounts.summary_name", QLabel).text() == company(ACME) == "Acme Books"
    assert acme.part("accounts.summary_line", QLabel).text().startswith("Ann Lee · account ")


def test_f50_under_the_form_stands_what_is_open_first_what_comes_first_and_a_press_leads_there(acme: Hands) -> None:
    rows = [row for row in acme.window.findChildren(QToolButton) if row.objectName().startswith("accounts.open_work.")]
    said = {row.accessibleName().partition(" · ")[0]: row for row in rows if not row.isHidden()}
    assert list(said) == ["Third", "Soon", "Yesterday", "no date"], "two of each"
    counts = [acme.part(f"accounts.open_work.{word}_count", QLabel).text() for word in ("opportunity", "account_task")]
    assert counts == ["3", "2"]
    assert "closes" in said["Third"].accessibleName() and "50 %" in said["Third"].accessibleName()
    said["Soon"].click()
    acme.bot.waitUntil(lambda: acme.where() == ("accounts", "opportunities"))
    assert acme.part("opportunities.name").value() == "Soon"


def test_f50_a_minute_that_goes_by_leaves_who_stands_on_a_row_of_open_work_where_they_are(acme: Hands) -> None:
    rows = acme.window.findChildren(WorkRow)
    rows[1].setFocus()
    acme.window._pages[2].tick()
    assert acme.window.findChildren(WorkRow) == rows and rows[1].hasFocus(), "nothing has changed"
    held, name = Opportunity.get(Opportunity.name == "Third"), rows[1].objectName()
    held.amount = 5
    saving.save(held, "ADMIN")
    acme.bot.waitUntil(lambda: acme.part(name, WorkRow) is not rows[1] or "0.05" in rows[0].accessibleName())
    acme.bot.waitUntil(lambda: acme.part(name, WorkRow).hasFocus())


def test_f50_the_opportunities_of_an_account_are_the_open_ones_unless_closed_ones_are_wanted(acme: Hands) -> None:
    acme.open_account(ACME, "opportunities")
    acme.bot.waitUntil(lambda: sorted(acme.column("accounts.opportunities", "Name")) == ["Later", "Soon", "Third"])
    status = acme.part("main.status", QLabel)
    acme.bot.waitUntil(lambda: status.text() == "Acme Books · 3 opportunities · 600.00")
    acme.click("accounts.opportunities.show_closed")
    acme.bot.waitUntil(lambda: "Gone" in acme.column("accounts.opportunities", "Name"))
    acme.click("accounts.opportunities.show_closed")
    number = Opportunity.get(Opportunity.name == "Gone").number
    acme.window.go_to("opportunity", number)
    assert acme.part("opportunities.name").value() == "Gone", "who is sent to a closed one sees it"


def test_set_a_field_is_there_for_the_grids_of_an_account_too(acme: Hands) -> None:
    acme.open_account(ACME, "tasks")
    table = acme.part("accounts.tasks.list", RecordTable)
    assert {"set_field", "reassign"} <= {action.objectName().rpartition(".")[2] for action in table.actions()}


def test_the_words_of_switches_are_said_in_the_language_of_the_window(qapp: QApplication) -> None:
    speak(qapp, "de")
    try:
        assert (word(True), word(False)) == ("ein", "aus")
    finally:
        speak(qapp, language.ENGLISH)
