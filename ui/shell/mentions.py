"""A note that names whoever works here is told, with *Open*: at the start, and when one is written (BX-48)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from channergy_crm.language import _
from channergy_crm.records import Mention
from channergy_crm.services import following

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.services.following import Mentioned
    from channergy_crm.work import Done
    from ui.session.session import Session

FIRST_LOOK_MS = 1_500
"""a window that has just been opened has other things to do"""
TABLE, LONGEST = Mention._meta.table_name, 120


class Mentions(QObject):
    """Looks once when the window has come, when somebody else sits down, and when a note names anybody."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._soon = QTimer(self, singleShot=True, interval=FIRST_LOOK_MS)
        self._soon.timeout.connect(self.look)
        self._soon.start()
        session.operator_changed.connect(self._soon.start)
        session.done.connect(self._heard)
        session.closing.connect(self._soon.stop)

    def _heard(self, done: Done) -> None:
        if TABLE in done.tables:
            self.look()

    def look(self) -> None:
        """Ask beside the window; what is told is never told again, here or anywhere."""
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
