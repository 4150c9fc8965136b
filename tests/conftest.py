"""What every test stands on: a real database on each engine, a folder of its own, a fixed clock, no warning unseen."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LANGUAGE"] = "en"  # whatever this machine speaks


import contextlib
import gc
import importlib.util
import logging
import shutil
import sys
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests import display, in_memory, postgres

if TYPE_CHECKING:
    from collections.abc import Iterator

ENGINES = ("sqlite", "postgres")
FOLDERS = ("domain", "ui", "journeys", "benchmarks")
MARKERS = (
    "logged: the test expects the program to log a warning or an error",
    "engines(*names): the test has a meaning on these engines only, sqlite or postgres",
    *(f"{folder}: set on every test below tests/{folder}" for folder in FOLDERS),
)
OUR_LOGGERS = ("channergy_crm", "ui")
RARELY = (10_000, 10, 10)
"""How much comes together before Python looks for what nobody holds: a window is 100,000 things and gone soon, and to
look through everything that all tests have imported takes half a second."""
screens = contextlib.ExitStack()


# ---------------------------------------------------------------- which engines, which display


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--engine",
        choices=(*ENGINES, "both"),
        help="database engine (default: both where PostgreSQL is installed; postgres: only tests with a database)",
    )

    parser.addoption("--update-snapshots", action="store_true", help="take what the screens look like now")


def pytest_configure(config: pytest.Config) -> None:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", in_memory.place())
    gc.set_threshold(*RARELY)
    for marker in MARKERS:
        config.addinivalue_line("markers", marker)
    # pytest-qt fails a test for an exception in a slot; this does the same for one in a thread.
    config.addinivalue_line("filterwarnings", "error::pytest.PytestUnhandledThreadExceptionWarning")
    if os.environ["QT_QPA_PLATFORM"] == "xcb" and hasattr(config, "workerinput"):
        os.environ["DISPLAY"] = screens.enter_context(display.running())
    if config.getoption("--engine") in ("postgres", "both") and not postgres_found():
        raise pytest.UsageError("PostgreSQL's programs or psycopg were not found; try --engine sqlite.")


def pytest_unconfigure() -> None:
    screens.close()


def postgres_found() -> bool:
    return postgres.programs() is not None and importlib.util.find_spec("psycopg") is not None


def chosen_engines(config: pytest.Config) -> tuple[str, ...]:
    choice = config.getoption("--engine")
    if choice in ENGINES:
        return (choice,)
    return ENGINES if postgres_found() else ("sqlite",)


def pytest_report_header(config: pytest.Config) -> str:
    engines = chosen_engines(config)
    missing = "" if "postgres" in engines or config.getoption("--engine") else " (PostgreSQL was not found)"
    return f"database engines: {', '.join(engines)}{missing}"


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Said again at the end: a quiet run shows no header, and half a test run must not look like a whole one."""
    terminalreporter.write_line(pytest_report_header(config))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that touches a database runs once on every engine."""
    if "engine" in metafunc.fixturenames:
        marker = metafunc.definition.get_closest_marker("engines")
        wanted = marker.args if marker else ENGINES
        metafunc.parametrize("engine", [name for name in chosen_engines(metafunc.config) if name in wanted])


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    if config.getoption("--engine") == "postgres":
        without = [item for item in items if "engine" not in getattr(item, "fixturenames", ())]
        config.hook.pytest_deselected(items=without)
        items[:] = [item for item in items if item not in set(without)]
    real_screen = os.environ["QT_QPA_PLATFORM"] != "offscreen"
    for item in items:
        folder = item.path.relative_to(here).parts[0] if item.path.is_relative_to(here) else ""
        if folder in FOLDERS:
            item.add_marker(folder)
        if item.get_closest_marker("display") and not real_screen:
            item.add_marker(pytest.mark.skip(reason="needs a real display: QT_QPA_PLATFORM=xcb, with Xvfb and openbox"))


# ---------------------------------------------------------------- nothing leaks, nothing is overlooked


class Overheard(logging.Handler):
    """Keeps what our program complained about while a test ran."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one complaint, with its traceback."""
        self.lines.append(f"{record.levelname} {record.name}: {self.format(record)}")


@pytest.fixture(autouse=True)
def no_unnoticed_warning(request: pytest.FixtureRequest) -> Iterator[None]:
    overheard = Overheard()
    loggers = [logging.getLogger(name) for name in OUR_LOGGERS]
    for logger in loggers:
        logger.addHandler(overheard)
    yield
    for logger in loggers:
        logger.removeHandler(overheard)
    if overheard.lines and not request.node.get_closest_marker("logged"):
        pytest.fail("Logged, and not expected with @pytest.mark.logged:\n" + "\n".join(overheard.lines), pytrace=False)


