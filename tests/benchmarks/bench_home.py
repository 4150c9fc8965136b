"""Home over 1,000,000 leads: its frame on the screen, then the last of its blocks filled, beside a bare Qt window.

The bare one has as many plain lists, buttons and labels as Home has. The first round, in which everything is still
being loaded, is told by itself.

Run it: python -m tests.benchmarks.bench_home [rounds] [leads] [sqlite|postgresql]
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from typing import TYPE_CHECKING, Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget

from channergy_crm import work
from channergy_crm.records import ListView
from channergy_crm.services.home import arranging
from channergy_crm.store import database
from tests.benchmarks import measure, office
from tests.benchmarks.bench_pages import bare, counted
from ui.application import open_office
from ui.look import theme
from ui.pages.home.page import HomePage

if TYPE_CHECKING:
    from ui.shell.window import MainWindow

LEADS, FRAME, FILLED, PATIENCE = 1_000_000, 150.0, 1_000.0, 60.0
VIEWS = {"Working": "owner:me", "In Texas": "state:TX", "Call back": "call_code=CALLBK", "Kessler": "kessler"}


def prepare(url: str) -> None:
    """Four saved views to be counted, one of them shown as a list, and every other block there is."""
    opened = database.open_database(url)
    with work.unit("Views", by=office.ANN):
        for name, text in VIEWS.items():
            ListView(screen="leads", owner=office.ANN, name=name, filter_text=text, shared=True).save()
    shown = [key for key, _title in arranging.offered(office.ANN) if not key.startswith("view_") or key == "view_1"]
    arranging.choose(shown, office.ANN)
    opened.close()


def looked(app: QApplication, url: str) -> tuple[float, float, dict[str, float], dict[type[QWidget], int]]:
    """Milliseconds to the frame and to the last block, those of each block, and what the page consists of."""
    window = open_office(url, office.ANN, whole=False)
    window.resize(1440, 900)
    window.show()
    app.processEvents()
    times: dict[str, float] = {}
    begun = time.perf_counter()
    window.go_to("home")
    page = next(page for page in window.tabs.pages.values() if isinstance(page, HomePage))
    window.repaint()
    frame = (time.perf_counter() - begun) * 1000
    while len(times) < len(page.fillings) and time.perf_counter() - begun < PATIENCE:
        app.processEvents()
        whole = not window.background.running()  # the metrics are counted one by one after they are known
        for key, filling in page.fillings.items():
            if key not in times and filling.known and (whole or key != "key_metrics"):
                times[key] = (time.perf_counter() - begun) * 1000
    many = counted(page)
    end(app, window)
    return frame, max(times.values()), times, many


def end(app: QApplication, window: MainWindow) -> None:
    """The window goes."""
    window.close()
    window.deleteLater()
    app.processEvents()


def plain(app: QApplication, many: dict[type[QWidget], int]) -> float:
    """How long a bare window of as many parts takes."""

    def whole() -> None:
        window = bare(many, 1)
        window.show()
        app.processEvents()
        window.close()

    return measure.timed(whole)


def run(app: QApplication, url: str, rounds: int, engine: str) -> list[dict[str, Any]]:
    """The figures of one engine."""
    prepare(url)
    first, *more = [looked(app, url) for _round in range(rounds + 1)]
    floor = measure.median([plain(app, first[3]) for _round in range(rounds)])
    told = {"engine": engine, "first_round_ms": round(first[0], 1)}
    frame = measure.figure("home: its frame", measure.median([each[0] for each in more]), FRAME, floor, **told)
    slowest = {key: measure.median([each[2].get(key, 0.0) for each in more]) for key in more[0][2]}
    filled = measure.median([each[1] for each in more])
    return [frame, measure.figure("home: its last block", filled, FILLED, floor, blocks=slowest, engine=engine)]


def main(rounds: int, leads: int, engine: str) -> int:
    """Measure on one engine."""
    app = QApplication([sys.argv[0], "-style", "Fusion"])
    theme.apply(app, "light")
    over = office.copied(leads=leads) if engine == "sqlite" else office.on_postgres(leads=leads)
    with over as url, tempfile.TemporaryDirectory() as folder:
        os.environ["CHANNERGY_CRM_HOME"] = folder
        return measure.show("home", run(app, url, rounds, engine), leads=leads)


if __name__ == "__main__":
    told = sys.argv[1:]
    sys.exit(main(int(told[0]) if told else 5, int(told[1]) if told[1:] else LEADS, told[2] if told[2:] else "sqlite"))
