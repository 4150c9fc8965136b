"""A scripted hour of 60 calls through the real window, by keys alone, out of a list of very many leads.

Half are not answered, a quarter is to be called back at a time that is typed, the rest are talks with a note. Counted
are the keystrokes beside the note and the time, and measured is how long it takes from the last key of one call until
the next lead is on the screen with Dial ready.

Run it: python -m tests.benchmarks.bench_calls [leads]
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabWidget, QWidget

from channergy_crm import settings
from channergy_crm.records import PhoneCall
from channergy_crm.services import office as offices
from tests.benchmarks import measure, office
from tests.benchmarks.bench_queue import around_the_clock
from ui.application import open_office
from ui.lists.table import RecordTable
from ui.look import theme

CALLS, LIMIT, KEYS = 60, 100.0, 3.0
KEY, NONE, CTRL = Qt.Key, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
NOTE = "Asks for the price list; decides in January."


class Caller:
    """One pair of hands at the window, counting what it presses."""

    def __init__(self, app: QApplication, window: Any) -> None:
        self.app, self.window = app, window
        self.keys = 0
        self.waits: list[float] = []

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        """One key, wherever the keys go."""
        widget = QApplication.focusWidget()
        assert widget is not None
        self.keys += 1
        QTest.keyClick(widget, key, held)

    def until(self, holds: Any) -> None:
        """Let the window work until this holds."""
        ends = time.monotonic() + 30
        while not holds():
            assert time.monotonic() < ends
            self.app.processEvents()

    def is_ready(self) -> bool:
        """Whether Enter dials."""
        held = QApplication.focusWidget()
        return held is not None and held.objectName() == "call.dial"

    def call(self, place: int) -> None:
        """Dial, say how it went, go on."""
        self.press(KEY.Key_Return)
        self.until(lambda: (held := QApplication.focusWidget()) and held.objectName().startswith("call.result"))
        if place % 4 in (0, 2):
            self.press(KEY.Key_1)
        elif place % 4 == 1:
            self.press(KEY.Key_4)
        else:
            self.press(KEY.Key_5)
            note = self.window.findChild(QWidget, "call.note")
            note.setPlainText(NOTE)  # what is typed into the note is not counted
        self.keys += 1
        began = time.perf_counter()
        QTest.keyClick(QApplication.focusWidget(), KEY.Key_Return, CTRL)
        self.until(self.is_ready)
        self.window.repaint()
        self.waits.append((time.perf_counter() - began) * 1000)


def main(leads: int) -> int:
    """Measure and print."""
    app = QApplication([sys.argv[0], "-style", "Fusion"])
    theme.apply(app, "light")
    with office.copied(one_owner=True, leads=leads) as url, tempfile.TemporaryDirectory() as folder:
        os.environ["CHANNERGY_CRM_HOME"] = folder
        settings.Station().set(settings.BRIDGE, "copy_only")
        window = open_office(url, office.ANN)
        offices.choose(settings.REGION, "US", office.ANN)
        around_the_clock()
        window.show()
        tabs = window.findChild(QTabWidget, "main.tabs")
        assert tabs is not None
        tabs.setCurrentIndex(1)
        caller = Caller(app, window)
        table = window.findChild(RecordTable, "leads.list")
        assert table is not None
        caller.until(lambda: not table.is_reading and table.model.rowCount() > 0)
        began = time.perf_counter()
        QTest.keyClick(QApplication.focusWidget(), KEY.Key_F9, CTRL)
        caller.until(caller.is_ready)
        first = (time.perf_counter() - began) * 1000
        began = time.perf_counter()
        for place in range(CALLS):
            caller.call(place)
        hour = time.perf_counter() - began
        logged = PhoneCall.select().count()
        waits = sorted(caller.waits)
        figures = [
            measure.figure("from the result to the next lead, median", measure.median(waits), LIMIT, 0.0),
            measure.figure("from the result to the next lead, p95", waits[int(CALLS * 0.95)], LIMIT, 0.0),
            measure.figure("keystrokes of a call beside the note", caller.keys / CALLS, KEYS, 0.0),
        ]
        window.close()
    return measure.show(
        "calls", figures, leads=leads, calls=CALLS, logged=logged, seconds_in_the_program=round(hour, 1),
        first_lead_ms=round(first, 1), longest_ms=round(waits[-1], 1),
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
