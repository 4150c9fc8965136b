"""SI-36, SI-39…SI-41, DP-2: the tab CRM and contacts and its settings, in the window."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QMenu, QPushButton

from channergy_crm import clock
from channergy_crm.records import Account, Contact, Lead
from channergy_crm.records.privacy import ErasureRow, Retention, Touch
from channergy_crm.services import leads, saving
from channergy_crm.services.privacy import age, consents, personal, requests, retention
from tests.ui.gestures import walk
from ui.forms.person_dialog import PersonDialog
from ui.pages.privacy import deeds
from ui.pages.privacy.anonymise_dialog import AnonymiseDialog
from ui.pages.privacy.page import PrivacyPage
from ui.shell import settings_tab
from ui.shell.erasures import propose
from ui.shell.menu import Menu

if TYPE_CHECKING:
    from tests.ui.hands import Hands
    from ui.pages.privacy.grid import Ages

pytestmark = pytest.mark.engines("sqlite")
"""what is asked of the store is tested on both engines"""

BY = "ADMIN"


def people(hands: Hands, now: datetime) -> PrivacyPage:
    """Three leads of different ages, and the page with all of them."""
    for years, name in enumerate(("Kessler", "Lindgren", "Okafor")):
        with clock.fixed(now - timedelta(days=800 * years)):
            leads.create({"description": "Wants a price list", "last_name": name}, BY)
    hands.window.go_to("privacy")
    page = hands.window.tabs.pages[hands.window.tabs.currentIndex()]
    assert isinstance(page, PrivacyPage)
    hands.bot.waitUntil(lambda: names(page.grid) == ["Okafor", "Lindgren", "Kessler"])
    return page


def names(grid: Ages) -> list[str]:
    return [line.words[0] for line in grid.rows.lines]


def test_si39_si41_the_oldest_come_first_are_sorted_and_touched(hands: Hands, fixed_clock: datetime) -> None:
    page = people(hands, fixed_clock)
    assert [line.words[2] for line in page.grid.rows.lines] == ["4 years", "2 years", "0 days"]
    page.grid.horizontalHeader().sectionClicked.emit(0)
    hands.bot.waitUntil(lambda: names(page.grid) == ["Kessler", "Lindgren", "Okafor"])
    page.grid.clearSelection()
    page.grid.setCurrentIndex(page.grid.rows.index(1, 0))
    page.grid.clearSelection()
    hands.bot.keyClick(page.grid, Qt.Key.Key_Space)
    assert [one.name for one in page.grid.marked()] == ["Lindgren"]
    touch = hands.part("privacy.touch", QPushButton)
    touch.click()
    assert "Say why they stay" in hands.part("privacy.said", QLabel).text()
    hands.part("privacy.why", QLineEdit).setText("asked to be kept")
    touch.click()
    hands.bot.waitUntil(lambda: {line.words[0]: line.words[2] for line in page.grid.rows.lines}["Lindgren"] == "0 days")


def test_si39_si41_the_list_goes_on_as_one_scrolls_and_all_who_were_found_are_touched(
    hands: Hands, fixed_clock: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(age, "SHOWN", 40)
    with clock.fixed(fixed_clock - timedelta(days=900)):
        for place in range(90):
            leads.create({"description": f"lead {place:02}"}, BY)
    hands.window.go_to("privacy")
    page = hands.window.tabs.pages[hands.window.tabs.currentIndex()]
    assert isinstance(page, PrivacyPage)
    hands.bot.waitUntil(lambda: len(names(page.grid)) == 40)
    assert page.standing() == "90 records"
    page.grid.setFocus()
    hands.bot.keyClick(page.grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert page.grid.marks() == 90 and "All 90 that were found are marked." in hands.part("privacy.said", QLabel).text()
    page.grid.scrollToBottom()
    hands.bot.waitUntil(lambda: len(names(page.grid)) == 80)
    assert page.grid.marks() == 90 and len(page.grid.selectionModel().selectedRows()) == 80
    hands.part("privacy.why", QLineEdit).setText("asked to be kept")
    hands.part("privacy.touch", QPushButton).click()
    hands.bot.waitUntil(lambda: Touch.select().count() == 90)
    hands.bot.waitUntil(lambda: page.grid.rows.lines[0].words[2] == "0 days")
    page.grid.mark_all()
    hands.bot.keyClick(page.grid, Qt.Key.Key_Space)
    assert page.grid.marks() == len(page.grid.rows.lines) - 1


def test_si39_who_is_marked_stays_marked_when_somebody_else_saves_one_of_them(
    hands: Hands, fixed_clock: datetime
) -> None:
    page = people(hands, fixed_clock)
    page.grid.setCurrentIndex(page.grid.rows.index(0, 0))
    page.grid.clearSelection()
    page.grid.setFocus()
    for _row in range(2):
        hands.bot.keyClick(page.grid, Qt.Key.Key_Space)
    assert [one.name for one in page.grid.marked()] == ["Okafor", "Lindgren"]
    kessler = Lead.get(Lead.last_name == "Kessler")
    kessler.last_name = "Kessler-Brandt"
    saving.save(kessler, BY)
    hands.bot.waitUntil(lambda: names(page.grid)[2] == "Kessler-Brandt")
    assert [one.name for one in page.grid.marked()] == ["Okafor", "Lindgren"]
    assert "2 records are marked" in hands.part("privacy.said", QLabel).text()
    hands.part("privacy.words", QLineEdit).setText("okafor")
    hands.bot.waitUntil(lambda: names(page.grid) == ["Okafor"])
    assert page.grid.marks() == 1


def test_dp10_consents_and_requests_are_reached_from_the_record(
    hands: Hands, fixed_clock: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(PersonDialog, "exec", lambda dialog: shown.append(dialog.windowTitle()))
    menu = hands.window.findChild(Menu)
    assert menu is not None
    hands.go("leads")
    menu.run("person")
    assert not shown and "Open a lead, an account or a contact first" in hands.said()
    leads.create({"description": "Wants a price list", "last_name": "Kessler"}, BY)
    hands.bot.waitUntil(lambda: hands.rows("leads") == 1)
    hands.click_row("leads", 0)
    menu.run("person")
    record_menu = hands.part("leads.record_menu", QMenu)
    record_menu.aboutToShow.emit()
    next(each for each in record_menu.actions() if each.text() == "Consent and requests…").trigger()
    assert shown == ["Kessler: consent and requests"] * 2


def test_si40_anonymising_shows_its_counts_and_does_it_for_good(hands: Hands, fixed_clock: datetime) -> None:
    page = people(hands, fixed_clock)
    page.grid.selectRow(0)
    dialog = AnonymiseDialog(page.grid.marked(), hands.window.session, page)
    verb = hands.part("anonymise.for_good", QPushButton)
    hands.bot.waitUntil(verb.isEnabled)
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert {"Lead", "Entries of the history"} <= set(said)
    assert any("Okafor: who they are goes" in each and "never taken back" in each for each in said)
    assert Lead.select().where(Lead.last_name == "Okafor").exists()
    dialog.deleteLater()
    deeds.forget(hands.window.session, page.grid.marked(), "", page.reload, along=True)
    hands.bot.waitUntil(lambda: names(page.grid) == ["Lindgren", "Kessler"])
    assert not Lead.select().where(Lead.last_name == "Okafor").exists() and ErasureRow.select().count() == 1
    assert (undoable := saving.undoable(BY)) is None or undoable.name != "Anonymise Anonymised #3"


def test_dp2_who_is_kept_too_long_is_proposed_at_the_start_once_a_day(hands: Hands, fixed_clock: datetime) -> None:
    page = people(hands, fixed_clock)
    retention.keep(Lead, "", 36, BY)
    session = hands.window.session
    said = "1 record is kept longer than the office has said."

    def told() -> int:
        return [notice.text for notice in session.notices.recent()].count(said)

    propose(session)
    hands.bot.waitUntil(lambda: told() == 1)
    propose(session)
    hands.window.go_to("privacy_too_old", "too_old")
    hands.bot.waitUntil(lambda: names(page.grid) == ["Okafor"])
    assert told() == 1 and "Longer than 36 months" in page.grid.rows.lines[0].words


def test_dp1_si36_si38_fields_and_times_are_chosen_in_the_settings(hands: Hands) -> None:
    menu = hands.window.findChild(Menu)
    assert menu is not None
    settings_tab.open_at(menu, "settings.privacy.years_held")
    box = hands.part("settings.privacy.field.city", QCheckBox)
    assert not box.isChecked() and hands.part("settings.privacy.field.notes", QCheckBox).isChecked()
    box.click()
    assert personal.choices(Lead, BY)["city"]
    months = hands.part("settings.privacy.months.Lost", QLineEdit)
    months.setFocus()
    hands.bot.keyClicks(months, "6")
    hands.bot.waitUntil(lambda: [(row.status, row.months) for row in Retention.select()] == [("Lost", 6)])
    assert hands.said() == "Lost: 6 months."
    hands.bot.keyClicks(months, "x")
    beside = hands.part("settings.privacy.months.Lost.said", QLabel)
    hands.bot.waitUntil(lambda: "not “6x”" in beside.text())
    assert beside.isVisible() and beside.y() - months.y() < months.height(), "beside its field"
    hands.fill("settings.privacy.years_held", "")
    assert hands.shows("settings.privacy.years_held") == 10, "a time is never nothing"
    walk(hands.bot, hands.part("settings.privacy.fields_of"), "Contacts")
    hands.part("settings.privacy.field.mailing_city", QCheckBox).click()
    assert personal.choices(Contact, BY)["mailing_city"] and not personal.choices(Account, BY)["bill_city"], "SI-38"
    hands.part("settings.privacy.refusals", QPushButton).click()
    assert hands.part("gate.number", QLineEdit).hasFocus()


def test_dp6_dp9_dp10_consents_and_requests_are_taken_down_in_one_place(hands: Hands, fixed_clock: datetime) -> None:
    page = people(hands, fixed_clock)
    lead = Lead.get(Lead.last_name == "Kessler")
    dialog = PersonDialog(lead, hands.window.session, page)
    dialog.show()
    hands.part("person.agreed", QPushButton).click()
    assert "Say for which purpose" in hands.part("person.said", QLabel).text()
    hands.part("person.purpose", QLineEdit).setText("newsletter")
    hands.part("person.source", QLineEdit).setText("trade fair")
    hands.part("person.agreed", QPushButton).click()
    hands.part("person.take", QPushButton).click()
    assert consents.holds(Lead, lead.key, "newsletter", BY)

    def said(words: str) -> bool:
        texts = [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]
        return any(text.startswith(words) for text in texts)

    hands.bot.waitUntil(lambda: said("newsletter, trade fair, since") and said("everything about them, received"))
    hands.part("person.withdraw_1", QPushButton).click()
    hands.bot.waitUntil(lambda: not consents.holds(Lead, lead.key, "newsletter", BY))
    dialog.findChildren(QPushButton, "person.answer_1")[-1].click()
    assert not requests.unanswered(BY)
    dialog.close()
