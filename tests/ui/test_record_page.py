"""A screen that says nothing but its record and its columns is a whole page (issue: one of each)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from channergy_crm import work
from channergy_crm.records import Account, Customer, Task
from tests import made
from tests.ui.hands import opened
from ui.pages.record_page import RecordPage
from ui.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ui.shell.window import MainWindow

PEOPLE = Screen(Customer, "people", columns=["company", "last_name", "phone"], order=("company", False))
ERRANDS = Screen(Task, "errands", columns=["action", "account_name"], order=("action", False))


@pytest.fixture
def window(qtbot: Any, database_url: str) -> Iterator[MainWindow]:
    """The real window."""
    with opened(qtbot, database_url) as hands:
        yield hands.window


@pytest.fixture
def page(qtbot: Any, window: MainWindow) -> RecordPage:
    """A page over customers as a tab of the window: two companies, the first of them open."""
    for name in ("Acme", "Birch"):
        made.account(name)
        with work.unit("Name it", by="ADMIN"):
            held = Customer.select().order_by(Customer.number.desc()).get()
            held.company, held.phone = name, "504-621-8927"
            held.save()
    page = shown(window, RecordPage(PEOPLE, window.session, window.tabs))
    qtbot.waitUntil(lambda: page.panel.record is not None)
    return page


def shown(window: MainWindow, page: RecordPage) -> RecordPage:
    """Put a page into the window, as a tab would be."""
    window.tabs.blockSignals(True)
    window.tabs.setCurrentIndex(window.tabs.addTab(page, "More"))
    window.tabs.blockSignals(False)
    page.activate()
    page.take_focus()
    return page


def press(page: RecordPage, name: str) -> None:
    """Press a button of the page."""
    button = page.findChild(QPushButton, f"people.{name}")
    assert button is not None and button.isEnabled(), name
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def companies(page: RecordPage) -> list[str]:
    """What the list shows."""
    model = page.table.model
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def type_into(page: RecordPage, name: str, text: str) -> None:
    """Type into a field of the record."""
    editor = page.panel.form.rows[name].editor
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, text)


def test_it_lists_the_own_records_and_opens_the_first(page: RecordPage) -> None:
    assert companies(page) == ["Acme", "Birch"]
    assert page.panel.record.company == "Acme"
    assert page.standing() == "2 customers · mine"


def test_everything_that_can_be_written_is_in_the_form(page: RecordPage) -> None:
    written = {name for name, kind in Customer.kinds().items() if not kind.system}
    assert written <= set(page.panel.form.rows)


def test_the_list_has_views_files_paper_and_merging(page: RecordPage) -> None:
    offered = {action.objectName() for action in page.table.actions()}
    wanted = {"import", "export", "print", "merge", "search_list", "set_field", "edit_cell", "put_on_list"}
    assert {f"people.{word}" for word in wanted} <= offered
    assert page.table.findChild(object, "people.views") is not None


def test_a_record_is_changed_and_saved(qtbot: Any, page: RecordPage) -> None:
    type_into(page, "city", "Lugano")
    press(page, "save")
    assert Customer.find(page.panel.record.key).city == "Lugano"


def test_a_new_one_is_made_and_the_next_begun(qtbot: Any, page: RecordPage) -> None:
    press(page, "create")
    type_into(page, "company", "Cedar")
    press(page, "save_and_next")
    assert page.panel.record.is_new
    assert Customer.get(Customer.company == "Cedar").created_on is not None
    press(page, "cancel")


def test_changes_are_cancelled_and_brought_back(page: RecordPage) -> None:
    key = page.panel.record.key
    type_into(page, "city", "Ghent")
    press(page, "cancel")
    assert not page.panel.is_edited
    page.take_up(page.panel, key, {"city": "Ghent"})
    assert page.panel.is_edited and page.panel.record.key == key


def test_the_arrow_keys_step_and_the_record_follows(qtbot: Any, window: MainWindow, page: RecordPage) -> None:
    page.table.step(1)
    qtbot.waitUntil(lambda: page.panel.record.company == "Birch")
    page.table.step(-1)
    qtbot.waitUntil(lambda: page.panel.record.company == "Acme")


def test_a_record_is_removed_and_undo_brings_it_back(qtbot: Any, window: MainWindow, page: RecordPage) -> None:
    with work.unit("Free it", by="ADMIN"):
        alone = Customer.create(company="Dogwood")
    page.show_target("", alone.key)
    qtbot.waitUntil(lambda: page.panel.record is not None and page.panel.record.company == "Dogwood")
    press(page, "remove")
    assert Customer.find(alone.key) is None
    window.session.undo()
    assert Customer.find(alone.key) is not None


def test_one_that_others_point_at_stays_and_that_is_said(qtbot: Any, window: MainWindow, page: RecordPage) -> None:
    key = page.panel.record.key
    press(page, "remove")
    assert Customer.find(key) is not None
    assert page.panel.record.key == key


def test_somebody_elses_record_can_be_come_to_and_stays_open(qtbot: Any, window: MainWindow, page: RecordPage) -> None:
    made.colleague()
    other = made.account("Elm", "BEN")
    page.show_target("", other.customer)
    page.table.refresh_now()
    assert page.panel.record.key == other.customer


def test_one_that_is_gone_is_said(window: MainWindow, page: RecordPage) -> None:
    page.show_target("", 9_999)
    assert page.panel.record.company == "Acme"
    assert "Customer 9999 is not there any more." in [notice.text for notice in window.notices.recent()]


def test_c7_what_was_typed_is_saved_when_the_page_is_left(window: MainWindow, page: RecordPage) -> None:
    type_into(page, "city", "Ghent")
    number = page.panel.record.key
    assert page.leave()
    assert Customer.find(number).city == "Ghent"
    assert window.notices.recent()[0].text.startswith("Customer Acme") and not page.panel.is_edited


def test_a_page_over_tasks_lists_the_open_ones_of_the_operator(qtbot: Any, window: MainWindow) -> None:
    acme = made.account("Acme")
    made.task(acme, "Call")
    made.task(acme, "Done", closed=True)
    made.service_row(acme, "Not ours")
    page = shown(window, RecordPage(ERRANDS, window.session, window.tabs))
    qtbot.waitUntil(lambda: companies(page) == ["Call"])
    assert isinstance(Account.find(acme.number), Account)
