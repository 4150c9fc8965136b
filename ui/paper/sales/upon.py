"""Pages on which something stands below the other: the edges, the line that is next, and what every page has."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.text import label_sheets
from ui.paper.letter_pages import FORMS
from ui.paper.sheet import LINE, MILLIMETRE, Page, Rule, Sheet, Words, usual_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.services.sales_paper import Letterhead

FOOT, BARE = 20.0, 22.0
"""millimetres at the end of a page with the office's footer, without its lines, and without a footer"""
FOOT_LINES = 7
"""a column at the foot may have; one has as much room as four"""


class Cell(NamedTuple):
    """A text of a row: where it begins, or where it ends if it stands `right`."""

    text: str
    x: float
    style: str = "text"
    right: bool = False


Row = list[Cell]


class Upon:
    """The pages of one document while they are filled."""

    def __init__(self, head: Letterhead, foot: Sequence[Sequence[str]], paper: str = "") -> None:
        name = paper or usual_name()
        width, height = label_sheets.SIZES[name]
        self.head, self.paper, self.form = head, name, FORMS[name]
        self.sheet = Sheet(width * MILLIMETRE, height * MILLIMETRE, head.size)
        self.left = self.form.left * MILLIMETRE
        self.right = self.sheet.width - self.form.right * MILLIMETRE
        self.foot = self._columns(foot) if "footer" in head.blocks else []
        lines = max(4, *map(len, self.foot), 0) * self.step("foot")
        self.bottom = self.sheet.height - (FOOT * MILLIMETRE + lines if self.foot else BARE * MILLIMETRE)
        self.pages = [Page(accent=head.accent)]
        self.y = 0.0

    def _columns(self, foot: Sequence[Sequence[str]]) -> list[list[str]]:
        """What stands beside each other at the foot, broken where a line is longer than its column."""
        wide = self.room / max(len(foot), 1) - 2 * MILLIMETRE
        return [[each for line in lines for each in self.sheet.fitted(line, wide, "foot", 2)][:FOOT_LINES]
                for lines in foot]  # fmt: skip

    @property
    def room(self) -> float:
        """How wide a line may be."""
        return self.right - self.left

    @property
    def page(self) -> Page:
        """The one that is filled."""
        return self.pages[-1]

    def step(self, style: str = "text") -> float:
        """From one line of these letters to the next."""
        return LINE * self.sheet.height_of(style)

    def fits(self, height: float) -> bool:
        """Whether so much has room on this page."""
        return self.y + height <= self.bottom

    def turn(self) -> None:
        """Begin another page."""
        self.pages.append(Page(accent=self.head.accent))
        self.y = self.form.next * MILLIMETRE

    def row(self, cells: Row) -> None:
        """Texts beside each other, on the next line."""
        self.y += max((self.step(cell.style) for cell in cells), default=self.step())
        for cell in cells:
            x = cell.x - self.sheet.width_of(cell.text, cell.style) if cell.right else cell.x
            self.page.words.append(Words(cell.text, x, self.y, cell.style))

    def rule(self, *, strong: bool = False, x: float | None = None) -> None:
        """A line across the page, or from there to its right edge."""
        begun = self.left if x is None else x
        self.page.rules.append(Rule(begun, self.y + 0.35 * self.step("small"), self.right - begun, strong))

    def paragraph(self, text: str, style: str = "text") -> None:
        """A text as wide as the page, on as many pages as it takes, and room behind it."""
        for line in self.sheet.fitted(text, self.room, style) if text else []:
            if not self.fits(self.step(style)):
                self.turn()
            self.row([Cell(line, self.left, style)])
        self.y += 0.6 * self.step() if text else 0

    def at_end(self, page: Page, text: str, y: float, style: str) -> None:
        """A text that ends at the right edge."""
        page.words.append(Words(text, self.right - self.sheet.width_of(text, style), y, style))
