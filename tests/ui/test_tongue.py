"""Another language in the open window, at once: everybody stands where they stood, and nothing typed is lost (VT-1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QComboBox, QTabWidget

from channergy_crm import language
from channergy_crm.language import _
from channergy_crm.services import leads, office
from channergy_crm.settings import BRIDGE, LANGUAGE, SAMPLE, Station
from tests import made
from tests.ui.hands import KEY, opened
from tests.ui.setting_up import settings
from ui.application import speak
from ui.setup.settings_page import SettingsPage
from ui.shell.menu import Menu
from ui.shell.tour.guide import Guide

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.ui.hands import Hands

pytestmark = pytest.mark.engines("sqlite")  # the store is asked nothing new


@pytest.fixture
def tongues(qapp: QApplication, qtbot: Any, database_url: str) -> Iterator[Hands]:
    """A window that speaks English, over an office with a few leads and an account; English again afterwards."""
    place = QLocale()
    Station().set(BRIDGE, "copy_only")
    with opened(qtbot, database_url) as hands:
        for number in range(5):
            leads.create(
                {"description": f"Wish {number}", "last_name": f"Lee{number}", "phone": f"650-253-000{number}"}, "ADMIN"
            )
        made.account("Acme")
        hands.window.build_all()
        yield hands
        speak(qapp, language.ENGLISH)
        QLocale.setDefault(place)
        for spoken_by_qt in qapp.findChildren(QTranslator):
            qapp.removeTranslator(spoken_by_qt)


def read(hands: Hands) -> Any:
    """The page of leads, its list read."""
    hands.read_to_the_end("leads")
    return hands.window._pages[1]


def choose(hands: Hands, code: str) -> None:
    """Choose a language at the foot of the window, and let it turn."""
    box = hands.part("main.language", QComboBox)
    box.setCurrentIndex(box.findData(code))
    QApplication.processEvents()


def test_vt1_the_open_window_speaks_another_language_at_once_and_stands_where_it_stood(tongues: Hands) -> None:
    hands, window = tongues, tongues.window
    hands.go("accounts")
    hands.part("accounts.tabs", QTabWidget).setCurrentIndex(2)
    hands.go("leads")
    page = read(hands)
    page.table.search.setText("wish")
    read(hands).table.go_to_row(3)
    stood = page.table.current()
    choose(hands, "de")
    assert Station().get(LANGUAGE) == "de" and language.in_use() == "de"
    page = window._pages[window.tabs.currentIndex()]
    assert hands.window.tabs.tabText(2) == "Firmen" and page.panel.commands.named("save").text() == "Speichern"
    assert (page.table.search.text(), page.table.current(), page.panel.record.key) == ("wish", stood, stood)
    assert hands.part("accounts.tabs", QTabWidget).currentIndex() == 2
    assert QLocale().language() == window.locale().language() == QLocale.Language.German
    assert QApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"
    assert window.session.notices.recent()[0].text == "Sprache: Deutsch."
    hands.click("notices.undo")
    QApplication.processEvents()
    assert window.tabs.tabText(2) == "Accounts" and Station().get(LANGUAGE) == language.SYSTEM


def test_vt1_the_settings_turn_it_as_well_and_stay_open(tongues: Hands) -> None:
    settings(tongues, "settings.language")
    tongues.part("settings.language", QComboBox).setCurrentIndex(2)
    QApplication.processEvents()
    page = tongues.part("settings.page", SettingsPage)
    assert page.isVisible() and page.topics.current() == "workstation" and language.in_use() == "de"


def test_vt1_it_waits_while_somebody_is_called_and_for_what_cannot_be_saved(tongues: Hands) -> None:
    hands = tongues
    hands.go("leads")
    read(hands).table.go_to_row(0)
    hands.press(KEY.Key_F9)
    choose(hands, "de")
    assert language.in_use() == "en"
    assert hands.window.notices.recent()[0].text == _("The language changes as soon as nobody is being called.")
    hands.press(KEY.Key_Escape)
    hands.bot.waitUntil(lambda: language.in_use() == "de")


def test_vt1_what_is_typed_is_saved_before_the_language_turns(tongues: Hands) -> None:
    hands = tongues
    hands.go("leads")
    read(hands).table.go_to_row(0)
    hands.fill("leads.title", "Boss")
    choose(hands, "de")
    assert hands.part("leads.title").text() == "Boss" and language.in_use() == "de"
    hands.fill("leads.description", "")
    choose(hands, "en")
    assert language.in_use() == "de" and hands.part("leads.description").text() == ""
    hands.fill("leads.description", "Wish")
    hands.bot.waitUntil(lambda: language.in_use() == "en")


def test_bx36_a_tour_under_way_goes_on_at_its_step_and_the_help_at_its_page(tongues: Hands) -> None:
    office.choose(SAMPLE, "1", "ADMIN")
    hands, window = tongues, tongues.window
    window.session.station.remember("tour.step.ADMIN", "")
    window.go_to("help_page", "lists")
    window.findChild(Menu).run("tour")
    window.findChild(Guide).go(1)
    assert hands.part("tour.title").text() == "What is due"
    window.go_to("help_page", "lists")
    choose(hands, "de")
    hands.bot.waitUntil(lambda: window.findChild(Guide) is not None)
    assert hands.part("tour.title").text() == _("What is due") and window.findChild(Guide).step.name == "reminders"
    window.go_to("help")
    assert hands.part("help.text").toPlainText().startswith("Listen, Ansichten und Filter")
    window.findChild(Guide).end()
    assert not window.property("tour")
