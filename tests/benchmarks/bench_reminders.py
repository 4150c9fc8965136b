"""Reminders due for one operator among 100,000 leads and 100,000 tasks: counted in the store, and the tab filled.

Run it: python -m tests.benchmarks.bench_reminders [rounds]
"""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
from datetime import date
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QTabWidget

from channergy_crm.services import reminders
from channergy_crm.store import database
from tests.benchmarks import measure, office
from tests.benchmarks.bench_lists import Watch
from ui.application import open_office
from ui.lists.table import RecordTable
from ui.look import theme

COUNT_LIMIT, FILL_LIMIT = 5.0, 50.0
DUE = (
    """SELECT count(*) FROM "CustServ" WHERE "OwnerOperatorID" = ? AND "Closed" = 0 AND "IsCRM" AND "ReminderDt" < ?""",
    """SELECT count(*) FROM "CRMLeads" WHERE "OwnerOperatorID" = ? AND NOT "IsRemoved" AND NOT "IsConverted"
        AND "ReminderDt" < ?""",
)


def counted(url: str, rounds: int) -> dict[str, Any]:
    """What the number on the tab costs, beside two bare statements."""
    opened = database.open_database(url)
    due = sum(reminders.due(office.ANN))
    times = [measure.worked(lambda: sum(reminders.due(office.ANN))) for _ in range(rounds)]
    bare = sqlite3.connect(url.removeprefix("sqlite:///"))
    mine = [office.ANN, date.today().isoformat()]
    floor = [measure.timed(lambda: [bare.execute(each, mine).fetchone() for each in DUE]) for _ in range(rounds)]
    bare.close()
    opened.close()
    return measure.figure_of("reminders due, counted", times, COUNT_LIMIT, measure.median(floor), due=due)


def filled(app: QApplication, url: str, rounds: int) -> list[dict[str, Any]]:
    """From a click on the tab to its painted rows, after something has changed; each of the three lists."""
    window = open_office(url, office.ANN)
    window.show()
    app.processEvents()
    tabs = window.findChild(QTabWidget, "main.tabs")
    parts = window.findChild(QTabWidget, "reminders.tabs")
    bare = sqlite3.connect(url.removeprefix("sqlite:///"))
    statement = """SELECT * FROM "CustServ" WHERE "OwnerOperatorID" = ? AND "Closed" = 0 AND "ReminderDt" IS NOT NULL
        ORDER BY "ReminderDt", "ReminderTime" LIMIT 200"""
    floor = measure.median(measure.timed(lambda: bare.execute(statement, [office.ANN]).fetchall()) for _ in range(9))
    bare.close()
    figures = []
    for place, name in enumerate(("tasks", "open_tasks", "leads")):
        parts.setCurrentIndex(place)
        table = window.findChild(RecordTable, f"reminders.{name}.list")
        watch = Watch(table)
        watch.look(table.refresh)
        times = []
        for _ in range(rounds):
            tabs.setCurrentIndex(5)
            app.processEvents()
            table.set_stale()
            times.append(watch.look(lambda: tabs.setCurrentIndex(0)))
        gap = measure.median(longest for _, longest in times)
        first = measure.median(painted for painted, _ in times)
        told = {"rows": table.model.rowCount(), "longest_gap_ms": gap}
        figures.append(measure.figure(f"reminders.{name} filled", first, FILL_LIMIT, floor, **told))
    window.close()
    return figures


def main(rounds: int) -> int:
    """Measure with ten owners."""
    app = QApplication([sys.argv[0], "-style", "Fusion"])
    theme.apply(app, "light")
    with office.copied() as url, tempfile.TemporaryDirectory() as folder:
        os.environ["CHANNERGY_CRM_HOME"] = folder
        return measure.show("reminders", [counted(url, 20 * rounds), *filled(app, url, rounds)])


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 7))
