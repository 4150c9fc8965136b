"""A call in three keys: F9, a digit, Ctrl+Enter (BX-1, BX-2, CH-45)."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMenu, QPlainTextEdit, QWidget

from channergy_crm import clock
from channergy_crm.services import leads
from tests.ui.calling import focus, is_open, lead, stands, undo
from tests.ui.gestures import type_in
from tests.ui.hands import ALT, CTRL, KEY

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from tests.ui.hands import Hands

pytestmark = [pytest.mark.engines("sqlite"), pytest.mark.usefixtures("three_leads")]


# ---------------------------------------------------------------- three keys


def in_the_list(hands: Hands) -> None:
    hands.part("leads.grid").setFocus()


def in_a_field(hands: Hands) -> None:
    hands.part("leads.title").setFocus()


def in_the_notes(hands: Hands) -> None:
    hands.part("leads.notes").setFocus()


def on_the_strip(hands: Hands) -> None:
    hands.part("leads.dial").setFocus()


@pytest.mark.parametrize("place", [in_the_list, in_a_field, in_the_notes, on_the_strip], ids=lambda it: it.__name__)
def test_bx1_a_call_is_dialed_noted_and_left_in_three_keystrokes(hands: Hands, place: Any) -> None:
    place(hands)
    before, strokes = focus(), 0
    for key, held in ((KEY.Key_F9, None), (KEY.Key_1, None), (KEY.Key_Return, CTRL)):
        hands.press(key, held) if held else hands.press(key)
        strokes += 1
        if key == KEY.Key_F9:
            assert focus().startswith("call.result."), "the results have the keys"
    stands(hands, "Bob")
    assert strokes == 3 and not is_open(hands)
    called = lead("Cleo")
    assert (called.call_code, called.call_try, called.call_status) == ("N", "2", "Not Reached")
    assert (called.call_date, called.reminder_date) == (date(2026, 11, 23), date(2026, 11, 24))
    assert focus() == before, "the keys are where they were: the next call begins there"
    assert hands.said() == "Cleo: No Answer. Next try Tue 24 Nov 10:00."
    hands.press(KEY.Key_F9)
    hands.press(KEY.Key_2)
    hands.press(KEY.Key_Return, CTRL)
    stands(hands, "Ann")
    assert lead("Bob").call_code == "B"


def test_bx1_after_the_last_lead_it_is_said_and_stays_there(hands: Hands) -> None:
    hands.stand("leads", 2)
    stands(hands, "Ann")
    hands.press(KEY.Key_F9)
    hands.press(KEY.Key_8)
    hands.press(KEY.Key_Return, CTRL)
    assert hands.said() == "Ann: Wrong Number. That was the last lead of the list."
    stands(hands, "Ann")
    assert not is_open(hands) and lead("Ann").call_code == "WN"


def test_bx1_the_next_lead_is_the_next_row_though_this_one_leaves_the_filter(hands: Hands) -> None:
    hands.part("leads.search").setText("call_try=1")
    hands.bot.waitUntil(lambda: hands.rows("leads") == 3)
    hands.read_to_the_end("leads")
    hands.stand("leads", 0)
    for name, following in (("Cleo", "Bob"), ("Bob", "Ann")):
        stands(hands, name)
        hands.press(KEY.Key_F9)
        hands.press(KEY.Key_1)
        hands.press(KEY.Key_Return, CTRL)
        stands(hands, following)


def test_bx2_undo_takes_the_whole_call_back_and_comes_to_the_lead(hands: Hands) -> None:
    hands.fill("leads.title", "Boss", leave=False)
    hands.press(KEY.Key_F9)
    hands.press(KEY.Key_4)
    hands.press(KEY.Key_Tab)
    hands.type("Back after two.")
    hands.press(KEY.Key_Return, CTRL)
    stands(hands, "Bob")
    called = lead("Cleo")
    assert called.title == "Boss" and called.notes.endswith("ADMIN · Call Back: Back after two.")
    undo(hands)
    stands(hands, "Cleo")
    taken_back = lead("Cleo")
    assert (taken_back.title, taken_back.notes, taken_back.call_try) == ("", "Met.", "1")


# ---------------------------------------------------------------- the keys of the bar


def test_bx1_tab_goes_to_the_note_and_alt_digits_work_there_and_in_any_field(hands: Hands) -> None:
    hands.press(KEY.Key_F9)
    hands.press(KEY.Key_Tab)
    assert focus() == "call.note"
    hands.type("9 to 5")
    hands.press(KEY.Key_3, ALT)
    assert hands.part("call.note").toPlainText() == "9 to 5", "digits belong to the note"
    assert hands.part("call.result.A").isChecked()
    hands.part("leads.company").setFocus()
    hands.press(KEY.Key_4, ALT)
    assert hands.part("call.result.CALLBK").isChecked() and not hands.part("call.result.A").isChecked()
    hands.press(KEY.Key_Return, CTRL)
    stands(hands, "Bob")
    assert lead("Cleo").call_code == "CALLBK"


def test_bx1_nought_offers_the_others_by_digit(hands: Hands) -> None:
    hands.press(KEY.Key_F9)
    hands.press(KEY.Key_0)
    menu = next(menu for menu in hands.window.findChildren(QMenu, "call.others") if menu.isVisible())
    words = [action.text() for action in menu.actions()]
    assert words == ["&1  Disconnected Number", "&2  No Pitch No Price", "&3  Declined Sale", "&4  New Lead"]
    hands.bot.keyClick(menu, KEY.Key_3)
    assert hands.part("call.result.other").text() == "0  Declined Sale"
    hands.press(KEY.Key_Return, CTRL)
    stands(hands, "Bob")
    assert lead("Cleo").call_code == "DEC"


def test_bx1_plus_and_minus_go_through_the_pills_and_t_types_the_next_try(hands: Hands) -> None:
    hands.press(KEY.Key_F9)
    hands.press(KEY.Key_1)
    line = hands.part("call.next_try")
    assert line.text() == "Tue 24 Nov 10:00"
    assert hands.part("call.pill.tomorrow").isChecked()
    seen = []
    for key in (KEY.Key_Plus, KEY.Key_Plus, KEY.Key_Plus, KEY.Key_Plus, KEY.Key_Minus):
        type_in(QApplication.focusWidget(), "+" if key == KEY.Key_Plus else "-")
        seen.append(line.text())
    assert seen == ["Mon 23 Nov 11:00", "Wed 25 Nov 10:00", "Thu 26 Nov 10:00", "", "Thu 26 Nov 10:00"]
    hands.press(KEY.Key_2)
    assert line.text() == "Thu 26 Nov 10:00", "what somebody has chosen stays"
    hands.press(KEY.Key_T)
    assert focus() == "call.next_try"
    for typed, wanted in (
        ("fri 10", "Fri 27 Nov 10:00"),
        ("+2d", "Wed 25 Nov 10:00"),
        ("tmrw 9:30", "Tue 24 Nov 09:30"),
    ):
        line.selectAll()
        type_in(line, typed)
        line.tidy()
        assert line.text() == wanted
    hands.press(KEY.Key_Return, CTRL)
    stands(hands, "Bob")
    assert (lead("Cleo").reminder_date, lead("Cleo").reminder_time) == (date(2026, 11, 24), time(9, 30))


def test_bx1_a_next_try_that_cannot_be_read_or_is_over_is_said_and_nothing_is_written(hands: Hands) -> None:
    hands.press(KEY.Key_F9)
    hands.press(KEY.Key_1)
    hands.press(KEY.Key_T)
    for typed, said in (("soonish", "is not a date this can read"), ("20 nov 2026", "is over already")):
        line = hands.part("call.next_try")
        line.selectAll()
        type_in(line, typed)
        hands.press(KEY.Key_Return, CTRL)
        assert said in hands.said() and is_open(hands) and focus() == "call.next_try"
        assert said in hands.part("call.there").text()
    assert lead("Cleo").call_code == ""
    hands.press(KEY.Key_Escape)


def test_bx1_without_a_result_nothing_is_saved_and_the_results_have_the_keys(hands: Hands) -> None:
    hands.press(KEY.Key_F9)
    hands.press(KEY.Key_Tab)
    hands.press(KEY.Key_Return, CTRL)
    assert hands.said() == "Say first how the call went: press 1 to 9, or 0 for the others."
    assert focus().startswith("call.result.") and is_open(hands)


def test_ch42_save_and_next_keeps_its_meaning_and_has_its_key_again_after_the_call(hands: Hands) -> None:
    hands.press(KEY.Key_F9)
    assert hands.button("leads.save_and_next").isVisible(), "the command bar stays below the call bar"
    hands.press(KEY.Key_Escape)
    assert not is_open(hands)
    hands.press(KEY.Key_Return, CTRL)
    assert hands.part("leads.list").current() is None and hands.shows("leads.first_name") == ""


def test_bx1_f9_again_dials_the_same_number_and_keeps_what_was_noted(hands: Hands) -> None:
    hands.press(KEY.Key_F9)
    hands.press(KEY.Key_4)
    hands.press(KEY.Key_Tab)
    hands.type("Hung up on me")
    with clock.fixed(datetime(2026, 11, 23, 10, 2, 14)):
        hands.bot.waitUntil(lambda: hands.part("call.timer").text() == "02:14")
        hands.press(KEY.Key_F9)
        assert hands.part("call.timer").text() == "00:00"
    assert hands.part("call.note").toPlainText() == "Hung up on me" and hands.part("call.result.CALLBK").isChecked()
    assert len(hands.window.findChildren(QWidget, "call.panel")) == 1


# ---------------------------------------------------------------- how it stands


@pytest.mark.parametrize("width", [960, 1280, 1440, 1920])
def test_ch3_everything_has_its_place_at_every_width(hands: Hands, width: int) -> None:
    hands.window.resize(width, 900)
    hands.press(KEY.Key_F9)
    hands.press(KEY.Key_1)
    QApplication.processEvents()
    bar = hands.part("call.panel")
    parts = [child for child in bar.findChildren(QWidget) if child.isVisible() and child.parentWidget() is bar]
    rooms = {part.objectName() or type(part).__name__: part.geometry() for part in parts}
    for name, room in rooms.items():
        assert bar.rect().contains(room), (name, room, bar.rect())
    placed = list(rooms.items())
    crossing = [
        (one, other) for at, (one, room) in enumerate(placed) for other, its in placed[at + 1 :] if room.intersects(its)
    ]
    assert not crossing
    for child in (child for kind in (QAbstractButton, QLineEdit, QPlainTextEdit) for child in bar.findChildren(kind)):
        assert child.accessibleName() and child.objectName().startswith("call."), child
    narrow = hands.part("call.note").geometry().top() > hands.part("call.results").geometry().bottom()
    assert narrow == (bar.width() < 760)
    assert hands.part("call.save_and_next").width() >= hands.part("call.save_and_next").sizeHint().width()
    row = hands.part("call.next_try").parentWidget()
    for pill in row.children():
        if isinstance(pill, QWidget) and pill.isVisible():
            assert row.rect().contains(pill.geometry()), pill.objectName()
    assert hands.part("call.pill.tomorrow").isVisible()


def test_bx44_a_call_back_is_ones_own_or_anyones(hands: Hands) -> None:
    for name, anyone, whose in (("Cleo", False, "ADMIN"), ("Bob", True, None)):
        stands(hands, name)
        hands.press(KEY.Key_F9)
        hands.press(KEY.Key_4)
        if anyone:
            hands.click("call.anyone")
        hands.press(KEY.Key_Return, CTRL)
        hands.bot.waitUntil(lambda: not is_open(hands))
        assert lead(name).promised_by == whose


def test_ch3_bx44_anyone_has_room_in_a_language_of_long_words(hands: Hands) -> None:
    hands.window.resize(960, 900)
    hands.press(KEY.Key_F9)
    bar = hands.part("call.panel")
    bar.next_try.label.setText("Nächster Versuch")
    bar.save.setText("Anruf speichern, weiter")
    hands.press(KEY.Key_4)
    anyone = hands.part("call.anyone")
    hands.bot.waitUntil(lambda: anyone.isVisible() and anyone.parentWidget().rect().contains(anyone.geometry()))


def test_bx1_the_time_there_is_said_and_the_dial_button_is_not_the_loud_one(hands: Hands) -> None:
    hands.window.resize(1920, 900)
    theirs = lead("Cleo")
    theirs.time_zone = "Europe/Berlin"
    leads.save(theirs, "ADMIN")
    stands(hands, "Cleo")
    hands.press(KEY.Key_F9)
    hands.press(KEY.Key_2)
    there = datetime(2026, 11, 23, 10, 30).astimezone(ZoneInfo("Europe/Berlin"))
    assert hands.part("call.there").text() == f"{there:%H:%M} there"
    assert hands.part("leads.dial").look != "loud" and hands.part("call.save_and_next").look == "loud"
    hands.press(KEY.Key_Escape)
    assert hands.part("leads.dial").look == "loud"


# ---------------------------------------------------------------- a low window


def has_commands(hands: Hands) -> bool:
    """Whether the command bar is seen below the call bar."""
    return any(button.isVisible() for button in hands.window.findChildren(QAbstractButton, "leads.save"))


def in_the_menu(hands: Hands) -> dict[str, QAction]:
    """What ⋯ beside the pager offers, by its name."""
    menu = hands.part("leads.record_menu", QMenu)
    menu.aboutToShow.emit()
    offered = {action.objectName(): action for action in menu.actions() if not action.isSeparator()}
    menu.aboutToHide.emit()
    QApplication.processEvents()
    return offered


def test_f50_below_680_pixels_the_commands_stand_in_the_menu_while_a_call_is_noted(hands: Hands) -> None:
    commands = ["leads.save", "leads.cancel", "leads.save_and_next", "leads.convert"]
    hands.window.resize(1280, 640)
    assert has_commands(hands) and "leads.save" not in in_the_menu(hands)
    hands.press(KEY.Key_F9)
    assert not has_commands(hands)
    offered = in_the_menu(hands)
    assert list(offered)[:4] == commands
    assert not offered["leads.save"].isEnabled() and offered["leads.save"].toolTip() == "Nothing has been changed."
    hands.fill("leads.title", "Boss", leave=False)
    in_the_menu(hands)["leads.save"].trigger()
    assert lead("Cleo").title == "Boss" and is_open(hands) and not has_commands(hands)
    hands.window.resize(1280, 700)
    assert has_commands(hands) and "leads.save" not in in_the_menu(hands)
    hands.window.resize(1280, 640)
    assert not has_commands(hands)
    hands.press(KEY.Key_Escape)
    assert has_commands(hands) and "leads.save" not in in_the_menu(hands)


def test_f50_a_new_lead_in_a_call_is_saved_from_the_menu_as_well(hands: Hands) -> None:
    hands.window.resize(960, 600)
    hands.click("leads.create")
    hands.fill("leads.description", "Rang us", leave=False)
    hands.fill("leads.phone", "212-555-0177", leave=False)
    hands.press(KEY.Key_F9)
    assert not has_commands(hands)
    in_the_menu(hands)["leads.save"].trigger()
    assert lead("").description == "Rang us" and is_open(hands)
    assert focus().startswith("call.result.")


def test_f2_a_key_that_stands_in_the_menu_means_one_thing_after_it_was_open(hands: Hands) -> None:
    assert "leads.menu.dial" in in_the_menu(hands)
    hands.press(KEY.Key_F9)
    assert is_open(hands)
