"""The tab Events, CRM Management: it comes when somebody wants it who may lead the events of the office (VS-7, VS-11).

Whoever may not is told why, and nobody has it open who may not any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from channergy_crm.records import Task
from channergy_crm.services import rights
from ui.screen import Command, Tab
from ui.session.allowed import concerns_rights
from ui.shell.menu import WINDOW, Menu

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.work import Done
    from ui.pages.page import Page
    from ui.session.session import Session
    from ui.shell.window import MainWindow


def _build(session: Session, parent: QWidget) -> Page:
    from ui.pages.events.page import EventsPage

    return EventsPage(session, parent)


EVENTS: Tab[Page] = Tab(
    "events", "Events", "event", _build, targets=("event", "events_status", "events_override"), closable=True,
    records=(Task,),
)  # fmt: skip


def _go(menu: Menu, target: str = "events") -> None:
    session = menu.session
    refused = session.attempt(lambda: rights.may_lead_events(session.by) or "")
    if refused:
        session.notices.warn(refused)
    elif refused is not None:
        session.go_to(target)


EVENT_COMMANDS = [
    Command("events", "Events", lambda menu: _go(menu), "event", group=WINDOW),
    Command("crm_management", "CRM Management", lambda menu: _go(menu), "event"),
    Command("follow_ups", "Follow-ups: status", lambda menu: _go(menu, "events_status"), "event"),
    Command("follow_up_override", "Follow-up Override", lambda menu: _go(menu, "events_override"), "event"),
]
"""the page in the menu, and its parts by the names people look for them"""


class OnlyForLeaders(QObject):
    """The tab is open for those only who have the job function CRM."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._look()
        window.session.operator_changed.connect(self._look)
        window.session.done.connect(self._heard)

    def _heard(self, done: Done) -> None:
        if concerns_rights(done):
            self._look()

    def _look(self) -> None:
        session, tabs = self._window.session, self._window.tabs
        refused = session.attempt(lambda: rights.may_lead_events(session.by) or "") if EVENTS in tabs.declared else ""
        if refused:
            tabs.close_tab(tabs.declared.index(EVENTS))
