"""What every grid does: sorted by any column, filtered while typing, columns chosen and kept, cells copied."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QMenu, QPushButton

from channergy_crm.query.listing import label
from tests import made
from tests.ui.hands import CTRL, EDITING, KEY, LEFT, SHIFT, Hands
from ui.lists.table import RecordTable
from ui.screens.people import ACCOUNT_CONTACTS, ACCOUNTS, CONTACTS
from ui.screens.sales import ACCOUNT_OPPORTUNITIES, ACCOUNT_TASKS, OPPORTUNITIES, TASKS

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.engines("sqlite")

MAIN = "Acme Books; Ann Lee"
SCREENS = {
    "accounts": ACCOUNTS, "contacts": CONTACTS, "opportunities": OPPORTUNITIES, "tasks": TASKS,
    "accounts.contacts": ACCOUNT_CONTACTS, "accounts.opportunities": ACCOUNT_OPPORTUNITIES,
    "accounts.tasks": ACCOUNT_TASKS,
}  # fmt: skip
WORDS = ["bravo", "Alpha", "charlie"]


@pytest.fixture
def full(hands: Hands, fixed_clock: datetime) -> Hands:
    """Three of everything, each different in every column and in no order."""
    types, works = ["Other", "Customer", "Mailing"], ["Retail", "Media", "Shipping"]
    first = made.account(MAIN, phone="504-621-0002", email="b@x.example", type="Prospect", industry="Chemicals",
                         description="delta")  # fmt: skip
    for place, word in enumerate(WORDS):
        other = made.account(f"{word} Inc.", phone=f"504-621-010{place}", email=f"{word}@x.example",
                             type=types[place], industry=works[place], description=f"{word} wants maps")  # fmt: skip
        made.contact(first, word, f"{word}son", title=f"{word} head", phone=f"504-621-020{place}",
                     other_phone=f"504-622-020{place}", fax=f"504-623-020{place}", email=f"{word}@acme.example",
                     notes=f"{word} note")  # fmt: skip
        made.contact(other, f"{word} other")
        for account in (first, other):
            made.opportunity(
                account, f"{word} offer", amount=[200, 1000, 300][place], probability=[20, 100, 3][place],
                stage=["Draft", "Proposal", "Negotiation"][place], next_step=["Demo", "Call", "Quote"][place],
                close_date_1=date(2026, 12, [9, 30, 1][place]), created_on=date(2026, 11, [9, 23, 1][place]),
            )  # fmt: skip
            made.task(
                account, f"{word} task", reminder_date=date(2026, 12, [9, 30, 1][place]),
                reminder_time=time([9, 10, 8][place], 30), notes=f"{word} note", closed=False,
                priority=["Low", "High", "Normal"][place], status=["Not Started", "In Progress", ""][place],
            )  # fmt: skip
    return hands


@contextmanager
def ticking(name: str, button: str, wanted: dict[str, bool]) -> Iterator[None]:
    """Tick and untick entries in the list of a dialog that opens meanwhile, and press its button."""
    state = {True: Qt.CheckState.Checked, False: Qt.CheckState.Unchecked}

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            entries = dialog.findChild(QListWidget, name)
            for item in (entries.item(row) for row in range(entries.count())):
                if item.text() in wanted:
                    item.setCheckState(state[wanted[item.text()]])
            dialog.findChild(QPushButton, button).click()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(10)
    yield
    timer.stop()


def look(hands: Hands, name: str) -> None:
    """At a list, with its rows there."""
    if "." in name:
        hands.open_account(MAIN, name.split(".")[1])
    else:
        hands.go(name)
    table = hands.part(f"{name}.list", RecordTable)
    hands.bot.waitUntil(lambda: table.grid.isVisible() and table.model.rowCount() >= 3 and not table.is_reading)


def click_heading(hands: Hands, name: str, column: str) -> None:
    """On the heading of a column."""
    header = hands.grid(name).horizontalHeader()
    section = hands.grid(name).model().columns.index(column)
    at = QPoint(header.sectionViewportPosition(section) + 20, header.height() // 2)
    hands.bot.mouseClick(header.viewport(), LEFT, pos=at)


def values(hands: Hands, name: str, column: str) -> list[Any]:
    """What stands in a column, as it is sorted: letters without capitals, empty ones left out."""
    model = hands.grid(name).model()
    held = [model.value(row, column) for row in range(model.rowCount())]
    return [value.casefold() if isinstance(value, str) else value for value in held if value not in (None, "")]


# ---------------------------------------------------------------- sorting


def test_any_column_sorts_the_list_up_and_down(full: Hands) -> None:
    for name in SCREENS:
        look(full, name)
        for column in shown(full, name):
            ways = [sorted_by(full, name, column) for _ in range(3)]
            assert ways[0] != ways[1] != ways[2], column


def shown(hands: Hands, name: str) -> list[str]:
    """The columns that have room; where the list is narrow its headings are brought out by making it wide."""
    grid = hands.grid(name)
    if not grid.horizontalHeader().isVisible():
        hands.part(f"{name}.list").setMinimumWidth(700)
        hands.bot.waitUntil(grid.horizontalHeader().isVisible)
    return [column for place, column in enumerate(grid.model().columns) if not grid.isColumnHidden(place)]


def sorted_by(hands: Hands, name: str, column: str) -> bool:
    """Click on the heading of a column and see the list sorted by it; whether it runs down now."""
    click_heading(hands, name, column)
    header = hands.grid(name).horizontalHeader()
    down = header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
    hands.bot.waitUntil(lambda: values(hands, name, column) == sorted(values(hands, name, column), reverse=down))
    assert hands.grid(name).model().columns[header.sortIndicatorSection()] == column
    return down


def test_the_order_is_remembered_in_a_new_window(full: Hands) -> None:
    look(full, "accounts")
    click_heading(full, "accounts", "type")
    click_heading(full, "accounts", "type")
    full.reads("accounts", "type", ["Prospect", "Other", "Mailing", "Customer"])
    full.open_again()
    full.go("accounts")
    full.reads("accounts", "type", ["Prospect", "Other", "Mailing", "Customer"])


def test_the_record_somebody_is_on_stays_under_the_hand_when_the_order_changes(full: Hands) -> None:
    look(full, "accounts")
    full.open_account(MAIN)
    click_heading(full, "accounts", "type")
    full.bot.waitUntil(lambda: full.column("accounts", "type")[0] == "Customer")
    row = full.grid("accounts").currentIndex().row()
    assert full.column("accounts", "name")[row] == MAIN
    assert full.part("accounts.name").value() == MAIN


# ---------------------------------------------------------------- filtering

FOUND = {
    "accounts": ("alpha", "name", ["Alpha Inc."]), "contacts": ("alphason", "first_name", ["Alpha"]),
    "opportunities": ("charlie inc", "name", ["charlie offer"]), "tasks": ("bravo inc", "action", ["bravo task"]),
    "accounts.contacts": ("alpha", "first_name", ["Alpha"]),
    "accounts.opportunities": ("charlie", "name", ["charlie offer"]),
    "accounts.tasks": ("BRAVO", "action", ["bravo task"]),
}  # fmt: skip


@pytest.mark.display  # without one the words that are offered keep the keyboard
def test_the_list_is_filtered_while_typing_and_says_when_nothing_matches(full: Hands) -> None:
    for name in SCREENS:
        look(full, name)
        typed, column, found = FOUND[name]
        before = full.rows(name)
        full.part(f"{name}.search").setFocus()
        full.type(typed)
        full.reads(name, column, found)
        full.type("qqq")
        empty = full.part(f"{name}.empty", QLabel)
        full.bot.waitUntil(empty.isVisible)
        assert empty.text() == f"Nothing matches “{typed}qqq”."
        full.click(f"{name}.clear_filter")
        full.bot.waitUntil(lambda name=name, before=before: full.rows(name) == before)
        assert full.part(f"{name}.search").text() == ""


# ---------------------------------------------------------------- columns


def choose_columns(hands: Hands, name: str, *, add: str = "", drop: str = "") -> None:
    """The menu of the headings, then the dialog: tick one column, untick another."""
    header = hands.grid(name).horizontalHeader()
    header.customContextMenuRequested.emit(QPoint(20, 5))
    menu = next(menu for menu in hands.window.findChildren(QMenu) if menu.isVisible())
    with ticking("columns.list", "columns.show", {add: True, drop: False}):
        hands.pick(menu, "Choose columns…")


def test_the_columns_are_chosen_in_the_menu_of_the_headings_and_remembered(full: Hands) -> None:
    chosen = {}
    for name, screen in SCREENS.items():
        look(full, name)
        others = [one for one in [*screen.record.kinds(), *screen.record.extras()] if one not in screen.columns]
        added, dropped = others[0], screen.columns[1]
        choose_columns(full, name, add=label(screen.record, added), drop=label(screen.record, dropped))
        wanted = chosen[name] = [column for column in screen.columns if column != dropped] + [added]
        assert full.grid(name).model().columns == wanted
        heads = [full.grid(name).model().headerData(place, Qt.Orientation.Horizontal) for place in range(len(wanted))]
        assert heads == [label(screen.record, column) for column in wanted]
    full.open_again()
    for name, wanted in chosen.items():
        look(full, name)
        assert full.grid(name).model().columns == wanted, name


@pytest.mark.parametrize("name", ["accounts", "accounts.tasks"])
def test_a_column_dragged_to_another_place_stays_there_in_a_new_window(full: Hands, name: str) -> None:
    look(full, name)
    columns = list(full.grid(name).model().columns)
    full.grid(name).horizontalHeader().moveSection(2, 0)
    wanted = [columns[2], *columns[:2], *columns[3:]]
    full.bot.waitUntil(lambda: full.grid(name).model().columns == wanted)
    full.open_again()
    look(full, name)
    assert full.grid(name).model().columns == wanted


@pytest.mark.parametrize("name", ["accounts", "accounts.contacts"])
def test_the_width_of_a_column_is_remembered_in_a_new_window(full: Hands, name: str) -> None:
    look(full, name)
    header = full.grid(name).horizontalHeader()
    header.resizeSection(1, header.sectionSize(1) + 37)
    wanted = header.sectionSize(1)
    full.bot.waitUntil(lambda: wanted in full.window.session.station.recall(f"{name}.widths", {}).values())
    full.open_again()
    look(full, name)
    assert full.grid(name).horizontalHeader().sectionSize(1) == wanted


# ---------------------------------------------------------------- copying and moving


def test_rows_and_a_cell_are_copied_as_they_are_shown(full: Hands) -> None:
    for name in SCREENS:
        look(full, name)
        grid, clipboard = full.grid(name), QGuiApplication.clipboard()
        model = grid.model()
        full.stand(name, 0)
        full.press(KEY.Key_Down, SHIFT)
        full.press(KEY.Key_C, CTRL)
        shown = [[model.index(row, column).data() for column in range(model.columnCount())] for row in (0, 1)]
        assert clipboard.text() == "\n".join("\t".join(line) for line in shown)
        said = next(column for column in range(1, model.columnCount()) if shown[1][column])
        full.stand(name, 1, said)
        full.press(KEY.Key_C, CTRL | SHIFT)
        assert clipboard.text() == shown[1][said]
        place = 0 if grid.isColumnHidden(1) else 1  # two lines have one cell
        full.pick(full.menu(name, 0, model.columns[place]), "Copy cell")
        assert clipboard.text() == shown[0][place]


def test_tab_and_shift_tab_leave_a_list(full: Hands) -> None:
    for name in SCREENS:
        look(full, name)
        for key, modifiers in ((KEY.Key_Tab, Qt.KeyboardModifier.NoModifier), (KEY.Key_Backtab, SHIFT)):
            full.stand(name, 0, 0)
            full.press(key, modifiers)
            assert not full.grid(name).hasFocus()
            assert full.grid(name).currentIndex().column() == 0


@pytest.mark.parametrize(("name", "cell"), [("accounts.contacts", "more_phones"), ("accounts.tasks", "notes")])
def test_tab_in_the_last_cell_of_the_last_row_closes_it_and_stays(full: Hands, name: str, cell: str) -> None:
    look(full, name)
    last = full.rows(name) - 1
    full.stand(name, last, cell)
    full.press(KEY.Key_F2)
    full.press(KEY.Key_Tab)
    assert full.grid(name).state() != EDITING
    assert full.grid(name).currentIndex().row() == last


def test_numbers_stand_right_and_shortened_text_is_whole_in_the_tooltip(full: Hands) -> None:
    for name in SCREENS:
        look(full, name)
        model = full.grid(name).model()
        for place, column in enumerate(model.columns):
            index = model.index(0, place)
            right = bool(Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole)) & Qt.AlignmentFlag.AlignRight)
            assert right == isinstance(model.value(0, column), int | float) or model.value(0, column) in (
                None,
                True,
                False,
            )
            if isinstance(model.value(0, column), date):
                assert str(model.value(0, column).year) in index.data(Qt.ItemDataRole.ToolTipRole)


def test_a_list_that_is_only_read_has_no_cell_that_opens(full: Hands) -> None:
    for name in ("accounts", "contacts", "opportunities", "accounts.opportunities"):
        look(full, name)
        full.stand(name, 0, 1)
        full.press(KEY.Key_F2)
        full.click_row(name, 0, full.grid(name).model().columns[1])
        assert full.grid(name).state() != EDITING
