"""The headings of a list: small and quiet, with an arrow where it is sorted by, and a hair below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent
from PySide6.QtWidgets import QHeaderView

from ui.look import paint, theme
from ui.look.plain import show_tip
from ui.look.turned import turned

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

HEIGHT, PADDING, ARROW = 28, 8, 14
LEAST, SPARE = 40, 4
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Headings(QHeaderView):
    """Titles of columns: a click sorts, dragging moves or widens, the menu chooses columns."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSortIndicatorShown(True)
        self.setStretchLastSection(True)
        self.setMinimumSectionSize(LEAST)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def wish(self, section: int) -> int:
        """How wide the title of a column is."""
        metrics = QFontMetrics(theme.small(self.font()))
        return metrics.horizontalAdvance(self._title(section)) + 2 * PADDING + ARROW + SPARE

    def _title(self, section: int) -> str:
        return str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.px(HEIGHT, self))

    def viewportEvent(self, event: QEvent) -> bool:
        """The whole title as a tip, where it has too little room to be read."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            section = self.logicalIndexAt(event.pos())
            told = self._title(section) if section >= 0 and self.sectionSize(section) < self.wish(section) else ""
            show_tip(event.globalPos(), told, self)
            return True
        return super().viewportEvent(event)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """One title."""
        painter = turned(painter, self, rect)
        painter.save()
        painter.fillRect(rect, theme.colour(self, "side"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour(self, "line"))
        first = self.visualIndex(section) == 0
        room = rect.adjusted(PADDING + (4 if first else 0), 0, -PADDING, -1)
        sorted_by = section == self.sortIndicatorSection()
        side = self.model().headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        right = bool(Qt.AlignmentFlag(side or 0) & Qt.AlignmentFlag.AlignRight)
        font = theme.small(self.font())
        metrics = QFontMetrics(font)
        title = self._title(section)
        free = room.width() - (ARROW if sorted_by else 0)
        title = metrics.elidedText(title, Qt.TextElideMode.ElideRight, free)
        painter.setFont(font)
        painter.setPen(theme.colour(self, "muted"))
        painter.drawText(room, RIGHT if right else LEFT, title)
        if sorted_by:
            wide = metrics.horizontalAdvance(title)
            at = room.right() - wide - ARROW + 4 if right else room.left() + wide + ARROW - 4
            down = self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
            painter.setRenderHint(painter.RenderHint.Antialiasing)
            paint.chevron(painter, QPointF(at, rect.center().y()), theme.colour(self, "muted"), down=down, size=3.5)
        painter.restore()


def still(headings: Headings) -> Headings:
    """Titles of a list that is not sorted and whose columns stay where they are."""
    headings.setSectionsMovable(False)
    headings.setSectionsClickable(False)
    headings.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    headings.setSortIndicatorShown(False)
    return headings
