"""Ten people work through a week in the real window, forty deeds each a day; each complaint and each figure counts.

`python -m tests.benchmarks.bench_week [sqlite | postgres] [deeds a visit]` prints JSON: the longest of each deed.
The short week of the test is in tests/journeys/test_a_week.py.
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
from tests.benchmarks.measure import figure, show
from tests.conftest import migrate
from tests.domain.mail_server import MailServer
from tests.journeys.week import plan
from tests.journeys.week.book import Book
from tests.journeys.week.noise import Noise
from tests.journeys.week.run import live

DEEDS = 40
LONGEST = 20_000
"""milliseconds of one deed: up to a hundred keys and clicks of a script, and what they wait for"""


def main() -> int:
    """Live through it; the first complaint ends it."""
    engine = "postgres" if "postgres" in sys.argv else "sqlite"
    count = next((int(word) for word in sys.argv[1:] if word.isdecimal()), DEEDS)
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
        server = MailServer()
        stack.callback(server.stop)
        files = folder / "files"
        files.mkdir()
        held, noise = Book(server, files), stack.enter_context(Noise())
        days = plan.week(len(plan.PEOPLE), count)
        live(QtBot(None), url, days, held, noise, lambda name, seconds: took[name].append(seconds * 1000))
        assert not noise.lines, noise.lines
    del app
    figures = [figure(name, max(times), LONGEST, 0, times=len(times)) for name, times in sorted(took.items())]
    return show("week", figures, engine=engine, done=dict(held.done))


if __name__ == "__main__":
    sys.exit(main())
