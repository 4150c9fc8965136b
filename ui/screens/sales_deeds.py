"""What can be done with a quote, an order, an invoice: the verbs over it, each where it fits (VT-86, VT-137).

What a verb does is in `ui/pages/sales/deeds.py`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from channergy_crm.language import N_, _
from ui.screen import Command
from ui.screens import actions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from channergy_crm.records import SalesDocument
    from ui.forms.record_panel import RecordPanel


DRAFT, OPEN, ACCEPTED, DECLINED = "draft", "open", "accepted", "declined"  # unsaid: states
DONE, PAID = "done", "paid"
ANY = frozenset({DRAFT, OPEN, ACCEPTED, DECLINED, DONE, PAID, "replaced", "cancelled"})
ISSUED = ANY - {DRAFT}


class Doing(Protocol):
    """What does the verbs: the panel of a document."""

    @property
    def record(self) -> SalesDocument | None:
        """The document that is open."""

    def do(self, name: str) -> None:
        """Do it; what was typed is saved before."""

    def why_not(self, name: str) -> str | None:
        """None when it can be done, or the sentence why not."""

    def add_line(self) -> None:
        """The cursor into a new line."""

    def describe_line(self) -> None:
        """The cursor into the longer text of the current line."""

    def why_no_line(self) -> str | None:
        """None when a line may be added, or the sentence why not."""


class Fits(NamedTuple):
    """In which kinds and states of a document a verb is shown."""

    kinds: frozenset[str]
    states: frozenset[str]


QUOTE, ORDER, PURCHASE, INVOICE, CREDIT = "quote", "sales_order", "purchase_order", "invoice", "credit_note"
EVERY = frozenset({QUOTE, ORDER, PURCHASE, INVOICE, CREDIT})
LIVE = frozenset({OPEN, ACCEPTED})
WHERE: dict[str, Fits] = {
    "issue": Fits(EVERY, frozenset({DRAFT})),
    "pay": Fits(frozenset({INVOICE}), LIVE | {PAID}),
    "to_order": Fits(frozenset({QUOTE}), LIVE),
    "to_invoice": Fits(frozenset({QUOTE, ORDER}), LIVE | {DONE}),
    "receive": Fits(frozenset({PURCHASE}), LIVE),
    "send": Fits(EVERY, LIVE | {DONE, PAID}),
    "pdf": Fits(EVERY, ANY),
    "accept": Fits(frozenset({QUOTE}), frozenset({OPEN})),
    "decline": Fits(frozenset({QUOTE}), frozenset({OPEN})),
    "new_version": Fits(frozenset({QUOTE}), frozenset({OPEN, DECLINED})),
    "to_purchase": Fits(frozenset({QUOTE, ORDER}), LIVE | {DONE}),
    "remind": Fits(frozenset({INVOICE}), frozenset({OPEN})),
    "credit": Fits(frozenset({INVOICE}), ISSUED - {"cancelled"}),
    "again": Fits(frozenset({CREDIT}), frozenset({OPEN})),
    "void": Fits(frozenset({ORDER, PURCHASE}), LIVE),
}
"""by the name of the verb"""


def fits(name: str, document: SalesDocument) -> bool:
    """Whether this verb is shown with a document of this kind and in this state; asks the store nothing."""
    where = WHERE.get(name)
    return where is None or (document.what in where.kinds and (document.state or DRAFT) in where.states)


LABELS = {
    "issue": {QUOTE: N_("Issue Quote"), ORDER: N_("Issue Order"), PURCHASE: N_("Issue Purchase Order"),
              INVOICE: N_("Issue Invoice")},
    "to_order": {QUOTE: N_("Make Order")},
    "to_invoice": {QUOTE: N_("Make Invoice…"), ORDER: N_("Make Invoice…")},
    "receive": {PURCHASE: N_("Receive…")},
    "pay": {INVOICE: N_("Note Payment…")},
    "send": {QUOTE: N_("Send Quote"), ORDER: N_("Send Order"), PURCHASE: N_("Send Order"),
             INVOICE: N_("Send Invoice")},
    "pdf": dict.fromkeys(EVERY, N_("Preview and PDF")),
    "accept": {QUOTE: N_("Accepted")},
    "decline": {QUOTE: N_("Declined…")},
    "new_version": {QUOTE: N_("New version")},
    "to_purchase": {QUOTE: N_("Order from vendors"), ORDER: N_("Order from vendors")},
    "remind": {INVOICE: N_("Remind")},
    "credit": {INVOICE: N_("Credit Note…")},
    "again": {INVOICE: N_("Bill Again")},
    "void": {ORDER: N_("Cancel Order…"), PURCHASE: N_("Cancel Order…")},
}  # fmt: skip
ICONS = {
    "issue": "send", "to_order": "order", "to_invoice": "invoice", "receive": "product", "pay": "payment",
    "send": "email", "pdf": "print", "accept": "check", "decline": "cancel", "new_version": "copy",
    "to_purchase": "purchase", "remind": "reminder", "credit": "undo", "again": "invoice", "void": "cancel",
}  # fmt: skip
SAID = {QUOTE: N_("quote"), ORDER: N_("sales order"), PURCHASE: N_("purchase order"), INVOICE: N_("invoice"),
        CREDIT: N_("credit note")}  # fmt: skip
"""inside a sentence"""
FIRST = ("issue", "pay", "to_order", "to_invoice", "receive")
"""what people come for: it stands first, with an edge"""


def first(kind: str) -> Iterator[Command]:
    """The verbs of a kind that stand first."""
    for name in FIRST:
        if kind in LABELS[name]:
            yield _command(name, kind, "first")


def rest(kind: str) -> Iterator[Command]:
    """The others, and what puts the cursor into a new line."""
    for name, labels in LABELS.items():
        if name not in FIRST and kind in labels:
            yield _command(name, kind, "")
    yield Command("add_line", N_("Add line"), _add_line, "add", "Ctrl+Shift+I", _may_add, "key")
    yield Command("describe", N_("Longer text of the line"), _describe, "note", "Ctrl+Shift+E", _may_describe, "key")


def _command(name: str, kind: str, role: str) -> Command:
    return Command(name, LABELS[name][kind], partial(_do, name), ICONS[name], "", partial(_why_not, name), role)


def _do(name: str, panel: Doing) -> None:
    panel.do(name)


def _why_not(name: str, panel: Doing) -> str | None:
    return panel.why_not(name) if panel.record is not None else _("Nothing is open.")


def may_remove(panel: RecordPanel) -> str | None:
    """None where the document is a draft; what is issued stays in the books."""
    record = panel.record
    if record is not None and record.is_issued:
        return _("{name} is issued: it stays in the books.").format(name=record.caption())
    return actions.stored(panel)


def _add_line(panel: Doing) -> None:
    panel.add_line()


def _describe(panel: Doing) -> None:
    panel.describe_line()


def _may_describe(panel: Doing) -> str | None:
    return None if panel.record is not None else _("Nothing is open.")


def _may_add(panel: Doing) -> str | None:
    return panel.why_no_line()
