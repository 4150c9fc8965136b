"""What a rule would make is counted beside the window, anew when somebody has stopped typing for a moment (VS-9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from channergy_crm.language import _
from channergy_crm.services.events import activating
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.errors import CRMError
    from channergy_crm.records.events import Event
    from channergy_crm.services.events.activating import Preview
    from ui.session.background import Job, Progress
    from ui.session.session import Session

PAUSE_MS, SLOW_MS = 500, 1200


class Counting(QObject):
    """One count at a time; the latest that was asked for is the one that is told."""

    began = Signal()
    slow = Signal()
    """it takes a while: it can be stopped"""
    counted = Signal(object)
    failed = Signal(str)
    stopped = Signal()

    def __init__(self, session: Session, draft: Callable[[], Event | None], parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._draft = session, draft
        self._job: Job | None = None
        self._times = 0
        self.soon = later(self, self.count, PAUSE_MS)
        self._slow = later(self, self.slow.emit, SLOW_MS)

    def forget(self) -> None:
        """What is counted now is not wanted any more."""
        self._times += 1
        self.soon.stop()
        self._slow.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def stop(self) -> None:
        """Somebody does not want to wait for it."""
        self.forget()
        self.stopped.emit()

    def count(self) -> None:
        """Count what the rule would make as it is typed; nothing while it cannot be read."""
        self.forget()
        draft = self._draft()
        if draft is None:
            self.counted.emit(None)
            return
        times, by = self._times, self._session.by
        self.began.emit()
        self._slow.start()

        def work(progress: Progress) -> Preview:
            return activating.preview(draft, by, progress.step)

        self._job = self._session.work(
            work, label=_("Counting follow-ups"), done=lambda found: self._done(times, found),
            failed=lambda error: self._fail(times, error), cancelled=lambda: None, progress=False,
        )  # fmt: skip

    def _done(self, times: int, found: Preview) -> None:
        if times == self._times:
            self._slow.stop()
            self._job = None
            self.counted.emit(found)

    def _fail(self, times: int, error: CRMError) -> None:
        if times == self._times:
            self._slow.stop()
            self._job = None
            self.failed.emit(error.message)
