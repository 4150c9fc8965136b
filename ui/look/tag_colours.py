"""What a tag wears in each theme: a ground and the ink of its word, 5 : 1 or more, 7 : 1 in high contrast (BX-40)."""

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
HIGH_LIGHT = {
    "grey": ("#e4e4e4", "#000000"), "red": ("#ffe4e1", "#7a0d08"), "orange": ("#ffeacb", "#573400"),
    "green": ("#ddf5e4", "#07421f"), "teal": ("#d6f3f3", "#053f44"), "blue": ("#dbe7ff", "#0b3380"),
    "violet": ("#ece4ff", "#43257e"), "pink": ("#ffe1f0", "#730f45"),
}  # fmt: skip
HIGH_DARK = {
    "grey": ("#262626", "#ffffff"), "red": ("#3a0d0c", "#ffc6c0"), "orange": ("#332100", "#ffd591"),
    "green": ("#0a2e17", "#a8f2c2"), "teal": ("#06302f", "#9eeaee"), "blue": ("#0e2a55", "#bfd8ff"),
    "violet": ("#271b47", "#dccbff"), "pink": ("#3a1230", "#ffc0e0"),
}  # fmt: skip
WORN = {theme.LIGHT: LIGHT, theme.DARK: DARK, theme.HIGH_LIGHT: HIGH_LIGHT, theme.HIGH_DARK: HIGH_DARK}


def inks(widget: QWidget, name: str) -> tuple[QColor, QColor]:
    """The ground and the ink of a tag of this colour in the theme a widget wears; grey where it has none."""
    held = WORN[theme.theme_of(widget)]
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
