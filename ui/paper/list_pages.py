"""A list laid out: its heading, the titles of its columns on every page, rows that no page end tears."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.language import _, all_of
from ui.paper.sheet import LINE, MARGIN, POINT, Page, Paper, Picture, Rule, Sheet, Words, sheet

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

GAP = 9 * POINT
"""between two columns"""
MOST_LINES = 3
"""of one cell; what is longer ends with a sign"""
NARROWEST = 52 * POINT
"""a column that may go on in a second line"""
SMALL, STEP = 6.5, 0.5
"""points: letters are no smaller than that; then the last columns are left out, which is said"""
ABOVE, BELOW = 2.5 * POINT, 2 * POINT
"""and below the words of a row"""
STEPS = 200
"""rows between two looks whether they are still wanted"""

Tell = Callable[[int, int], None]


class Column(NamedTuple):
    """A column: its title, at which side it stands, and whether its texts stay in one line whatever happens."""

    title: str
    right: bool = False
    whole: bool = False


class Heading(NamedTuple):
    """What is said above the list: whose it is, what it is, what of it, and who printed it when."""

    office: str
    title: str
    about: str
    by: str


class Drawing(NamedTuple):
    """A chart above the table: what it is called, and how it looks."""

    title: str
    image: QImage


class Table(NamedTuple):
    """What is to be laid out."""

    heading: Heading
    columns: Sequence[Column]
    rows: Sequence[tuple[str, ...]]
    drawings: Sequence[Drawing] = ()


def _nobody(done: int, total: int) -> None:
    """Nobody waits."""


def laid_out(table: Table, tell: Tell = _nobody) -> Paper:
    """The list on as many pages as it takes; `tell` hears how many rows are done, and stops it by raising."""
    wanted = _wanted(table, tell)
    paper, widths = _room_for(table.columns, wanted)
    return _Pages(table, paper, widths).fill(tell)


def _wanted(table: Table, tell: Tell) -> list[float]:
    """How wide each column would be if nothing went on in a second line, in the usual letters."""
    usual = sheet()
    widest = [0.0] * len(table.columns)
    seen: list[set[str]] = [set() for _column in table.columns]
    for number, row in enumerate(table.rows):
        if number % STEPS == 0:
            tell(number // 2, len(table.rows))
        for place, text in enumerate(row):
            if text not in seen[place]:
                seen[place].add(text)
                widest[place] = max(widest[place], usual.width_of(text))
    titles = [max(usual.width_of(word, "head") for word in column.title.split() or [""]) for column in table.columns]
    return [max(pair) for pair in zip(widest, titles, strict=True)]


def _room_for(columns: Sequence[Column], wanted: Sequence[float]) -> tuple[Sheet, list[float]]:
    """Upright where that is wide enough, else turned, else in smaller letters, else without the last columns."""
    usual = sheet()
    if sum(wanted) + GAP * (len(wanted) - 1) <= usual.room:
        return usual, _spread(wanted, usual.room)
    size = usual.size
    while True:
        turned = sheet(turned=True, size=size)
        share = size / usual.size
        widths = _shared(columns, [width * share for width in wanted], turned.room)
        if len(widths) == len(columns) or size <= SMALL:
            return turned, widths
        size -= STEP


def _shared(columns: Sequence[Column], wanted: Sequence[float], room: float) -> list[float]:
    """The widths of the columns there is room for: short ones get what they want, long ones share what is left."""
    count = len(columns)
    while count > 1 and _least(columns[:count], wanted) > room:
        count -= 1
    left, widths = room - GAP * (count - 1), list(wanted[:count])
    if sum(widths) <= left:
        return _spread(widths, room)
    long = sorted((place for place in range(count) if not columns[place].whole), key=lambda place: wanted[place])
    left -= sum(widths[place] for place in range(count) if columns[place].whole)
    for number, place in enumerate(long):
        widths[place] = max(min(wanted[place], left / (len(long) - number)), 1.0)
        left -= widths[place]
    if not long:
        widths = [min(width, room) for width in widths]
    return widths


def _least(columns: Sequence[Column], wanted: Sequence[float]) -> float:
    least = [width if column.whole else min(width, NARROWEST) for column, width in zip(columns, wanted, strict=False)]
    return sum(least) + GAP * (len(least) - 1)


def _spread(widths: Sequence[float], room: float) -> list[float]:
    """The columns over the whole width of the page, though no column much wider than it wants to be."""
    spare = room - sum(widths) - GAP * (len(widths) - 1)
    more = min(spare / max(1, len(widths) - 1), 30 * POINT)
    return [*(width + more for width in widths[:-1]), widths[-1]]


class _Pages:
    """Puts row under row, and begins a new page before one that has no room."""

    def __init__(self, table: Table, paper: Sheet, widths: Sequence[float]) -> None:
        self.table, self.sheet, self.widths = table, paper, widths
        self.columns = table.columns[: len(widths)]
        starts, x = list[float](), MARGIN
        for width in widths:
            starts.append(x)
            x += width + GAP
        self.starts, self.end = starts, x - GAP
        self.line = LINE * paper.height_of("text")
        self.pages: list[Page] = []
        self.y = 0.0

    def fill(self, tell: Tell) -> Paper:
        rows = self.table.rows
        self._begin()
        for number, row in enumerate(rows):
            if number % STEPS == 0:
                tell((len(rows) + number) // 2, len(rows))
            self._add(row)
        tell(len(rows), len(rows))
        for number, page in enumerate(self.pages, 1):
            self._number(page, number)
        return Paper(self.table.heading.title, self.sheet, self.pages)

    def _begin(self) -> None:
        self.pages.append(Page())
        self.y = MARGIN
        if len(self.pages) == 1:
            self._head()
            for drawing in self.table.drawings:
                self._draw(drawing)
        self._titles()

    def _say(self, text: str, x: float, y: float, style: str = "text") -> None:
        self.pages[-1].words.append(Words(text, x, y, style))

    def _head(self) -> None:
        said, paper = self.table.heading, self.sheet
        self.y += paper.height_of("title")
        self._say(said.title, MARGIN, self.y, "title")
        self._at_end(said.office, self.y, "small")
        self.y += 3 * POINT
        lines = [(said.about, paper.room), (said.by, paper.room)]
        if left_out := [column.title for column in self.table.columns[len(self.columns) :]]:
            lines.append((_("No room for: {columns}.").format(columns=all_of(left_out)), paper.room))
        for text, width in lines:
            for line in paper.fitted(text, width, "small"):
                self.y += LINE * paper.height_of("small")
                self._say(line, MARGIN, self.y, "small")
        self.y += 2 * self.line

    def _draw(self, drawing: Drawing) -> None:
        """A chart over the width of the page; no page end tears it."""
        high = self.sheet.room * drawing.image.height() / max(1, drawing.image.width())
        if self.y + 2 * self.line + high > self.sheet.bottom and self.y > MARGIN:
            self.pages.append(Page())
            self.y = MARGIN
        self.y += self.line
        self._say(drawing.title, MARGIN, self.y, "section")
        self.y += 0.5 * self.line
        self.pages[-1].pictures.append(Picture(drawing.image, MARGIN, self.y, self.sheet.room, high))
        self.y += high + self.line

    def _at_end(self, text: str, y: float, style: str) -> None:
        self._say(text, self.sheet.width - MARGIN - self.sheet.width_of(text, style), y, style)

    def _titles(self) -> None:
        paper = self.sheet
        titles = [paper.fitted(column.title, width, "head", 2)
                  for column, width in zip(self.columns, self.widths, strict=True)]  # fmt: skip
        deepest, step = max(map(len, titles)), LINE * paper.height_of("head")
        for place, lines in enumerate(titles):
            for number, text in enumerate(lines):
                self._put(place, text, self.y + step * (deepest - len(lines) + number + 1), "head")
        self.y += step * deepest + BELOW + ABOVE
        self.pages[-1].rules.append(Rule(MARGIN, self.y, paper.room, strong=True))

    def _put(self, place: int, text: str, y: float, style: str = "text") -> None:
        x = self.starts[place]
        if self.columns[place].right:
            x += self.widths[place] - self.sheet.width_of(text, style)
        self._say(text, x, y, style)

    def _add(self, row: tuple[str, ...]) -> None:
        cells = [self._cell(row[place], self.widths[place]) for place in range(len(self.widths))]
        height = self.line * max(map(len, cells)) + ABOVE + BELOW
        if self.y + height > self.sheet.bottom and self.pages[-1].rows:
            self._begin()
        top = self.y + ABOVE - 0.25 * self.line
        for place, lines in enumerate(cells):
            for number, text in enumerate(lines, 1):
                if text:
                    self._put(place, text, top + self.line * number)
        self.y += height
        page = self.pages[-1]
        page.rules.append(Rule(MARGIN, self.y, self.sheet.room))
        page.rows.append(row)

    def _cell(self, text: str, width: float) -> list[str]:
        if not text or self.sheet.width_of(text) <= width + 1:
            return [text]
        return self.sheet.fitted(text, width, most=MOST_LINES)

    def _number(self, page: Page, number: int) -> None:
        footer(page, self.sheet, f"{self.table.heading.office} · {self.table.heading.title}", number, len(self.pages))


def footer(page: Page, paper: Sheet, text: str, number: int, count: int) -> None:
    """Below everything: what this is, and which page of how many."""
    y = paper.height - MARGIN
    said = _("Page {number} of {count}").format(number=number, count=count)
    room = paper.room - paper.width_of(said, "small") - GAP
    page.words.append(Words(paper.fitted(text, room, "small", 1)[0], MARGIN, y, "small"))
    page.words.append(Words(said, paper.width - MARGIN - paper.width_of(said, "small"), y, "small"))
