"""The columns of Home: two at 960, three from 1280; a narrow one shows the third below the first (VT-15)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.look import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from ui.pages.home.block import Block

THREE, TWO, GAP, PADDING = 1_200, 680, 12, 16
"""pixels: a page from there on has three columns, or two; between blocks; around them"""
Arranged = list[list[str]]
"""keys of blocks, column by column"""


def seen(stored: Arranged, columns: int) -> Arranged:
    """As it is arranged in three columns, as it is seen in so many."""
    first, second, third = stored
    if columns >= 3:
        return [list(each) for each in stored]
    return [[*first, *third], list(second)] if columns == 2 else [[*first, *second, *third]]


def stored(shown: Arranged, moved: str, before: Arranged) -> Arranged:
    """As it is seen, as it is arranged in three columns: what was moved goes along with the one it stands below."""
    if len(shown) >= 3:
        return shown
    of = {key: column for column, keys in enumerate(before) for key in keys}
    found: Arranged = [[], [], []]
    for at, column in enumerate(shown):
        home = at
        for key in column:
            if key != moved:
                home = of[key]
            found[home].append(key)
    return found


class Columns(QWidget):
    """Blocks in columns of the same width."""

    fewer = Signal()
    """there is room for another number of columns"""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme.stand_on(self, "base")
        self.many = 3
        self._drop: QRect | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(PADDING, 0, PADDING, PADDING)
        row.setSpacing(GAP)
        self._columns: list[QVBoxLayout] = []
        for _column in range(3):
            column = QVBoxLayout()
            column.setSpacing(GAP)
            row.addLayout(column, 1)
            self._columns.append(column)
        self._row = row
        self._shown: list[list[Block]] = []

    def show_blocks(self, shown: Sequence[Sequence[Block]]) -> None:
        """These, column by column; the widgets stay the same, so that focus and cursor stay."""
        self._shown = [list(each) for each in shown]
        for column in self._columns:
            while column.count():
                column.takeAt(0)
        for at, blocks in enumerate(self._shown):
            for block in blocks:
                self._columns[at].addWidget(block)
            self._columns[at].addStretch(1)
        for at in range(3):
            self._row.setStretch(at, 1 if at < len(self._shown) else 0)
        self._row.setSpacing(GAP)
        self._chain()

    def _chain(self) -> None:
        """Tab goes from block to block in reading order."""
        stops = [stop for column in self._shown for block in column for stop in block.stops()]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width()
        many = 3 if wide >= theme.px(THREE, self) else 2 if wide >= theme.px(TWO, self) else 1
        if many != self.many:
            self.many = many
            self.fewer.emit()

    def place_at(self, x: int, y: int) -> tuple[int, int]:
        """Column and place of a point: before the block whose middle lies below it."""
        wide = self.width() / max(1, len(self._shown))
        column = min(max(0, int(x // wide)), len(self._shown) - 1)
        middles = [block.geometry().center().y() for block in self._shown[column]]
        return column, sum(1 for middle in middles if middle < y)

    def mark(self, place: tuple[int, int] | None) -> None:
        """Show where a block would come to, or nowhere."""
        self._drop = self._line_at(*place) if place is not None else None
        self.update()

    def _line_at(self, column: int, place: int) -> QRect:
        blocks = self._shown[column]
        wide = (self.width() - 2 * PADDING - GAP * (len(self._shown) - 1)) // len(self._shown)
        left = PADDING + column * (wide + GAP)
        if not blocks:
            return QRect(left, 2, wide, 3)
        at = blocks[place].geometry().top() - GAP // 2 if place < len(blocks) else blocks[-1].geometry().bottom() + 4
        return QRect(left, max(0, at - 1), wide, 3)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._drop is not None:
            QPainter(self).fillRect(self._drop, theme.colour(self, "accent"))
