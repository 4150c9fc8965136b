"""Numbers in columns, a line for each thing that was counted; every one but zero can be pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics

from ui.charts.chart import Chart, Mark
from ui.look import paint, theme
from ui.look.plain import kept_to_itself

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

HEAD, LINE, GAP, STEP, LABEL = 24, 28, 14, 14, 120
"""pixels: the titles, a line, left of a number, what is below another one, the narrowest label"""
LEFT, RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


class Named(NamedTuple):
    """A line: what it is called, the figures of its columns as they are shown, whether it is the sum of those below."""

    label: str
    figures: tuple[str, ...]
    sum: bool = False


class Numbers(Chart):
    """The marks are the numbers that open rows, each at its column and line; the others are only read."""

    columns: Sequence[str] = ()
    lines: Sequence[Named] = ()

    def show_numbers(self, first: str, columns: Sequence[str], lines: Sequence[Named], marks: Sequence[Mark]) -> None:
        """Show these lines under these titles; `first` is what the lines are."""
        self.columns, self.lines = columns, lines
        self.show_marks(marks, (first, *columns))

    def as_table(self) -> str:
        """All of it as text, a tab between the columns."""
        rows = [self.titles, *((line.label, *line.figures) for line in self.lines)]
        return "\n".join("\t".join(row) for row in rows)

    def sizeHint(self) -> QSize:
        high = theme.px(HEAD, self) + theme.px(LINE, self) * max(1, len(self.lines))
        return QSize(theme.px(360, self), high)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(280, self), self.sizeHint().height())

    def _widths(self) -> list[int]:
        """Of the columns: as wide as what stands in them. Where there is little room the last ones go first."""
        bold = theme.strong(self.font())
        wide = [max([self.wide(title), *(self.wide(line.figures[place], bold) for line in self.lines)]) + GAP
                for place, title in enumerate(self.columns)]  # fmt: skip
        while len(wide) > 3 and sum(wide) + theme.px(LABEL, self) > self.width():
            wide.pop()
        return wide

    def _cell(self, column: int, line: int) -> QRectF:
        widths = self._widths()
        if column >= len(widths):
            return QRectF()
        right = self.width() - sum(widths[column + 1 :])
        top = theme.px(HEAD, self) + line * theme.px(LINE, self)
        return QRectF(right - widths[column], top, widths[column], theme.px(LINE, self))

    def room_of(self, mark: Mark) -> QRectF:
        """The number with the room around it."""
        room = self._cell(*mark.at)
        return room if room.isNull() else room.adjusted(3, 2, -1, -3)

    def draw(self, painter: QPainter) -> None:
        """Titles, hairs, labels, numbers."""
        held, widths = {mark.at: mark for mark in self.marks}, self._widths()
        for place in range(len(widths)):
            room = self._cell(place, 0)
            title = QRectF(room.left(), 0, room.width() - 6, theme.px(HEAD, self))
            self.say(painter, title, self.columns[place], "muted", RIGHT, self.small())
        for row, line in enumerate(self.lines):
            self._draw_label(painter, row, line, self.width() - sum(widths))
            for column in range(len(widths)):
                self._draw_cell(painter, self._cell(column, row), line, column, held.get((column, row)))

    def _draw_label(self, painter: QPainter, row: int, line: Named, width: float) -> None:
        room = QRectF(4, theme.px(HEAD, self) + row * theme.px(LINE, self), width - 4, theme.px(LINE, self))
        painter.fillRect(QRectF(0, room.top(), self.width(), 1), theme.colour(self, "hair"))
        font = theme.strong(self.font()) if line.sum else self.font()
        step = 0 if line.sum or not any(each.sum for each in self.lines) else theme.px(STEP, self)
        inside = room.adjusted(step, 0, -GAP, 0)
        label = QFontMetrics(font).elidedText(
            kept_to_itself(line.label), Qt.TextElideMode.ElideRight, round(inside.width())
        )
        self.say(painter, inside, label, "text", LEFT, font)

    def _draw_cell(self, painter: QPainter, room: QRectF, line: Named, column: int, mark: Mark | None) -> None:
        if mark is not None and mark.key == self.chosen:
            ground, edge = theme.colour(self, "soft"), theme.colour(self, "accent")
            paint.box(painter, self.room_of(mark), ground=ground, edge=edge, round_by=paint.TAG)
        tone = "muted" if mark is None else mark.meaning or "text"
        font = theme.strong(self.font()) if line.sum or (mark is not None and mark.meaning) else self.font()
        self.say(painter, room.adjusted(0, 0, -6, 0), line.figures[column], tone, RIGHT, font)
