"""The blue line between a list and its record: drag it to share the room, click it to hide the list (CH-52, CH-53)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtWidgets import QApplication, QSplitter, QSplitterHandle, QWidget

from channergy_crm.language import _
from ui.look import paint, theme
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QEnterEvent, QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent

    from channergy_crm.settings import Station

STEP = 24
LINE, GRIP = 4, (56, 14)
"""pixels: how thick the line is, and its grip"""
WIDE = {Qt.Orientation.Vertical: GRIP[1], Qt.Orientation.Horizontal: 7}
"""pixels of what can be taken hold of"""
STEPS = {
    Qt.Orientation.Vertical: (Qt.Key.Key_Up, Qt.Key.Key_Down),
    Qt.Orientation.Horizontal: (Qt.Key.Key_Left, Qt.Key.Key_Right),
}


class BlueLineHandle(QSplitterHandle):
    """The line itself: it can be dragged, clicked, and reached by Tab (Space or Enter click it, arrows move it)."""

    def __init__(self, orientation: Qt.Orientation, splitter: BlueLine) -> None:
        super().__init__(orientation, splitter)
        self._line = splitter
        self._pressed: QPoint | None = None
        self._dragged = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(_("Drag to share the room, click to show or hide the list"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed, self._dragged = event.position().toPoint(), False
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None:
            away = (event.position().toPoint() - self._pressed).manhattanLength()
            self._dragged = self._dragged or away >= QApplication.startDragDistance()
            if not self._dragged:
                return
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._pressed is not None and not self._dragged:
            self._line.toggle()
        self._pressed = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._line.toggle()
        elif event.key() in STEPS[self.orientation()]:
            self._line.move_by(STEP if event.key() == STEPS[self.orientation()][1] else -STEP)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Between a list above and its record the line is blue, with a grip; between what stands side by side it is
        a hairline until somebody comes to it."""
        painter, room = paint.begin(self), QRectF(self.rect())
        lit = self.hasFocus() or self.underMouse() or self._pressed is not None
        if self.orientation() == Qt.Orientation.Horizontal:
            painter.fillRect(room.adjusted(0, 0, -room.width() / 2, 0), theme.colour(self, "side"))
            wide = 3.0 if lit else 1.0
            line = QRectF(room.center().x() - wide / 2, 0, wide, room.height())
            painter.fillRect(line, theme.colour(self, "accent" if lit else "line"))
            return
        accent = theme.colour(self, "accent")
        painter.fillRect(QRectF(0, room.center().y() - LINE / 2, room.width(), LINE), accent)
        grip = QRectF(room.center().x() - GRIP[0] / 2, room.top(), GRIP[0], GRIP[1])
        paint.box(painter, grip, ground=accent, round_by=GRIP[1] / 2)
        ink = theme.colour(self, "on_accent")
        paint.chevron(painter, grip.center(), ink, down=self._line.list_hidden)
        if self.hasFocus():
            paint.box(
                painter,
                grip.adjusted(1, 1, -1, -1),
                edge=ink,
                width=theme.theme_of(self).ring - 0.5,
                round_by=GRIP[1] / 2,
            )

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()


class BlueLine(QSplitter):
    """A list and its record with the blue line between them; its position is remembered."""

    def __init__(self, name: str, orientation: Qt.Orientation, station: Station, wish: Callable[[int], int]) -> None:
        """`wish` says how many pixels of so many the list has, as long as nobody has moved the line."""
        super().__init__(orientation)
        self.setObjectName(name)
        self._station, self._wish = station, wish
        self.setHandleWidth(WIDE[orientation])
        self._before: list[int] = []
        self._shared = False
        """nobody has moved it yet: the list has the room it wishes for"""
        self._keep = later(self, self._remember)
        self.splitterMoved.connect(self._moved)

    def _moved(self) -> None:
        self._shared = False
        self._cover()
        self._keep.start()

    def createHandle(self) -> QSplitterHandle:
        handle = BlueLineHandle(self.orientation(), self)
        handle.setAccessibleName(_("Blue line between list and record"))
        return handle

    def hold(self, first: QWidget, second: QWidget) -> None:
        """Put the list and the record on their sides."""
        self._sides = first, second
        self.addWidget(first)
        self.addWidget(second)
        self.handle(1).setObjectName(f"{self.objectName()}.handle")  # the splitter has called it otherwise
        self.setChildrenCollapsible(True)
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 1)
        held = self._station.recall(f"{self.objectName()}.sizes", [])
        if len(held) == 2 and all(isinstance(size, int) for size in held) and sum(held) > 0:
            self.setSizes(held)
            first.setEnabled(held[0] > 0)
        else:
            self._shared = True
            self._share()

    def share_anew(self) -> None:
        """The list wishes for another width; where somebody has moved the line, it stays."""
        if self._shared:
            self._share()

    def _share(self) -> None:
        across = self.orientation() == Qt.Orientation.Horizontal
        self.setSizes(self._wished(self.width() if across else self.height()))

    def _wished(self, room: int) -> list[int]:
        first = self._wish(room)
        return [first, max(0, room - self.handleWidth() - first)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._shared:
            self._share()
        super().resizeEvent(event)

    @property
    def list_hidden(self) -> bool:
        """Whether only the record is shown."""
        return self.sizes()[0] == 0

    def toggle(self) -> None:
        """List and record, or the record only."""
        sizes, self._shared = self.sizes(), False
        if sizes[0]:
            self._before = sizes
            self.setSizes([0, sum(sizes)])
        else:
            self.setSizes(self._before or self._wished(sum(sizes) + self.handleWidth()))
        self._cover()
        self._keep.start()

    def uncover(self) -> None:
        """Somebody wants to work in the list: show it."""
        if self.list_hidden:
            self.toggle()

    def _cover(self) -> None:
        """What is folded away hears no key (F-4)."""
        hidden, shown = self._sides
        if self.list_hidden:
            here = QApplication.focusWidget()
            if here is not None and hidden.isAncestorOf(here):
                self._focus(shown)
        hidden.setEnabled(not self.list_hidden)

    @staticmethod
    def _focus(side: QWidget) -> None:
        for part in side.findChildren(QWidget):
            if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisible() and part.isEnabled():
                part.setFocus()
                return

    def move_by(self, pixels: int) -> None:
        """Share the room otherwise, as a drag would."""
        self._shared = False
        first, second = self.sizes()
        self.setSizes([max(0, first + pixels), max(0, second - pixels)])
        self._cover()
        self._keep.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """The window goes, or another page comes: what was just moved is not forgotten."""
        if self._keep.isActive():
            self._keep.stop()
            self._remember()
        super().hideEvent(event)

    def _remember(self) -> None:
        self._station.remember(f"{self.objectName()}.sizes", self.sizes())
