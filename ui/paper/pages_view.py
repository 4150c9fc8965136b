"""Pages as they will come out: white paper on the ground of the window, one under the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from channergy_crm.language import _
from ui.look import theme
from ui.paper.painting import paint
from ui.paper.sheet import POINT
from ui.widgets.controls import ScrollBar

if TYPE_CHECKING:
    from ui.paper.sheet import Paper

BETWEEN = 16
"""pixels around every page"""
ZOOMS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)


class PagesView(QAbstractScrollArea):
    """Shows the pages in the width there is, or as large as somebody wants them."""

    turned = Signal()
    """another page is looked at, or the same one larger or smaller"""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(_("Pages"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBar(ScrollBar(Qt.Orientation.Vertical, self))
        self.setHorizontalScrollBar(ScrollBar(Qt.Orientation.Horizontal, self))
        self._paper: Paper | None = None
        self._zoom = 0.0
        """0: as wide as there is room, though no larger than the paper"""
        self.verticalScrollBar().valueChanged.connect(lambda: self.turned.emit())

    def show_paper(self, paper: Paper | None, *, focus: bool = True) -> None:
        """Show these pages, from the first one; the keys go to them, unless somebody is at something else."""
        self._paper = paper
        self._measure()
        self.verticalScrollBar().setValue(0)
        self.viewport().update()
        if focus:
            self.setFocus()

    def read(self) -> list[str]:
        """What stands on the first page, line by line."""
        return self._paper.pages[0].lines() if self._paper is not None and self._paper.pages else []

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._paper.pages) if self._paper else 0

    @property
    def page(self) -> int:
        """The place of the page that is looked at; 0 is the first."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        return max(0, min(self.count - 1, middle // max(1, self._step())))

    def go(self, page: int) -> None:
        """To the beginning of a page."""
        self.verticalScrollBar().setValue(max(0, min(self.count - 1, page)) * self._step())

    @property
    def zoom(self) -> float:
        """How large the pages are; 1 is as large as the paper."""
        if self._zoom or self._paper is None:
            return self._zoom or 1.0
        wide = self._paper.sheet.width / POINT / 72 * self.logicalDpiX()
        return max(ZOOMS[0], min(1.0, (self.viewport().width() - 2 * BETWEEN) / wide))

    def enlarge(self, by: int) -> None:
        """One step larger or smaller; 0 is as wide as there is room."""
        page, now = self.page, self.zoom
        larger = [zoom for zoom in ZOOMS if zoom > now + 0.01]
        smaller = [zoom for zoom in ZOOMS if zoom < now - 0.01]
        self._zoom = (larger or ZOOMS[-1:])[0] if by > 0 else (smaller or ZOOMS[:1])[-1] if by else 0.0
        self._measure()
        self.go(page)
        self.turned.emit()

    def _side(self) -> tuple[int, int]:
        assert self._paper is not None  # noqa: S101  nothing is measured before
        dots = self.logicalDpiX() / 72 / POINT * self.zoom
        return round(self._paper.sheet.width * dots), round(self._paper.sheet.height * dots)

    def _step(self) -> int:
        return self._side()[1] + BETWEEN if self._paper else 1

    def _measure(self) -> None:
        if self._paper is None:
            self.verticalScrollBar().setRange(0, 0)
            return
        width, _height = self._side()
        down, along = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setRange(0, max(0, self._step() * self.count + BETWEEN - self.viewport().height()))
        down.setPageStep(self._step())
        down.setSingleStep(40)
        along.setRange(0, max(0, width + 2 * BETWEEN - self.viewport().width()))
        along.setPageStep(self.viewport().width())
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()
        self.turned.emit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Everything moves, so all that is seen is painted anew."""
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.colour(self, "chrome"))
        if self._paper is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        (width, height), step = self._side(), self._step()
        x = max(BETWEEN, (self.viewport().width() - width) // 2) - self.horizontalScrollBar().value()
        top = self.verticalScrollBar().value()
        for number in range(
            max(0, (top - BETWEEN) // step), min(self.count, (top + self.viewport().height()) // step + 1)
        ):
            there = QRect(x, BETWEEN + number * step - top, width, height)
            painter.fillRect(there, Qt.GlobalColor.white)
            painter.setPen(QPen(theme.colour(self, "line"), 1))
            painter.drawRect(there)
            painter.save()
            painter.setClipRect(there)
            painter.translate(there.topLeft())
            painter.scale(width / self._paper.sheet.width, width / self._paper.sheet.width)
            paint(painter, self._paper.pages[number], self._paper.sheet.size)
            painter.restore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """PgUp and PgDn turn pages; Home and End go to the first and the last."""
        key = event.key()
        turns = {Qt.Key.Key_PageDown: self.page + 1, Qt.Key.Key_PageUp: self.page - 1, Qt.Key.Key_Home: 0,
                 Qt.Key.Key_End: self.count - 1}  # fmt: skip
        if Qt.Key(key) in turns:
            self.go(turns[Qt.Key(key)])
        elif event.matches(QKeySequence.StandardKey.ZoomIn):
            self.enlarge(1)
        elif event.matches(QKeySequence.StandardKey.ZoomOut):
            self.enlarge(-1)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl larger or smaller."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.enlarge(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)
