"""From the deal to the invoice: what came of what, each pressed to go there; what is not there yet says so (VT-86)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from channergy_crm.language import _
from ui.look import paint, theme
from ui.look.plain import as_tip, unmarked
from ui.widgets.controls import LEFT
from ui.widgets.menu import Menu
from ui.widgets.strip import NARROW, NARROW_SIDES, SIDES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent, QResizeEvent

HIGH, INSIDE, BETWEEN = 28, 13, 6


class Chip(NamedTuple):
    """One that is there: what it is called, and where it is opened."""

    text: str
    target: str
    key: object
    here: bool = False
    """it is the one that is open"""
    more: str = ""
    """what is said of it in a menu"""


class Step(NamedTuple):
    """A step of the sale and what there is of it: nothing, one, or several."""

    name: str
    word: str
    links: Sequence[Chip] = ()
    plural: str = ""
    """"2 orders", where there are several"""


class Stop(QPushButton):
    """One step: a pill where something is there, muted words where there is nothing yet."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.word = self.said = self._word = self._text = ""
        self.here = False

    def show_step(self, step: Step) -> None:
        """Show what there is of it."""
        links = step.links
        self.here = any(link.here for link in links)
        shown = next((link for link in links if link.here), links[0]) if links else None
        several = len(links) > 1 and not self.here
        self.word = step.word
        self.said = step.plural if several else shown.text if shown else _("not yet")
        if several:
            self.word = ""
        self.setEnabled(bool(links))
        self.setAccessibleName(f"{step.word}: {self.said}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if links and not (self.here and len(links) == 1)
                            else Qt.FocusPolicy.NoFocus)  # fmt: skip
        self.setToolTip(as_tip(self.accessibleName()))
        self.brief(0)

    def brief(self, by: int) -> None:
        """In a narrow row: 1 only names what is not there yet, 2 leaves out the names of the others but the one that
        is shown. The tip says all of it.
        """
        there = self.isEnabled()
        self._word = "" if by > 1 and there and not self.here else self.word
        self._text = "" if by and not there and self.word else self.said
        self.updateGeometry()
        self.update()

    def _needs(self) -> tuple[int, int]:
        small = QFontMetrics(theme.small(self.font()))
        word = small.horizontalAdvance(self._word) + (BETWEEN if self._text else 2) if self._word else 0
        return word, self.fontMetrics().horizontalAdvance(self._text)

    def sizeHint(self) -> QSize:
        return QSize(sum(self._needs()) + 2 * INSIDE + 2, theme.px(HIGH, self))

    def minimumSizeHint(self) -> QSize:
        word, _said = self._needs()
        return QSize(word + 60, theme.px(HIGH, self))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, worn, on = paint.begin_turned(self), theme.theme_of(self), self.isEnabled()
        room = QRectF(self.rect())
        if on:
            ground = worn.soft if self.here else worn.hover if self.underMouse() else worn.field
            inner = paint.within_ring(self, room) if self.hasFocus() else room
            paint.box(painter, inner, ground=QColor(ground), edge=QColor(worn.accent if self.here else worn.border),
                      round_by=inner.height() / 2)  # fmt: skip
        if self.hasFocus():
            paint.ring(painter, self, room, room.height() / 2)
        word, _said = self._needs()
        ink = worn.muted if not on else worn.accent_text if self.here else worn.text
        if self._word:
            painter.setFont(theme.small(self.font()))
            painter.setPen(QColor(worn.accent_text if self.here else worn.muted))
            painter.drawText(QRectF(INSIDE, 0, word, self.height()), LEFT, self._word)
        painter.setFont(self.font())
        painter.setPen(QColor(ink))
        left = self.width() - 2 * INSIDE - word + 2
        text = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, int(left))
        painter.drawText(QRectF(INSIDE + word, 0, left, self.height()), LEFT, text)


class Angle(QWidget):
    """The angle between two steps."""

    def sizeHint(self) -> QSize:
        return QSize(16, theme.px(HIGH, self))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin_turned(self)
        painter.translate(self.width() / 2, self.height() / 2)
        painter.rotate(-90)
        paint.chevron(painter, QPointF(0, 0), theme.colour(self, "muted"))


class ChainBar(QWidget):
    """The steps in a row."""

    wanted = Signal(str, object)
    """the target and the key of what somebody wants to see"""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = name
        self.setObjectName(f"{name}.chain")
        self.setAccessibleName(_("From the deal to the invoice"))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(SIDES, 0, NARROW_SIDES, 4)
        self._row.setSpacing(4)
        self._row.addStretch(1)
        self.stops: list[Stop] = []
        self._angles: list[Angle] = []
        self._steps: Sequence[Step] = ()
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The first step stands under the title."""
        super().resizeEvent(event)
        side = NARROW_SIDES if self.width() < theme.px(NARROW, self) else SIDES
        self._row.setContentsMargins(side, 0, NARROW_SIDES, 4)
        self._fit()

    def _fit(self) -> None:
        """What is not there yet says less first, then what is there but not shown."""
        for by in range(3):
            for stop in self.stops:
                stop.brief(by)
            if self._row.sizeHint().width() <= self.width():
                return

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show these."""
        self.setVisible(bool(steps))
        if steps == self._steps:
            return
        self._steps = steps
        while len(self.stops) < len(steps):
            place = len(self.stops)
            if place:
                self._angles.append(Angle(self))
                self._row.insertWidget(self._row.count() - 1, self._angles[-1])
            stop = Stop(f"{self._name}.chain_{steps[place].name}", self)
            stop.clicked.connect(partial(self._press, place))
            self.stops.append(stop)
            self._row.insertWidget(self._row.count() - 1, stop)
        for place, stop in enumerate(self.stops):
            stop.setVisible(place < len(steps))
            if place:
                self._angles[place - 1].setVisible(place < len(steps))
            if place < len(steps):
                stop.setObjectName(f"{self._name}.chain_{steps[place].name}")
                stop.show_step(steps[place])
        self._fit()

    def _press(self, place: int) -> None:
        links = self._steps[place].links
        if len(links) == 1:
            if not links[0].here:
                self.wanted.emit(links[0].target, links[0].key)
            return
        menu = Menu(self)
        menu.setObjectName(f"{self._name}.chain_menu")
        for link in links:
            said = f"{link.text}\t{link.more}" if link.more else link.text
            menu.addAction(unmarked(said), partial(self.wanted.emit, link.target, link.key))
        under = self.stops[place]
        menu.popup(under.mapToGlobal(under.rect().bottomLeft()))
