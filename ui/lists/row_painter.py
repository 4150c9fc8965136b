"""Paints the rows of a list: the one under the cursor, marks, reminders in their colour, hairs between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QApplication, QTableView

from channergy_crm.records.tags import Worn
from ui.lists.row_ink import DRAWING, Inked
from ui.lists.row_layout import CHECK, LEFT, SIGN, TAG, Piece, two_lines
from ui.lists.section_painter import hair, paint_entry, paint_head
from ui.look import paint, tag_colours
from ui.look.turned import across, turned

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QImage

    from channergy_crm.query.listing import Row
    from ui.lists.row_words import Said, Sign
    from ui.lists.table_model import RecordModel

PADDING = 8
MIDDLE = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
TO_THE_LEFT, TO_THE_RIGHT = MIDDLE | int(Qt.AlignmentFlag.AlignLeft), MIDDLE | int(Qt.AlignmentFlag.AlignRight)


class Column(NamedTuple):
    """A column as it stands on the screen."""

    place: int
    left: int
    width: int
    right: bool
    muted: bool
    ticked: bool
    pictured: bool = False


class State(NamedTuple):
    """How a row stands: its ground and its mark."""

    ground: str
    marked: bool
    here: bool


class RowPainter(Inked):
    """Paints what a grid shows of its model, the visible rows only."""

    grid: QTableView

    def __init__(self, grid: QTableView) -> None:
        self.grid = grid
        self.in_two_lines = self.shows_cell = False
        """every row in two lines; show which cell somebody is on"""
        self.pointed = -1
        """the row under the pointer"""
        self.picture: Callable[[object], QImage | None] | None = None
        """what gives the picture of a number, in columns that show one; None where it is not there yet"""

    def paint(self, painter: QPainter, model: RecordModel, clip: QRect, marked: Sequence[range]) -> None:
        """Paint the rows in this part of the viewport; those that are `marked` bear a check."""
        grid, ink = self.grid, self.ink
        painter = turned(painter, grid.viewport())
        plain = "side" if self.in_two_lines and model.sectioning is None else "base"
        painter.fillRect(clip, ink.colours[plain])
        first, last = grid.rowAt(clip.top()), grid.rowAt(clip.bottom())
        if first < 0:
            return
        here, focused = grid.currentIndex().row(), self._has_focus()
        columns = [] if self.in_two_lines else self._columns(model)
        for row in range(first, (last if last >= 0 else model.rowCount() - 1) + 1):
            rect = QRect(0, grid.rowViewportPosition(row), grid.viewport().width(), grid.rowHeight(row))
            held = model.row(row)
            ground = plain
            if row == here:
                ground = "soft" if focused else "idle"
            elif row == self.pointed:
                ground = "hover"
            state = State(ground, any(row in run for run in marked), row == here)
            if row == here:
                paint.cursor(painter, grid, rect, focus=focused)
            elif ground != plain:
                painter.fillRect(rect, ink.colours[ground])
            if held is not None:
                self._row(painter, rect, model, held, state, columns)
            elif head := model.head(row):
                titles = model.sectioned().titles if row == 0 else ("", "", "")
                paint_head(painter, rect, ink, head, titles)
                continue
            self._hair(painter, rect, *(hair(rect.width()) if model.sectioning is not None else (0, rect.width())))
        if columns and focused and self.shows_cell:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(ink.colours["accent"])
            cell = across(grid.viewport(), grid.visualRect(grid.currentIndex()))
            painter.drawRect(cell.adjusted(1, 1, -2, -2))  # which cell F2 opens

    def _has_focus(self) -> bool:
        held = QApplication.focusWidget()
        return held is not None and (held is self.grid or self.grid.isAncestorOf(held))

    def _columns(self, model: RecordModel) -> list[Column]:
        header, words = self.grid.horizontalHeader(), model.words
        found = []
        for visual in range(header.count()):
            place = header.logicalIndex(visual)
            if not header.isSectionHidden(place) and place < len(model.columns):
                left, width = header.sectionViewportPosition(place), header.sectionSize(place)
                left = across(header.viewport(), QRect(left, 0, width, 1)).left()
                pictured = getattr(model.kind(place), "pictured", False)
                right, muted = words.right[place], words.muted[place]
                found.append(Column(place, left, width, right, muted, model.is_ticked(place), pictured))
        return found

    def _hair(self, painter: QPainter, rect: QRect, left: int, width: int) -> None:
        painter.fillRect(QRect(left, rect.bottom(), width, 1), self.ink.colours["hair"])

    def _row(
        self, painter: QPainter, rect: QRect, model: RecordModel, held: Row, state: State, columns: list[Column],
    ) -> None:  # fmt: skip
        if model.sectioning is not None:
            entry = model.sectioning.entry(model.words.values(held))
            paint_entry(painter, rect, self.ink, entry, here=state.here, marked=state.marked)
        elif self.in_two_lines and model.two_lines is not None:
            said = model.two_lines.say(model.words.values(held), model.sign)
            pieces = two_lines(said, rect.width(), self.ink.measure, marked=state.marked)
            self._two_lines(painter, rect, said, pieces, state, held.ink)
        else:
            self._cells(painter, rect, model, held, state, columns)

    # A row of a table

    def _cells(
        self, painter: QPainter, rect: QRect, model: RecordModel, held: Row, state: State, columns: list[Column],
    ) -> None:  # fmt: skip
        ink, row_ink = self.ink, model.ink_of(held)
        painter.setFont(ink.fonts["normal"])
        for count, column in enumerate(columns):
            left, width = column.left + PADDING + (4 if count == 0 else 0), column.width - 2 * PADDING
            if count == 0:
                width -= 4
                if state.marked:
                    ink.check(painter, QPoint(left, rect.center().y()), checked=True)
                    left, width = left + CHECK, width - CHECK
            if column.ticked:
                ink.check(painter, QPoint(left, rect.center().y()), checked=bool(held.values[column.place]))
                continue
            if column.pictured:
                if count or not state.marked:  # else the check has its place
                    self._picture(painter, held.values[column.place], rect, left)
                continue
            text = model.words.text(held, column.place)
            if not text:
                continue
            if isinstance(worn := held.values[column.place], Worn):
                self._chips(painter, QRect(left, rect.top(), width, rect.height()), worn, state)
                painter.setFont(ink.fonts["normal"])
                continue
            sign = model.sign_of(held, column.place)
            if (drawn := model.drawn_before(held, column.place)).drawing:
                self._drawing(painter, drawn, left, rect)
                left, width = left + SIGN, width - SIGN
            painter.setPen(ink.colours[sign.ink or row_ink or ("muted" if column.muted else "text")])
            side = TO_THE_RIGHT if column.right else TO_THE_LEFT
            painter.drawText(QRect(left, rect.top(), width, rect.height()), side, ink.shortened("normal", text, width))

    def _chips(self, painter: QPainter, room: QRect, worn: Worn, state: State) -> None:
        """The tags of a row on their colours, as many as there is room for; the tip names all of them."""
        ink, left = self.ink, room.left()
        high = ink.metrics["small"].height() + 3
        painter.setFont(ink.fonts["small"])
        for place, (name, colour) in enumerate(worn):
            wide = ink.measure("small", name) + 2 * TAG
            last = place == len(worn) - 1
            if left + wide + (0 if last else ink.measure("small", " …")) > room.right() + 1:
                name = ink.shortened("small", name, room.right() - left - 2 * TAG) if left == room.left() else "…"
                wide = min(wide, room.right() - left) if name != "…" else 0
            ground, word = tag_colours.inks(self.grid, colour)
            box = QRect(left, room.center().y() - high // 2 + 1, wide, high)
            if wide:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                on = ink.colours["base"] if state.here else ground
                paint.box(painter, QRectF(box), ground=on, round_by=paint.TAG)
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(word if wide else ink.colours["muted"])
            painter.drawText(box.adjusted(TAG, 0, 0, 0) if wide else room.adjusted(left - room.left(), 0, 0, 0),
                             TO_THE_LEFT, name)  # fmt: skip
            if not wide or name != worn[place][0]:
                return
            left += wide + 4

    # Two lines

    def _two_lines(
        self, painter: QPainter, rect: QRect, said: Said, pieces: list[Piece], state: State, row_ink: str
    ) -> None:
        ink = self.ink
        if state.marked:
            ink.check(painter, QPoint(LEFT, rect.center().y()), checked=True)
        above = ink.metrics["name"].height()
        below = ink.metrics["small"].height()
        first = QRect(0, rect.top() + rect.height() * 32 // 100 - above // 2, 0, above)
        second = QRect(0, rect.top() + rect.height() * 72 // 100 - below // 2, 0, below)
        for piece in pieces:
            what, line = piece.what, first if piece.what in ("name", "aside") else second
            room = QRect(piece.left, line.top(), piece.width, line.height())
            if what == "aside" and said.tag:
                self._tag(painter, room, said, piece, state)
                continue
            if what == "phone":
                room = QRect(piece.left, rect.top(), piece.width, rect.height())
            if what == "when" and said.sign.drawing:
                self._drawing(painter, said.sign, room.left(), room)
                room.setLeft(room.left() + SIGN)
            font = {"name": "name", "aside": "name", "phone": "normal"}.get(what, "small")
            plain = "text" if what in ("name", "aside", "phone") else "muted"
            colour = {"when": said.sign.ink, "name": row_ink}.get(what) or plain
            painter.setFont(ink.fonts[font])
            painter.setPen(ink.colours[colour])
            painter.drawText(room, TO_THE_LEFT, ink.shortened(font, piece.text, room.width()))

    def _tag(self, painter: QPainter, room: QRect, said: Said, piece: Piece, state: State) -> None:
        ink, on = self.ink, "base" if state.here else "chip"
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.box(painter, QRectF(room).adjusted(0, -1, 0, 0), ground=ink.colours[on], round_by=paint.TAG)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        words = room.adjusted(TAG, -1, -TAG, 0)
        if said.refused:
            painter.drawPixmap(words.left(), words.center().y() - DRAWING // 2 + 1, ink.drawing("cancel", "chip_text"))
            words.setLeft(words.left() + SIGN)
        painter.setFont(ink.fonts["small"])
        painter.setPen(ink.colours["chip_text"])
        painter.drawText(words, TO_THE_LEFT, ink.shortened("small", piece.text, words.width()))

    # Small things

    def _picture(self, painter: QPainter, number: object, rect: QRect, left: int) -> None:
        """The middle of a small picture, as high as the row has room."""
        image = self.picture(number) if number and self.picture is not None else None
        if image is None:
            return
        side, least = rect.height() - 6, min(image.width(), image.height())
        place = QRectF(left, rect.top() + 3, side, side)
        middle = QRectF((image.width() - least) / 2, (image.height() - least) / 2, least, least)
        shape = QPainterPath()
        shape.addRoundedRect(place, paint.TAG, paint.TAG)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setClipPath(shape)
        painter.drawImage(place, image, middle)
        painter.restore()

    def _drawing(self, painter: QPainter, sign: Sign, left: int, rect: QRect) -> None:
        picture = self.ink.drawing(sign.drawing, sign.ink or "muted")
        painter.drawPixmap(left, rect.center().y() - DRAWING // 2 + 1, picture)
