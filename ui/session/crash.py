"""When the program itself is at fault: the draft is kept, a report is written, and one calm dialog says so.

What the user can mend and what the surroundings do is no crash: it is handed on to be told as a notice.
"""

from __future__ import annotations

import logging
import platform
import re
import sys
import threading
import traceback
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QThread, QtMsgType, Signal, qInstallMessageHandler, qVersion
from PySide6.QtGui import QClipboard, QFontDatabase
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from channergy_crm import __version__, clock, settings
from channergy_crm.errors import CRMError
from channergy_crm.language import _
from ui.look.plain import Label
from ui.look.theme import strong
from ui.widgets.controls import Button

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

log = logging.getLogger("ui.session.crash")
qt_log = logging.getLogger("qt")

KEPT = 40
QUIET_SECONDS = 5.0
ABOUT_THE_PROGRAM = (AttributeError, NameError, ImportError, TypeError, ZeroDivisionError)
LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def install(
    on_crash: Callable[[], object],
    tell: Callable[[CRMError], object],
    *,
    clipboard: QClipboard,
    folder: Path | None = None,
    let_ask: Callable[[QWidget], object] | None = None,
) -> CrashHandler:
    """Catch from now on what nobody caught, on every thread. `on_crash` saves the draft before the dialog is shown;
    `let_ask` lets whoever reads it ask for help.
    """
    handler = CrashHandler(on_crash, tell, clipboard, folder or settings.home() / "crashes")
    handler.let_ask = let_ask
    handler.install()
    return handler


