"""How lists look: two lines where they are narrow, a table that never scrolls sideways where they are wide (F-60)."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from channergy_crm.records import Account, Lead, Opportunity
from channergy_crm.services import leads
from tests import made
from tests.ui.hands import CTRL, KEY, PARTS, SHIFT
from ui.lists.row_layout import fitting, two_lines
from ui.lists.row_words import Said, Sign, TwoLines
from ui.lists.table import RecordTable
from ui.look import theme
from ui.pages.list_for import reminder_sign

pytestmark = pytest.mark.engines("sqlite")

NOW = datetime(2026, 11, 23, 10, 0)
TODAY, DAY = NOW.date(), timedelta(days=1)
LATE = Sign("⚠ ", "overdue", "warning")


def measure(font: str, text: str) -> int:
    """Letters of one width."""
    return {"name": 8, "normal": 7, "small": 6}[font] * len(text)


def pieces(said: Said, width: int, **more: bool) -> dict[str, tuple[int, int]]:
    """Where everything begins and ends, by what it is."""
    return {piece.what: (piece.left, piece.left + piece.width) for piece in two_lines(said, width, measure, **more)}


# ---------------------------------------------------------------- where words stand


def test_f60_names_reminders_and_phones_come_whole_and_the_company_gives_way() -> None:
    said = Said(
        "Yusuf Thorne", "Answering Machine", True, False, "Yarrow Candle Works and Sons", "Yesterday 11:15", LATE
    )
    found = pieces(said, 288)
    assert found["name"] == (16, 16 + 12 * 8)
    assert found["when"] == (288 - 16 - 15 * 6 - 18, 288 - 16)
    assert found["second"][1] < found["when"][0] < found["when"][1]
    assert found["aside"][1] == 272 and found["name"][1] < found["aside"][0]


def test_f60_the_tag_gives_way_to_a_long_name_and_nothing_lies_over_anything() -> None:
    found = pieces(Said("A name of thirty-four letters here", "Disconnected Number", True), 288)
    assert "aside" not in found and found["name"][1] <= 272
    found = pieces(Said("Twenty letters a name", "Disconnected Number", True), 288)
    assert found["aside"][0] > found["name"][1]


def test_f60_without_a_reminder_the_phone_stands_there_and_from_440_on_in_the_middle_too() -> None:
    said = Said("Yusuf Thorne", phone="612-555-0192", second="Yarrow")
    assert pieces(said, 288)["phone_small"] == (288 - 16 - 12 * 6, 272)
    both = said._replace(when="Tomorrow 09:00")
    assert "phone" not in pieces(both, 288)
    wide = pieces(both, 460)
    assert wide["second"][1] < wide["phone"][0] and wide["phone"][1] < wide["when"][0]


def test_a_marked_row_has_room_for_its_check_before_the_name() -> None:
    assert pieces(Said("Lee"), 288, marked=True)["name"][0] == pieces(Said("Lee"), 288)["name"][0] + 26


@pytest.mark.parametrize(
    ("wanted", "shrinks", "room", "count"),
    [
        ([100, 100, 100], [False, False, False], 300, 3), ([100, 100, 100], [False, False, False], 299, 2),
        ([100, 280], [False, True], 230, 2), ([100, 280], [False, True], 210, 1), ([500], [False], 300, 1),
        ([100, 280, 50], [False, True, False], 300, 2),
    ],
)  # fmt: skip
def test_f60_the_last_columns_are_left_out_first_and_a_description_takes_what_is_left(
    wanted: list[int], shrinks: list[bool], room: int, count: int
) -> None:
    assert fitting(wanted, shrinks, room) == count


# ---------------------------------------------------------------- what is said


def said_of(record: type, **values: object) -> Said:
    """What two lines say of these values."""
    return TwoLines(record, record.about.lines).say(values, reminder_sign)


def test_two_lines_of_a_lead(office, fixed_clock: datetime) -> None:
    known = {"first_name": "Yusuf", "last_name": "Thorne", "company": "Yarrow", "phone": "612-555-0192"}
    said = said_of(Lead, **known, call_code="Busy", reminder_date=TODAY - DAY, reminder_time=time(11, 15))
    assert (said.name, said.aside, said.tag, said.second) == ("Yusuf Thorne", "Busy", True, "Yarrow")
    assert (said.when, said.sign.drawing, said.sign.ink) == ("Yesterday 11:15", "warning", "overdue")
    assert said_of(Lead, **known, reminder_date=TODAY).sign.ink == "soon"
    assert said_of(Lead, **known).phone == "612-555-0192"
    assert said_of(Lead, description="Asks for maps", company="Yarrow")[:6] == (
        "Yarrow", "", False, False, "Asks for maps", "",
    )  # fmt: skip
    assert said_of(Lead, description="Asks").phone == "no number"
    assert said_of(Lead, **known, call_code="DNC")[3::4] == (True, ""), "who must not be called shows no number"


def test_two_lines_of_an_opportunity(office, fixed_clock: datetime) -> None:
    day = TODAY.replace(month=12, day=15)
    said = said_of(Opportunity, name="600 sets", amount=1420000, stage="Proposal", probability=50, close_date_1=day)
    assert (said.name, said.aside, said.tag) == ("600 sets", "14,200.00", False)
    assert (said.second, said.when, said.sign.drawing) == ("Proposal · 50 %", "closes Tue 15 Dec", "")


# ---------------------------------------------------------------- on the screen


@pytest.fixture
def three(hands, fixed_clock):
    """Three leads; the window is as wide as most."""
    for place, name in enumerate(("Lee", "Ash", "Birch")):
        known = {"description": name, "last_name": name, "company": f"{name} Works", "phone": f"612-555-019{place}"}
        leads.create({**known, "reminder_date": TODAY - DAY, "reminder_time": time(11, 15)}, "ADMIN")
    hands.window.resize(1280, 900)
    hands.go("leads")
    hands.bot.waitUntil(lambda: hands.rows("leads") == 3)
    hands.read_to_the_end("leads")
    return hands


def pixel(grid, x: int, y: int) -> str:
    """What colour stands there."""
    return grid.viewport().grab().toImage().pixelColor(x, y).name()


def test_the_row_under_the_cursor_is_soft_with_the_focus_and_idle_without(three) -> None:
    grid = three.grid("leads")
    three.stand("leads", 1)
    middle = grid.rowViewportPosition(1) + 3
    three.bot.waitUntil(lambda: pixel(grid, 2, middle) == theme.LIGHT.accent)
    assert pixel(grid, 200, middle) == theme.LIGHT.soft
    three.part("leads.search").setFocus()
    assert (pixel(grid, 2, middle), pixel(grid, 200, middle)) == (theme.LIGHT.border, theme.LIGHT.idle)
    assert pixel(grid, 200, grid.rowViewportPosition(0) + 3) == theme.LIGHT.side


def test_f60_a_narrow_list_has_two_lines_and_a_wide_one_columns(three) -> None:
    grid, table = three.grid("leads"), three.part("leads.list", RecordTable)
    assert grid.rows.in_two_lines and not grid.horizontalHeader().isVisible()
    assert grid.rowHeight(0) >= 44
    assert sum(not grid.isColumnHidden(place) for place in range(len(table.model.columns))) == 1
    table.setMinimumWidth(700)
    three.bot.waitUntil(lambda: not grid.rows.in_two_lines)
    assert grid.horizontalHeader().isVisible() and grid.rowHeight(0) == 28
    shown = [name for place, name in enumerate(table.model.columns) if not grid.isColumnHidden(place)]
    assert shown == table.model.columns[: len(shown)] and len(shown) > 3


def test_f60_late_is_red_also_on_the_row_under_the_cursor(three) -> None:
    grid = three.grid("leads")
    three.stand("leads", 0)
    image = grid.viewport().grab().toImage()
    top, high = grid.rowViewportPosition(0), grid.rowHeight(0)
    seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(top, top + high)}
    assert theme.LIGHT.overdue in seen


def test_f60_marked_rows_have_a_check_and_their_number_is_said(three) -> None:
    grid = three.grid("leads")
    three.stand("leads", 0)
    assert "marked" not in three.window._pages[1].standing()
    three.press(KEY.Key_Down, SHIFT)
    assert "3 leads · 2 marked · mine" in three.window._pages[1].standing()
    assert any("2 marked" in label.text() for label in three.window.findChildren(QLabel)), "in the status line"
    check = grid.rowViewportPosition(0) + grid.rowHeight(0) // 2
    assert pixel(grid, 20, check - 5) == theme.LIGHT.accent
    assert pixel(grid, 20, check - 5 + grid.rowHeight(0) * 2) != theme.LIGHT.accent
    three.press(KEY.Key_Space, CTRL)
    assert "marked" not in three.window._pages[1].standing()


@pytest.mark.parametrize("width", [960, 1280, 1440])
@pytest.mark.usefixtures("every_page")
def test_f60_no_list_scrolls_sideways(three, width: int) -> None:
    account = made.account("Benton and Daughters, Purveyors of Fine Candles", description="x" * 300)
    made.contact(account, "Ann", "Lee" * 10, notes="y" * 300)
    made.task(account, "z" * 90, reminder_date=TODAY)
    made.opportunity(account, "o" * 200)
    three.window.resize(width, 700)
    tables = three.window.findChildren(RecordTable)

    def too_wide() -> list[str]:  # what nobody sees finds its room when somebody comes to it
        seen = [table for table in tables if table.isVisible()]
        return [table.name for table in seen if table.is_reading or table.grid.horizontalScrollBar().maximum()]

    places = [("reminders", ""), ("leads", ""), *(("accounts", part) for part in PARTS)]
    for place in (*places, ("contacts", ""), ("opportunities", ""), ("tasks", "")):
        three.go(*place)
        assert any(table.isVisible() for table in tables)
        three.bot.waitUntil(lambda: not too_wide())  # a bar at the side comes once the rows are read
    for table in tables:
        assert table.grid.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff


# ---------------------------------------------------------------- columns that are looked up


def test_accounts_show_their_local_time_their_next_reminder_and_what_is_open(hands, fixed_clock) -> None:
    account, other = made.account("Benton", phone="504-621-0002"), made.account("Acme")
    made.task(account, "Late", reminder_date=TODAY + DAY, reminder_time=time(9))
    made.task(account, "Soon", reminder_date=TODAY, reminder_time=time(14, 50))
    made.task(account, "Done", reminder_date=TODAY - DAY, closed=True)
    made.task(other, "Untimed", reminder_date=TODAY + DAY)
    for closed in (False, False, True):
        made.opportunity(account, "Maps", closed=closed)
    hands.go("accounts")
    hands.reads("accounts", "name", ["Acme", "Benton"])
    hands.reads("accounts", "next_reminder", ["Tomorrow", "○ Today 14:50"])
    assert hands.column("accounts", "open_opportunities") == ["", "2"]
    assert [len(said) for said in hands.column("accounts", "local_time")] == [0, 5]
    model = hands.grid("accounts").model()
    tip = model.index(1, model.columns.index("next_reminder")).data(Qt.ItemDataRole.ToolTipRole)
    assert "2026" in tip and "14:50" in tip


def test_a_task_shows_the_number_behind_it(hands, fixed_clock) -> None:
    account = made.account("Benton", phone="504-621-0002")
    made.task(account, "Ring", reminder_date=TODAY)
    held = hands.part("reminders.tasks.list", RecordTable)
    held.show_columns(["action", "phone", "local_time"])
    hands.reads("reminders.tasks", "phone", [Account.select(Account.phone).scalar()])


def test_a_day_and_its_time_stand_in_one_cell(three) -> None:
    assert three.column("leads", "reminder_date") == ["⚠ Yesterday 11:15"] * 3
    model = three.grid("leads").model()
    tip = model.index(0, model.columns.index("reminder_date")).data(Qt.ItemDataRole.ToolTipRole)
    assert "2026" in tip and tip.endswith("11:15")


@pytest.mark.parametrize("record", [Lead, Account])
def test_what_is_looked_up_for_a_list_keeps_its_filter_in_the_index(record: type) -> None:
    assert not any(extra.has_words for extra in record.extras().values())
