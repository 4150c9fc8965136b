"""The tabs of the main window and the pages behind them: built when first looked at, taken up and given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from channergy_crm.language import _
from ui.look import theme
from ui.look.icons import icon
from ui.widgets.tab_bars import MainTabs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPaintEvent

    from ui.pages.page import Page
    from ui.screen import Tab
    from ui.session.session import Session


class TabRow(QTabWidget):
    """One place for each tab; its page, once it is built, by that place."""

    def __init__(self, tabs: Sequence[Tab[Page]], parent: QWidget) -> None:
        super().__init__(parent)
        self.declared: list[Tab[Page]] = []
        self.pages: dict[int, Page] = {}
        self._rooms: list[tuple[QWidget, QVBoxLayout]] = []
        self.setObjectName("main.tabs")
        self.setAccessibleName(_("Areas"))
        self.setTabBar(MainTabs(self))
        self.setDocumentMode(True)
        theme.stand_on(self, "chrome")
        for place, tab in enumerate(tabs):
            self._insert(place, tab)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt would draw a line beside the tabs."""

    def set_count(self, place: int, count: int, meaning: str) -> None:
        """A badge behind a tab: how many, and whether they are "overdue" or "soon"."""
        bar = self.tabBar()
        if isinstance(bar, MainTabs):
            bar.set_count(place, count, meaning)

    @property
    def is_built(self) -> bool:
        """Whether every page has been built."""
        return len(self.pages) == len(self.declared)

    def build(self, place: int, session: Session) -> Page:
        """Build the page of a tab."""
        page = self.pages[place] = self.declared[place].build(session, self)
        self._rooms[place][1].addWidget(page.widget)
        return page

    def follow(self, tabs: Sequence[Tab[Page]], give_up: Callable[[Page], None]) -> None:
        """Take up the tabs that are new and give up those that are gone; the others keep their pages as they are.

        The tab somebody stands on stays until it can be left.
        """
        for place in reversed(range(len(self.declared))):
            if self.declared[place] not in tabs and place != self.currentIndex():
                self._remove(place, give_up)
        for place, tab in enumerate(tabs):
            if tab not in self.declared:
                self._insert(min(place, len(self.declared)), tab)

    def _insert(self, place: int, tab: Tab[Page]) -> None:
        room = QWidget(self)
        room.setObjectName(f"{tab.name}.page")
        theme.stand_on(room, "base")
        column = QVBoxLayout(room)
        column.setContentsMargins(0, 0, 0, 0)
        self._rooms.insert(place, (room, column))
        self.declared.insert(place, tab)
        self._move_pages(lambda held: held + (held >= place))
        blocked = self.blockSignals(True)
        self.insertTab(place, room, icon(tab.icon, self), tab.title)
        self.blockSignals(blocked)

    def _remove(self, place: int, give_up: Callable[[Page], None]) -> None:
        room, _column = self._rooms.pop(place)
        blocked = self.blockSignals(True)
        self.removeTab(place)
        self.blockSignals(blocked)
        del self.declared[place]
        if page := self.pages.pop(place, None):
            give_up(page)
        self._move_pages(lambda held: held - (held > place))
        room.setParent(None)
        room.deleteLater()

    def _move_pages(self, to: Callable[[int], int]) -> None:
        moved = {to(place): page for place, page in self.pages.items()}
        self.pages.clear()
        self.pages.update(moved)
