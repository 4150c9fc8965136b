"""The tab Calendar: it comes when somebody wants it, and goes when it is closed (VT-42)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.records import Task
from ui.screen import Command, Tab
from ui.shell.menu import WINDOW, Menu

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.pages.page import Page
    from ui.session.session import Session


def _build(session: Session, parent: QWidget) -> Page:
    from ui.pages.calendar.page import CalendarPage

    return CalendarPage(session, parent)


CALENDAR: Tab[Page] = Tab(
    "calendar", "Calendar", "calendar", _build, closable=True, records=(Task,),
    targets=("calendar", "calendar_activities", "calendar_opportunity", "calendar_lead", "calendar_account"),
)  # fmt: skip


def _go(menu: Menu, target: str = "calendar") -> None:
    menu.session.go_to(target)


CALENDAR_COMMANDS = [
    Command("calendar", "Calendar", _go, "calendar", "Ctrl+Shift+Y", group=WINDOW),
    Command(
        "opportunities_by_month", "Opportunities by month", lambda menu: _go(menu, "calendar_opportunity"), "calendar"
    ),
    Command("leads_by_month", "Leads by month", lambda menu: _go(menu, "calendar_lead"), "calendar"),
    Command("accounts_by_month", "Accounts by month", lambda menu: _go(menu, "calendar_account"), "calendar"),
]
"""the page in the menu, and the months of other records by the names people look for them"""
