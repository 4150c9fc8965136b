"""The topics of Settings as a list; while something is looked for the settings that fit stand under their topic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from channergy_crm.language import _
from channergy_crm.text.folding import fold
from ui.look import paint, theme
from ui.look.icons import icon
from ui.look.turned import draw_icon, turned
from ui.widgets.controls import ScrollBar
from ui.widgets.dialog import named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

    from ui.areas import Part, Topic

HIGH, SIGN, BESIDE = 36, 16, 18
TOPIC, PART = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class TopicList(QListWidget):
    """Walking through it shows each topic; Enter or a click on a setting goes to it."""

    turned = Signal(str)
    """another topic is looked at"""
    opened = Signal(str, str)
    """a topic is gone into: to this part of it, or to the first"""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "settings.topics", _("Topics"))
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)  # the ground it stands on
        self.names: list[str] = []
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(ScrollBar(Qt.Orientation.Vertical, self))
        self.setMouseTracking(True)
        self.setItemDelegate(TopicPainter(self))
        self.currentItemChanged.connect(self._turn)

    def fill(self, topics: Sequence[Topic], text: str) -> None:
        """All topics, or those that fit with their settings that do; the one looked at stays if it is among them."""
        wanted, stood, before = fold(text).split(), self.current(), self.blockSignals(True)
        self.names = [topic.name for topic in topics]
        self.clear()
        for topic in topics:
            parts = [part for part in topic.parts if wanted and _fits(f"{part.label} {part.words}", wanted)]
            if parts or _fits(topic.title, wanted):
                self._add(topic)
                for part in parts:
                    self._add(topic, part)
        self.blockSignals(before)
        if not self.come_to(stood) and self.count():
            hits = [row for row in range(self.count()) if wanted and self.item(row).data(PART)]
            self.setCurrentRow(hits[0] if hits else 0)

    def current(self) -> str:
        """The topic that is looked at."""
        item = self.currentItem()
        return str(item.data(TOPIC)) if item is not None else ""

    def stands_at(self) -> object:
        """The topic that is open."""
        return self.current()

    def stand_at(self, where: Any) -> None:
        """Open it again."""
        self.come_to(where)

    def come_to(self, name: str) -> bool:
        """Look at this topic; False when it is not there."""
        for row in range(self.count()):
            if self.item(row).data(TOPIC) == name and not self.item(row).data(PART):
                self.setCurrentRow(row)
                return True
        return False

    def open_current(self) -> None:
        """Go into the topic, or to the setting the cursor is on."""
        if (item := self.currentItem()) is not None:
            self.opened.emit(item.data(TOPIC), item.data(PART))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self.open_current()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        item = self.itemAt(event.position().toPoint())
        if item is not None and item.data(PART):
            self.open_current()

    def _add(self, topic: Topic, part: Part | None = None) -> None:
        item = QListWidgetItem(part.label if part else topic.title, self)
        item.setData(TOPIC, topic.name)
        item.setData(PART, part.name if part else "")
        if part is None:
            item.setIcon(icon(topic.icon, self))

    def _turn(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.turned.emit(item.data(TOPIC))


class TopicPainter(QStyledItemDelegate):
    """A drawing and a word; the one looked at is bold, soft with the focus and idle without."""

    def __init__(self, topics: TopicList) -> None:
        super().__init__(topics)
        self._topics = topics

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        words = option.fontMetrics.horizontalAdvance(str(index.data()))
        return QSize(words, theme.px(HIGH if not index.data(PART) else 28, self._topics))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter = turned(painter, self._topics.viewport())
        room, states = QRect(option.rect), QStyle.StateFlag
        chosen, focus = bool(option.state & states.State_Selected), self._topics.hasFocus()
        painter.save()
        if chosen:
            paint.cursor(painter, self._topics, room, focus=focus)
        elif option.state & states.State_MouseOver:
            painter.fillRect(room, theme.colour(self._topics, "hover"))
        sign = index.data(Qt.ItemDataRole.DecorationRole)
        at = QRect(room.left() + BESIDE, room.center().y() - SIGN // 2 + 1, SIGN, SIGN)
        if sign is not None:
            draw_icon(painter, sign, at)
        bold = chosen and sign is not None
        painter.setFont(theme.strong(self._topics.font()) if bold else self._topics.font())
        painter.setPen(theme.colour(self._topics, "text"))
        words = room.adjusted(BESIDE + SIGN + 10, 0, -8, 0)
        said = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, LEFT, said)
        painter.restore()


def _fits(text: str, wanted: Sequence[str]) -> bool:
    words = fold(text).split()
    return all(any(word.startswith(piece) for word in words) for piece in wanted)
