"""The office is told of a newer version only where it has said where the note lies; nothing is loaded by itself."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLineEdit

from channergy_crm.services import office
from channergy_crm.settings import NEWER_AT
from tests.ui.gestures import words
from tests.ui.hands import opened
from tests.ui.setting_up import settings, topic
from ui.shell.newer import Newer
from ui.widgets.controls import IconButton

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.ui.hands import Hands

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def hands(qtbot: Any, database_url: str) -> Iterator[Hands]:
    with opened(qtbot, database_url, "ADMIN", whole=False) as hands:
        yield hands


def test_the_note_is_typed_looked_at_and_told_quietly(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    went: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: bool(went.append(url.toString())) or True)
    note = tmp_path / "note.json"
    note.write_text(json.dumps({"program": "channergy-crm", "version": "9.1", "new": "A portal & <b>tickets</b>",
                                "address": "https://example.com/crm"}))  # fmt: skip
    watch = hands.window.findChild(Newer)
    assert watch is not None
    watch.look()
    sign = hands.part("main.newer", IconButton)
    assert not sign.isVisible() and office.get(NEWER_AT, "ADMIN") == "", "off until somebody has typed where"
    settings(hands, "office")
    hands.click("settings.look_for_newer")
    assert "Type where the note lies" in words(topic(hands))
    field = hands.part("settings.newer_at", QLineEdit)
    for typed, sentence in (("http://example.com/note", "write https://"), ("note.json", "whole path of a file")):
        fill(hands, field, typed)
        assert sentence in words(topic(hands)) and field.text() == typed
        assert office.get(NEWER_AT, "ADMIN") == ""
    fill(hands, field, str(tmp_path / "nothing.json"))
    hands.click("settings.look_for_newer")
    hands.bot.waitUntil(lambda: "nothing.json cannot be read" in words(topic(hands)))
    fill(hands, field, str(note))
    assert office.get(NEWER_AT, "ADMIN") == str(note)
    hands.click("settings.look_for_newer")
    hands.bot.waitUntil(lambda: "Version 9.1 is there: A portal & <b>tickets</b>" in words(topic(hands)))
    assert sign.isVisible() and sign.text() == "Version 9.1 is there" and not went
    hands.click("main.newer")
    assert hands.said() == "Version 9.1 is there: A portal & <b>tickets</b>"
    hands.click("notices.action")
    assert went == ["https://example.com/crm"]
    fill(hands, field, "")
    assert not sign.isVisible()


def fill(hands: Hands, field: QLineEdit, text: str) -> None:
    field.setFocus(Qt.FocusReason.TabFocusReason)
    field.selectAll()
    hands.bot.keyClicks(field, text) if text else hands.bot.keyClick(field, Qt.Key.Key_Delete)
    hands.bot.keyClick(field, Qt.Key.Key_Return)
