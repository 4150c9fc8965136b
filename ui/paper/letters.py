"""*Letters…* wherever people are listed or open: to one, to the marked rows, to a whole view (BX-26, C16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import N_, _
from channergy_crm.records.written_to import WRITTEN_TO
from ui.screen import Command

if TYPE_CHECKING:  # most never write a letter
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from channergy_crm.work.record import Record
    from ui.lists.table import RecordTable
    from ui.session.session import Session

    Records = Sequence[tuple[type[Record], object]]


def write_letters(
    session: Session, records: Records, parent: QWidget | None = None, *, campaign: int | None = None
) -> None:
    """Make letters to these, by type and number: leads, contacts, customers, accounts, or the accounts of deals. With a
    campaign, by its number, its members are *Written to* when the letters are noted.
    """
    if not records:
        session.notices.warn(_("Mark the rows first: click, Shift+click, or Ctrl+A for all."))
        return
    from ui.paper.letters_dialog import open_letters

    open_letters(session, records, parent, campaign=campaign)


def offer_letters(table: RecordTable, session: Session) -> None:
    """Give a list of people *Letters to …* for its marked rows."""
    if table.record not in WRITTEN_TO:
        return

    def run(table: RecordTable) -> None:
        keys = table.marked() or [key for key in [table.current()] if key is not None]
        write_letters(session, [(table.record, key) for key in keys], table.window())

    table.add_command(Command("letters", N_("Letters…"), run, "print"))
