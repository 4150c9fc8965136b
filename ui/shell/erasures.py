"""Who was anonymised at another workstation is forgotten at this one too: drafts, last searches (DP-4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from channergy_crm import clock
from channergy_crm.language import _, ngettext
from channergy_crm.services.privacy import age, seats
from channergy_crm.services.privacy.anonymising import ANONYMISE
from ui.session.beside import Told
from ui.widgets.timers import later

if TYPE_CHECKING:
    from channergy_crm.work import Done
    from ui.session.session import Session
    from ui.shell.window import MainWindow

FIRST_LOOK_MS, SOON_MS = 5_000, 500
TOLD = "privacy.proposed"
"""the day on which this workstation was told last who is kept too long"""


class Erasures(QObject):
    """Looks once when the window has come, and whenever somebody was anonymised anywhere."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._session, self._proposed = window.session, False
        self._soon = later(self, self.look, FIRST_LOOK_MS)
        self._soon.start()
        self._session.done.connect(self._heard)
        self._session.closing.connect(self._soon.stop)

    def _heard(self, done: Done) -> None:
        if done.message.text == ANONYMISE:
            self._soon.start(SOON_MS)

    @Slot()
    def look(self) -> None:
        """Clean up beside the window what this workstation keeps in files."""
        session = self._session
        session.work(
            lambda _progress: _catch_up(session),
            label=_("Forgetting whom the office has forgotten"), done=_nothing_to_say,
            failed=lambda _error: None, progress=False,
        )  # fmt: skip
        if not self._proposed:
            self._proposed = True
            propose(session)


def _catch_up(session: Session) -> int:
    """Drafts, last searches, and the calendar files this workstation keeps."""
    seen = seats.catch_up(session.office, session.station, session.by)
    if seen:
        from channergy_crm.transfer.calendars import feed

        feed.rewrite(session.office, session.station)
    return seen


def _nothing_to_say(_drafts: int) -> None:
    """Nobody need know which drafts went."""


def propose(session: Session) -> None:
    """Once a day, to whoever may anonymise: how many people are kept longer than the office has said. Never more."""
    today = clock.today().isoformat()
    if session.station.recall(TOLD, "") == today:
        return

    def told(count: int) -> Told | None:
        session.station.remember(TOLD, today)
        if not count:
            return None
        text = ngettext(
            "{count:,} record is kept longer than the office has said.",
            "{count:,} records are kept longer than the office has said.", count,
        ).format(count=count)  # fmt: skip
        return Told(text, action=(_("Look at them"), lambda: session.go_to("privacy_too_old", "too_old")), level="news")

    session.work(lambda _progress: age.proposed(session.by), label=_("Reading the ages"), told=told,
                 failed=lambda _error: None, progress=False)  # fmt: skip
