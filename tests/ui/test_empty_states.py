"""An empty list says what would be here and how it comes about; what can do nothing is off and says why (F-61)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QPushButton, QTabWidget

from channergy_crm.services import leads, operators
from tests import made
from tests.ui.every_view import VIEWS
from tests.ui.hands import Hands, opened
from ui.forms.form import Form
from ui.lists.table import RecordTable

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.engines("sqlite")

WORKS_ALWAYS = {
    "create", "make_first", "make_second", "views", "view_all", "import", "export", "show_closed", "more",
    "sort", "chosen", "new",
}  # fmt: skip
"""what makes the first one, and what is about the list as a whole"""


@pytest.fixture
def hands(office: Any, database_url: str, qtbot: Any) -> Iterator[Hands]:
    """Somebody whose own lists are empty, in an office in which a colleague has a lead."""
    operators.add("BEN", "Ben Ortiz", "ADMIN")
    leads.create({"description": "Theirs", "owner": "BEN"}, "ADMIN")
    with opened(qtbot, database_url) as hands:
        yield hands


def look(hands: Hands, view: str) -> Any:
    """Come to a view as it is, with nothing in it."""
    place, tabs, part = VIEWS[view]
    hands.window.tabs.setCurrentIndex(place)
    if tabs:
        hands.part(tabs, QTabWidget).setCurrentIndex(part)
    page = hands.window.tabs.currentWidget()
    for table in page.findChildren(RecordTable):
        if table.isVisible():
            table.refresh_now()
    QApplication.processEvents()
    return page


def in_form(button: QAbstractButton) -> bool:
    """A part of a field: the form is off as a whole, and the strip says that nothing is open."""
    forms = [form for form in button.window().findChildren(Form) if form.isAncestorOf(button)]
    return bool(forms) and button.objectName().rpartition(".")[2] not in ("dial_other", "send_email", "open_website")


@pytest.mark.usefixtures("every_page")
def test_f61_an_empty_list_says_what_would_be_here_and_has_a_button(hands: Hands) -> None:
    for view in [view for view in VIEWS if view != "accounts.customer"]:
        page = look(hands, view)
        empty = [table for table in page.findChildren(RecordTable) if table.isVisible() and not table.model.rowCount()]
        assert empty or view.startswith("accounts")
        for table in empty:
            said = hands.part(f"{table.name}.empty", QLabel)
            assert said.isVisible() and said.text().endswith("."), table.name
            first = hands.part(f"{table.name}.make_first", QPushButton)
            assert first.isVisible() and first.text(), table.name
            assert first.isEnabled() or first.toolTip().endswith("."), table.name


@pytest.mark.usefixtures("every_page")
def test_f61_a_button_that_can_do_nothing_is_off_and_says_why(hands: Hands) -> None:
    for view in VIEWS:
        page = look(hands, view)
        buttons = [each for each in page.findChildren(QAbstractButton) if each.isVisible() and "." in each.objectName()]
        mine = [each for each in buttons if not in_form(each)]
        assert mine
        on = {each.objectName() for each in mine if each.isEnabled()}
        assert {name for name in on if name.rpartition(".")[2] not in WORKS_ALWAYS} == set()
        silent = [(each.objectName(), each.toolTip()) for each in mine if not each.isEnabled()]
        assert [(name, tip) for name, tip in silent if not tip.endswith((".", "first"))] == []


@pytest.mark.usefixtures("every_page")
def test_f61_the_buttons_lead_to_where_the_rows_come_from(hands: Hands) -> None:
    look(hands, "reminders.tasks")
    assert hands.part("reminders.tasks.make_first", QPushButton).text() == "Call from Leads"
    task = hands.part("reminders.tasks.make_second", QPushButton)
    assert not task.isEnabled() and "convert a lead first" in task.toolTip()
    hands.click("reminders.tasks.make_first")
    assert hands.here() == "leads"
    look(hands, "accounts.information")
    hands.click("accounts.make_first")
    assert hands.here() == "leads"
    look(hands, "contacts")
    hands.click("contacts.make_first")
    assert hands.here() == "accounts"


@pytest.mark.usefixtures("every_page")
def test_f61_create_a_task_works_as_soon_as_there_is_an_account(hands: Hands) -> None:
    made.account("Acme")
    look(hands, "tasks")
    hands.click("tasks.make_first")
    hands.bot.waitUntil(lambda: hands.where() == ("accounts", "tasks"))
    hands.reads("accounts.tasks", "action", ["New task"])


def test_f61_nothing_matches_names_the_filter_and_offers_to_clear_it(hands: Hands) -> None:
    leads.create({"description": "Mine"}, "ADMIN")
    hands.go("leads")
    hands.reads("leads", "description", ["Mine"])
    hands.part("leads.search").setText("nobody")
    hands.bot.waitUntil(lambda: hands.part("leads.empty", QLabel).text() == "Nothing matches “nobody”.")
    assert not hands.part("leads.make_first").isVisible()
    hands.click("leads.clear_filter")
    hands.reads("leads", "description", ["Mine"])
    hands.part("leads.search").setText("x" * 200)
    hands.reads("leads", "description", [])
    assert len(hands.part("leads.empty", QLabel).text()) < 100


def test_f61_the_keys_of_a_list_that_has_become_empty_are_at_the_button_under_its_word(hands: Hands) -> None:
    leads.create({"description": "Mine"}, "ADMIN")
    hands.go("leads")
    hands.reads("leads", "description", ["Mine"])
    hands.part("leads.grid").setFocus()
    hands.part("leads.search").setText("nobody")
    hands.reads("leads", "description", [])
    hands.bot.waitUntil(lambda: hands.part("leads.clear_filter").hasFocus())


def test_f61_no_removed_leads_is_not_no_leads(hands: Hands) -> None:
    look(hands, "leads")
    assert hands.part("leads.make_second", QPushButton).text() == "Import a file"
    hands.part("leads.show", QComboBox).setCurrentText("Removed leads")
    hands.bot.waitUntil(lambda: hands.part("leads.empty", QLabel).text() == "No lead has been removed.")
    hands.click("leads.make_first")
    assert hands.part("leads.show", QComboBox).currentText() == "Working leads"
    hands.bot.waitUntil(lambda: hands.part("leads.empty", QLabel).text().startswith("No leads yet."))


def test_f61_first_and_last_row_say_so(hands: Hands) -> None:
    acme = made.account("Acme")
    for name in ("Ann", "Ben"):
        made.contact(acme, name)
    hands.go("contacts")
    hands.reads("contacts", "first_name", ["Ann", "Ben"])
    hands.stand("contacts", 0)
    assert hands.part("contacts.previous").toolTip() == "This is the first row."
    hands.click("contacts.last")
    assert not hands.part("contacts.next").isEnabled() and hands.part("contacts.first").isEnabled()
