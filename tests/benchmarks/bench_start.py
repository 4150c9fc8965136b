"""From the start of the process to the first painted window with its reminders, beside a bare window with six tabs.

Both run in processes of their own, in turn, with compiled bytecode in a folder of their own. With `board` the operator
is a member of a CRM project, and it is the window with the sales board (K24).

Run it: python -m tests.benchmarks.bench_start [rounds] [board]
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

from channergy_crm.records import Project
from channergy_crm.services import projects
from channergy_crm.store import database
from tests.benchmarks import measure, office

ROOT = Path(__file__).resolve().parents[2]
TIMES_BARE = 2.0

# What both have in common: the moment when the window has been painted, all of it, and is on the screen.
# The system exposes the window, which paints it; a timer of no time set before that is the first to ring after it.
PAINTED = """
from PySide6.QtCore import QEvent, QObject, QTimer
class Exposed(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Expose:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self.parent(), lambda: tell(self.parent()))
        return False
class Seen(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self.parent().was = True
        return False
class Painted:
    was = False
    def covering(self):
        return self
    def showEvent(self, event):
        super().showEvent(event)
        self.windowHandle().installEventFilter(Exposed(self))
        self.covering().installEventFilter(Seen(self))
"""
BARE = """
import json, sys, time
from PySide6.QtWidgets import QApplication, QMainWindow, QTabWidget, QWidget
%s
def tell(window):
    print(json.dumps([time.monotonic() if window.was else "not painted yet", time.process_time()]), flush=True)
    window.close()
class Window(Painted, QMainWindow):
    pass
app = QApplication(sys.argv)
window = Window()
tabs = QTabWidget()
for title in ("Reminders", "Leads", "Accounts", "Contacts", "Opportunities", "Tasks"):
    tabs.addTab(QWidget(), title)
window.setCentralWidget(tabs)
window.resize(1280, 960)
window.show()
sys.exit(app.exec())
"""
# The program as main.py starts it. Only the window is watched; the stages cost a microsecond each.
OURS = """
import gc, json, sys, time
stages = {"interpreter": time.monotonic()}
gc.disable()
sys.path.insert(0, sys.argv[2])
def open_window(database_url, operator):
    gc.disable()
    opening.window_first = True
    stages["command line"] = time.monotonic()
    from ui import application
    stages["imports"] = time.monotonic()
    %s
    def tell(window):
        stages["paint" if window.was else "not painted yet"] = time.monotonic()
        page = window.tabs.pages[window.tabs.currentIndex()]
        rows = page.held.deals if page.main_list() is None else window.tables_shown()[0].model.rowCount()
        print(json.dumps({"at": stages, "rows": rows, "worked": time.process_time()}), flush=True)
        window.close()
    globals()["tell"] = tell
    class Window(Painted, application.MainWindow):
        def covering(self):
            return self.header  # nothing of the window itself is seen
        def open_first_page(self, **how):
            stages["window"] = time.monotonic()
            super().open_first_page(**how)
            stages["first page"] = time.monotonic()
    opened = application.database.open_database
    def open_database(url, **how):
        stages["application and theme"] = time.monotonic()
        office = opened(url, **how)
        stages["open database"] = time.monotonic()
        return office
    application.database.open_database = open_database
    application.MainWindow = Window
    return application.main(database_url, operator)
from channergy_crm import commands, opening
gc.freeze(); gc.enable()
sys.exit(commands.run(["--database", sys.argv[1]], open_window))
"""


def start(script: str, *arguments: str, environment: dict[str, str]) -> tuple[float, str]:
    """The moment the process was started, and what it printed."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], env=environment, capture_output=True, text=True, timeout=60
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return began, done.stdout


class Start(NamedTuple):
    """One start in milliseconds: by the clock on the wall and by the processor's, how they were spent, and the rows."""

    wall: float
    worked: float
    spent: dict[str, float]
    rows: int


def bare(environment: dict[str, str]) -> Start:
    """Until a bare window with six empty tabs is painted."""
    began, told = start(BARE % PAINTED, environment=environment)
    painted, worked = json.loads(told)
    return Start((painted - began) * 1000, worked * 1000, {}, 0)


def ours(url: str, environment: dict[str, str]) -> Start:
    """Until ours is painted, with its reminders."""
    script = OURS % PAINTED.replace("\n", "\n    ")
    began, told = start(script, url, str(ROOT), environment=environment)
    held = json.loads(told.splitlines()[-1])
    spent, before = {}, began
    for stage, moment in sorted(held["at"].items(), key=lambda pair: pair[1]):
        spent[stage] = (moment - before) * 1000
        before = moment
    return Start((before - began) * 1000, held["worked"] * 1000, spent, held["rows"])


def surroundings(folder: Path) -> dict[str, str]:
    """The environment of both: compiled bytecode of ours and of the libraries, settings of a new workstation."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "bytecode"), "CHANNERGY_CRM_HOME": str(folder)}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH"):
        environment.pop(name, None)
    (folder / "station.json").write_text(json.dumps({"operator": office.ANN}), "utf-8")
    compiling = [sys.executable, "-m", "compileall", "-q", str(ROOT / "ui"), str(ROOT / "channergy_crm")]
    subprocess.run(compiling, env=environment, check=True)
    return environment


def make_member(url: str) -> None:
    """Ann works in a project that is sold through the board."""
    held = database.open_database(url)
    projects.save(Project(name="Fair", uses_crm=True), "ADMIN", [office.ANN])
    held.close()


def main(rounds: int, board: bool) -> int:
    """Measure in turn, so that a busy machine slows both."""
    with office.copied() as url, tempfile.TemporaryDirectory() as folder:
        if board:
            make_member(url)
        environment = surroundings(Path(folder))
        bare(environment), ours(url, environment)  # the libraries' bytecode is written now
        pairs = [(bare(environment), ours(url, environment)) for _ in range(rounds)]
    floor = measure.median(least.wall for least, _ in pairs)
    held = [whole for _, whole in pairs]
    where = {stage: measure.median(whole.spent[stage] for whole in held) for stage in held[0].spent}
    worked = measure.median(whole.worked / least.worked for least, whole in pairs)
    told: dict[str, Any] = {
        "rounds": rounds,
        "rows": held[0].rows,
        "times_floor_of_processor": worked,
        "where_ms": where,
    }
    total = measure.median(whole.wall for whole in held)
    figures = [measure.figure("first painted window", total, TIMES_BARE * floor, floor, **told)]
    return measure.show("start", figures, display=environment["QT_QPA_PLATFORM"])


if __name__ == "__main__":
    rounds = next((int(each) for each in sys.argv[1:] if each.isdigit()), 11)
    sys.exit(main(rounds, "board" in sys.argv))
