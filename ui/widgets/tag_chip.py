"""A tag as it stands at a record: its word on its colour, and a cross that takes it off (BX-40)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from channergy_crm.language import _
from ui.look import paint, tag_colours, theme
from ui.look.plain import as_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

HEIGHT, DRAWN, INSIDE, CROSS = 28, 20, 7, 22
"""pixels: to press, of what is drawn, beside the word, of the cross"""
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class TagChip(QAbstractButton):
    """A press on the word opens what else wears it; the cross, Del or Backspace takes it off."""

    taken_off = Signal(str)

    def __init__(self, name: str, colour: str, parent: QWidget, *, fixed: bool = False) -> None:
        super().__init__(parent)
        self.name, self.colour, self._fixed = name, colour, fixed
        said = _("Tag {name}; Enter opens what wears it, Del takes it off").format(name=name)
        self.setAccessibleName(_("Tag {name}").format(name=name))
        self.setToolTip(as_tip(said))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        words = QFontMetrics(theme.small(self.font())).horizontalAdvance(self.name)
        return QSize(words + 2 * INSIDE + (0 if self._fixed else CROSS), theme.px(HEIGHT, self))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del and Backspace take it off, Enter opens."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not self._fixed:
            self.taken_off.emit(self.name)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if not self._fixed and self.rect().contains(at.toPoint()) and self._along(at.x()) >= self.width() - CROSS - 2:
            self.setDown(False)
            self.taken_off.emit(self.name)
        else:
            super().mouseReleaseEvent(event)

    def _along(self, x: float) -> float:
        """How far along the line that is."""
        return self.width() - x if self.isRightToLeft() else x

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin_turned(self)
        ground, ink = tag_colours.inks(self, self.colour)
        drawn = theme.px(DRAWN, self)
        room = QRectF(0, (self.height() - drawn) / 2, self.width(), drawn)
        paint.box(painter, room, ground=ground, round_by=paint.TAG)
        if self.hasFocus():
            paint.ring(painter, self, QRectF(self.rect()).adjusted(0, 2, 0, -2), paint.TAG + 1)
        painter.setFont(theme.small(self.font()))
        painter.setPen(ink)
        painter.drawText(QRectF(INSIDE, 0, self.width(), self.height()), LEFT, self.name)
        if not self._fixed:
            centre = QPointF(self.width() - CROSS / 2 - 1, self.height() / 2)
            painter.setPen(QPen(ink, 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            for turn in (1, -1):
                painter.drawLine(centre + QPointF(-3, -3 * turn), centre + QPointF(3, 3 * turn))
