"""What of the mail asks no rights, and who stands behind it; which rights the rest needs (BX-14, VT-98, VT-102)."""

from __future__ import annotations

from typing import Any

from channergy_crm.services.mail import recipients
from channergy_crm.services.mail.accounts import Account

PURE = {
    "services.mail.accounts": "problem",
    "services.mail.bodies": "plain html signed escaped cleaned",
}
PARTS = {
    "services.mail.making": "row",
    "services.messages": "put_down require_whose",
    "services.recipients": "written_to",
}
OFFICE = {
    "services.mail.accounts": "account is_set_up is_ready",
    "services.mail.notices": "is_wanted",
}
BY_THE_PROGRAM: dict[str, str] = {}
NEEDS = (
    " mail.attaching.keep mail.making.make mail.making.require_attachable mail.recipients.problem"
    " mail.recipients.prepare mail.recipients.still_allowed mail.recipients.addresses recipients.numbers"
    " resending.resend mail.notices.tell messages.read "
)
"""whoever works here writes mails, to whom they see; the program itself tells owners"""
ARGUMENTS: dict[str, Any] = {
    "services.mail.accounts.problem.own": Account(),
    "services.mail.making.make.prepared": recipients.Prepared([], []),
    "services.mail.making.row.number": 1,
    **{f"services.mail.{name}": [] for name in ("making.require_attachable.attachments", "making.make.attachments")},
}
USUAL: dict[str, Any] = {"unknown": False, "body": "Hello", "signature": "Ann", "attachments": [], "campaign": None}
