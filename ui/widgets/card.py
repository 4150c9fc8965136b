"""A card with a sign, a heading, a few words and one verb; and the picture of a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPalette
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.look import paint, theme
from ui.look.icons import LineIcon
from ui.look.plain import Label
from ui.widgets.dialog import Remark

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from ui.widgets.controls import Button

SIGN, DRAWING = 36, 18


class Sign(QWidget):
    """A drawing in the accent, on soft ground."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = name
        side = theme.px(SIGN, self)
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, room = paint.begin(self), QRectF(self.rect())
        paint.box(painter, room, ground=theme.colour(self, "soft"), round_by=paint.TILE)
        inked = QPalette(self.palette())
        inked.setColor(QPalette.ColorRole.ButtonText, theme.colour(self, "accent_text"))
        side = theme.px(DRAWING, self)
        place = QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        LineIcon(self._name, inked).paint(painter, place, QIcon.Mode.Normal, QIcon.State.Off)


class Card(QWidget):
    """One way to go on."""

    def __init__(self, sign: str, title: str, said: str, verb: Button, parent: QWidget) -> None:
        super().__init__(parent)
        heading = Label(title, self)
        heading.setFont(theme.section(self.font()))
        heading.setWordWrap(True)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(Sign(sign, self))
        top.addWidget(heading, 1)
        words = Remark(said, self)
        words.setAlignment(Qt.AlignmentFlag.AlignTop)
        verb.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(16)
        column.addLayout(top)
        column.addWidget(words, 1)
        column.addWidget(verb)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        paint.box(painter, QRectF(self.rect()), ground=theme.colour(self, "side"), edge=theme.colour(self, "line"),
                  round_by=paint.DIALOG)  # fmt: skip


class KeyCap(Label):
    """A key, drawn as one."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setFont(theme.small(self.font()))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 14, theme.px(20, self))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        edge = theme.colour(self, "border")
        paint.box(paint.begin(self), QRectF(self.rect()), ground=theme.colour(self, "field"), edge=edge)
        super().paintEvent(event)
