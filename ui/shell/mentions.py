"""A note that names whoever works here is told, with *Open*: at the start, and when one is written (BX-48)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from channergy_crm.language import _
from channergy_crm.records import Mention
from channergy_crm.services import following
from ui.shell.lock import Lock
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.services.following import Mentioned
    from channergy_crm.work import Done
    from ui.shell.window import MainWindow

FIRST_LOOK_MS, LOCKED_MS = 1_500, 10_000
"""a window that has just been opened has other things to do; behind a lock nothing is said"""
TABLE, LONGEST = Mention._meta.table_name, 120


class Mentions(QObject):
    """Looks once when the window has come, when somebody else sits down, and when a note names anybody."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self._soon = later(self, self.look, FIRST_LOOK_MS)
        self._soon.start()
        self._session.operator_changed.connect(self._begin)
        self._session.done.connect(self._heard)
        self._session.closing.connect(self._soon.stop)

    @Slot()
    def _begin(self) -> None:
        self._soon.start(FIRST_LOOK_MS)

    def _heard(self, done: Done) -> None:
        if TABLE in done.tables:
            self.look()

    def look(self) -> None:
        """Ask beside the window; what is told is never told again, here or anywhere."""
        if self._window.findChild(Lock) is not None:
            self._soon.start(LOCKED_MS)
            return
        by = self._session.by
        self._session.work(
            lambda _progress: following.waiting(by), label=_("Looking for notes that name you"),
            done=self._tell, failed=lambda _error: None, progress=False,
        )  # fmt: skip

    def _tell(self, found: Sequence[Mentioned]) -> None:
        for each in found:
            words = " ".join(each.text.split())
            said = _("{author} names you in a note on {name}: “{text}”").format(
                author=each.author, name=each.name, text=words if len(words) <= LONGEST else f"{words[:LONGEST]}…"
            )
            self._session.notices.say(said, action=(_("Open"), partial(self._open, each)))

    def _open(self, told: Mentioned) -> None:
        if told.record.about.target:
            self._session.go_to(*told.record.opened_at(told.key, told.name))
