"""The colours a stage may have in each theme; a word always stands beside them."""

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
HIGH_LIGHT = {
    "grey": "#565656", "blue": "#0b4bb3", "green": "#0b6b33", "amber": "#7a4a00", "red": "#a3170f",
    "violet": "#5b34a3",
}  # fmt: skip
HIGH_DARK = {
    "grey": "#b0b0b0", "blue": "#9cc9ff", "green": "#8ff0b3", "amber": "#ffd27a", "red": "#ffb3aa",
    "violet": "#d8c4ff",
}  # fmt: skip
WORN = {theme.LIGHT: LIGHT, theme.DARK: DARK, theme.HIGH_LIGHT: HIGH_LIGHT, theme.HIGH_DARK: HIGH_DARK}


def colour(widget: QWidget, name: str) -> QColor:
    """A stage's colour in the theme this widget wears; grey where it has none."""
    held = WORN[theme.theme_of(widget)]
    return QColor(held.get(name, held["grey"]))
