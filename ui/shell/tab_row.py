"""The tabs of the main window and the pages behind them: built when first looked at, taken up and given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from channergy_crm.language import _
from ui.look import theme
from ui.look.icons import icon
from ui.look.plain import as_tip
from ui.look.wording import key_name
from ui.widgets.tab_bars import MainTabs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from ui.pages.page import Page
    from ui.screen import Tab
    from ui.session.session import Session


TURNING = {
    QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.KeyPress, QEvent.Type.Wheel,
    QEvent.Type.Shortcut,
}  # fmt: skip
"""what turns a tab by hand"""


class TabRow(QTabWidget):
    """One place for each tab; its page, once it is built, by that place.

    Before a tab is turned, `may_turn` says whether the page that is open may be left: nothing of another page is seen
    before (F-52).
    """

    kept = Signal()
    """a tab that can be closed has come or gone"""
    built = Signal(str, object)
    """the page of the tab of this name is there from now on"""

    def __init__(self, tabs: Sequence[Tab[Page]], parent: QWidget, may_turn: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._may_turn = may_turn
        self.declared: list[Tab[Page]] = []
        self.pages: dict[int, Page] = {}
        self._rooms: list[tuple[QWidget, QVBoxLayout]] = []
        self._stood: Tab[Page] | None = None
        self._before: Tab[Page] | None = None
        self.on_demand: Sequence[Tab[Page]] = ()
        """tabs that can be closed, and come when somebody goes there"""
        self.setObjectName("main.tabs")
        self.setAccessibleName(_("Areas"))
        self._bar = MainTabs(self)
        self.setTabBar(self._bar)
        self.setDocumentMode(True)
        theme.stand_on(self, "chrome")
        for place, tab in enumerate(tabs):
            self._insert(place, tab)
        for part in (self, self.tabBar()):
            part.installEventFilter(self)
        self.currentChanged.connect(self._turned)

    def setCurrentIndex(self, place: int) -> None:
        """Turn to a tab, when the page that is open may be left."""
        if place == self.currentIndex() or self._may_turn():
            super().setCurrentIndex(place)

    def turn_back(self, place: int) -> None:
        """The tab has turned already and must not."""
        super().setCurrentIndex(place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The bar of tabs hears the mouse or the key, but the page follows only when it may."""
        bar = self._bar
        if event.type() not in TURNING or watched not in (self, bar):
            return super().eventFilter(watched, event)
        if isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.MiddleButton:
            if watched is bar and event.type() == QEvent.Type.MouseButtonRelease:
                self.close_tab(bar.tabAt(event.position().toPoint()))
            return True
        stood = bar.currentIndex()
        self._quietly(lambda: watched.event(event))
        if (wanted := bar.currentIndex()) != stood:
            self._quietly(lambda: bar.setCurrentIndex(stood))
            self.setCurrentIndex(wanted)
        return True

    def _quietly(self, what: Callable[[], object]) -> None:
        bar = self.tabBar()
        blocked = bar.blockSignals(True)
        try:
            what()
        finally:
            bar.blockSignals(blocked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._bar.fit(event.size().width())
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Larger letters need more room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_bar"):
            self._bar.fit(self.width())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt would draw a line beside the tabs."""

    def tell_due(self, place: int, late: int, today: int) -> None:
        """A badge behind a tab: how many are late, or else how many come today; the tip says both (F-51)."""
        self._bar.set_count(place, late or today, "overdue" if late else "soon")
        said = _("{late:,} overdue, {today:,} more today").format(late=late, today=today)
        self.setTabToolTip(place, as_tip(said if late or today else _("Nothing is due today.")))

    @property
    def is_built(self) -> bool:
        """Whether every page has been built."""
        return len(self.pages) == len(self.declared)

    def build(self, place: int, session: Session) -> Page:
        """Build the page of a tab."""
        page = self.pages[place] = self.declared[place].build(session, self)
        self._rooms[place][1].addWidget(page.widget)
        self.built.emit(self.declared[place].name, page)
        return page

    def follow(self, tabs: Sequence[Tab[Page]]) -> None:
        """Take up the tabs that are new and give up those that are gone; the others keep their pages as they are.

        The tab somebody stands on stays until it can be left, one that was opened until it is closed by hand.
        """
        for place in reversed(range(len(self.declared))):
            tab = self.declared[place]
            if tab not in tabs and place != self.currentIndex() and not tab.closable:
                self._remove(place)
        for place, tab in enumerate(tabs):
            if tab not in self.declared:
                self._insert(min(place, len(self.declared)), tab)

    def place_of(self, target: str) -> int | None:
        """Where the page stands that shows this kind of thing; one that comes on demand comes now. None without one."""
        wanted = next((tab for tab in self.on_demand if target in (tab.name, *tab.targets)), None)
        if wanted is not None:
            self.take_up(wanted)
        return next((at for at, tab in enumerate(self.declared) if target in (tab.name, *tab.targets)), None)

    def take_up(self, tab: Tab[Page]) -> None:
        """Have a tab that can be closed, behind all others; it is there once."""
        if tab not in self.declared:
            self._insert(len(self.declared), tab)
            self.kept.emit()

    def close_tab(self, place: int) -> bool:
        """Close a tab that can be closed, and go back to the one somebody came from; False when it stays."""
        if not 0 <= place < len(self.declared) or not self.declared[place].closable:
            return False
        tab = self.declared[place]
        if place == self.currentIndex():
            self.go_back()
        if self.declared.index(tab) == self.currentIndex():
            return False
        self._remove(self.declared.index(tab))
        self.kept.emit()
        return True

    def go_back(self) -> None:
        """To the tab somebody came from, or to the first."""
        self.setCurrentIndex(self.declared.index(self._before) if self._before in self.declared else 0)

    def _turned(self, place: int) -> None:
        if 0 <= place < len(self.declared) and self.declared[place] is not self._stood:
            self._stood, self._before = self.declared[place], self._stood

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
        if tab.closable:
            said = _("Close {tab} ({key})").format(tab=tab.title, key=key_name("Ctrl+W"))
            closer = self._bar.add_closer(place, f"{tab.name}.close", said)
            closer.clicked.connect(lambda: self.close_tab(self.declared.index(tab)))
        if self.isVisible():  # otherwise it is fitted when it gets its size
            self._bar.fit(self.width())
        self.blockSignals(blocked)

    def _remove(self, place: int) -> None:
        room, _column = self._rooms.pop(place)
        blocked = self.blockSignals(True)
        self.removeTab(place)
        self.blockSignals(blocked)
        del self.declared[place]
        if page := self.pages.pop(place, None):
            close_lists(page)
        self._move_pages(lambda held: held - (held > place))
        self._bar.fit(self.width())
        room.setParent(None)
        room.deleteLater()

    def _move_pages(self, to: Callable[[int], int]) -> None:
        moved = {to(place): page for place, page in self.pages.items()}
        self.pages.clear()
        self.pages.update(moved)


def close_lists(page: Page) -> None:
    """A page goes: nothing is read for it any more."""
    for table in page.lists():
        table.close_list()
