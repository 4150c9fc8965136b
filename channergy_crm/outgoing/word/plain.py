"""Letters of a plain template as a Word document: a section for each, to be read and changed in Word (BX-26)."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.outgoing.word import markup
from channergy_crm.outgoing.word.files import whole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from channergy_crm.outgoing.word.markup import Head
    from channergy_crm.services.letters import Letter

    Progress = Callable[[int, int, str], object]


def write(letters: Sequence[Letter], head: Head, path: Path, progress: Progress) -> int:
    """Write a document with a section for each letter; how many it holds."""
    total = len(letters)
    with whole(path) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in markup.PARTS.items():
            archive.writestr(name, markup.HEAD + text)
        with archive.open(markup.MAIN, "w") as file:
            file.write(markup.BEGIN.encode())
            for place, each in enumerate(letters, 1):
                progress(place - 1, total, _("Writing letters"))
                file.write(markup.letter(each, head, last=place == total).encode())
            file.write(markup.END.encode())
    return total
