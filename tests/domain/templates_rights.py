"""What of templates and mails asks no rights, and which rights the rest needs (BX-26)."""

from __future__ import annotations

from typing import Any

from channergy_crm.records import Lead
from channergy_crm.records.templates import Template
from channergy_crm.services.mail import recipients

PURE = {"services.mail.bodies": "plain html signed"}
OFFICE = {"services.mail.accounts": "is_set_up"}
NEEDS = (
    " templates.every templates.of_kind templates.start templates.save templates.remove templates.copy"
    " templates.preview templates.why_not templates.samples composing.writes_here written_to.said"
    " mail.recipients.prepare mail.recipients.problem mail.making.make mail.eml.write"
)
"""touches no records of the matrix, or is each one's own"""
ARGUMENTS: dict[str, Any] = {
    **{f"services.mail.bodies.{name}.body": "**Hello**" for name in ("plain", "html", "signed")},
    **{f"services.templates.{name}.row": Template() for name in ("save", "remove", "copy", "why_not")},
    "services.templates.preview.template": Template(),
    "services.templates.of_kind.kind": "mail",
    "services.templates.start.kind": "mail",
    "services.written_to.said.name": "address",
    "services.written_to.said.begun": "lead",
    "services.written_to.said.held": {},
    **{f"services.mail.{name}.prepared": recipients.Prepared([], []) for name in ("making.make", "eml.write")},
    **{f"services.mail.{name}.attachments": () for name in ("making.make", "eml.write")},
    "services.mail.making.make.subject": "Hello",
    "services.mail.making.make.body": "Ann",
    "services.mail.making.make.campaign": None,
    "services.mail.recipients.prepare.records": [(Lead, 1)],
    "services.mail.recipients.prepare.subject": "Hello",
    "services.mail.recipients.prepare.body": "Ann",
    "services.mail.bodies.signed.signature": "Ann",
    **{f"services.mail.recipients.problem.{name}": "Hello" for name in ("subject", "body")},
}
