"""*E-mail…* wherever people are listed or open: to one, to the marked rows, to a whole view (VT-157, VT-161, BX-14)."""

from __future__ import annotations

import json
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from channergy_crm.language import N_, _
from channergy_crm.records import BY_TABLE
from channergy_crm.records.written_to import WRITTEN_TO
from ui.screen import Command

if TYPE_CHECKING:  # most never send anything
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from channergy_crm.work.record import Record
    from ui.lists.table import RecordTable
    from ui.session.session import Session

    Records = Sequence[tuple[type[Record], object]]


def write_mail(
    session: Session, records: Records, parent: QWidget | None = None, *, campaign: int | None = None
) -> None:
    """Write a mail to these, by type and number: leads, contacts, customers, accounts, or the accounts of deals. One of
    a campaign says so when it has gone.
    """
    if not records:
        session.notices.warn(_("Mark the rows first: click, Shift+click, or Ctrl+A for all."))
        return
    from ui.outgoing.mail_dialog import open_mail

    open_mail(session, records, parent, campaign)


def offer_mail(table: RecordTable, session: Session) -> None:
    """Give a list of people *E-mail to …* for its marked rows."""
    if table.record not in WRITTEN_TO:
        return

    def run(table: RecordTable) -> None:
        keys = table.marked() or [key for key in [table.current()] if key is not None]
        write_mail(session, [(table.record, key) for key in keys], table.window())

    table.add_command(Command("send_mail", N_("E-mail…"), run, "email"))


def offer_drafts(session: Session) -> None:
    """A mail that was being written when the program ended is offered again."""
    from ui.outgoing.mail_dialog import DRAFT

    for form, texts in session.drafts.texts_left(DRAFT).items():
        records = _records(texts.get("records", ""))
        if records:
            go_on = partial(_go_on, session, form, records, texts)
            said = _("The mail you were writing when the program ended was kept.")
            session.notices.say(said, action=(_("Go on"), go_on), level="warning")
            return


def _records(text: str) -> list[tuple[type[Record], object]]:
    with suppress(ValueError, TypeError):
        return [(BY_TABLE[table], key) for table, key in json.loads(text) if table in BY_TABLE]
    return []


def _go_on(session: Session, form: str, records: list[tuple[type[Record], object]], texts: dict[str, str]) -> None:
    from ui.outgoing.mail_dialog import open_again
    from ui.outgoing.mail_text import Mail

    number, attached = texts.get("template", ""), dict[int, str]()
    with suppress(ValueError, AttributeError):
        attached = {int(key): str(name) for key, name in json.loads(texts.get("attached", "{}")).items()}
    mail = Mail(texts.get("subject", ""), texts.get("body", ""), int(number) if number.isdecimal() else None)
    session.drafts.take(form)
    campaign = texts.get("campaign", "")
    open_again(session, records, mail, attached, form, int(campaign) if campaign.isdecimal() else None)
