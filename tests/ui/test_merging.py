"""Marked rows side by side, chosen by keys and clicks, made one, and taken back by Ctrl+Z (BX-9, C13)."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton, QRadioButton

from channergy_crm import work
from channergy_crm.records import Account, Lead, Task
from channergy_crm.services import leads
from tests import made
from tests.ui.gestures import activate
from tests.ui.hands import CTRL, SHIFT, Hands
from ui.duplicates.merge_dialog import MergeDialog
from ui.lists.table import RecordTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KEY = Qt.Key


@contextmanager
def at_the_dialog(hands: Hands, work_there: Callable[[MergeDialog], None]) -> Iterator[None]:
    """Do something in the merge dialog that opens meanwhile."""
    done: list[bool] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, MergeDialog) and dialog.isActiveWindow() and not done:
            done.append(True)
            work_there(dialog)

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(10)
    yield
    hands.bot.waitUntil(lambda: bool(done))
    timer.stop()
    activate(hands.bot, hands.window)


def press(*keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)


def part(dialog: MergeDialog, name: str) -> QRadioButton:
    found = dialog.findChild(QRadioButton, f"merge.{name}")
    assert found is not None, name
    return found


def checked(dialog: MergeDialog, name: str) -> bool:
    return part(dialog, name).isChecked()


def beside(dialog: MergeDialog, place: int) -> str:
    """What is said of the record in that place."""
    return part(dialog, f"keep.{place}").accessibleDescription()


def two_leads(hands: Hands) -> tuple[Lead, Lead, int]:
    """Two of the same person, the first with a task; the list stands on one of them."""
    one = leads.create({"description": "Fair", "last_name": "Lee", "company": "Acme", "notes": "Tea."}, "ADMIN")
    other = leads.create(
        {"description": "Web", "first_name": "Ann", "last_name": "Lee", "phone": "504-621-8927", "notes": "Dog.",
         "call_code": "DNC"}, "ADMIN",
    )  # fmt: skip
    with work.unit("Make", by="ADMIN"):
        task = Task.create(action="Call", lead=one.number, owner="ADMIN", is_crm=True).number
    hands.go("leads")
    hands.part("leads.list", RecordTable).refresh_now()
    hands.stand("leads", 0)
    return one, other, task


@pytest.mark.usefixtures("every_page")
def test_c13_two_marked_leads_are_merged_by_keys_and_undone(hands: Hands) -> None:
    one, other, task = two_leads(hands)
    hands.press(KEY.Key_M, CTRL)
    assert "Mark two to 5 leads first" in hands.said()
    hands.press(KEY.Key_Down, SHIFT)

    def choose(dialog: MergeDialog) -> None:
        first = next(place for place in (1, 2) if f"Lead {one.number} · 1 task" in beside(dialog, place))
        mine = KEY.Key_1 if first == 1 else KEY.Key_2
        press(KEY.Key_Up, mine, KEY.Key_Down)
        assert checked(dialog, f"keep.{first}")
        press(KEY.Key_Left, KEY.Key_Left)
        assert checked(dialog, "description.1")
        press(KEY.Key_Right)
        assert checked(dialog, "description.2")
        press(mine)
        assert checked(dialog, "notes.joined")
        press(KEY.Key_Return)

    with at_the_dialog(hands, choose):
        hands.press(KEY.Key_M, CTRL)
    hands.bot.waitUntil(lambda: hands.column("leads", "last_name") == ["Lee"])
    assert hands.said() == "Lead merged into Ann Lee."
    kept, gone = Lead.find(one.number), Lead.find(other.number)
    assert kept is not None and gone is not None and gone.removed
    assert (kept.description, kept.first_name, kept.phone, kept.call_code) == ("Fair", "Ann", "504-621-8927", "DNC")
    assert sorted(kept.notes.split("\n\n")) == ["Dog.", "Tea."]
    hands.bot.waitUntil(lambda: hands.part("leads.summary_name", QLabel).text() == "Ann Lee")
    hands.press(KEY.Key_Z, CTRL)
    hands.bot.waitUntil(lambda: hands.column("leads", "last_name") == ["Lee", "Lee"])
    back, moved = Lead.find(one.number), Task.find(task)
    assert back is not None and (back.first_name, back.notes) == ("", "Tea.")
    assert moved is not None and moved.lead == one.number


def test_c13_equal_fields_are_shown_when_asked_and_what_survives_is_settled(hands: Hands) -> None:
    two_leads(hands)
    hands.press(KEY.Key_Down, SHIFT)

    def look(dialog: MergeDialog) -> None:
        same, settled = part(dialog, "last_name.1"), part(dialog, "call_code.1")
        assert not same.isVisible() and settled.isVisible() and not settled.isEnabled()
        QTest.mouseClick(dialog.findChild(QCheckBox, "merge.show_same"), Qt.MouseButton.LeftButton)
        assert same.isVisible() and not same.isEnabled()
        dialog.reject()

    with at_the_dialog(hands, look):
        hands.press(KEY.Key_M, CTRL)
    assert Lead.select().where(Lead.removed).count() == 0


def test_c13_accounts_are_merged_from_the_menu_of_a_row(hands: Hands) -> None:
    one, other = made.account("Acme"), made.account("Acme Ltd")
    made.opportunity(other, "Ink")
    hands.open_account("Acme")
    hands.part("accounts.list", RecordTable).refresh_now()
    hands.stand("accounts", 0, "name")
    hands.press(KEY.Key_Down, SHIFT)

    def merge(dialog: MergeDialog) -> None:
        QTest.mouseClick(dialog.findChild(QRadioButton, "merge.keep.1"), Qt.MouseButton.LeftButton)
        said = [label.text() for label in dialog.findChildren(QLabel)]
        assert "1 opportunity will move to Acme." in said
        QTest.mouseClick(dialog.findChild(QPushButton, "merge.merge"), Qt.MouseButton.LeftButton)

    with at_the_dialog(hands, merge):
        action = next(each for each in hands.part("accounts.list").actions() if each.objectName() == "accounts.merge")
        action.trigger()
    hands.reads("accounts", "name", ["Acme Ltd"])
    assert hands.said() == "Account merged into Acme Ltd."
    assert Account.find(one.number) is not None and Account.find(other.number) is None
    hands.press(KEY.Key_Z, CTRL)
    hands.reads("accounts", "name", ["Acme", "Acme Ltd"])
