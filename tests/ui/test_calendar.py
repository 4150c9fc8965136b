"""Calendars in the window: a file that is dropped, an event that is handed over, the file that is kept (SI-31)."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

from channergy_crm.records import Lead, Task
from channergy_crm.services import accounts, leads, reminders, tasks
from channergy_crm.settings import HAND_OVER
from channergy_crm.transfer.calendars import feed
from tests import another
from tests.ui.hands import opened
from tests.ui.setting_up import settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.ui.hands import Hands

pytestmark = [pytest.mark.engines("sqlite"), pytest.mark.usefixtures("fixed_clock")]
DAY = date(2026, 12, 1)
WRITTEN_MS = 6_000
EVENT = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:abc@google.com
SUMMARY:Show the ovens
DTSTART:20261201T093000
END:VEVENT
END:VCALENDAR
"""


class Programs(QObject):
    """Stands in for the calendar program of the system."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        """Be asked to open a file."""
        self.opened.append(url.fileName())


@pytest.fixture
def programs() -> Iterator[Programs]:
    held = Programs()
    QDesktopServices.setUrlHandler("file", held, "open")
    yield held
    QDesktopServices.unsetUrlHandler("file")


@pytest.fixture
def hands(qtbot: Any, database_url: str) -> Iterator[Hands]:
    """ADMIN's window."""
    with opened(qtbot, database_url, "ADMIN", whole=False) as hands:
        yield hands


def drop(hands: Hands, path: Path) -> None:
    """Let go of a file over the window."""
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, plain = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(300, 300), copy, held, left, plain)
    QApplication.sendEvent(hands.window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(hands.window, QDropEvent(QPointF(300, 300), copy, held, left, plain, QEvent.Type.Drop))


def task_of(**more: Any) -> Task:
    task = accounts.start_task("ADMIN")
    task.action, task.reminder_date, task.reminder_time, task.in_calendar = "Ring", DAY, time(9, 30), True
    for name, value in more.items():
        setattr(task, name, value)
    return tasks.save(task, "ADMIN")


def test_si31_a_dropped_file_makes_a_task_and_undo_takes_it_back(hands: Hands, tmp_path: Path) -> None:
    path = tmp_path / "invitation.ics"
    path.write_text(EVENT, "utf-8")
    drop(hands, path)
    hands.bot.waitUntil(lambda: hands.said() == "Event made: Show the ovens.")
    (task,) = Task.select()
    assert (task.action, task.reminder_date, task.owner) == ("Show the ovens", DAY, "ADMIN")
    hands.click("notices.action")
    assert hands.window.tabs.currentWidget() is not None
    hands.window.session.undo()
    hands.bot.waitUntil(lambda: not Task.select().exists())


def test_si31_a_broken_file_is_told_in_one_sentence(hands: Hands, tmp_path: Path) -> None:
    path = tmp_path / "broken.ICS"
    path.write_text(EVENT[:60], "utf-8")
    drop(hands, path)
    said = "broken.ICS is no calendar file, or a damaged one. Nothing was taken in."
    hands.bot.waitUntil(lambda: hands.said() == said)


def test_si31_the_box_on_a_lead_hands_its_reminder_over_once(hands: Hands, programs: Programs) -> None:
    lead = leads.create({"description": "x", "last_name": "Lee", "owner": "ADMIN", "reminder_date": DAY}, "ADMIN")
    hands.window.session.go_to("lead", lead.number)
    hands.fill("leads.in_calendar", "yes")
    hands.click("leads.save")
    hands.bot.waitUntil(lambda: programs.opened == ["Lee.ics"])
    assert Lead.get_by_id(lead.number).in_calendar
    reminders.snooze(Lead, [lead.number], date(2026, 12, 3), "ADMIN")
    task_of(action="Second")
    hands.bot.waitUntil(lambda: programs.opened == ["Lee.ics", "Second.ics"])


def test_si31_who_wants_no_program_opened_gets_none(hands: Hands, programs: Programs) -> None:
    hands.window.session.station.set(HAND_OVER.of("ADMIN"), False)
    task_of(action="First")
    hands.window.session.station.set(HAND_OVER.of("ADMIN"), True)
    task_of(action="Second")
    hands.bot.waitUntil(lambda: programs.opened == ["Second.ics"])


def test_si31_the_file_follows_what_is_done_here_and_at_another_workstation(
    hands: Hands, programs: Programs, database_url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "cloud"
    folder.mkdir()
    task = task_of()
    session = hands.window.session
    settings(hands, "calendar")
    hands.fill("settings.feed_folder", str(folder))
    path = feed.place(session.office, "ADMIN", session.station)
    assert path is not None
    hands.bot.waitUntil(lambda: path.exists() and b"20261201T093000" in path.read_bytes(), timeout=WRITTEN_MS)
    hands.click("settings.copy_address")
    assert QGuiApplication.clipboard().text() == QUrl.fromLocalFile(str(path)).toString()
    session.others.start()
    with another.window(database_url, tmp_path / "there") as there:
        there.does(f"tasks.close([{task.number}], 'ADMIN')")
        hands.bot.waitUntil(lambda: b"VEVENT" not in path.read_bytes(), timeout=WRITTEN_MS)
    tasks.reopen([task.number], "ADMIN")
    hands.bot.waitUntil(lambda: b"20261201T093000" in path.read_bytes(), timeout=WRITTEN_MS)


def test_si31_what_cannot_be_is_said_under_the_setting(hands: Hands) -> None:
    page = settings(hands, "calendar")
    for name, typed, said in (
        ("feed_folder", "somewhere", "Type the whole path of a folder."),
        ("feed_folder", "/nowhere/at/all", "There is no folder /nowhere/at/all."),
        ("feed_folder", f"/{'long' * 70}", f"There is no folder /{'long' * 70}."),
        ("time_zone", "Berlin", "There is no time zone “Berlin”. Type one such as Europe/Berlin or America/New_York."),
    ):
        hands.fill(f"settings.{name}", typed)
        hands.bot.waitUntil(lambda said=said: said in titles_of(page))


def titles_of(page: Any) -> list[str]:
    from ui.setup.settings_rows import Hint

    return [hint.text() for hint in page.findChildren(Hint)]


def test_si31_what_was_done_in_the_last_second_stands_in_the_file(
    qtbot: Any, database_url: str, programs: Programs, tmp_path: Path
) -> None:
    with opened(qtbot, database_url, "ADMIN", whole=False) as hands:
        session = hands.window.session
        session.station.set(feed.folder_of(session.office, "ADMIN"), str(tmp_path))
        path = feed.place(session.office, "ADMIN", session.station)
        task_of(action="At the very end")
        assert path is not None and not path.exists()
    assert b"At the very end" in path.read_bytes()
