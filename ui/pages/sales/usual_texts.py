"""What will stand above and below the lines where nothing else is written: shown in the empty fields (BX-26)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.records.sales_documents import DocumentKind
from channergy_crm.services import sales_texts
from channergy_crm.text import placeholders
from ui.paper.sales import saying

if TYPE_CHECKING:
    from channergy_crm.records import SalesDocument

PARTS = ("opening", "closing")


def of(document: SalesDocument, by: str) -> dict[str, str]:
    """The office's own texts for a document of this kind, in its language; what is filled in later stands in angles."""
    kind, language = DocumentKind(document.what), saying.code_of(document.language or "")
    known = {name: f"‹{_(label)}›" for name, label in sales_texts.FIELDS.items()}
    known |= {"account.name": document.name or known["account.name"],
              "document.subject": document.subject or known["document.subject"]}  # fmt: skip
    found = {}
    for part in PARTS:
        text = sales_texts.text(kind, language, part, by)
        found[part] = placeholders.fill(placeholders.parse(text), known).text.strip() if text != "-" else ""
    return found
