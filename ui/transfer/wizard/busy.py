"""What a wizard does off the window's thread: one thing at a time, how far it is, and *Stop*."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from channergy_crm.language import _
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.errors import CRMError
    from ui.session.background import Job, Progress
    from ui.session.session import Session


class Busy(QWidget):
    """Hidden while nothing is under way."""

    changed = Signal()
    """something was begun or has ended"""
    stopped = Signal()
    """somebody pressed Stop while something was only read"""

    def __init__(self, name: str, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._job: Job | None = None
        self._writes = False
        self._far = named(Remark("", self), f"{name}.far", _("How far it is"))
        self._bar = named(QProgressBar(self), f"{name}.progress", _("Progress"))
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(8)
        button = named(Button(_("Stop"), self), f"{name}.stop", _("Stop"))
        button.setToolTip(_("Stop; nothing is left behind"))
        button.setAutoDefault(False)
        button.clicked.connect(self._stop_pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._far, 2)
        row.addWidget(self._bar, 1)
        row.addWidget(button)
        self.hide()
        session.background.progressed.connect(self._progressed)

    @property
    def running(self) -> bool:
        """Whether something is under way."""
        return self._job is not None

    @property
    def writing(self) -> bool:
        """Whether that will be written; stopped it leaves nothing behind, but it takes a moment to know."""
        return self._job is not None and self._writes

    def read(
        self, work: Callable[[Progress], object], done: Callable[[Any], object], label: str,
        failed: Callable[[CRMError], object],
    ) -> None:  # fmt: skip
        """Find something out; what was being found out before is dropped."""
        self.stop()
        self._start(work, done, label, failed, None)

    def write(
        self, work: Callable[[Progress], Any], done: Callable[[Any], object], label: str,
        failed: Callable[[CRMError], object], stopped: Callable[[], object],
    ) -> None:  # fmt: skip
        """Do something; when it was done before it could be stopped, `done` hears it, otherwise `stopped`."""
        self.stop()
        self._start(work, done, label, failed, stopped)

    def _start(self, work: Any, done: Any, label: str, failed: Any, stopped: Callable[[], object] | None) -> None:
        results: list[object] = []

        def keeping(progress: Progress) -> None:
            results.append(work(progress))

        def end() -> None:
            self._end()
            if results:
                done(results[0])
            elif stopped is not None:
                stopped()

        def fail(error: CRMError) -> None:
            self._end()
            failed(error)

        self._writes = stopped is not None
        self._job = self._session.work(
            keeping, label=label, done=lambda _result: end(), failed=fail, progress=self._writes,
            cancelled=end if self._writes else "",
        )  # fmt: skip
        self._far.say(f"{label}…")
        self._bar.setRange(0, 0)
        self.show()
        self.changed.emit()

    def stop(self) -> None:
        """Stop what is under way."""
        if self._job is not None:
            self._job.cancel()
            if self._writes:
                self._far.say(_("Stopping…"))
            else:
                self._end()

    def _stop_pressed(self) -> None:
        self.stop()
        if not self.running:
            self.stopped.emit()

    def _end(self) -> None:
        self._job = None
        self.hide()
        self.changed.emit()

    def _progressed(self, job: Job, done: int, total: int, text: str) -> None:
        if job is self._job and not job.cancelled:
            self._bar.setRange(0, 1000 if total else 0)
            self._bar.setValue(done * 1000 // total if total else 0)
            self._far.say(text or job.label)
