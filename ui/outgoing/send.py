"""*SMS…* wherever people are listed or open, and the messages that were sent (SI-24)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from channergy_crm.language import N_, _
from channergy_crm.records import OfficeSetting
from channergy_crm.records.written_to import WRITTEN_TO
from channergy_crm.services import office
from channergy_crm.services.rights import Program
from channergy_crm.settings import SMS_GATEWAY
from ui.screen import Command

if TYPE_CHECKING:  # most never send anything
    from collections.abc import Sequence

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from channergy_crm.work import Done
    from channergy_crm.work.record import Record
    from ui.lists.table import RecordTable
    from ui.session.session import Session

    Records = Sequence[tuple[type[Record], object]]


def send_sms(session: Session, records: Records, parent: QWidget | None = None, *, campaign: int | None = None) -> None:
    """Write a message to these, by type and number: leads, contacts, customers, accounts, or the accounts of deals. One
    of a campaign says so when it has gone.
    """
    from ui.outgoing.sms_dialog import SmsDialog

    if not records:
        session.notices.warn(_("Mark the rows first: click, Shift+click, or Ctrl+A for all."))
        return
    dialog = SmsDialog(session, list(records), parent or session.notices.window())
    dialog.campaign = campaign
    dialog.show()
    dialog.activateWindow()


def offer_sms(table: RecordTable, session: Session) -> None:
    """Give a list of people *SMS…* for its marked rows, or the one somebody is on, while the office has a gateway."""
    if table.record not in WRITTEN_TO:
        return

    def run(table: RecordTable) -> None:
        keys = table.marked() or [key for key in [table.current()] if key is not None]
        send_sms(session, [(table.record, key) for key in keys], table)

    action = table.add_command(Command("send_sms", N_("SMS…"), run, "email"))
    _Offered(action, session)


class _Offered(QObject):
    """Shows an entry while the office has a gateway; Ctrl+K has it always, and says then how one is chosen."""

    def __init__(self, action: QAction, session: Session) -> None:
        super().__init__(action)
        self._action, self._session = action, session
        session.done.connect(self._heard)
        self._look()

    def _heard(self, done: Done) -> None:
        if OfficeSetting._meta.table_name in done.tables:
            self._look()

    def _look(self) -> None:
        chosen = self._session.attempt(lambda: office.get(SMS_GATEWAY, Program.ITSELF))
        self._action.setVisible(bool(chosen))
