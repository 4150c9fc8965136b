"""Tabs that were left open are there again when the program starts; the six come first, whatever else there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from ui.shell.window import MainWindow

REMEMBERED = "tabs.open"


class OpenTabs(QObject):
    """Remembers on this workstation, for each operator, which of the tabs that can be closed are open."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        held = window.session.station.recall(self._key(), [])
        for tab in window.tabs.on_demand:
            if isinstance(held, list) and tab.name in held:
                window.tabs.take_up(tab)
        window.tabs.kept.connect(self._remember)

    def _key(self) -> str:
        return f"{REMEMBERED}.{self._window.session.by}"

    def _remember(self) -> None:
        there = self._window.tabs.declared
        names = [tab.name for tab in self._window.tabs.on_demand if tab in there and tab.records]  # not Settings
        self._window.session.station.remember(self._key(), names)
