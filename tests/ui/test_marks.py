"""Space marks rows, apart from where somebody is; what is done is done to the marked ones (F-60, look.md)."""

from __future__ import annotations

import pytest

from channergy_crm.records import Lead
from channergy_crm.services import leads
from tests.ui.hands import KEY, Hands
from ui.lists.table import RecordTable

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def four(hands: Hands) -> Hands:
    """Four leads; somebody stands on the first of the list."""
    for name in ("Ada", "Ben", "Cleo", "Dan"):
        leads.create({"description": name, "last_name": name}, "ADMIN")
    hands.go("leads")
    hands.stand("leads", 0)
    return hands


def table_of(hands: Hands) -> RecordTable:
    return hands.part("leads.list", RecordTable)


def names(keys: list[int]) -> list[str]:
    return [Lead.find(key).last_name for key in keys]


def test_f60_space_marks_and_the_arrows_leave_the_marks_where_they_are(four: Hands) -> None:
    table = table_of(four)
    rows = [table.model.key(row) for row in range(4)]
    for key in (KEY.Key_Space, KEY.Key_Down, KEY.Key_Down, KEY.Key_Space, KEY.Key_Up):
        four.press(key)
    assert table.marked() == [rows[0], rows[2]] and table.current() == rows[1]
    assert "2 marked" in four.window._pages[1].standing()
    assert four.window._pages[1].panel.record.number == rows[1], "who looks further still looks"
    four.press(KEY.Key_Escape)
    assert table.marked() == [rows[1]] == [table.current()]


def test_f60_a_single_mark_counts_wherever_somebody_goes_and_comes_through_a_reload(four: Hands) -> None:
    table = table_of(four)
    rows = [table.model.key(row) for row in range(4)]
    four.press(KEY.Key_Space)
    four.press(KEY.Key_End)
    table.refresh_now()
    assert table.marked() == [rows[0]] and table.current() == rows[3] and table.marks == 1
    with four.answering("remove_marked.do"):
        four.press(KEY.Key_Delete)
    four.bot.waitUntil(lambda: Lead.find(rows[0]).removed)
    assert not Lead.find(rows[3]).removed, "the one that is only looked at"
    four.bot.waitUntil(lambda: table.marks == 0)
    assert table.marked() == [table.current()], "somebody stands on one row again (F-1)"


def test_f60_space_once_more_takes_the_mark_off_and_a_click_all_of_them(four: Hands) -> None:
    table = table_of(four)
    four.press(KEY.Key_Space)
    four.press(KEY.Key_Space)
    assert table.marks == 0 and table.marked() == [table.current()]
    four.press(KEY.Key_Space)
    four.press(KEY.Key_Down)
    four.press(KEY.Key_Space)
    four.click_row("leads", 3)
    assert table.marks == 0 and table.marked() == [table.model.key(3)]
