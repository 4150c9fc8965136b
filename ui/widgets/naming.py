"""How a widget is called: by the program, and by whoever hears the screen."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QWidget

W = TypeVar("W", bound=QWidget)


def named(widget: W, name: str, said: str) -> W:
    """Give a widget its name and what a screen reader says for it."""
    widget.setObjectName(name)
    widget.setAccessibleName(said)
    return widget
