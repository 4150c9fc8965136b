"""Settings › Backup, and what the window does by itself (BX-20)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QPushButton

from channergy_crm.jobs.lease import Lease
from channergy_crm.records import Lead
from channergy_crm.services import backups, leads
from channergy_crm.services import office as office_settings
from channergy_crm.settings import BACKUP_FOLDER, BACKUP_KEPT, BACKUP_KEYS
from tests.ui.gestures import retype
from tests.ui.hands import KEY, Hands
from tests.ui.setting_up import choose, settings, topic
from ui.shell.by_itself import ByItself
from ui.transfer.backup_list import BackupList

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.engines("sqlite")
"""the screen is the same on both engines; what it asks for is tested on both"""

BY, SECRET = "ADMIN", "Sesam öffne dich"


@pytest.fixture
def folder(hands: Hands, tmp_path: Path) -> Path:
    """Where backups go; one lead is in the office."""
    place = tmp_path / "kept"
    place.mkdir()
    backups.choose_folder(str(place), BY)
    leads.create({"description": "First"}, BY)
    return place


def grid(hands: Hands) -> BackupList:
    return hands.part("backups.grid", BackupList)


def rows(hands: Hands) -> list[list[str]]:
    model = grid(hands).model()
    return [[str(model.index(row, column).data()) for column in range(5)] for row in range(model.rowCount())]


def made(hands: Hands) -> None:
    """Back up now, and wait until it stands in the list."""
    before = len(rows(hands))
    hands.click("backups.make")
    hands.bot.waitUntil(lambda: len(rows(hands)) == before + 1)


def test_bx20_back_up_now_stands_in_the_list_with_what_it_holds(hands: Hands, folder: Path) -> None:
    settings(hands, "backup")
    hands.bot.waitUntil(lambda: "There is none yet" in hands.part("backups.said").text())
    assert not hands.part("backups.restore", QPushButton).isEnabled()
    made(hands)
    assert hands.said().startswith("Backed up and looked through:")
    (row,) = rows(hands)
    assert row[0].startswith("Today") and row[1].startswith("whole, Today") and row[2] == "" and row[4].endswith("MB")
    hands.click("backups.verify")
    hands.bot.waitUntil(lambda: hands.said().startswith("It is whole:"))


def test_bx20_when_and_how_many_are_chosen_here_and_what_cannot_be_is_said(hands: Hands, folder: Path) -> None:
    settings(hands, "backup")
    choose(hands, "backups.every", "Every 4 hours")
    hands.bot.waitUntil(lambda: backups.plan(hands.window.session.office, BY).every == "4")
    assert not hands.part("backups.at").isVisible()
    line = hands.part("backups.kept")
    retype(hands.bot, line, "none")
    hands.bot.keyClick(line, KEY.Key_Return)
    assert "number from 1 to 1,000" in topic(hands).rows[BACKUP_KEPT]._hint.text()
    assert office_settings.get(BACKUP_KEPT, BY) == "14"
    retype(hands.bot, line, "3")
    hands.bot.keyClick(line, KEY.Key_Return)
    assert office_settings.get(BACKUP_KEPT, BY) == "3"


def test_bx20_a_folder_is_chosen(hands: Hands, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings(hands, "backup")
    other = tmp_path / "other"
    other.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *asked: str(other))  # the system's own dialog
    hands.click("backups.folder")
    assert office_settings.get(BACKUP_FOLDER, BY) == str(other)
    made(hands)
    assert len(list(other.iterdir())) == 2


def test_bx20_a_backup_is_put_back_after_its_contents_were_shown(hands: Hands, folder: Path) -> None:
    settings(hands, "backup")
    made(hands)
    leads.create({"description": "Second"}, BY)
    with hands.answering("restore.put_back") as asked:
        hands.click("backups.restore")
        hands.bot.waitUntil(lambda: hands.said().startswith("The office is what it was then."))
    assert "Leads 1 now 2" in " ".join(asked[0].words.split()) and "What it is now is kept" in asked[0].words
    assert [lead.description for lead in Lead.select()] == ["First"]


@pytest.mark.engines("sqlite")
def test_bx20_encryption_takes_a_passphrase_twice_and_asks_for_it_when_restoring(hands: Hands, folder: Path) -> None:
    settings(hands, "backup")
    steps = iter([("short", "short"), (SECRET, "another"), (SECRET, SECRET)])
    said: list[str] = []

    def step() -> None:
        pair = next(steps)
        for name, text in zip(("passphrase", "again"), pair, strict=True):
            hands.part(f"encrypt.{name}", QLineEdit).setText(text)
        hands.part("encrypt.use", QPushButton).click()
        if pair != (SECRET, SECRET):
            said.append(hands.part("encrypt.said", QLabel).text())
            QTimer.singleShot(0, step)

    QTimer.singleShot(0, step)
    hands.click("backups.keys")
    assert said == ["Take at least 8 letters.", "These two are not the same."]
    hands.bot.waitUntil(lambda: hands.said() == "Backups are encrypted from now on.", timeout=20_000)
    assert SECRET not in office_settings.get(BACKUP_KEYS, BY)
    made(hands)
    assert rows(hands)[0][2] == "yes"
    hands.click("backups.keys")
    assert hands.said() == "Backups are plain files from now on." and office_settings.get(BACKUP_KEYS, BY) == ""


def by_itself(hands: Hands) -> ByItself:
    found = hands.window.findChild(ByItself)
    assert found is not None
    return found


def test_bx20_a_window_makes_the_backup_that_is_due_and_tells_when(hands: Hands, folder: Path) -> None:
    sign = hands.part("main.by_itself")
    assert not sign.isVisible()
    by_itself(hands).start()
    hands.bot.waitUntil(sign.isVisible)
    assert sign.text().startswith("Backup: Today") and len(list(folder.glob("*.db"))) == 1
    hands.click("main.by_itself")
    assert hands.here() == "settings"
    hands.bot.waitUntil(lambda: len(rows(hands)) == 1)


def test_bx20_an_open_topic_follows_what_was_done_by_itself(hands: Hands, folder: Path) -> None:
    settings(hands, "backup")
    hands.bot.waitUntil(lambda: "There is none yet" in hands.part("backups.said").text())
    by_itself(hands).start()
    hands.bot.waitUntil(lambda: len(rows(hands)) == 1)


def test_bx20_what_failed_stands_in_the_status_line_with_its_reason(hands: Hands, folder: Path) -> None:
    folder.rmdir()
    by_itself(hands).start()
    sign = hands.part("main.by_itself")
    hands.bot.waitUntil(sign.isVisible)
    settings(hands, "backup")
    hands.bot.waitUntil(lambda: "is not there. Tried again:" in hands.part("backups.said").text())
    assert sign.text() == "Backup failed" and f"The folder for backups {folder} is not there." in sign.toolTip()


def test_bx20_a_window_leaves_it_to_another_workstation(hands: Hands, folder: Path) -> None:
    other = Lease(hands.window.session.office)
    assert other.take()
    here = by_itself(hands)
    with hands.bot.waitSignal(here.heard):
        here.start()
    assert list(folder.iterdir()) == []
    here.stop()
    assert not Lease(hands.window.session.office).take(), "what another holds is not given back here"


def test_bx20_a_closed_window_gives_the_lease_back(hands: Hands, folder: Path) -> None:
    here = by_itself(hands)
    with hands.bot.waitSignal(here.heard):
        here.start()
    assert not Lease(hands.window.session.office).take()
    here.stop()
    assert Lease(hands.window.session.office).take()
