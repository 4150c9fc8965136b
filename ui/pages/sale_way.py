"""*The way of a sale*: its phases one after the other, each with the place where it is worked on (VT-86, VT-137)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QGridLayout, QWidget

from channergy_crm.language import N_, _, closing
from ui.look import theme
from ui.look.icons import icon
from ui.look.plain import Label
from ui.pages.home.opening import is_there
from ui.widgets.dialog import Dialog, Remark

if TYPE_CHECKING:
    from ui.session.session import Session


class Phase(NamedTuple):
    """One phase: the tab where it is worked on, its drawing, its name, a sentence about it."""

    tab: str
    sign: str
    title: str
    said: str


PHASES = (
    Phase("leads", "lead", N_("Leads"),
          N_("They come from marketing: trade shows, advertisements, presentations. Import or type them.")),
    Phase("products", "product", N_("Products"),
          N_("The second step: what you sell, the most important first.")),
    Phase("price_books", "price_book", N_("Price books"),
          N_("Prices for groups of customers, or from a quantity on.")),
    Phase("opportunities", "opportunity", N_("Opportunities"),
          N_("A lead that is converted is one. Stage and amount say how it stands.")),
    Phase("quotes", "quote", N_("Quotes"), N_("Create Quote on an opportunity or an account begins one.")),
    Phase("sales_orders", "order", N_("Sales orders"), N_("An accepted quote becomes one.")),
    Phase("purchase_orders", "purchase", N_("Purchase orders"), N_("A sales order has them made for its vendors.")),
    Phase("invoices", "invoice", N_("Invoices"), N_("Billed from the order, paid in one or several parts.")),
    Phase("tickets", "ticket", N_("Service"),
          N_("What customers ask for afterwards is a ticket; what is asked often is answered in the FAQ.")),
)  # fmt: skip
SECOND = ("products", "price_books")
"""the second step after the first lead (VT-75)"""


class SaleWayDialog(Dialog):
    """The phases in their order; a press goes there."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("sale_way", _("The way of a sale"), parent, session.station, size=(620, 460))
        self.setModal(False)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        there = [phase for phase in PHASES if is_there(parent, phase.tab)]
        for place, phase in enumerate(there):
            go = self.button(phase.tab, _(phase.title))
            go.setIcon(icon(phase.sign, go))
            go.clicked.connect(lambda _checked=False, tab=phase.tab: self._go(session, tab))
            number = Label(f"{place + 1}", self)
            number.setFont(theme.strong(number.font()))
            grid.addWidget(number, place, 0)
            grid.addWidget(Remark(_(phase.said), self), place, 1)
            grid.addWidget(go, place, 2)
        self.body.addLayout(grid)
        self.body.addStretch(1)
        self.finish_with(None, self.button("close", closing(), _("(Esc)")))

    def _go(self, session: Session, tab: str) -> None:
        self.close()
        session.go_to(tab)


def show(session: Session, window: QWidget) -> None:
    """Open it."""
    dialog = SaleWayDialog(session, window)
    dialog.show()
    dialog.activateWindow()
