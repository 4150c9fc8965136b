"""What is noted in a call is never lost: left without a result, left with one, a telephone that fails (BX-1, C7)."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import dialing
from channergy_crm.dialing.copy_only import CopyOnly
from channergy_crm.errors import Surroundings
from channergy_crm.records import Lead
from channergy_crm.services import leads, operators
from channergy_crm.store import database
from tests.ui.calling import NAMES, focus, is_open, lead, stands, undo
from tests.ui.hands import ALT, CTRL, KEY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from channergy_crm.dialing import Bridge
    from tests.ui.hands import Hands

pytestmark = [pytest.mark.engines("sqlite"), pytest.mark.usefixtures("three_leads")]


# ---------------------------------------------------------------- left without a result


def test_bx1_esc_leaves_without_a_result_keeps_the_note_and_undo_brings_both_back(hands: Hands) -> None:
    hands.part("leads.grid").setFocus()
    hands.press(KEY.Key_F9)
    hands.press(KEY.Key_2)
    hands.press(KEY.Key_Tab)
    hands.type("Front desk")
    hands.press(KEY.Key_Escape)
    assert not is_open(hands) and focus() == "leads.grid"
    assert hands.said() == "Left without a result; the note is kept."
    assert (lead("Cleo").call_code, lead("Cleo").notes) == ("", "Met.")
    undo(hands)
    assert is_open(hands) and hands.part("call.note").toPlainText() == "Front desk"
    assert hands.part("call.result.B").isChecked()


def test_bx1_the_note_of_a_call_without_a_result_comes_back_with_the_next_call(hands: Hands) -> None:
    hands.press(KEY.Key_F9)
    hands.press(KEY.Key_Tab)
    hands.type("Front desk")
    hands.click_row("leads", 1)
    stands(hands, "Bob")
    assert not is_open(hands) and hands.said() == "The call has no result yet; the note is kept."
    hands.press(KEY.Key_F9)
    assert hands.part("call.note").toPlainText() == ""
    hands.press(KEY.Key_Escape)
    hands.click_row("leads", 0)
    stands(hands, "Cleo")
    hands.press(KEY.Key_F9)
    assert hands.part("call.note").toPlainText() == "Front desk"


def test_bx1_undo_after_leaving_goes_back_to_the_lead(hands: Hands) -> None:
    hands.press(KEY.Key_F9)
    hands.press(KEY.Key_Tab)
    hands.type("Front desk")
    hands.press(KEY.Key_Down, ALT)
    stands(hands, "Bob")
    undo(hands)
    stands(hands, "Cleo")
    assert is_open(hands) and hands.part("call.note").toPlainText() == "Front desk"


def another_row(hands: Hands) -> None:
    hands.click_row("leads", 1)


def another_tab(hands: Hands) -> None:
    hands.go("tasks")


def a_new_lead(hands: Hands) -> None:
    hands.click("leads.create")


@pytest.mark.parametrize("leave", [another_row, another_tab, a_new_lead], ids=lambda it: it.__name__)
def test_c7_with_a_result_the_call_is_written_when_the_lead_is_left(hands: Hands, leave: Any) -> None:
    hands.press(KEY.Key_F9)
    hands.press(KEY.Key_2)
    hands.press(KEY.Key_Tab)
    hands.type("Rang twice")
    leave(hands)
    hands.bot.waitUntil(lambda: not is_open(hands))
    assert (lead("Cleo").call_code, lead("Cleo").call_try) == ("B", "2")
    assert lead("Cleo").notes.endswith("Busy: Rang twice")
    assert hands.said() == "Cleo: Busy. Next try Mon 23 Nov 10:30."


def test_bx19_the_note_of_a_call_outlives_the_program(hands: Hands, home: Any) -> None:
    hands.press(KEY.Key_F9)
    hands.press(KEY.Key_Tab)
    hands.type("Front desk")
    hands.press(KEY.Key_Escape)
    hands.click_row("leads", 1)
    stands(hands, "Bob")
    hands.press(KEY.Key_F9)
    hands.press(KEY.Key_Tab)
    hands.type("Rang twice")
    hands.press(KEY.Key_Escape)
    hands.press(KEY.Key_F9)
    assert hands.part("call.note").toPlainText() == "Rang twice"
    hands.press(KEY.Key_8)
    hands.press(KEY.Key_Return, CTRL)
    hands.open_again()
    hands.go("leads")
    hands.reads("leads", "first_name", NAMES[::-1])
    hands.press(KEY.Key_F9)
    assert hands.part("call.note").toPlainText() == "Front desk"
    hands.press(KEY.Key_Escape)
    hands.click_row("leads", 1)
    stands(hands, "Bob")
    hands.press(KEY.Key_F9)
    assert hands.part("call.note").toPlainText() == "", "it was written down"


# ---------------------------------------------------------------- what may not go wrong


class NoLine(CopyOnly):
    """A way to dial that does not work."""

    def check(self) -> str | None:
        """It never does."""
        return "The telephone does not answer."


def test_bx1_when_dialing_fails_the_bar_is_open_and_says_where_the_number_is(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    def chosen(_station: object, clipboard: Any, **_whose: object) -> Bridge:
        return NoLine(clipboard)

    monkeypatch.setattr(dialing, "chosen", chosen)
    hands.press(KEY.Key_F9)
    said = hands.part("call.said")
    hands.bot.waitUntil(lambda: said.text() == "Not dialed: +18005550102 is on the clipboard · try 2 of 6")
    assert is_open(hands) and "The telephone does not answer." in hands.said()
    assert focus().startswith("call.result.")


def test_c6_what_two_have_typed_is_asked_about_and_the_call_is_written_all_the_same(hands: Hands) -> None:
    operators.add("ANN", "Ann Lee", "ADMIN")
    hands.fill("leads.title", "Boss", leave=False)
    theirs = lead("Cleo")
    theirs.title = "Clerk"
    leads.save(theirs, "ANN")
    hands.press(KEY.Key_F9)
    hands.press(KEY.Key_1)
    with hands.answering("clash.save"):
        hands.press(KEY.Key_Return, CTRL)
    stands(hands, "Bob")
    assert (lead("Cleo").title, lead("Cleo").call_code, lead("Cleo").call_try) == ("Boss", "N", "2")
    hands.press(KEY.Key_Z, CTRL)
    stands(hands, "Cleo")
    assert (lead("Cleo").title, lead("Cleo").call_code, lead("Cleo").call_try) == ("Clerk", "", "1"), "BX-2: one step"


@contextmanager
def server_gone() -> Iterator[None]:
    """The store does not answer when something is to be written."""

    def gone() -> None:
        raise Surroundings("The server does not answer.")

    with pytest.MonkeyPatch.context() as away:
        away.setattr(database.proxy.obj, "look_for_it", gone)
        yield


@pytest.mark.parametrize("typed", ["", "Boss"], ids=["the call alone", "with what was typed"])
def test_f16_a_server_that_is_gone_loses_neither_result_nor_note_nor_what_was_typed(hands: Hands, typed: str) -> None:
    if typed:
        hands.fill("leads.title", typed, leave=False)
    hands.press(KEY.Key_F9)
    hands.press(KEY.Key_1)
    with server_gone():
        hands.press(KEY.Key_Return, CTRL)
        assert hands.said() == "The server does not answer." and is_open(hands)
        hands.click("notices.action")
        assert hands.said() == "The server does not answer." and is_open(hands), "Retry may fail as well"
    hands.click("notices.action")
    stands(hands, "Bob")
    assert (lead("Cleo").call_code, lead("Cleo").call_try, lead("Cleo").title) == ("N", "2", typed)
    hands.press(KEY.Key_Z, CTRL)
    stands(hands, "Cleo")
    assert (lead("Cleo").call_code, lead("Cleo").title) == ("", ""), "BX-2: one step"


def test_f16_retry_after_the_call_was_left_writes_no_call_to_another_lead(hands: Hands) -> None:
    hands.press(KEY.Key_F9)
    hands.press(KEY.Key_1)
    with server_gone():
        hands.press(KEY.Key_Return, CTRL)
    retry = hands.window.notices._action
    hands.press(KEY.Key_Escape)
    hands.press(KEY.Key_Down, ALT)
    stands(hands, "Bob")
    retry()
    stands(hands, "Bob")
    assert (lead("Bob").call_code, lead("Cleo").call_code) == ("", "")


def test_bx1_a_new_lead_can_be_called_before_it_is_saved(hands: Hands, home: Path) -> None:
    hands.click("leads.create")
    hands.fill("leads.description", "Rang us", leave=False)
    hands.fill("leads.phone", "212-555-0177", leave=False)
    hands.press(KEY.Key_F9)
    hands.press(KEY.Key_Tab)
    hands.type("Wants parkas")
    hands.bot.waitUntil(lambda: bool(list((home / "drafts").glob("*/call.*"))))
    hands.press(KEY.Key_4, ALT)
    hands.press(KEY.Key_Return, CTRL)
    hands.bot.waitUntil(lambda: not is_open(hands))
    made = Lead.get(Lead.description == "Rang us")
    assert (made.call_code, made.call_try) == ("CALLBK", "1")
    assert not list((home / "drafts").glob("*/call.*")), "what was noted of somebody new is no draft any more"
