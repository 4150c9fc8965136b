"""Syncs with the Viper site, beside the window, while no other workstation does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.shell.looking import Looking

if TYPE_CHECKING:
    from channergy_crm.jobs.job import Progress
    from channergy_crm.jobs.runner import Runner
    from ui.session.session import Session

FIRST_LOOK_MS = 25_000


class Syncing(Looking):
    """Looks whether it is time, or something waits; what it takes, open lists are told."""

    def __init__(self, session: Session) -> None:
        super().__init__("viper", FIRST_LOOK_MS, session, session, self._its_runner, self._look_once)

    def _its_runner(self) -> Runner:
        """For the sync alone, under a lease of its own."""
        from channergy_crm.jobs import known, viper
        from channergy_crm.jobs.runner import Runner

        return Runner(self.office, known.syncing(), viper.NAME)

    def _look_once(self, runner: Runner, step: Progress) -> None:
        """Where the sync is on and this workstation has the password; between two looks whoever presses *Sync now*
        may have a round of their own.
        """
        if any(job.wanted() for job in runner.jobs):
            try:
                runner.look(step)
            finally:
                runner.lease.give_back()
