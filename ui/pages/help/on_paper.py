"""A page of help on paper: looked at first, then printed or kept as a PDF, like everything that is printed (VT-13)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QTextDocument, QTextListFormat

from channergy_crm.language import _
from channergy_crm.text import help_pages
from ui.look import theme
from ui.pages.help import drawn
from ui.paper.list_pages import footer
from ui.paper.sheet import LINE, MARGIN, POINT, Page, Paper, Sheet, Words, sheet

if TYPE_CHECKING:
    from typing import Any

    from channergy_crm.text.help_pages import HelpPage
    from ui.pages.help.view import HelpView
    from ui.session.session import Session

SIZE, STEP = 10.5, 16 * POINT
"""points of its letters; how far a list stands in"""
HEADINGS = {1: "title", 2: "fact"}
_PARTS = re.compile(r"\S+\s*|\s+")
Pieces = list[tuple[str, str]]
"""words, each with the style it is written in"""


def preview(view: HelpView, session: Session) -> None:
    """Show the page that is read as it will come out of the printer."""
    from ui.paper import printing

    page = help_pages.page(view.shown)
    draft = printing.Draft(page.title, lambda _progress: laid_out(page), True, view, None)
    printing.preview(draft, session)


def laid_out(page: HelpPage) -> Paper:
    """The page with its headings, lists and keys, on as many sheets as it takes."""
    return _HelpPages(sheet(size=SIZE)).fill(page)


class _HelpPages:
    """Puts line under line."""

    def __init__(self, paper: Sheet) -> None:
        self.sheet, self.pages, self.y = paper, [Page()], MARGIN

    def fill(self, page: HelpPage) -> Paper:
        document = QTextDocument()
        drawn.draw(document, page, (), QFont(), theme.palette_of(theme.LIGHT), "")
        block = document.begin()
        while block.isValid():
            self._block(block)
            block = block.next()
        for number, each in enumerate(self.pages, 1):
            footer(each, self.sheet, " · ".join((_("Help"), page.title)), number, len(self.pages))
        return Paper(page.title, self.sheet, self.pages)

    def _block(self, block: Any) -> None:
        level, held = block.blockFormat().headingLevel(), block.textList()
        style = HEADINGS.get(level, "section") if level else "text"
        high = LINE * self.sheet.height_of(style)
        inside = STEP * held.format().indent() if held is not None else 0.0
        if self.y > MARGIN:
            self.y += high * (0.9 if level else 0.15 if held is not None else 0.5)
        if level and self.y + 3 * high > self.sheet.bottom:
            self._turn()  # a heading does not stand alone
        for number, line in enumerate(self._lines(_pieces(block, style if level else ""), self.sheet.room - inside)):
            if self.y + high > self.sheet.bottom:
                self._turn()
            self.y += high
            if held is not None and not number:
                self._say(_sign(held, block), MARGIN + inside - STEP * 0.7, "text")
            self._put(line, MARGIN + inside)

    def _turn(self) -> None:
        self.pages.append(Page())
        self.y = MARGIN

    def _say(self, text: str, x: float, style: str) -> None:
        self.pages[-1].words.append(Words(text, x, self.y, style))

    def _put(self, line: Pieces, x: float) -> None:
        for text, style in line:
            self._say(text, x, style)
            x += self.sheet.width_of(text, style)

    def _lines(self, pieces: Pieces, room: float) -> list[Pieces]:
        """Broken between words, each in its own letters; what follows a word at once stays with it."""
        lines, taken = list[Pieces]([[]]), 0.0
        for word in _words(pieces):
            wide = sum(self.sheet.width_of(text, style) for text, style in word)
            if lines[-1] and taken + wide - self.sheet.width_of(" ") > room:
                lines.append([])
                taken = 0.0
            lines[-1] += word
            taken += wide
        return [_joined(line) for line in lines]


def _words(pieces: Pieces) -> list[Pieces]:
    found = list[Pieces]()
    for text, style in pieces:
        for part in _PARTS.findall(text):
            if found and not found[-1][-1][0].endswith(" "):
                found[-1].append((part, style))
            else:
                found.append([(part, style)])
    return found


def _joined(line: Pieces) -> Pieces:
    """What is written in the same letters is one text."""
    found = Pieces()
    for text, style in line:
        if found and found[-1][1] == style:
            found[-1] = (found[-1][0] + text, style)
        else:
            found.append((text, style))
    return found


def _pieces(block: Any, of_heading: str) -> Pieces:
    found, pieces = Pieces(), block.begin()
    while not pieces.atEnd():
        piece = pieces.fragment()
        letters = piece.charFormat()
        bold, slanted = letters.fontWeight() >= QFont.Weight.DemiBold, letters.fontItalic()
        style = of_heading or ("strong" if bold else "slanted" if slanted else "text")
        found.append((piece.text().replace("\u2028", " "), style))
        pieces += 1
    return found


def _sign(held: Any, block: Any) -> str:
    numbered = held.format().style() == QTextListFormat.Style.ListDecimal
    return f"{held.itemNumber(block) + 1}." if numbered else "•"
