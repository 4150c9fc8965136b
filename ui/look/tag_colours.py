"""What a tag wears, in the light theme and in the dark one: a ground and the ink of its word, 5 : 1 or more (BX-40)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from ui.look import paint, theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

LIGHT = {
    "grey": ("#e6eaf1", "#3b4552"), "red": ("#fde3e0", "#961d17"), "orange": ("#fce8cf", "#754600"),
    "green": ("#dcf1e2", "#165a36"), "teal": ("#d5f0f0", "#0b565c"), "blue": ("#dbe7fb", "#174fae"),
    "violet": ("#eae2fa", "#58379a"), "pink": ("#fbe0ee", "#921e5b"),
}  # fmt: skip
DARK = {
    "grey": ("#373d47", "#d3d8df"), "red": ("#4a2b2d", "#ffb3ab"), "orange": ("#46351f", "#f3c47a"),
    "green": ("#1f3f2c", "#93dcae"), "teal": ("#1b4144", "#86d7dc"), "blue": ("#263d62", "#a5c7ff"),
    "violet": ("#3a2f58", "#cdb8f7"), "pink": ("#4a2940", "#f5aed4"),
}  # fmt: skip


def inks(widget: QWidget, name: str) -> tuple[QColor, QColor]:
    """The ground and the ink of a tag of this colour in the theme a widget wears; grey where it has none."""
    held = DARK if theme.theme_of(widget) is theme.DARK else LIGHT
    ground, ink = held.get(name, held["grey"])
    return QColor(ground), QColor(ink)


def sample(widget: QWidget, name: str) -> QIcon:
    """A small square of a colour, for a list of colours."""
    picture = QPixmap(QSize(16, 16))
    picture.fill(QColor(0, 0, 0, 0))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground, ink = inks(widget, name)
    paint.box(painter, picture.rect().toRectF().adjusted(1, 1, -1, -1), ground=ground, edge=ink, round_by=paint.TAG)
    painter.end()
    return QIcon(picture)
