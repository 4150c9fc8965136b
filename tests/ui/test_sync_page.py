"""VP-1, VP-6, VP-10, VP-20: the tab Viper, and the line above a record, in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from channergy_crm.records import Contact
from channergy_crm.records.sync import SEVERAL, SyncLink, SyncPerson
from channergy_crm.services import saving
from channergy_crm.store import database
from channergy_crm.sync import connection, lacking, links
from channergy_crm.sync.companies import Company, written
from channergy_crm.sync.sandbox.server import PASSWORD
from tests.domain.two_sides import ADMIN, TwoSides, account, contact, deal, link, now
from ui.pages.sync.page import SyncPage
from ui.paper.written import on_paper

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.ui.hands import Hands

pytestmark = pytest.mark.engines("sqlite")
"""what is asked of the store is tested on both engines"""


@pytest.fixture
def both(hands: Hands, tmp_path: Path) -> Iterator[TwoSides]:
    """The window, and a site beside it; this workstation has its password."""
    sides = TwoSides(tmp_path / "site")
    connection.keep(sides.connection(), PASSWORD, ADMIN)
    yield sides
    sides.stop()


def come(hands: Hands) -> SyncPage:
    hands.window.go_to("sync")
    page = hands.window.tabs.pages[hands.window.tabs.currentIndex()]
    assert isinstance(page, SyncPage)
    return page


def listed(hands: Hands, name: str) -> list[tuple[str, ...]]:
    return [line.words for line in hands.part(f"sync.{name}").rows.lines]


def said(hands: Hands, name: str) -> str:
    return str(hands.part(name, QLabel).text())


def test_vp1_while_it_is_off_the_tab_says_what_to_do_and_opens_the_settings(hands: Hands) -> None:
    come(hands)
    way = hands.part("sync.set_up", QPushButton)
    hands.bot.waitUntil(way.isVisible)
    assert "That is off." in said(hands, "sync.empty") and not hands.part("sync.status").isVisible()
    way.click()
    assert hands.part("viper.address", QWidget).isVisible()


def test_vp6_vp20_sync_now_then_what_waits_is_filled_in(hands: Hands, both: TwoSides) -> None:
    firm = account()
    ann = contact(firm, "Lee", email="")
    page = come(hands)
    now_button = hands.part("sync.now", QPushButton)
    hands.bot.waitUntil(now_button.isEnabled)
    now_button.click()
    hands.bot.waitUntil(lambda: "1 record was made in Viper." in said(hands, "sync.said"))
    hands.bot.waitUntil(lambda: listed(hands, "waiting") == [
        ("Lee", "Contact", "the e-mail address is missing", "Email")])  # fmt: skip
    assert now_button.text() == "Sync now" and "made in Viper" in hands.said()
    assert hands.part("sync.status").accessibleDescription().startswith("Last synced: ")
    page.take_focus()
    hands.bot.keyClick(hands.part("sync.waiting"), Qt.Key.Key_Return)
    table = hands.window.tabs.pages[hands.window.tabs.currentIndex()].contacts.table
    hands.bot.waitUntil(lambda: table.is_editing)
    assert table.model.columns[table.grid.currentIndex().column()] == "email" and table.current() == ann.key


def test_vp6_why_it_failed_stays_until_a_round_has_come_to_its_end(hands: Hands, both: TwoSides) -> None:
    come(hands)
    now_button, head = hands.part("sync.now", QPushButton), hands.part("sync.status")
    hands.bot.waitUntil(now_button.isEnabled)
    both.site.faults.usual = "403"
    now_button.click()
    hands.bot.waitUntil(lambda: "refuses this user or this password." in head.accessibleDescription())
    both.site.faults.usual = "ok"
    now_button.click()
    hands.bot.waitUntil(lambda: "refuses" not in head.accessibleDescription())


def test_vp10_who_stands_for_nobody_there_is_set_where_it_is_set(hands: Hands, both: TwoSides) -> None:
    account()
    with database.writing():
        SyncPerson.delete().execute()
    both.sync()
    come(hands)
    hands.bot.waitUntil(lambda: len(listed(hands, "waiting")) == 1)
    hands.bot.keyClick(hands.part("sync.waiting"), Qt.Key.Key_Return)
    assert hands.part("viper.people", QWidget).isAncestorOf(hands.window.focusWidget())


def test_bx34_one_key_turns_a_conflict_round_and_another_settles_it(hands: Hands, both: TwoSides) -> None:
    firm = account(phone="212 555 0100")
    both.sync()
    with database.writing():
        links.conflict("CRMAccounts", firm.key, "fax", "", "212 555 0133")
        links.conflict("CRMAccounts", firm.key, "phone", "212 555 0100", "212 555 0122")
    page = come(hands)
    page.show_part("conflicts")
    hands.bot.waitUntil(lambda: len(listed(hands, "conflicts")) == 2)
    grid = hands.part("sync.conflicts")
    grid.setFocus()
    hands.bot.keyClick(grid, Qt.Key.Key_T)
    hands.bot.waitUntil(lambda: len(listed(hands, "conflicts")) == 1)
    assert now(firm).phone == "212 555 0122" and "Phone of Acme is as it is in Viper." in hands.said()
    hands.bot.keyClick(grid, Qt.Key.Key_O)
    hands.bot.waitUntil(lambda: "Both sides agree" in said(hands, "sync.conflicts_said"))
    saving.undo_latest(ADMIN)
    hands.bot.waitUntil(lambda: [words[1] for words in listed(hands, "conflicts")] == ["Phone"])


def test_vp16_which_company_an_account_is_is_chosen_with_keys_and_with_the_mouse(hands: Hands, both: TwoSides) -> None:
    firm = account()
    there = [Company("C1", "Acme", "12 Main St", "Rome"), Company("C2", "Acme", "", "Oslo")]
    with database.writing():
        links.conflict("CRMAccounts", firm.key, SEVERAL, "", written(there))
        links.conflict("CRMAccounts", firm.key, "phone", "1", "2")
    page = come(hands)
    page.show_part("conflicts")
    grid, companies = hands.part("sync.conflicts"), hands.part("sync.companies")
    hands.bot.waitUntil(lambda: len(listed(hands, "conflicts")) == 2)
    grid.setFocus()
    assert not companies.isVisible()
    hands.bot.keyClick(grid, Qt.Key.Key_Down)
    hands.bot.keyClick(grid, Qt.Key.Key_C)
    assert companies.hasFocus() and listed(hands, "companies") == [
        ("Acme", "12 Main St", "Rome", "C1"), ("Acme", "", "Oslo", "C2"), ("None of them: make it there", "", "", "")
    ]  # fmt: skip
    hands.bot.keyClick(companies, Qt.Key.Key_Escape)
    assert grid.hasFocus()
    companies.setFocus()
    hands.bot.keyClick(companies, Qt.Key.Key_Down)
    hands.bot.keyClick(companies, Qt.Key.Key_Return)
    hands.bot.waitUntil(lambda: len(listed(hands, "conflicts")) == 1)
    assert link(firm).remote == "C2" and "is Acme, Oslo (C2) in Viper" in hands.said()
    hands.part("notices.action", QPushButton).click()
    hands.bot.waitUntil(lambda: len(listed(hands, "conflicts")) == 2)
    hands.bot.keyClick(grid, Qt.Key.Key_Down)
    companies.selectRow(2)
    companies.doubleClicked.emit(companies.model().index(2, 0))
    hands.bot.waitUntil(lambda: len(listed(hands, "conflicts")) == 1)
    assert SyncLink.select().count() == 0 and "Acme is made in Viper with the next sync." in hands.said()


def test_vp6_the_report_is_filtered_and_written(hands: Hands, both: TwoSides, tmp_path: Path) -> None:
    berg = contact(beta := account("Beta"))
    account("Alpha", owner=ADMIN)
    both.sync()
    page = come(hands)
    page.show_part("report")
    hands.bot.waitUntil(lambda: [words[2] for words in listed(hands, "report")] == ["Alpha", "Beta", "Berg"])
    hands.part("sync.state").set_value("synced")
    hands.part("sync.state").changed.emit()
    hands.bot.waitUntil(lambda: [words[2] for words in listed(hands, "report")] == ["Beta", "Berg"])
    report = hands.part("sync.report").parentWidget()
    report.write(tmp_path / "clients.csv")
    hands.bot.waitUntil(lambda: "2 lines exported" in hands.said())
    (paper,) = report.draft().lay_out(_Nobody()).pages
    assert [row[4] for row in paper.rows] == [on_paper(None, link(one).synced) for one in (beta, berg)]


class _Nobody:
    """Nobody looks how far it is."""

    def step(self, *_far: object) -> None:
        """Go on."""


def test_vp10_the_line_above_a_record_says_how_it_stands_and_who_works_on_it_there(
    hands: Hands, both: TwoSides
) -> None:
    firm = account()
    contact(firm)
    trip, late = deal(firm), deal(firm, "Late trip", arrival=None)
    both.sync()
    both.site.show(link(trip).remote, "Kim Berg")
    both.sync()
    hands.window.go_to("account", firm.key)
    hands.bot.waitUntil(lambda: said(hands, "accounts.sync_state").startswith("Viper: synced "))
    hands.window.go_to("opportunity", trip.key)
    hands.bot.waitUntil(lambda: "Kim Berg" in said(hands, "accounts.opportunities.sync_more"))
    hands.window.go_to("opportunity", late.key)
    lacks = hands.part("accounts.opportunities.sync_lacks", QPushButton)
    hands.bot.waitUntil(lambda: lacks.text() == "Viper: not synced: the arrival date is missing")
    lacks.click()
    panel = hands.window.tabs.pages[hands.window.tabs.currentIndex()].opportunities.panel
    assert panel.form.rows["arrival"].editor.hasFocus()
    both.site.delete("companies", link(firm).remote)
    both.sync()
    hands.window.go_to("account", firm.key)
    hands.bot.waitUntil(lambda: said(hands, "accounts.sync_state") == "Viper: deleted in Viper today")
    assert lacking.counts(ADMIN) == {"arrival": 1}
    assert Contact.select().count() == 1
