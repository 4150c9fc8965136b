"""What holds for every screen: its declaration fits its record, and what it becomes can be named, reached and read.

CH-3 (fits at 1280x1024), K9 (Alt+C stays free), and the names other programs find widgets by.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from types import FunctionType

import pytest

from channergy_crm.fields import RecordNumber
from channergy_crm.resources import data
from ui.screen import Screen
from ui.screens import activities, people, sales
from ui.shell.tabs import TABS

SCREENS = {
    f"{module.__name__.rsplit('.', 1)[1]}.{name}": held
    for module in (people, sales, activities)
    for name, held in vars(module).items()
    if isinstance(held, Screen)
}
WITH_FORM = {name: screen for name, screen in SCREENS.items() if screen.sections}
# A field somebody could write that stands in no section, and why.
LEFT_OUT: dict[str, dict[str, str]] = {}
WORD = re.compile(r"[a-z][a-z0-9_]*")

every_screen = pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
every_form = pytest.mark.parametrize("name", WITH_FORM)


@every_screen
def test_columns_and_order_are_fields_of_the_record(screen: Screen) -> None:
    known = {*screen.record.kinds(), *screen.record.extras()}
    assert set(screen.columns) <= known and screen.order[0] in known
    assert len(set(screen.columns)) == len(screen.columns)


@every_form
def test_sections_hold_fields_of_the_record_each_once(name: str) -> None:
    screen = WITH_FORM[name]
    shown = Counter(field for section in screen.sections for field in section.fields)
    assert set(shown) <= set(screen.record.kinds())
    assert [field for field, times in shown.items() if times > 1] == []


@every_form
def test_everything_that_can_be_written_is_in_a_section(name: str) -> None:
    screen = WITH_FORM[name]
    shown = {field for section in screen.sections for field in section.fields}
    written = {
        field for field, kind in screen.record.kinds().items() if not kind.system and not isinstance(kind, RecordNumber)
    }
    assert written - shown == set(LEFT_OUT.get(name, {}))


@every_screen
def test_commands_have_a_label_a_name_a_key_and_a_drawing_of_their_own(screen: Screen) -> None:
    commands = screen.commands
    assert all(command.label and WORD.fullmatch(command.name) for command in commands)
    keys = [key for command in commands for key in command.key.split(" or ") if key]
    for held in ([command.name for command in commands], [command.label for command in commands], keys):
        assert len(set(held)) == len(held)
    assert all((data("resources") / "icons" / f"{command.icon}.svg").is_file() for command in commands)


@every_screen
def test_an_empty_list_says_what_would_be_here(screen: Screen) -> None:
    assert screen.empty[0].isupper() and screen.empty.endswith(".")


def test_screens_stay_values() -> None:
    """The fence: at most seven attributes, no inheritance, no methods."""
    assert len(dataclasses.fields(Screen)) <= 7 and Screen.__mro__ == (Screen, object)
    assert [name for name, held in vars(Screen).items() if isinstance(held, FunctionType) and name[0] != "_"] == []


def test_names_of_screens_begin_with_their_tab() -> None:
    tabs = {tab.name for tab in TABS}
    assert {screen.name.split(".")[0] for screen in SCREENS.values()} - {"customers"} == tabs


def test_the_six_tabs_stand_in_the_order_of_the_documents() -> None:
    """CH-5, CH-10, K8."""
    assert [tab.title for tab in TABS] == ["Reminders", "Leads", "Accounts", "Contacts", "Opportunities", "Tasks"]
