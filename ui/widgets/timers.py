"""Puts off what has to happen a moment later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable


def later(parent: QObject, what: Callable[[], None], ms: int = 300) -> QTimer:
    """A timer that does something once when nothing has happened for a moment."""
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(ms)
    timer.timeout.connect(what)
    return timer
