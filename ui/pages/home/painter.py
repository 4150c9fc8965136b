"""How the rows of a block are painted: one line of columns, or two lines with the number and a button that dials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.look import paint, theme
from ui.look.icons import icon
from ui.look.turned import draw_icon, turned
from ui.widgets.entries_view import ROW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.pages.home.rows import Row

Index = QModelIndex | QPersistentModelIndex
LINE, TWO_LINES, SIDE, GAP, SIGN, BUTTON, WHEN = 28, 44, 16, 14, 16, 28, 92
"""pixels: a row, one of two lines, the edge, between columns, the accent, a drawing, the dial button, a day"""
SECOND = 0.42
"""of what is left for the name and the column behind it, the share that one may have"""
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
SIGNS = {"overdue": "warning", "soon": "clock"}


class RowPainter(QStyledItemDelegate):
    """Paints the rows of one list; `two_lines` are those with a number to dial."""

    def __init__(self, view: QAbstractItemView, *, two_lines: bool = False) -> None:
        super().__init__(view)
        self._view, self._two = view, two_lines
        self._columns: dict[int, list[QRect]] = {}
        self._when = 0

    def forget(self) -> None:
        """Rows say something else now, or letters are others."""
        self._columns.clear()
        self._when = 0

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(10, theme.px(TWO_LINES if self._two else LINE, self._view))

    def dial_room(self, room: QRect) -> QRect:
        """Where the button of a row stands that dials its number."""
        side = theme.px(BUTTON, self._view)
        return QRect(room.right() - SIDE + 4 - side, room.center().y() - side // 2 + 1, side, side)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter = turned(painter, self._view.viewport())
        row: Row = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRect(option.rect)
        if row.entry is None:
            ink = row.ink or "muted"
            self._say(painter, room.adjusted(SIDE, 6, -SIDE, 0), row.name, ink, theme.strong(self._small()))
        else:
            self._paint_ground(painter, option, room, index)
            (self._paint_two if self._two else self._paint_line)(painter, room, row)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, room: QRect, index: Index) -> None:
        state, inner = option.state, QRectF(room.adjusted(6, 0, -6, 0))
        current = index == self._view.currentIndex() and self._view.hasFocus()
        if current:
            paint.cursor(painter, self._view, inner.toRect(), focus=True)
        elif state & QStyle.StateFlag.State_MouseOver:
            paint.box(painter, inner, ground=theme.colour(self._view, "hover"))
        follows = index.row() + 1 < index.model().rowCount()
        if follows and not current:
            below = QRectF(room.left() + SIDE, room.bottom(), room.width() - 2 * SIDE, 1)
            painter.fillRect(below, theme.colour(self._view, "hair"))

    # ---------------------------------------------------------------- one line

    def _paint_line(self, painter: QPainter, room: QRect, row: Row) -> None:
        left = room.left() + SIDE
        if self._days_before():
            wide = theme.px(WHEN, self._view)
            self._say(painter, QRect(left, room.top(), wide, room.height()), row.when, row.ink or "text")
            drawing = SIGNS.get(row.ink) or (row.entry.icon if row.entry is not None else "")
            self._draw(painter, QPoint(left + wide, room.center().y() - SIGN // 2 + 1), drawing, row.ink)
            left += wide + SIGN + 8
        for place, (text, column) in enumerate(zip((row.name, *row.cells), self._room_for(room.width()), strict=False)):
            at = column.translated(0, room.top())
            last = place and place == len(row.cells)
            font = self._small() if place and not last else self._view.font()
            ink = "text" if not place or last else "muted"
            self._say(painter, at, text, ink, font, RIGHT if last else LEFT)

    def _days_before(self) -> bool:
        return any(row.when for row in self._rows())

    def _rows(self) -> Sequence[Row]:
        rows: Sequence[Row] = self._view.model().rows  # type: ignore[attr-defined]
        return rows

    def _room_for(self, width: int) -> list[QRect]:
        """The columns at this width: each as wide as its widest text, as long as there is room; the name and what
        stands behind it give way, never the others.
        """
        if width not in self._columns:
            self._columns[width] = self._laid_out(width)
        return self._columns[width]

    def _laid_out(self, width: int) -> list[QRect]:
        normal, small = QFontMetrics(self._view.font()), QFontMetrics(self._small())
        count = max((len(row.cells) for row in self._rows()), default=0)
        widths = [max((normal.horizontalAdvance(row.name) for row in self._rows() if row.entry), default=0)]
        for place in range(count):
            metrics = normal if place == count - 1 else small
            texts = (row.cells[place] for row in self._rows() if place < len(row.cells))
            widths.append(max((metrics.horizontalAdvance(text) for text in texts), default=0) + 1)
        begin = SIDE + (theme.px(WHEN, self._view) + SIGN + 8 if self._days_before() else 0)
        there = width - begin - SIDE - GAP * sum(1 for wide in widths[1:] if wide > 1)
        self._give_way(widths, there)
        spare = max(0, there - sum(widths))
        found, left = list[QRect](), begin
        for place, wide in enumerate(widths):
            if place and place == count:
                left = width - SIDE - wide
            found.append(QRect(left, 0, wide, theme.px(LINE, self._view)))
            left += wide + (GAP if wide > 1 else 0) + (spare // 2 if place == 0 and count > 1 else 0)
        return found

    def _give_way(self, widths: list[int], there: int) -> None:
        if sum(widths) <= there:
            return
        if len(widths) < 3:
            widths[0] = max(0, there - sum(widths[1:]))
            return
        both = max(0, there - sum(widths[2:]))
        widths[1] = min(widths[1], max(both - widths[0], round(both * SECOND)))
        widths[0] = both - widths[1]

    # ---------------------------------------------------------------- two lines

    def _paint_two(self, painter: QPainter, room: QRect, row: Row) -> None:
        line = theme.px(18, self._view)
        top, left = room.center().y() - line + 1, room.left() + SIDE
        when = self._room_for_when()
        self._draw(painter, QPoint(left, top + 1), SIGNS.get(row.ink, "clock"), row.ink)
        self._say(painter, QRect(left + SIGN + 6, top, when, line), row.when, row.ink or "text")
        self._say(painter, QRect(left + SIGN + 6, top + line, when, line), row.late, row.ink or "muted", self._small())
        right = room.right() - SIDE
        if row.entry is not None and row.entry.phone:
            button = self.dial_room(room)
            self._paint_button(painter, button)
            wide = QFontMetrics(self._view.font()).horizontalAdvance(row.entry.phone) + 2
            right = button.left() - 10 - wide
            self._say(painter, QRect(right, room.top(), wide, room.height()), row.entry.phone, "text", align=RIGHT)
            right -= 10
        name = QRect(left + SIGN + 6 + when, top, right - left - SIGN - 6 - when, line)
        self._say(painter, name, row.name, "text")
        self._say(painter, name.translated(0, line), " · ".join(filter(None, row.cells)), "muted", self._small())

    def _room_for_when(self) -> int:
        """Pixels of the first column: how late it is has more letters in some languages than the time has."""
        if not self._when:
            letters, rows = QFontMetrics(self._small()), getattr(self._view.model(), "rows", [])
            least = theme.px(WHEN, self._view)
            self._when = max([least, *(letters.horizontalAdvance(row.late) + GAP for row in rows)])
        return self._when

    def _paint_button(self, painter: QPainter, room: QRect) -> None:
        over = room.contains(self._view.viewport().mapFromGlobal(self._view.cursor().pos()))
        ground = theme.colour(self._view, "hover" if over else "field")
        paint.box(painter, QRectF(room), ground=ground, edge=theme.colour(self._view, "border"))
        at = room.center() - QPoint(SIGN // 2 - 1, SIGN // 2 - 1)
        self._draw(painter, at, "phone")

    # ---------------------------------------------------------------- ink

    def _small(self) -> QFont:
        return theme.small(self._view.font())

    def _draw(self, painter: QPainter, at: QPoint, name: str, ink: str = "") -> None:
        if name:
            palette = self._view.palette()
            if ink:
                palette.setColor(palette.ColorRole.ButtonText, theme.colour(self._view, ink))
            draw_icon(painter, icon(name, palette), QRect(at, QSize(SIGN, SIGN)))

    def _say(
        self, painter: QPainter, room: QRect, text: str, ink: str, font: QFont | None = None,
        align: Qt.AlignmentFlag = LEFT,
    ) -> None:  # fmt: skip
        font = font or self._view.font()
        painter.setFont(font)
        painter.setPen(theme.colour(self._view, ink))
        cut = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width() + 1)
        painter.drawText(room, align, cut)
