"""Files mails out of the watched folder, beside the window, while no other workstation does it (BX-14)."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from channergy_crm.language import _, ngettext
from ui.shell.looking import Looking

if TYPE_CHECKING:
    from channergy_crm.jobs.job import Progress
    from channergy_crm.jobs.runner import Runner
    from ui.session.session import Session
    from ui.shell.window import MainWindow

FIRST_LOOK_MS = 30_000


class WatchedFolder(Looking):
    """Looks every few minutes where this workstation has the password; the window hears of how many wait."""

    waiting = Signal(int)

    def __init__(self, window: MainWindow) -> None:
        super().__init__("folder", FIRST_LOOK_MS, window.session, window, self._its_runner, self._look_once)
        self._window, self._told = window, 0
        self._session: Session = window.session
        self.waiting.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def _its_runner(self) -> Runner:
        """For the folder alone, under a lease of its own."""
        from channergy_crm.jobs import known
        from channergy_crm.jobs.runner import Runner

        return Runner(self.office, known.watching(), known.FOLDER)

    def _look_once(self, runner: Runner, step: Progress) -> None:
        """Where a folder is watched at all."""
        from channergy_crm.services.filing import watched

        if any(job.wanted() for job in runner.jobs) and runner.look(step):
            count = watched.waiting(self._session.by)
            with suppress(RuntimeError):  # the window was closed meanwhile: there is nobody left to tell
                self.waiting.emit(count)

    def _tell(self, count: int) -> None:
        """Say it once when there are more of them than before."""
        before, self._told = self._told, count
        if count > before:
            said = ngettext(
                "{count:,} e-mail of the watched folder is from nobody known here.",
                "{count:,} e-mails of the watched folder are from nobody known here.", count,
            )  # fmt: skip
            self._session.notices.say(said.format(count=count), action=(_("Assign…"), self._assign), level="warning")

    def _assign(self) -> None:
        from ui.filing.taking import take_waiting

        take_waiting(self._session, self._window)
