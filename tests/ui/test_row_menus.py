"""F-59: the menu of a row holds what can be done to it, at most ten entries in four groups; the rest is the list's."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QApplication

from channergy_crm.records import Lead, Task
from channergy_crm.services import hand_lists, leads
from tests import made
from tests.ui.gestures import entries
from tests.ui.hands import CTRL, KEY

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtWidgets import QMenu

    from tests.ui.hands import Hands

pytestmark = pytest.mark.engines("sqlite")

ROOM = {"leads": "last_name", "accounts": "name", "contacts": "first_name", "opportunities": "name", "tasks": "action",
        "accounts.contacts": "first_name", "accounts.opportunities": "name", "accounts.tasks": "action",
        "reminders.tasks": "action"}  # fmt: skip
WHOLE_LIST = {"Choose columns…", "Search by a field…", "Find duplicates…", "Export…", "Print…", "Edit the cell"}


@pytest.fixture
def office_at_work(hands: Hands, fixed_clock: datetime) -> Hands:
    """Three leads, and an account with a contact, an opportunity and a task."""
    for last in ("Abel", "Bell", "Cole"):
        leads.create({"description": f"About {last}", "last_name": last, "phone": "504-621-8927"}, "ADMIN")
    acme = made.account("Acme", phone="504-621-8927")
    made.contact(acme, "Ann", "Lee", phone="504-621-8928")
    made.opportunity(acme, "Licenses")
    made.task(acme, "Call", reminder_date=date(2026, 11, 23), reminder_time=time(9))
    return hands


def come_to(hands: Hands, name: str) -> None:
    """To the list of that name, and to its first row."""
    tab, _dot, part = name.partition(".")
    if tab == "accounts" and part:
        hands.open_account("Acme", part)
    else:
        hands.go(tab)
    hands.bot.waitUntil(lambda: hands.rows(name) > 0)
    hands.stand(name, 0, ROOM[name])


def words(menu: QMenu) -> list[list[str]]:
    """The groups of a menu, each entry as it reads."""
    groups: list[list[str]] = [[]]
    for action in menu.actions():
        if action.isSeparator():
            groups.append([])
        else:
            groups[-1].append(action.text())
    return groups


def opened_at(hands: Hands, name: str) -> QMenu:
    return hands.menu(name, 0, ROOM[name])


def test_f59_no_menu_of_a_row_has_more_than_ten_entries_or_a_verb_of_the_page(office_at_work: Hands) -> None:
    hands = office_at_work
    for name in ROOM:
        come_to(hands, name)
        menu = opened_at(hands, name)
        groups = words(menu)
        said = [word for group in groups for word in group]
        assert 2 <= len(said) <= 10 and len(groups) <= 4 and all(groups), said
        assert not WHOLE_LIST & set(said) - {"Edit the cell"} and not any("Import" in word for word in said), said
        assert all(action.icon().isNull() is False for action in menu.actions() if not action.isSeparator())
        names = [action.objectName() for action in menu.actions() if not action.isSeparator() and not action.menu()]
        assert all(one.startswith(f"{name}.menu.") for one in names)
        menu.close()


def test_f59_the_menu_of_a_lead_is_as_drawn_with_its_keys(office_at_work: Hands) -> None:
    hands = office_at_work
    made.colleague()
    lead = Lead.get(Lead.last_name == "Abel")
    lead.email = "abel@example.com"
    leads.save(lead, "ADMIN")
    come_to(hands, "leads")
    hands.stand("leads", hands.row("leads", "last_name", "Abel"), "last_name")
    menu = hands.menu("leads", hands.row("leads", "last_name", "Abel"), "last_name")
    assert words(menu) == [
        ["Open", "Dial Phone", "Email"],
        ["Set reminder", "Set a field…", "Assign Account To", "Lists"],
        ["History", "Copy, export, print", "Merge…"],
        ["Remove"],
    ]
    keys = {action.text(): action.shortcut().toString() for action in menu.actions()}
    assert {word: keys[word] for word in ("Open", "Dial Phone", "Set a field…", "Merge…", "Remove")} == {
        "Open": "Enter", "Dial Phone": "F9", "Set a field…": "Ctrl+E", "Merge…": "Ctrl+M", "Remove": "Del",
    }  # fmt: skip
    menu.close()
    for verb in ("merge", "set_field", "reassign", "put_on_list", "import", "export", "print", "find_duplicates"):
        assert hands.window.findChild(QAction, f"leads.{verb}") is not None, "commands keep their names"


def test_f59_what_cannot_be_done_is_absent_but_dialing_which_says_why(office_at_work: Hands) -> None:
    hands = office_at_work
    leads.create({"description": "No number", "last_name": "Aaron"}, "ADMIN")
    come_to(hands, "leads")
    row = hands.row("leads", "last_name", "Aaron")
    hands.stand("leads", row, "last_name")
    menu = hands.menu("leads", row, "last_name")
    assert words(menu)[0] == ["Open", "Dial Phone"]
    dial = next(action for action in menu.actions() if action.text() == "Dial Phone")
    assert (dial.isEnabled(), dial.toolTip()) == (False, "There is no phone number to dial.")
    menu.close()


def mark_all(hands: Hands, name: str) -> None:
    hands.grid(name).selectAll()


def test_f59_of_several_rows_the_entries_say_how_many(office_at_work: Hands) -> None:
    hands = office_at_work
    come_to(hands, "leads")
    mark_all(hands, "leads")
    menu = opened_at(hands, "leads")
    assert words(menu) == [
        ["E-mail to 3 leads…", "Letters to 3 leads…"],
        ["Set reminder of 3 leads", "Set a field of 3 leads…", "Assign 3 leads to", "Lists of 3 leads"],
        ["Copy, export, print", "Merge 3 leads…"],
        ["Remove 3 leads"],
    ]
    with hands.answering("remove_marked.do"):
        hands.pick(menu, "Remove 3 leads")
    hands.bot.waitUntil(lambda: hands.said() == "3 leads removed.")


@pytest.mark.parametrize(
    ("name", "also"), [("contacts", ["Documents…", "Consent and requests…"]), ("opportunities", [])]
)
def test_f59_f68_a_list_that_is_only_read_leads_on_and_copies(
    office_at_work: Hands, name: str, also: list[str]
) -> None:
    hands = office_at_work
    come_to(hands, name)
    menu = opened_at(hands, name)
    assert words(menu) == [
        ["Open In Account", "Dial Phone"],
        ["More information…", "History", *also, "Copy, export, print"],
    ]
    hands.pick(menu, "Copy cell")


@pytest.mark.parametrize(("entry", "day", "at"), [
    ("In 1 hour, 11:00", date(2026, 11, 23), time(11)), ("Tomorrow 09:00", date(2026, 11, 24), time(9)),
    ("Fri 27 Nov 09:00", date(2026, 11, 27), time(9)), ("Mon 30 Nov 09:00", date(2026, 11, 30), time(9)),
])  # fmt: skip
def test_f59_a_reminder_is_set_from_the_menu_of_a_row_and_undone(
    office_at_work: Hands, entry: str, day: date, at: time
) -> None:
    hands = office_at_work
    come_to(hands, "tasks")
    hands.pick(opened_at(hands, "tasks"), entry)
    hands.bot.waitUntil(lambda: hands.said().startswith("Reminder of 1 task: "))
    task = Task.get()
    assert (task.reminder_date, task.reminder_time) == (day, at)
    hands.press(KEY.Key_Z, CTRL)
    hands.bot.waitUntil(lambda: Task.get().reminder_time == time(9) and Task.get().reminder_date.day == 23)


def test_f59_a_reminder_of_all_marked_leads_in_one_step_typed_and_taken_off(office_at_work: Hands) -> None:
    hands = office_at_work
    come_to(hands, "leads")
    mark_all(hands, "leads")
    with hands.answering(text="fri 10"):
        hands.pick(opened_at(hands, "leads"), "Another day…")
    hands.bot.waitUntil(lambda: hands.said() == "Reminder of 3 leads: Fri 27 Nov 10:00.")
    assert {(one.reminder_date, one.reminder_time) for one in Lead.select()} == {(date(2026, 11, 27), time(10))}
    hands.read_to_the_end("leads")
    mark_all(hands, "leads")
    hands.pick(opened_at(hands, "leads"), "None")
    hands.bot.waitUntil(lambda: hands.said() == "3 leads without a reminder now.")
    assert {(one.reminder_date, one.reminder_time) for one in Lead.select()} == {(None, None)}
    hands.press(KEY.Key_Z, CTRL)
    hands.bot.waitUntil(lambda: all(one.reminder_date for one in Lead.select()))


def test_f59_what_cannot_be_read_as_a_moment_is_said_and_changes_nothing(office_at_work: Hands) -> None:
    hands = office_at_work
    come_to(hands, "leads")
    with hands.answering(text="someday"):
        hands.pick(opened_at(hands, "leads"), "Another day…")
    assert "someday" in hands.said()
    assert all(one.reminder_date is None for one in Lead.select())


def test_f59_an_account_is_assigned_from_the_menu_and_whose_it_is_is_checked(office_at_work: Hands) -> None:
    hands = office_at_work
    made.colleague()
    come_to(hands, "leads")
    menu = opened_at(hands, "leads")
    checked = {action.text(): action.isChecked() for action in entries(menu) if action.isCheckable()}
    assert [word for word, on in checked.items() if on] == [word for word in checked if "(ADMIN)" in word]
    hands.pick(menu, next(word for word in checked if "(BEN)" in word))
    hands.bot.waitUntil(lambda: hands.said() == "1 lead given to Ben Ortiz (BEN).")
    assert Lead.select().where(Lead.owner == "BEN").count() == 1


def test_f59_a_press_on_a_list_puts_the_row_on_it_and_a_second_one_takes_it_off(office_at_work: Hands) -> None:
    hands = office_at_work
    come_to(hands, "leads")
    key = hands.part("leads.list").current()
    other = next(one.number for one in Lead.select() if one.number != key)
    hand_lists.put_on(Lead, [other], "Fair", "ADMIN")
    hands.pick(opened_at(hands, "leads"), "Fair")
    hands.bot.waitUntil(lambda: hands.said() == "1 lead put on “Fair”.")
    fair = hand_lists.of(Lead, "ADMIN")[0].number
    assert hand_lists.holding(Lead, [key, other], "ADMIN") == {fair}
    menu = opened_at(hands, "leads")
    assert next(action for action in entries(menu) if action.text() == "Fair").isChecked()
    hands.pick(menu, "Fair")
    hands.bot.waitUntil(lambda: hands.said() == "1 lead taken off “Fair”.")
    assert hand_lists.holding(Lead, [key, other], "ADMIN") == set()


def test_f59_what_concerns_the_whole_list_stands_in_its_own_menu(office_at_work: Hands) -> None:
    hands = office_at_work
    come_to(hands, "leads")
    menu = hands.part("leads.list").page_menu()
    menu.aboutToShow.emit()
    said = [word for group in words(menu) for word in group]
    assert said == ["Views", "Choose columns…", "Search by a field…", "Import leads…", "Export…", "Print…",
                    "Find duplicates…", "Removed…"]  # fmt: skip
    assert all(action.isEnabled() for action in menu.actions())


def test_f59_removed_leads_are_brought_back_from_their_menu(office_at_work: Hands) -> None:
    hands = office_at_work
    for lead in Lead.select():
        leads.remove(lead.number, "ADMIN")
    hands.go("leads")
    hands.choose("leads.show", "Removed leads")
    hands.bot.waitUntil(lambda: hands.rows("leads") == 3)
    hands.stand("leads", 0, "last_name")
    menu = opened_at(hands, "leads")
    assert words(menu)[-1] == ["Bring Back"]
    menu.close()
    mark_all(hands, "leads")
    menu = opened_at(hands, "leads")
    assert words(menu)[-1] == ["Bring back 3 leads"]
    menu.close()


def test_f59_reminders_of_leads_say_that_it_is_the_reminder_that_is_closed(office_at_work: Hands) -> None:
    hands = office_at_work
    for lead in Lead.select():
        lead.reminder_date = date(2026, 11, 23)
        leads.save(lead, "ADMIN")
    hands.go("reminders")
    tabs: Any = hands.part("reminders.tabs")
    tabs.setCurrentIndex(2)
    hands.bot.waitUntil(lambda: hands.rows("reminders.leads") == 3)
    grid = hands.grid("reminders.leads")
    grid.selectAll()
    grid.selectionModel().setCurrentIndex(grid.model().index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
    menu = hands.menu("reminders.leads", 0, "last_name")
    assert words(menu)[-1] == ["Close reminders of 3 leads"]
    menu.close()


def test_f59_the_menu_opens_by_key_at_the_row_somebody_is_on_and_again_at_another(office_at_work: Hands) -> None:
    hands = office_at_work
    come_to(hands, "leads")
    for row in (2, 0):
        hands.stand("leads", row, "last_name")
        grid = hands.grid("leads")
        at = grid.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle).center()  # as Qt does it for the key
        QApplication.sendEvent(grid, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, grid.mapToGlobal(at)))
        menu = hands.part("leads.list")._menu
        assert menu.isVisible() and menu.objectName() == "leads.menu" and words(menu)[0][0] == "Open"
        menu.close()
        assert hands.part("leads.list").current() == grid.model().key(row)
