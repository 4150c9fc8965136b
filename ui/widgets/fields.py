"""What is typed into and chosen from: a line, a drop-down, a longer text; each paints the edge of its field itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from ui.look import paint, theme
from ui.look.turned import draw_icon
from ui.widgets.controls import LEFT, RIGHT, SMALLEST, ScrollBar, sign_of

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

INSIDE, BESIDE = 6, 16
"""pixels between an edge and the text, and what a drop-down needs beside its words more than Qt thinks"""


NO_LIMIT = 16777215
"""what Qt takes for a width without limit"""


class LineField(QLineEdit):
    """One line to type into. `key` leads here, said at its end while it is empty."""

    key = ""
    bare = False
    """whether it is only read, and looks like a label"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrame(False)
        self.setTextMargins(INSIDE, 0, INSIDE, 0)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.px(SMALLEST, self))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), theme.px(SMALLEST, self))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.bare or self.hasFocus():
            _paint_field(self, reads=self.isReadOnly(), focus=self.hasFocus())
        super().paintEvent(event)
        if self.key and not self.text():
            self._paint_key()

    def _paint_key(self) -> None:
        """Where there is room for it beside what stands there while nothing is typed."""
        painter = paint.begin_turned(self)
        painter.setFont(theme.small(self.font()))
        painter.setPen(theme.colour(self, "muted"))
        words = self.fontMetrics().horizontalAdvance(self.placeholderText()) + self.cursorRect().center().x()
        if words + painter.fontMetrics().horizontalAdvance(self.key) + 3 * INSIDE < self.width():
            painter.drawText(self.rect().adjusted(0, 0, -2 * INSIDE, 0), RIGHT, self.key)


class TextArea(QPlainTextEdit):
    """Several lines to type into."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewportMargins(2, 2, 2, 2)
        self.setVerticalScrollBar(ScrollBar(Qt.Orientation.Vertical, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def event(self, event: QEvent) -> bool:
        """The edge is the area's own; what scrolls inside it is not."""
        if event.type() == QEvent.Type.Paint:
            _paint_field(self, reads=self.isReadOnly(), focus=self.hasFocus())
            return True
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().event(event)


def _paint_field(widget: QWidget, *, reads: bool, focus: bool) -> None:
    painter = paint.begin(widget)
    state = paint.OFF if not widget.isEnabled() else paint.READ if reads else paint.TYPED
    wrong = widget.property("problem") is True
    paint.field(painter, widget, widget.rect(), state, focus=focus, wrong=wrong)
    painter.end()


class Edged:
    """For a drop-down: the edge of a field, the angle at its end. Stands before QComboBox among the bases.

    Painted without asking the style, which would have to be made known to Python first.
    """

    _dropped = False

    def showPopup(self) -> None:
        """Drop down."""
        self._dropped = True
        super().showPopup()  # type: ignore[misc]

    def hidePopup(self) -> None:
        """The list goes."""
        self._dropped = False
        super().hidePopup()  # type: ignore[misc]

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, what is chosen, the angle."""
        combo: QComboBox = self  # type: ignore[assignment]
        painter, line = paint.begin_turned(combo), combo.lineEdit()
        reads = combo.property("readOnly") is True
        state = paint.OFF if not combo.isEnabled() else paint.READ if reads else paint.TYPED
        focus = combo.hasFocus() or bool(line and line.hasFocus()) or self._dropped
        paint.field(painter, combo, combo.rect(), state, focus=focus, wrong=combo.property("problem") is True)
        ink = theme.colour(combo, "text" if combo.isEnabled() else "faint")
        if not reads:
            paint.chevron(painter, QPointF(combo.width() - 14, combo.height() / 2), ink)
        if line is None:
            room = combo.rect().adjusted(8, 0, -26, 0)
            if not (sign := combo.itemIcon(combo.currentIndex())).isNull():
                side = sign_of(combo)
                draw_icon(painter, sign, QRect(8, (combo.height() - side) // 2, side, side))
                room.setLeft(8 + side + 6)
            painter.setPen(ink)
            said = combo.fontMetrics().elidedText(combo.currentText(), Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, LEFT, said)
        painter.end()

    def sizeHint(self) -> QSize:
        """As high as any field."""
        size = super().sizeHint()  # type: ignore[misc]
        return QSize(size.width() + BESIDE, theme.px(SMALLEST, self))  # type: ignore[arg-type]

    def minimumSizeHint(self) -> QSize:
        """As high as any field."""
        size = super().minimumSizeHint()  # type: ignore[misc]
        return QSize(size.width(), theme.px(SMALLEST, self))  # type: ignore[arg-type]


class ComboBox(Edged, QComboBox):
    """A drop-down."""

    def showPopup(self) -> None:
        """Drop down, with rows that can be hit."""
        from ui.widgets.drop_rows import rows_to_hit  # most are never opened

        rows_to_hit(self)
        super().showPopup()
