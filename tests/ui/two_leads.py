"""A new office with two leads, at its Leads; the newer one, Bob, is open. And every way out of him."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox

from channergy_crm.records import Lead
from channergy_crm.services import leads
from tests.ui.hands import ALT, CTRL, KEY

if TYPE_CHECKING:
    from tests.ui.hands import Hands


def come_to_two_leads(hands: Hands) -> None:
    """Make them, and come to them."""
    for name in ("Ann", "Bob"):
        leads.create({"description": f"{name}'s wish", "first_name": name}, "ADMIN")
    hands.go("leads")
    hands.reads("leads", "First Name", ["Bob", "Ann"])
    hands.bot.waitUntil(lambda: typed(hands, "first_name") == "Bob")


def typed(hands: Hands, field: str) -> object:
    """What stands in a field of the form."""
    value: object = hands.part(f"leads.{field}").value()
    return value


def kept(name: str, field: str = "title") -> object:
    """What the store holds of a lead."""
    return getattr(Lead.get(Lead.first_name == name), field)


def meanwhile(**values: object) -> None:
    """Somebody else saves Bob."""
    theirs = Lead.get(Lead.first_name == "Bob")
    for name, value in values.items():
        setattr(theirs, name, value)
    leads.save(theirs, "ANN")


def place(hands: Hands) -> tuple[str, str, object, bool]:
    """Where the window stands: tab, operator, open lead, open at all."""
    return hands.here(), hands.window.session.by, typed(hands, "first_name"), hands.window.isVisible()


# ---------------------------------------------------------------- the ways out


def another_row(hands: Hands) -> None:
    hands.click_row("leads", 1)


def another_row_by_key(hands: Hands) -> None:
    grid = hands.part("leads.grid")
    grid.setFocus()
    hands.bot.keyClick(grid, KEY.Key_Down)


def the_next_record(hands: Hands) -> None:
    hands.press(KEY.Key_Down, ALT)


def another_tab(hands: Hands) -> None:
    hands.go("tasks")


def another_tab_by_key(hands: Hands) -> None:
    hands.bot.keyClick(hands.window, KEY.Key_1, CTRL)


def another_operator(hands: Hands) -> None:
    box = hands.part("main.operator", QComboBox)
    box.setFocus()
    hands.bot.keyClick(box, KEY.Key_Down)


def a_new_lead(hands: Hands) -> None:
    hands.click("leads.create")


def go_to(hands: Hands) -> None:
    hands.window.session.go_to("lead", Lead.get(Lead.first_name == "Ann").number)


def the_end(hands: Hands) -> None:
    hands.window.close()


WAYS_OUT = [
    another_row, another_row_by_key, the_next_record, another_tab, another_tab_by_key, another_operator, a_new_lead,
    go_to, the_end,
]  # fmt: skip
