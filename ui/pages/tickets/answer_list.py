"""A list of answers: the question bold, what is answered, its stage and how often it was used; verbs on the current
one (VT-176).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QStyle, QStyleOptionViewItem, QWidget

from channergy_crm.language import _
from ui.lists.painted_rows import Index, PaintedRows, RowDelegate
from ui.look import paint, theme
from ui.pages.tickets import words
from ui.pages.tickets.comments_view import laid_out
from ui.widgets.controls import Button
from ui.widgets.dialog import named
from ui.widgets.entries_view import ROW, EntriesView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QTextLayout

    from channergy_crm.records import FAQ

SIDE, INSIDE, ABOVE, GAP, FOOT = 8, 12, 9, 4, 40
"""pixels: beside the list, inside an answer, above and below it, between its lines, its verbs"""
FEW, MORE = 2, 4
"""lines of an answer that are seen, and of the current one"""


def _said(held: FAQ) -> str:
    return f"{held.question}\n{held.answer}\n{words.used(held)}"


class AnswerPainter(RowDelegate):
    """Paints answers; the current one stands on a ground of its own, with room for its verbs."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self.grid.viewport().width()
        high = sum(layout.boundingRect().height() + GAP for layout in self._layouts(index, width))
        foot = theme.px(FOOT, self.grid) if self._is_current(index) else 0
        return QSize(width, round(high) + 2 * ABOVE + foot)

    def _is_current(self, index: Index) -> bool:
        return index.row() == self.grid.currentIndex().row()

    def _layouts(self, index: Index, width: int) -> list[QTextLayout]:
        held: FAQ = index.data(ROW).entry
        fonts, room = self.ink.fonts, max(width - 2 * SIDE - 2 * INSIDE, 60)
        lines = MORE if self._is_current(index) else FEW
        return [
            laid_out(fonts["strong"], held.question or "", room, FEW),
            laid_out(fonts["normal"], held.answer or "", room, lines),
            laid_out(fonts["small"], words.used(held), room, 1),
        ]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        ink, room, current = self.ink, QRect(option.rect).adjusted(SIDE, 2, -SIDE, -2), self._is_current(index)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if current or over:
            edge = ink.colours["accent"] if current and self.grid.hasFocus() else None
            ground = ink.colours["tile" if current else "hover"]
            paint.box(painter, QRectF(room), ground=ground, edge=edge, round_by=paint.TILE)
        elif index.row() and index.row() - 1 != self.grid.currentIndex().row():
            painter.fillRect(QRectF(room.left() + INSIDE, option.rect.top(), room.width() - 2 * INSIDE, 1),
                             ink.colours["line"])  # fmt: skip
        at = QPointF(room.left() + INSIDE, option.rect.top() + ABOVE)
        for layout, colour in zip(self._layouts(index, option.rect.width()), ("text", "text", "muted"), strict=True):
            painter.setPen(ink.colours[colour])
            layout.draw(painter, at)
            at += QPointF(0, layout.boundingRect().height() + GAP)
        painter.restore()


class AnswerList(EntriesView):
    """Answers one walks through: Enter puts the current one where it is wanted, Ctrl+C copies it."""

    taken = Signal(object)
    """an answer that shall be put in"""
    opened = Signal(object)
    """an answer that shall be looked at on its own page"""

    def __init__(self, name: str, take: str, parent: QWidget) -> None:
        rows = PaintedRows(_said)
        super().__init__(rows, (f"{name}.hidden_answers", f"{name}.answers"), _("Answers"), parent)
        self._name, self._take, self.rows = name, take, rows
        rows.setParent(self)
        self._painter = AnswerPainter(self)
        self.paint_with(self._painter, self._painter.renew)
        self._verbs: QWidget | None = None
        self.turned.connect(self._stand)
        self.doubleClicked.connect(lambda _index: self._do(self.taken))

    def show_answers(self, found: Sequence[FAQ]) -> None:
        """Show these, the first of them current."""
        self._verbs = None
        self.rows.show(found)
        self.stand_on_row(0 if found else -1)

    def _stand(self) -> None:
        """The verbs stand on the current one, which has more room than the others."""
        if self._verbs is not None:
            self._verbs.hide()
            self._verbs.deleteLater()
            self._verbs = None
        if self.currentIndex().isValid():
            self._verbs = self._made_verbs()
            self.setIndexWidget(self.currentIndex(), self._verbs)
        self.scheduleDelayedItemsLayout()

    def _made_verbs(self) -> QWidget:
        held = QWidget(self)
        held.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, False)
        row = QHBoxLayout(held)
        row.setContentsMargins(SIDE + INSIDE, 0, SIDE + INSIDE, ABOVE)
        row.setSpacing(4)
        for word, said, signal in (("take", self._take, self.taken), ("open", _("Open"), self.opened)):
            button = named(Button(said, held), f"{self._name}.{word}", said)
            button.quiet(word == "open")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Enter does it; Tab goes on
            button.clicked.connect(lambda _checked=False, signal=signal: self._do(signal))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        return held

    def _do(self, signal: Any) -> None:
        if (held := self.current_entry()) is not None:
            signal.emit(held)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_entry() is not None:
            self._do(self.taken)
        else:
            super().keyPressEvent(event)
