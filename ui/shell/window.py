"""The main window: header, tabs, status line. It knows pages, not record types."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from channergy_crm.language import _, one
from ui.session.background import Background
from ui.session.notices import Notices
from ui.shell.closing import Closing
from ui.shell.header import Header
from ui.shell.reach import Reach
from ui.shell.status_line import add_status_line, restore_size
from ui.shell.tab_row import TabRow, close_lists
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QCloseEvent

    from ui.forms.record_panel import RecordPanel
    from ui.lists.table import RecordTable
    from ui.pages.page import Page
    from ui.screen import Tab
    from ui.session.session import Session

    MakeSession = Callable[[Notices, Background], Session]

MINUTE_MS, SOON_MS = 60_000, 50


class MainWindow(QMainWindow):
    """One operator's workplace (CH-5): the tabs, the operator drop-down, undo and redo, notices, long work."""

    def __init__(self, tabs: Sequence[Tab[Page]], make_session: MakeSession) -> None:
        super().__init__()
        self.build(tabs, make_session)
        restore_size(self, self.session)

    def build(self, tabs: Sequence[Tab[Page]], make_session: MakeSession) -> None:
        """Put everything into the window, once, or once more after `let_go`."""
        self._last_tab = 0
        self.background = Background(self)
        centre = QWidget(self)
        self.closing = Closing(self)
        self.tabs = TabRow(tabs, centre, self.may_leave)
        self._tabs_declared, self._pages = self.tabs.declared, self.tabs.pages
        self._shown: Callable[[], Page | None] = lambda: self._pages.get(self.tabs.currentIndex())
        self.notices = Notices(self.tabs)
        self.session = make_session(self.notices, self.background)
        self.header = Header(self.session, self)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.tabs, 1)
        self.setCentralWidget(centre)
        self._reach = Reach(self, self.notices, self._shown)
        self._minute = later(self, self.tick, MINUTE_MS)
        self._counts_soon = later(self, self._tell_counts, SOON_MS)  # after what was done is on the screen
        self._said = add_status_line(self, self.session)
        self._connect()

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._tab_changed)
        self.session.going.connect(self.go_to)
        self.session.operator_changed.connect(self._operator_changed)
        self.session.done.connect(lambda _: self._counts_soon.start())
        if self.session.office.warning:
            self.notices.warn(self.session.office.warning)

    def _page(self, place: int) -> Page:
        """The page behind a tab, built now if nobody has looked at it yet."""
        page = self._pages.get(place)
        if page is None:
            page = self.tabs.build(place, self.session)
            for table in page.lists():
                table.counted.connect(self.tell_status)
        return page

    nothing_yet = False  # the office is empty, and its first steps stand over the page

    def tables_shown(self) -> list[RecordTable]:
        """The lists somebody can see now."""
        return [table for table in page.lists() if table.isVisible()] if (page := self._shown()) is not None else []

    def main_table(self) -> RecordTable | None:
        """The list the page on the screen is about, or None."""
        return page.main_list() if (page := self._shown()) is not None else None

    def open_first_page(self, *, whole: bool = True) -> None:
        """Fill the first page before the window is painted; if not `whole`, then `start` reads the rest of it."""
        self._pages[self._last_tab].first_look(whole=whole)

    def build_all(self) -> None:
        """Build every page: what scripts and tests look for is there."""
        for place in range(len(self._tabs_declared)):
            self._page(place)
        self._offer_drafts()

    def build_in_idle_time(self) -> None:
        """Build the other pages one by one while nobody needs the window's thread."""
        left = [place for place in range(len(self._tabs_declared)) if place not in self._pages]
        if left:
            self._page(left[0])
            QTimer.singleShot(0, self, self.build_in_idle_time)
        else:
            self._offer_drafts()

    def go_to(self, target: str, key: object = None) -> None:
        """Go to the page that shows this kind of thing, and show it there."""
        place = self.tabs.place_of(target)
        if place is None:
            self.notices.warn(_("Its area is switched off, or your role does not show it."))
            return
        page, self.session.came_from = self._page(place), self._tabs_declared[self.tabs.currentIndex()].name
        self.tabs.setCurrentIndex(place)
        if self.tabs.currentIndex() == place and target != self._tabs_declared[place].name:
            page.show_target(target, key)

    def _tab_changed(self, place: int) -> None:
        if place == self._last_tab:
            return
        if not self.may_leave():  # a screen reader turns the tabs without asking first
            self.tabs.turn_back(self._last_tab)
            return
        self._last_tab = place
        page = self._page(place)
        page.activate()
        self.tell_status()
        if not self.tabs.tabBar().hasFocus():
            page.take_focus()

    def show_tabs(self, tabs: Sequence[Tab[Page]]) -> None:
        """Take up the tabs that are new and give up those that are gone (CH-4)."""
        stood = self._tabs_declared[self._last_tab]
        if stood not in tabs and not stood.closable:
            self.tabs.setCurrentIndex(0)
        self.tabs.follow(tabs)
        self._last_tab = self.tabs.currentIndex()
        for place in range(len(self._tabs_declared)):
            self._page(place)
        self._tell_counts()

    def may_leave(self) -> bool:
        """Whether everything typed on the page that is open is settled."""
        return self._last_tab not in self._pages or self._pages[self._last_tab].leave()

    def _operator_changed(self) -> None:
        self._tell_counts()
        self._pages[self._last_tab].activate()

    def start(self) -> None:
        """The window is on the screen: look at the clock from now on."""
        self._tell_counts()
        self._wait_for_the_minute()
        self.session.others.start()
        page = self._pages[self.tabs.currentIndex()]
        for table in page.lists():  # made only now, but for the one that is seen
            table.counted.connect(self.tell_status)
        page.activate()
        page.take_focus()

    def _wait_for_the_minute(self) -> None:
        now = datetime.now()
        self._minute.start(MINUTE_MS - now.second * 1000 - now.microsecond // 1000 + 5)

    def tick(self) -> None:
        """A minute has gone by: show how everything stands now."""
        self._tell_counts()
        for page in self._pages.values():
            page.tick()
        self._wait_for_the_minute()

    def _tell_counts(self) -> None:
        whose = self.session.by, self.session.shown, self.session.project
        for place, due in [(at, tab.count) for at, tab in enumerate(self._tabs_declared) if tab.count is not None]:
            self.tabs.tell_due(place, *(self.session.attempt(partial(due, *whose)) or (0, 0)))

    def tell_status(self) -> None:
        """Say what is shown."""
        standing = page.standing() if (page := self._shown()) is not None else ""
        if standing or self.nothing_yet:
            self._said.setText(_("Nothing here yet.") if self.nothing_yet else standing)

    def _panels(self) -> list[RecordPanel]:
        return [panel for page in self._pages.values() for panel in page.panels()]

    def save_drafts(self) -> None:
        """Keep everything typed on the disk: the program may be about to end."""
        for panel in self._panels():
            panel.save_draft()

    def _offer_drafts(self) -> None:
        for panel in self._panels():
            held = panel.draft()
            if held and held[1] and not panel.is_edited:
                said = _("What you typed into a {record} when the program ended was kept.")
                go_on = _("Go on"), partial(self._take_up, panel, held)
                self.notices.say(said.format(record=one(panel.screen_.record)), action=go_on, level="warning")
                return

    def _take_up(self, panel: RecordPanel, held: tuple[object, dict[str, object]]) -> None:
        place = next(place for place, page in self._pages.items() if panel in page.panels())
        self.tabs.setCurrentIndex(place)
        self._pages[place].take_up(panel, *held)
        self._offer_drafts()

    def let_go(self) -> None:
        """Nothing is read or told here any more; the office stays open."""
        self._minute.stop()
        self._counts_soon.stop()
        self.background.close(5000)
        for page in self._pages.values():
            close_lists(page)
        self.session.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.closing.keeps_open(event, self._panels()):
            return
        self.session.station.remember("window.size", [self.width(), self.height()])
        self.session.station.remember("window.maximized", self.isMaximized())
        self.hide()  # nobody looks on while a number that is on its way is still handed over
        self.let_go()
        self.session.office.close()
        super().closeEvent(event)
