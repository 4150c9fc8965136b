"""Working down a list: the next record is still the next one, whatever was changed in this one (BX-18)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from channergy_crm import work
from channergy_crm.query.listing import FIRST
from channergy_crm.records import Lead
from channergy_crm.services import leads
from channergy_crm.work import bulk
from tests.ui.gestures import write
from tests.ui.hands import KEY, Hands
from ui.lists.table import RecordTable

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def three(hands: Hands) -> list[int]:
    """Three leads in New Orleans, in the order of the list, the filter on; the first one is open."""
    numbers = [leads.create({"description": f"Lead {n}", "city": "New Orleans"}, "ADMIN").number for n in range(3)]
    hands.go("leads")
    table = hands.part("leads.list", RecordTable)
    hands.bot.waitUntil(lambda: place(hands) == "1 of 3" and not table.is_reading and not table.is_stale)
    with hands.bot.waitSignal(table.counted):
        hands.part("leads.search", QLineEdit).setText('city:"new orleans"')
    assert place(hands) == "1 of 3"
    return numbers


def place(hands: Hands) -> str:
    return hands.part("leads.place", QLabel).text()


def test_bx18_a_lead_that_no_longer_fits_the_filter_stays_until_the_list_is_refreshed(
    hands: Hands, three: list[int]
) -> None:
    before = hands.column("leads", "description")
    hands.fill("leads.city", "Mobile")
    hands.fill("leads.phone", "504-621-8927")
    hands.press(KEY.Key_S, Qt.KeyboardModifier.ControlModifier)
    hands.bot.waitUntil(lambda: any(hands.column("leads", "phone")))
    assert hands.column("leads", "description") == before
    hands.press(KEY.Key_Down, ALT)
    assert place(hands) == "2 of 3"
    hands.press(KEY.Key_F5)
    hands.bot.waitUntil(lambda: hands.column("leads", "description") == before[1:])


def test_bx18_a_changed_lead_keeps_its_row_though_the_order_says_otherwise(hands: Hands, three: list[int]) -> None:
    before = hands.column("leads", "description")
    hands.grid("leads").horizontalHeader().sectionClicked.emit(hands.grid("leads").model().columns.index("description"))
    hands.bot.waitUntil(lambda: hands.column("leads", "description") == ["Lead 0", "Lead 1", "Lead 2"])
    hands.stand("leads", 0)
    hands.fill("leads.description", "Zebra")
    hands.press(KEY.Key_S, Qt.KeyboardModifier.ControlModifier)
    hands.bot.waitUntil(lambda: hands.column("leads", "description") == ["Zebra", "Lead 1", "Lead 2"])
    assert len(before) == 3


def test_bx18_a_removed_lead_goes_at_once(hands: Hands, three: list[int]) -> None:
    leads.remove(three[1], "ADMIN")
    hands.bot.waitUntil(lambda: len(hands.column("leads", "description")) == 2)
    assert "Lead 1" not in hands.column("leads", "description")


def test_bx18_next_and_previous_work_from_inside_the_record_and_with_the_list_folded_away(
    hands: Hands, three: list[int]
) -> None:
    order = [three[int(words[-1])] for words in hands.column("leads", "description")]
    open_now = hands.window._pages[1].panel
    hands.part("leads.city").setFocus()
    hands.click("leads.next_record")
    assert (open_now.record.number, place(hands)) == (order[1], "2 of 3")
    hands.press(KEY.Key_Down, ALT)
    assert open_now.record.number == order[2]
    assert not hands.button("leads.next_record").isEnabled()
    hands.part("leads.line").toggle()
    assert hands.grid("leads").visibleRegion().isEmpty()
    hands.press(KEY.Key_Up, ALT)
    assert open_now.record.number == order[1]


def test_vt60_one_entry_is_edited_in_place_and_undone_and_typing_still_filters(hands: Hands, three: list[int]) -> None:
    number = three[int(hands.column("leads", "description")[0][-1])]
    hands.fill_cell("leads", 0, "company", "Acme")
    hands.bot.waitUntil(lambda: Lead.find(number).company == "Acme")
    assert hands.window._pages[1].panel.record.company == "Acme", "the record beside the list shows it too"
    hands.press(KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    hands.bot.waitUntil(lambda: Lead.find(number).company == "")
    hands.stand("leads", 0, "company")
    hands.type("x")
    assert hands.part("leads.search", QLineEdit).text() == "x"


def test_vt60_what_another_changed_meanwhile_is_not_overwritten_in_a_cell(hands: Hands, three: list[int]) -> None:
    number = three[int(hands.column("leads", "description")[0][-1])]
    hands.stand("leads", 0, "company")
    hands.press(KEY.Key_F2)
    theirs = Lead.find(number)
    theirs.company = "Theirs"
    leads.save(theirs, "ADMIN")
    write(hands.bot, hands.part("cell.company"), "Mine")
    hands.press(KEY.Key_Return)
    assert "was changed to “Theirs” meanwhile" in hands.said()
    assert Lead.find(number).company == "Theirs"


@pytest.mark.engines("sqlite")  # a server sorts so few rows sooner than it meets the first
def test_the_first_rows_are_seen_at_once_by_whoever_stands_further_down(hands: Hands) -> None:
    """Who is on the last of many leads and filters or sorts sees the beginning at once, and stays on that lead."""
    many, count = bulk.Many(Lead), 3 * FIRST
    with work.unit("Make leads", by="ADMIN") as unit:
        rows = [many.row({"description": f"Lead {n}", "owner": "ADMIN"}) for n in range(count)]
        many.insert(unit, rows, bulk.reserve(Lead, count))
    hands.go("leads")
    table = hands.part("leads.list", RecordTable)
    hands.bot.waitUntil(lambda: hands.rows("leads") == count and not table.is_reading)
    hands.stand("leads", count - 1)
    last = table.current()
    table.grid.scrollToTop()
    shown: list[int] = []
    table.model.modelReset.connect(lambda: shown.append(hands.rows("leads")))
    for turn in (
        lambda: hands.part("leads.search", QLineEdit).setText("description:lead"),
        lambda: table.grid.horizontalHeader().sectionClicked.emit(table.model.columns.index("last_name")),
    ):
        shown.clear()
        with hands.bot.waitSignal(table.counted):
            turn()
        assert shown == [FIRST]
        assert (hands.rows("leads"), table.current(), table.grid.verticalScrollBar().value()) == (count, last, 0)


def test_f1_a_list_is_not_on_its_way_for_ever_when_a_cell_was_open_as_it_came(hands: Hands, three: list[int]) -> None:
    """A filter set meanwhile is not lost: the list is read through it as soon as somebody looks again."""
    table = hands.part("leads.list", RecordTable)
    hands.stand("leads", 0, "description")
    hands.press(KEY.Key_F2)
    with hands.bot.waitSignal(table.loader.built):
        hands.part("leads.search", QLineEdit).setText("description:2")
    assert table.is_editing and not table.is_reading and table.is_stale
    assert hands.rows("leads") == 3, "nothing moves under the hands of somebody who types"
    hands.go("accounts")
    assert not table.is_reading
    hands.go("leads")
    hands.reads("leads", "description", ["Lead 2"])
