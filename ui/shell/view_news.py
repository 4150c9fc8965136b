"""What has changed in the views somebody watches: told quietly, a click opens the view with its new rows (VT-144)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from channergy_crm.language import _
from channergy_crm.records import ListView
from channergy_crm.services import watched_views
from ui.lists.view_bar import ViewBar
from ui.lists.watching import said
from ui.shell.lock import Lock
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.services.watched_views import News
    from channergy_crm.work import Done
    from ui.shell.window import MainWindow

FIRST_LOOK_MS, SOON_MS, LOCKED_MS, AGAIN_MS = 2_500, 2_000, 10_000, 300_000
"""after the start; after something was written; behind a lock; and for views that ask for days: time goes by"""
VIEWS = ListView._meta.table_name


class ViewNews(QObject):
    """Looks beside the window after the start, when somebody else sits down, a moment after records of a watched view
    were written, and every five minutes."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self._own: dict[str, set[object]] = {}
        self._tables: set[str] | None = None
        self._soon = later(self, self.look, SOON_MS)
        self._session.done.connect(self._heard)
        self._session.operator_changed.connect(self._begin)
        self._session.closing.connect(self._soon.stop)
        self._soon.start(FIRST_LOOK_MS)

    @Slot()
    def _begin(self) -> None:
        self._own, self._tables = {}, None
        self._soon.start(FIRST_LOOK_MS)

    @Slot(object)
    def _heard(self, done: Done) -> None:
        if VIEWS in done.tables:
            self._tables = None
        if not done.elsewhere:
            for table in done.tables:
                self._own.setdefault(table, set()).update(done.keys(table))
        if self._tables is None or self._tables & done.tables:
            self._soon.start(SOON_MS)

    @Slot()
    def look(self) -> None:
        """Ask beside the window; what is told is never told again, here or anywhere."""
        if self._window.findChild(Lock) is not None:
            self._soon.start(LOCKED_MS)
            return
        by, own = self._session.by, self._own
        self._own = {}

        def ask(_progress: object) -> tuple[set[str], list[News]]:
            return watched_views.tables(by), watched_views.news(by, own)

        def tell(found: tuple[set[str], Sequence[News]]) -> None:
            self._tables, told = found
            for news in told if by == self._session.by else ():
                self._say(news)
            for bar in self._window.findChildren(ViewBar) if told else ():
                bar.watched.tell_again()
            if self._tables:
                self._soon.start(AGAIN_MS)

        self._session.work(
            ask, label=_("Looking at the views you watch"), done=tell, failed=lambda _error: None, progress=False
        )

    def _say(self, news: News) -> None:
        notices, step = self._session.notices, (_("Open"), partial(self.open, news))
        if notices.isVisible():
            notices.add(said(news), step)
        else:
            notices.say(said(news), action=step, level="news")

    def open(self, news: News) -> None:
        """The list through this view, with the rows that are new where those are known."""
        self._session.go_to(news.screen)
        table = next((each for each in self._window.tables_shown() if each.name == news.screen), None)
        bar = table.findChild(ViewBar) if table is not None else None
        if table is None or bar is None:
            return
        bar.watched.take(news.view)
        bar.choose(news.view)
        bar.watched.show_alone(news)
