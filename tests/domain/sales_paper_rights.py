"""Which rights the paper of documents needs, and what of it asks no store (BX-26, BX-52)."""

from __future__ import annotations

from typing import Any

PURE = {"services.sales_texts": "setting usual problem pattern_problem"}
NEEDS = (
    " sales_paper.letterhead sales_paper.read sales_paper.reminding sales_paper.logo"
    " sales_paper.kept sales_paper.kept_bytes sales_paper.keep sales_paper.receiver sales_paper.read_head"
    " mail.eml.draft"
    " sales_texts.text sales_texts.pattern sales_texts.file_name "
)
"""whoever sees a document prints it; the office's letterhead is an administrator's"""
FOR_ADMINISTRATORS = " sales_paper.choose_logo "
ARGUMENTS: dict[str, Any] = {
    **{
        f"services.sales_texts.{name}.kind": "invoice"
        for name in ("setting", "usual", "text", "pattern", "pattern_problem")
    },
    "services.sales_texts.problem.said": "{{ document.number }}",
    "services.sales_texts.pattern_problem.said": "{{ document.number }}",
    "services.sales_texts.file_name.values": {"document.number": "1"},
    "services.sales_texts.file_name.ending": ".pdf",
    "services.sales_texts.file_name.otherwise": "File",
    **{f"services.sales_texts.{name}.part": "opening" for name in ("setting", "usual", "text")},
    **{f"services.sales_texts.{name}.language": "en" for name in ("setting", "usual", "text")},
    "services.sales_paper.choose_logo.picture": b"",
    "services.mail.eml.draft.files": [],
    "services.mail.eml.draft.address": "ann@example.com",
    "services.sales_paper.keep.pdf": b"%PDF-1.4",
    "services.sales_paper.letterhead.typed": {},
    "services.documents.keep.paper": None,
}
USUAL: dict[str, Any] = {"level": 1}
