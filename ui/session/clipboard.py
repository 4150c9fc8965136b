"""The window's own clipboard, for machines that have no other way to copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QThread, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QClipboard


class QtClipboard(QObject):
    """Qt's clipboard, usable from a worker: it answers only on the window's thread, so it is asked there."""

    _asked = Signal(object)

    def __init__(self, clipboard: QClipboard, parent: QObject) -> None:
        super().__init__(parent)
        self._clipboard = clipboard
        self._asked.connect(self._answer, Qt.ConnectionType.BlockingQueuedConnection)

    def check(self) -> str | None:
        """Nothing is missing where there is a window."""
        return None

    def copy(self, text: str) -> None:
        """Put a text on the clipboard."""
        self._on_the_windows_thread(lambda: self._clipboard.setText(text))

    def paste(self) -> str:
        """The text on the clipboard."""
        found: list[str] = []
        self._on_the_windows_thread(lambda: found.append(self._clipboard.text()))
        return found[0]

    def _on_the_windows_thread(self, what: Callable[[], object]) -> None:
        if QThread.currentThread() is self.thread():
            what()
        else:
            self._asked.emit(what)

    def _answer(self, what: Callable[[], object]) -> None:
        what()
