"""Older documents whose lines may be wanted once more: those of the same customer or vendor first (VT-142)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm.records import SalesDocument
from channergy_crm.services import linking, rights

if TYPE_CHECKING:
    from collections.abc import Sequence

SHOWN = 30


def find(document: SalesDocument, text: str, by: str, limit: int = SHOWN) -> Sequence[SalesDocument]:
    """The documents in which all these words stand, whoever they are for; nothing typed: those for the same one."""
    rights.require(by, "see", SalesDocument)
    if text.strip():
        keys = [each.key for each in linking.candidates(SalesDocument, text, by, limit)]
        among: Any = SalesDocument.number.in_(keys)
    else:
        whom = "vendor" if document.__data__.get("vendor") is not None else "account"
        key = document.__data__.get(whom)
        field: Any = SalesDocument.kind(whom)
        among = field == key if key is not None else field.is_null(False)
    asked = rights.rows(SalesDocument, by).where(among & (SalesDocument.number != (document.number or 0)))
    return list(asked.order_by(SalesDocument.number.desc()).limit(limit))
