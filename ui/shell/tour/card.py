"""The card of the tour, and the ring around what it speaks of; both lie over the window and stop nobody (BX-36)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import _
from ui.look import paint, theme
from ui.look.plain import Label, as_tip
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

WIDE, AWAY, MARGIN, EDGE = 340, 10, 16, 4
"""pixels: the card; between it and what it speaks of; from the edge of the window; of the ring"""


class Ring(QWidget):
    """Around a part of the window; the mouse goes through it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("tour.ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def go_round(self, place: QRect) -> None:
        """Stand around this place of the window."""
        self.setGeometry(place.adjusted(-EDGE, -EDGE, EDGE, EDGE).intersected(self.window().rect()))

    def paintEvent(self, event: QPaintEvent) -> None:
        ink = theme.colour(self, "accent")
        paint.box(paint.begin(self), QRectF(self.rect()), edge=ink, width=3, round_by=paint.TILE)


class TourCard(QWidget):
    """What to do, and *Next* for whoever only reads. A click takes no keys from the work; Esc ends the tour."""

    went_on = Signal()
    went_back = Signal()
    ended = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        named(self, "tour.card", _("Guided tour"))
        self.setFixedWidth(theme.px(WIDE, self))
        self._title, self._said = Label("", self), Remark("", self, ink="text")
        self._title.setObjectName("tour.title")
        self._title.setFont(theme.section(self.font()))
        self._title.setWordWrap(True)
        self._said.setObjectName("tour.said")
        self._place, self._key = Remark("", self), Remark("", self)
        for small in (self._place, self._key):
            small.setFont(theme.small(self.font()))
        self.back, self.on = self._verb("back", _("Back")), self._verb("next", _("Next"))
        self.end = self._verb("end", _("End the tour"))
        self.end.quiet()
        self.on.loud()
        self.back.clicked.connect(self.went_back)
        self.on.clicked.connect(self.went_on)
        self.end.clicked.connect(self.ended)
        buttons = QHBoxLayout()
        buttons.addWidget(self.end)
        buttons.addStretch(1)
        buttons.addWidget(self.back)
        buttons.addWidget(self.on)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 12)
        column.setSpacing(8)
        for part in (self._place, self._title, self._said, self._key):
            column.addWidget(part)
        column.addLayout(buttons)

    def _verb(self, word: str, text: str) -> Button:
        button = named(Button(text, self), f"tour.{word}", text)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def say(self, place: str, title: str, said: str, key: str, *, first: bool, last: bool) -> None:
        """Show a step."""
        self._place.setText(place)
        self._title.setText(title)
        self._said.setText(said)
        self._key.say(key)
        self.back.setEnabled(not first)
        self.back.setToolTip(as_tip(_("This is the first step.") if first else _("The step before")))
        self.on.setText(_("Done") if last else _("Next"))
        self.setAccessibleDescription(f"{title}. {said}")

    def stand_by(self, target: QRect | None, room: QRect) -> None:
        """Beside what it speaks of, within the window; in the lower corner where there is no such place."""
        self.resize(self.width(), self.sizeHint().height())
        self.move(self._beside(target, room) or self._corner(room))

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return QSize(self.width(), layout.totalHeightForWidth(self.width()) if layout is not None else 0)

    def _beside(self, target: QRect | None, room: QRect) -> QPoint | None:
        if target is None:
            return None
        left = max(room.left(), min(target.left(), room.right() - self.width()))
        top = max(room.top(), min(target.top(), room.bottom() - self.height()))
        places = (QPoint(left, target.bottom() + AWAY), QPoint(left, target.top() - AWAY - self.height()),
                  QPoint(target.right() + AWAY, top), QPoint(target.left() - AWAY - self.width(), top))  # fmt: skip
        return next((place for place in places if room.contains(QRect(place, self.size()))), None)

    def _corner(self, room: QRect) -> QPoint:
        right = self.layoutDirection() == Qt.LayoutDirection.LeftToRight
        return QPoint(room.right() - self.width() if right else room.left(), room.bottom() - self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        ground, edge = theme.colour(self, "field"), theme.colour(self, "accent")
        paint.box(paint.begin(self), QRectF(self.rect()), ground=ground, edge=edge, width=2, round_by=paint.DIALOG)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends the tour, while the keys are here."""
        if event.key() == Qt.Key.Key_Escape:
            self.ended.emit()
        else:
            super().keyPressEvent(event)
