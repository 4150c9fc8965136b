"""One piece of news: what was said, how grave it is, and the sign it wears."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from PySide6.QtGui import QIcon, QPalette

from ui.look.icons import icon
from ui.look.theme import colour

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

Level = Literal["news", "warning", "done"]

SIGNS = {"warning": "warning", "done": "check", "news": "notices"}
INKS = {"warning": "overdue", "done": "done", "news": "accent"}


class Notice(NamedTuple):
    """One piece of news and when it was said."""

    text: str
    level: Level
    at: datetime


def sign(level: Level, on: QWidget) -> QIcon:
    """The sign of a warning or of something done, in its colour: never by colour alone."""
    palette = QPalette(on.palette())
    palette.setColor(QPalette.ColorRole.ButtonText, colour(on, INKS[level]))
    return icon(SIGNS[level], palette)
