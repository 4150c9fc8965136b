"""What runs by itself, beside the window: it does what is due if no other workstation does, and tells how it stands."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QSize, Qt, Signal

from channergy_crm.language import _
from ui.look.plain import as_tip
from ui.look.wording import shown
from ui.session.notice import sign
from ui.shell.looking import Looking
from ui.widgets.controls import IconButton
from ui.widgets.dialog import named

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from channergy_crm.jobs.job import Progress
    from channergy_crm.jobs.runner import Runner, Standing
    from ui.shell.window import MainWindow

FIRST_LOOK_MS = 20_000
TOPIC = "backup"


class _Heard(NamedTuple):
    """How it stands: what failed, what was done last, and what each job is called."""

    failed: Sequence[Standing]
    done: Sequence[Standing]
    called: dict[str, str]


class ByItself(Looking):
    """Does what is due, and tells how it stands."""

    heard = Signal(object)
    changed = Signal()
    """something was done or has failed since it was looked last"""

    def __init__(self, window: MainWindow, open_topic: Callable[[str], object]) -> None:
        super().__init__("jobs", FIRST_LOOK_MS, window.session, window, self._its_runner, self._look_once)
        self._before: _Heard | None = None
        self._sign = _sign(window, lambda: open_topic(TOPIC))
        self.heard.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def _its_runner(self) -> Runner:
        """For all that any workstation can do."""
        from channergy_crm.jobs import known
        from channergy_crm.jobs.runner import Runner

        return Runner(self.office, known.of(self.office))

    def _look_once(self, runner: Runner, step: Progress) -> None:
        """Do it, then say how all of it stands."""
        from channergy_crm.jobs import known
        from channergy_crm.jobs.runner import failures, latest

        runner.look(step)
        called = {job.name: _(job.label) for job in known.all_of(self.office)}
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
