"""Word documents for tests: one with merge fields in it, and what is read in one, section by section."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from channergy_crm.outgoing.word import markup

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SPACE = f"{{{markup.W}}}"


def with_fields(path: Path, fields: Sequence[str], more: str = "") -> Path:
    """A document that says `Name: ` and a merge field, a line for each."""
    lines = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{field}: </w:t></w:r>'
        f'<w:fldSimple w:instr=" MERGEFIELD {field} \\* MERGEFORMAT "><w:r><w:t>«{field}»</w:t></w:r></w:fldSimple>'
        "</w:p>"
        for field in fields
    )
    body = f"{markup.BEGIN}{lines}<w:p><w:r><w:t>Yours</w:t></w:r></w:p><w:sectPr/>{markup.END}"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in markup.PARTS.items():
            archive.writestr(name, markup.HEAD + text)
        archive.writestr(markup.MAIN, re.sub(r"^<\?xml[^>]*\?>\n", lambda head: head[0] + more, body))
    return path


def sections(path: Path) -> list[str]:
    """What stands in each section of a document, a line for each paragraph."""
    with zipfile.ZipFile(path) as archive:
        body = ElementTree.fromstring(archive.read(markup.MAIN))[0]
    found: list[list[str]] = [[]]
    for part in body:
        if part.tag == f"{SPACE}p":
            found[-1].append(_said(part))
            if part.find(f"{SPACE}pPr/{SPACE}sectPr") is not None:
                found.append([])
    return ["\n".join(lines).strip() for lines in found]


def _said(part: ElementTree.Element) -> str:
    signs = {f"{SPACE}br": "\n", f"{SPACE}cr": "\n"}
    return "".join(each.text or "" if each.tag == f"{SPACE}t" else signs.get(each.tag, "") for each in part.iter())
