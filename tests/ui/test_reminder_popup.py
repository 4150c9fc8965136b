"""Reminders come up in a quiet window at their minute, take no keys, and stay until they are answered (BX-15)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from channergy_crm import clock
from channergy_crm.dialing import keyboard
from channergy_crm.dialing.keyboard import Hotkey
from channergy_crm.records import Lead, Task
from channergy_crm.records.shown_reminders import ShownRow
from channergy_crm.services import accounts, leads, tasks
from channergy_crm.settings import MINUTES_BEFORE, POP_UP, Station
from channergy_crm.store import database
from tests.ui.calling import is_open
from tests.ui.gestures import words
from tests.ui.hands import CTRL, KEY
from ui.shell.reminders.watch import Watch

if TYPE_CHECKING:
    from tests.ui.hands import Hands

pytestmark = [pytest.mark.usefixtures("reminders_come", "fixed_clock"), pytest.mark.engines("sqlite")]


@pytest.fixture
def reminders_come() -> None:
    """As on every workstation."""
    Station().set(POP_UP, True)


def lead(late: int = 0, **more: Any) -> int:
    """A lead whose reminder has been due for so many minutes."""
    at = clock.now() - timedelta(minutes=late)
    known = {"description": "Call about the offer", "first_name": "Chiara", "last_name": "Zielinski",
             "phone": "512-555-0162", "reminder_date": at.date(), "reminder_time": at.time()}  # fmt: skip
    return int(leads.create(known | more, "ADMIN").number)


def popup(hands: Hands) -> Any:
    """The pop-up, when it has come."""
    watch = hands.window.findChild(Watch)
    assert watch is not None
    hands.bot.waitUntil(lambda: watch.popup is not None and watch.popup.isVisible() and watch._looking is None)
    return watch.popup


def gone(hands: Hands) -> None:
    watch = hands.window.findChild(Watch)
    assert watch is not None
    hands.bot.waitUntil(lambda: not watch.popup.isVisible())


def press(held: QWidget, name: str) -> None:
    button = held.findChild(QAbstractButton, name)
    assert button is not None and button.isVisible()
    button.click()


def test_bx15_in_a_language_of_long_words_no_time_to_snooze_to_is_cut_off(hands: Hands) -> None:
    lead(16)
    held = popup(hands)
    row = held.rows[0]
    for wide in (held.width(), 400):
        held.setFixedWidth(wide)
        hands.bot.waitUntil(lambda wide=wide: row.width() >= wide - 2)
        pills = [pill for pill in row.findChildren(QAbstractButton) if "snooze" in pill.objectName()]
        hands.bot.waitUntil(lambda pills=pills: all(pill.width() >= pill.sizeHint().width() for pill in pills))
    press(held, "reminder.1.done")


def test_bx15_what_is_due_comes_up_and_is_done_put_off_and_brought_back(hands: Hands) -> None:
    first, second = lead(16), lead(0, description="Send the price list", phone="")
    held = popup(hands)
    hands.bot.waitUntil(lambda: held.heading.text() == "2 reminders")
    one, two, _three = held.rows
    assert (one.title.text(), one.phone.text()) == ("Call about the offer", "512-555-0162")
    assert one.when.text().endswith(" · 16 min late") and two.when.text().endswith(" · now")
    press(held, "reminder.1.done")
    hands.bot.waitUntil(lambda: held.heading.text() == "1 reminder")
    assert (Lead.find(first) or Lead()).reminder_date is None
    hands.window.session.undo()
    hands.bot.waitUntil(lambda: held.heading.text() == "2 reminders")
    press(held, "reminder.snooze_all")
    gone(hands)
    later = (clock.now() + timedelta(minutes=10)).replace(second=0).time()
    assert [(Lead.find(key) or Lead()).reminder_time for key in (first, second)] == [later] * 2
    hands.window.session.undo()  # both in one step
    hands.bot.waitUntil(lambda: held.isVisible() and held.heading.text() == "2 reminders")


def test_bx15_other_takes_any_words_shows_them_in_full_and_puts_it_off_with_enter(hands: Hands) -> None:
    key = lead()
    held = popup(hands)
    press(held, "reminder.1.snooze_other")
    line = held.findChild(QLineEdit, "reminder.1.until")
    hands.bot.keyClicks(line, "gibberish")
    hands.bot.keyClick(line, KEY.Key_Return)
    assert held.rows[0]._other.says.ink == "overdue" and line.isVisible()
    line.clear()
    hands.bot.keyClicks(line, "+2d")
    day = clock.today() + timedelta(days=2)
    assert held.rows[0]._other.says.text().endswith(" 09:00") and str(day.day) in held.rows[0]._other.says.text()
    hands.bot.keyClick(line, KEY.Key_Return)
    gone(hands)
    assert (Lead.find(key) or Lead()).reminder_date == day


def test_bx15_dialed_from_there_it_is_noted_in_the_call_bar_and_nothing_comes_up_meanwhile(hands: Hands) -> None:
    lead()
    press(popup(hands), "reminder.1.dial")
    hands.bot.waitUntil(lambda: is_open(hands))
    gone(hands)
    assert hands.shows("leads.first_name") == "Chiara" and hands.part("call.number").text() == "512-555-0162"
    other = lead(16, first_name="Bea")
    watch = hands.window.findChild(Watch)
    assert watch is not None
    watch.look()
    hands.bot.waitUntil(lambda: not watch._soon.isActive() and watch._looking is None)
    assert not watch.popup.isVisible() and not ShownRow.select().where(ShownRow.number == other).exists()
    hands.press(KEY.Key_Escape)
    watch.look()
    assert popup(hands).rows[0].who.text().startswith("Bea")


def test_bx15_so_many_minutes_before_and_put_away_for_a_while(hands: Hands) -> None:
    hands.window.session.station.set(MINUTES_BEFORE, 10)
    lead(-5)
    held = popup(hands)
    press(held, "reminder.close")
    watch = hands.window.findChild(Watch)
    assert watch is not None
    watch.look()
    hands.bot.waitUntil(lambda: watch._looking is None)
    assert not held.isVisible(), "it comes back in ten minutes"
    with database.writing():
        ShownRow.update(holder="another window").execute()
    hands.press(KEY.Key_R, CTRL)
    assert held.isVisible() and held.heading.text() == "1 reminder", "wherever it came up"


@pytest.mark.engines("postgres")  # a window manager gives keys only to who pressed some
def test_bx15_hidden_it_waits_and_its_key_brings_it_back_with_the_keys_in_it(hands: Hands) -> None:
    lead()
    held = popup(hands)
    press(held, "reminder.close")
    assert not held.isVisible()
    hands.press(KEY.Key_R, CTRL)
    assert held.isVisible()
    hands.bot.waitUntil(lambda: held.isAncestorOf(QApplication.focusWidget()))
    press(held, "reminder.1.open")
    gone(hands)
    assert hands.window.tabs.tabText(hands.window.tabs.currentIndex()) == "Leads"
    hands.press(KEY.Key_R, CTRL)
    assert hands.said() == "No reminder waits for an answer."


def test_bx15_it_comes_within_a_second_of_its_minute(hands: Hands) -> None:
    due = clock.now().replace(second=0) + timedelta(minutes=5)
    watch = hands.window.findChild(Watch)
    assert watch is not None
    with clock.fixed(due - timedelta(seconds=1)):
        lead(reminder_date=due.date(), reminder_time=due.time())
        hands.bot.waitUntil(lambda: 0 < watch._next.remainingTime() <= 1020)
        with clock.fixed(due):
            hands.bot.waitUntil(lambda: watch.popup is not None and watch.popup.isVisible(), timeout=1500)


def test_bx15_in_a_call_and_where_nobody_wants_it_nothing_comes_up_and_it_comes_afterwards(hands: Hands) -> None:
    watch = hands.window.findChild(Watch)
    assert watch is not None
    hands.window.session.station.set(POP_UP, False)
    lead()
    hands.bot.waitUntil(lambda: watch._soon.isActive() or watch._looking is not None)
    hands.bot.waitUntil(lambda: not watch._soon.isActive() and watch._looking is None)
    assert watch.popup is None
    hands.window.session.station.set(POP_UP, True)
    watch.tick()
    popup(hands)


def test_bx15_the_sign_in_the_tray_counts_what_was_missed_and_leads_there(hands: Hands) -> None:
    watch = hands.window.findChild(Watch)
    assert watch is not None
    watch.tray._build()  # as where the system has a tray
    sign, reminders = watch.tray._sign, watch.tray._reminders
    plain = sign.icon().cacheKey()
    lead(16)
    held = popup(hands)
    hands.bot.waitUntil(lambda: sign.toolTip().endswith("1 reminder"))
    assert reminders.text() == "Reminders (1)" and sign.icon().cacheKey() != plain
    watch.put_away()
    assert not held.isVisible()
    reminders.trigger()
    hands.bot.waitUntil(held.isVisible)
    press(held, "reminder.1.done")
    hands.bot.waitUntil(lambda: reminders.text() == "Reminders (0)" and "reminder" not in sign.toolTip())


def test_bx15_thousands_are_three_and_a_number_that_opens_the_list(hands: Hands) -> None:
    for number in range(5):
        held = accounts.start_task("ADMIN")
        held.action, held.reminder_date, held.reminder_time = f"Task {number}", clock.today(), time(0, number)
        tasks.save(held, "ADMIN")
    shown = popup(hands)
    hands.bot.waitUntil(lambda: shown.heading.text() == "5 reminders")
    assert [row.title.text() for row in shown.rows] == ["Task 0", "Task 1", "Task 2"]
    assert shown.findChild(QAbstractButton, "reminder.more").text() == "and 2 more: open Reminders"
    press(shown, "reminder.more")
    assert hands.window.tabs.currentIndex() == 0 and not shown.isVisible()
    assert Task.select().where(~Task.closed).count() == 5


@pytest.mark.display
def test_bx15_typing_goes_on_while_it_appears_and_while_it_is_clicked(hands: Hands) -> None:
    from pynput import mouse

    hands.go("leads")
    line = hands.part("leads.search", QLineEdit)
    hands.window.activateWindow()
    line.setFocus()
    hands.bot.waitUntil(lambda: hands.window.isActiveWindow() and line.hasFocus())
    typed = ""
    lead(3), lead(2)

    def type_on(text: str) -> None:
        nonlocal typed
        for letter in text:
            keyboard.press(Hotkey.read(letter))
        typed += text
        hands.bot.waitUntil(lambda: line.text() == typed)

    type_on("ab")
    held = popup(hands)
    type_on("cd")
    assert "Takes no keys until you press on it." in words(held)
    pill = held.findChild(QAbstractButton, "reminder.1.snooze_minutes")
    place = pill.mapToGlobal(QPoint(pill.width() // 2, pill.height() // 2))
    pointer = mouse.Controller()
    pointer.position = (place.x(), place.y())
    pointer.click(mouse.Button.left)
    type_on("ef")
    hands.bot.waitUntil(lambda: held.heading.text() == "1 reminder")
    assert QApplication.activeWindow() is hands.window
    room = hands.window.screen().availableGeometry()
    hands.bot.waitUntil(lambda: room.bottomRight() - held.geometry().bottomRight() == QPoint(16, 16))
    keyboard.press(Hotkey.read("ctrl+r"))
    hands.bot.waitUntil(lambda: QApplication.activeWindow() is held)
    keyboard.press(Hotkey.read("esc"))
    hands.bot.waitUntil(lambda: QApplication.activeWindow() is hands.window and line.hasFocus())


def test_bx15_the_quick_ways_pass_over_the_weekend() -> None:
    from ui.shell.reminders.row import quick

    assert [way.words for way in quick(datetime(2026, 11, 23, 10))] == ["10 min", "1 h", "Tomorrow 9:00"]
    friday = quick(datetime(2026, 11, 27, 10, 0, 30))
    assert [way.moment for way in friday] == [
        datetime(2026, 11, 27, 10, 10), datetime(2026, 11, 27, 11), datetime(2026, 11, 30, 9)
    ]  # fmt: skip
    assert friday[2].words == "Mon 9:00"
