"""The list of a queue: the last who were called, who is called now, and who comes next, two lines each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import (
    QModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from ui.lists.painted_rows import Index, PaintedRows, RowDelegate
from ui.look import paint, theme
from ui.look.turned import turned
from ui.widgets.entries_view import ROW, EntriesView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QPainter

    from ui.lists.row_ink import Ink

HEAD, HIGH, SIDE, SIGN, GAP = 32, 44, 16, 22, 8
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class Entry(NamedTuple):
    """One row: a head (without a key), somebody who was called, is called now, or comes next.

    `sign` is the drawing before the name; right of it stands `tag` on a ground of its own, or `note` without one, and
    right of the second line `aside`.
    """

    title: str
    second: str = ""
    tag: str = ""
    note: str = ""
    aside: str = ""
    sign: str = ""
    ink: str = ""
    key: int | None = None
    here: bool = False
    over: bool = False
    """who was called already: the name steps back"""


def _said(row: Entry) -> str:
    return ", ".join(part for part in (row.title, row.tag, row.note, row.second, row.aside) if part)


class EntryPainter(RowDelegate):
    """Paints a head or a row of two lines."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        head = index.data(ROW).entry is None
        return QSize(100, theme.px(HEAD if head else HIGH, self.grid))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter = turned(painter, self.grid.viewport())
        ink, row, rect = self.ink, index.data(ROW).held, option.rect
        painter.save()
        if row.key is None:
            self._head(painter, rect, ink, row)
        else:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            self._person(painter, rect, ink, row, chosen=chosen and self.grid.hasFocus())
        painter.restore()

    def _head(self, painter: QPainter, rect: QRect, ink: Ink, row: Entry) -> None:
        painter.fillRect(rect, ink.colours["side"])
        painter.fillRect(QRect(0, rect.top(), rect.width(), 1), ink.colours["line"])
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        paint.chevron(painter, QPointF(SIDE + 4, rect.center().y() + 0.5), ink.colours["text"])
        left = SIDE + 18
        if row.sign:
            painter.drawPixmap(left, rect.center().y() - 6, ink.drawing(row.sign, row.ink))
            left += SIGN
        painter.setFont(ink.fonts["strong"])
        painter.setPen(ink.colours[row.ink or "text"])
        painter.drawText(rect.adjusted(left, 0, 0, 0), LEFT, row.title)
        left += ink.measure("strong", row.title) + GAP
        painter.setFont(ink.fonts["normal"])
        painter.setPen(ink.colours[row.ink or "muted"])
        painter.drawText(rect.adjusted(left, 0, 0, 0), LEFT, row.tag)
        painter.setFont(ink.fonts["small"])
        painter.setPen(ink.colours["muted"])
        painter.drawText(rect.adjusted(0, 0, -SIDE, 0), RIGHT, row.aside)

    def _person(self, painter: QPainter, rect: QRect, ink: Ink, row: Entry, *, chosen: bool) -> None:
        if row.here or chosen:
            paint.cursor(painter, self.grid, rect, focus=chosen)
        left, right = SIDE, rect.width() - SIDE
        if row.sign:
            painter.drawPixmap(left, rect.top() + theme.px(8), ink.drawing(row.sign, row.ink or "text"))
            left += SIGN
        half = rect.height() // 2
        above = QRect(left, rect.top() + 3, right - left, half)
        below = QRect(left, rect.top() + half, right - left, half - 3)
        taken = self._tag(painter, above, ink, row) if row.tag else _aside(painter, above, ink, row.note)
        self._words(painter, above.adjusted(0, 0, -taken, 0), ink, "name", "muted" if row.over else "text", row.title)
        taken = _aside(painter, below, ink, row.aside)
        self._words(painter, below.adjusted(0, 0, -taken, 0), ink, "small", "muted", row.second)
        if not row.here:
            painter.fillRect(QRect(left, rect.bottom(), right - left, 1), ink.colours["hair"])

    def _tag(self, painter: QPainter, room: QRect, ink: Ink, row: Entry) -> int:
        wide = ink.measure("small", row.tag) + 12
        box = QRectF(room.right() - wide, room.center().y() - 9, wide, 19)
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        paint.box(painter, box, ground=ink.colours["base" if row.here else "chip"], round_by=paint.TAG)
        painter.setRenderHint(painter.RenderHint.Antialiasing, False)
        painter.setFont(ink.fonts["small"])
        painter.setPen(ink.colours["chip_text"])
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, row.tag)
        return wide + GAP

    def _words(self, painter: QPainter, room: QRect, ink: Ink, font: str, colour: str, said: str) -> None:
        painter.setFont(ink.fonts[font])
        painter.setPen(ink.colours[colour])
        painter.drawText(room, LEFT, ink.shortened(font, said, room.width()))


def _aside(painter: QPainter, room: QRect, ink: Ink, said: str) -> int:
    """What stands at the right end of a line, small; how much of the line it takes."""
    if not said:
        return 0
    painter.setFont(ink.fonts["small"])
    painter.setPen(ink.colours["muted"])
    painter.drawText(room, RIGHT, said)
    return ink.measure("small", said) + GAP


class RoundList(EntriesView):
    """Who was called, is called and comes; Enter takes somebody out of the turn."""

    wanted = Signal(object)
    """this one shall be called next"""

    def __init__(self, parent: QWidget, said: str) -> None:
        self.entries = PaintedRows(_said, stands=lambda row: row.key is not None)
        super().__init__(self.entries, ("queue.list", "queue.list"), said, parent)
        self.entries.setParent(self)
        painter = EntryPainter(self)
        self.paint_with(painter, painter.renew)
        theme.stand_on(self, "side")
        self.doubleClicked.connect(self._take)

    def show_rows(self, rows: Sequence[Entry]) -> None:
        """Show these; who is called now is seen."""
        key = self.current()
        self.entries.show(rows)
        place = next((place for place, row in enumerate(rows) if row.key is not None and row.key == key), -1)
        here = next((place for place, row in enumerate(rows) if row.here), -1)
        if (at := place if place >= 0 else here) >= 0:
            self.setCurrentIndex(self.entries.index(at))

    def current(self) -> int | None:
        """Who the cursor stands on."""
        index = self.currentIndex()
        return self.entries.rows[index.row()].key if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._take(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _take(self, index: QModelIndex) -> None:
        row = self.entries.rows[index.row()] if index.isValid() else None
        if row is not None and row.key is not None and not row.here:
            self.wanted.emit(row.key)
