"""Back and forward between what was looked at, as in a browser of web sites (VT-30, VT-39)."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakSet

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent

from channergy_crm.language import _
from channergy_crm.services import reading
from ui.widgets.timers import later

if TYPE_CHECKING:
    from channergy_crm.work.record import Record
    from ui.forms.record_panel import RecordPanel
    from ui.shell.window import MainWindow

KEPT = 100
PASSED_BY = 0.8
"""seconds: what was looked at more shortly before the next record of the same page is not come back to"""
BUTTONS = {Qt.MouseButton.BackButton: -1, Qt.MouseButton.ForwardButton: 1}


class Place(NamedTuple):
    """Where somebody was: the tab, and the record that was open there, if any."""

    tab: str
    record: type[Record] | None = None
    key: object = None


class Trail(QObject):
    """Remembers the way of this window. Alt+Left and Alt+Right go along it, and so do the buttons of the mouse."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._places: list[Place] = []
        self._at, self._since, self._arriving = -1, 0.0, False
        self.passed_by = PASSED_BY
        self._followed: WeakSet[RecordPanel] = WeakSet()
        self._soon = later(self, self.note, 0)  # after a page has come to the record it shows
        window.tabs.currentChanged.connect(lambda _place: self._soon.start())
        window.session.done.connect(lambda _done: self._soon.start())
        window.installEventFilter(self)
        self._hear_mouse()
        self._soon.start()

    def note(self) -> None:
        """Remember where somebody is now."""
        here = self._here()
        if here is None or (0 <= self._at < len(self._places) and here == self._places[self._at]):
            self._arriving = False
            return
        before = self._places[self._at] if self._places else None
        short = before is not None and before.tab == here.tab and monotonic() - self._since < self.passed_by
        self._since = monotonic()
        if self._arriving or short or (before is not None and before == Place(here.tab)):
            self._places[self._at] = here
        else:
            self._places[self._at + 1 :] = [here]
            self._places = self._places[-KEPT:]
            self._at = len(self._places) - 1
        self._arriving = False

    def go(self, by: int) -> None:
        """One place back (-1) or forward (1); what is not there any more is left out."""
        self.note()
        at = self._at + by
        while 0 <= at < len(self._places) and not self._is_there(self._places[at]):
            del self._places[at]
            self._at -= by < 0
            at = self._at + by
        if not 0 <= at < len(self._places):
            said = _("There is nothing further back.") if by < 0 else _("There is nothing further on.")
            self._window.notices.say(said)
            return
        self._come_to(self._places[at], at)

    def _come_to(self, place: Place, at: int) -> None:
        window, before = self._window, self._window.tabs.currentIndex()
        where = window.tabs.place_of(place.tab)
        if where is None or not window.may_leave():
            return
        window.go_to(*self._target(place))
        if window.tabs.currentIndex() == before and where != before:
            return  # something typed there keeps the page open
        self._at, self._arriving = at, True
        self._soon.start()

    def _target(self, place: Place) -> tuple[str, object]:
        """The record where its own tab shows it, otherwise the tab."""
        held, session = place.record, self._window.session
        opened = session.attempt(lambda: held.opened_at(place.key, "")) if held is not None else None
        tabs = self._window.tabs.declared
        own = opened is not None and any(tab.name == place.tab and opened[0] in tab.targets for tab in tabs)
        return opened if opened is not None and own else (place.tab, None)

    def _here(self) -> Place | None:
        tabs = self._window.tabs
        page = tabs.pages.get(tabs.currentIndex())
        if page is None:
            return None
        name = tabs.declared[tabs.currentIndex()].name
        for panel in page.panels():
            if panel not in self._followed:
                self._followed.add(panel)
                panel.turned.connect(lambda: self._soon.start())
        shown = [panel.record for panel in page.panels() if panel.record is not None]
        held = next((each for each in shown if not each.is_new and type(each).about.target), None)
        return Place(name) if held is None else Place(name, type(held), held.key)

    def _is_there(self, place: Place) -> bool:
        session, record = self._window.session, place.record
        if self._window.tabs.place_of(place.tab) is None:
            return False
        return record is None or bool(session.attempt(lambda: reading.find(record, place.key, session.by) is not None))

    def _hear_mouse(self) -> None:
        handle = self._window.windowHandle()
        if handle is not None:
            self._window.removeEventFilter(self)
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window hears the mouse before its parts do; it has a handle once it has been shown."""
        kind = event.type()
        if kind == QEvent.Type.Show and watched is self._window:
            self._hear_mouse()
        elif kind == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent) and event.button() in BUTTONS:
            self.go(BUTTONS[event.button()])
            return True
        return False
