"""What is pressed, checked and read: buttons, pills, check boxes, tags; painted in the theme of the moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QPushButton,
    QRadioButton,
    QScrollBar,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from ui.look import paint, theme
from ui.look.plain import Label
from ui.look.turned import draw_icon

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

EDGE, LOUD, QUIET = "edge", "loud", "quiet"  # unsaid: kinds of buttons
HEIGHT, LOUD_HEIGHT, SMALLEST, SIGN, GAP, BESIDE = 30, 32, 28, 16, 8, 12
BOX, RING, CHOICE = 15.0, 3.0, 24
"""pixels: what is checked, and the room of its ring"""
LEFT, CENTRE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignCenter
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


def sign_of(widget: QWidget) -> int:
    """How large a drawing beside its words is: it grows with them."""
    return theme.px(SIGN, widget)


class Button(QPushButton):
    """A verb. Most have an edge; one in a window is loud; what stands beside others is quiet until pointed at.

    `key` is what also does it, said small behind the word.
    """

    def __init__(self, *said: object, key: str = "") -> None:
        super().__init__(*said)  # type: ignore[call-overload]
        self.key = key
        self._says_key = self._draws = True
        self.look = EDGE
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setIconSize(QSize(SIGN, SIGN))

    def loud(self, on: bool = True) -> None:
        """Be the one filled button, or an ordinary one."""
        self._wear(LOUD if on else EDGE)

    def quiet(self, on: bool = True) -> None:
        """Have no edge until pointed at, or have one."""
        self._wear(QUIET if on else EDGE)

    def say_key(self, on: bool) -> None:
        """Say the key behind the word, or leave it out where there is no room."""
        if self._says_key != on:
            self._says_key = on
            self.updateGeometry()
            self.update()

    def say_drawing(self, on: bool) -> None:
        """Show the drawing before the word, or leave it out where there is no room."""
        if self._draws != on:
            self._draws = on
            self.updateGeometry()
            self.update()

    @property
    def _drawn(self) -> bool:
        return not self.icon().isNull() and (self._draws or not self.text())

    def _wear(self, look: str) -> None:
        if self.look != look:
            self.look = look
            self.updateGeometry()
            self.update()

    def without_key(self) -> int:
        """How wide it is where its key is left out."""
        return self.sizeHint().width() - self._key_needs()

    def _key_needs(self) -> int:
        return self._key_metrics().horizontalAdvance(self.key) + GAP if self.key and self._says_key else 0

    def sizeHint(self) -> QSize:
        words, key = QFontMetrics(self._font()).horizontalAdvance(self._word()), self._key_needs()
        drawn = sign_of(self) + (GAP if self.text() else 0) if self._drawn else 0
        height = theme.px(LOUD_HEIGHT if self.look == LOUD else HEIGHT, self)
        return QSize(max(2 * BESIDE + words + key + drawn, height), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _word(self) -> str:
        return _plain_words(self)

    def _font(self) -> QFont:
        return theme.strong(self.font()) if self.look == LOUD else self.font()

    def _key_metrics(self) -> QFontMetrics:
        return QFontMetrics(theme.small(self.font()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin_turned(self)
        room, focus = QRectF(self.rect()), self.hasFocus()
        inner = paint.within_ring(self, room) if focus and self.look != QUIET else room
        self._paint_ground(painter, inner)
        if focus:
            paint.ring(painter, self, room, paint.FIELD + 1)
        self._paint_words(painter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, as the space bar does; in a dialog Qt sees to that."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def _paint_ground(self, painter: QPainter, room: QRectF) -> None:
        worn, on = theme.theme_of(self), self.isEnabled()
        pressed, over = self.isDown() or self.isChecked(), self.underMouse() and on
        if self.look == LOUD:
            filled = QColor(worn.accent if on else worn.tile)
            lit = filled.darker(110) if over or pressed else filled
            paint.box(painter, room, ground=lit, edge=None if on else QColor(worn.line))
            return
        ground = QColor(worn.soft if pressed else worn.hover) if over or pressed else None
        if self.look == QUIET:
            if ground is not None:
                paint.box(painter, room, ground=ground)
            return
        resting = QColor(worn.tile if worn.dark else worn.field)
        paint.box(painter, room, ground=ground or resting, edge=QColor(worn.border if on else worn.line))

    def ink(self) -> QColor:
        """The colour of its words."""
        if not self.isEnabled():
            return theme.colour(self, "faint")
        return theme.colour(self, "on_accent" if self.look == LOUD else "text")

    def _paint_words(self, painter: QPainter) -> None:
        font = self._font()
        metrics, word = QFontMetrics(font), self._word()
        side = sign_of(self)
        drawn = side + (GAP if word else 0) if self._drawn else 0
        key = self._key_needs()
        words = metrics.horizontalAdvance(word)
        at = max((self.width() - drawn - words - key) / 2, BESIDE / 2)
        ink = self.ink()
        if drawn:
            place = QRectF(at, (self.height() - side) / 2, side, side)
            _paint_icon(painter, self, self.icon(), place, loud=self.look == LOUD)
            at += drawn
        painter.setPen(ink)
        painter.setFont(font)
        painter.drawText(QRectF(at, 0, words + 2, self.height()), LEFT, word)
        if key:
            painter.setFont(theme.small(self.font()))
            quiet = self.isEnabled() and self.look != LOUD
            painter.setPen(theme.colour(self, "muted") if quiet else ink)
            painter.drawText(QRectF(at + words + GAP, 0, key, self.height()), LEFT, self.key)


def _paint_icon(painter: QPainter, widget: QWidget, icon: QIcon, place: QRectF, *, loud: bool = False) -> None:
    mode = QIcon.Mode.Normal if widget.isEnabled() else QIcon.Mode.Disabled
    if loud and widget.isEnabled():
        mode = QIcon.Mode.Selected
    draw_icon(painter, icon, place.toRect(), CENTRE, mode)


class IconButton(QToolButton):
    """A drawing to press: quiet, large enough to hit; a menu opens at once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setIconSize(QSize(SIGN, SIGN))
        self.setAutoRaise(True)

    def sizeHint(self) -> QSize:
        side = theme.px(SMALLEST, self)
        if self.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly or not self.text():
            return QSize(side, side)
        drawn = sign_of(self) + 4 if not self.icon().isNull() else 0
        more = 14 if self.menu() is not None else 0
        return QSize(self.fontMetrics().horizontalAdvance(self._word()) + drawn + more + 16, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _word(self) -> str:
        return _plain_words(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, worn = paint.begin_turned(self), theme.theme_of(self)
        room = QRectF(self.rect())
        if self.isDown() or self.isChecked():
            edge = QColor(worn.accent) if worn.high else None
            paint.box(painter, room, ground=QColor(worn.soft), edge=edge, width=worn.ring)
        elif self.underMouse() and self.isEnabled():
            paint.box(painter, room, ground=QColor(worn.hover))
        if self.hasFocus():
            paint.ring(painter, self, room, paint.FIELD)
        if self.arrowType() != Qt.ArrowType.NoArrow:
            ink = QColor(worn.text if self.isEnabled() else worn.faint)
            paint.chevron(painter, room.center(), ink, down=self.arrowType() == Qt.ArrowType.DownArrow, size=3)
            return
        if self.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly or not self.text():
            side = sign_of(self)
            place = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
            _paint_icon(painter, self, self.icon(), place)
            return
        self._paint_words(painter, worn)

    def _paint_words(self, painter: QPainter, worn: theme.Theme) -> None:
        at = 8.0
        if not self.icon().isNull():
            side = sign_of(self)
            _paint_icon(painter, self, self.icon(), QRectF(at - 2, (self.height() - side) / 2, side, side))
            at += side + 2
        ink = QColor(worn.text if self.isEnabled() else worn.faint)
        painter.setPen(ink)
        painter.drawText(QRectF(at, 0, self.width() - at, self.height()), LEFT, self._word())
        if self.menu() is not None:
            paint.chevron(painter, QPointF(self.width() - 12, self.height() / 2), ink)


class Pill(QPushButton):
    """A choice or a quick verb, round; a chosen one is soft with an edge in the accent."""

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.text().replace("&&", "&"))
        drawn = sign_of(self) + 6 if not self.icon().isNull() else 0
        return QSize(words + drawn + 24, theme.px(SMALLEST, self))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, worn, on = paint.begin(self), theme.theme_of(self), self.isEnabled()
        room = QRectF(self.rect())
        chosen = self.isChecked() or self.isDown()
        inner = paint.within_ring(self, room) if self.hasFocus() else room
        ground = worn.soft if chosen else worn.hover if self.underMouse() and on else worn.field
        edge = worn.accent if chosen else worn.border if on else worn.line
        wide = worn.ring if chosen and worn.high else 1
        paint.box(painter, inner, ground=QColor(ground), edge=QColor(edge), width=wide, round_by=inner.height() / 2)
        if self.hasFocus():
            paint.ring(painter, self, room, room.height() / 2)
        painter.setPen(QColor(worn.accent_text if chosen else worn.text if on else worn.faint))
        painter.drawText(self.rect(), CENTRE, self.text().replace("&&", "&"))


class Tag(Label):
    """A word that is only read, on a ground of its own; `meaning` is "", "overdue", "soon" or "done"."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.meaning = ""
        self.setFont(theme.small(self.font()))
        self.setContentsMargins(6, 2, 6, 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.text():
            return
        painter = paint.begin(self)
        ground = f"{self.meaning}_soft" if self.meaning else "chip"
        paint.box(painter, QRectF(self.rect()), ground=theme.colour(self, ground), round_by=paint.TAG)
        painter.setPen(theme.colour(self, self.meaning or "chip_text"))
        painter.drawText(self.rect(), CENTRE, self.text())


class CheckBox(QCheckBox):
    """Yes or no."""

    def sizeHint(self) -> QSize:
        return _choice_size(self)

    def minimumSizeHint(self) -> QSize:
        return _choice_size(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        partly = self.checkState() == Qt.CheckState.PartiallyChecked
        painter, square = _begin_choice(self, paint.TAG, filled=self.isChecked() or partly)
        ink = theme.colour(self, "on_accent" if self.isEnabled() else "faint")
        if partly:
            fifth = square.width() / 5
            paint.box(painter, square.adjusted(fifth, 2.2 * fifth, -fifth, -2.2 * fifth), ground=ink, round_by=0)
        elif self.isChecked():
            paint.check(painter, square, ink)


class RadioButton(QRadioButton):
    """One of several."""

    def sizeHint(self) -> QSize:
        return _choice_size(self)

    def minimumSizeHint(self) -> QSize:
        return _choice_size(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, square = _begin_choice(self, theme.px(BOX, self) / 2, filled=self.isChecked())
        if self.isChecked():
            ink = theme.colour(self, "on_accent" if self.isEnabled() else "faint")
            third = square.width() * 0.3
            paint.box(painter, square.adjusted(third, third, -third, -third), ground=ink, round_by=square.width() / 5)


def _choice_size(button: QAbstractButton) -> QSize:
    words = button.fontMetrics().horizontalAdvance(_plain_words(button))
    return QSize(round(theme.px(BOX, button) + 2 * RING) + (words + GAP if words else 0) + 2, theme.px(CHOICE, button))


def _plain_words(button: QAbstractButton) -> str:
    return button.text().replace("&&", "\0").replace("&", "").replace("\0", "&")


def _begin_choice(button: QAbstractButton, round_by: float, *, filled: bool) -> tuple[QPainter, QRectF]:
    """The box, its ring and its words; what is in the box is still to come."""
    painter, worn, on = paint.begin_turned(button), theme.theme_of(button), button.isEnabled()
    side = float(theme.px(BOX, button))
    square = QRectF(RING, (button.height() - side) / 2, side, side)
    ground = worn.accent if filled and on else worn.field if on else worn.tile
    edge = worn.accent if filled and on else worn.border if on else worn.line
    paint.box(painter, square, ground=QColor(ground), edge=QColor(edge), round_by=round_by)
    if button.hasFocus():
        paint.ring(painter, button, square.adjusted(-RING, -RING, RING, RING), round_by + 2)
    painter.setPen(QColor(worn.text if on else worn.faint))
    words = QRectF(square.right() + GAP, 0, button.width() - square.right() - GAP, button.height())
    painter.drawText(words, LEFT, _plain_words(button))
    return painter, square


class ScrollBar(QScrollBar):
    """A thin one: no arrows, a thumb, nothing else. A click beside the thumb goes on by a page."""

    WIDTH, SHORTEST = 10, 24

    def __init__(self, orientation: Qt.Orientation, parent: QWidget | None = None) -> None:
        super().__init__(orientation, parent)
        self._held: float | None = None

    def sizeHint(self) -> QSize:
        return QSize(self.WIDTH, 40) if self._upright else QSize(40, self.WIDTH)

    @property
    def _upright(self) -> bool:
        return self.orientation() == Qt.Orientation.Vertical

    def _thumb(self) -> tuple[float, float]:
        """Where the thumb begins, and how long it is."""
        room, more = float(self.height() if self._upright else self.width()), self.maximum() - self.minimum()
        length = max(float(self.SHORTEST), room * self.pageStep() / max(1, more + self.pageStep()))
        return (room - length) * (self.sliderPosition() - self.minimum()) / max(1, more), length

    def _at(self, event: QMouseEvent) -> float:
        return event.position().y() if self._upright else event.position().x()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        begins, length = self._thumb()
        at = self._at(event)
        if begins <= at <= begins + length:
            self._held = at - begins
            self.setSliderDown(True)
        else:
            step = QScrollBar.SliderAction
            self.triggerAction(step.SliderPageStepSub if at < begins else step.SliderPageStepAdd)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is None:
            return
        room = float(self.height() if self._upright else self.width()) - self._thumb()[1]
        share = (self._at(event) - self._held) / room if room > 0 else 0.0
        self.setSliderPosition(self.minimum() + round(share * (self.maximum() - self.minimum())))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None
        self.setSliderDown(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.maximum() <= self.minimum():
            return
        begins, length = self._thumb()
        thumb = QRectF(2, begins + 1, 6, length - 2) if self._upright else QRectF(begins + 1, 2, length - 2, 6)
        paint.box(paint.begin(self), thumb, ground=theme.colour(self, "border"), round_by=3)
