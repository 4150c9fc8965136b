"""What rows are painted with: fonts, their metrics, colours and drawings, made once for a theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette

from ui.look import paint, theme
from ui.look.icons import icon

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QWidget

DRAWING, BOX = 14, 15


class Inked:
    """Whoever paints on a grid with an ink that is made once, and anew when letters or colours are others."""

    grid: QWidget
    _ink: Ink | None = None

    def renew(self) -> None:
        """Letters, colours or words are others now."""
        self._ink = None

    @property
    def ink(self) -> Ink:
        """What rows are painted with."""
        if self._ink is None:
            self._ink = Ink(self.grid)
        return self._ink


class Ink:
    """Fonts, their metrics, colours and drawings of one theme: made once, not for every row."""

    def __init__(self, grid: QWidget) -> None:
        font, worn = grid.font(), theme.theme_of(grid)
        self.colours = {name: QColor(value) for name, value in worn._asdict().items()}
        self.fonts = {
            "normal": font, "small": theme.small(font), "name": theme.name(font), "strong": theme.strong(font),
        }  # fmt: skip
        self.metrics = {name: QFontMetrics(held) for name, held in self.fonts.items()}
        self._ratio = grid.devicePixelRatioF()
        self._drawings: dict[tuple[str, str], QPixmap] = {}

    def measure(self, font: str, text: str) -> int:
        """How wide a text is."""
        return self.metrics[font].horizontalAdvance(text)

    def shortened(self, font: str, text: str, width: int) -> str:
        """The text, ending in a sign that it goes on where it is too long."""
        metrics = self.metrics[font]
        if metrics.horizontalAdvance(text) <= width:
            return text
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)

    def drawing(self, name: str, ink: str) -> QPixmap:
        """A line icon in a colour."""
        held = self._drawings.get((name, ink))
        if held is None:
            palette = QPalette()
            palette.setColor(QPalette.ColorRole.ButtonText, self.colours[ink])
            side = QSize(DRAWING, DRAWING)
            held = self._drawings[name, ink] = icon(name, palette).pixmap(side, self._ratio)
        return held

    def check(self, painter: QPainter, at: QPoint, *, checked: bool) -> None:
        """A box to check, of which `at` is the middle of the left side."""
        box = QRectF(at.x(), at.y() - BOX // 2, BOX, BOX)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, edge = ("accent", "accent") if checked else ("field", "border")
        paint.box(painter, box, ground=self.colours[ground], edge=self.colours[edge], round_by=paint.TAG)
        if checked:
            paint.check(painter, box, self.colours["on_accent"])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
