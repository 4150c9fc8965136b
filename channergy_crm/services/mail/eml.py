"""Mails as files any mail program opens as drafts: the way out of an office without a mail server of its own."""

from __future__ import annotations

import mimetypes
from email import policy
from email.message import EmailMessage
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.errors import Surroundings
from channergy_crm.language import _
from channergy_crm.records import Document
from channergy_crm.records.preferences import Preferences
from channergy_crm.services import documents, rights
from channergy_crm.text.file_names import cleaned

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from channergy_crm.services.mail.recipients import Prepared, Recipient

    Progress = Callable[[int, int, str], object]

UNSENT = "X-Unsent"
"""a mail that bears this opens to be written on"""


class _Attached(NamedTuple):
    """A file that goes along: its name, and what is in it."""

    name: str
    data: bytes


def write(
    folder: Path, prepared: Prepared, by: str, attachments: Sequence[int] = (), progress: Progress | None = None
) -> int:
    """Write a file for each mail into this folder, under a name nobody has there; how many.

    `attachments` are documents of the office by their numbers, which go along with each.
    """
    rights.require(by, "dial")
    total, files = len(prepared.recipients), _files(attachments, by)
    for place, one in enumerate(prepared.recipients):
        if progress is not None:
            progress(place, total, _("Writing mails"))
        try:
            _free(folder, _name(one)).write_bytes(_message(one, by, files))
        except OSError as error:
            said = _("{folder} cannot be written to: {reason}.")
            raise Surroundings(said.format(folder=folder, reason=error.strerror or error)) from error
    return total


def draft(address: str, subject: str, text: str, files: Sequence[tuple[str, bytes]], by: str) -> bytes:
    """One mail to be written on in another program, with these files, each by its name."""
    rights.require(by, "dial")
    mail = _begun(address, subject, by)
    mail.set_content(text)
    _put_on(mail, [_Attached(*each) for each in files])
    return mail.as_bytes()


def _files(numbers: Sequence[int], by: str) -> list[_Attached]:
    held = [Document.find(number) for number in numbers]
    return [_Attached(each.name, documents.read(each.number, by)) for each in held if each is not None]


def _message(one: Recipient, by: str, attachments: Sequence[_Attached]) -> bytes:
    mail = _begun(one.address, one.subject, by)
    mail.set_content(one.text)
    mail.add_alternative(one.html, subtype="html")
    _put_on(mail, attachments)
    return mail.as_bytes()


def _begun(address: str, subject: str, by: str) -> EmailMessage:
    """A draft, from the operator's own address where they have one."""
    held = Preferences.find(by)
    mail = EmailMessage(policy=policy.SMTP)
    mail["To"] = address
    if held is not None and held.email:
        mail["From"] = held.email
    mail["Subject"] = " ".join(subject.split())
    mail[UNSENT] = "1"
    return mail


def _put_on(mail: EmailMessage, attachments: Sequence[_Attached]) -> None:
    for each in attachments:
        kind, _coding = mimetypes.guess_type(each.name)
        main, _slash, sub = (kind or "application/octet-stream").partition("/")
        mail.add_attachment(each.data, maintype=main, subtype=sub, filename=each.name)


def _name(one: Recipient) -> str:
    return cleaned(one.record.caption(), 80) or cleaned(one.address.partition("@")[0], 80)


def _free(folder: Path, name: str) -> Path:
    """A name in this folder that no file has."""
    path, number = folder / f"{name}.eml", 2
    while path.exists():
        path, number = folder / f"{name} {number}.eml", number + 1  # unsaid: a file
    return path
