"""Which rights templates need, and mails written as files (BX-26)."""

from __future__ import annotations

from typing import Any

from channergy_crm.records.templates import Template
from channergy_crm.services.mail import recipients

NEEDS = (
    " templates.every templates.of_kind templates.start templates.save templates.remove templates.copy"
    " templates.preview templates.why_not templates.samples composing.writes_here written_to.said mail.eml.write "
)
"""touches no records of the matrix, or is each one's own"""
ARGUMENTS: dict[str, Any] = {
    **{f"services.templates.{name}.row": Template() for name in ("save", "remove", "copy", "why_not")},
    "services.templates.preview.template": Template(),
    "services.templates.of_kind.kind": "mail",
    "services.templates.start.kind": "mail",
    "services.written_to.said.name": "address",
    "services.written_to.said.begun": "lead",
    "services.written_to.said.held": {},
    "services.mail.eml.write.prepared": recipients.Prepared([], []),
    "services.mail.eml.write.attachments": (),
    "services.mail.recipients.prepare.records": [],
}
