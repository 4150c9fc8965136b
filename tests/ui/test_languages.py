"""The language a workstation speaks: chosen in the settings, ours and Qt's own sentences together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTranslator

from channergy_crm import language
from channergy_crm.settings import LANGUAGE, Station
from tests import translations
from tests.ui.setting_up import choose, settings
from ui.application import speak
from ui.editors.choices import ChoiceEditor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from tests.ui.hands import Hands


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


def test_the_language_is_chosen_for_the_workstation(hands: Hands) -> None:
    settings(hands, "settings.language")
    assert hands.part("settings.language", ChoiceEditor).value() == language.SYSTEM
    assert hands.shows("settings.language") == "As the system"
    choose(hands, "settings.language", "English")
    assert Station().get(LANGUAGE) == language.ENGLISH
