"""The list of 1,000,000 leads, all of one owner: opening, sorting, filtering, jumping to the end, marking all, memory.

First rows are those painted on the screen; the whole list is there when its scroll bar has its full length. The floor
is what bare SQLite takes for the first two hundred rows of the same order.

Run it: python -m tests.benchmarks.bench_million [rounds] [postgresql]
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QTabWidget

from tests.benchmarks import measure, office
from tests.benchmarks.bench_lists import Watch, floor_of
from ui.application import open_office
from ui.lists.table import RecordTable
from ui.look import theme

LEADS = 1_000_000
FIRST_AND_WHOLE = {"sqlite": (100.0, 600.0), "postgresql": (150.0, 1000.0)}
UNINDEXED, GAP, MARK, ROOM = 3000.0, 50.0, 200.0, 150.0
FILTERS = {
    "two words": "kessler 17", "digits of a phone": "555-12", "a word nobody has": "xyzzy",
    "a word of one in 25": "ian", "a field, a fifth of all": "state:TX", "no filter again": "",
}  # fmt: skip


class Million:
    """One window over that office, and what was measured in it: name, limit, milliseconds."""

    def __init__(self, app: QApplication, url: str, engine: str) -> None:
        self.app = app
        self.limits = FIRST_AND_WHOLE[engine]
        self.times: dict[str, tuple[float, list[float]]] = {}
        self.window = open_office(url, office.ANN)
        self.window.show()
        app.processEvents()
        found = self.window.findChild(RecordTable, "leads.list")
        assert found is not None
        self.table = found
        self.watch = Watch(self.table)

    def note(self, name: str, limit: float, ms: float) -> None:
        """One measured time."""
        self.times.setdefault(name, (limit, []))[1].append(ms)

    def look(self, name: str, act: Any, first: float = 0.0, whole: float = 0.0) -> None:
        """Do something to the list and note what it took; the limits are the usual ones where none are given."""
        painted, gap = self.watch.look(act)
        self.note(f"{name}: first rows", first or self.limits[0], painted)
        self.note(f"{name}: whole list", whole or self.limits[1], self.watch.completed)
        self.note(f"{name}: longest gap", GAP, gap)

    def sort_by(self, column: str) -> None:
        """As a click on a column's title; beside a record the list has two lines and no titles."""
        place = self.table.model.columns.index(column)
        self.table.grid.horizontalHeader().sectionClicked.emit(place)

    def round(self) -> None:
        """Everything once."""
        tabs = self.window.findChild(QTabWidget, "main.tabs")
        line = self.window.findChild(QLineEdit, "leads.search")
        assert tabs is not None and line is not None
        if tabs.currentIndex() != 1:
            self.look("open", lambda: tabs.setCurrentIndex(1))
        # Somebody who has scrolled away keeps the place, which is known only with the whole list.
        self.table.grid.scrollToTop()
        for column in ("last_name", "company", "last_name"):
            self.look("sort, indexed", lambda column=column: self.sort_by(column))
        for name, text in FILTERS.items():
            self.look(f"filter, {name}", lambda text=text: line.setText(text))
        self.look("sort, not indexed", lambda: self.sort_by("description"), UNINDEXED, UNINDEXED)
        bar = self.table.grid.verticalScrollBar()
        for name, place in (("the end", bar.maximum()), ("the middle", bar.maximum() // 2)):
            self.note(f"jump to {name}, painted", GAP, measure.timed(lambda place=place: self._jump(place)))
        self.note("mark all rows", MARK, measure.timed(self._mark_all))

    def _jump(self, place: int) -> None:
        self.table.grid.verticalScrollBar().setValue(place)
        self.table.grid.viewport().repaint()

    def _mark_all(self) -> None:
        self.table.grid.selectAll()
        self.table.grid.viewport().repaint()


def resident() -> float:
    """What this process holds in memory, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def main(rounds: int, engine: str) -> int:
    """Measure and print."""
    app = QApplication([sys.argv[0], "-style", "Fusion"])
    theme.apply(app, "light")
    bare = QMainWindow()
    bare.show()
    app.processEvents()
    before = resident()
    made = office.on_postgres if engine == "postgresql" else office.copied
    with made(one_owner=True, leads=LEADS) as url, tempfile.TemporaryDirectory() as folder:
        os.environ["CHANNERGY_CRM_HOME"] = folder
        floor = floor_of(url) if engine == "sqlite" else 0.0
        million = Million(app, url, engine)
        for _ in range(rounds):
            million.round()
        room = resident() - before
        figures = [
            measure.figure(name, measure.median(times), limit, floor) for name, (limit, times) in million.times.items()
        ]
        million.window.close()
    return measure.show(
        "million",
        figures,
        engine=engine,
        rounds=rounds,
        leads=LEADS,
        megabytes_above_a_bare_window=round(room),
        megabytes_limit=ROOM,
    )


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    sys.exit(main(numbers[0] if numbers else 3, "postgresql" if "postgresql" in sys.argv else "sqlite"))
