"""The window's own clipboard, for machines that have no other way to copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QClipboard


class QtClipboard:
    """Qt's clipboard, usable from a worker: it answers only on the window's thread, so it is asked `here`."""

    def __init__(self, clipboard: QClipboard, here: Callable[[Callable[[], object]], None]) -> None:
        self._clipboard, self._here = clipboard, here

    def check(self) -> str | None:
        """Nothing is missing where there is a window."""
        return None

    def copy(self, text: str) -> None:
        """Put a text on the clipboard."""
        self._here(lambda: self._clipboard.setText(text))

    def paste(self) -> str:
        """The text on the clipboard."""
        found: list[str] = []
        self._here(lambda: found.append(self._clipboard.text()))
        return found[0]
