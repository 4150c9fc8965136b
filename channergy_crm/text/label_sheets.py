"""The sheets labels are printed on, as they are sold: how many, how large, where the first one begins (BX-26)."""
# unsaid file: names of sheets as their makers write them

from __future__ import annotations

from typing import NamedTuple

from channergy_crm.text.folding import fold

LETTER, A4 = "Letter", "A4"
SIZES = {A4: (210.0, 297.0), LETTER: (215.9, 279.4)}
"""millimetres"""


class LabelSheet(NamedTuple):
    """A sheet, all in millimetres: the labels beside and below each other, one of them, the edges at the left and the
    top, and how far it is from one label to the next.
    """

    name: str
    paper: str
    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    across: float
    down: float

    @property
    def labels(self) -> int:
        """How many labels it has."""
        return self.columns * self.rows

    def place(self, number: int) -> tuple[float, float]:
        """Where a label begins, from the left and from the top; 0 is the first one, row by row."""
        row, column = divmod(number, self.columns)
        return self.left + column * self.across, self.top + row * self.down


SHEETS = (
    LabelSheet("Avery 5160", LETTER, 3, 10, 66.675, 25.4, 4.7625, 12.7, 69.85, 25.4),
    LabelSheet("Avery 5161", LETTER, 2, 10, 101.6, 25.4, 3.96875, 12.7, 106.3625, 25.4),
    LabelSheet("Avery 5163", LETTER, 2, 5, 101.6, 50.8, 3.96875, 12.7, 106.3625, 50.8),
    LabelSheet("Avery L7159", A4, 3, 8, 63.5, 33.9, 7.21, 12.9, 66.04, 33.9),
    LabelSheet("Avery L7160", A4, 3, 7, 63.5, 38.1, 7.21, 15.15, 66.04, 38.1),
    LabelSheet("Avery L7163", A4, 2, 7, 99.1, 38.1, 4.67, 15.15, 101.64, 38.1),
    LabelSheet("Avery Zweckform 3475", A4, 3, 8, 70.0, 36.0, 0.0, 4.5, 70.0, 36.0),
    LabelSheet("Avery Zweckform 3490", A4, 3, 8, 70.0, 36.0, 0.0, 4.5, 70.0, 36.0),
    LabelSheet("Avery Zweckform 4760", A4, 1, 7, 192.0, 38.0, 9.0, 15.5, 192.0, 38.0),
)
USUAL = {A4: "Avery L7160", LETTER: "Avery 5160"}


def sheet(name: str | None, paper: str) -> LabelSheet:
    """The sheet of a name, also by its number alone; the usual one of a paper where there is none of that name."""
    words = fold(name or "").split()
    found = next((each for each in SHEETS if words and set(words) <= set(fold(each.name).split())), None)
    return found or next(each for each in SHEETS if each.name == USUAL[paper])


def pages(sheet: LabelSheet, count: int, start: int) -> int:
    """How many sheets that many labels take, where the first one goes onto label `start`, from 1."""
    return -(-(count + start - 1) // sheet.labels) if count else 0
