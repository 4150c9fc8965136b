"""A small pane over the days, beside what it is about: the card of an entry, the form of a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.look import paint, theme
from ui.widgets.dialog import named

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

GAP = 6


class Over(QWidget):
    """Stands over its parent. `given_up` tells that somebody pressed Esc."""

    given_up = Signal()

    def __init__(self, name: str, said: str, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, name, said)
        self.hide()

    def stand_beside(self, room: QRect) -> None:
        """Come up beside this place of the parent: right of it, else left of it, always inside."""
        self.adjustSize()
        size, parent = self._needed(), self.parentWidget()
        self.resize(size)
        whole = parent.rect().adjusted(8, 8, -8, -8) if parent is not None else room
        left = room.right() + GAP
        if left + size.width() > whole.right():
            left = room.left() - GAP - size.width()
        if left < whole.left():
            left = min(max(whole.left(), room.left()), whole.right() - size.width())
        top = min(room.top(), whole.bottom() - size.height())
        self.move(QPoint(max(left, whole.left()), max(top, whole.top())))
        self.show()
        self.raise_()

    def _needed(self) -> QSize:
        """Sentences that go on below need more height than Qt guesses."""
        size, layout = self.sizeHint().expandedTo(self.minimumSize()).boundedTo(self.maximumSize()), self.layout()
        if layout is not None and layout.hasHeightForWidth():
            size.setHeight(layout.totalHeightForWidth(size.width()))
        return size

    def event(self, event: QEvent) -> bool:
        """What is in it takes more or less room than before."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible() and self._needed() != self.size():
            self.settle()
        return done

    def settle(self) -> None:
        """Say more or less than before: it is as high as it needs to be, and still inside."""
        self.stand_beside(QRect(self.x() - GAP, self.y(), 0, 0))

    def stay_inside(self) -> None:
        """The parent has another size: what stands over it is still all seen."""
        if self.isVisible():
            self.settle()

    def focusNextPrevChild(self, on: bool) -> bool:
        """Tab goes around in it: what lies under it cannot be seen."""
        here, step = self.focusWidget() or self, QWidget.nextInFocusChain if on else QWidget.previousInFocusChain
        there = step(here)
        while there is not None and there is not here:
            if self.isAncestorOf(there) and there.isVisible() and there.isEnabled() and _tabbed(there):
                there.setFocus(Qt.FocusReason.TabFocusReason if on else Qt.FocusReason.BacktabFocusReason)
                break
            there = step(there)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            event.accept()  # letters meant for a field here turn no pages behind it

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, room = paint.begin(self), QRectF(self.rect())
        paint.box(painter, room, ground=theme.colour(self, "base"), edge=theme.colour(self, "border"), round_by=8)


def _tabbed(part: QWidget) -> bool:
    """Whether Tab stops there; what another one speaks for is met there."""
    return bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus) and part.focusProxy() is None