@pytest.fixture(autouse=True)
def old_windows_are_gone() -> Iterator[None]:
    """Windows of a test are really deleted after it: thousands of hidden widgets would be dressed and polished else.

    Before that no layout may hold an item that is gone. And what the program has told Python to keep for good is kept
    no longer: a process would drag the windows of a thousand tests along.
    """
    yield
    widgets, core = sys.modules.get("PySide6.QtWidgets"), sys.modules.get("PySide6.QtCore")
    if widgets is None or core is None or core.QCoreApplication.startingUp():
        return
    from tests.ui.left_over import left_over

    gone = left_over()
    for window in widgets.QApplication.topLevelWidgets():
        if isinstance(window, widgets.QMainWindow):
            if hasattr(window, "session"):
                window.session.close()  # a test that failed has left it open: it must not hear of the next one
            window.deleteLater()
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)
    gc.unfreeze()
    assert not gone, f"Layouts hold items that Qt has thrown away; put them in their place before filling them: {gone}"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folder of this test; the real one is never touched."""
    folder = tmp_path / "home"
    monkeypatch.setenv("CHANNERGY_CRM_HOME", str(folder))
    return folder


@pytest.fixture(scope="session", autouse=True)
def passwords_are_cheap() -> Iterator[None]:
    """Comparing a password costs a tenth of a second on purpose; the benchmark of signing in measures it."""
    from argon2 import PasswordHasher

    from channergy_crm import passwords

    passwords.use(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    yield
    passwords.use(None)


@pytest.fixture(autouse=True)
def no_fields_are_left() -> Iterator[None]:
    """What an office added to the records goes with it: records are the same for every test."""
    yield
    records = sys.modules.get("channergy_crm.records")
    if records is not None:
        records.custom_fields.undress(records.BY_TABLE)


@pytest.fixture
def fixed_clock() -> Iterator[datetime]:
    """It is Monday, 23 November 2026, ten in the morning, and stays so."""
    from channergy_crm import clock

    moment = datetime(2026, 11, 23, 10, 0)
    with clock.fixed(moment):
        yield moment


# ---------------------------------------------------------------- databases


def migrate(url: str) -> None:
    """Make an office out of an empty database, in which one calls around the clock, and as often as one likes."""
    from channergy_crm.records import CallingHours, OfficeSetting
    from channergy_crm.settings import MOST_A_DAY
    from channergy_crm.store import foreign
    from channergy_crm.store.database import open_database, writing

    office = open_database(url)
    with writing(), office.database.atomic():
        foreign.begin_ours(office.database)
        CallingHours.update(days="1234567", begins=time(0), ends=time(23, 59)).execute()
        OfficeSetting.insert(name=MOST_A_DAY.name, value="0").execute()
        foreign.end_ours(office.database)
    office.close()


@pytest.fixture(scope="session")
def cluster() -> Iterator[postgres.Cluster]:
    """The PostgreSQL server of this test process, started when the first test wants it."""
    with postgres.running() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def migrated_cluster(cluster: postgres.Cluster) -> postgres.Cluster:
    """The server, with a migrated database to copy from."""
    cluster.migrate_template(migrate)
    return cluster


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy from."""
    path = tmp_path_factory.mktemp("template") / "office.db"
    migrate(f"sqlite:///{path}")
    left = [file.name for file in path.parent.iterdir() if file != path]
    assert not left, f"open_database(…).close() left {left}: some connection is still open, a copy would be incomplete."
    return path


@pytest.fixture
def empty_database_url(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database without any table, on each engine."""
    if engine == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    with request.getfixturevalue("cluster").database("template0") as url:
        yield url


@pytest.fixture
def database_url(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """A new, migrated office, on each engine."""
    if engine == "sqlite":
        path = tmp_path / "office.db"
        shutil.copyfile(request.getfixturevalue("migrated_file"), path)
        yield f"sqlite:///{path}"
        return
    with request.getfixturevalue("migrated_cluster").database() as url:
        yield url


@pytest.fixture
def office(database_url: str) -> Iterator[Any]:
    """A new office, open."""
    from channergy_crm.store.database import open_database

    office = open_database(database_url)
    yield office
    office.close()


@pytest.fixture
def operator(office: Any) -> str:
    """The one operator a new office starts with."""
    return "ADMIN"
