"""Whether anything is in the office, and the page that stands over every tab until something is (F-61)."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakSet

from PySide6.QtCore import QEvent, QObject, QProcess, QRect, QTimer
from PySide6.QtGui import QAction

import ui
from channergy_crm.language import _
from channergy_crm.services import office

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.work import Done
    from ui.forms.record_panel import RecordPanel
    from ui.pages.first_minutes import FirstMinutes
    from ui.session.session import Session
    from ui.shell.window import MainWindow

START_SAMPLE = (
    "import sys; from channergy_crm import commands; from ui.application import main; "  # unsaid: Python
    "sys.exit(commands.run(sys.argv[1:], main))"  # unsaid: Python
)


TOUR_WANTED = "CHANNERGY_CRM_TOUR"
"""set for a program that is to begin with the guided tour"""


def open_sample(session: Session, *, tour: bool = False) -> None:
    """The sample office in a program of its own, perhaps with the tour: this one stays as it is."""
    is_bundle = getattr(sys, "frozen", False)  # there is no Python then that could be told anything
    words = ["--sample"] if is_bundle else ["-c", START_SAMPLE, "--sample"]
    folder = "" if is_bundle else str(Path(ui.__file__).parent.parent)
    if tour:
        os.environ[TOUR_WANTED] = "1"
    started, _number = QProcess.startDetached(sys.executable, words, folder)
    os.environ.pop(TOUR_WANTED, None)
    if started:
        session.notices.say(_("The sample office opens in a window of its own."))
    else:
        session.notices.warn(_("The sample office cannot be opened here."))


class EmptyOffice(QObject):
    """Shows the first minutes while there is no record and nobody is typing one; they go by themselves."""

    def __init__(self, window: MainWindow, import_: Callable[[], object]) -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self._ways = {
            "import": import_, "add": lambda: self._session.go_to("new_lead"),
            "sample": lambda: open_sample(self._session), "tour": lambda: open_sample(self._session, tour=True),
            "own_company": self._enter_own_company,
        }  # fmt: skip
        self._page: FirstMinutes | None = None
        self._followed: WeakSet[RecordPanel] = WeakSet()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.look)
        self._fitting = QTimer(self)  # one shot for each event would outlive a window that goes, and keep all of it
        self._fitting.setSingleShot(True)
        self._fitting.timeout.connect(self._fit)
        self._session.done.connect(self._something_done)
        window.tabs.currentChanged.connect(lambda _place: self.look())
        window.tabs.installEventFilter(self)
        self._soon.start(0)  # the window asks for the focus once it is there; this comes behind it

    def _something_done(self, done: Done) -> None:
        if done.tables & office.filling():
            self.look()

    def look(self) -> None:
        """Show the page where it belongs, or take it away."""
        self._follow_panels()
        tabs = self._window.tabs
        here = tabs.declared[tabs.currentIndex() : tabs.currentIndex() + 1]
        stays = not any(tab.closable for tab in here)  # settings are made before there is anybody to call
        empty = stays and not self._typed() and bool(self._session.attempt(lambda: office.is_empty(self._session.by)))
        if self._window.nothing_yet != empty:
            self._window.nothing_yet = empty
            self._window.tell_status()
        if not empty:
            if self._page is not None and self._page.isVisible():
                self._leave(self._page)
            return
        if self._page is None:
            from ui.pages.first_minutes import FirstMinutes

            self._page = FirstMinutes(self._session, self._window.tabs)
            self._page.chosen.connect(lambda way: self._ways[way]())
        self._page.setGeometry(self._room())
        self._page.raise_()
        self._page.show()
        focus = self._window.focusWidget()
        if focus is None or focus is self._window or self._window.tabs.currentWidget().isAncestorOf(focus):
            self._page.verbs["import"].setFocus()

    def _leave(self, page: FirstMinutes) -> None:
        held = page.isAncestorOf(self._window.focusWidget() or self._window)
        page.hide()
        if held:
            self._window.tabs.pages[self._window.tabs.currentIndex()].take_focus()

    def _follow_panels(self) -> None:
        """Hear of every record that is begun or given up."""
        for page in self._window.tabs.pages.values():
            for panel in page.panels():
                if panel not in self._followed:
                    self._followed.add(panel)
                    panel.turned.connect(lambda: self._soon.start(0))

    def _typed(self) -> bool:
        """Whether somebody is typing the first one."""
        panels = (panel for page in self._window.tabs.pages.values() for panel in page.panels())
        return any(panel.is_edited or (panel.record is not None and panel.record.is_new) for panel in panels)

    def _room(self) -> QRect:
        here = self._window.tabs.currentWidget()
        return QRect(here.mapTo(self._window.tabs, here.rect().topLeft()), here.size())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest) and self._page is not None:
            self._fitting.start(0)
        return False

    def _fit(self) -> None:
        if self._page is not None and self._page.isVisible():
            self._page.setGeometry(self._room())

    def _enter_own_company(self) -> None:
        action = self._window.findChild(QAction, "main.own_company")
        if action is not None:
            action.trigger()
