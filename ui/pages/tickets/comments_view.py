"""What was said about a ticket, oldest first: the customer's on a ground of its own, ours below hairs (VT-191)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem

from channergy_crm.language import _
from channergy_crm.text.amounts import of_bytes
from ui.lists.painted_rows import Index, PaintedRows, RowDelegate
from ui.lists.row_ink import DRAWING
from ui.look import paint, theme
from ui.look.icons import icon
from ui.look.plain import kept_to_itself, unmarked
from ui.pages.tickets import words
from ui.widgets.entries_view import ROW, EntriesView
from ui.widgets.menu import Menu

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from channergy_crm.records import Document
    from channergy_crm.services.tickets.comments import Said

SIDE, INSIDE, HEAD, BETWEEN, TAG, FILE = 24, 12, 24, 10, 6, 22
"""pixels: beside the comments, inside one, its head, above and below it, the word of a tag, a file"""
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
LONGEST_SHOWN = 20_000


def _said(said: Said) -> str:
    head = ", ".join(part for part in (said.who, words.came(said), words.moment(said.when)) if part)
    return "\n".join([head, said.text, *(each.caption() for each in said.files)])


class CommentPainter(RowDelegate):
    """Who bold, how small, when at the right, all of what was said, and below it the files that came with it."""

    def __init__(self, grid: QAbstractItemView) -> None:
        super().__init__(grid)
        self._heights: dict[tuple[int, int], int] = {}

    def renew(self) -> None:
        """Letters, colours or words are others now."""
        super().renew()
        self._heights.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        said: Said = index.data(ROW).entry
        width = self.grid.viewport().width()
        key = (said.number, width)
        if key not in self._heights:
            high = laid_out(self.ink.fonts["normal"], said.text, self._room(width)).boundingRect().height()
            self._heights[key] = round(high) + theme.px(HEAD, self.grid) + 2 * BETWEEN + self._files_high(said)
        return QSize(width, self._heights[key])

    def _files_high(self, said: Said) -> int:
        return len(said.files) * theme.px(FILE, self.grid) + (BETWEEN // 2 if said.files else 0)

    def file_at(self, index: Index, at: QPoint, room: QRect) -> Document | None:
        """The file whose line is there, of those below a comment."""
        said: Said = index.data(ROW).entry
        first = room.bottom() + 1 - BETWEEN - len(said.files) * theme.px(FILE, self.grid)
        place = (at.y() - first) // theme.px(FILE, self.grid)
        return said.files[place] if 0 <= place < len(said.files) else None

    def _room(self, width: int) -> int:
        return max(width - 2 * SIDE - 2 * INSIDE, 80)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        said: Said = index.data(ROW).entry
        ink, room = self.ink, QRect(option.rect).adjusted(SIDE, 2, -SIDE, -2)
        chosen = option.state & QStyle.StateFlag.State_Selected and self.grid.hasFocus()
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
        head = QRect(inner.left(), inner.top(), inner.width(), theme.px(HEAD, self.grid))
        self._paint_head(painter, head, said)
        painter.setPen(ink.colours["text"])
        layout = laid_out(ink.fonts["normal"], said.text, inner.width())
        layout.draw(painter, QPointF(inner.left(), head.bottom() + 1))
        high = theme.px(FILE, self.grid)
        top = option.rect.bottom() + 1 - BETWEEN - len(said.files) * high
        for place, each in enumerate(said.files):
            self._paint_file(painter, QRect(inner.left(), top + place * high, inner.width(), high), each)
        painter.restore()

    def _paint_file(self, painter: QPainter, room: QRect, file: Document) -> None:
        ink, size = self.ink, of_bytes(file.size or 0)
        painter.drawPixmap(room.left(), room.center().y() - DRAWING // 2 + 1, ink.drawing("document", "accent_text"))
        room = room.adjusted(DRAWING + 6, 0, 0, 0)
        name = ink.shortened("normal", kept_to_itself(file.name or ""), room.width() - ink.measure("small", size) - 8)
        painter.setFont(ink.fonts["normal"])
        painter.setPen(ink.colours["accent_text"])
        painter.drawText(room, LEFT, name)
        painter.setFont(ink.fonts["small"])
        painter.setPen(ink.colours["muted"])
        painter.drawText(room.adjusted(ink.measure("normal", name) + 8, 0, 0, 0), LEFT, size)

    def _hair_above(self, index: Index) -> bool:
        above = index.siblingAtRow(index.row() - 1) if isinstance(index, QModelIndex) else QModelIndex()
        return above.isValid() and not above.data(ROW).entry.by_customer

    def _paint_head(self, painter: QPainter, room: QRect, said: Said) -> None:
        ink = self.ink
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
        ink = self.ink
        wide = ink.measure("small", said) + 2 * TAG + DRAWING + 4
        if wide > room.width():
            return
        high = ink.metrics["small"].height() + 4
        box = QRectF(room.left(), room.center().y() - high / 2 + 1, wide, high)
        paint.box(painter, box, ground=ink.colours[ground], round_by=paint.TAG)
        painter.drawPixmap(room.left() + TAG, room.center().y() - DRAWING // 2 + 1, ink.drawing(sign, colour))
        painter.setPen(ink.colours[colour])
        painter.drawText(box.adjusted(TAG + DRAWING + 4, 0, 0, 0), LEFT, said)


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
    """The comments; the newest stands at the foot and is what is seen first. Enter, a double click or the menu opens a
    file that came with one.
    """

    opened = Signal(object)
    """a file that shall be opened"""
    saved = Signal(object)
    """a file that shall be written somewhere"""

    def __init__(self, name: str, parent: QWidget) -> None:
        rows = PaintedRows(_said)
        super().__init__(rows, (f"{name}.hidden_comments", f"{name}.comments"), _("Comments"), parent)
        self.rows = rows
        rows.setParent(self)
        self._painter = CommentPainter(self)
        self.paint_with(self._painter, self._painter.renew)
        theme.stand_on(self.viewport(), "base")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)

    def show_comments(self, said: Sequence[Said]) -> None:
        """Show these, the last of them in sight."""
        self._painter.renew()
        self.rows.show(said)
        self.scrollToBottom()
        QTimer.singleShot(0, self, self.scrollToBottom)  # it may have become higher meanwhile

    def _open_menu(self, at: QPoint | None) -> None:
        """What can be done with the files of the current comment, and its words copied."""
        said: Said | None = self.current_entry()
        if said is None:
            return
        menu = Menu(self)
        menu.setObjectName("tickets.comment_menu")
        for sign, words_said, signal in (
            ("open", _("Open {name}"), self.opened), ("save", _("Save {name} as…"), self.saved),
        ):  # fmt: skip
            for each in said.files:
                shown = unmarked(words_said.format(name=kept_to_itself(each.name or "")))
                menu.addAction(icon(sign, menu), shown, partial(signal.emit, each))
        if said.files:
            menu.addSeparator()
        menu.addAction(icon("copy", menu), _("Copy"), self.copy)
        below = self.visualRect(self.currentIndex()).bottomLeft() + QPoint(SIDE + INSIDE, 0)
        menu.popup(self.viewport().mapToGlobal(below if at is None else at))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The file that is pointed at, else the only one there is."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            file = self._painter.file_at(index, event.position().toPoint(), self.visualRect(index))
            self._open(file)
        super().mouseDoubleClickEvent(event)

    def _open(self, file: Document | None) -> None:
        """Of several files nobody has pointed at, one is chosen."""
        said: Said | None = self.current_entry()
        files = [file] if file is not None else list(said.files) if said is not None else []
        if len(files) == 1:
            self.opened.emit(files[0])
        elif files:
            self._open_menu(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens what came with the comment."""
        said: Said | None = self.current_entry()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and said is not None and said.files:
            self._open(None)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The newest stays in sight."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self.scrollToBottom)
