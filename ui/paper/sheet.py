"""What stands on paper, as data: pages of words, each at its place, and the letters they are written in.

Every length is a twentieth of a point, so that letters measured at that size fit at any size they are painted in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QLocale, QMarginsF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPageLayout, QPageSize, QTextLayout, QTextOption

from channergy_crm.text import label_sheets

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

POINT = 20
MILLIMETRE = 72 / 25.4 * POINT
MARGIN = 40.0 * POINT
LABEL_SIZES = {f"label{points}": points / 10 for points in range(12, 6, -1)}
"""on labels, the largest first, where the text is ten points"""
SIZES = {"title": 1.9, "fact": 1.35, "section": 1.1, "head": 0.95, "text": 1.0, "small": 0.9, "tiny": 0.64,
         "strong": 1.0, "slanted": 1.0, "missing": 1.0, "brand": 1.6, "foot": 0.74, "draft": 9.0,
         **LABEL_SIZES}  # fmt: skip
"""of letters, by what is written in them, as a share of the size of the text"""
BOLD = ("title", "fact", "section", "head", "strong", "brand", "draft")
SLANTED = ("slanted",)
MUTED = ("head", "small", "tiny", "foot")
LINE = 1.3
"""from one line to the next, as a share of the size of its letters"""
USUAL = 8.5
"""points; what a table and a record are written in where there is room"""


class Words(NamedTuple):
    """A text on a page: where its base line begins, and what it is."""

    text: str
    x: float
    y: float
    style: str = "text"


class Rule(NamedTuple):
    """A line across a page, or a part of it; `strong` under headings."""

    x: float
    y: float
    width: float
    strong: bool = False


class Picture(NamedTuple):
    """Something drawn, at its place on a page."""

    image: QImage
    x: float
    y: float
    width: float
    height: float


@dataclass
class Page:
    """One page: `rows` are the records of the list it holds, each as its columns say it. `accent` is the colour of
    whoever's paper it is.
    """

    words: list[Words] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    rows: list[tuple[str, ...]] = field(default_factory=list)
    accent: str = ""

    def lines(self) -> list[str]:
        """What is read on the page, line by line from top to bottom."""
        held: dict[int, list[Words]] = {}
        for words in self.words:
            held.setdefault(round(words.y), []).append(words)
        return ["  ".join(words.text for words in sorted(held[y], key=lambda each: each.x)) for y in sorted(held)]


@dataclass(frozen=True)
class Sheet:
    """The paper itself, and the letters on it."""

    width: float
    height: float
    size: float = USUAL

    @property
    def room(self) -> float:
        """How wide the words may be."""
        return self.width - 2 * MARGIN

    @property
    def bottom(self) -> float:
        """Where the words end; below it stands the number of the page."""
        return self.height - MARGIN - 2 * LINE * self.height_of("small")

    def height_of(self, style: str) -> float:
        """How high its letters are."""
        return SIZES[style] * self.size * POINT

    def width_of(self, text: str, style: str = "text") -> float:
        """How much room a text takes in one line."""
        return _metrics(self.size, style).horizontalAdvance(text)

    def fitted(self, text: str, width: float, style: str = "text", most: int = 1_000) -> list[str]:
        """The text in lines no wider than that, `most` of them; a sign at its end tells that there would be more."""
        found: list[str] = []
        for part in text.split("\n"):
            found += self._broken(part, width, style) if self.width_of(part, style) > width else [part]
        if len(found) <= most:
            return found
        rest = " ".join(found[most - 1 :])
        return [*found[: most - 1], _metrics(self.size, style).elidedText(rest, Qt.TextElideMode.ElideRight, width)]

    def _broken(self, text: str, width: float, style: str) -> list[str]:
        layout, lines = QTextLayout(text, font(self.size, style)), []
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        raw = text.encode("utf-16-le")  # Qt counts as UTF-16 does
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            start, end = 2 * line.textStart(), 2 * (line.textStart() + line.textLength())
            lines.append(raw[start:end].decode("utf-16-le").strip())
        layout.endLayout()
        return lines


@dataclass(frozen=True)
class Paper:
    """What was laid out: its pages, and what it is called. `size` is that of its paper, where it is not the usual."""

    title: str
    sheet: Sheet
    pages: list[Page]
    size: QPageSize | None = None

    def layout(self) -> QPageLayout:
        """The paper as a printer is told of it."""
        upright = self.sheet.height >= self.sheet.width
        turned = QPageLayout.Orientation.Portrait if upright else QPageLayout.Orientation.Landscape
        return QPageLayout(self.size or usual_size(), turned, QMarginsF(), QPageLayout.Unit.Point)


def font(size: float, style: str) -> QFont:
    """The letters of a style, measured in twentieths of a point."""
    made = QFont()
    made.setPixelSize(max(1, round(SIZES[style] * size * POINT)))
    made.setBold(style in BOLD)
    made.setItalic(style in SLANTED)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


@cache
def _metrics(size: float, style: str) -> QFontMetricsF:
    return QFontMetricsF(font(size, style))


def usual_size() -> QPageSize:
    """The paper people of this place have: A4, or Letter where inches are used."""
    return size_named(usual_name())


def usual_name() -> str:
    """What that paper is called."""
    letters = QLocale().measurementSystem() == QLocale.MeasurementSystem.ImperialUSSystem
    return label_sheets.LETTER if letters else label_sheets.A4


def size_named(name: str) -> QPageSize:
    """Paper of one of the two names."""
    letters = name == label_sheets.LETTER
    return QPageSize(QPageSize.PageSizeId.Letter if letters else QPageSize.PageSizeId.A4)


def sheet(*, turned: bool = False, size: float = USUAL) -> Sheet:
    """That paper, upright or `turned`."""
    points = usual_size().sizePoints()
    sides = points.width() * POINT, points.height() * POINT
    width, height = (max(sides), min(sides)) if turned else (min(sides), max(sides))
    return Sheet(width, height, size)
