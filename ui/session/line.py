"""What a thread beside the window tells it; once the window is going nobody is told."""

from __future__ import annotations

import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject


class Line:
    """The one way of a thread to an object of the window: it is cut before that goes, and when it is deleted.

    To ask whether it is still there and then to tell it something is not safe: it may be deleted in between. Here it
    stays until what is being told has been told.
    """

    def __init__(self, told: QObject) -> None:
        self._held = threading.RLock()
        self._cut = False
        told.destroyed.connect(lambda: self.cut(), Qt.ConnectionType.DirectConnection)

    @property
    def is_cut(self) -> bool:
        """Whether nobody is told any more."""
        return self._cut

    def tell(self, what: Callable[[], object]) -> None:
        """Emit a signal, unless the window is going. Only that: who cuts the line waits for it."""
        with self._held:
            if not self._cut:
                with suppress(RuntimeError):  # Python has heard of the end of it already, the line not yet
                    what()

    def cut(self) -> None:
        """From here on nobody is told."""
        with self._held:
            self._cut = True


def tell_of_a_bug() -> None:
    """On a thread of a pool, while something nobody foresaw is handled: it is reported like one on any other thread.

    A pool itself says nothing of it, and who waits would wait for ever.
    """
    threading.excepthook(threading.ExceptHookArgs((*sys.exc_info(), threading.current_thread())))
