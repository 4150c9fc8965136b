"""Whatever complains while somebody works: the log, Qt, Python's warnings, faults in slots, in threads, in dying."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
import warnings
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QtMsgType, qInstallMessageHandler

if TYPE_CHECKING:
    from types import TracebackType

QUIET = {QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg}
OF_NO_SCREEN = "This plugin does not support"
"""how the offscreen platform complains of itself at every window and menu, and no desktop"""


class Noise(logging.Handler):
    """Hears everything from `with` to its end; `lines` is empty while all is quiet."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []
        self._hooks: tuple[Any, ...] = ()
        self._warnings = warnings.catch_warnings()
        self._qt: Any = None

    def __enter__(self) -> Noise:
        self._hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
        logging.getLogger().addHandler(self)
        self._qt = qInstallMessageHandler(self._qt_said)
        self._warnings.__enter__()
        warnings.simplefilter("always")
        warnings.showwarning = self._warned
        sys.excepthook = self._raised
        threading.excepthook = lambda told: self._raised(told.exc_type, told.exc_value, told.exc_traceback)
        sys.unraisablehook = lambda told: self._raised(told.exc_type, told.exc_value, told.exc_traceback)
        return self

    def __exit__(self, *_error: object) -> None:
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._hooks
        self._warnings.__exit__()
        qInstallMessageHandler(self._qt)
        logging.getLogger().removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """A line of the log."""
        self.lines.append(f"{record.levelname} {record.name}: {self.format(record)}")

    def _qt_said(self, kind: QtMsgType, _where: object, text: str) -> None:
        if kind not in QUIET and not text.startswith(OF_NO_SCREEN):
            self.lines.append(f"Qt: {text}")

    def _warned(self, message: object, kind: type[Warning], file: str, line: int, *_more: object) -> None:
        self.lines.append(f"{kind.__name__}: {message} ({file}:{line})")

    def _raised(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        self.lines.append("".join(traceback.format_exception(kind, error, trace)))