class CrashHandler(QObject):
    """Stands behind `sys.excepthook`, `threading.excepthook` and Qt's messages until `uninstall`."""

    _from_elsewhere = Signal(object)

    def __init__(
        self,
        on_crash: Callable[[], object],
        tell: Callable[[CRMError], object],
        clipboard: QClipboard,
        folder: Path,
    ) -> None:
        super().__init__()
        self._on_crash, self._tell, self._clipboard, self.folder = on_crash, tell, clipboard, folder
        self.let_ask: Callable[[QWidget], object] | None = None
        self._busy = False
        self._last: dict[str, float] = {}
        self.dialog: CrashDialog | None = None
        self._before = (sys.excepthook, threading.excepthook)
        self._qt_before: Any = None
        self._from_elsewhere.connect(self._here, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over."""
        self._before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._raised
        threading.excepthook = self._raised_in_thread
        self._qt_before = qInstallMessageHandler(self._qt_said)

    def uninstall(self) -> None:
        """Give the hooks back."""
        sys.excepthook, threading.excepthook = self._before
        qInstallMessageHandler(self._qt_before)

    def _raised(self, raised: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not isinstance(error, Exception):
            self._before[0](raised, error, trace)  # Ctrl+C in the terminal means what it always means
        elif QThread.currentThread() is self.thread():
            self._here(error.with_traceback(trace))
        else:
            self._from_elsewhere.emit(error.with_traceback(trace))

    def _raised_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._raised(args.exc_type, args.exc_value, args.exc_traceback)

    def _here(self, error: Exception) -> None:
        if self._busy:
            log.error("A fault while another was being reported: %s", type(error).__name__)
            return
        self._busy = True
        try:
            if isinstance(error, CRMError):
                self._tell(error)
            else:
                self._crashed(error)
        except Exception as another:  # noqa: BLE001
            log.error("The report of a fault failed:\n%s", report_of(another))
        finally:
            self._busy = False

    def _crashed(self, error: Exception) -> None:
        report = report_of(error)
        log.error("%s", report)
        if self._again(error):
            return
        try:
            self._on_crash()
        except Exception as another:  # noqa: BLE001
            report += "\nKeeping the draft failed as well:\n" + report_of(another)  # unsaid: of a report
        path = write_report(report, self.folder)
        if self.dialog is None or not self.dialog.isVisible():
            self.dialog = CrashDialog(report, path, self._clipboard)
            if self.let_ask is not None:
                self.let_ask(self.dialog)
            self.dialog.show()

    def _again(self, error: Exception) -> bool:
        """A fault in drawing comes back with every move of the mouse: tell it once as long as it does."""
        where, now = "".join(traceback.format_tb(error.__traceback__)), monotonic()
        seen, self._last[where] = self._last.get(where), now
        return seen is not None and now - seen < QUIET_SECONDS

    def _qt_said(self, level: QtMsgType, context: QMessageLogContext, message: str) -> None:
        qt_log.log(LEVELS.get(level, logging.WARNING), "%s", message)
        if level == QtMsgType.QtFatalMsg:
            write_report(f"{heading()}\nQt gave up: {without_people(message)}\n", self.folder)  # unsaid: of a report


def heading() -> str:
    """When, and on what: nothing about the office or its people."""
    python, machine = platform.python_version(), f"{platform.system()} {platform.release()}"
    system = f"Python {python}, Qt {qVersion()}, {machine}"  # unsaid: of a report
    return f"Channergy CRM {__version__}, {clock.now():%Y-%m-%d %H:%M:%S}\n{system}\n"  # unsaid: of a report


def report_of(error: BaseException) -> str:
    """The whole report: where in the program it happened, never the values it happened with."""
    parts: list[str] = []
    one: BaseException | None = error
    while one is not None and len(parts) < 5:
        frames = "".join(traceback.format_tb(one.__traceback__))
        parts.append(f"{frames}{type(one).__name__}: {_message(one)}\n")
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    text = "\nwhich led to\n".join(reversed(parts))  # unsaid: of a report
    return re.sub(r"(/(?:home|Users)/|\\Users\\)[^/\\]+", r"\1…", f"{heading()}\n{text}")


def _message(error: BaseException) -> str:
    text = str(error)
    return text if isinstance(error, ABOUT_THE_PROGRAM) else without_people(text)


def without_people(text: str) -> str:
    """A message with whatever may be somebody's data taken out: what is quoted or in brackets, and figures."""
    text = text.splitlines()[0] if text else ""
    text = re.sub(r"\S+@\S+", "…", text)
    text = re.sub(r"\"[^\"]*\"|'[^']*'|“[^”]*”|\([^()]*\)", "…", text)
    return re.sub(r"\+?\d[\d .-]{2,}", "…", text)


def write_report(report: str, folder: Path) -> Path | None:
    """Put the report into a file of its own, keep the newest forty; None when even that cannot be done."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{datetime.now():%Y-%m-%d %H-%M-%S-%f}.txt"
        path.write_text(report, "utf-8")
        for old in sorted(folder.glob("*.txt"))[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError as problem:
        log.error("The report could not be written: %s", problem.strerror)
        return None
    return path


class CrashDialog(QDialog):
    """Says that the program made a mistake, that the work is kept, and lets the details be copied."""

    def __init__(self, report: str, path: Path | None, clipboard: QClipboard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report, self._clipboard = report, clipboard
        self.setObjectName("crash.dialog")
        self.setWindowTitle(_("Something went wrong"))
        self.setAccessibleName(_("Something went wrong"))
        self.setModal(True)
        self.resize(640, 400)
        said = Label(_("The program made a mistake. What you were writing has been kept, and you can go on."), self)
        said.setFont(strong(said.font()))
        said.setWordWrap(True)
        kept = _("The details are kept in {file}.") if path else _("The details could not be written to the disk.")
        no_names = _("They name no person and no record; whoever looks after the program needs them.")
        where = Label(f"{kept.format(file=path)} {no_names}", self)
        where.setWordWrap(True)
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(said)
        column.addWidget(where)
        column.addWidget(self._details(report), 1)
        column.addLayout(self._buttons())

    def _details(self, report: str) -> QPlainTextEdit:
        details = QPlainTextEdit(report, self)
        details.setObjectName("crash.details")
        details.setAccessibleName(_("Details"))
        details.setReadOnly(True)
        details.setTabChangesFocus(True)
        details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        return details

    def _buttons(self) -> QHBoxLayout:
        copy = self._button("crash.copy", _("Copy details"))
        copy.clicked.connect(lambda: self._clipboard.setText(self._report))
        go_on = self._button("crash.go_on", _("Go on"))
        go_on.clicked.connect(self.accept)
        go_on.setDefault(True)
        go_on.setFocus()
        go_on.loud()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch()
        row.addWidget(copy)
        row.addWidget(go_on)
        return row

    def _button(self, name: str, text: str) -> Button:
        button = Button(text, self)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setAutoDefault(False)
        return button
