"""Sends the messages that wait, beside the window and by a thread of its own, while no other workstation does it."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from channergy_crm.errors import CRMError

if TYPE_CHECKING:
    from channergy_crm.jobs.runner import Runner
    from channergy_crm.store.database import Office
    from ui.session.session import Session

FIRST_LOOK_MS = 15_000
"""a window that has just been opened has other things to do"""
LOOK_EVERY = 15.0


class Sending(QObject):
    """Looks every quarter of a minute whether something waits, and at once when something was put down here."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._office: Office = session.office
        self._gone, self._nudged = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
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

        def step(_done: int, _total: int, _text: str) -> None:
            if self._gone.is_set():
                raise Interrupted

        # A store that does not answer is said by whatever is asked of it at the window.
        with self._office.borrowed(), suppress(CRMError, Interrupted):
            if any(job.wanted() for job in runner.jobs):
                runner.look(step)
