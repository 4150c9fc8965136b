"""Putting mails down that are to be sent: once, whatever is pressed how often (BX-14, VT-157)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from uuid import uuid4

from channergy_crm import clock
from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.records import Document
from channergy_crm.records.messages import EMAIL, State
from channergy_crm.services import documents, messages, rights
from channergy_crm.services.mail import accounts
from channergy_crm.text.amounts import of_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.services.mail.recipients import Prepared

MOST_ATTACHED = 15 << 20
"""bytes: as many servers take, with what they become on the way"""
COLUMNS = ("Channel", "BatchKey", "TableName", "RecordNo", "Address", "Text", "Parts", "Reference", "State",
           "LastError", "Cost",
           "OperatorID", "CreateDt", "StateDt", "Subject", "Html", "FromAddress", "MessageId")  # fmt: skip


def make(
    key: str, subject: str, body: str, prepared: Prepared, by: str, attachments: Sequence[int] = (),
    campaign: int | None = None, template: int | None = None,
) -> int:  # fmt: skip
    """Put a mail to each of these down, with documents of the office by their numbers; how many. The same key once more
    makes nothing new. They are sent by what runs by itself, here or at another workstation.
    """
    rights.require(by, "dial")
    if not prepared.recipients:
        raise Mistake(_("Nobody is left to write to."))
    if wrong := accounts.problem(own := accounts.account(password=False)):
        raise Mistake(_("The office sends no e-mail yet: {reason}").format(reason=wrong))
    require_attachable(attachments, by)
    now = clock.now()
    head = {
        "channel": EMAIL, "template": body, "by": by, "made": now, "left_out": len(prepared.left_out),
        "subject": subject, "attachments": json.dumps(list(attachments)) if attachments else "",
        "template_number": template, "campaign": campaign, "bulk": len(prepared.recipients) > 1,
    }  # fmt: skip
    rows = [
        row(key, each.record._meta.table_name, each.record.key, each.address, each.subject, each.text, each.html,
            own.sender, by)
        for each in prepared.recipients
    ]  # fmt: skip
    return messages.put_down(key, head, COLUMNS, rows)


def row(
    key: str, table: str, number: object, address: str, subject: str, text: str, html: str, sender: str, by: str,
    channel: str = EMAIL,
) -> tuple[object, ...]:  # fmt: skip
    """One mail that waits, as a row of `COLUMNS`; what it is called on its way is made with it."""
    now, reference = clock.now(), uuid4().hex
    message_id = f"<{reference}@{sender.rpartition('@')[2]}>"
    return (channel, key, table, str(number), address, text, 1, reference, State.WAITING.value, "", "", by, now, now,
            subject, html, sender, message_id)  # fmt: skip


def require_attachable(attachments: Sequence[int], by: str) -> None:
    """Raise `Mistake` where one of these documents is not there, or they are too much for a mail together."""
    rights.require(by, "see")
    size = 0
    for number in attachments:
        held = Document.find(number)
        if held is None:
            raise Mistake(_("That document is not there any more."), "attachments")
        documents.pieces(number, by)  # refuses whoever may not see the record it is on
        size += held.size or 0
    if size > MOST_ATTACHED:
        said = _("The documents have {size} together; a mail takes {most}.")
        raise Mistake(said.format(size=of_bytes(size), most=of_bytes(MOST_ATTACHED)), "attachments")
