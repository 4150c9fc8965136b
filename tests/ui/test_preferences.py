"""My Preferences: own data and wishes, days away, the password, where one has signed in (VT-46…VT-59, VT-63)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from channergy_crm.records.views import ListView
from channergy_crm.services import absences, groups, preferences, roles, signing_in, views
from channergy_crm.store import database
from tests.secured import PASSWORD, secure
from tests.ui.gestures import part, retype, shown, titles
from ui.application import open_office
from ui.shell.preferences_dialog import PreferencesDialog

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.engines("sqlite")
"""the screen is the same on both engines; what it asks for is tested on both"""

RETURN = Qt.Key.Key_Return


class Mine:
    """ANN's window, and her preferences over it."""

    def __init__(self, bot: Any, window: Any) -> None:
        self.bot, self.window, self.by = bot, window, window.session.by
        self.open()

    def open(self) -> None:
        self.dialog = PreferencesDialog(self.window.session, self.window)
        shown(self.bot, self.dialog)

    def part(self, name: str) -> Any:
        return part(self.dialog, f"preferences.{name}")

    def said(self, name: str) -> str:
        label = self.part(f"{name}.said")
        return label.text() if label.isVisibleTo(self.dialog) else ""

    def turn(self, title: str) -> None:
        tabs = self.part("parts")
        tabs.setCurrentIndex(titles(tabs).index(title))


@pytest.fixture
def mine(qtbot: Any, database_url: str, tmp_path: Path) -> Iterator[Mine]:
    office = database.open_database(database_url)
    secure(tmp_path, ANN="Operator", LEA="Team leader")
    groups.create("NORTH", "North branch", "ADMIN")
    groups.let_in("NORTH", ["ANN"], "ADMIN")
    office.close()
    window = shown(qtbot, open_office(database_url, "ANN", PASSWORD))
    mine = Mine(qtbot, window)
    yield mine
    mine.dialog.close()
    window.close()
    window.deleteLater()


def test_vt46_it_opens_from_the_menu_of_who_is_signed_in_and_from_the_menu_of_the_window(mine: Mine) -> None:
    action = next(one for one in mine.window.actions() if one.objectName() == "main.preferences")
    assert action in mine.window.header.user.menu().actions() and action in mine.window.header.menu.actions()
    assert isinstance(action, QAction) and action.text() == "My Preferences…"


def test_vt47_vt48_vt49_vt57_what_an_administrator_decides_is_only_read(mine: Mine) -> None:
    read = {name: mine.part(name).text() for name in ("user", "administrator", "roles", "status", "groups")}
    assert read == {
        "user": "Ann Hill (ANN)", "administrator": "No", "roles": "Operator", "status": "Active",
        "groups": "North branch",
    }  # fmt: skip


def test_vt50_vt53_own_data_and_wishes_are_kept(mine: Mine) -> None:
    retype(mine.bot, mine.part("title"), "Sales")
    retype(mine.bot, mine.part("lead_days"), "14")
    mine.part("reports_to").set_value("LEA")
    mine.part("own_composer").set_value(True)
    mine.part("signature").set_value("Ann Hill\nNorthfield Supplies")
    mine.part("save").click()
    held = preferences.of("ANN", "ANN")
    assert (held.title, held.lead_days, held.reports_to, held.own_composer) == ("Sales", 14, "LEA", True)
    assert held.signature == "Ann Hill\nNorthfield Supplies" and not mine.dialog.isVisible()
    mine.open()
    assert mine.part("title").value() == "Sales" and mine.part("reports_to").value() == "LEA"
    assert roles.of_operator("ANN", "ADMIN")[0].name == "Operator", "whom she reports to changes no right (VT-53)"


def test_vt50_a_wrong_value_is_said_beside_its_field_and_nothing_is_kept(mine: Mine) -> None:
    retype(mine.bot, mine.part("title"), "Sales")
    mine.part("reports_to").set_value("ANN")
    mine.part("save").click()
    assert mine.dialog.isVisible() and mine.said("reports_to") == "Nobody reports to themselves."
    assert preferences.of("ANN", "ANN").title == ""
    mine.part("reports_to").set_value(None)
    retype(mine.bot, mine.part("lead_days"), "a week")
    mine.part("save").click()
    assert mine.dialog.isVisible() and mine.said("lead_days") != ""


