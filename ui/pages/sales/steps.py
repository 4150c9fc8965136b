"""What came of a deal so far: the steps over a document (VT-86, VT-138)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import N_, _, ngettext
from channergy_crm.records import Opportunity
from channergy_crm.records.sales_documents import KINDS, STATES, DocumentKind
from channergy_crm.services import linking
from channergy_crm.services.sales_documents import chain
from ui.pages.sales.chain_bar import Chip, Step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.records import SalesDocument
    from channergy_crm.services.sales_documents.chain import Linked
    from ui.session.session import Session

ORDER = (DocumentKind.QUOTE, DocumentKind.SALES_ORDER, DocumentKind.PURCHASE_ORDER, DocumentKind.INVOICE)
WORDS = {DocumentKind.QUOTE: N_("Quote"), DocumentKind.SALES_ORDER: N_("Order"),
         DocumentKind.PURCHASE_ORDER: N_("Purchase"), DocumentKind.INVOICE: N_("Invoice")}  # fmt: skip


def steps_of(record: SalesDocument, session: Session) -> list[Step]:
    """Deal, quote, order, invoice, and what there is of each; a purchase only where there is one."""
    found: Sequence[Linked] = []
    if not record.is_new:
        found = session.attempt(lambda: chain.chain(record.number, session.by)) or []
    steps = [_deal(record, session)]
    for kind in ORDER:
        links = [_link(each, record) for each in found if _stands_for(each.what) == kind]
        if record.is_new and _stands_for(record.what) == kind:
            links = [Chip(_("new"), "", None, here=True)]
        bought = DocumentKind.PURCHASE_ORDER in (kind, record.what)
        if links or not bought:
            steps.append(Step(kind.value, _(WORDS[kind]), tuple(links), _plural(kind, len(links))))
    return steps


def _deal(record: SalesDocument, session: Session) -> Step:
    key = record.__data__.get("deal")
    links = []
    if key is not None:
        said = session.attempt(lambda: linking.caption(Opportunity, key, session.by)) or str(key)
        links = [Chip(said, "opportunity", key)]
    return Step("deal", _("Deal"), tuple(links))


def _stands_for(what: str) -> DocumentKind:
    return DocumentKind.INVOICE if what == DocumentKind.CREDIT_NOTE else DocumentKind(what)


def _link(each: Linked, record: SalesDocument) -> Chip:
    said = KINDS[DocumentKind(each.what)]
    text = each.caption.removeprefix(_(said.singular)).lstrip(" ,") or each.caption
    if each.what == DocumentKind.CREDIT_NOTE:
        text = each.caption
    state = _(STATES[each.state or "draft"])
    return Chip(text, said.target, each.number, here=each.number == record.number, more=state)


def _plural(kind: DocumentKind, count: int) -> str:
    words = {
        DocumentKind.QUOTE: ngettext("{count} quote", "{count} quotes", count),
        DocumentKind.SALES_ORDER: ngettext("{count} order", "{count} orders", count),
        DocumentKind.PURCHASE_ORDER: ngettext("{count} purchase order", "{count} purchase orders", count),
        DocumentKind.INVOICE: ngettext("{count} invoice", "{count} invoices", count),
    }
    return words[kind].format(count=count)
