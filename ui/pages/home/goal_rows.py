"""Today's goal: what is done and of how many, with a mark where one should be at this hour (BX-22)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QSizePolicy, QWidget

from channergy_crm import clock
from channergy_crm.language import N_, _, figures
from ui.charts import ink
from ui.look import paint, theme
from ui.widgets.controls import LEFT, RIGHT
from ui.widgets.dialog import named

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent

    from channergy_crm.services.goals import Done, Goals

LINE, SIDE, BAR, LABEL, NUMBER, SAID, MARK, SIGN = 36, 16, 10, 92, 92, 128, 2, 16
"""pixels: a line, the edge, the bar, the word, the number, what is said behind it, the mark, the check"""
PARTS = (N_("Calls"), N_("Reached"), N_("Appointments"))


class GoalRows(QWidget):
    """A line for each goal that is set; a press opens the figures."""

    opened = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, name, _("Today's goal"))
        self._held: list[tuple[str, Done]] = []
        self._day = clock.now(), clock.now()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_goals(self, held: Goals, day: tuple[datetime, datetime]) -> bool:
        """Show these of a day that is worked from then to then; whether any is set."""
        self._held = [(_(part), each) for part, each in zip(PARTS, held, strict=True) if each.of is not None]
        self._day = day
        said = [f"{part} {self._number(done)}, {self._behind(done)}" for part, done in self._held]
        self.setAccessibleDescription(". ".join(said))
        self.setVisible(bool(self._held))
        self.updateGeometry()
        self.update()
        return bool(self._held)

    def sizeHint(self) -> QSize:
        return QSize(240, theme.px(LINE, self) * len(self._held) + 4)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def share_of_day(self) -> float:
        """How much of the working day has gone by."""
        begins, ends = self._day
        return min(1.0, max(0.0, (clock.now() - begins) / (ends - begins)))

    def _number(self, done: Done) -> str:
        return _("{done:,} of {of:,}").format(done=done.done, of=done.of)

    def _behind(self, done: Done) -> str:
        if done.reached:
            return _("reached")
        return _("at this hour {count:,}").format(count=round((done.of or 0) * self.share_of_day()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, high = paint.begin_turned(self), theme.px(LINE, self)
        for place, (part, done) in enumerate(self._held):
            self._paint_one(painter, QRectF(SIDE, place * high, self.width() - 2 * SIDE, high), part, done)
        if self.hasFocus():
            paint.ring(painter, self, QRectF(self.rect()).adjusted(7, 1, -7, -1), paint.FIELD)

    def _paint_one(self, painter: QPainter, room: QRectF, part: str, done: Done) -> None:
        muted, text = theme.colour(self, "muted"), theme.colour(self, "text")
        painter.setFont(theme.small(self.font()))
        painter.setPen(muted)
        painter.drawText(room, LEFT, part)
        at = room.left() + theme.px(LABEL, self)
        fact = theme.fact(self.font())
        painter.setFont(fact)
        painter.setPen(text)
        painter.drawText(QRectF(at, room.top(), 80, room.height()), LEFT, figures(done.done))
        wide = QFontMetrics(fact).horizontalAdvance(figures(done.done)) + 8
        painter.setFont(theme.small(self.font()))
        painter.setPen(muted)
        of = QRectF(at + wide, room.top(), theme.px(NUMBER, self), room.height())
        painter.drawText(of, LEFT, _("of {of:,}").format(of=done.of))
        self._paint_behind(painter, room, done)
        begin, end = at + theme.px(NUMBER, self), room.right() - theme.px(SAID, self)
        if end - begin > 24:
            self._paint_bar(painter, QRectF(begin, room.center().y() - BAR / 2, end - begin, BAR), done)

    def _paint_behind(self, painter: QPainter, room: QRectF, done: Done) -> None:
        said = self._behind(done)
        tone = theme.colour(self, "done" if done.reached else "muted")
        painter.setPen(tone)
        painter.drawText(room, RIGHT, said)
        if done.reached:
            left = room.right() - QFontMetrics(painter.font()).horizontalAdvance(said) - SIGN - 4
            paint.check(painter, QRectF(left, room.center().y() - SIGN / 2, SIGN, SIGN), tone)

    def _paint_bar(self, painter: QPainter, room: QRectF, done: Done) -> None:
        paint.box(painter, room, ground=ink.colour(self, "rest"), round_by=BAR / 2)
        share = min(1.0, done.done / done.of) if done.of else 0.0
        if share:
            filled = QRectF(room.left(), room.top(), max(BAR, room.width() * share), BAR)
            paint.box(painter, filled, ground=ink.colour(self, "done" if done.reached else "bar"), round_by=BAR / 2)
        if not done.reached:
            mark = room.left() + room.width() * self.share_of_day()
            painter.fillRect(QRectF(mark - MARK / 2, room.top() - 4, MARK, BAR + 8), theme.colour(self, "text"))
