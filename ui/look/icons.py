"""One family of line icons in the colours of the palette, sharp at any size.

The drawings are `resources/icons/*.svg`: a grid of 24, lines of 1.75 with round ends, `currentColor`.
"""

from __future__ import annotations

import weakref
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPalette,
    QPixmap,
    QPixmapCache,
    QTransform,
)
from PySide6.QtWidgets import QWidget

from channergy_crm.resources import data

if TYPE_CHECKING:
    from PySide6.QtSvg import QSvgRenderer


POINTING = {
    "chevron_right", "previous", "next", "first", "last", "goto", "undo", "redo", "skip", "save_next", "sign_out",
    "send", "list", "open", "restore",
}  # fmt: skip
"""what points along the lines: it is turned round where these go from right to left"""


def icon(name: str, palette: QPalette | QWidget) -> QIcon:
    """The icon of that name. Given a widget it follows the widget's palette when light turns dark."""
    return QIcon(LineIcon(name, palette))


def app_icon() -> QIcon:
    """The sign of the program, for title bars and task bars."""
    sign = QIcon()
    for side in (16, 24, 32, 48, 64, 128, 256):
        sign.addPixmap(_painted(_renderer_of((data("resources") / "app.svg").read_bytes()), QSize(side, side)))
    return sign


class LineIcon(QIconEngine):
    """Draws one icon in the ink of the moment: text, muted when disabled, the selection's ink when selected."""

    def __init__(self, name: str, palette: QPalette | QWidget) -> None:
        super().__init__()
        self._name = name
        self._owner = weakref.ref(palette) if isinstance(palette, QWidget) else None
        self._palette = palette.palette() if isinstance(palette, QWidget) else QPalette(palette)
        if name not in _drawings():
            raise FileNotFoundError(name)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw it into the rectangle."""
        renderer = _renderer(self._name, self._ink(mode).name())
        if not self._points_back():
            renderer.render(painter, QRectF(rect))
            return
        painter.save()
        painter.translate(rect.left() + rect.right() + 1, 0)
        painter.scale(-1, 1)
        renderer.render(painter, QRectF(rect))
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Draw it at that many real pixels."""
        side, ink, back = min(size.width(), size.height()), self._ink(mode).name(), self._points_back()
        key, held = f"icon/{self._name}/{ink}/{side}{'/back' if back else ''}", QPixmap()
        if not QPixmapCache.find(key, held):
            held = _painted(_renderer(self._name, ink), QSize(side, side))
            held = held.transformed(QTransform(-1, 0, 0, 1, 0, 0)) if back else held
            QPixmapCache.insert(key, held)
        return held

    def clone(self) -> QIconEngine:
        """The same icon once more."""
        owner = self._owner() if self._owner else None
        return LineIcon(self._name, owner if owner is not None else self._palette)

    def _points_back(self) -> bool:
        """Whether it points along the lines, and these go from right to left."""
        owner = self._owner() if self._owner else None
        backwards = owner.isRightToLeft() if owner is not None else QGuiApplication.isRightToLeft()
        return self._name in POINTING and backwards

    def _ink(self, mode: QIcon.Mode) -> QColor:
        owner = self._owner() if self._owner else None
        if owner is not None:
            self._palette = owner.palette()
        if mode == QIcon.Mode.Disabled:
            return self._palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
        role = QPalette.ColorRole.HighlightedText if mode == QIcon.Mode.Selected else QPalette.ColorRole.ButtonText
        return self._palette.color(QPalette.ColorGroup.Active, role)


@cache
def _drawings() -> frozenset[str]:
    """The drawings there are; each is read when it is first painted."""
    return frozenset(path.stem for path in (data("resources") / "icons").iterdir())


@cache
def _drawing(name: str) -> str:
    return (data("resources") / "icons" / f"{name}.svg").read_text("utf-8")


@cache
def _renderer(name: str, ink: str) -> QSvgRenderer:
    return _renderer_of(_drawing(name).replace("currentColor", ink).encode())


def _renderer_of(drawing: bytes) -> QSvgRenderer:
    from PySide6.QtSvg import QSvgRenderer

    return QSvgRenderer(QByteArray(drawing))


def _painted(renderer: QSvgRenderer, size: QSize) -> QPixmap:
    picture = QPixmap(size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(QRect(QPoint(0, 0), size)))
    painter.end()
    return picture
