"""How long the window cannot answer while 100,000 leads are looked at, checked, imported and taken back in the wizard.

Run it: python -m tests.benchmarks.bench_wizard [rows]
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from channergy_crm.records import Lead
from tests.benchmarks import measure, office
from tests.benchmarks.bench_import import ROWS, write
from ui.application import open_office
from ui.look import theme
from ui.transfer import start_import

if TYPE_CHECKING:
    from collections.abc import Callable

GAP = 50.0
SETTLED = 1.0
"""seconds after which the window has read its lists and the wizard is painted"""


class Pulse(QObject):
    """Looks at the window's thread every millisecond, until something is so."""

    def __init__(self) -> None:
        super().__init__()
        self._loop = QEventLoop()
        self._tick = QTimer(self)
        self._tick.setTimerType(Qt.TimerType.PreciseTimer)
        self._tick.timeout.connect(self._ticked)
        self._last = self._worked = 0.0
        self._gaps: list[tuple[float, float]] = []
        self._until: Callable[[], bool] = lambda: True

    def watch(self, act: Callable[[], Any], until: Callable[[], bool]) -> tuple[list[tuple[float, float]], float]:
        """Milliseconds: the pauses, the longest first, each with how much of it this program worked, and all of it.

        In the rest of a pause the machine was busy with other programs.
        """
        self._until, self._gaps = until, []
        began = self._last = time.perf_counter()
        self._worked = time.process_time()
        self._tick.start(1)
        act()
        self._loop.exec()
        self._tick.stop()
        return sorted(self._gaps, reverse=True), (time.perf_counter() - began) * 1000

    def rest(self) -> None:
        """Until what was begun before is over."""
        over = time.perf_counter() + SETTLED
        self.watch(lambda: None, lambda: time.perf_counter() > over)

    def _ticked(self) -> None:
        now, worked = time.perf_counter(), time.process_time()
        gap = (now - self._last) * 1000
        self._gaps.append((gap, min(gap, (worked - self._worked) * 1000)))
        self._last, self._worked = now, worked
        if self._until():
            self._loop.quit()


def main(rows: int) -> int:
    """Go through the wizard once."""
    app = QApplication([sys.argv[0], "-style", "Fusion"])
    theme.apply(app, "light")
    with office.copied() as url, tempfile.TemporaryDirectory() as folder:
        os.environ["CHANNERGY_CRM_HOME"] = folder
        path = Path(folder) / "leads.csv"
        write(path, rows)
        window = open_office(url, office.ANN)
        window.show()
        app.processEvents()
        pulse = Pulse()
        pulse.rest()
        wizard: Any = start_import.begin(window.session, window, Lead)
        pulse.rest()
        figures = _through(wizard, path, pulse)
        window.close()
    return measure.show("wizard", figures, rows=rows)


def _through(wizard: Any, path: Path, pulse: Pulse) -> list[dict[str, Any]]:
    figures = []
    bar = wizard.findChild(QWidget, "import.progress")
    on = wizard.findChild(QPushButton, "import.next")

    def step(name: str, act: Callable[[], Any], until: Callable[[], bool]) -> None:
        gaps, took = pulse.watch(act, lambda: until() and not bar.isVisible())
        more = {
            "seconds": round(took / 1000, 1),
            "pauses_over_the_limit": sum(gap > GAP for gap, _worked in gaps),
            "longest_worked_ms": round(max(worked for _gap, worked in gaps), 1),
            "worked_over_the_limit": sum(worked > GAP for _gap, worked in gaps),
        }
        figures.append(measure.figure(f"{name}: longest pause", gaps[0][0], GAP, 0, **more))

    def press(button: QWidget) -> Callable[[], None]:
        return lambda: QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    step("looking at the file", lambda: wizard.step.take(path), lambda: wizard.setup.plan is not None)
    step("columns", press(on), lambda: wizard.step.title == "Columns")
    step("columns, by contents", press(on), lambda: wizard.step.title == "Choices")
    step("checking", press(on), lambda: wizard.step.title == "Check")
    step("importing", press(on), lambda: wizard.step.title == "Result" and wizard.setup.outcome is not None)
    reject = wizard.findChild(QPushButton, "import.reject")
    step("taking back", press(reject), lambda: wizard.setup.outcome is None)
    return figures


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS))
