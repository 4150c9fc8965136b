"""The screens of quotes, sales orders, purchase orders and invoices with their credit notes (VT-86, VT-137)."""

from __future__ import annotations

from channergy_crm.language import N_
from channergy_crm.records import SalesDocument
from ui.screen import Command, Screen, Section
from ui.screens import actions, sales_deeds

COLUMNS = ["document_no", "name", "state", "dated", "until", "total", "subject", "owner", "number"]
ADDRESSES = ["addressee", "delivered_to", "their_tax_number", "their_reference", "terms", "language", "opening"]
RECKONED = ["discount", "less", "currency", "gross", "rounding"]
DATES = Section(
    N_("Dates and IDs"),
    ["number", "document_no", "revision", "issued_on", "issued_by", "sent_on", "answered_on", "reason", "reminded_on",
     "created_on", "last_activity"],
    folded=True,
    beside=True,
)  # fmt: skip


def _sections(whom: list[str], dates: list[str], how: list[str]) -> list[Section]:
    return [
        Section("", whom),
        Section("", dates, beside=True),
        Section("", how, beside=True),
        Section(N_("Addresses and terms"), ADDRESSES, folded=True),
        Section(N_("Discount and tax"), RECKONED, folded=True, beside=True),
        Section("", ["closing", "internal_notes"]),
        DATES,
    ]


def _commands(kind: str) -> list[Command]:
    return [
        *sales_deeds.first(kind),
        Command("save", N_("Save Changes"), actions.save, "save", "Ctrl+S", actions.edited),
        Command("cancel", N_("Cancel Changes"), actions.cancel, "cancel", "Esc", actions.edited),
        *sales_deeds.rest(kind),
        Command("remove", N_("Remove"), actions.remove, "remove", "", sales_deeds.may_remove, "danger"),
    ]


def _create(label: str) -> Command:
    return Command("create", label, actions.create, "add", "Ctrl+N", role="list")


QUOTES = Screen(
    SalesDocument,
    "quotes",
    columns=COLUMNS,
    sections=_sections(["account", "contact", "subject"], ["dated", "until", "delivery"],
                       ["price_book", "owner", "deal"]),
    commands=[_create(N_("Create Quote")), *_commands("quote")],
    empty=N_("No quotes yet. Create Quote makes the first; a deal has Create Quote as well."),
)  # fmt: skip

SALES_ORDERS = Screen(
    SalesDocument,
    "sales_orders",
    columns=COLUMNS,
    sections=_sections(["account", "contact", "subject"], ["dated", "until", "delivery"],
                       ["price_book", "owner", "deal"]),
    commands=[_create(N_("Create Order")), *_commands("sales_order")],
    empty=N_("No sales orders yet. A quote that is accepted becomes one; Create Order makes one without a quote."),
)  # fmt: skip

PURCHASE_ORDERS = Screen(
    SalesDocument,
    "purchase_orders",
    columns=COLUMNS,
    sections=_sections(["vendor", "subject"], ["dated", "until", "delivery"], ["owner", "deal"]),
    commands=[_create(N_("Create Purchase Order")), *_commands("purchase_order")],
    empty=N_("No purchase orders yet. Create Purchase Order makes the first; a sales order orders what is missing."),
)

INVOICES = Screen(
    SalesDocument,
    "invoices",
    columns=["document_no", "name", "state", "dated", "until", "total", "open_amount", "what", "subject", "owner",
             "number"],
    sections=_sections(["account", "contact", "subject"], ["dated", "until", "delivery"],
                       ["price_book", "owner", "deal"]),
    commands=[_create(N_("Create Invoice")), *_commands("invoice")],
    empty=N_("No invoices yet. An order becomes one, whole or in part; Create Invoice makes one without an order."),
)  # fmt: skip
