"""Opening Leads, filtering by a word and sorting by a column among 100,000 leads: when the first rows stand painted on
the screen, and the longest time the window could not answer. Once with ten owners, once with one who owns all.

Run it: python -m tests.benchmarks.bench_lists [rounds]
"""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
import time
from typing import TYPE_CHECKING, Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QTabWidget

from tests.benchmarks import measure, office
from ui.application import open_office
from ui.lists.table import RecordTable
from ui.look import theme

if TYPE_CHECKING:
    from collections.abc import Callable

LIMIT = 50.0
WORDS = {"a rare word": "kessler", "a common word": "austin", "a word nobody has": "xyzzy", "part of a number": "555-1"}
COLUMNS = ["LeadNo", "LastName", "FirstName", "Company", "Phone", "CallCode", "ReminderDt", "Description"]
MINE = '"OwnerOperatorID" = ? AND NOT "IsRemoved" AND NOT "IsConverted"'


class Watch(QObject):
    """Looks at the window's thread every millisecond, and at one list until its new rows are painted and counted."""

    def __init__(self, table: RecordTable) -> None:
        super().__init__()
        self.table = table
        self.loop = QEventLoop()
        self.tick = QTimer(self)
        self.tick.setTimerType(Qt.TimerType.PreciseTimer)
        self.tick.timeout.connect(self.ticked)
        self.end = QTimer(self, singleShot=True, interval=20_000)
        self.end.timeout.connect(lambda: self.loop.exit(1))
        self.began = self.last = self.painted = self.gap = self.completed = 0.0
        self.fresh = self.shown = self.whole = False
        table.model.modelReset.connect(self.reset)
        table.counted.connect(self.counted)
        table.grid.viewport().installEventFilter(self)

    def look(self, act: Callable[[], Any]) -> tuple[float, float]:
        """Do something and wait for its end: milliseconds to the painted first rows, and the longest gap."""
        self.fresh = self.shown = self.whole = False
        self.painted = self.gap = self.completed = 0.0
        self.began = self.last = time.perf_counter()
        self.tick.start(1)
        act()
        self.end.start()
        if self.loop.exec():
            raise TimeoutError("the list did not come within twenty seconds")
        self.tick.stop()
        self.end.stop()
        return self.painted, self.gap

    def ticked(self) -> None:
        """The window's thread is free; everything that was to be painted has been."""
        now = time.perf_counter()
        self.gap = max(self.gap, (now - self.last) * 1000)
        self.last = now
        if self.shown and not self.painted:
            self.painted = (now - self.began) * 1000
        if self.whole and self.painted:
            self.completed = (now - self.began) * 1000
            self.loop.quit()

    def reset(self) -> None:
        """New rows are in the list."""
        self.fresh = True

    def counted(self) -> None:
        """The whole list is known; an empty one has nothing to paint."""
        self.whole = True
        self.shown = self.shown or not self.table.model.rowCount()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The new rows are being painted."""
        if event.type() == QEvent.Type.Paint and self.fresh and self.table.model.rowCount():
            self.shown = True
        return False


class Bench:
    """One window over one office, and the times of what was done in it, by name."""

    def __init__(self, app: QApplication, url: str) -> None:
        self.app = app
        self.url = url
        self.times: dict[str, list[tuple[float, float]]] = {}

    def round(self) -> None:
        """Open the window and do everything once."""
        window = open_office(self.url, office.ANN)
        window.resize(1280, 768)
        window.show()
        self.app.processEvents()
        tabs = window.findChild(QTabWidget, "main.tabs")
        table = window.findChild(RecordTable, "leads.list")
        line = window.findChild(QLineEdit, "leads.search")
        header = table.grid.horizontalHeader()
        watch = Watch(table)

        def measured(name: str, act: Callable[[], Any]) -> None:
            self.times.setdefault(name, []).append(watch.look(act))

        def click(column: str) -> Callable[[], None]:
            place = table.model.columns.index(column)
            return lambda: header.sectionClicked.emit(place)  # beside a record the list has two lines and no headings

        measured("opening Leads", lambda: tabs.setCurrentIndex(1))
        for name, word in WORDS.items():
            measured(f"filtering by {name}", lambda word=word: line.setText(word))
            watch.look(line.clear)
        for column in ("last_name", "company", "last_name"):
            measured("sorting by an indexed column", click(column))
        window.close()
        window.deleteLater()
        self.app.processEvents()
        self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # not in the next round's first look

    def figures(self, owners: str, floor: float) -> list[dict[str, Any]]:
        """First rows and longest gap of everything that was done."""
        found = []
        for name, times in self.times.items():
            first = measure.median(time for time, _ in times)
            gap = measure.median(gap for _, gap in times)
            found.append(measure.figure(f"{name}, {owners}: first rows painted", first, LIMIT, floor))
            found.append(measure.figure(f"{name}, {owners}: longest gap", gap, LIMIT, floor))
        return found


def floor_of(url: str) -> float:
    """What reading two hundred rows of the same list costs by itself, in one bare statement."""
    bare = sqlite3.connect(url.removeprefix("sqlite:///"))
    columns = ", ".join(f'"{name}"' for name in COLUMNS)
    statement = f'SELECT {columns} FROM "CRMLeads" WHERE {MINE} ORDER BY "LeadNo" DESC LIMIT 200'  # sql: names above
    found = measure.median(measure.timed(lambda: bare.execute(statement, [office.ANN]).fetchall()) for _ in range(9))
    bare.close()
    return found


def main(rounds: int) -> int:
    """Measure with ten owners and with one."""
    app = QApplication([sys.argv[0], "-style", "Fusion"])
    theme.apply(app, "light")
    figures = []
    for owners, one_owner in (("ten owners", False), ("one owner", True)):
        with office.copied(one_owner=one_owner) as url, tempfile.TemporaryDirectory() as folder:
            os.environ["CHANNERGY_CRM_HOME"] = folder
            bench = Bench(app, url)
            for _ in range(rounds):
                bench.round()
            figures += bench.figures(owners, floor_of(url))
    return measure.show("lists", figures, rounds=rounds)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
