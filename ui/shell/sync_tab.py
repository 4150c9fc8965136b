"""The tab Viper: it comes when somebody wants it, and goes when it is closed (VP-1).

It is offered to whoever works with clients while the sync is on, and to administrators, who set it up; nobody else has
it in the menu, or open any longer.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from channergy_crm.errors import Surroundings
from channergy_crm.records.office import OfficeSetting
from channergy_crm.services import rights
from channergy_crm.sync import connection
from channergy_crm.sync.ready import RECORDS
from ui.screen import Tab
from ui.session.allowed import concerns_rights, uses

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.work import Done
    from ui.pages.page import Page
    from ui.session.session import Session
    from ui.shell.menu import Menu


def _build(session: Session, parent: QWidget) -> Page:
    from ui.pages.sync.page import SyncPage

    return SyncPage(session, parent)


SYNC: Tab[Page] = Tab("sync", "Viper", "refresh", _build, targets=("sync_list",), closable=True)


def leads(session: Session) -> bool:
    """Whether the operator here sets the sync up."""
    with suppress(Surroundings):
        return not session.secured or rights.may(session.by, "administer") is None
    return True


class OnlyForClients(QObject):
    """The tab is there for those it says something to."""

    def __init__(self, menu: Menu) -> None:
        super().__init__(menu.window)
        self._window, self._session = menu.window, menu.session
        self._session.operator_changed.connect(self._look)
        self._session.done.connect(self._heard)
        menu.chosen.changed.connect(self._look)
        self._look()

    def _heard(self, done: Done) -> None:
        if concerns_rights(done) or OfficeSetting._meta.table_name in done.tables:
            self._look()

    def _look(self) -> None:
        offered, tabs = self._is_offered(), self._window.tabs
        if (action := self._window.findChild(QAction, "main.sync")) is not None:
            action.setVisible(offered)
            action.setEnabled(offered)
        if not offered and SYNC in tabs.declared:
            tabs.close_tab(tabs.declared.index(SYNC))

    def _is_offered(self) -> bool:
        if leads(self._session):
            return True
        with suppress(Surroundings):
            return connection.is_on() and any(uses(self._session, record) for record in RECORDS.values())
        return False
