"""The mails in files somebody drops or chooses: .eml, .msg, and .mbox with many of them (BX-14)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.errors import Mistake
from channergy_crm.incoming import eml, outlook
from channergy_crm.language import _
from channergy_crm.text.amounts import of_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import BinaryIO

    from channergy_crm.services.filing.mails import Mail

    Progress = Callable[[int, int, str], object]

ENDINGS = (".eml", ".msg", ".mbox")
MOST_MAILS = 5_000
"""that are read at a time"""
_BEGINS = re.compile(rb"^From [^\r\n]{3,}")
_QUOTED = re.compile(rb"(?m)^>(>*From )")
_LONGEST_LINE = 1 << 20


class Found(NamedTuple):
    """A mail of a file, or the sentence why there is none; `where` is what the file is called."""

    where: str
    mail: Mail | None
    wrong: str = ""


def is_mail(path: str | Path) -> bool:
    """Whether a file is called like a mail."""
    return Path(path).suffix.lower() in ENDINGS


def read(paths: Sequence[Path], progress: Progress) -> list[Found]:
    """All mails of these files, in their order. Nothing about one file keeps the others from being read."""
    found: list[Found] = []
    for done, path in enumerate(paths):
        progress(done, len(paths), _("Reading mails"))
        try:
            for each in _of(path):
                if len(found) == MOST_MAILS:
                    said = _("More than {most:,} mails are not read at a time.").format(most=MOST_MAILS)
                    return [*found, Found(path.name, None, said)]
                found.append(each)
                progress(done, len(paths), _("Reading mails"))
        except OSError as error:
            reason = error.strerror or str(error)
            found.append(Found(path.name, None, _("The file cannot be read: {reason}.").format(reason=reason)))
    return found


def _of(path: Path) -> Iterator[Found]:
    if path.is_dir():
        yield Found(path.name, None, _("That is a folder. Drop the mails in it."))
        return
    with path.open("rb") as file:
        head = file.read(len(outlook.BEGINS))
        file.seek(0)
        if head.startswith(b"From ") or path.suffix.lower() == ".mbox":
            for data in _parted(file):
                yield _found(path.name, data)
        else:
            yield _found(path.name, file.read(eml.MOST_BYTES + 1))


def _found(where: str, data: bytes) -> Found:
    try:
        mail = outlook.read(data) if data.startswith(outlook.BEGINS) else eml.read(data)
    except Mistake as error:
        return Found(where, None, error.message)
    return Found(where, mail)


def _parted(file: BinaryIO) -> Iterator[bytes]:
    """The mails of an .mbox file: each begins with a line “From …” behind an empty one."""
    held, size, empty, begun = list[bytes](), 0, True, False
    while line := file.readline(_LONGEST_LINE):
        if empty and _BEGINS.match(line):
            if begun:
                yield _QUOTED.sub(rb"\1", b"".join(held))
            held, size, begun = [], 0, True
        elif size <= eml.MOST_BYTES:
            held.append(line)
            size += len(line)
        empty = not line.strip()
    if begun and size:
        yield _QUOTED.sub(rb"\1", b"".join(held))


def too_large(size: int) -> str:
    """The sentence about a mail that is larger than one that is read."""
    said = _("The mail has {size}; one may have {most}.")
    return said.format(size=of_bytes(size), most=of_bytes(eml.MOST_BYTES))
