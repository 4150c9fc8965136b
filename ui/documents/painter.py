"""How a document is painted in its list: a small picture or its kind on a tile, its name, what, when and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.documents import rows
from ui.lists.row_ink import DRAWING, Ink
from ui.look import paint, theme
from ui.look.plain import kept_to_itself
from ui.look.turned import turned
from ui.widgets.entries_view import ROW

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from ui.documents.rows import Row, Rows

Index = QModelIndex | QPersistentModelIndex
HIGH, TILE, SIDE, BETWEEN = 48, 36, 12, 10
"""pixels at 9 pt: a row, its tile, the air at its sides and between tile and words, the bar of the cursor"""
FEW, NARROWER = 3, 0.8
"""letters that fit on a tile as they are; more are smaller"""
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class DocumentPainter(QStyledItemDelegate):
    """Paints the rows; names that are too long lose their middle, so that the ending is seen."""

    def __init__(self, grid: QAbstractItemView, model: Rows) -> None:
        super().__init__(grid)
        self._grid, self._model = grid, model
        self._ink: Ink | None = None

    def renew(self) -> None:
        """Letters or colours are others now."""
        self._ink = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._grid.viewport().width(), theme.px(HIGH, self._grid))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter = turned(painter, self._grid.viewport())
        row: Row = index.data(ROW)
        room, ink = QRect(option.rect), self._inks()
        painter.save()
        self._paint_ground(painter, option, room, ink)
        side = theme.px(TILE, self._grid)
        tile = QRect(room.left() + SIDE, room.center().y() - side // 2, side, side)
        self._paint_tile(painter, tile, row, ink)
        left = tile.right() + BETWEEN
        words = QRect(left, room.top(), room.right() - SIDE - left, room.height())
        name, small = ink.metrics["normal"].height(), ink.metrics["small"].height()
        top = room.center().y() - (name + small + 2) // 2
        painter.setFont(ink.fonts["normal"])
        painter.setPen(ink.colours["text"])
        said = kept_to_itself(row.entry.document.caption())
        shown = ink.metrics["normal"].elidedText(said, Qt.TextElideMode.ElideMiddle, words.width())
        painter.drawText(QRect(words.left(), top, words.width(), name), LEFT, shown)
        painter.setFont(ink.fonts["small"])
        painter.setPen(ink.colours["muted"])
        said = ink.shortened("small", kept_to_itself(rows.small(row.entry)), words.width())
        painter.drawText(QRect(words.left(), top + name + 2, words.width(), small), LEFT, said)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, room: QRect, ink: Ink) -> None:
        states, focus = QStyle.StateFlag, self._grid.hasFocus()
        if option.state & states.State_Selected:
            paint.cursor(painter, self._grid, room, focus=focus)
        elif option.state & states.State_MouseOver:
            painter.fillRect(room, ink.colours["hover"])

    def _paint_tile(self, painter: QPainter, tile: QRect, row: Row, ink: Ink) -> None:
        document = row.entry.document
        picture = self._model.pictures.get(document.hash or "")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if picture is not None:
            self._paint_picture(painter, tile, picture)
            paint.box(painter, QRectF(tile), edge=ink.colours["line"], round_by=paint.TAG)
            return
        paint.box(painter, QRectF(tile), ground=ink.colours["tile"], edge=ink.colours["line"], round_by=paint.TAG)
        letters = rows.on_tile(document)
        if not letters:
            at = tile.center()
            painter.drawPixmap(at.x() - DRAWING // 2, at.y() - DRAWING // 2, ink.drawing("document", "muted"))
            return
        font = QFont(ink.fonts["small"])
        font.setBold(True)
        if len(letters) > FEW:
            font.setPointSizeF(font.pointSizeF() * NARROWER)
        painter.setFont(font)
        painter.setPen(ink.colours["muted"])
        painter.drawText(tile, Qt.AlignmentFlag.AlignCenter, letters)

    def _paint_picture(self, painter: QPainter, tile: QRect, picture: QImage) -> None:
        """The middle of it, as large as the tile."""
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(tile).adjusted(0.5, 0.5, -0.5, -0.5), paint.TAG, paint.TAG)
        painter.save()
        painter.setClipPath(shape)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        side = min(picture.width(), picture.height())
        middle = QRect((picture.width() - side) // 2, (picture.height() - side) // 2, side, side)
        painter.drawImage(tile, picture, middle)
        painter.restore()

    def _inks(self) -> Ink:
        if self._ink is None:
            self._ink = Ink(self._grid)
        return self._ink
