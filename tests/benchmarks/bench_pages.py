"""The window with all six of its pages, beside bare pages of as many plain lists, editors, buttons and labels.

Run it: python -m tests.benchmarks.bench_pages [rounds]
"""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from functools import partial
from typing import TYPE_CHECKING, Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QTabWidget,
    QWidget,
)  # fmt: skip

from channergy_crm import demo
from channergy_crm.store import database
from tests.benchmarks import measure, office
from ui.application import open_office
from ui.look import theme

if TYPE_CHECKING:
    from collections.abc import Callable

PAGES = 6
TIMES_BARE = 3.0
PLAIN: dict[type[QWidget], Callable[[], QWidget]] = {
    QAbstractItemView: QTableView, QLineEdit: QLineEdit, QPlainTextEdit: QPlainTextEdit, QComboBox: QComboBox,
    QAbstractButton: QPushButton, QLabel: lambda: QLabel("A label"),
}  # fmt: skip
"""what is counted in ours, and what stands for each of them in the bare one"""


def counted(window: QWidget) -> dict[type[QWidget], int]:
    """How many of each there are."""
    return {kind: len(window.findChildren(kind)) for kind in PLAIN}


def bare(many: dict[type[QWidget], int], pages: int) -> QMainWindow:
    """As many of each, divided among that many pages."""
    window, tabs = QMainWindow(), QTabWidget()
    forms = []
    for place in range(pages):
        page = QWidget()
        forms.append(QFormLayout(page))
        tabs.addTab(page, f"Page {place + 1}")
    for kind, count in many.items():
        for number in range(count):
            forms[number % pages].addRow(PLAIN[kind]())
    window.setCentralWidget(tabs)
    window.resize(1280, 960)
    return window


def opened(app: QApplication, make: Callable[[], QMainWindow]) -> tuple[tuple[float, float], dict[type[QWidget], int]]:
    """How long until such a window is made and every page of it was shown; what it consists of. Then it is let go."""
    gc.collect()
    held: list[QMainWindow] = []

    def whole() -> None:
        held.append(window := make())
        window.show()
        tabs = window.findChild(QTabWidget, "main.tabs") or window.centralWidget()
        for place in range(PAGES):
            tabs.setCurrentIndex(place)  # type: ignore[attr-defined]
            app.processEvents()

    times = measure.worked(whole)
    window = held.pop()
    many = counted(window)
    window.close()
    window.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    app.processEvents()
    return times, many


def main(rounds: int) -> int:
    """Measure in turn, so that a busy machine slows both."""
    app = QApplication([sys.argv[0], "-style", "Fusion"])
    theme.apply(app, "light")
    ours: list[tuple[float, float]] = []
    floor: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CHANNERGY_CRM_HOME"] = folder
        url = f"sqlite:///{folder}/office.db"
        office_there = database.open_database(url)
        demo.fill(office_there)
        office_there.close()
        for number in range(rounds + 1):
            taken, many = opened(app, lambda: open_office(url, office.ANN))
            least, _same = opened(app, partial(bare, many, PAGES))
            if number:  # in the first round everything is still being loaded
                ours.append(taken)
                floor.append(least)
    least_ms = measure.median(wall for wall, _work in floor)
    times = measure.median(mine[1] / least[1] for mine, least in zip(ours, floor, strict=True))
    told: dict[str, Any] = {"times_floor_of_processor": times, "parts": {kind.__name__: many[kind] for kind in PLAIN}}
    whole = measure.figure_of("six pages made and shown", ours, TIMES_BARE * least_ms, least_ms, **told)
    return measure.show("pages", [whole], rounds=rounds)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 7))
