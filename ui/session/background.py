"""Runs what takes longer than a blink on threads of its own; the status line shows it, and a click cancels it."""

from __future__ import annotations

import sys
import threading
from collections import deque
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from channergy_crm.errors import CRMError
from channergy_crm.language import _
from ui.look.icons import icon
from ui.look.plain import Label, as_tip
from ui.session.line import Line
from ui.widgets.controls import IconButton

if TYPE_CHECKING:
    from collections.abc import Callable

AT_ONCE = 3
SECONDS_BETWEEN_STEPS = 0.05
SHOWN_AFTER = 200
SECONDS_OF_A_TURN = 0.0005
"""Whoever works beside the window gives way to it after that long. Painting asks for its turn some hundred times, and
Python's own five milliseconds would make half a second of that."""
_left: list[deque[Any]] = []
"""What was done too late for its window. It may hold the last of an object of Qt, which must not end on a thread beside
the window: the next window lets go of it."""


class Cancelled(Exception):
    """Somebody pressed Cancel: stop here, and leave nothing half done."""


class Progress:
    """What the work is given to tell how far it is, and to hear whether it is still wanted."""

    def __init__(self, tell: Callable[[int, int, str], None]) -> None:
        self._tell = tell
        self._stop = threading.Event()
        self._told_at = 0.0

    @property
    def cancelled(self) -> bool:
        """Whether somebody pressed Cancel."""
        return self._stop.is_set()

    def step(self, done: int, total: int = 0, text: str = "") -> None:
        """Tell that `done` of `total` is done (0: nobody knows of how many). Raises Cancelled when it is not wanted.

        May be called for every row: what comes too fast to be seen is not passed on.
        """
        if self.cancelled:
            raise Cancelled
        now = monotonic()
        if now - self._told_at >= SECONDS_BETWEEN_STEPS or 0 < total <= done:
            self._told_at = now
            self._tell(done, total, text)

    def cancel(self) -> None:
        """Ask the work to stop."""
        self._stop.set()


class Job:
    """One piece of work that runs beside the window or waits for a thread.

    One that `finishes` goes on to its end when the window is closed.
    """

    def __init__(
        self, label: str, shown: bool, tell: Callable[[Job, int, int, str], None], *, finishes: bool = False
    ) -> None:
        self.label, self.shown, self.finishes = label, shown, finishes
        self.far = (0, 0, "")
        self.progress = Progress(lambda done, total, text: tell(self, done, total, text))

    @property
    def cancelled(self) -> bool:
        """Whether it has been told to stop."""
        return self.progress.cancelled

    def cancel(self) -> None:
        """Stop at the next step; neither the result nor an error is handed back."""
        self.progress.cancel()


class _Queued(NamedTuple):
    job: Job
    function: Callable[[Progress], object]
    done: Callable[[object], object]
    failed: Callable[[CRMError], object]
    cancelled: Callable[[], object] | None


class _Asked:
    """Something that is to be done on the window's own thread, while a worker waits for it."""

    def __init__(self, what: Callable[[], object]) -> None:
        self._what, self._answered = what, threading.Event()
        self._refused = False

    def do(self) -> None:
        """Do it; the worker goes on."""
        try:
            self._what()
        finally:
            self._answered.set()

    def refuse(self) -> None:
        """The window is gone; the worker hears that."""
        self._refused = True
        self._answered.set()

    def wait(self) -> None:
        """Until it is done. Raises Cancelled when nobody is there to do it."""
        self._answered.wait()
        if self._refused:
            raise Cancelled


