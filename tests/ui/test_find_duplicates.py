"""Find duplicates: groups that look alike, merged, told apart, opened, taken back; all by keys (C13)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QTreeWidget

from channergy_crm.records import Apart, Lead
from channergy_crm.services import leads
from tests import made
from tests.ui.hands import CTRL, Hands
from ui.duplicates.duplicates_dialog import DuplicatesDialog
from ui.duplicates.merge_dialog import MergeDialog

if TYPE_CHECKING:
    from collections.abc import Callable

KEY = Qt.Key


def groups(dialog: DuplicatesDialog) -> list[str]:
    tree = dialog.findChild(QTreeWidget, "duplicates.groups")
    return [tree.topLevelItem(row).text(0) for row in range(tree.topLevelItemCount())]


def says(dialog: DuplicatesDialog, text: str) -> bool:
    return any(text in label.text() for label in dialog.findChildren(QLabel))


def with_dialog(hands: Hands, steps: list[Callable[[DuplicatesDialog], bool]]) -> None:
    """Press Find duplicates… and take these steps in its window, each as soon as it can be taken."""
    left = list(steps)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, DuplicatesDialog) and not dialog.isActiveWindow():
            dialog.activateWindow()  # what a window manager does when the other dialog has gone
        elif isinstance(dialog, DuplicatesDialog) and left and left[0](dialog):
            left.pop(0)

    def merge() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, MergeDialog) and dialog.isActiveWindow():
            QTest.mouseClick(dialog.findChild(QPushButton, "merge.merge"), Qt.MouseButton.LeftButton)

    timers = QTimer(), QTimer()  # a timer does not ring while what it does is still going on
    for timer, what in zip(timers, (look, merge), strict=True):
        timer.timeout.connect(what)
        timer.start(20)
    action = hands.window.findChild(QAction, "main.find_duplicates")
    assert action is not None
    action.trigger()
    for timer in timers:
        timer.stop()
    assert not left


def when(ready: Callable[[DuplicatesDialog], bool], do: Callable[[DuplicatesDialog], Any]) -> Any:
    """A step: wait until it is so, then do that."""

    def step(dialog: DuplicatesDialog) -> bool:
        if not ready(dialog):
            return False
        do(dialog)
        return True

    return step


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> Any:
    return lambda dialog: QTest.keyClick(dialog.focusWidget(), key, modifiers)


def test_c13_groups_are_merged_told_apart_and_taken_back(hands: Hands) -> None:
    for name in ("Lee", "Lee", "Orth", "Orth"):
        leads.create({"description": "Fair", "first_name": "Ann", "last_name": name, "company": "Acme"}, "ADMIN")
    made.account("Blue"), made.account("Blue Ltd")
    hands.go("leads")
    lee, orth = "Ann Lee   (similar name)", "Ann Orth   (similar name)"
    with_dialog(
        hands,
        [
            when(lambda dialog: groups(dialog) == [lee, orth], press(KEY.Key_Return)),
            when(lambda dialog: groups(dialog) == [orth] and says(dialog, "Merged into Ann Lee."),
                 press(KEY.Key_Delete)),
            when(lambda dialog: groups(dialog) == [] and says(dialog, "No leads look alike."),
                 press(KEY.Key_Z, CTRL)),
            when(lambda dialog: groups(dialog) == [orth],
                 lambda dialog: dialog.findChild(QComboBox, "duplicates.records").setCurrentText("Accounts")),
            when(lambda dialog: groups(dialog) == ["Blue / Blue Ltd   (similar name)"], press(KEY.Key_Down)),
            when(lambda dialog: dialog.findChild(QPushButton, "duplicates.open").isEnabled(),
                 lambda dialog: dialog.findChild(QPushButton, "duplicates.open").click()),
        ],
    )  # fmt: skip
    assert hands.where() == ("accounts", "information")
    assert hands.part("accounts.summary_name", QLabel).text() == "Blue"
    assert Lead.select().where(Lead.removed).count() == 1 and Apart.select().count() == 0


def test_c13_closing_the_window_stops_the_search(hands: Hands) -> None:
    with_dialog(hands, [when(lambda dialog: True, lambda dialog: dialog.reject())])
    hands.bot.waitUntil(lambda: hands.window.background.running() == [])
