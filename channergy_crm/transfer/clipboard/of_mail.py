"""A lead out of a mail of somebody nobody knows yet: name, address, and what stands under the mail (BX-27, BX-14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.records import Lead
from channergy_crm.services import rights
from channergy_crm.store.database import region
from channergy_crm.transfer.clipboard import mails

if TYPE_CHECKING:
    from channergy_crm.services.filing.mails import Mail

LONGEST = 20_000
"""letters that are looked at"""


def lead_values(mail: Mail, by: str, *, out: bool = False) -> dict[str, object]:
    """What the lead holds, by python name: of a mail from here that of the recipient, else that of the sender."""
    rights.require(by, "create", Lead)
    name, address = next(iter(mail.to), ("", "")) if out else mail.sender
    body = "" if out else mails.own_words(mail.text[:LONGEST])
    found = mails.writer(mails.Mail("" if "@" in name else name, address, mail.subject, body), region())
    found.pop("notes", None)  # the mail itself is filed with the lead
    values: dict[str, object] = {key: text for key, text in found.items() if _fits(key, text)}
    values["description"] = str(values.get("company") or name or address)
    return values


def _fits(name: str, text: str) -> bool:
    return name in Lead._meta.fields and Lead.kind(name).check(text) is None
