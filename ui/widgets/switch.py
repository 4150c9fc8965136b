"""A switch for something that is there as a whole or not at all; the word on or off stands beside it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from channergy_crm.language import _
from ui.look.theme import colour, theme_of

WIDE, HIGH, GAP = 36, 20, 8


class Switch(QAbstractButton):
    """On or off, by click or Space."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """The switch, and room for the word before it and the ring around it."""
        widest = max(self.fontMetrics().horizontalAdvance(word(on)) for on in (True, False))
        return QSize(widest + GAP + WIDE + 8, HIGH + 8)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The word, the track filled while it is on, the knob at its end."""
        on, accent, muted = self.isChecked(), colour(self, "accent"), colour(self, "muted")
        track = QRectF(self.width() - WIDE - 4, (self.height() - HIGH) / 2, WIDE, HIGH)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(muted)
            words = QRectF(0, 0, track.left() - GAP, self.height())
            painter.drawText(words, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), word(on))
            if self.hasFocus():
                painter.setPen(QPen(accent, theme_of(self).ring))
                painter.drawRoundedRect(track.adjusted(-3, -3, 3, 3), HIGH / 2 + 3, HIGH / 2 + 3)
            painter.setPen(QPen(accent if on else muted, 1))
            painter.setBrush(accent if on else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(track, HIGH / 2, HIGH / 2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(self, "base") if on else muted)
            knob = QRectF(0, 0, HIGH - 8, HIGH - 8)
            knob.moveCenter(track.center())
            knob.moveLeft(track.right() - knob.width() - 4 if on else track.left() + 4)
            painter.drawEllipse(knob)


def word(on: bool) -> str:
    """What stands beside it."""
    return _("on") if on else _("off")
