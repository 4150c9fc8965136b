"""Letters laid out: the office's head, the address where the window of an envelope is, the text on as many pages as it
takes (BX-26).

A4 follows DIN 5008, form B; Letter a #10 envelope with its window at the left. Every letter begins a page.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.language import _
from channergy_crm.text import label_sheets, marked
from ui.paper.sheet import LINE, MILLIMETRE, Page, Paper, Rule, Sheet, Words, size_named

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from channergy_crm.services.letters import Letter

    Tell = Callable[[int, int], None]

SIZE = 11.0
"""points"""
STEPS = 20
"""letters between two looks whether they are still wanted"""
RUNS = re.compile(r"\s+|\S+")


class Form(NamedTuple):
    """Where things stand on a sheet, in millimetres: the edges, the head, the sender's line over the address (0: none),
    the address and how wide it is, the day, the text of the first page and of the next ones, the marks at the edge.
    """

    left: float
    right: float
    bottom: float
    head: float
    sender: float
    address: tuple[float, float]
    width: float
    day: float
    text: float
    next: float
    marks: tuple[float, ...]


FORMS = {
    label_sheets.A4: Form(25.0, 20.0, 25.0, 20.0, 59.0, (25.0, 62.7), 80.0, 95.0, 103.0, 25.0, (105.0, 148.5, 210.0)),
    label_sheets.LETTER: Form(25.4, 25.4, 25.4, 18.0, 0.0, (25.4, 58.4), 84.0, 92.0, 100.0, 25.4, ()),
}


class Head(NamedTuple):
    """Whose letter it is: the office and its address, the day."""

    office: str
    address: str
    day: str


class Run(NamedTuple):
    """A word, or the blanks between two of them, as it is written."""

    text: str
    style: str


def laid_out(
    letters: Sequence[Letter], head: Head, paper: str, title: str, tell: Tell, labels: Mapping[str, str] | None = None
) -> Paper:
    """All letters, each from a page of its own. With `labels` what is not known is said in its place."""
    width, height = label_sheets.SIZES[paper]
    sheet = Sheet(width * MILLIMETRE, height * MILLIMETRE, SIZE)
    pages = list[Page]()
    for place, each in enumerate(letters):
        if place % STEPS == 0:
            tell(place, len(letters))
        pages += _Pages(each, head, sheet, FORMS[paper], labels).fill()
    return Paper(title, sheet, pages, size_named(paper))


class _Pages:
    """The pages of one letter."""

    def __init__(
        self, letter: Letter, head: Head, sheet: Sheet, form: Form, labels: Mapping[str, str] | None = None
    ) -> None:
        self._letter, self._head, self._sheet, self._form, self._labels = letter, head, sheet, form, labels
        self._left, self._line = form.left * MILLIMETRE, LINE * sheet.height_of("text")
        self._room = sheet.width - (form.left + form.right) * MILLIMETRE
        self._bottom = sheet.height - form.bottom * MILLIMETRE
        self._pages = [Page()]
        self._y = 0.0

    def fill(self) -> list[Page]:
        self._top()
        self._y = self._form.text * MILLIMETRE
        if subject := self._letter.subject.text.strip():
            for text in self._sheet.fitted(subject, self._room, "strong"):
                self._add([Run(text, "strong")])
            self._y += self._line
        for line in self._lines():
            for fitted in self._fitted(line):
                self._add(fitted)
        if len(self._pages) > 1:
            for number, page in enumerate(self._pages, 1):
                said = _("Page {number} of {count}").format(number=number, count=len(self._pages))
                self._at_end(page, said, self._sheet.height - self._form.bottom * MILLIMETRE / 2, "small")
        return self._pages

    def _top(self) -> None:
        """What stands above the text of the first page."""
        page, form, sheet = self._pages[0], self._form, self._sheet
        y = form.head * MILLIMETRE
        for line in sheet.fitted(self._head.office, self._room * 0.55, "fact", 2):
            page.words.append(Words(line, self._left, y, "fact"))
            y += LINE * sheet.height_of("fact")
        lines, y = [" ".join(line.split()) for line in self._head.address.splitlines() if line.strip()], form.head
        for number, line in enumerate(lines[:6]):
            text = sheet.fitted(line, self._room * 0.42, "small", 1)[0]
            self._at_end(page, text, y * MILLIMETRE + number * LINE * sheet.height_of("small"), "small")
        if form.sender and lines:
            said = sheet.fitted(" · ".join([self._head.office, *lines]), form.width * MILLIMETRE, "tiny", 1)[0]
            page.words.append(Words(said, self._left, form.sender * MILLIMETRE, "tiny"))
        self._address(page)
        self._at_end(page, self._head.day, form.day * MILLIMETRE, "text")
        for mark in form.marks:
            page.rules.append(Rule(4 * MILLIMETRE, mark * MILLIMETRE, 4 * MILLIMETRE))

    def _address(self, page: Page) -> None:
        x, y = (side * MILLIMETRE for side in self._form.address)
        lines = self._letter.address.splitlines()
        fitted = [self._sheet.fitted(line, self._form.width * MILLIMETRE, "text", 1)[0] for line in lines]
        for number, line in enumerate(fitted, 1):
            page.words.append(Words(line, x, y + number * 1.15 * self._sheet.height_of("text"), "text"))

    def _at_end(self, page: Page, text: str, y: float, style: str) -> None:
        page.words.append(Words(text, self._left + self._room - self._sheet.width_of(text, style), y, style))

    # ---------------------------------------------------------------- the text

    def _lines(self) -> list[list[Run]]:
        """The lines somebody wrote, each as the runs it is made of."""
        lines: list[list[Run]] = [[]]
        for run in marked.runs(self._letter.body.pieces):
            text, style = run.text, "strong" if run.strong else "slanted" if run.slanted else "text"
            if run.piece.missing and self._labels is not None:
                name = self._labels.get(run.piece.name, run.piece.name)
                text, style = _("({field} not known)").format(field=name), "missing"
            first, *more = text.split("\n")
            lines[-1] += [Run(word, style) for word in RUNS.findall(first)]
            lines += [[Run(word, style) for word in RUNS.findall(part)] for part in more]
        return lines

    def _fitted(self, line: list[Run]) -> list[list[Run]]:
        """A line in lines no wider than the room there is."""
        found, width = [list[Run]()], 0.0
        for run in line:
            wide = _width(self._sheet, run.text, run.style)
            if width + wide > self._room and found[-1]:
                found.append([])
                width = 0.0
                if run.text.isspace():
                    continue
            if wide > self._room:
                *whole, run = [Run(part, run.style) for part in self._sheet.fitted(run.text, self._room, run.style)]
                found[-1:] = [*([part] for part in whole), []]
                wide = _width(self._sheet, run.text, run.style)
            found[-1].append(run)
            width += wide
        return found

    def _add(self, line: list[Run]) -> None:
        if self._y + self._line > self._bottom:
            self._pages.append(Page())
            self._y = self._form.next * MILLIMETRE
        self._y += self._line
        x, page = self._left, self._pages[-1]
        for run in _joined(line):
            page.words.append(Words(run.text, x, self._y, run.style))
            x += _width(self._sheet, run.text, run.style)


def _joined(line: list[Run]) -> list[Run]:
    """Runs of one form as one: a word is not painted by itself."""
    found = list[Run]()
    for run in line:
        if found and found[-1].style == run.style:
            found[-1] = Run(found[-1].text + run.text, run.style)
        else:
            found.append(run)
    return found


@lru_cache(maxsize=20_000)
def _width(sheet: Sheet, text: str, style: str) -> float:
    return sheet.width_of(text, style)
