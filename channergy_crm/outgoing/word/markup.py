"""What a Word document is made of: its parts, the paragraphs of a letter, the section it stands in (BX-26)."""
# unsaid file: markup of Word documents

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape

from channergy_crm.outgoing.word.files import readable
from channergy_crm.text.marked import Run, runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.services.letters import Letter

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
BEGIN, END = f'{HEAD}<w:document xmlns:w="{W}"><w:body>', "</w:body></w:document>"
MAIN = "word/document.xml"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_CT}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_CT}.styles+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_CT}.settings+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELS}/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELS}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{_RELS}/settings" Target="settings.xml"/></Relationships>',
    "word/settings.xml": f'<w:settings xmlns:w="{W}"/>',
    "word/styles.xml": f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="22"/></w:rPr></w:rPrDefault>'
    "</w:docDefaults></w:styles>",
}
"""what every document has beside its text"""
TWIPS = 56.6929
"""twentieths of a point in a millimetre"""


class Head(NamedTuple):
    """What stands above every letter, and the paper: width, height, edges and where the address begins, in mm."""

    office: str
    address: str
    day: str
    paper: tuple[float, float]
    left: float
    top: float


def letter(one: Letter, head: Head, *, last: bool) -> str:
    """One letter in a section of its own; that of the last one stands behind everything."""
    end = _section(head)
    return _letter(one, head) + (end if last else f"<w:p><w:pPr>{end}</w:pPr></w:p>")


def _letter(letter: Letter, head: Head) -> str:
    top = [_line(head.office, strong=True), *map(_line, head.address.splitlines())]
    gap = _frame(letter.address.splitlines(), head)
    subject = [_line(letter.subject.text.strip(), strong=True), _line("")] if letter.subject.text.strip() else []
    return "".join([*top, gap, _line(head.day, "right"), _line(""), *subject, *_text(letter)])


def _frame(lines: Sequence[str], head: Head) -> str:
    """The address, at its place in the window of the envelope."""
    frame = (f'<w:framePr w:w="{_twips(85)}" w:h="{_twips(40)}" w:hRule="exact" w:wrap="topAndBottom" w:vAnchor="page"'
             f' w:hAnchor="page" w:x="{_twips(head.left)}" w:y="{_twips(head.top)}"/>')  # fmt: skip
    return "".join(f"<w:p><w:pPr>{frame}{_CLOSE}</w:pPr>{_run(line)}</w:p>" for line in lines or [""])


_CLOSE = '<w:spacing w:before="0" w:after="0"/>'


def _line(text: str, side: str = "left", *, strong: bool = False) -> str:
    form = f'{_CLOSE}<w:jc w:val="{side}"/>'
    return f"<w:p><w:pPr>{form}</w:pPr>{_run(text, strong=strong) if text else ''}</w:p>"


def _text(letter: Letter) -> list[str]:
    """The text, a paragraph for each line; what was written bold or slanted is."""
    lines: list[list[Run]] = [[]]
    for run in runs(letter.body.pieces):
        first, *more = run.text.split("\n")
        lines[-1].append(run._replace(text=first))
        lines += [[run._replace(text=text)] for text in more]
    return [
        f"<w:p><w:pPr>{_CLOSE}</w:pPr>"
        + "".join(_run(each.text, strong=each.strong, slanted=each.slanted) for each in line if each.text)
        + "</w:p>"
        for line in lines
    ]


def _run(text: str, *, strong: bool = False, slanted: bool = False) -> str:
    form = ("<w:b/>" if strong else "") + ("<w:i/>" if slanted else "")
    return f'<w:r><w:rPr>{form}</w:rPr><w:t xml:space="preserve">{escape(readable(text))}</w:t></w:r>'


def _section(head: Head) -> str:
    width, height = (_twips(side) for side in head.paper)
    edges = " ".join(f'w:{side}="{_twips(20)}"' for side in ("top", "right", "bottom"))
    return (
        f'<w:sectPr><w:type w:val="nextPage"/><w:pgSz w:w="{width}" w:h="{height}"/>'
        f'<w:pgMar {edges} w:left="{_twips(25)}" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr>'
    )


def _twips(millimetres: float) -> int:
    return round(millimetres * TWIPS)
