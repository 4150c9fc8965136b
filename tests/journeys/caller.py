"""A salesperson at the CRM: a window with notes in it, in front, and call after call dialed from it.

It is a process of its own. It gets a station file and numbers as arguments; before each call it brings its window to
the front as a click would, dials on a worker thread, and writes one line: what became of it, and what is in the notes.
A line on its input says that the dialer has the number, and brings the next call.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path
from typing import TextIO

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from channergy_crm import dialing, settings
from channergy_crm.dialing import keys_held
from channergy_crm.errors import CRMError

NOTES = "Wants a quote."


def own_voice() -> TextIO:
    """Where our lines go. What we start (xclip stays behind) gets no part of it, or the listener would never end."""
    voice = os.fdopen(os.dup(1), "w", buffering=1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return voice


class Session(QObject):
    """Dials a list of numbers, one after the other."""

    done = Signal(dict)
    may_go_on = Signal()

    def __init__(self, station: settings.Station, numbers: list[str], voice: TextIO) -> None:
        super().__init__()
        self.voice = voice
        self.bridge = dialing.chosen(station)
        self.numbers = iter(numbers)
        self.number = ""
        self.notes = QPlainTextEdit(NOTES)
        self.notes.setWindowTitle("CRM")
        # The dialer's key means nothing here. Where no dialer takes it, it would type a "c" into the notes.
        QShortcut(QKeySequence(station.get(settings.HOTKEY)), self.notes)
        self.in_front = QTimer(self, interval=10)
        self.in_front.timeout.connect(self.dial_when_in_front)
        self.done.connect(self.tell)
        self.may_go_on.connect(self.next_call)

    def next_call(self) -> None:
        """Take the next number, or go home."""
        self.number = next(self.numbers, "")
        if not self.number:
            QApplication.exit()
            return
        self.notes.show()
        self.notes.raise_()
        self.notes.activateWindow()
        self.notes.setFocus()
        self.in_front.start()

    def dial_when_in_front(self) -> None:
        """Press Dial as soon as our window has the focus."""
        if keys_held.process_in_front() == os.getpid():
            self.in_front.stop()
            threading.Thread(target=self.dial).start()

    def dial(self) -> None:
        """Dial on a worker thread."""
        print(json.dumps({"dialing": self.number}), file=self.voice)
        try:
            dialed = dialing.dial(self.number, region="US", bridge=self.bridge)
            self.done.emit({"sent": dialed.sent, "message": dialed.message})
        except CRMError as error:
            self.done.emit({"sent": False, "message": error.message})

    def tell(self, outcome: dict[str, object]) -> None:
        """Say what became of the call."""
        print(json.dumps({**outcome, "notes": self.notes.toPlainText()}), file=self.voice)
        threading.Thread(target=self.wait_for_the_dialer, daemon=True).start()

    def wait_for_the_dialer(self) -> None:
        """Nobody calls the next one before the dialer shows this one."""
        if sys.stdin.readline():
            self.may_go_on.emit()


def main() -> None:
    """Dial every number given, then end."""
    application = QApplication([])
    session = Session(settings.Station(Path(sys.argv[1])), sys.argv[2:], own_voice())
    session.next_call()
    application.exec()


if __name__ == "__main__":
    main()
