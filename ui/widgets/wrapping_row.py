"""Buttons in a line that goes on below where a language has longer words than the window is wide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable

ONE_LINE = 520
"""pixels; what is no longer than that stays in one line however narrow the window is made"""


class WrappingRow(QLayout):
    """From the left, and those that were added with `add_last` at the right end of their line."""

    def __init__(self, parent: QWidget, one_line: int = ONE_LINE) -> None:
        super().__init__(parent)
        self._one_line = one_line
        self._items: list[QLayoutItem] = []
        self._last: list[QWidget] = []

    def add_last(self, widget: QWidget) -> None:
        """Add one at the right end."""
        self._last.append(widget)
        self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, place: int) -> QLayoutItem | None:
        return self._items[place] if 0 <= place < len(self._items) else None

    def takeAt(self, place: int) -> QLayoutItem | None:
        return self._items.pop(place) if 0 <= place < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """None: what is left stays free."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay_out(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        """All in one line."""
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(size.width() for size in sizes) + self.spacing() * max(0, len(sizes) - 1)
        return self._with_margins(QSize(width, max((size.height() for size in sizes), default=0)))

    def minimumSize(self) -> QSize:
        """One line, as long as it is not too long; how high more lines get, the width tells."""
        return self.sizeHint().boundedTo(QSize(self._one_line, self.sizeHint().height()))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay_out(rect, move=True)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _with_margins(self, size: QSize) -> QSize:
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _lay_out(self, rect: QRect, *, move: bool) -> int:
        """Put every line under the one before; the height of all of them."""
        room = rect.marginsRemoved(self.contentsMargins())
        top = room.top()
        for line in self._lines(room.width()):
            height = max(item.sizeHint().height() for item in line)
            if move:
                self._place(line, QRect(room.left(), top, room.width(), height))
            top += height + self.spacing()
        return top - self.spacing() - rect.top() + self.contentsMargins().bottom()

    def _lines(self, width: int) -> Iterable[list[QLayoutItem]]:
        line: list[QLayoutItem] = []
        taken = 0
        for item in self._shown():
            wants = item.sizeHint().width()
            if line and taken + self.spacing() + wants > width:
                yield line
                line, taken = [], 0
            taken += wants + (self.spacing() if line else 0)
            line.append(item)
        if line:
            yield line

    def _place(self, line: list[QLayoutItem], room: QRect) -> None:
        widths = [item.sizeHint().width() for item in line]
        spare = room.width() - sum(widths) - self.spacing() * (len(line) - 1)
        left, pushed = room.left(), False
        held = self.parentWidget()
        direction = held.layoutDirection() if held is not None else Qt.LayoutDirection.LeftToRight
        for item, width in zip(line, widths, strict=True):
            if not pushed and item.widget() in self._last:
                left, pushed = left + max(0, spare), True
            size = QSize(min(width, room.width()), item.sizeHint().height())
            place = QRect(QPoint(left, room.top() + (room.height() - size.height()) // 2), size)
            if direction is Qt.LayoutDirection.RightToLeft:
                place.moveLeft(room.left() + room.right() - place.right())
            item.setGeometry(place)
            left += width + self.spacing()
