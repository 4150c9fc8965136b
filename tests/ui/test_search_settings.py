"""F-58: Ctrl+K shows what one does above what one sets, and finds each setting by its name or another word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from channergy_crm.services import leads
from channergy_crm.settings import ALL, THEME, Station
from tests.ui.hands import KEY
from ui.search.results import LINE, SearchResults
from ui.shell.findable_settings import ELSEWHERE
from ui.shell.settings_tab import OTHER_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ui.hands import Hands

pytestmark = pytest.mark.engines("sqlite")


def shown(hands: Hands) -> list[str]:
    """The lines under the box that can be chosen, from top to bottom."""
    results = hands.window.findChild(SearchResults, "main.search_results")
    lines = [results.item(row).data(LINE) for row in range(results.count())] if results and results.isVisible() else []
    return [line.text for line in lines if line.run]


def look_for(hands: Hands, text: str, found: Callable[[list[str]], bool]) -> list[str]:
    QTest.keyClick(hands.window, KEY.Key_K, Qt.KeyboardModifier.ControlModifier)
    hands.bot.waitUntil(hands.part("main.search").hasFocus)
    QTest.keyClicks(hands.part("main.search"), text)
    hands.bot.waitUntil(lambda: found(shown(hands)))
    return shown(hands)


def enter(hands: Hands) -> None:
    QTest.keyClick(hands.part("main.search"), KEY.Key_Return)


def test_f58_dial_finds_the_number_of_the_page_above_the_settings(hands: Hands) -> None:
    leads.create({"description": "x", "phone": "504-621-8927"}, "ADMIN")
    hands.go("leads")
    hands.reads("leads", "Description", ["x"])
    lines = look_for(hands, "dial", lambda lines: "Way to dial" in lines)
    assert lines[0] == "Dial Phone"
    assert lines.index("Dial another number…") < lines.index("Dialing…") < lines.index("Way to dial")
    results = hands.part("main.search_results", SearchResults)
    assert results.chosen().side == "F9"


def test_f58_the_list_behind_a_drop_down_is_found_and_opens_at_once(hands: Hands) -> None:
    hands.go("leads")
    lines = look_for(hands, "leads call code", lambda lines: "Leads: Call Code" in lines)
    assert lines[0] == "Leads: Call Code"
    with hands.answering("lookups.close") as asked:
        enter(hands)
    assert "CRMLeads / CallCode" in asked[0].words, "its values stand there"


def test_f58_a_command_of_the_window_stands_between_those_of_the_page_and_the_settings(hands: Hands) -> None:
    hands.go("leads")
    lines = look_for(hands, "se", lambda lines: "Settings…" in lines)
    assert lines.index("Set reminder…") < lines.index("Settings…")
    lines = look_for(hands, "imp", lambda lines: "Import leads…" in lines)
    assert lines.index("Import leads…") < lines.index("Imports…")


def test_f58_dark_is_chosen_where_it_is_found_at_once_and_undone(hands: Hands) -> None:
    lines = look_for(hands, "dark", lambda lines: "Light or dark: Dark" in lines)
    assert lines[:3] == ["Light or dark: Dark", "Light or dark: As the system", "Light or dark: Light"]
    enter(hands)
    hands.bot.waitUntil(lambda: hands.said() == "Light or dark: Dark.")
    assert Station().get(THEME) == "dark"
    hands.click("notices.undo")
    assert Station().get(THEME) == "system"
    assert look_for(hands, "theme", lambda lines: len(lines) == 5) == [
        "Light or dark: As the system", "Light or dark: Light", "Light or dark: Dark",
        "Light or dark: High contrast, light", "Light or dark: High contrast, dark",
    ]  # fmt: skip


FOUND = [
    ("language", "Language", "settings.language"),
    ("zoom", "Text size", "settings.text_size"),
    ("vtiger", "Alt keys as in vtiger", "settings.alt_keys"),
    ("company name", "Name of the office", "settings.office_name"),
    ("hotkey", "Key that opens the dialer", "dialing.hotkey"),
    ("backup", "Backup", "backups.every"),
]


def test_f58_a_setting_is_found_and_the_keyboard_is_in_it(hands: Hands) -> None:
    hands.window.session.station.set(next(one for one in ALL if one.name == "dialing.bridge"), "clipboard_hotkey")
    for text, setting, part in FOUND:
        hands.go("leads")
        look_for(hands, text, lambda lines, wanted=setting: wanted in lines)
        while hands.part("main.search_results", SearchResults).chosen().text != setting:
            QTest.keyClick(hands.part("main.search"), KEY.Key_Down)
        enter(hands)
        hands.bot.waitUntil(lambda: hands.here() == "settings")
        hands.bot.waitUntil(lambda named=part: hands.part(named).hasFocus())


def test_f58_every_setting_with_a_name_is_found_by_it_and_so_are_the_topics(hands: Hands) -> None:
    found = {one.text for one in hands.window.header.search.settings()}
    assert {one.label for one in ALL if one.label and one not in ELSEWHERE} | {"Areas"} <= found
    assert set(OTHER_WORDS) <= set(ALL)


def test_f58_what_is_found_stands_above_what_can_be_set(hands: Hands) -> None:
    leads.create({"description": "x", "company": "Dark Horse"}, "ADMIN")
    lines = look_for(hands, "dark", lambda lines: "Dark Horse" in lines and len(lines) > 3)
    assert lines[0] == "Dark Horse"
