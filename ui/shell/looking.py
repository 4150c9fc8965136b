"""What looks again and again beside the window, by a thread of its own: what is due, what waits."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from channergy_crm.errors import CRMError
from ui.session.line import Line

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.jobs.job import Progress
    from channergy_crm.jobs.runner import Runner
    from channergy_crm.store.database import Office
    from ui.session.session import Session

LOOK_EVERY = 15.0


class Looking(QObject):
    """Looks every quarter of a minute, until the window goes. In its thread it asks once for the `runner`, and has it
    `look` as often as it is time.
    """

    def __init__(
        self, name: str, first_look_ms: int, session: Session, parent: QObject, runner: Callable[[], Runner],
        look: Callable[[Runner, Progress], object],
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._runner, self._look_with = runner, look
        self._name, self._office = name, session.office
        self._gone, self._nudged, self.line = threading.Event(), threading.Event(), Line(self)
        self._thread: threading.Thread | None = None
        session.closing.connect(self.stop)
        QTimer.singleShot(first_look_ms, self, self.start)  # a window that has just been opened has other things to do

    @property
    def office(self) -> Office:
        """The office that is open."""
        return self._office

    def start(self) -> None:
        """Look now, and from now on."""
        if self._gone.is_set():
            return
        self._nudged.set()
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """The window is going: what is on its way is brought to its end or done another time."""
        self._gone.set()
        self._nudged.set()
        if self._thread is not None:
            self._thread.join(5)
        self.line.cut()

    def _run(self) -> None:
        runner = self._runner()
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
            self._look_with(runner, step)
