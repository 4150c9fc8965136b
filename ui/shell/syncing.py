"""Syncs with the Viper site, beside the window and by a thread of its own, while no other workstation does it."""

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

FIRST_LOOK_MS = 25_000
"""a window that has just been opened has other things to do"""
LOOK_EVERY = 15.0


class Syncing(QObject):
    """Looks every quarter of a minute whether it is time, or something waits; what it takes, open lists are told."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._office: Office = session.office
        self._gone = threading.Event()
        self._thread: threading.Thread | None = None
        session.closing.connect(self.stop)
        QTimer.singleShot(FIRST_LOOK_MS, self, self.start)

    def start(self) -> None:
        """Look from now on."""
        if self._thread is None and not self._gone.is_set():
            self._thread = threading.Thread(target=self._run, name="viper", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """The window is going: what is on its way is brought to its end, the rest goes another time."""
        self._gone.set()
        if self._thread is not None:
            self._thread.join(5)

    def _run(self) -> None:
        from channergy_crm.jobs import known, viper
        from channergy_crm.jobs.runner import Runner

        runner = Runner(self._office, known.syncing(), viper.NAME)
        try:
            while not self._gone.is_set():
                self._look(runner)
                self._gone.wait(LOOK_EVERY)
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
