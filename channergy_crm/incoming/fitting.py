"""What of a mail is taken as it is: addresses, the day it was sent, files under names that are safe here."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from channergy_crm import clock
from channergy_crm.language import _
from channergy_crm.records.documents import LONGEST_NAME
from channergy_crm.services.filing.mails import Attached
from channergy_crm.text.file_kinds import is_program, sniffed, usual_ending
from channergy_crm.text.file_names import cleaned, told_apart
from channergy_crm.text.links import mail_address

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST_DAY = datetime(1980, 1, 1)
LATEST = timedelta(days=2)
"""clocks of others may be ahead so far"""
MOST_FILES, MOST_BYTES = 50, 25 << 20
_ENDINGS = {"message/rfc822": "eml", "text/plain": "txt", "text/html": "html"}

_REFUSERS = ("mailer-daemon", "postmaster")
_SIGNS = ("Auto-Submitted", "X-Autoreply", "X-Autorespond", "Precedence", "Content-Type")
_BY_PROGRAMS = ("auto_reply", "bulk", "junk")


def safe_address(text: str) -> str:
    """An address, or "" where it is none."""
    return mail_address(text.strip())[:250]


def day(sent: datetime | None) -> datetime | None:
    """A moment on the office's wall clock; None where nobody can believe it."""
    if sent is None:
        return None
    try:
        here = sent.astimezone().replace(tzinfo=None, microsecond=0) if sent.tzinfo else sent.replace(microsecond=0)
    except (OverflowError, ValueError, OSError):
        return None
    return here if FIRST_DAY <= here <= clock.now() + LATEST else None


def is_automatic(head: Callable[[str], str], sender: str) -> bool:
    """Whether a program wrote a mail with this head: somebody is away, it was read, it could not be delivered."""
    said = {name: head(name).partition(";")[0].strip().casefold() for name in _SIGNS}
    return (
        said["Auto-Submitted"] not in ("", "no") or said["X-Autoreply"] not in ("", "no")
        or bool(said["X-Autorespond"]) or said["Precedence"] in _BY_PROGRAMS
        or said["Content-Type"] == "multipart/report" or sender.partition("@")[0].casefold() in _REFUSERS
    )  # fmt: skip


class FilesTaken:
    """The files of a mail that are kept, and what is said of those that are not."""

    def __init__(self) -> None:
        self.taken: list[Attached] = []
        self.left_out: list[str] = []
        self._names: set[str] = set()
        self._bytes = 0

    def take(self, name: str, kind: str, data: bytes) -> None:
        """Take a file, unless it is empty, a program, or one too many."""
        if not data:
            return
        called = cleaned(name, LONGEST_NAME) or _("Attachment")
        if "." not in called and (ending := _ENDINGS.get(kind) or usual_ending(kind)):
            called = f"{called}.{ending}"
        self._bytes += len(data)
        if is_program(sniffed(io.BytesIO(data)), called):
            self.left_out.append(_("“{name}” is a program and was left out.").format(name=called))
        elif len(self.taken) == MOST_FILES or self._bytes > MOST_BYTES:
            self.left_out.append(_("“{name}” is one file too many and was left out.").format(name=called))
        else:
            called = told_apart(called, self._names)
            self._names.add(called)
            self.taken.append(Attached(called, data))
