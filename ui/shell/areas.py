"""The areas that are on, in the window: their tabs, commands and topics come and go with them (CH-4)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from channergy_crm.records.office import OfficeSetting
from channergy_crm.services import areas, rights
from ui.areas import OnScreen
from ui.session.allowed import concerns_rights
from ui.shell.tabs import TABS, asked_for

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from channergy_crm.records.areas import Area
    from channergy_crm.work import Done
    from channergy_crm.work.record import Record
    from ui.pages.page import Page
    from ui.screen import Tab
    from ui.shell.menu import Menu
    from ui.shell.window import MainWindow

ON_SCREEN: dict[str, Callable[[], OnScreen]] = {
    "telephone": lambda: OnScreen([*TABS, *asked_for()[0]], asked_for()[1]),
}
"""what imports the screen part of each area; called only while it is on"""
SETTINGS_TABLE = OfficeSetting._meta.table_name


def on_screen() -> dict[Area, OnScreen]:
    """The areas that are on and what they show; their record types are there, too."""
    return {area: ON_SCREEN[area.name]() for area in areas.fit()}


def tabs_of(there: dict[Area, OnScreen], by: str) -> list[Tab[Page]]:
    """The tabs of these areas, without those whose records this operator does not use (VT-66)."""
    tabs = [tab for shown in there.values() for tab in shown.tabs]
    if not rights.is_secured():
        return tabs
    return [tab for tab in tabs if not tab.records or _uses_one(by, tab.records)] or tabs[:1]


def _uses_one(by: str, records: Sequence[type[Record]]) -> bool:
    return any(rights.may(by, "see", record) is None for record in records)


class AreasAtWork(QObject):
    """Keeps the window as the office has switched its areas."""

    def __init__(self, window: MainWindow, menu: Menu, there: dict[Area, OnScreen]) -> None:
        super().__init__(window)
        self._window, self._menu, self._there = window, menu, there
        self._begin(there)
        window.session.done.connect(self._something_done)
        self._go_on(window)

    def _go_on(self, window: MainWindow) -> None:
        from ui.shell.tour.beginning import go_on

        go_on(window)

    def _something_done(self, done: Done) -> None:
        if SETTINGS_TABLE not in done.tables and not concerns_rights(done):
            return
        before, self._there = self._there, on_screen()
        stood = [tab for tab in self._window.tabs.declared if not tab.closable]
        tabs = tabs_of(self._there, self._window.session.by)
        if self._secured != rights.is_secured() or self._there != before or tabs != stood:
            self._window.show_tabs(tabs)
            self._begin({area: shown for area, shown in self._there.items() if area not in before})

    def _begin(self, new: dict[Area, OnScreen]) -> None:
        from ui.shell.calendar_tab import CALENDAR_COMMANDS
        from ui.shell.campaigns_tab import CAMPAIGN_COMMANDS
        from ui.shell.catalogue_tabs import CATALOGUE_COMMANDS
        from ui.shell.events_tab import EVENT_COMMANDS
        from ui.shell.help_tab import HELP_COMMANDS
        from ui.shell.message_commands import MESSAGE_COMMANDS
        from ui.shell.sales_figures_tab import OF_SALES
        from ui.shell.sales_tabs import NEW_COMMANDS, SALES_COMMANDS
        from ui.shell.support_tabs import SUPPORT_COMMANDS
        from ui.shell.text_size import SIZE_COMMANDS
        from ui.shell.top_commands import TOP_COMMANDS
        from ui.shell.tour.beginning import TOUR_COMMANDS
        from ui.shell.window_commands import (  # the window is painted without
            COMMANDS,
            TELEPHONE_COMMANDS,
            USER_COMMANDS,
            go_to,
        )

        shown = self._there.values()
        self._secured = rights.is_secured()
        of_user = USER_COMMANDS if self._secured else []
        telephone = any(area.name == "telephone" for area in self._there)
        marketing = [*EVENT_COMMANDS, *CAMPAIGN_COMMANDS]
        selling = [*SALES_COMMANDS, *CATALOGUE_COMMANDS, *OF_SALES, *NEW_COMMANDS]
        selling += SUPPORT_COMMANDS
        of_telephone = [*TELEPHONE_COMMANDS, *CALENDAR_COMMANDS, *marketing, *selling] if telephone else []
        commands = [*of_telephone, *(command for each in shown for command in each.commands)]
        topics = [topic for each in shown for topic in each.topics]
        to_tabs, of_window = go_to(self._window.tabs.declared), [*HELP_COMMANDS, *TOUR_COMMANDS, *SIZE_COMMANDS]
        of_every = [*to_tabs, *of_window, *COMMANDS, *MESSAGE_COMMANDS, *TOP_COMMANDS]
        blocks = [block for each in shown for block in each.blocks]
        self._menu.offer([*of_every, *of_user, *commands], topics, blocks)
        for job in [job for each in new.values() for job in each.jobs]:
            QTimer.singleShot(0, self._window, partial(job, self._window.session))
