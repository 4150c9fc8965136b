"""Which rights letters need, and what of them asks no store (BX-26)."""

from __future__ import annotations

from typing import Any

from channergy_crm.records.templates import Template
from channergy_crm.services import letters

PURE = {"services.left_out": "gone twice not_known"}
NEEDS = " letters.of_template letters.of_fields letters.problem letters.prepare letters.read letters.note "
"""whoever works here writes to whom they see"""
ARGUMENTS: dict[str, Any] = {
    "services.left_out.gone.names": ["Ann"],
    "services.left_out.twice.before": "Ann",
    "services.left_out.not_known.missing": ["lead.title"],
    "services.left_out.not_known.labels": {},
    "services.letters.of_template.row": Template(),
    "services.letters.of_fields.fields": ["First_Name"],
    "services.letters.prepare.records": [],
    "services.letters.note.letters": [],
    "services.letters.read.key": 1,
}
USUAL: dict[str, Any] = {"gaps": False, "wanted": letters.Wanted("Letter", body="Hello")}
