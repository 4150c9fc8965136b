"""The board on its way out: its customers into a file, an SMS to them, its columns onto paper (SI-23, SI-24)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _, ngettext
from channergy_crm.records import Account, Lead, Opportunity
from channergy_crm.services import audit, board, board_cards, board_customers, rights
from ui.outgoing.send import send_sms
from ui.pages.board.cards import say
from ui.paper import printing
from ui.paper.list_pages import Column, Heading, Table, laid_out
from ui.paper.written import by_whom, office_name
from ui.session import files

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.board import Asked
    from ui.paper.sheet import Paper
    from ui.session.background import Progress
    from ui.session.session import Session

MOST_ON_PAPER = 2_000
CUSTOMERS = {"account": Account, "lead": Lead}
"""by the word that stands on a row"""


def export(asked: Asked, session: Session, parent: QWidget) -> None:
    """Ask where to; then the file is written beside the window."""
    if reason := rights.may(session.by, "export", Account):
        session.notices.warn(reason)
        return
    path = files.where_to(session, parent, _("Export"), _("Customers"), files.SHEETS, ending=".xlsx")
    if path is not None:
        write(asked, path, session)


def write(asked: Asked, path: Path, session: Session) -> None:
    """Write the file beside the window."""
    from channergy_crm.transfer.exporting.board import export_customers

    by = session.by

    def said(count: int) -> str:
        form = ngettext("{count:,} customer exported to {file}.", "{count:,} customers exported to {file}.", count)
        return form.format(count=count, file=path.name)

    files.write_out(session, path, lambda progress: export_customers(asked, path, by, progress=progress.step), said)


def sms(asked: Asked, session: Session, parent: QWidget) -> None:
    """Write a message to all customers that are shown (SI-24)."""
    by = session.by

    def write_to(rows: list[board_customers.Row]) -> None:
        send_sms(session, [(CUSTOMERS[row.record], row.number) for row in rows], parent.window())

    session.work(lambda _progress: board_customers.read(asked, by), label=_("Looking who gets it"), done=write_to)


def print_(asked: Asked, about: str, session: Session, parent: QWidget) -> None:
    """The cards, column after column."""
    heading = Heading(office_name(session), _("Sales Board"), about, by_whom(session))
    by = session.by

    def lay_out(progress: Progress) -> Paper:
        return laid_out(_table(heading, asked, by), progress.step)

    taken = audit.Taken(Opportunity, "found", 1, about)
    printing.preview(printing.Draft(_("Sales Board"), lay_out, True, parent, taken), session)


def _table(heading: Heading, asked: Asked, by: str) -> Table:
    titles = (_("Stage"), _("Deal"), _("Customer"), _("Amount"), _("Probability %"), _("Closes"), _("Operator"))
    columns = [Column(title, right=place in (3, 4), whole=place in (3, 4)) for place, title in enumerate(titles)]
    pairs = [(column.title, card) for column in board.read(asked, by).columns for card in column.cards]
    pairs = pairs[:MOST_ON_PAPER]
    faces = board_cards.faces([card for _title, card in pairs], by)
    rows = []
    for title, card in pairs:
        said = say(card, faces.get((card.record, card.number)))
        rows.append((title, said.subject, said.customer, said.amount, said.likely, said.day, said.owner))
    return Table(heading, columns, rows)
