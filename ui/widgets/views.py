"""Lists and grids in dialogs: as calm as those of the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHeaderView

from ui.look import theme
from ui.widgets.controls import ScrollBar

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QAbstractScrollArea, QWidget

V = TypeVar("V", bound="QAbstractScrollArea")
HEIGHT, PADDING = 26, 4
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def calm(view: V) -> V:
    """Thin scroll bars without arrows."""
    view.setVerticalScrollBar(ScrollBar(Qt.Orientation.Vertical, view))
    view.setHorizontalScrollBar(ScrollBar(Qt.Orientation.Horizontal, view))
    return view


class Titles(QHeaderView):
    """The titles of the columns of a short grid: small and quiet, over their column, with a line below."""

    padding = PADDING

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.px(HEIGHT, self))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """One title."""
        role, across = Qt.ItemDataRole, Qt.Orientation.Horizontal
        title = str(self.model().headerData(section, across) or "")
        side = self.model().headerData(section, across, role.TextAlignmentRole)
        right = bool(Qt.AlignmentFlag(side or 0) & Qt.AlignmentFlag.AlignRight)
        font, room = theme.small(self.font()), rect.adjusted(self.padding, 0, -self.padding, -1)
        painter.save()
        painter.fillRect(rect, theme.colour(self, "side"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour(self, "line"))
        painter.setFont(font)
        painter.setPen(theme.colour(self, "muted"))
        title = QFontMetrics(font).elidedText(title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, RIGHT if right else LEFT, title)
        painter.restore()
