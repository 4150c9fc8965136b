"""Settings > Who may be called; what the window says of somebody who is not, and calling all the same (BX-5, BX-6)."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from channergy_crm import clock, settings
from channergy_crm.records import CallingHours, DoNotCall, PhoneCall
from channergy_crm.records.privacy import OptOut
from channergy_crm.services import calling_hours, leads, register
from channergy_crm.services.privacy import refusals
from tests.ui import setting_up
from tests.ui.gestures import part, retype, type_in
from tests.ui.hands import CTRL, KEY
from ui.session.call_anyway import CallAnyway
from ui.setup.hours_dialog import DaysOff, Hours
from ui.setup.opt_out_dialogs import AddDialog, TakeOffDialog
from ui.setup.opt_outs import Listed
from ui.setup.who_may_be_called import GateTopic, ListDialog
from ui.widgets.fields import LineField
from ui.widgets.summary import Tile

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.hands import Hands

pytestmark = pytest.mark.engines("sqlite")

NIGHT = datetime(2026, 11, 24, 3, 0)
NUMBER = "212-736-5001"


def line(whole: object, name: str) -> LineField:
    found = whole.findChild(LineField, name)  # type: ignore[attr-defined]  # a widget
    assert found is not None
    return found


def test_bx5_outside_their_hours_the_tile_says_so_and_dialing_wants_a_reason(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = CallingHours.get(CallingHours.country == "US")
    row.begins, row.ends = time(8), time(21)
    calling_hours.save(row, "ADMIN")
    with clock.fixed(NIGHT):
        values = {"description": "x", "last_name": "Lee", "phone": NUMBER, "time_zone": "America/New_York"}
        lead = leads.create(values, "ADMIN")
        hands.window.session.station.set(settings.BRIDGE, "copy_only")
        hands.go("leads")
        hands.reads("leads", "Description", ["x"], stands=False)
        hands.click_row("leads", 0)
        tile = next(each for each in hands.window.findChildren(Tile) if each.fact.caption == "Their local time")
        hands.bot.waitUntil(lambda: tile.fact.text == "22:00")
        assert (tile.fact.ink, tile.fact.more) == ("soon", "after 21:00")
        assert hands.button("leads.dial").isEnabled()
        hands.window.session.dial(NUMBER, record=lead)
        hands.bot.waitUntil(lambda: "nobody is called after 21:00" in hands.said())
        assert not PhoneCall.select().exists()
        asked: list[str] = []

        def answer(dialog: CallAnyway) -> int:
            dialog.show()
            dialog.accept()
            asked.append(part(dialog, "call_anyway.said").text())
            type_in(part(dialog, "call_anyway.reason"), "asked for it")
            dialog.accept()
            return dialog.result()

        monkeypatch.setattr(CallAnyway, "exec", answer)
        hands.click("notices.action")
        hands.bot.waitUntil(lambda: PhoneCall.select().exists())
        assert asked == ["Type why they are called all the same."]
        assert PhoneCall.get().override == "asked for it" and PhoneCall.get().bridge == "copy_only"
        hands.bot.waitUntil(lambda: QApplication.clipboard().text() == "+12127365001")


def test_bx5_the_result_of_such_a_call_stands_in_the_row_with_its_reason(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = CallingHours.get(CallingHours.country == "US")
    row.begins, row.ends = time(8), time(21)
    calling_hours.save(row, "ADMIN")

    def answer(dialog: CallAnyway) -> int:
        type_in(part(dialog, "call_anyway.reason"), "asked for it")
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(CallAnyway, "exec", answer)
    with clock.fixed(NIGHT):
        leads.create({"description": "x", "phone": NUMBER, "time_zone": "America/New_York"}, "ADMIN")
        hands.window.session.station.set(settings.BRIDGE, "copy_only")
        hands.go("leads")
        hands.reads("leads", "Description", ["x"])
        hands.press(KEY.Key_F9)
        hands.bot.waitUntil(lambda: "nobody is called after 21:00" in hands.said())
        hands.click("notices.action")
        hands.bot.waitUntil(lambda: hands.window._pages[1].calling._dialed is not None)
        hands.part("call.results").setFocus()
        hands.press(KEY.Key_1)
        hands.press(KEY.Key_Return, CTRL)
        hands.bot.waitUntil(lambda: PhoneCall.get().code == "N")
        assert [(call.override, call.bridge) for call in PhoneCall.select()] == [("asked for it", "copy_only")]


def test_bx6_dp8_the_register_is_told_asked_and_filled_in_settings(hands: Hands, tmp_path: Path) -> None:
    register.take_in([["+442079460000"]], "TPS", datetime(2020, 1, 1).date(), "ADMIN")
    setting_up.settings(hands, "gate")
    page = hands.window.findChild(GateTopic)
    assert isinstance(page, GateTopic)
    hands.bot.waitUntil(lambda: "1 number of “TPS”, of 2020-01-01" in part(page, "gate.held").text())
    assert "days old" in part(page, "gate.old").text()
    number = part(page, "gate.number")
    for typed, said in (("+44 20 7946 0000", "list “TPS”"), (NUMBER, "may be called"), ("none", "no phone number")):
        retype(hands.bot, number, typed)
        QTest.keyClick(number, Qt.Key.Key_Return)
        assert said in part(page, "gate.answer").text()
    refusals.add("phone", NUMBER, "asked", "ADMIN")
    asking = ListDialog(tmp_path / "TPS.txt", "ADMIN", page)
    for typed, said in (("2099-01-01", "still to come"), ("2019-01-01", "newer list"), ("never", "never")):
        retype(hands.bot, part(asking, "number_list.listed"), typed)
        asking.accept()
        assert said in part(asking, "number_list.said").text()
    (tmp_path / "list.txt").write_text("212-736-5002\n", "utf-8")
    page.take_in(tmp_path / "list.txt", "List", datetime(2026, 11, 1).date())
    hands.bot.waitUntil(lambda: "“List”" in part(page, "gate.held").text())
    hands.window.session.undo()
    hands.bot.waitUntil(lambda: not DoNotCall.select().where(DoNotCall.source == "own").exists())


def test_dp9_addresses_numbers_and_stop_answers_stand_in_one_list_are_added_and_taken_off(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = setting_up.settings(hands, "gate.number").findChild(GateTopic)
    assert isinstance(page, GateTopic)
    grid, said = hands.part("gate.grid", Listed), part(page, "gate.said")
    hands.bot.waitUntil(lambda: "Nobody has said yet" in said.text())
    dialog = AddDialog(hands.window.session, "email", "Ann <ann@acme.example>\nat home", page)
    dialog.accept()
    assert "Line 1: “at home” is no e-mail address" in part(dialog, "opt_out.said").text()
    assert (part(dialog, "opt_out.lines").value(), OptOut.get().key_of_address) == ("at home", "ann@acme.example")
    retype(hands.bot, part(dialog, "opt_out.lines"), "ben@acme.example")
    dialog.accept()
    assert dialog.added is not None and dialog.added.added == 2
    refusals.add("sms", NUMBER, "STOP", "ADMIN")

    def rows() -> list[tuple[str, ...]]:
        return sorted(line.words[:2] for line in grid.rows.lines)

    both = [("ann@acme.example", "E-mail"), ("ben@acme.example", "E-mail")]
    hands.bot.waitUntil(lambda: rows() == [("+12127365001", "SMS"), *both])
    retype(hands.bot, part(page, "gate.number"), "acme")
    hands.bot.waitUntil(lambda: rows() == both)

    def answer(dialog: TakeOffDialog) -> int:
        dialog.accept()
        assert "Say why" in part(dialog, "opt_out_again.said").text()
        type_in(part(dialog, "opt_out_again.reason"), "signed up again")
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(TakeOffDialog, "exec", answer)
    gone = grid.about().address
    QTest.keyClick(grid, Qt.Key.Key_Delete)
    hands.bot.waitUntil(lambda: rows() == [row for row in both if row[0] != gone])
    hands.click("notices.undo")
    hands.bot.waitUntil(lambda: rows() == both)
    retype(hands.bot, part(page, "gate.number"), NUMBER)
    hands.bot.waitUntil(lambda: rows() == [("+12127365001", "SMS")])
    assert not part(page, "gate.take_off").isEnabled() and "kept for ever" in part(page, "gate.take_off").toolTip()


def test_bx5_hours_and_holidays_are_edited_in_place(hands: Hands) -> None:
    hours, days = Hours("ADMIN", hands.window), DaysOff("ADMIN", hands.window)
    for name, typed in (("country", "us"), ("state", "TX"), ("days", "mon-fri"), ("begins", "9"), ("ends", "8")):
        line(hours, f"hours.new_{name}").setText(typed)
    part(hours, "hours.add").click()
    assert "ends before it begins" in part(hours, "hours.said").text()
    line(hours, "hours.new_ends").setText("21:00")
    part(hours, "hours.add").click()
    row = CallingHours.get(CallingHours.state == "TX")
    assert (row.country, row.days, f"{row.ends:%H:%M}") == ("US", "12345", "21:00")
    line(days, "holidays.year").setText("2027")
    part(days, "holidays.propose").click()
    proposed = part(days, "holidays.proposed")
    assert proposed.count() > 9
    for place in range(1, proposed.count()):
        proposed.item(place).setCheckState(Qt.CheckState.Unchecked)
    part(days, "holidays.keep").click()
    assert [each.name for each in calling_hours.days_off("ADMIN")] == ["New Year's Day"]
