"""A list of names with a smaller line under each: roles, groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from ui.look import paint, theme
from ui.look.turned import turned
from ui.widgets.dialog import named
from ui.widgets.views import calm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

KEY, UNDER = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
HIGH, BESIDE = 44, 14
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class TwoLineList(QListWidget):
    """Names to choose one of; the one chosen stays while it is filled anew."""

    def __init__(self, name: str, said: str, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, name, said)
        theme.stand_on(self.viewport(), "side")
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setItemDelegate(TwoLinePainter(self))
        calm(self)

    def fill(self, rows: Sequence[tuple[object, str, str]]) -> None:
        """Show these: key, name, the line under it."""
        held, before = self.key(), self.blockSignals(True)
        self.clear()
        for key, name, under in rows:
            item = QListWidgetItem(name, self)
            item.setData(KEY, key)
            item.setData(UNDER, under)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}, {under}")
        self.blockSignals(before)
        self.choose(held)

    def key(self) -> object:
        """The key of the one that is chosen; None when there is none."""
        item = self.currentItem()
        return item.data(KEY) if item is not None else None

    def choose(self, key: object) -> None:
        """Choose the one of this key, or else the first."""
        rows = [row for row in range(self.count()) if self.item(row).data(KEY) == key]
        self.setCurrentRow(rows[0] if rows else 0 if self.count() else -1)


class TwoLinePainter(QStyledItemDelegate):
    """The name, and what is said of it smaller and muted."""

    def __init__(self, names: QAbstractItemView) -> None:
        super().__init__(names)
        self._names = names

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(40, theme.px(HIGH, self._names))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter = turned(painter, self._names.viewport())
        room, names, worn = QRect(option.rect), self._names, theme.theme_of(self._names)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            paint.cursor(painter, names, room, focus=names.hasFocus())
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(room, QColor(worn.hover))
        painter.fillRect(QRectF(room.left() + BESIDE, room.bottom(), room.width() - BESIDE, 1), QColor(worn.hair))
        half = room.height() // 2
        upper, lower = room.adjusted(BESIDE, 4, -6, -half + 2), room.adjusted(BESIDE, half - 2, -6, -4)
        for text, place, ink, font in (
            (str(index.data()), upper, worn.text, names.font()),
            (str(index.data(UNDER)), lower, worn.muted, theme.small(names.font())),
        ):
            painter.setFont(font)
            painter.setPen(QColor(ink))
            said = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, LEFT, said)
        painter.restore()
