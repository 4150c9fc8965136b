"""What the others tell: shown in passing at the lower edge, once, whichever window of an operator sees it (BX-50)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from channergy_crm.language import _
from channergy_crm.records.team_notices import TeamNotice
from channergy_crm.services import team_notices
from channergy_crm.settings import SALES_MUTED
from ui.shell.lock import Lock
from ui.widgets.timers import later

if TYPE_CHECKING:
    from channergy_crm.services.team_notices import News
    from channergy_crm.work import Done
    from ui.shell.window import MainWindow

TABLE = TeamNotice._meta.table_name
FIRST_LOOK_MS, LOCKED_MS = 1_500, 10_000
"""what was told before the window was opened can wait a moment; behind a lock nothing is said"""


class TeamNews(QObject):
    """Looks when another window has told something, when somebody else sits down, and once after the start."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self._soon = later(self, self.look, FIRST_LOOK_MS)
        self._session.done.connect(self._follow)
        self._session.operator_changed.connect(self.look)
        self._session.closing.connect(self._soon.stop)
        self._soon.start()

    @Slot(object)
    def _follow(self, done: Done) -> None:
        if TABLE in done.tables and done.elsewhere:
            self.look()

    @Slot()
    def look(self) -> None:
        """Say what is new; an Undo that is offered just now stays."""
        if self._window.findChild(Lock) is not None:
            self._soon.start(LOCKED_MS)
            return
        by, sales = self._session.by, not self._session.station.get(SALES_MUTED)
        for news in self._session.attempt(lambda: team_notices.take(by, sales=sales)) or ():
            self._say(news)

    def _say(self, news: News) -> None:
        notices, record = self._session.notices, news.record
        if notices.isVisible():
            notices.add(news.text)
        elif record is not None and record.about.target:
            target, key = record.about.target, record.key
            notices.say(news.text, action=(_("Open"), partial(self._session.go_to, target, key)), level="done")
        else:
            notices.say(news.text, level="done" if news.sale else "news")
