"""Mails as files any mail program opens as drafts: the way out of an office without a mail server of its own."""

from __future__ import annotations

import mimetypes
from email import policy
from email.message import EmailMessage
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.errors import Surroundings
from channergy_crm.language import _
from channergy_crm.records.preferences import Preferences
from channergy_crm.services import rights
from channergy_crm.services.mail import bodies
from channergy_crm.text.file_names import cleaned

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from channergy_crm.services.mail.recipients import Prepared, Recipient

    Progress = Callable[[int, int, str], object]

UNSENT = "X-Unsent"
"""a mail that bears this opens to be written on"""


class Attached(NamedTuple):
    """A file that goes along: its name, and what is in it."""

    name: str
    data: bytes


def write(
    folder: Path, prepared: Prepared, by: str, attachments: Sequence[Attached] = (), progress: Progress | None = None
) -> int:
    """Write a file for each mail into this folder, under a name nobody has there; how many."""
    rights.require(by, "dial")
    total = len(prepared.recipients)
    for place, one in enumerate(prepared.recipients):
        if progress is not None:
            progress(place, total, _("Writing mails"))
        try:
            _free(folder, cleaned(one.record.caption(), 80) or one.address.partition("@")[0]).write_bytes(
                message(one, by, attachments)
            )
        except OSError as error:
            said = _("{folder} cannot be written to: {reason}.")
            raise Surroundings(said.format(folder=folder, reason=error.strerror or error)) from error
    return total


def message(one: Recipient, by: str, attachments: Sequence[Attached] = ()) -> bytes:
    """One mail as a draft: its text plain and as HTML, from the operator's own address where they have one."""
    rights.require(by, "dial")
    held = Preferences.find(by)
    mail = EmailMessage(policy=policy.SMTP)
    mail["To"] = one.address
    if held is not None and held.email:
        mail["From"] = held.email
    mail["Subject"] = " ".join(one.subject.split())
    mail[UNSENT] = "1"
    mail.set_content(bodies.plain(one.body))
    mail.add_alternative(bodies.html(one.body), subtype="html")
    for each in attachments:
        kind, _coding = mimetypes.guess_type(each.name)
        main, _slash, sub = (kind or "application/octet-stream").partition("/")
        mail.add_attachment(each.data, maintype=main, subtype=sub, filename=each.name)
    return mail.as_bytes()


def _name(one: Recipient) -> str:
    return cleaned(one.record.caption(), 80) or cleaned(one.address.partition("@")[0], 80)


def _free(folder: Path, name: str) -> Path:
    """A name in this folder that no file has."""
    path, number = folder / f"{name}.eml", 2
    while path.exists():
        path, number = folder / f"{name} {number}.eml", number + 1
    return path
