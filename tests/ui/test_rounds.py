"""Calling through a list by keys alone (BX-4): the next one is there, what was done is undone, nobody is lost."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QListWidget, QWidget

from channergy_crm import clock, settings
from channergy_crm.records import Lead, PhoneCall, Task
from channergy_crm.records.call_log import ClaimRow
from channergy_crm.records.goals import Goal
from channergy_crm.records.pauses import PauseRow
from channergy_crm.records.views import ListView
from channergy_crm.services import call_lists, goals, leads, operators, saving, views
from channergy_crm.services.calls import Call, write_call
from channergy_crm.store import database
from tests.ui.calling import NAMES, focus, is_open, lead, stands
from tests.ui.hands import ALT, CTRL, KEY
from ui.pages.call.lists_dialog import CallListsDialog
from ui.timeline.entry_list import EntryList

if TYPE_CHECKING:
    from tests.ui.hands import Hands

pytestmark = [pytest.mark.engines("sqlite"), pytest.mark.usefixtures("three_leads")]
FIRST, SECOND, THIRD = NAMES[::-1]


def calls(hands: Hands, name: str) -> None:
    """This one is next, and Enter dials."""
    stands_alone(hands, name)
    hands.bot.waitUntil(lambda: focus() == "call.dial")


def stands_alone(hands: Hands, name: str) -> None:
    """The lead that is open; the list is behind the queue."""
    hands.bot.waitUntil(lambda: hands.shows("leads.first_name") == name)


def begin(hands: Hands) -> None:
    """Three leads, and the first of them."""
    hands.press(KEY.Key_F9, CTRL)
    calls(hands, FIRST)


def queue_says(hands: Hands) -> list[str]:
    """The rows of the queue, as a screen reader hears them."""
    entries = hands.part("queue.list").entries
    return [str(entries.data(entries.index(place))) for place in range(entries.rowCount())]


def test_bx4_three_keys_from_no_answer_to_the_next_number(hands: Hands) -> None:
    begin(hands)
    hands.press(KEY.Key_Return)
    hands.bot.waitUntil(lambda: is_open(hands) and focus().startswith("call.result."))
    hands.bot.waitUntil(lambda: hands.window._pages[1].calling._dialed is not None)
    hands.press(KEY.Key_1)
    hands.press(KEY.Key_Return, CTRL)
    calls(hands, SECOND)
    hands.press(KEY.Key_Return)
    hands.bot.waitUntil(lambda: is_open(hands))
    (row,) = PhoneCall.select()
    assert (row.lead, row.code, row.list_name) == (lead(FIRST).number, "N", "Working leads")
    assert row.bridge == "copy_only"
    assert [entry.by for entry in ClaimRow.select()] == ["ADMIN"], "only the one who is called now is taken"
    assert queue_says(hands)[:2] == ["Called, 1, last three", f"{FIRST}, No Answer, {row.ended:%H:%M}"]
    assert "Calling Working leads · 1 of 3" in hands.part("main.status").text()
    assert (hands.part("leads.place").text(), hands.part("leads.next_record").isEnabled()) == ("2 of 3", False)


def test_bx4_undo_steps_back_to_the_one_before_with_everything_reverted(hands: Hands) -> None:
    begin(hands)
    hands.press(KEY.Key_Return)
    hands.press(KEY.Key_5)
    hands.press(KEY.Key_Return, CTRL)
    calls(hands, SECOND)
    assert lead(FIRST).call_code == "NI"
    hands.press(KEY.Key_Z, CTRL)
    calls(hands, FIRST)
    assert not lead(FIRST).call_code and not PhoneCall.select().exists()
    assert queue_says(hands)[0] == "Now"
    hands.press(KEY.Key_S, ALT)
    calls(hands, SECOND)  # who was on the screen is not passed over
    assert hands.part("queue.left_out").words() == "1 skipped"


@pytest.mark.parametrize("in_a_call", [False, True])
def test_bx4_do_not_call_is_one_key_and_saved_at_once(hands: Hands, in_a_call: bool) -> None:
    begin(hands)
    if in_a_call:
        hands.press(KEY.Key_Return)
        hands.bot.waitUntil(lambda: is_open(hands))
    hands.press(KEY.Key_D, ALT)
    calls(hands, SECOND)
    assert lead(FIRST).call_code == "DNC"
    assert PhoneCall.select().exists() == in_a_call
    hands.click("notices.undo")
    hands.bot.waitUntil(lambda: not lead(FIRST).call_code)


def test_f1_after_the_queue_the_row_of_the_list_is_who_was_called_last(hands: Hands) -> None:
    begin(hands)
    assert not hands.part("leads.remove").isVisible(), "the commands of the record stand in ⋯ meanwhile"
    hands.press(KEY.Key_S, ALT)
    calls(hands, SECOND)
    hands.press(KEY.Key_Escape)
    stands(hands, SECOND)
    assert hands.part("leads.place").text() == "2 of 3" and hands.part("leads.remove").isVisible()


def test_bx4_skip_and_snooze_and_a_task_are_one_key_each(hands: Hands) -> None:
    begin(hands)
    hands.press(KEY.Key_S, ALT)
    calls(hands, SECOND)
    hands.press(KEY.Key_Z, ALT)
    menu = hands.part("call.snooze_menu")
    hands.bot.keyClick(menu, KEY.Key_2)
    calls(hands, THIRD)
    tomorrow = clock.today() + timedelta(days=1)
    assert (lead(FIRST).reminder_date, lead(SECOND).reminder_date) == (None, tomorrow)
    with hands.answering("new_record.create"):
        hands.press(KEY.Key_T, ALT)
    assert Task.get().lead == lead(THIRD).number


def test_bx4_pause_says_why_and_nothing_dials_by_itself_meanwhile(hands: Hands) -> None:
    hands.window.session.station.set(settings.COUNTDOWN, 60)
    begin(hands)
    said = hands.part("queue.countdown")
    assert said.text() == "Dials in 60 seconds · Esc"
    hands.press(KEY.Key_P, ALT)
    hands.bot.keyClick(hands.part("call.pause_menu"), KEY.Key_Return)
    assert hands.part("queue.said").text().startswith("Paused: Break, since") and not said.text()
    with clock.fixed(clock.now() + timedelta(minutes=25)):
        hands.press(KEY.Key_P, ALT)
    assert hands.part("queue.said").text().startswith("0 of 3 called") and said.text()
    assert [(row.by, row.reason, row.seconds) for row in PauseRow.select()] == [("ADMIN", "break", 1500)]
    hands.press(KEY.Key_Escape)
    assert not said.text() and hands.part("queue.pane").isVisible()


def test_bx45_the_next_one_is_dialed_by_itself_unless_esc_stops_it_and_what_follows_a_call_is_measured(
    hands: Hands,
) -> None:
    hands.window.session.station.set(settings.COUNTDOWN, 60)
    begin(hands)
    hands.press(KEY.Key_Escape)
    assert (hands.part("queue.countdown").text(), queue_says(hands)[0]) == ("", "Now"), "Esc stops it, no more"
    hands.window.session.station.set(settings.COUNTDOWN, 1)
    hands.press(KEY.Key_S, ALT)
    hands.bot.waitUntil(lambda: hands.shows("leads.first_name") == SECOND and is_open(hands))
    hands.press(KEY.Key_5)
    with clock.fixed(clock.now() + timedelta(seconds=40)):
        hands.press(KEY.Key_Return, CTRL)
        assert PhoneCall.get().wrap_up == 40


def test_c23_while_somebody_is_on_the_line_what_was_before_stands_beside_the_call(hands: Hands) -> None:
    write_call(lead(FIRST), Call("CALLBK", note="Asked for the price"), "ADMIN")
    saved = lead(FIRST)
    saved.reminder_date = None
    saving.save(saved, "ADMIN")
    hands.window.resize(1440, 900)
    begin(hands)
    hands.press(KEY.Key_Return)
    hands.bot.waitUntil(lambda: is_open(hands))
    hands.bot.waitUntil(lambda: hands.window.findChild(EntryList, "timeline.list") is not None)
    listed = hands.part("timeline.list", EntryList)
    hands.bot.waitUntil(lambda: listed.rows.count() > 0)
    assert any("Asked for the price" in str(listed.rows.data(listed.rows.index(row))) for row in range(9))


def test_bx41_the_next_number_of_the_same_person_comes_before_the_next_person(hands: Hands) -> None:
    for name, number in ((FIRST, "800-555-0177"), (SECOND, "800-555-0178")):
        held = lead(name)
        held.other_phone = number
        leads.save(held, "ADMIN")
    hands.press(KEY.Key_F9, CTRL)
    calls(hands, FIRST)
    hands.press(KEY.Key_Return)
    hands.press(KEY.Key_1)
    hands.press(KEY.Key_Return, CTRL)
    hands.bot.waitUntil(lambda: "800-555-0177" in hands.part("queue.countdown").text())
    calls(hands, FIRST)
    hands.press(KEY.Key_Return)
    hands.press(KEY.Key_1)
    hands.press(KEY.Key_Return, CTRL)
    calls(hands, SECOND)
    assert [row.phone for row in PhoneCall.select().order_by(PhoneCall.number)] == ["800-555-0102", "800-555-0177"]
    assert lead(FIRST).call_try == "2", "two numbers, one try"
    hands.press(KEY.Key_Return)
    hands.bot.waitUntil(lambda: is_open(hands))
    assert hands.part("call.number").text() == lead(SECOND).phone, "their own first number"
    hands.press(KEY.Key_5)
    hands.press(KEY.Key_Return, CTRL)
    calls(hands, THIRD)  # who was reached is not called at another number
    assert lead(SECOND).call_try == "2"


def test_bx4_escape_ends_calling_and_gives_the_lead_back(hands: Hands) -> None:
    begin(hands)
    hands.press(KEY.Key_Escape)
    hands.bot.waitUntil(lambda: not hands.part("queue.pane").isVisible())
    assert not ClaimRow.select().exists() and hands.part("leads.grid").isVisible()
    assert "0 called, 0 reached." in hands.said()
    stands(hands, FIRST)


def test_bx4_when_nobody_is_left_it_is_said_with_the_reasons(hands: Hands) -> None:
    begin(hands)
    for _each in NAMES:
        hands.press(KEY.Key_D, ALT)
    hands.bot.waitUntil(lambda: "Nobody is left to call in this list." in hands.said())
    assert hands.part("queue.list").hasFocus()
    assert hands.part("notices.action").text() == "Something to do…", "VS-22: offered when the queue is empty"


def test_bx4_who_may_be_called_by_now_comes_when_somebody_looks_at_the_queue_and_takes_no_keys_elsewhere(
    hands: Hands,
) -> None:
    begin(hands)
    for _each in NAMES[1:]:
        hands.press(KEY.Key_D, ALT)
    calls(hands, THIRD)
    hands.press(KEY.Key_Escape)
    held = lead(THIRD)
    held.reminder_date, held.reminder_time = clock.today(), (clock.now() + timedelta(minutes=40)).time()
    leads.save(held, "ADMIN")
    hands.press(KEY.Key_F9, CTRL)
    hands.bot.waitUntil(lambda: "1 may be later" in hands.said())
    assert not hands.part("call.skip").isEnabled() and hands.window._pages[1].panel.form.isVisible(), "no empty script"
    hands.go("tasks")
    before = QApplication.focusWidget()
    with clock.fixed(clock.now() + timedelta(minutes=41)):
        hands.window.tick()
        assert QApplication.focusWidget() is before and not ClaimRow.select().exists(), "nobody is taken meanwhile"
        hands.go("leads")
        calls(hands, THIRD)
    assert hands.part("call.skip").isEnabled()


def test_bx45_nobody_is_dialed_by_itself_while_somebody_is_on_another_page(hands: Hands) -> None:
    hands.window.session.station.set(settings.COUNTDOWN, 1)
    begin(hands)
    calling = hands.window._pages[1].calling
    counting = calling.rounds.countdown
    question = QDialog(hands.window)
    question.setModal(True)
    question.show()
    hands.bot.waitUntil(lambda: not counting.is_running)
    assert not is_open(hands), "something else is asked first"
    question.close()
    hands.window.activateWindow()
    hands.press(KEY.Key_S, ALT)
    assert counting.is_running
    hands.go("tasks")
    hands.bot.waitUntil(lambda: not counting.is_running)
    assert hands.here() == "tasks" and not calling.is_open


def test_bx4_a_lead_of_the_list_behind_is_taken_out_of_turn(hands: Hands) -> None:
    begin(hands)
    rows = hands.part("queue.list")
    place = next(place for place, row in enumerate(rows.entries.rows) if row.title == THIRD)
    rows.setFocus()
    rows.setCurrentIndex(rows.entries.index(place))
    hands.press(KEY.Key_Return)
    calls(hands, THIRD)
    with database.writing():
        ClaimRow.update(until=1).execute()
    hands.window.tick()
    assert ClaimRow.get().until > 1, "a minute later it is still with this window"


def test_bx4_when_somebody_else_sits_down_or_the_window_goes_nobody_stays_taken(hands: Hands) -> None:
    operators.add("BEA", "Bea", "ADMIN")
    begin(hands)
    hands.choose("main.operator", "BEA  Bea")
    hands.bot.waitUntil(lambda: not hands.part("queue.pane").isVisible())
    assert not ClaimRow.select().exists()
    hands.choose("main.operator", "ADMIN  Administrator")
    stands(hands, FIRST)
    begin(hands)
    assert ClaimRow.select().exists()
    hands.window.session.closing.emit()
    assert not ClaimRow.select().exists()


def test_bx4_due_reminders_are_called_through_from_their_page(hands: Hands) -> None:
    held = lead(THIRD)
    held.reminder_date = clock.today()
    leads.save(held, "ADMIN")
    hands.go("reminders")
    hands.bot.waitUntil(lambda: hands.button("reminders.start_calling").isEnabled())
    hands.press(KEY.Key_F9, CTRL)
    calls(hands, THIRD)
    assert hands.here() == "leads" and hands.part("queue.name").text().startswith("Due reminders")


def test_bx1_a_reminder_is_dialed_on_the_page_of_its_lead_and_one_is_back_afterwards(hands: Hands) -> None:
    held = lead(THIRD)
    held.reminder_date = clock.today()
    leads.save(held, "ADMIN")
    hands.go("reminders")
    hands.part("reminders.tabs").setCurrentIndex(2)
    hands.read_to_the_end("reminders.leads")
    hands.bot.waitUntil(lambda: hands.part("reminders.leads.list").current() == held.number)
    hands.press(KEY.Key_F9)
    hands.bot.waitUntil(lambda: is_open(hands))
    assert hands.here() == "leads"
    hands.press(KEY.Key_5)
    hands.press(KEY.Key_Return, CTRL)
    hands.bot.waitUntil(lambda: hands.here() == "reminders")
    assert lead(THIRD).call_code == "NI"


def test_bx4_enter_dials_in_a_low_window_as_well_and_nobody_in_a_pause(hands: Hands) -> None:
    hands.window.resize(960, 640)
    begin(hands)
    assert hands.part("call.dial").isVisible()
    hands.press(KEY.Key_P, ALT)
    hands.part("call.pause_menu").actions()[0].trigger()
    assert not hands.part("call.dial").isEnabled() and focus() == "call.pause"
    hands.press(KEY.Key_P, ALT)
    hands.bot.waitUntil(lambda: focus() == "call.dial")
    hands.press(KEY.Key_Return)
    hands.bot.waitUntil(lambda: is_open(hands))
    assert not hands.part("call.dial").isVisible()
    hands.window.grab()  # a picture of the window moves nothing
    for width in (960, 1440, 960):  # however often there was room for it beside the list
        hands.window.resize(width, 700)
        tray = hands.part("queue.tray")
        hands.bot.waitUntil(lambda width=width, tray=tray: tray.isVisible() == (width == 960))
        for place, name in enumerate(("queue.list", "call.script", "call.timeline.find") if width == 960 else ()):
            tray.setCurrentIndex(place)
            hands.bot.waitUntil(hands.part(name).isVisible)


def test_bx22_the_goals_of_today_stand_in_the_head_of_the_queue_and_follow_every_call(hands: Hands) -> None:
    goals.save(Goal(calls=5), "ADMIN")
    begin(hands)
    shown = hands.part("queue.goals")
    hands.bot.waitUntil(lambda: shown.isVisible() and "0" in shown.text())
    hands.press(KEY.Key_Return)
    hands.bot.waitUntil(lambda: is_open(hands) and focus().startswith("call.result."))
    hands.press(KEY.Key_1)
    hands.press(KEY.Key_Return, CTRL)
    hands.bot.waitUntil(lambda: shown.text().startswith("1"))


def test_bx46_several_lists_are_chosen_with_what_each_asks_and_called_in_their_order(hands: Hands) -> None:
    for name, text in (("All of them", ""), ("Bob alone", "first_name:Bob")):
        views.save(ListView(screen="leads", name=name, filter_text=text, owner="ADMIN"), Lead, "ADMIN")
    page, session = hands.window._pages[1], hands.window.session
    dialog = CallListsDialog(session, page)
    dialog.show()
    ticks = dialog.findChild(QListWidget, "call_lists.list")
    hands.bot.waitUntil(lambda: ticks.item(1).text() == "Bob alone  ·  1 lead")
    dialog.accept()
    assert dialog.isVisible(), "no list is chosen yet"
    ticks.setCurrentRow(1)
    ticks.item(1).setCheckState(Qt.CheckState.Checked)
    dialog._ticks.move_current(-1)
    ticks.item(1).setCheckState(Qt.CheckState.Checked)
    most = dialog.findChild(QLineEdit, "call_lists.most_a_day")
    for wrong in ("0", "-1", "many", "1000000"):
        most.setText(wrong)
        dialog.accept()
        assert dialog.isVisible() and dialog.findChild(QWidget, "call_lists.said").isVisible(), wrong
    most.setText("5")
    dialog.accept()
    assert not dialog.isVisible() and call_lists.limits_named("Bob alone", "ADMIN").most_a_day == 5
    hands.window.activateWindow()
    hands.bot.waitUntil(hands.window.isActiveWindow)
    page.calling.rounds.start([call_lists.feed(view, "ADMIN") for view in dialog.chosen()])
    calls(hands, "Bob")
    assert hands.part("queue.name").text() == "Bob alone and 1 more"
    hands.press(KEY.Key_S, ALT)
    calls(hands, FIRST)
    again = CallListsDialog(session, page)
    assert [view.name for view in again.chosen()] == ["Bob alone", "All of them"], "remembered"
