"""Settings: a page in a tab that can be closed, saved as changed, nothing of it cut off (F-54)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from channergy_crm.records.operators import Operator
from channergy_crm.services import office as office_settings
from channergy_crm.services import operators
from channergy_crm.settings import ASK, LEAVING, OFFICE_NAME, REGION, SEARCH_LISTS, TEXT_SIZE, THEME, Station
from channergy_crm.store import database
from tests.ui.gestures import part, titles, words
from tests.ui.hands import KEY, Hands
from tests.ui.setting_up import PLACE, choose, menu_of, press, settings, topic
from ui.look import theme
from ui.session.chosen import Wear
from ui.setup.settings_general import countries
from ui.setup.settings_rows import Hint, Words
from ui.shell import settings_tab

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.engines("sqlite")

TOPICS = [
    "workstation", "office", "areas", "calling", "gate", "sms", "mail", "watch", "viper", "reminders", "calendar",
    "goals", "scripts", "paper", "projects", "crm", "selling", "support", "portal", "lists", "operators", "files",
    "history", "backup", "keys",
]  # fmt: skip
PARTS = ("settings.", "dialing.", "gate.", "backups.", "sms.", "mail.", "watch.", "viper.", "sync.")
WHOLE = {"operators", "scripts", "paper", "projects", "crm"}
"""topics that take the whole page and are tested by themselves"""
AT = {"history": "settings.months_kept"}
"""where one of them has its settings, beside lists"""


@pytest.fixture
def worn(hands: Hands) -> list[object]:
    """What the program was dressed in, in order."""
    put_on: list[object] = []
    menu_of(hands).chosen.wear = Wear(put_on.append, put_on.append)
    return put_on


@pytest.fixture
def letters(qapp: QApplication) -> Iterator[Any]:
    """Makes letters larger until the test is over."""
    yield lambda percent: theme.text_size(qapp, percent)
    theme.text_size(qapp, 100)


def focused(hands: Hands) -> str:
    widget = hands.window.focusWidget()
    return widget.objectName() if widget is not None else ""


def longest_word(said: QLabel) -> int:
    return max(said.fontMetrics().horizontalAdvance(word) for word in said.text().replace("\u200b", " ").split())


# ---------------------------------------------------------------- how it looks


@pytest.mark.parametrize("percent", [100, 130])
def test_f54_every_hint_is_whole_in_a_small_window_and_with_large_letters(
    hands: Hands, letters: Any, percent: int
) -> None:
    letters(percent)
    hands.window.resize(960, 700)
    seen = 0
    for name in [each for each in TOPICS if each not in WHOLE]:
        settings(hands, AT.get(name, name))
        QApplication.processEvents()
        page = topic(hands)
        said = [one for kind in (Hint, Words) for one in page.findChildren(kind) if one.isVisible() and one.text()]
        assert [one.text() for one in said if one.height() < one.heightForWidth(one.width())] == []
        assert [one.text() for one in said if one.contentsRect().width() < longest_word(one)] == []
        assert page.width() <= hands.part(f"settings.topic.{name}").viewport().width()
        seen += len(said)
    assert seen > 40


def test_f54_the_window_can_be_960_wide_with_settings_open(hands: Hands) -> None:
    settings(hands, "calling")
    assert hands.window.minimumSizeHint().width() <= 960
    hands.window.resize(960, 700)
    assert hands.window.width() == 960


def test_letters_that_become_larger_make_names_and_fields_larger_at_once(hands: Hands, letters: Any) -> None:
    page = settings(hands, "office")
    before = [one.font().pointSizeF() for one in page.findChildren(Words)], page.topics.width()
    letters(130)
    QApplication.processEvents()
    after = [one.font().pointSizeF() for one in page.findChildren(Words)], page.topics.width()
    assert [round(large / small, 1) for small, large in zip(before[0], after[0], strict=True)] == [1.3] * len(after[0])
    assert after[1] > before[1] * 1.2


def test_where_tabs_have_no_room_their_drawings_go_and_words_stay(hands: Hands, letters: Any) -> None:
    hands.window.resize(960, 700)
    letters(130)
    settings(hands)
    QApplication.processEvents()
    bar = hands.window.tabs.tabBar()
    assert bar.tabRect(0).left() >= 0 and bar.tabRect(PLACE).right() <= hands.window.tabs.width()


# ---------------------------------------------------------------- the tab


def test_settings_open_in_a_tab_behind_the_others_and_close_again(hands: Hands) -> None:
    hands.go("accounts")
    press(hands, KEY.Key_Comma)
    assert hands.here() == "settings" and len(titles(hands.window.tabs)) == PLACE + 1
    assert focused(hands) == "settings.topics"
    press(hands, KEY.Key_W)
    assert hands.here() == "accounts" and len(titles(hands.window.tabs)) == PLACE
    press(hands, KEY.Key_W)
    assert hands.here() == "accounts" and hands.said() == "This tab stays. Tabs with a cross can be closed."


def test_the_cross_and_the_middle_button_close_it_and_it_opens_where_it_is_asked_to(hands: Hands) -> None:
    hands.go("leads")
    settings(hands, "settings.alt_keys")
    hands.click("settings.close")
    assert hands.here() == "leads"
    settings(hands, "settings.search_lists")
    assert focused(hands) == "settings.search_lists"
    bar = hands.window.tabs.tabBar()
    QTest.mouseClick(bar, Qt.MouseButton.MiddleButton, pos=bar.tabRect(1).center())
    assert len(titles(hands.window.tabs)) == PLACE + 1, "that one stays"
    QTest.mouseClick(bar, Qt.MouseButton.MiddleButton, pos=bar.tabRect(PLACE).center())
    assert hands.here() == "leads" and len(titles(hands.window.tabs)) == PLACE


def test_it_is_there_once_and_stays_until_it_is_closed(hands: Hands) -> None:
    settings(hands, "backup")
    hands.go("tasks")
    page = settings(hands, "keys")
    assert titles(hands.window.tabs).count("Settings") == 1 and page.topics.current() == "keys"
    hands.go("tasks")
    hands.window.show_tabs([tab for tab in hands.window.tabs.declared if not tab.closable])
    assert "Settings" in titles(hands.window.tabs)
    hands.window.tabs.close_tab(PLACE)
    assert hands.here() == "tasks", "closed from elsewhere it leaves people where they are"


def test_an_empty_office_can_be_set_up(hands: Hands) -> None:
    hands.bot.waitUntil(lambda: hands.part("first.page").isVisible())
    settings(hands, "office")
    assert not hands.part("first.page").isVisible()
    press(hands, KEY.Key_W)
    assert hands.part("first.page").isVisible()


def test_a_setting_is_found_in_the_page_and_gone_to(hands: Hands) -> None:
    page = settings(hands)
    press(hands, KEY.Key_F)
    assert focused(hands) == "settings.find"
    hands.type("night")
    assert [page.topics.item(row).text() for row in range(page.topics.count())] == [
        "This workstation", "Light or dark",
    ]  # fmt: skip
    hands.press(KEY.Key_Down)
    hands.press(KEY.Key_Down)
    hands.press(KEY.Key_Return)
    assert focused(hands) == "settings.theme"
    hands.part("settings.find", QLineEdit).setText("nothing like this")
    assert page.topics.count() == 0
    hands.part("settings.find", QLineEdit).clear()
    assert page.topics.count() == len(TOPICS)


# ---------------------------------------------------------------- saved as changed


def test_what_is_chosen_is_worn_and_kept_at_once_and_taken_back(hands: Hands, worn: list[object]) -> None:
    settings(hands, "settings.theme")
    assert focused(hands) == "settings.theme"
    choose(hands, "settings.theme", "Light")
    assert worn == ["light"] and Station().get(THEME) == "light"
    assert hands.said() == "Light or dark: Light."
    hands.click("notices.undo")
    assert worn == ["light", "system"] and Station().get(THEME) == "system"
    assert hands.shows("settings.theme") == "As the system"
    choose(hands, "settings.text_size", "115 %")
    assert worn[-1] == 115 and Station().get(TEXT_SIZE) == 115
    assert hands.shows("settings.leaving") == "Save it and say so"
    choose(hands, "settings.leaving", "Ask first")
    assert Station().get(LEAVING) == ASK, "C7"


def test_the_office_has_a_name_and_a_country_that_decides_how_numbers_are_read(hands: Hands) -> None:
    settings(hands, "settings.office_name")
    hands.part("settings.office_name", QLineEdit).selectAll()
    hands.type("Benton & Sons\n")
    assert office_settings.get(OFFICE_NAME, "ADMIN") == "Benton & Sons"
    assert hands.said() == "Name of the office: Benton & Sons."
    hands.click("notices.undo")
    assert office_settings.get(OFFICE_NAME, "ADMIN") == "Channergy CRM"
    hands.bot.waitUntil(lambda: hands.shows("settings.office_name") == "Channergy CRM")
    region = hands.part("settings.region")
    region.setCurrentIndex(region.findText("Germany (DE)"))
    hands.go("leads")
    assert office_settings.get(REGION, "ADMIN") == database.region() == "DE"
    database.set_region("US")


@pytest.mark.parametrize(("name", "setting", "typed", "sentence"), [
    ("settings.office_name", OFFICE_NAME, "", "An office needs a name; it stands in the header."),
    ("settings.search_lists", SEARCH_LISTS, "ADMIN, ZOE", "There is no active operator ZOE."),
])  # fmt: skip
def test_f54_what_cannot_be_is_said_under_its_field_and_not_stored(
    hands: Hands, name: str, setting: Any, typed: str, sentence: str
) -> None:
    page = settings(hands, name)
    line = hands.part(name, QLineEdit)
    line.selectAll()
    hands.press(KEY.Key_Delete)
    hands.type(f"{typed}\n")
    assert sentence in words(page) and line.property("problem")
    assert office_settings.get(setting, "ADMIN") == setting.default
    hands.go("leads")
    settings(hands, name)
    assert line.text() == typed, "what was typed stays"
    hands.press(KEY.Key_Escape)
    assert line.text() == setting.default and not line.property("problem")
    assert sentence not in words(page)


def test_who_may_not_change_the_office_reads_why_and_can_still_choose_a_theme(hands: Hands) -> None:
    operators.add("BEA", "Bea", "ADMIN")
    bea, me = Operator.find("BEA"), Operator.find("ADMIN")
    bea.administrator, me.active = True, False
    operators.save(bea, "ADMIN")
    operators.save(me, "BEA")
    settings(hands, "office")
    assert "is retired" in words(topic(hands))
    assert part(topic(hands), "settings.office_name", QLineEdit).isReadOnly()
    settings(hands, "settings.theme")
    choose(hands, "settings.theme", "Dark")
    assert Station().get(THEME) == "dark"
    hands.window.session.set_operator("BEA")
    settings(hands, "office")
    assert "is retired" not in words(topic(hands))
    assert not part(topic(hands), "settings.office_name", QLineEdit).isReadOnly()


def test_a_row_that_does_something_does_what_the_menu_does(hands: Hands) -> None:
    hands.go("tasks")
    settings(hands, "lists")
    with hands.answering("lookups.close"):
        hands.click("settings.lookups_row")
    settings(hands, "keys")
    hands.click("settings.alt_keys_topic")
    assert focused(hands) == "settings.alt_keys"


def test_countries_are_known_by_name() -> None:
    named = dict(countries())
    assert len(named) > 200
    assert (named["US"], named["DE"]) == ("United States (US)", "Germany (DE)")
    assert not [code for code, name in named.items() if name.startswith(("Default", "("))]


def test_every_topic_has_a_page_of_its_own_and_everything_in_it_a_name(hands: Hands) -> None:
    from PySide6.QtWidgets import QAbstractButton, QComboBox

    assert [each.name for each in settings_tab.topics(menu_of(hands))] == TOPICS
    for name in [each for each in TOPICS if each not in WHOLE]:
        settings(hands, AT.get(name, name))
        for kind in (QAbstractButton, QLineEdit, QComboBox):
            for widget in topic(hands).findChildren(kind):
                if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and not isinstance(widget.parent(), QComboBox):
                    assert widget.objectName().startswith(PARTS), widget
                    assert widget.accessibleName(), widget.objectName()
