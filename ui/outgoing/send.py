"""*SMS…* wherever people are listed or open, and the messages that were sent (SI-24)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import N_, _
from channergy_crm.records.messages import WRITTEN_TO
from ui.screen import Command

if TYPE_CHECKING:  # most never send anything
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from channergy_crm.work.record import Record
    from ui.lists.table import RecordTable
    from ui.session.session import Session

    Records = Sequence[tuple[type[Record], object]]


def send_sms(session: Session, records: Records, parent: QWidget | None = None) -> None:
    """Write a message to these, by type and number: leads, contacts, customers, accounts, or the accounts of deals."""
    from ui.outgoing.sms_dialog import SmsDialog

    if not records:
        session.notices.warn(_("Mark the rows first: click, Shift+click, or Ctrl+A for all."))
        return
    dialog = SmsDialog(session, list(records), parent or session.notices.window())
    dialog.show()
    dialog.activateWindow()


def offer_sms(table: RecordTable, session: Session) -> None:
    """Give a list of people *SMS…* for its marked rows, or for the one somebody is on."""
    if table.record not in WRITTEN_TO:
        return

    def run(table: RecordTable) -> None:
        keys = table.marked() or [key for key in [table.current()] if key is not None]
        send_sms(session, [(table.record, key) for key in keys], table)

    table.add_command(Command("send_sms", N_("SMS…"), run, "email"))
