"""Lists and grids in dialogs: as calm as those of the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt

from ui.widgets.controls import ScrollBar

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractScrollArea

V = TypeVar("V", bound="QAbstractScrollArea")


def calm(view: V) -> V:
    """Thin scroll bars without arrows."""
    view.setVerticalScrollBar(ScrollBar(Qt.Orientation.Vertical, view))
    view.setHorizontalScrollBar(ScrollBar(Qt.Orientation.Horizontal, view))
    return view
