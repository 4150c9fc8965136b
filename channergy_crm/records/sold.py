"""What documents of a sale name stays: an account, a contact, a deal or a vendor with documents, a product in lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.records.products import Product
from channergy_crm.records.sales_documents import SalesDocument, SalesLine, called

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.work.record import Record

NAMED = 3
"""documents a sentence names"""


def require_free(records: Sequence[Record]) -> None:
    """Raise `Mistake` with the documents where one of these stands in some."""
    for record in records:
        if any(link.rel_model is type(record) for link in SalesDocument._meta.refs):
            _refuse(record, _of_document(record), _("{name} has documents and stays: {documents}."))
        elif isinstance(record, Product):
            said = _("{name} stands in documents and stays: {documents}. Make it inactive instead.")
            _refuse(record, SalesDocument.number.in_(_documents_with(record)), said)


def _of_document(record: Record) -> Any:
    found = None
    for link in SalesDocument._meta.refs:
        if link.rel_model is type(record):
            here = link == record.key
            found = here if found is None else found | here
    return found


def _documents_with(product: Product) -> Any:
    return SalesLine.select(SalesLine.document).where(SalesLine.product == product.key)


def _refuse(record: Record, condition: Any, said: str) -> None:
    fields = (SalesDocument.what, SalesDocument.document_no, SalesDocument.revision, SalesDocument.number)
    asked: Any = SalesDocument.select(*fields).where(condition)
    rows = list(asked.order_by(SalesDocument.number).limit(NAMED).tuples())
    if not rows:
        return
    names = ", ".join(called(*row) for row in rows)
    more = asked.count() - len(rows)
    if more > 0:
        names = _("{names} and {count:,} more").format(names=names, count=more)
    raise Mistake(said.format(name=record.caption(), documents=names))
