"""A month of selling in the real window: 200 quotes to 150 payments; each complaint and each figure counts (VT-86).

`python -m tests.benchmarks.bench_sales_month [sqlite | postgres] [small]` prints JSON: of each deed the median and the
longest, and the sums that were compared. The short month of the test is in tests/journeys/test_a_month.py.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import defaultdict
from contextlib import ExitStack
from pathlib import Path

from argon2 import PasswordHasher
from PySide6.QtWidgets import QApplication
from pytestqt.qt_compat import qt_api
from pytestqt.qtbot import QtBot

from channergy_crm import passwords
from tests import postgres
from tests.benchmarks.measure import figure, median, show
from tests.conftest import migrate
from tests.journeys.month import plan
from tests.journeys.month.book import Book
from tests.journeys.month.run import live
from tests.journeys.month.seen import all_agrees
from tests.journeys.week.noise import Noise

LONGEST = 20_000
"""milliseconds of one deed: up to a hundred keys and clicks of a script, and what they wait for"""


def main() -> int:
    """Live through it; the first complaint ends it."""
    engine = "postgres" if "postgres" in sys.argv else "sqlite"
    size = plan.SMALL if "small" in sys.argv else plan.LARGE
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["LANGUAGE"] = "en"
    app = QApplication([])
    qt_api.set_qt_api("pyside6")
    took: dict[str, list[float]] = defaultdict(list)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        os.environ["CHANNERGY_CRM_HOME"] = str(folder / "home")
        passwords.use(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        url = f"sqlite:///{folder / 'office.db'}"
        if engine == "postgres":
            cluster = stack.enter_context(postgres.running())
            url = stack.enter_context(cluster.database("template0"))
        migrate(url)
        held, noise, bot = Book(), stack.enter_context(Noise()), QtBot(None)
        live(bot, url, folder, size, plan.month(size), held, noise, lambda name, s: took[name].append(s * 1000))
        sums = all_agrees(bot, url, size, held)
        assert not noise.lines, noise.lines
    del app
    figures = [figure(name, max(times), LONGEST, 0, times=len(times), median_ms=median(times))
               for name, times in sorted(took.items())]  # fmt: skip
    return show("sales month", figures, engine=engine, done=dict(held.done), sums=sums)


if __name__ == "__main__":
    sys.exit(main())
