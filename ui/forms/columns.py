"""The groups of a form side by side: one, two or three columns, read down a group and then on to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from ui.forms.field_row import LABEL_WIDTH, WIDEST_LABEL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.forms.sections import FormSection

TWO, THREE = 760, 1080
"""pixels of the record from which there are two and three columns"""
GAP, WIDEST, SIDES, NARROW_SIDES = 32, 560, 24, 16
NARROW_LABELS = 104


def how_many(width: int, two: int = TWO, three: int = THREE) -> int:
    """The columns a record of this width has."""
    return 1 if width < two else 2 if width < three else 3


class Columns:
    """Places groups on a form."""

    def __init__(self, body: QWidget) -> None:
        self._body = body
        self._around = QHBoxLayout(body)
        self._around.setContentsMargins(SIDES, 4, SIDES, 16)
        self._held = QWidget(body)
        self._grid = QGridLayout(self._held)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(8)
        self._around.addWidget(self._held, 1)
        self._around.addStretch(0)
        self._count = 1
        self.sides, self.labels = SIDES, LABEL_WIDTH
        """pixels: where the first column begins, and what its labels have"""
        self.width = 0
        """pixels all of them have together"""
        self.two, self.three = TWO, THREE
        """from which width on there are so many"""
        self._placed: list[list[FormSection]] = []
        self._feet: list[QWidget] = []

    def stand_below(self, foot: QWidget) -> None:
        """This stands under all groups, over what was put there before."""
        self._feet.insert(0, foot)
        self._grid.addWidget(foot, self._grid.rowCount(), 0)

    def place(self, parts: Sequence[FormSection], most: int) -> None:
        """Put the groups into so many columns."""
        rows = bands(parts, most)
        count = max((len(row) for row in rows), default=1)
        for part in parts:
            if part.parentWidget() is not self._held:
                part.setParent(self._held)
            self._grid.removeWidget(part)
        for place in range(4):
            self._grid.setColumnStretch(place, int(place < count))
        for line, row in enumerate(rows):
            titled = any(part.heading.text() for part in row)
            for place, part in enumerate(row):
                part.stand_beside(titled and len(row) > 1)
                wide = count if part.section.across else 1
                if part.is_tall:
                    self._grid.addWidget(part, line, place, 1, wide)
                else:
                    self._grid.addWidget(part, line, place, 1, wide, Qt.AlignmentFlag.AlignTop)
        for line in range(self._grid.rowCount() + 1):
            self._grid.setRowStretch(line, 0)
        for place, foot in enumerate(self._feet):
            self._grid.removeWidget(foot)
            self._grid.addWidget(foot, len(rows) + place, 0, 1, count)
        self._grid.setRowStretch(len(rows) + len(self._feet), 1)
        self._count = count
        self._placed = [[row[place] for row in rows if place < len(row)] for place in range(count)]

    def settle(self, parts: Sequence[FormSection]) -> None:
        """Lay everything out now, from the inside out."""
        for part in parts:
            part.settle()
        self._grid.activate()
        self._around.activate()

    def fit(self, parts: Sequence[FormSection], width: int) -> None:
        """Use this width: the columns it has room for, their labels as wide as the longest in each."""
        sides = NARROW_SIDES if width < TWO else SIDES
        self.sides = sides
        self._around.setContentsMargins(sides, 4, sides, 16)
        self.place(parts, how_many(width, self.two, self.three))
        room = width - 2 * sides - GAP * (self._count - 1)
        column = min(WIDEST, room // self._count) if self._count > 1 else min(room, TWO)
        self.width = column * self._count + GAP * (self._count - 1)
        self._held.setMaximumWidth(self.width)
        for column_parts in self._placed:
            rows = [row for part in column_parts for row in part.rows if row.has_a_place]
            longest = max((row.label_needs for row in rows), default=0)
            fields = max((row.minimumSizeHint().width() for row in rows), default=0)
            most = max(NARROW_LABELS, min(WIDEST_LABEL, column - fields - 8))
            labels = max(min(LABEL_WIDTH, most), min(longest, most))
            for row in rows:
                row.fit_label(labels)
            if column_parts is self._placed[0]:
                self.labels = labels
        self.settle(parts)


def bands(parts: Sequence[FormSection], most: int) -> list[list[FormSection]]:
    """The groups row by row: those that stand beside the one before, as far as there are columns."""
    rows: list[list[FormSection]] = []
    for part in parts:
        if part.empty:
            continue
        if part.section.beside and rows and len(rows[-1]) < most and not rows[-1][0].section.across:
            rows[-1].append(part)
        else:
            rows.append([part])
    return rows
