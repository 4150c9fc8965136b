"""The strip at the top of a record: who it is, and the facts that count, read without moving the eyes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.look import paint, theme
from ui.look.icons import icon
from ui.look.plain import as_tip
from ui.look.turned import draw_icon
from ui.widgets.controls import LEFT, Button, sign_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent

LOW = 680
"""pixels of the window; in a lower one the strip takes less room"""
HIGH, FLAT = 56, 44
INSIDE, GAP = 11, 8


class Fact(NamedTuple):
    """One short statement: a caption, what is so, what is said small beside it, and its colour by meaning.

    `opens` is the field that a press opens; `empty` is what is offered where there is nothing yet.
    """

    caption: str
    text: str
    ink: str = ""
    more: str = ""
    opens: str = ""
    empty: str = ""


class Summary(NamedTuple):
    """What the strip says of a record: its name and what stands under it, how the last call went, the facts."""

    name: str
    line: str = ""
    last: tuple[str, str] = ("", "")
    """and the same in fewer words"""
    tag: str = ""
    meaning: str = ""
    facts: Sequence[Fact] = ()


SIGNS = {"overdue": "warning", "soon": "clock", "done": "check", "never": "cancel"}
"""the sign that goes with a colour: never by colour alone"""


def is_low(widget: QWidget) -> bool:
    """Whether the window is so low, for the letters there are, that everything takes less room."""
    return widget.window().height() < theme.px(LOW, widget)


class Tile(QWidget):
    """A fact on its own ground; it can be pressed where that leads to a field. A button may stand in it."""

    pressed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.fact = Fact("", "")
        self._brief = False
        self.room = QHBoxLayout(self)
        self.room.setContentsMargins(INSIDE, 0, INSIDE, 0)
        self.room.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_fact(self, fact: Fact) -> None:
        """Say this."""
        self.fact = fact
        said = " ".join(part for part in (fact.text or fact.empty, fact.more) if part)
        self.setAccessibleName(f"{fact.caption}: {said}")
        self.setCursor(Qt.CursorShape.PointingHandCursor if fact.opens else Qt.CursorShape.ArrowCursor)
        self.updateGeometry()
        self.update()

    def brief(self, on: bool) -> None:
        """Leave out what is said beside the value, which stands in the tip then."""
        for button in self.findChildren(Button):
            button.say_key(not on)
        self._brief = on
        self.setToolTip(as_tip(self.fact.more if on else ""))
        self.updateGeometry()
        self.update()

    def _words_need(self, *, brief: bool) -> int:
        """Pixels for all it says."""
        fact, small = self.fact, QFontMetrics(theme.small(self.font()))
        value = QFontMetrics(self._value_font()).horizontalAdvance(fact.text or fact.empty)
        value += sign_of(self) + 8 if self._sign() else 0
        value += small.horizontalAdvance(fact.more) + GAP if fact.more and not brief else 0
        return max(value, small.horizontalAdvance(fact.caption)) + 2

    def sizeHint(self) -> QSize:
        held = sum(button.sizeHint().width() + INSIDE for button in self.findChildren(Button))
        return QSize(self._words_need(brief=self._brief) + held + 2 * INSIDE, self.height_wanted())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def least(self) -> int:
        """How wide it is where what stands beside the value gives way."""
        held = sum(button.without_key() + INSIDE for button in self.findChildren(Button))
        return self._words_need(brief=True) + held + 2 * INSIDE

    def height_wanted(self) -> int:
        """Less in a low window."""
        return theme.px(FLAT if is_low(self) else HIGH, self)

    def _value_font(self) -> QFont:
        return theme.fact(self.font()) if self.fact.text else self.font()

    def _sign(self) -> str:
        if not self.fact.text:
            return "add" if self.fact.empty and self.fact.opens else ""
        return SIGNS.get(self.fact.ink, "")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.fact.opens and self.rect().contains(event.position().toPoint()):
            self.pressed.emit(self.fact.opens)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, worn, fact = paint.begin_turned(self), theme.theme_of(self), self.fact
        meaning = fact.ink if fact.ink in ("overdue", "soon") else ""
        ground = QColor(getattr(worn, f"{meaning}_soft" if meaning else "tile"))
        paint.box(painter, QRectF(self.rect()), ground=ground, round_by=paint.TILE)
        small = theme.small(self.font())
        painter.setFont(small)
        painter.setPen(QColor(getattr(worn, meaning or "muted")))
        middle = self.height() / 2
        painter.drawText(QRectF(INSIDE, middle - theme.px(21, self), self.width(), theme.px(18, self)), LEFT,
                         fact.caption)  # fmt: skip
        self._paint_value(painter, QRectF(INSIDE, middle - 3, self.width() - INSIDE, theme.px(26, self)), meaning)

    def _paint_value(self, painter: QPainter, room: QRectF, meaning: str) -> None:
        worn, fact = theme.theme_of(self), self.fact
        at, ink = room.left(), getattr(worn, meaning or ("text" if fact.text or fact.opens else "muted"))
        if sign := self._sign():
            drawn = icon(sign, _inked(self, ink))
            side = sign_of(self)
            draw_icon(painter, drawn, QRectF(at, room.center().y() - side / 2, side, side).toRect())
            at += side + 8
        font = self._value_font()
        said = fact.text or fact.empty
        painter.setFont(font)
        painter.setPen(QColor(ink))
        painter.drawText(QRectF(at, room.top(), room.width(), room.height()), LEFT, said)
        if fact.more and not self._brief:
            at += QFontMetrics(font).horizontalAdvance(said) + GAP
            painter.setFont(theme.small(self.font()))
            painter.setPen(QColor(getattr(worn, meaning or "muted")))
            painter.drawText(QRectF(at, room.top() + 1, room.width(), room.height()), LEFT, fact.more)


def _inked(widget: QWidget, ink: str) -> QPalette:
    palette = widget.palette()
    palette.setColor(palette.ColorRole.ButtonText, QColor(ink))
    return palette
