"""BX-12, BX-32: the history of a record on its page: folded away or beside it, walked by key, undone from there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from channergy_crm.records import Account, Customer, Lead, Task
from channergy_crm.services import leads, operators, saving
from tests import factories
from tests.ui.hands import CTRL, KEY
from ui.history.grid import HistoryGrid
from ui.history.lines import ROW

if TYPE_CHECKING:
    from tests.ui.hands import Hands

pytestmark = pytest.mark.engines("sqlite")
"""the screen is the same on both engines; what it asks for is tested on both"""

BY = "ADMIN"


@pytest.fixture
def lead(hands: Hands, fixed_clock: object) -> Lead:
    """A lead with three changes, the last by somebody else; the window shows it."""
    held = leads.create({"description": "Wants a price list", "last_name": "Kessler"}, BY)
    operators.add("ANN", "Ann Lee", BY)
    for turn, by in enumerate((BY, BY, "ANN")):
        held.title = f"Title {turn}"
        leads.save(held, by)
    hands.go("leads")
    hands.window.session.go_to("lead", held.number)
    return held


def grid(hands: Hands) -> HistoryGrid:
    """The one that is seen."""
    return hands.part("history.grid", HistoryGrid)


def entries(hands: Hands) -> list[str]:
    """What stands in it, the newest first, without the days."""
    found = [hands.window.findChild(HistoryGrid, "history.grid")]
    return [str(row.entry.said) for one in found if one is not None for row in one.lines.rows if row.entry]


def opened(hands: Hands, count: int) -> HistoryGrid:
    """Ctrl+H in the record, and so many entries are read."""
    panel = hands.window._pages[hands.window.tabs.currentIndex()].panels()[0]
    panel.form.focus_first()
    hands.press(KEY.Key_H, CTRL)
    hands.bot.waitUntil(lambda: len(entries(hands)) == count)
    return grid(hands)


def test_the_fold_reads_nothing_before_it_is_opened(hands: Hands, lead: Lead) -> None:
    assert hands.window.findChild(HistoryGrid) is None
    shown = opened(hands, 4)
    assert [row.day for row in shown.lines.rows if row.entry is None] == ["Today"]
    newest = shown.lines.rows[1].entry
    assert newest is not None and (newest.said, newest.who) == ("Save lead Kessler", "Ann Lee")
    assert "Title: Title 1 → Title 2" in str(shown.lines.index(1).data())
    hands.bot.waitUntil(lambda: shown.hasFocus())


def test_keys_walk_from_entry_to_entry_and_copy(hands: Hands, lead: Lead) -> None:
    shown = opened(hands, 4)
    hands.bot.waitUntil(lambda: shown.hasFocus())
    assert shown.currentIndex().row() == 1
    hands.press(KEY.Key_Down)
    assert shown.currentIndex().row() == 2
    hands.press(KEY.Key_Up)
    hands.press(KEY.Key_Up)
    assert shown.currentIndex().row() == 1, "the heading of the day is no place to stand"
    hands.press(KEY.Key_C, CTRL)
    assert QGuiApplication.clipboard().text().splitlines()[:2] == ["Save lead Kessler", "Title: Title 1 → Title 2"]


def test_a_step_is_undone_and_done_again_from_the_history(hands: Hands, lead: Lead) -> None:
    shown = opened(hands, 4)
    undo = hands.part("leads.history_undo", QPushButton)
    assert undo.text() == "Undo this"
    undo.click()
    hands.bot.waitUntil(lambda: len(entries(hands)) == 5)
    assert entries(hands)[:2] == ["Undone: Save lead Kessler", "Save lead Kessler"]
    held: Any = Lead.find(lead.number)
    assert held.title == "Title 1"
    assert shown.entry() is not None and shown.entry().undone, "the cursor stays on its entry"  # type: ignore[union-attr]
    assert undo.text() == "Do it again"
    undo.click()
    hands.bot.waitUntil(lambda: len(entries(hands)) == 6)
    assert Lead.find(lead.number).title == "Title 2"  # type: ignore[union-attr]


def test_what_somebody_built_on_is_refused_in_a_sentence(hands: Hands, lead: Lead) -> None:
    shown = opened(hands, 4)
    shown.setCurrentIndex(shown.lines.index(2))
    hands.part("leads.history_undo", QPushButton).click()
    assert "Title: Title 1 → Title 2" in hands.window.notices.recent()[0].text


def test_a_fold_that_was_left_open_is_read_when_the_window_is_opened_again(hands: Hands, lead: Lead) -> None:
    opened(hands, 4)
    hands.open_again()
    hands.go("leads")
    hands.window.session.go_to("lead", lead.number)
    hands.bot.waitUntil(lambda: len(entries(hands)) == 4)


def test_it_follows_what_is_done_to_the_record(hands: Hands, lead: Lead) -> None:
    opened(hands, 4)
    lead.company = "Acme"
    leads.save(lead, BY)
    hands.bot.waitUntil(lambda: len(entries(hands)) == 5)


def test_an_account_is_read_with_its_customer(hands: Hands, fixed_clock: object) -> None:
    account: Any = factories.stored(Account)
    customer: Any = Customer.find(account.customer)
    customer.city = "Austin"
    saving.save(customer, BY)
    hands.go("accounts")
    hands.window.session.go_to("account", account.number)
    shown = opened(hands, 2)
    assert "Customer, City: " in str(shown.lines.index(1).data())


def test_a_task_shows_its_history_in_a_window_of_its_own(hands: Hands, fixed_clock: object) -> None:
    task: Any = factories.stored(Task)
    task.is_crm = True
    saving.save(task, BY)
    hands.go("tasks")
    table = hands.window.main_table()
    hands.bot.waitUntil(lambda: table.current() == task.key)
    hands.press(KEY.Key_H, CTRL)
    hands.bot.waitUntil(lambda: len(entries(hands)) >= 1)
    dialog = grid(hands).window()
    assert dialog.objectName() == "history.dialog" and grid(hands).currentIndex().data(ROW).entry.what == "changed"
    dialog.close()
