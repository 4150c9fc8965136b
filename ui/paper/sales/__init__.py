"""Documents of a sale on paper: laid out, looked at, printed, kept as PDF, mailed (BX-26)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # most never print anything
    from PySide6.QtWidgets import QWidget

    from channergy_crm.records import SalesDocument
    from ui.session.session import Session


def preview(document: SalesDocument | int, session: Session, parent: QWidget) -> None:
    """Show the pages of a saved document, or of the one with this number; from there it is printed, saved as PDF or
    mailed.
    """
    from ui.paper.sales.out import Out

    if (held := _found(document, session)) is not None:
        Out(held, session, parent).preview()


def mail(document: SalesDocument | int, session: Session, parent: QWidget) -> None:
    """Write a mail with an issued document."""
    from ui.paper.sales.out import Out

    if (held := _found(document, session)) is not None:
        Out(held, session, parent).mail()


def remind(document: SalesDocument | int, session: Session, parent: QWidget, level: int = 0) -> None:
    """Show the reminder of an unpaid invoice: of this level, or of as many times as it was reminded of."""
    from ui.paper.sales.out import Out

    if (held := _found(document, session)) is not None:
        Out(held, session, parent, level or min(max(int(held.reminded or 0), 1), 3)).preview()


def _found(document: SalesDocument | int, session: Session) -> SalesDocument | None:
    from channergy_crm.records import SalesDocument

    return session.find(SalesDocument, document) if isinstance(document, int) else document


def lacking(document: SalesDocument, by: str) -> str:
    """What an e-invoice of a document would lack, in sentences; empty where nothing is, or none is wanted of it."""
    from channergy_crm.services import sales_paper
    from ui.paper.sales import kept

    return " ".join(kept.lacks(sales_paper.read(int(document.number), by)))


def pdf_of(document: SalesDocument, by: str) -> bytes:
    """The PDF of a saved document; that of an issued one is kept with it from now on."""
    from ui.paper.sales import kept

    return kept.pdf_of(int(document.number), by)
