"""Sends the messages and the mails that wait, beside the window, while no other workstation does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from channergy_crm.language import _, ngettext
from ui.shell.looking import Looking

if TYPE_CHECKING:
    from channergy_crm.jobs.job import Job, Progress
    from channergy_crm.jobs.runner import Runner
    from ui.session.session import Session

FIRST_LOOK_MS = 15_000


class Sending(Looking):
    """Looks whether something waits, and at once when something was put down here; what goes one way holds up nothing
    that goes another.
    """

    unknown = Signal(int)
    """something was sent, and of so many messages nobody knows whether they went"""

    def __init__(self, session: Session, *, mails: bool = False) -> None:
        super().__init__("mails" if mails else "messages", FIRST_LOOK_MS, session, session, self._its_runner,
                         self._look_once)  # fmt: skip
        self._session, self._told, self._mails = session, 0, mails
        self.unknown.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        session.messages_wait.connect(self.start)

    def _its_runner(self) -> Runner:
        """For these alone, under a lease of their own."""
        from channergy_crm.jobs import known
        from channergy_crm.jobs.runner import Runner

        jobs: list[Job] = known.mailing() if self._mails else known.sending()
        return Runner(self.office, jobs, known.MAILS if self._mails else known.MESSAGES)

    def _look_once(self, runner: Runner, step: Progress) -> None:
        """Where messages are sent at all; the window hears of how many nobody knows whether they went."""
        from channergy_crm.records.messages import EMAIL, SMS
        from channergy_crm.services import messages

        if any(job.wanted() for job in runner.jobs) and runner.look(step):
            count = messages.undecided(self._session.by, EMAIL if self._mails else SMS)
            self.line.tell(lambda: self.unknown.emit(count))

    def _tell(self, count: int) -> None:
        """Say it once when there are more of them than before."""
        before, self._told = self._told, count
        self._session.messages_changed.emit()
        if count > before:
            said = ngettext(
                "Of {count:,} message nobody knows whether it went.",
                "Of {count:,} messages nobody knows whether they went.", count,
            )  # fmt: skip
            self._session.notices.say(said.format(count=count), action=(_("Decide…"), self._decide), level="warning")

    def _decide(self) -> None:
        from ui.outgoing.batches_dialog import show_batches

        show_batches(self._session)