def test_vt63_leads_open_with_the_view_somebody_has_chosen(mine: Mine) -> None:
    first, second = (ListView(screen="leads", owner="ANN", name=name, filter_text="") for name in ("Hot", "Cold"))
    for view in (first, second):
        views.save(view, mine.window._pages[1].record_type, "ANN")
    mine.dialog.close()
    mine.open()
    mine.part("default_view").set_value(second.number)
    mine.part("save").click()
    opening = views.opening("leads", "ANN")
    assert opening is not None and opening.name == "Cold"


def test_bx39_days_away_are_told_and_taken_back(mine: Mine, fixed_clock: Any) -> None:
    mine.turn("Away")
    mine.part("away").click()
    assert mine.said("away_first") == "Which day?"
    mine.part("away_first").set_value(date(2026, 12, 5))
    mine.part("away_last").set_value(date(2026, 12, 1))
    mine.part("away").click()
    assert mine.said("away_last") == "The last day comes before the first one."
    mine.part("away_last").set_value(date(2026, 12, 9))
    retype(mine.bot, mine.part("away_note"), "Skiing")
    mine.part("away_receivers").set_value("ADMIN")
    mine.part("away").click()
    held = absences.of("ANN", "ANN")
    assert [(each.first, each.note, each.receivers()) for each in held] == [(date(2026, 12, 5), "Skiing", ["ADMIN"])]
    days = mine.part("absences")
    assert days.topLevelItem(0).text(3) == "Administrator" and mine.part("away_receivers").chosen() == []
    assert days.topLevelItemCount() == 1 and not mine.part("back").isEnabled()
    days.setCurrentItem(days.topLevelItem(0))
    mine.part("back").click()
    assert absences.of("ANN", "ANN") == [] and days.topLevelItemCount() == 0
    mine.part("away_first").set_value(date(2026, 12, 5))
    mine.part("save").click()
    assert mine.said("away_last") == "Which day?" and mine.part("away").isVisible(), "Save leaves nothing typed behind"
    mine.part("away_last").set_value(date(2026, 12, 6))
    mine.part("save").click()
    assert [each.last for each in absences.of("ANN", "ANN")] == [date(2026, 12, 6)]


def test_vt59_everybody_changes_the_own_password(mine: Mine) -> None:
    mine.turn("Password")

    def change(old: str, new: str, again: str) -> dict[str, str]:
        for name, text in (("old_password", old), ("new_password", new), ("new_again", again)):
            mine.part(name).setText(text)
        mine.bot.keyClick(mine.part("new_again"), RETURN)
        mine.bot.waitUntil(mine.part("change_password").isEnabled)
        QApplication.processEvents()
        return {name: mine.part(f"{name}.said").text() for name in ("old_password", "new_password", "new_again")}

    assert "not the same" in change(PASSWORD, "a new one of mine", "another one")["new_again"]
    assert change("quite wrong", "a new one of mine", "a new one of mine")["old_password"] != ""
    assert "at least 10" in change(PASSWORD, "short", "short")["new_password"]
    assert change(PASSWORD, "a new one of mine", "a new one of mine")["new_again"] == "Your password is changed."
    assert signing_in.sign_in("ann", "a new one of mine") == "ANN"


def test_vt58_the_own_sign_ins_are_listed(mine: Mine) -> None:
    mine.turn("Sign-in history")
    listed = mine.part("logins")
    said = [listed.topLevelItem(row).text(1) for row in range(listed.topLevelItemCount())]
    assert said == ["Signed in", "New password", "New password"]


def test_while_security_is_off_there_is_no_password_and_everything_else(qtbot: Any, database_url: str) -> None:
    window = shown(qtbot, open_office(database_url, "ADMIN"))
    dialog = shown(qtbot, PreferencesDialog(window.session, window))
    assert titles(part(dialog, "preferences.parts")) == ["My data", "Home", "Away", "Sign-in history"]
    assert part(dialog, "preferences.administrator").text() == "Yes"
    dialog.close()
    window.close()
    window.deleteLater()
