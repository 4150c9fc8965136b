"""An office in which nothing is yet says on every tab what the first step is, until it is done (F-61)."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, QProcess
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTabWidget

from channergy_crm import commands
from channergy_crm.records import Lead, Operator
from channergy_crm.services import leads
from channergy_crm.services import office as office_
from channergy_crm.services.rights import Program
from channergy_crm.settings import OFFICE_NAME, REGION, home
from channergy_crm.store.database import open_database
from tests import another, made
from tests.ui.hands import CTRL, KEY, Hands
from ui.shell import empty_office

if TYPE_CHECKING:
    from pathlib import Path


def page(hands: Hands) -> Any:
    return hands.part("first.page")


def covers(hands: Hands) -> bool:
    """Whether somebody who looks at the middle of the tab sees the first minutes."""
    tabs = hands.part("main.tabs", QTabWidget)
    QApplication.processEvents()
    here = tabs.currentWidget()
    seen = hands.window.childAt(here.mapTo(hands.window, here.rect().center() + QPoint(0, 5)))
    return bool(seen is not None and (seen is page(hands) or page(hands).isAncestorOf(seen)))


def goes(hands: Hands) -> None:
    hands.bot.waitUntil(lambda: not page(hands).isVisible())


def stands(hands: Hands) -> None:
    hands.bot.waitUntil(lambda: hands.window.findChild(QLabel, "first.title") is not None and page(hands).isVisible())


def test_f61_every_tab_of_an_empty_office_says_the_first_step_and_has_it_under_the_focus(hands: Hands) -> None:
    stands(hands)
    for tab in ("reminders", "leads", "accounts", "contacts", "opportunities", "tasks"):
        hands.go(tab)
        assert covers(hands), tab
        verb = hands.part("first.import", QPushButton)
        hands.bot.waitUntil(verb.hasFocus)
        assert hands.here() == tab
    assert hands.part("first.title", QLabel).text() == "Who do you want to call?"
    loud = [verb for verb in page(hands).verbs.values() if verb.look == "loud"]
    assert loud == [hands.part("first.import")]
    assert hands.part("main.status", QLabel).text() == "Nothing here yet."


def test_f61_ctrl_n_begins_a_lead_from_any_tab_and_esc_brings_the_page_back(hands: Hands) -> None:
    stands(hands)
    hands.go("tasks")
    hands.press(KEY.Key_N, CTRL)
    goes(hands)
    assert hands.here() == "leads" and hands.part("leads.description").hasFocus()
    hands.press(KEY.Key_Escape)
    stands(hands)
    hands.click("first.add")
    goes(hands)
    hands.fill("leads.description", "The first one")
    hands.click("leads.save")
    hands.reads("leads", "description", ["The first one"])
    assert not page(hands).isVisible()
    hands.go("reminders")
    assert not page(hands).isVisible()


def test_f61_undo_of_the_only_record_brings_the_page_back(hands: Hands) -> None:
    stands(hands)
    leads.create({"description": "The first one"}, "ADMIN")
    goes(hands)
    hands.click("main.undo")
    stands(hands)


def test_f61_it_goes_when_another_workstation_fills_the_office(hands: Hands, database_url: str, tmp_path: Path) -> None:
    stands(hands)
    with another.window(database_url, tmp_path) as there:
        there.does("leads.create({'description': 'Theirs'}, 'ADMIN')")
        goes(hands)


@pytest.mark.parametrize("what", ["lead", "account", "task", "contact"])
def test_f61_one_record_of_any_kind_is_enough_a_row_of_the_suite_is_none(office: Any, what: str) -> None:
    assert office_.is_empty("ADMIN")
    if what == "lead":
        leads.create({"description": "One"}, "ADMIN")
    elif what == "task":
        made.task(None, "Call")
    else:
        of = made.account("Acme")
        if what == "contact":
            made.contact(of, "Ann")
    assert not office_.is_empty("ADMIN")


def test_f61_name_country_and_ones_own_name_are_saved_as_typed_with_undo(hands: Hands) -> None:
    stands(hands)
    hands.fill("first.office", "Harbor Office")
    hands.bot.waitUntil(lambda: hands.part("main.office", QLabel).text() == "Harbor Office")
    hands.fill("first.who", "Ada Voss")
    assert Operator.get_by_id("ADMIN").name == "Ada Voss"
    hands.bot.waitUntil(lambda: hands.part("first.country").count() > 100)
    hands.choose("first.country", "Germany (DE)")
    hands.bot.waitUntil(lambda: office_.get(REGION, Program.ITSELF) == "DE")
    assert hands.said() == "Country of the office changed."
    hands.click("notices.undo")
    hands.bot.waitUntil(lambda: office_.get(REGION, Program.ITSELF) == "US")
    assert office_.get(OFFICE_NAME, Program.ITSELF) == "Harbor Office" and page(hands).isVisible()


def test_f61_tab_stays_among_what_is_seen(hands: Hands) -> None:
    stands(hands)
    hands.part("first.import").setFocus()
    names = []
    for _step in range(10):
        hands.press(KEY.Key_Tab)
        names.append(QApplication.focusWidget().objectName())
    fields = ["first.office", "first.country", "first.who", "first.own_company"]
    assert names == ["first.add", "first.sample", *fields, "first.products", "first.price_books",
                     "first.tour", "main.search"]  # fmt: skip


def test_vt74_the_own_company_is_entered_under_its_name(hands: Hands) -> None:
    stands(hands)
    hands.click("first.own_company")
    assert hands.said().startswith("Say first what the office is called")
    office_.choose(OFFICE_NAME, "Harbor Office", "ADMIN")
    hands.click("first.own_company")
    hands.bot.waitUntil(lambda: hands.here() == "accounts" and not page(hands).isVisible())
    hands.reads("accounts", "name", ["Harbor Office"])


def test_f61_the_sample_office_opens_in_a_program_of_its_own(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Any] = []

    def start(program: str, arguments: list[str], folder: str) -> tuple[bool, int]:
        started.append((program, arguments, folder, os.environ.get(empty_office.TOUR_WANTED, "")))
        return True, 1

    monkeypatch.setattr(QProcess, "startDetached", start)
    stands(hands)
    hands.click("first.sample")
    (program, arguments, folder, wanted), *_ = started
    assert not wanted
    assert program == sys.executable and arguments[-1] == "--sample"
    ran = subprocess.run([program, *arguments[:-1], "--version"], cwd=folder, capture_output=True, text=True)
    assert ran.stdout.startswith("Channergy CRM")
    assert arguments[1] == empty_office.START_SAMPLE and page(hands).isVisible()
    hands.click("first.tour")
    assert started[-1] == (program, arguments, folder, "1")


@pytest.mark.engines("sqlite")
def test_f61_the_sample_office_is_kept_in_a_file_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHANNERGY_CRM_HOME", str(tmp_path))
    seen: list[Path] = []

    def window(url: str, operator: str | None) -> int:
        held = open_database(url)
        assert operator == "ANN" and Lead.select().count() > 100 and held.path is not None
        seen.append(held.path)
        held.close()
        return 0

    assert commands.run(["--sample"], window) == 0
    monkeypatch.setenv("CHANNERGY_CRM_HOME", str(tmp_path))
    assert home() == tmp_path
    assert commands.run(["--sample"], window) == 0, "the second time it is there already"
    assert seen == [tmp_path / "sample" / "office.db"] * 2 and seen[0].exists()
    assert not (tmp_path / "office.db").exists(), "this office is as it was"


def test_f61_at_960_nothing_is_cut_off(hands: Hands) -> None:
    stands(hands)
    hands.window.resize(960, 600)
    QApplication.processEvents()
    for verb in page(hands).verbs.values():
        assert verb.width() >= verb.sizeHint().width()
