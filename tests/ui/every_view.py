"""The sample office on the screen, and every view of it somebody can come to."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabWidget, QWidget

from channergy_crm import clock, demo
from channergy_crm.records import Opportunity
from channergy_crm.settings import Station
from channergy_crm.store import database
from ui.application import open_office
from ui.lists.table import RecordTable
from ui.screens import people, sales

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ui.shell.window import MainWindow

# A tab and, where it has parts, the part: the name of its tabs and which of them.
VIEWS: dict[str, tuple[int, str, int]] = {
    "reminders.tasks": (0, "reminders.tabs", 0),
    "reminders.open_tasks": (0, "reminders.tabs", 1),
    "reminders.leads": (0, "reminders.tabs", 2),
    "leads": (1, "", 0),
    "accounts.information": (2, "accounts.tabs", 0),
    "accounts.customer": (2, "accounts.tabs", 1),
    "accounts.contacts": (2, "accounts.tabs", 2),
    "accounts.opportunities": (2, "accounts.tabs", 3),
    "accounts.tasks": (2, "accounts.tabs", 4),
    "contacts": (3, "", 0),
    "opportunities": (4, "", 0),
    "tasks": (5, "", 0),
}
SUPPORT = ("tickets", "faq", "support_figures")
"""tabs that come when somebody wants them"""
NOW = datetime(2026, 11, 23, 10, 0)
WIDTH = 1280
"""pixels; what the smallest of the usual screens is wide"""
PATIENCE_MS = 2_000
"""for what is read beside the window's thread and changes its layout"""


def sample_office(folder: Path) -> str:
    """The address of the sample office in a file, as it is on Monday at ten."""
    url = f"sqlite:///{folder / 'office.db'}"
    with clock.fixed(NOW):
        office = database.open_database(url)
        demo.fill(office)
        office.close()
    return url


@contextmanager
def shown(url: str, operator: str) -> Iterator[MainWindow]:
    """The main window over that office, on the screen, at that hour; every section of its forms is open."""
    station = Station()
    for screen in (people.LEADS, people.ACCOUNTS, people.CUSTOMERS, sales.ACCOUNT_OPPORTUNITIES):
        for section in screen.sections:
            station.remember(f"{screen.name}.folded.{section.title}", False)
    with clock.fixed(NOW):
        window = open_office(url, operator)
        window.resize(WIDTH, window.height())
        window.show()
        window.activateWindow()
        assert QTest.qWaitForWindowActive(window), "the keyboard is somewhere else"
        yield window
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def go(window: MainWindow, view: str) -> QWidget:
    """Come to a view, its lists read and its first record open; its page."""
    place, tabs, part = VIEWS[view]
    if tabs == "accounts.tabs":  # an account that has opportunities, and so a lead, a contact and tasks
        mine = Opportunity.select().where(Opportunity.owner == window.session.by).order_by(Opportunity.number)
        for opportunity in mine.limit(1):
            window.go_to("opportunity", opportunity.number)
    window.tabs.setCurrentIndex(place)
    if tabs:
        held = window.findChild(QTabWidget, tabs)
        assert held is not None
        held.setCurrentIndex(part)
    page = window.tabs.currentWidget()
    assert page is not None
    settle(page)
    return page


def settle(page: QWidget) -> None:
    """Read every list on the page, and paint it."""
    for table in page.findChildren(RecordTable):
        if table.isVisible():
            table.refresh_now()
    QApplication.processEvents()


def once_laid_out(wrong: Callable[[], list[str]]) -> list[str]:
    """What is wrong once all that was asked for beside the window has come and is laid out."""
    patience, found = QDeadlineTimer(PATIENCE_MS), wrong()
    while found and not patience.hasExpired():
        QApplication.processEvents()
        found = wrong()
    return found
