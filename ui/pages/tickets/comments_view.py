"""What was said about a ticket, oldest first: the customer's on a ground of its own, ours below hairs (VT-191)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from channergy_crm.language import _
from ui.lists.row_ink import DRAWING, Ink
from ui.look import paint, theme
from ui.look.plain import kept_to_itself
from ui.pages.tickets import words
from ui.widgets.entries_view import ROW, EntriesView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QFont, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.tickets.comments import Said

Index = QModelIndex | QPersistentModelIndex
SIDE, INSIDE, HEAD, BETWEEN, TAG = 24, 12, 24, 10, 6
"""pixels: beside the comments, inside one, its head, above and below it, beside the word of a tag"""
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
LONGEST_SHOWN = 20_000


class Row(NamedTuple):
    """A comment as a row of the list."""

    entry: Said


class Comments(QAbstractListModel):
    """The comments on one ticket."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.said: Sequence[Said] = ()

    def show(self, said: Sequence[Said]) -> None:
        """These and nothing else."""
        self.beginResetModel()
        self.said = list(said)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.said)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        said = self.said[index.row()]
        if role == ROW:
            return Row(said)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            head = ", ".join(part for part in (said.who, words.came(said), words.moment(said.when)) if part)
            return f"{head}\n{said.text}"
        return None


class CommentPainter(QStyledItemDelegate):
    """Who bold, how small, when at the right, and all of what was said."""

    def __init__(self, grid: QAbstractItemView) -> None:
        super().__init__(grid)
        self._grid = grid
        self._ink: Ink | None = None
        self._heights: dict[tuple[int, int], int] = {}

    def renew(self) -> None:
        """Letters, colours or words are others now."""
        self._ink = None
        self._heights.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        said: Said = index.data(ROW).entry
        width = self._grid.viewport().width()
        key = (said.number, width)
        if key not in self._heights:
            high = laid_out(self._inks().fonts["normal"], said.text, self._room(width)).boundingRect().height()
            self._heights[key] = round(high) + theme.px(HEAD, self._grid) + 2 * BETWEEN
        return QSize(width, self._heights[key])

    def _room(self, width: int) -> int:
        return max(width - 2 * SIDE - 2 * INSIDE, 80)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        said: Said = index.data(ROW).entry
        ink, room = self._inks(), QRect(option.rect).adjusted(SIDE, 2, -SIDE, -2)
        chosen = option.state & QStyle.StateFlag.State_Selected and self._grid.hasFocus()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if said.by_customer or chosen:
            ground = ink.colours["tile"] if said.by_customer else None
            edge = ink.colours["accent"] if chosen else None
            paint.box(painter, QRectF(room), ground=ground, edge=edge, round_by=paint.TILE)
        elif self._hair_above(index):
            painter.fillRect(QRectF(room.left() + INSIDE, option.rect.top(), room.width() - 2 * INSIDE, 1),
                             ink.colours["line"])  # fmt: skip
        inner = room.adjusted(INSIDE, BETWEEN - 4, -INSIDE, 0)
        head = QRect(inner.left(), inner.top(), inner.width(), theme.px(HEAD, self._grid))
        self._paint_head(painter, head, said)
        painter.setPen(ink.colours["text"])
        layout = laid_out(ink.fonts["normal"], said.text, inner.width())
        layout.draw(painter, QPointF(inner.left(), head.bottom() + 1))
        painter.restore()

    def _hair_above(self, index: Index) -> bool:
        above = index.siblingAtRow(index.row() - 1) if isinstance(index, QModelIndex) else QModelIndex()
        return above.isValid() and not above.data(ROW).entry.by_customer

    def _paint_head(self, painter: QPainter, room: QRect, said: Said) -> None:
        ink = self._inks()
        when = words.moment(said.when)
        painter.setFont(ink.fonts["small"])
        painter.setPen(ink.colours["muted"])
        painter.drawText(room, RIGHT, when)
        room = room.adjusted(0, 0, -ink.measure("small", when) - 8, 0)
        who = ink.shortened("strong", kept_to_itself(said.who), room.width())
        painter.setFont(ink.fonts["strong"])
        painter.setPen(ink.colours["text"])
        painter.drawText(room, LEFT, who)
        room.setLeft(room.left() + ink.measure("strong", who) + 8)
        failed = said.mail == "failed"
        how = ink.shortened("small", words.came(said), max(room.width(), 0))
        painter.setFont(ink.fonts["small"])
        painter.setPen(ink.colours["overdue" if failed else "muted"])
        painter.drawText(room, LEFT, how)
        room.setLeft(room.left() + ink.measure("small", how) + 8)
        if said.internal:
            self._paint_tag(painter, room, _("only for us"), "eye", "chip", "chip_text")
        elif said.solves:
            self._paint_tag(painter, room, _("solution"), "check", "done_soft", "done")

    def _paint_tag(self, painter: QPainter, room: QRect, said: str, sign: str, ground: str, colour: str) -> None:
        ink = self._inks()
        wide = ink.measure("small", said) + 2 * TAG + DRAWING + 4
        if wide > room.width():
            return
        high = ink.metrics["small"].height() + 4
        box = QRectF(room.left(), room.center().y() - high / 2 + 1, wide, high)
        paint.box(painter, box, ground=ink.colours[ground], round_by=paint.TAG)
        painter.drawPixmap(room.left() + TAG, room.center().y() - DRAWING // 2 + 1, ink.drawing(sign, colour))
        painter.setPen(ink.colours[colour])
        painter.drawText(box.adjusted(TAG + DRAWING + 4, 0, 0, 0), LEFT, said)

    def _inks(self) -> Ink:
        if self._ink is None:
            self._ink = Ink(self._grid)
        return self._ink


def laid_out(font: QFont, text: str, width: int, lines: int = 0) -> QTextLayout:
    """The words in as many lines as they take at this width, at most so many where that is said."""
    shown = kept_to_itself(text[:LONGEST_SHOWN]).replace("\n", "\u2028")
    layout = _broken(shown, font, width, lines)
    last = layout.lineAt(layout.lineCount() - 1) if layout.lineCount() else None
    ends = last.textStart() + last.textLength() if last is not None else 0
    if lines and ends < len(shown):
        layout = _broken(f"{shown[: ends - 2].rstrip()}…", font, width, lines)
    return layout


def _broken(shown: str, font: QFont, width: int, lines: int) -> QTextLayout:
    layout = QTextLayout(shown, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    layout.setTextOption(option)
    layout.beginLayout()
    high, count = 0.0, 0
    while (not lines or count < lines) and (row := layout.createLine()).isValid():
        row.setLineWidth(width)
        row.setPosition(QPointF(0, high))
        high += row.height() + 2
        count += 1
    layout.endLayout()
    return layout


class CommentsView(EntriesView):
    """The comments; the newest stands at the foot and is what is seen first."""

    def __init__(self, name: str, parent: QWidget) -> None:
        rows = Comments()
        super().__init__(rows, (f"{name}.hidden_comments", f"{name}.comments"), _("Comments"), parent)
        self.rows = rows
        rows.setParent(self)
        self._painter = CommentPainter(self)
        self.paint_with(self._painter, self._painter.renew)
        theme.stand_on(self.viewport(), "base")

    def show_comments(self, said: Sequence[Said]) -> None:
        """Show these, the last of them in sight."""
        self._painter.renew()
        self.rows.show(said)
        self.scrollToBottom()
        QTimer.singleShot(0, self, self.scrollToBottom)  # it may have become higher meanwhile

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The newest stays in sight."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self.scrollToBottom)
