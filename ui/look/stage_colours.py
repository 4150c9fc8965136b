"""The colours a stage may have, in the light theme and in the dark one; a word always stands beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor

from ui.look import theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

LIGHT = {
    "grey": "#8f97a3", "blue": "#4d7fd6", "green": "#3f8f5d", "amber": "#b8832a", "red": "#c2554d",
    "violet": "#8a6bc2",
}  # fmt: skip
DARK = {
    "grey": "#767f8b", "blue": "#82b1ff", "green": "#7dd39f", "amber": "#f0bd58", "red": "#ff9d92",
    "violet": "#bda2ee",
}  # fmt: skip


def colour(widget: QWidget, name: str) -> QColor:
    """A stage's colour in the theme this widget wears; grey where it has none."""
    held = DARK if theme.theme_of(widget) is theme.DARK else LIGHT
    return QColor(held.get(name, held["grey"]))
