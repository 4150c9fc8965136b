"""A Word document of the office's with merge fields of its own: which those are, and a letter for each in it (BX-26).

Files come from outside: they are no larger than a letter is, hold no more than they say, and refer to nothing.
"""

from __future__ import annotations

import zipfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.outgoing.word.files import readable, whole
from channergy_crm.outgoing.word.markup import MAIN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from channergy_crm.services.letters import Letter

    Progress = Callable[[int, int, str], object]

LARGEST, UNPACKED = 20 << 20, 100 << 20
"""bytes: of the file, and of what is in it"""
SEPARATOR = "nextPage_section"  # unsaid: a section of its own for each letter


def fields(path: Path) -> list[str]:
    """The merge fields a document asks for, by name."""
    _require_sound(path)
    with _opened(path) as document:
        return sorted(document.get_merge_fields())


def write(source: Path, letters: Sequence[Letter], path: Path, progress: Progress) -> int:
    """Fill the fields in for each letter, into one document with a section for each; how many letters it holds."""
    _require_sound(source)
    total = len(letters)
    rows = []
    for place, each in enumerate(letters):
        progress(place, total, _("Writing letters"))
        rows.append({field: readable(value) for field, value in each.values.items()})
    with whole(path) as part, _opened(source) as document:
        document.merge_templates(rows, separator=SEPARATOR)
        progress(total, total, _("Writing letters"))
        document.write(str(part))
    return total


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """The document; one that is not built as Word builds them is said to be so."""
    from lxml.etree import LxmlError
    from mailmerge import MailMerge

    try:
        with MailMerge(str(path)) as document:
            yield document
    except (LxmlError, KeyError, IndexError, AttributeError, ValueError, AssertionError) as error:
        raise Mistake(_("{file} cannot be filled in: open it in Word, and save it anew.").format(
            file=path.name)) from error  # fmt: skip


def _require_sound(path: Path) -> None:
    """Raise `Mistake` where a file is no Word document, or one nobody should open."""
    none = _("{file} is no Word document (.docx).").format(file=path.name)
    try:
        if path.stat().st_size > LARGEST:
            raise Mistake(_("{file} is too large for a letter.").format(file=path.name))
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if MAIN not in archive.namelist():
                raise Mistake(none)
            if sum(part.file_size for part in parts) > UNPACKED:
                raise Mistake(_("{file} is too large for a letter.").format(file=path.name))
            for part in parts:
                if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.read(part):
                    raise Mistake(none)
    except (OSError, zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError) as error:
        raise Mistake(none) from error
