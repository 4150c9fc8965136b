"""What the mouse does in the painted views: it takes entries, draws new ones, and drops what came from beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from ui.look import paint
from ui.look.plain import as_tip
from ui.look.turned import turned, turned_point
from ui.pages.calendar import words
from ui.pages.calendar.carried import carried
from ui.pages.calendar.places import USUAL, Slot, begins, whole
from ui.pages.calendar.standing import Standing, key_of

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QDragEnterEvent,
        QDragMoveEvent,
        QDropEvent,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
    )
    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.calendar.entries import Entry
    from ui.pages.calendar.ink import Ink


class Held(NamedTuple):
    """What the mouse holds: an entry or None (an empty place), where it was taken, how: "move", "lengthen", "draw",
    "fixed".
    """

    entry: Entry | None
    slot: Slot
    how: str
    at: QPointF
    off: float = 0
    """minutes between the beginning of the entry and the hand"""


class EntryView(Standing):
    """A painted view: what is held by the mouse is shown as a ghost where it would stand."""

    def __init__(self, name: str, said: str, parent: QWidget) -> None:
        super().__init__(name, said, parent)
        self.held: Held | None = None
        self.ghost: Entry | None = None
        self._behind: QPixmap | None = None
        """all of it but what is held, while something is dragged: only the ghost is painted anew then"""
        self.setMouseTracking(True)
        self.setAcceptDrops(True)

    def slot_at(self, at: QPointF) -> Slot | None:
        """The place under a point."""
        raise TypeError("each view knows its places")

    def draw(self, painter: QPainter, ink: Ink) -> None:
        """Paint all of it, but what is held."""
        raise TypeError("each view says how it is painted")

    def draw_ghost(self, painter: QPainter, ghost: Entry, ink: Ink) -> None:
        """Paint what is held where it would stand."""
        raise TypeError("each view says where things stand")

    def anew(self) -> None:
        """What is behind the ghost stands elsewhere now."""
        self._behind = None
        self.update()

    def is_held(self, entry: Entry) -> bool:
        """Whether this is what is dragged."""
        held = self.held.entry if self.held is not None else None
        return self.ghost is not None and held is not None and key_of(entry)[:3] == key_of(held)[:3]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, ink = paint.begin(self), self.worn.of(self)
        if self.ghost is None:
            self._behind = None
            self.draw(turned(painter, self), ink)
            return
        if self._behind is None or self._behind.deviceIndependentSize().toSize() != self.size():
            self._behind = QPixmap(self.size() * self.devicePixelRatioF())
            self._behind.setDevicePixelRatio(self.devicePixelRatioF())
            behind = QPainter(self._behind)
            behind.setRenderHint(QPainter.RenderHint.Antialiasing)
            behind.setLayoutDirection(self.layoutDirection())
            self.draw(turned(behind, self), ink)
            behind.end()
        painter.drawPixmap(0, 0, self._behind)
        self.draw_ghost(turned(painter, self), self.ghost, ink)

    def hand(self, event: QMouseEvent | QDropEvent) -> QPointF:
        """Where a hand is, as the view thinks of its places: from left to right, however it is painted."""
        return turned_point(self, event.position())

    def entry_at(self, at: QPointF) -> tuple[Entry, QRectF] | None:
        """The entry under a point, and where it stands."""
        return next(((entry, room) for entry, room in reversed(self.rooms()) if room.contains(at)), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.held is not None and event.key() == Qt.Key.Key_Escape:
            self.let_go()
        else:
            super().keyPressEvent(event)

    # ---------------------------------------------------------------- the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        found, slot = self.entry_at(self.hand(event)), self.slot_at(self.hand(event))
        if found is not None:
            self.stand_on(found[0])
            self.held = self.take(found[0], found[1], slot, self.hand(event))
        elif slot is not None:
            self.stand_at(slot)
            self.held = Held(None, slot, "draw", self.hand(event))

    def take(self, entry: Entry, room: QRectF, slot: Slot | None, at: QPointF) -> Held | None:
        """How the hand takes an entry: "fixed" where it cannot be moved."""
        how = "move" if entry.may_edit else "fixed"
        return Held(entry, slot or Slot(entry.day, begins(entry), entry.owner), how, at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.held is None:
            found = self.entry_at(self.hand(event))
            self.setToolTip("" if found is None else as_tip(words.heard(found[0])))
            self.point(found, self.hand(event))
            return
        far = (self.hand(event) - self.held.at).manhattanLength() >= QApplication.startDragDistance()
        if not event.buttons() & Qt.MouseButton.LeftButton or (self.ghost is None and not far):
            return
        if self.held.how == "fixed":
            entry, self.held = self.held.entry, None
            self.wanted.emit("fixed", entry, None)
        else:
            self.drag(self.held, self.hand(event))

    def point(self, found: tuple[Entry, QRectF] | None, at: QPointF) -> None:
        """What the pointer looks like over this."""
        self.setCursor(Qt.CursorShape.ArrowCursor if found is None else Qt.CursorShape.PointingHandCursor)

    def drag(self, held: Held, at: QPointF) -> None:
        """Show where what is held would stand."""
        slot = self.slot_at(at)
        if held.entry is None or slot is None:
            return
        ghost = whole(held.entry._replace(day=slot.day))
        if ghost != self.ghost:
            self.ghost = ghost
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        held, ghost = self.held, self.ghost
        self.let_go()
        if held is None:
            return
        if ghost is None:
            if held.entry is not None:
                self.wanted.emit("card", held.entry, None)
        elif held.entry is None:
            self.wanted.emit("new", Slot(ghost.day, begins(ghost), ghost.owner), ghost.minutes)
        elif held.how == "lengthen":
            if ghost.minutes != (held.entry.minutes or USUAL):
                self.wanted.emit("lengthen", held.entry, ghost.minutes)
        elif (ghost.day, ghost.at, ghost.owner) != (whole(held.entry).day, held.entry.at, held.entry.owner):
            self.wanted.emit("move", held.entry, Slot(ghost.day, begins(ghost), ghost.owner))

    def let_go(self) -> None:
        """Nothing is held any more."""
        self.held = self.ghost = None
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        found, slot = self.entry_at(self.hand(event)), self.slot_at(self.hand(event))
        if found is not None:
            self.wanted.emit("open", found[0], None)
        elif slot is not None:
            self.wanted.emit("new", slot, 0)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        entry, keys = self.current(), event.reason() == QContextMenuEvent.Reason.Keyboard
        if entry is not None:
            self.wanted.emit("card", entry, "keys" if keys else None)

    # ---------------------------------------------------------------- what is dragged here from the side

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if carried(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        slot = self.slot_at(self.hand(event))
        if carried(event.mimeData()) is not None and slot is not None:
            event.acceptProposedAction()
            self.stand_at(slot)
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        number, slot = carried(event.mimeData()), self.slot_at(self.hand(event))
        if number is not None and slot is not None:
            event.acceptProposedAction()
            self.wanted.emit("dropped", number, slot)
