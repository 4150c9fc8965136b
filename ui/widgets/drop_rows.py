"""The rows of drop-downs, high enough to be hit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QStyledItemDelegate

from ui.look import theme
from ui.widgets.controls import SMALLEST

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QComboBox, QStyleOptionViewItem

BETWEEN = 9
"""pixels of a line between two groups"""


class DropRows(QStyledItemDelegate):
    """Paints what stands in a drop-down, row by row, and the lines between groups."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        if not _divides(index):
            super().paint(painter, option, index)
            return
        room = option.rect
        painter.fillRect(QRect(room.left(), room.center().y(), room.width(), 1), theme.colour(option.widget, "line"))

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        high = BETWEEN if _divides(index) else max(size.height(), theme.px(SMALLEST, option.widget))
        return QSize(size.width(), high)


def _divides(index: QModelIndex | QPersistentModelIndex) -> bool:
    return bool(index.data(Qt.ItemDataRole.AccessibleDescriptionRole) == "separator")  # unsaid: as Qt marks it


def rows_to_hit(box: QComboBox) -> None:
    """Give a drop-down that is about to open rows of that height."""
    if not isinstance(box.view().itemDelegate(), DropRows):
        box.view().setItemDelegate(DropRows(box.view()))
