"""What of the mail asks no rights, and which rights the rest needs."""

from __future__ import annotations

from typing import Any

from channergy_crm.services.mail import recipients

PURE = {"services.mail.bodies": "plain html signed"}
OFFICE = {"services.mail.accounts": "is_set_up"}
NEEDS = " mail.making.make mail.recipients.problem mail.recipients.prepare "
"""whoever works here writes mails, to whom they see"""
ARGUMENTS: dict[str, Any] = {
    "services.mail.making.make.prepared": recipients.Prepared([], []),
    "services.mail.making.make.attachments": [],
}
USUAL: dict[str, Any] = {"body": "Hello", "signature": "Ann", "attachments": [], "campaign": None}
