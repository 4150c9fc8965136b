"""The page of the tab Sales figures: what is asked for, three charts, the documents of what is chosen (VT-86)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import N_, _
from channergy_crm.records import Payment, SalesDocument, SalesLine
from channergy_crm.services.figures import EVERYBODY
from channergy_crm.services.sales_figures import counting
from ui.pages.counting.nothing import Nothing
from ui.pages.counting.page import CountingPage
from ui.pages.sales_figures.asking import ToolRow, documents_said, facts
from ui.pages.sales_figures.charts import Charts
from ui.pages.sales_figures.outputs import SALES
from ui.pages.sales_figures.rows import Rows

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.sales_figures.counting import Asked, Sales
    from ui.session.session import Session


class SalesFiguresPage(CountingPage):
    """Of invoices and credit notes; counted anew when one is issued or paid meanwhile."""

    title = N_("Sales figures")
    counting = N_("Counting sales")
    followed = frozenset(record._meta.table_name for record in (SalesDocument, SalesLine, Payment))
    output = SALES
    tools: ToolRow
    charts: Charts

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("sales_figures", session, parent)

    def furnish(self, session: Session) -> None:
        """By month, by what is chosen, what is owed."""
        self.tools = ToolRow(session, self)
        self.charts = Charts(self.places)
        self.rows = Rows(session, self.places)
        self.nothing = Nothing("sales_figures", self)
        self.nothing.way("start", _("Go to Invoices"), lambda: session.go_to("invoices"), "invoice")
        everybody = _("Show everybody's sales")
        self._everybody = self.nothing.way("everybody", everybody, lambda: self.tools.show_whose(EVERYBODY))

    def count(self, asked: Asked, by: str) -> Sales:
        """Beside the window."""
        return counting.read(asked, by)

    def show_facts(self, held: Sales) -> None:
        """Sold, to how many customers, owed, due."""
        self.tools.offer_currencies(held)
        self.tools.show_facts(facts(held), anything=_anything(held))

    def show_nothing(self, said: str, ink: str = "muted") -> None:
        """Say why, and offer everybody's sales where these may be looked at."""
        self._everybody.setVisible(self.tools.offers(EVERYBODY))
        super().show_nothing(said, ink)

    def why_nothing(self, asked: Asked, held: Sales) -> str:
        """Nothing was sold."""
        said = _("No invoice was issued in this period, and nothing is owed. Issued invoices are counted here.")
        return "" if _anything(held) else said

    def how_many(self, held: Sales) -> str:
        """How many documents."""
        return documents_said(held.documents)


def _anything(held: Sales) -> bool:
    return bool(held.documents or any(each.invoices for each in held.owed))
