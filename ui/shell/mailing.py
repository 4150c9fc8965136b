"""Mails written inside the program: an address that is pressed opens the composer; drafts come back (VT-52)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.widgets.timers import later

if TYPE_CHECKING:
    from channergy_crm.work.record import Record
    from ui.shell.window import MainWindow

SOON_MS = 2_000
"""after the drafts of forms, which come first"""


class Mailing(QObject):
    """Opens the composer for the record somebody writes to."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.session.mail_wanted.connect(self._write)
        self._soon = later(self, self.offer_drafts, SOON_MS)
        self._soon.start()
        window.session.closing.connect(self._soon.stop)

    def _write(self, record: Record) -> None:
        from ui.outgoing.mail import write_mail

        write_mail(self._window.session, [(type(record), record.key)], self._window)

    def offer_drafts(self) -> None:
        """What was being written when the program ended."""
        from ui.outgoing.mail import offer_drafts

        offer_drafts(self._window.session)
