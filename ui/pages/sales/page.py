"""The tabs Quotes, Sales orders, Purchase orders and Invoices: the list, and beside it the document with its lines
(VT-86, VT-137).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale

from channergy_crm import clock
from channergy_crm.errors import CRMError
from channergy_crm.language import N_, _, ngettext
from channergy_crm.records import SalesDocument
from channergy_crm.records.sales_documents import KINDS, NAMED, STATES, DocumentKind, State
from channergy_crm.services.sales_documents import drafts
from ui.look.plain import titled
from ui.look.wording import day_in_words, written_decimal, written_money
from ui.pages.record_page import RecordPage
from ui.pages.sales.panel import DocumentPanel
from ui.pages.sales.steps import steps_of
from ui.screens import sales_deeds, sales_documents
from ui.session.allowed import hidden
from ui.widgets.summary import Fact, Summary

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from ui.screen import Screen
    from ui.session.session import Session

MEANS = {State.ACCEPTED: "done", State.DONE: "done", State.PAID: "done", State.DECLINED: "overdue"}
WAITS = {State.DRAFT, State.OPEN}
"""the states in which the last day counts"""
CONTEXT = ("account", "contact", "deal", "vendor")
"""what a document may be started for"""


class QuotePanel(DocumentPanel):
    """A quote."""

    def way_out(self, record: SalesDocument) -> str:
        return _("New version makes another quote of it, which takes its place.")


class OrderPanel(DocumentPanel):
    """A sales order."""

    until_said = N_("Wanted By")

    def way_out(self, record: SalesDocument) -> str:
        return _("Make Invoice invoices it, whole or in part; Cancel Order calls it off.")


class PurchasePanel(DocumentPanel):
    """An order to a vendor."""

    until_said = N_("Wanted By")

    def way_out(self, record: SalesDocument) -> str:
        return _("Receive notes what has come; Cancel Order calls it off.")


class InvoicePanel(DocumentPanel):
    """An invoice, or a credit note."""

    until_said = N_("Due")

    def way_out(self, record: SalesDocument) -> str:
        if record.what == DocumentKind.CREDIT_NOTE:
            return ""
        return _("A credit note takes back what is wrong on it.")


class SalesPage(RecordPage):
    """One kind of document."""

    of: Screen
    kind: DocumentKind
    kinds: tuple[DocumentKind, ...]
    list_widths = ((1400, 320), (1180, 300), (0, 264))
    panel: DocumentPanel

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.called = NAMED[self.kind]
        super().__init__(self.of, session, parent)
        self.table.setWindowTitle(titled(_(KINDS[self.kind].plural)))  # so it is called on paper and as a file
        self._whom: tuple[object, str] = (None, "")
        self.panel.turned.connect(self._document_turned)
        self.panel.sheet.older_wanted.connect(self._from_older)
        self.panel.grid.moved.connect(self._tell_window)
        self.panel.sheet.edited.connect(self._tell_window)
        self._document_turned()

    def condition(self) -> object:
        """The documents of this kind."""
        kind: Any = SalesDocument.what
        held: Any = super().condition()
        return held & kind.in_([each.value for each in self.kinds])

    # Saving

    def start(self) -> SalesDocument:
        return drafts.start(self.kind, self.session.by)

    def save(self, record: Any, by: str) -> object:
        """Head and lines in one; from the list only the head is changed."""
        held = self.panel.record
        own = held is not None and (record is held or (not record.is_new and record.key == held.key))
        lines = self.panel.records(record) if own else drafts.lines(record.number, by)
        return drafts.save(record, lines, by)

    # Coming here

    def show_target(self, what: str, key: object) -> None:
        """Come here from another page: to a document, or to a new one for a customer, a deal, a vendor."""
        if what != f"new_{self.kind.value}":
            super().show_target(what, key)
            return
        if not self.leave():
            return
        told = key.items() if isinstance(key, Mapping) else [key] if isinstance(key, tuple) else []
        given = {name: number for name, number in told if name in CONTEXT}
        record = self.session.attempt(lambda: drafts.start(self.kind, self.session.by, **given))
        if record is not None:
            self.panel.new(record)

    def take_up(self, panel: Any, key: object, values: dict[str, object]) -> None:
        """Go on with what was typed before, lines and all."""
        super().take_up(panel, key, values)
        self.panel.take_up_lines()

    def _from_older(self) -> None:
        from ui.pages.sales.older_dialog import OlderDialog

        document = self.panel.as_typed()
        if document is None:
            return
        dialog = OlderDialog(document, self.session, self)
        if dialog.exec():
            self.panel.sheet.take_lines(dialog.lines)

    # What is said

    def _document_turned(self) -> None:
        record = self.panel.record
        self.panel.chain.show_steps(steps_of(record, self.session) if record is not None else [])
        self.panel.show_fitting()
        self._tell_window()

    def summary(self, record: SalesDocument) -> Summary:
        """What it is called, for whom, how it stands; until when, what stays of it, what it comes to."""
        state = record.state or State.DRAFT
        return Summary(
            self._title(record), self._for_whom(record), tag=_(STATES[state]), meaning=MEANS.get(State(state), ""),
            facts=list(self._facts(record)),
        )  # fmt: skip

    def _title(self, record: SalesDocument) -> str:
        if record.key is None:
            return _("New {record}").format(record=_(sales_deeds.SAID[record.what]))
        return str(record.caption())

    def _for_whom(self, record: SalesDocument) -> str:
        contact = record.__data__.get("contact")
        if self._whom[0] != contact:
            from channergy_crm.records import Contact
            from channergy_crm.services import linking

            said = ""
            if contact is not None:
                said = self.session.attempt(lambda: linking.caption(Contact, contact, self.session.by)) or ""
            self._whom = (contact, said)
        subject = record.subject or ""
        return " · ".join(part for part in (record.name, self._whom[1], subject) if part)

    def _facts(self, record: SalesDocument) -> Sequence[Fact]:
        facts = [self._until(record.until, record)] if record.until is not None else []
        margin = self._margin() if "cost" not in hidden(self.session, SalesDocument) else None
        if margin is not None and self.kind != DocumentKind.PURCHASE_ORDER:
            facts.append(margin)
        return [*facts, self._total(record)]

    def _until(self, day: date, record: SalesDocument) -> Fact:
        away = (day - clock.today()).days
        word = _(self.panel.until_said) if self.panel.until_said else _("Valid until")
        days = ngettext("{count} day", "{count} days", abs(away)).format(count=abs(away))
        late = away < 0 and record.state in WAITS
        more = _("{days} late").format(days=days) if late else days if away > 0 and record.state in WAITS else ""
        return Fact(word, day_in_words(day), "overdue" if late else "", more, "until")

    def _margin(self) -> Fact | None:
        totals = self.panel.lines.totals
        if totals.margin is None:
            return None
        amount = written_money(totals.margin, QLocale())
        if not totals.net:
            return Fact(_("Margin"), amount)
        from decimal import Decimal

        share = Decimal(100 * totals.margin / totals.net).quantize(Decimal(1))
        return Fact(_("Margin"), f"{written_decimal(share)} %", "soon" if totals.margin < 0 else "", amount)

    def _total(self, record: SalesDocument) -> Fact:
        total = self.panel.lines.totals.total
        if self.kind == DocumentKind.INVOICE and record.is_issued:
            amount, more = record.open_amount or 0, record.currency or ""
            if record.paid and amount:
                more = _("of {total} {currency}").format(total=written_money(total, QLocale()), currency=more).strip()
            return Fact(_("Still open"), written_money(amount, QLocale()), "" if amount else "done", more)
        return Fact(_("Total"), written_money(total, QLocale()), more=record.currency or "")

    def standing(self) -> str:
        """The document somebody is at: its lines, what they come to, whose price the current line has."""
        record = self.panel.record
        if record is None:
            return super().standing()
        count = sum(1 for line in self.panel.lines.lines if line.is_item)
        said = ngettext("{count:,} line", "{count:,} lines", count).format(count=count)
        net = _("net {amount}").format(amount=written_money(self.panel.lines.totals.net, QLocale()))
        edited = _("not saved yet") if self.panel.is_edited else ""
        rule = self._rule() if self.panel.grid.hasFocus() else ""
        return " · ".join(part for part in (self._title(record), record.name or "", said, net, edited, rule) if part)

    def _rule(self) -> str:
        place, lines = self.panel.grid.current_place(), self.panel.lines.lines
        line = lines[place] if 0 <= place < len(lines) else None
        if line is None:
            return ""
        if self.panel.sheet.cells.is_short(line):
            return self.panel.sheet.cells.short_said(line)
        return self.panel.offers.why(line)

    def _tell_window(self) -> None:
        window: Any = self.window()
        if self.isVisible() and hasattr(window, "tell_status"):
            window.tell_status()

    def attempt(self, what: Callable[[], object]) -> bool:
        """Do something with the document that is open, and show what came of it."""
        try:
            what()
        except CRMError as error:
            self.session.notices.warn(error.message)
            return False
        return True


class QuotesPage(SalesPage):
    """Quotes."""

    of, kind, kinds = sales_documents.QUOTES, DocumentKind.QUOTE, (DocumentKind.QUOTE,)
    panel_type = QuotePanel


class SalesOrdersPage(SalesPage):
    """Sales orders."""

    of, kind, kinds = sales_documents.SALES_ORDERS, DocumentKind.SALES_ORDER, (DocumentKind.SALES_ORDER,)
    panel_type = OrderPanel


class PurchaseOrdersPage(SalesPage):
    """Orders to vendors."""

    of, kind, kinds = sales_documents.PURCHASE_ORDERS, DocumentKind.PURCHASE_ORDER, (DocumentKind.PURCHASE_ORDER,)
    panel_type = PurchasePanel


class InvoicesPage(SalesPage):
    """Invoices and credit notes."""

    of, kind = sales_documents.INVOICES, DocumentKind.INVOICE
    kinds = (DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE)
    panel_type = InvoicePanel


PAGES: dict[str, Callable[..., SalesPage]] = {
    "quote": QuotesPage, "sales_order": SalesOrdersPage, "purchase_order": PurchaseOrdersPage, "invoice": InvoicesPage,
}  # fmt: skip
