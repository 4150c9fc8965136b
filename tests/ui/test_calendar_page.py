"""The calendar on the screen: dragged by hand, walked and changed by key, entries made in place (VT-42, BX-49)."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QDropEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from channergy_crm.records import Opportunity, Task
from tests import made
from tests.ui.conftest import opened
from tests.ui.hands import KEY
from ui.pages.calendar.carried import carry
from ui.pages.calendar.page import CalendarPage
from ui.pages.calendar.places import Slot
from ui.shell.menu import Menu

pytestmark = [pytest.mark.engines("sqlite"), pytest.mark.usefixtures("american")]
MONDAY = date(2026, 11, 23)
"""the day of the fixed clock"""
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def calendar(qtbot, database_url, office, operator, fixed_clock):
    acme = made.account("Acme", operator, phone="504-621-8927")
    made.task(acme, "Sample box", operator, reminder_date=MONDAY + timedelta(days=1), reminder_time=time(10),
              minutes=60, activity="meeting")  # fmt: skip
    made.task(acme, "Price list", operator, reminder_date=MONDAY - timedelta(days=6))
    made.task(None, "Round", operator, reminder_date=MONDAY + timedelta(days=1), reminder_time=time(14),
              repeats="FREQ=DAILY")  # fmt: skip
    made.opportunity(acme, "Candles", close_date_1=MONDAY + timedelta(days=4))
    with opened(qtbot, database_url, operator, whole=False) as hands:
        hands.window.resize(1440, 900)
        yield hands


def page_of(hands: Any, target: str = "calendar") -> CalendarPage:
    hands.window.go_to(target)
    page = hands.window.tabs.pages[hands.window.tabs.currentIndex()]
    assert isinstance(page, CalendarPage)
    hands.bot.waitUntil(lambda: page.held is not None)
    return page


def named(page: CalendarPage, title: str) -> Any:
    return next(each for each in page.views[page.view].entries if each.title == title)


def stored(title: str) -> Task:
    return Task.select().where(Task.action == title).order_by(Task.number).get()


def stands(bot: Any, view: Any, **known: object) -> None:
    """Wait until the cursor is on an entry like that: what takes long is read beside the window."""
    bot.waitUntil(lambda: view.current() is not None and known.items() <= view.current()._asdict().items())


def mouse(view: Any, what: QEvent.Type, at: QPointF, *, down: bool = True) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    button = none if what == QEvent.Type.MouseMove else left
    held = left if down else none
    where = QPointF(view.mapToGlobal(at.toPoint()))
    QApplication.sendEvent(view, QMouseEvent(what, at, where, button, held, Qt.KeyboardModifier.NoModifier))


def drag(view: Any, begun: QPointF, ended: QPointF) -> None:
    mouse(view, QEvent.Type.MouseButtonPress, begun)
    for part in (0.3, 0.7, 1.0):
        mouse(view, QEvent.Type.MouseMove, begun + (ended - begun) * part)
    mouse(view, QEvent.Type.MouseButtonRelease, ended, down=False)


def test_vt42_bx49_a_drag_moves_and_lengthens_and_undo_stands_on_what_it_brought_back(calendar) -> None:
    commands = {command.name: command for command in calendar.window.findChild(Menu).commands}
    assert commands["calendar"].key == "Ctrl+Shift+Y" and commands["calendar"].group
    page = page_of(calendar)
    week = page.views["week"]
    entry = named(page, "Sample box")
    taken = week.room_of(entry).center()
    drag(week, taken, taken + QPointF(2 * week.grid.column(MONDAY, page.owners[0])[1], week.grid.hour))
    assert (stored("Sample box").reminder_date, stored("Sample box").reminder_time) == (date(2026, 11, 26), time(11))
    stands(calendar.bot, week, title="Sample box", day=date(2026, 11, 26))
    room = week.room_of(named(page, "Sample box"))
    edge = QPointF(room.center().x(), room.bottom() - 1)
    drag(week, edge, edge + QPointF(0, week.grid.hour / 2))
    assert stored("Sample box").minutes == 90
    week.stand_at(Slot(MONDAY, 600, page.owners[0]))
    page.session.undo()
    assert stored("Sample box").minutes == 60
    stands(calendar.bot, week, minutes=60)
    page.session.undo()
    assert stored("Sample box").reminder_date == date(2026, 11, 24)
    stands(calendar.bot, week, day=date(2026, 11, 24))


def test_vt5_vt42_everything_is_done_by_key(calendar) -> None:
    page, bot = page_of(calendar), calendar.bot
    week = page.views["week"]
    week.setFocus()
    week.stand_on(named(page, "Sample box"))
    assert "Meeting, Sample box, Tomorrow, 10:00 to 11:00, Acme" in week.accessibleDescription()
    bot.keyClick(week, KEY.Key_Down, CONTROL)
    stands(bot, week, at=time(10, 15))
    bot.keyClick(week, KEY.Key_Right, CONTROL)
    stands(bot, week, day=date(2026, 11, 25))
    bot.keyClick(week, KEY.Key_Down, SHIFT)
    stands(bot, week, minutes=75)
    held = stored("Sample box")
    assert (held.reminder_date, held.reminder_time, held.minutes) == (date(2026, 11, 25), time(10, 15), 75)
    bot.keyClick(week, KEY.Key_Space)
    assert stored("Sample box").closed
    stands(bot, week, state="done")
    bot.keyClick(week, KEY.Key_Down)
    assert week.current() is None and week.here.minute == 11 * 60 + 30
    bot.keyClick(week, KEY.Key_Return)
    form = page.acting.form
    assert form.isVisible() and form.title.hasFocus() and form.at.value() == time(11, 30)
    bot.keyClick(form, KEY.Key_Return)
    assert form.below.said("action") == "Say what it is about."
    form.title.setText("Ask for a reference")
    form.place.setText("Hall 3")
    bot.keyClick(form, KEY.Key_Return)
    made_now = stored("Ask for a reference")
    assert (made_now.reminder_time, made_now.minutes, made_now.place) == (time(11, 30), 15, "Hall 3")
    stands(bot, week, title="Ask for a reference")
    assert week.hasFocus()


def test_vt42_an_entry_is_removed_and_the_days_are_turned_by_key(calendar) -> None:
    page, bot = page_of(calendar), calendar.bot
    week = page.views["week"]
    week.setFocus()
    week.stand_on(named(page, "Sample box"))
    number = stored("Sample box").number
    bot.keyClick(week, KEY.Key_Delete)
    assert Task.find(number) is None
    page.session.undo()
    assert Task.find(number) is not None
    bot.keyClick(week, KEY.Key_PageDown)
    bot.waitUntil(lambda: page.turning.days[0] == date(2026, 11, 29))
    bot.keyClick(week, KEY.Key_T)
    bot.keyClick(week, KEY.Key_M)
    bot.waitUntil(lambda: page.views["month"].isVisible() and page.anchor.month == 11)
    page.come_to(number, date(2026, 12, 15))
    bot.waitUntil(lambda: page.turning.days[0] == date(2026, 11, 29))
    assert page.standing().startswith("December 2026"), "the month is meant, not the week it begins in"
    page.come_to(number, date(2026, 11, 23))
    bot.keyClick(page.views["month"], KEY.Key_L)
    bot.waitUntil(page.views["list"].isVisible)
    assert "Sample box" in [line.words[2] for line in page.views["list"].rows.lines]


def test_vt42_vt27_a_turn_of_a_series_asks_which_is_meant_and_what_is_pending_is_dropped_into_a_day(calendar) -> None:
    page, bot = page_of(calendar), calendar.bot
    week = page.views["week"]
    turn = next(each for each in week.entries if each.title == "Round" and each.planned)
    week.setFocus()
    week.stand_on(turn)
    bot.keyClick(week, KEY.Key_Down, CONTROL)
    which = page.acting.which
    assert which.isVisible() and which.one.hasFocus()
    bot.keyClick(which.one, KEY.Key_Escape)
    assert not which.isVisible() and Task.select().where(Task.action == "Round").count() == 1
    bot.keyClick(week, KEY.Key_Down, CONTROL)
    which.one.click()
    alone = Task.select().where((Task.action == "Round") & (Task.repeats == "")).get()
    assert (alone.reminder_date, alone.reminder_time) == (turn.day, time(14, 15))
    stands(bot, week, task=alone.number)
    assert [each.title for each in page.beside] == ["Price list"], "VT-27: overdue and not closed is pending"
    at = week.grid.room(Slot(date(2026, 11, 27), 540, page.owners[0]), 30).center()
    held, move = carry(page.beside[0].task), Qt.DropAction.MoveAction
    week.dropEvent(QDropEvent(at, move, held, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier))
    assert (stored("Price list").reminder_date, stored("Price list").reminder_time) == (date(2026, 11, 27), time(9))


def test_bx49_vt64_deals_as_a_month_are_dragged_and_the_view_that_opens_is_chosen(calendar) -> None:
    page = page_of(calendar, "calendar_opportunity")
    month = page.views["month"]
    calendar.bot.waitUntil(lambda: month.isVisible() and [each.title for each in month.entries] == ["Candles"])
    target = month.plan.square(date(2026, 11, 17))
    drag(month, month.room_of(named(page, "Candles")).center(), target.center())
    assert Opportunity.get().close_date_1 == date(2026, 11, 17)
    page.session.undo()
    assert Opportunity.get().close_date_1 == date(2026, 11, 27)
    stands(calendar.bot, month, title="Candles", day=date(2026, 11, 27))
    page.take("first", "day", None)
    calendar.window.tabs.close_tab(calendar.window.tabs.currentIndex())
    assert page_of(calendar).view == "day"


def test_bx49_a_day_the_program_keeps_is_not_dragged_and_the_hand_is_told_why(calendar) -> None:
    page = page_of(calendar, "calendar_account")
    month = page.views["month"]
    calendar.bot.waitUntil(lambda: month.isVisible() and [each.title for each in month.entries] == ["Acme"])
    drag(month, month.room_of(named(page, "Acme")).center(), month.plan.square(date(2026, 11, 17)).center())
    assert "Next Reminder of accounts is kept by the program" in calendar.said() and month.held is None
    page.tools._fill_menu()
    kept = page.tools.sources["account.next_reminder"]
    menus = {action.text(): action.menu() for action in page.tools.menu.actions() if action.menu() is not None}
    assert [each.text() for each in menus["Accounts by"].actions()] == ["Next Reminder (only shown)"] and kept.kept
    page.take("source", "opportunity.due", None)
    calendar.bot.waitUntil(lambda: page.held.asked.source == "opportunity.due" and month.entries == [])
    assert page.tools.shown.text() == "Opportunities by Due Date"


def test_vt42_ctrl_f_filters_by_words_says_how_many_of_how_many_and_esc_gives_all_back(calendar) -> None:
    page, bot = page_of(calendar), calendar.bot
    week = page.views["week"]
    every = len(week.entries)
    week.setFocus()
    bot.keyClick(week, KEY.Key_F, CONTROL)
    line = page.filtering.line
    assert line.hasFocus() and line.isVisible()
    bot.keyClicks(line, "meeting acme")
    assert {each.title for each in week.entries} == {"Sample box"} and page.filtering.said.text().startswith("1 of ")
    assert page.side.list.count() == 0
    bot.keyClicks(line, " xyz")
    assert week.entries == [] and "Fewer words find more" in page.filtering.said.text()
    assert "Esc shows all" in week.nothing
    bot.keyClick(line, KEY.Key_Escape)
    assert len(week.entries) == every and week.hasFocus() and not line.isVisible()
    line = page.filter_line()
    line.setText("price")
    assert page.side.list.count() == 2 and week.entries == [], "what stands beside the days is filtered too"
    week.setFocus()
    bot.keyClick(week, KEY.Key_Escape)
    assert len(week.entries) == every


def test_vt42_what_goes_on_past_midnight_is_moved_and_lengthened_from_either_day(calendar) -> None:
    made.task(None, "Night shift", calendar.window.session.by, reminder_date=MONDAY, reminder_time=time(22),
              minutes=240, activity="meeting")  # fmt: skip
    page, bot = page_of(calendar), calendar.bot
    week = page.views["week"]
    parts = [each for each in week.entries if each.title == "Night shift"]
    assert [(each.day, each.after) for each in parts] == [(MONDAY, 0), (date(2026, 11, 24), 1)]
    week.bar.setValue(0)
    room = week.room_of(parts[1])
    drag(week, room.center(), room.center() + QPointF(week.grid.column(MONDAY, page.owners[0])[1], week.grid.hour))
    held = stored("Night shift")
    assert (held.reminder_date, held.reminder_time, held.minutes) == (date(2026, 11, 24), time(23), 240)
    stands(bot, week, title="Night shift", day=date(2026, 11, 25), after=1)
    week.bar.setValue(0)
    part = next(each for each in week.entries if each.title == "Night shift" and each.after)
    edge = QPointF(week.room_of(part).center().x(), week.room_of(part).bottom() - 1)
    drag(week, edge, edge + QPointF(0, week.grid.hour))
    assert stored("Night shift").minutes == 300
    stands(bot, week, title="Night shift", minutes=300)
    week.setFocus()
    week.stand_on(next(each for each in week.entries if each.title == "Night shift" and each.after))
    bot.keyClick(week, KEY.Key_Up, SHIFT)
    assert stored("Night shift").minutes == 285
    stands(bot, week, minutes=285, after=1)
    page.take("view", "month", None)
    bot.waitUntil(lambda: page.views["month"].isVisible())
    assert [each.day.day for each in page.views["month"].entries if each.title == "Night shift"] == [24, 25]
