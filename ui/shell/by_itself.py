"""What runs by itself, beside the window: it does what is due if no other workstation does, and tells how it stands."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal

from channergy_crm.errors import CRMError
from channergy_crm.language import _
from ui.look.plain import as_tip
from ui.look.wording import shown
from ui.session.notices import sign
from ui.widgets.controls import IconButton
from ui.widgets.dialog import named

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from channergy_crm.jobs.runner import Runner, Standing
    from channergy_crm.store.database import Office
    from ui.shell.window import MainWindow

FIRST_LOOK_MS = 20_000
"""a window that has just been opened has other things to do"""
LOOK_EVERY = 15.0
TOPIC = "backup"


class _Heard(NamedTuple):
    """How it stands: what failed, what was done last, and what each job is called."""

    failed: Sequence[Standing]
    done: Sequence[Standing]
    called: dict[str, str]


class ByItself(QObject):
    """A thread of its own that looks every quarter of a minute, until the window goes."""

    heard = Signal(object)
    changed = Signal()
    """something was done or has failed since it was looked last"""

    def __init__(self, window: MainWindow, open_topic: Callable[[str], object]) -> None:
        super().__init__(window)
        self._office: Office = window.session.office
        self._gone = threading.Event()
        self._thread: threading.Thread | None = None
        self._before: _Heard | None = None
        self._sign = _sign(window, lambda: open_topic(TOPIC))
        self.heard.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        window.session.closing.connect(self.stop)
        QTimer.singleShot(FIRST_LOOK_MS, self, self.start)

    def start(self) -> None:
        """Look from now on."""
        if self._thread is None and not self._gone.is_set():
            self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """The window is going: what is under way is done another time."""
        self._gone.set()
        if self._thread is not None:
            self._thread.join(5)

    def _run(self) -> None:
        from channergy_crm.jobs import known
        from channergy_crm.jobs.runner import Runner

        runner = Runner(self._office, known.of(self._office))
        try:
            while not self._gone.is_set():
                self._look(runner)
                self._gone.wait(LOOK_EVERY)
        finally:
            with self._office.borrowed():
                runner.lease.give_back()

    def _look(self, runner: Runner) -> None:
        from channergy_crm.jobs import known
        from channergy_crm.jobs.runner import Interrupted, failures, latest

        def step(done: int, total: int, text: str) -> None:
            if self._gone.is_set():
                raise Interrupted

        # A store that does not answer is said by whatever is asked of it at the window.
        with self._office.borrowed(), suppress(CRMError, Interrupted):
            runner.look(step)
            called = {job.name: _(job.label) for job in known.all_of(self._office)}
            standing = _Heard(failures(), latest(), called)
            with suppress(RuntimeError):  # the window was closed meanwhile: there is nobody left to tell
                self.heard.emit(standing)

    def _tell(self, heard: _Heard) -> None:
        """A sign where something failed; else, quietly, when something was done last."""
        if heard != self._before:
            self._before = heard
            self.changed.emit()
        worst = next(iter(heard.failed), None)
        last = next(iter(heard.done), None)
        self._sign.setVisible(worst is not None or last is not None)
        if worst is not None:
            called = heard.called.get(worst.job, worst.job)
            self._say(_("{job} failed").format(job=called), wrong=True)
            again = _("{reason} Tried again: {moment}.").format(reason=worst.error, moment=shown(None, worst.next_try))
            self._sign.setToolTip(as_tip(again))
        elif last is not None:
            called = heard.called.get(last.job, last.job)
            self._say(_("{job}: {moment}").format(job=called, moment=shown(None, last.finished)), wrong=False)
            self._sign.setToolTip(as_tip(_("Done by itself at {station}.").format(station=last.station)))

    def _say(self, text: str, *, wrong: bool) -> None:
        self._sign.setText(text)
        self._sign.setAccessibleName(text)
        self._sign.setIcon(sign("warning" if wrong else "done", self._sign))


def _sign(window: MainWindow, run: Callable[[], object]) -> IconButton:
    line = window.statusBar()
    button = named(IconButton(line), "main.by_itself", _("What runs by itself"))
    button.setIconSize(QSize(14, 14))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.clicked.connect(lambda: run())
    button.hide()
    line.insertPermanentWidget(1, button)
    return button