class Background(QObject):
    """Runs work on at most three threads and hands results back to the window's own."""

    started = Signal(object)
    progressed = Signal(object, int, int, str)
    ended = Signal(object)
    _handed_back = Signal()
    _asking = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(SECONDS_OF_A_TURN)
        while _left:
            _left.pop().clear()
        self.line = Line(self)
        self._windows_own = threading.get_ident()
        self._free = threading.Condition()
        self._waiting: deque[_Queued] = deque()
        self._asked: deque[_Asked] = deque()
        self._done: deque[tuple[_Queued, object, BaseException | None]] = deque()
        self._threads = 0
        self._running: list[Job] = []
        self._handed_back.connect(self._end, Qt.ConnectionType.QueuedConnection)
        self._asking.connect(self._do_what_is_asked, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        function: Callable[[Progress], object],
        *,
        label: str,
        done: Callable[[Any], object],
        failed: Callable[[CRMError], object],
        cancelled: Callable[[], object] | None = None,
        progress: bool = True,
        finishes: bool = False,
    ) -> Job:
        """Start `function(progress)` beside the window; one of the three is called with its end, here.

        `failed` hears what the user can mend or what the surroundings do; a bug goes to the crash report.
        With `progress=False` it is not shown in the status line; what `finishes` is not stopped by closing the window.
        Once that is closed nothing is begun any more: a timer of it may ring before it is gone.
        """
        job = Job(label, progress, self._tell, finishes=finishes)
        if self.line.is_cut:
            job.cancel()
            return job
        self._running.append(job)
        with self._free:
            self._waiting.append(_Queued(job, function, done, failed, cancelled))
            if self._threads < AT_ONCE:
                self._threads += 1
                threading.Thread(target=self._work, name=f"background-{self._threads}", daemon=True).start()
        self.started.emit(job)
        return job

    def _tell(self, job: Job, done: int, total: int, text: str) -> None:
        self.line.tell(lambda: self.progressed.emit(job, done, total, text))

    def running(self) -> list[Job]:
        """What is under way or waiting for a thread, the oldest first."""
        return list(self._running)

    def here(self, what: Callable[[], object]) -> None:
        """Do this on the window's own thread; a worker that asks for it waits until it is done.

        It is done while the window is being closed as well: who closes waits for the workers, and one that waited for
        the window in turn would wait for ever. Once it is closed a worker that asks is cancelled.
        """
        if threading.get_ident() == self._windows_own:
            what()
            return
        asked = _Asked(what)
        with self._free:
            if self.line.is_cut:
                raise Cancelled
            self._asked.append(asked)
            self._free.notify_all()
        self.line.tell(lambda: self._asking.emit())
        asked.wait()

    def _do_what_is_asked(self) -> None:
        while self._asked:
            self._asked.popleft().do()

    def cancel_all(self) -> None:
        """Ask all to stop that need not finish."""
        for job in self._running:
            if not job.finishes:
                job.cancel()

    def wait(self, ms: int) -> bool:
        """At closing time: ask all to stop that need not finish, and wait that long at most; whether all of it has."""
        self.cancel_all()
        until = monotonic() + ms / 1000
        while True:
            with self._free:
                self._free.wait_for(lambda: self._threads == 0 or self._asked, max(0.0, until - monotonic()))
                if not self._asked:
                    return self._threads == 0
            self._do_what_is_asked()

    def close(self, ms: int) -> None:
        """The window is closed: wait that long at most; a worker that goes on after that tells and asks nobody."""
        self.wait(ms)
        with self._free:
            self.line.cut()
            while self._asked:
                self._asked.popleft().refuse()

    def _work(self) -> None:
        while True:
            with self._free:
                if not self._waiting:
                    self._threads -= 1
                    if self.line.is_cut:
                        _left.append(self._done)
                    self._free.notify_all()
                    return
                queued = self._waiting.popleft()
            self._done.append((queued, *self._result(queued)))
            del queued  # what the work holds of the window is let go of on the window's thread
            self.line.tell(lambda: self._handed_back.emit())

    def _result(self, queued: _Queued) -> tuple[object, BaseException | None]:
        try:
            if queued.job.cancelled:
                raise Cancelled
            return queued.function(queued.job.progress), None
        except BaseException as problem:  # noqa: BLE001
            return None, problem

    def _end(self) -> None:
        queued, result, problem = self._done.popleft()
        self._running.remove(queued.job)
        self.ended.emit(queued.job)
        if queued.job.cancelled or isinstance(problem, Cancelled):
            if queued.cancelled is not None:
                queued.cancelled()
        elif problem is None:
            queued.done(result)
        elif isinstance(problem, CRMError):
            queued.failed(problem)
        else:
            sys.excepthook(type(problem), problem, problem.__traceback__)


class BackgroundBar(QWidget):
    """The part of the status line that shows what is under way, how far it is, and *Cancel*."""

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._job: Job | None = None
        self._label = Label(parent=self)
        self._label.setObjectName("background.label")
        self._bar = QProgressBar(self)
        self._bar.setObjectName("background.progress")
        self._bar.setAccessibleName(_("Progress"))
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(120, 8)
        self._cancel = IconButton(self)
        self._cancel.setObjectName("background.cancel")
        self._cancel.setText(_("Cancel"))
        self._cancel.setAccessibleName(_("Cancel"))
        self._cancel.setIcon(icon("close", self._cancel))
        self._cancel.setIconSize(QSize(14, 14))
        self._cancel.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._cancel.clicked.connect(self._stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in (self._label, self._bar, self._cancel):
            row.addWidget(part)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SHOWN_AFTER)  # what is over in a blink does not flicker
        self._soon.timeout.connect(self._show_first)
        background.started.connect(self._started)
        background.progressed.connect(self._progressed)
        background.ended.connect(self._ended)
        self.hide()

    def _started(self, job: Job) -> None:
        if job.shown:
            if self._job is None:
                self._soon.start()
            else:
                self._progressed(self._job, *self._job.far)

    def _ended(self, job: Job) -> None:
        if job is self._job or not self._shown():
            self._job = None
            self._show_first()

    def _shown(self) -> list[Job]:
        return [job for job in self._background.running() if job.shown and not job.cancelled]

    def _show_first(self) -> None:
        shown = self._shown()
        self.setVisible(bool(shown))
        if shown and self._job is not shown[0]:
            self._job = shown[0]
            self._cancel.setToolTip(as_tip(_("Cancel: {work}").format(work=self._job.label)))
            self._progressed(self._job, *self._job.far)

    def _progressed(self, job: Job, done: int, total: int, text: str) -> None:
        job.far = (done, total, text)
        if job is self._job:
            self._bar.setRange(0, 1000 if total else 0)
            self._bar.setValue(done * 1000 // total if total else 0)
            self._say(f"{job.label}: {text}" if text else job.label)

    def _say(self, text: str) -> None:
        others = len(self._shown()) - 1
        self._label.setText(_("{text} (and {others} more)").format(text=text, others=others) if others > 0 else text)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self._show_first()
