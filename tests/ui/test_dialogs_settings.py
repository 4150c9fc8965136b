"""What this workstation and the office have chosen."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialog, QLineEdit

from channergy_crm.records.operators import Operator
from channergy_crm.services import office as office_settings
from channergy_crm.services import operators
from channergy_crm.settings import ASK, LEAVING, OFFICE_NAME, REGION, SAVE, THEME, Station
from channergy_crm.store import database
from tests.ui.gestures import alone, click, focused, part, words
from tests.ui.hands import KEY
from ui.editors.choices import ChoiceEditor
from ui.setup.settings_dialog import SettingsDialog, countries
from ui.widgets.dialog import Remark


@pytest.fixture
def worn():
    """The themes that were put on, in order."""
    return []


@pytest.fixture
def dialog(qtbot, office, operator, worn):
    yield alone(qtbot, SettingsDialog(Station(), operator, wear=worn.append))
    database.set_region("US")


def choose(dialog, name, text):
    editor = part(dialog, name, ChoiceEditor)
    editor.setCurrentIndex(editor.findText(text))


def test_every_hint_is_whole_also_in_a_window_that_was_left_small(qtbot, dialog, operator):
    dialog.resize(dialog.minimumWidth(), 100)
    qtbot.keyClick(dialog, KEY.Key_Escape)
    again = alone(qtbot, SettingsDialog(Station(), operator))
    hints = [hint for hint in again.findChildren(Remark) if hint.isVisible()]
    assert len(hints) >= 4
    assert [hint.text() for hint in hints if hint.height() < hint.heightForWidth(hint.width())] == []


def test_a_theme_is_worn_at_once_and_kept(qtbot, dialog, worn):
    assert focused(dialog) == "settings.theme"
    choose(dialog, "settings.theme", "Dark")
    assert worn == ["dark"]
    qtbot.keyClick(dialog, KEY.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert Station().get(THEME) == "dark"


def test_c7_who_wants_to_be_asked_before_a_changed_record_is_left_says_so(qtbot, dialog):
    assert part(dialog, "settings.leaving", ChoiceEditor).currentText() == "Save it and say so"
    choose(dialog, "settings.leaving", "Ask first")
    assert Station().get(LEAVING) == SAVE
    qtbot.keyClick(dialog, KEY.Key_Return)
    assert Station().get(LEAVING) == ASK


def test_escape_puts_the_former_theme_on_again(qtbot, dialog, worn):
    choose(dialog, "settings.theme", "Light")
    qtbot.keyClick(dialog, KEY.Key_Escape)
    assert worn == ["light", "system"]
    assert Station().get(THEME) == "system"


def test_the_office_has_a_name_and_a_country_that_decides_how_numbers_are_read(qtbot, dialog):
    part(dialog, "settings.office_name", QLineEdit).setText("Benton & Sons")
    choose(dialog, "settings.region", "Germany (DE)")
    click(qtbot, dialog, "settings.save")
    assert office_settings.get(OFFICE_NAME, "ADMIN") == "Benton & Sons"
    assert office_settings.get(REGION, "ADMIN") == database.region() == "DE"


def test_an_office_without_a_name_is_not_saved(qtbot, dialog):
    part(dialog, "settings.office_name", QLineEdit).clear()
    click(qtbot, dialog, "settings.save")
    assert "needs a name" in words(dialog)
    assert dialog.isVisible() and focused(dialog) == "settings.office_name"
    assert "without a country code" in words(dialog)


def test_who_may_not_change_the_office_is_told_and_can_still_choose_a_theme(qtbot, office, operator):
    operators.add("OLD", "Old", operator)
    old = Operator.find("OLD")
    old.active = False
    operators.save(old, operator)
    dialog = alone(qtbot, SettingsDialog(Station(), "OLD"))
    assert "is retired" in words(dialog)
    assert part(dialog, "settings.office_name", QLineEdit).isReadOnly()
    choose(dialog, "settings.theme", "Dark")
    click(qtbot, dialog, "settings.save")
    assert Station().get(THEME) == "dark"


def test_countries_are_known_by_name():
    named = dict(countries())
    assert len(named) > 200
    assert (named["US"], named["DE"]) == ("United States (US)", "Germany (DE)")
    assert not [code for code, name in named.items() if name.startswith(("Default", "("))]
