"""The documents behind what was chosen, the newest first; Enter opens one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.records import SalesDocument
from channergy_crm.services.sales_figures import behind
from channergy_crm.services.sales_figures.behind import SHOWN
from ui.history.sheet import Column, Line
from ui.look.wording import shown
from ui.pages.counting import rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.chosen import Chosen
    from channergy_crm.services.sales_figures.behind import Row
    from channergy_crm.services.sales_figures.counting import Asked
    from ui.session.session import Session


class Rows(rows.Rows):
    """Of invoices and credit notes."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        columns = [Column(_("Document"), 150), Column(_("Date"), 108), Column(_("Customer"), 150, True),
                   Column(_("Amount"), 108, right=True), Column(_("Operator"), 80)]  # fmt: skip
        super().__init__("sales_figures", _("All invoices and credit notes"), columns, session, parent)

    def read(self, asked: Asked, chosen: Chosen, by: str, *, after: int) -> tuple[Sequence[Row], bool]:
        """Some of them, and whether there are more."""
        found = behind.read(asked, chosen, by, after=after)
        return found, len(found) == SHOWN

    def line(self, row: Row) -> Line:
        """A document as it is shown."""
        words = words_of(row)
        return Line(words, row, " · ".join(part for part in words if part))

    def opens(self, row: Row) -> tuple[str, object]:
        """The document itself."""
        return row.opens


def words_of(row: Row) -> tuple[str, ...]:
    """What stands in the columns of a row."""
    return row.name, shown(None, row.day), row.customer, shown(SalesDocument.kind("total"), row.amount), row.owner
