"""The language a workstation speaks: chosen in the settings, ours and Qt's own sentences together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTranslator

from channergy_crm import language
from channergy_crm.settings import LANGUAGE, Station
from tests import translations
from ui.application import speak
from ui.editors.choices import ChoiceEditor
from ui.setup.settings_dialog import SettingsDialog

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from channergy_crm.store.database import Office


@pytest.fixture
def german(tmp_path: Path) -> Iterator[Path]:
    """A German catalogue of one sentence; English again afterwards."""
    catalogue = tmp_path / "de" / "LC_MESSAGES" / "channergy_crm.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Dark"\nmsgstr "Dunkel"\n', "utf-8"
    )
    translations.compile_all(tmp_path)
    yield tmp_path
    language.use(language.ENGLISH)


def test_qt_says_its_own_texts_in_the_same_language(qapp: QApplication, german: Path) -> None:
    assert speak(qapp, "de_CH", german) == "de" and language._("Dark") == "Dunkel"
    assert qapp.translate("QPlatformTheme", "Cancel") == "Abbrechen"
    for texts in qapp.findChildren(QTranslator):
        qapp.removeTranslator(texts)
    assert speak(qapp, "fr", german) == "en" and qapp.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_the_language_is_chosen_for_the_workstation(
    office: Office, operator: str, tmp_path: Path, qtbot: QtBot
) -> None:
    station = Station(tmp_path / "station.json")
    dialog = SettingsDialog(station, operator)
    qtbot.addWidget(dialog)
    chosen = dialog.findChild(ChoiceEditor, "settings.language")
    assert chosen is not None and chosen.value() == language.SYSTEM and chosen.currentText() == "As the system"
    chosen.set_value(language.ENGLISH)
    dialog.accept()
    assert station.get(LANGUAGE) == language.ENGLISH
