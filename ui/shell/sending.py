"""Sends the messages that wait, beside the window and by a thread of its own, while no other workstation does it."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from channergy_crm.errors import CRMError
from channergy_crm.language import _, ngettext

if TYPE_CHECKING:
    from channergy_crm.jobs.runner import Runner
    from channergy_crm.store.database import Office
    from ui.session.session import Session

FIRST_LOOK_MS = 15_000
"""a window that has just been opened has other things to do"""
LOOK_EVERY = 15.0


class Sending(QObject):
    """Looks every quarter of a minute whether something waits, and at once when something was put down here."""

    unknown = Signal(int)
    """something was sent, and of so many messages nobody knows whether they went"""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session, self._told = session, 0
        self._office: Office = session.office
        self._gone, self._nudged = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        self.unknown.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        session.messages_wait.connect(self.look)
        session.closing.connect(self.stop)
        QTimer.singleShot(FIRST_LOOK_MS, self, self.look)

    def look(self) -> None:
        """Something may wait: look now, and from now on."""
        if self._gone.is_set():
            return
        self._nudged.set()
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="messages", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """The window is going: the message that is being sent is sent to its end, the rest another time."""
        self._gone.set()
        self._nudged.set()
        if self._thread is not None:
            self._thread.join(5)

    def _run(self) -> None:
        from channergy_crm.jobs import known
        from channergy_crm.jobs.runner import Runner

        runner = Runner(self._office, known.sending(), known.MESSAGES)
        try:
            while not self._gone.is_set():
                self._nudged.clear()
                self._look(runner)
                self._nudged.wait(LOOK_EVERY)
        finally:
            with self._office.borrowed():
                runner.lease.give_back()

    def _look(self, runner: Runner) -> None:
        from channergy_crm.jobs.runner import Interrupted
        from channergy_crm.services import messages

        def step(_done: int, _total: int, _text: str) -> None:
            if self._gone.is_set():
                raise Interrupted

        # A store that does not answer is said by whatever is asked of it at the window.
        with self._office.borrowed(), suppress(CRMError, Interrupted):
            if any(job.wanted() for job in runner.jobs) and runner.look(step):
                count = messages.undecided(self._session.by)
                with suppress(RuntimeError):  # the window was closed meanwhile: there is nobody left to tell
                    self.unknown.emit(count)

    def _tell(self, count: int) -> None:
        """Say it once when there are more of them than before."""
        before, self._told = self._told, count
        self._session.messages_changed.emit()
        if count > before:
            said = ngettext(
                "Of {count:,} message nobody knows whether it went.",
                "Of {count:,} messages nobody knows whether they went.", count,
            )  # fmt: skip
            self._session.notices.say(said.format(count=count), action=(_("Decide…"), self._decide), level="warning")

    def _decide(self) -> None:
        from ui.outgoing.batches_dialog import show_batches

        show_batches(self._session)
