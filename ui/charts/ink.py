"""The colours of charts, beside those of the theme: one neutral series, and four steps of heat with the ink on each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QColor

from ui.look import theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class Ink(NamedTuple):
    """What a chart is painted with: the first series, the second, and heat from little to much as (ground, figure)."""

    bar: str
    rest: str
    heat: tuple[tuple[str, str], ...]


LIGHT = Ink(
    "#6b7a90", "#d2d9e3",
    (("#e3e9f2", "#1a2028"), ("#c9d4e4", "#1a2028"), ("#a6b7cf", "#1a2028"), ("#5c708f", "#ffffff")),
)  # fmt: skip
DARK = Ink(
    "#8e9db3", "#3c4552",
    (("#2b323b", "#e6e9ee"), ("#394452", "#e6e9ee"), ("#4d5c70", "#e6e9ee"), ("#a3b3ca", "#10151c")),
)  # fmt: skip
HIGH_LIGHT = Ink(
    "#3f4a5c", "#8a94a3",
    (("#f1f4f9", "#000000"), ("#d5deea", "#000000"), ("#aebfd6", "#000000"), ("#2f4260", "#ffffff")),
)  # fmt: skip
HIGH_DARK = Ink(
    "#c3cfe0", "#6b7787",
    (("#161b22", "#ffffff"), ("#2b3646", "#ffffff"), ("#3b4c64", "#ffffff"), ("#c3d3ea", "#000000")),
)  # fmt: skip
WORN = {theme.LIGHT: LIGHT, theme.DARK: DARK, theme.HIGH_LIGHT: HIGH_LIGHT, theme.HIGH_DARK: HIGH_DARK}


def of(widget: QWidget) -> Ink:
    """The colours in the theme this one wears."""
    return WORN[theme.theme_of(widget)]


def colour(widget: QWidget, name: str) -> QColor:
    """ "bar" or "rest" of a chart, or a colour of the theme by its meaning."""
    return QColor(getattr(of(widget), name)) if name in ("bar", "rest") else theme.colour(widget, name)
