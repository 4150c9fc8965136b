"""One column of the board: its head with count and sums, and its cards, dragged and walked through by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QSizePolicy, QVBoxLayout, QWidget

from channergy_crm.language import _, ngettext
from channergy_crm.records.projects import Means
from channergy_crm.services.board import ELSEWHERE, UNPROCESSED
from ui.look import paint, stage_colours, theme
from ui.look.icons import icon
from ui.look.turned import draw_icon
from ui.look.wording import whole_money
from ui.pages.board.cards import CARDS, SIGN, CardDelegate, CardModel, carried
from ui.widgets.controls import LEFT, RIGHT
from ui.widgets.dialog import named
from ui.widgets.views import calm

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import (
        QDragEnterEvent,
        QDragLeaveEvent,
        QDragMoveEvent,
        QDropEvent,
        QFocusEvent,
        QKeyEvent,
        QPaintEvent,
    )

    from channergy_crm.services.board import Card, Column
    from channergy_crm.services.board_cards import Face

NARROWEST, HEAD, AROUND, INSIDE, LINE = 192, 52, 8, 8, 21
"""pixels: a column at least, its head, the ground around its cards, around the words of the head, one of its lines"""
NAMES = {ELSEWHERE: "elsewhere", UNPROCESSED: "unprocessed"}


class Cards(QListView):
    """The cards of a column. `dropped` tells what was let go over it as ("opportunity", number), `stepped` how far to
    the side somebody wants to walk, or to move the card with them.
    """

    dropped = Signal(object)
    typed = Signal(str)
    stepped = Signal(int, bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setMouseTracking(True)
        self.setItemDelegate(CardDelegate(self))
        self.viewport().setAutoFillBackground(False)
        self.over = False
        self.takes = True
        """whether a card may come here: into a stage, but not among those that stand in none"""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if step is not None and held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier):
            self.stepped.emit(step, bool(held))
            event.accept()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
            event.accept()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters filter the board."""
        if search.strip():
            self.typed.emit(search)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model() is not None and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, 0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._take(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._take(event)

    def _take(self, event: QDragEnterEvent | QDragMoveEvent) -> None:
        if self.takes and event.mimeData().hasFormat(CARDS):
            event.acceptProposedAction()
            self._lie_over(True)
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._lie_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._lie_over(False)
        those = carried(event.mimeData())
        if self.takes and those:
            event.acceptProposedAction()
            self.dropped.emit(those)

    def _lie_over(self, on: bool) -> None:
        if self.over != on:
            self.over = on
            parent = self.parentWidget()
            if parent is not None:
                parent.update()


class Head(QWidget):
    """What the column is called, how many deals stand in it and what they are worth."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.column: Column | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(0, theme.px(HEAD, self))

    def lines(self) -> tuple[str, str, str]:
        """The sum, what is said under it, and the count."""
        column = self.column
        if column is None:
            return "", "", ""
        count = f"{column.count:,}"
        if column.stage == UNPROCESSED:
            return "", _("no deal yet"), count
        if column.means is Means.WON:
            return whole_money(column.sums.actual), _("actual"), count
        if column.means is Means.LOST:
            return whole_money(sum(card.amount or 0 for card in column.cards)), "", count
        return whole_money(column.sums.projected), _("weighted {amount}").format(
            amount=whole_money(column.sums.weighted)), count  # fmt: skip

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.column is None:
            return
        painter, worn = paint.begin_turned(self), theme.theme_of(self)
        whole, below, count = self.lines()
        small, section = theme.small(self.font()), theme.section(self.font())
        first, second = self._line(0), self._line(1)
        bar = QRectF(INSIDE, 0, self.width() - 2 * INSIDE, 3)
        paint.box(painter, bar, ground=stage_colours.colour(self, self.column.colour), round_by=1.5)
        letters, at = QFontMetrics(section), first.left()
        painter.setFont(section)
        painter.setPen(QColor(worn.text))
        if self.column.means is Means.WON:
            sign = QRectF(at, first.center().y() - SIGN / 2, SIGN, SIGN).toRect()
            draw_icon(painter, icon("check", _inked(self, worn.done)), sign)
            at += SIGN + 6
        title, wide = self.column.title, QFontMetrics(small).horizontalAdvance(count)
        free = first.right() - at - letters.horizontalAdvance(whole) - (10 if whole else 0)
        if letters.horizontalAdvance(title) > free:  # the sum gives way to the name
            free, below = first.right() - at, whole
        else:
            painter.drawText(first, RIGHT, whole)
        beside = letters.horizontalAdvance(title) + 8 + wide <= free
        fits = letters.elidedText(title, Qt.TextElideMode.ElideRight, int(free))
        painter.drawText(first.adjusted(at - first.left(), 0, 0, 0), LEFT, fits)
        painter.setFont(small)
        painter.setPen(QColor(worn.muted))
        painter.drawText(second, RIGHT, below)
        after = at - first.left() + letters.horizontalAdvance(title) + 8
        painter.drawText(first.adjusted(after, 1, 0, 1) if beside else second, LEFT, count)

    def _line(self, place: int) -> QRectF:
        """The first line with the title, or the second one."""
        high = theme.px(LINE, self)
        return QRectF(INSIDE, 5 + place * high, self.width() - 2 * INSIDE, high)


def _inked(widget: QWidget, ink: str) -> QPalette:
    palette = widget.palette()
    palette.setColor(palette.ColorRole.ButtonText, QColor(ink))
    return palette


class ColumnView(QWidget):
    """The head and the cards, on a ground of their own; the place where a card may be let go lights up."""

    def __init__(self, faces: Callable[[Sequence[Card]], dict[tuple[str, int], Face]], parent: QWidget) -> None:
        super().__init__(parent)
        self.head = Head(self)
        self.model = CardModel(faces, self)
        self.cards = calm(Cards(self))
        self.cards.setModel(self.model)
        column = QVBoxLayout(self)
        column.setContentsMargins(AROUND, 8, AROUND, AROUND)
        column.setSpacing(2)
        column.addWidget(self.head)
        column.addWidget(self.cards, 1)
        self.setMinimumWidth(theme.px(NARROWEST, self))

    @property
    def stage(self) -> str:
        """The stage of its deals."""
        return self.head.column.stage if self.head.column is not None else ""

    def show_column(self, column: Column, faces: dict[tuple[str, int], Face]) -> None:
        """Show this column; the cursor stays on the card it stood on, else in its place."""
        card = self.current()
        row = self.cards.currentIndex().row()
        self.head.column = column
        word = NAMES.get(column.stage, column.stage)
        named(self.cards, f"board.column.{word}", self._told(column))
        changed = not self.model.shows(column.cards, faces)
        if changed:
            self.model.show_cards(column.cards, faces)
        if changed and card is not None:
            there = self.model.row_of(card.number, card.record)
            self.stand_on(there if there >= 0 else min(row, len(column.cards) - 1))
        self.head.update()

    def _told(self, column: Column) -> str:
        """The head in words, for whoever hears the screen."""
        deals = ngettext("{count:,} card", "{count:,} cards", column.count).format(count=column.count)
        whole, below, _count = self.head.lines()
        return ", ".join(part for part in (column.title, deals, whole, below) if part)

    def current(self) -> Card | None:
        """The card somebody stands on."""
        row = self.cards.currentIndex().row()
        return self.model.cards[row] if 0 <= row < len(self.model.cards) else None

    def stand_on(self, row: int) -> None:
        """Stand on this card; nowhere for a row that is none."""
        self.cards.setCurrentIndex(self.model.index(row, 0) if row >= 0 else QModelIndex())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter: QPainter = paint.begin(self)
        worn = theme.theme_of(self)
        edge = QColor(worn.accent) if self.cards.over else None
        paint.box(painter, QRectF(self.rect()), ground=QColor(worn.side), edge=edge, width=worn.ring, round_by=8)
