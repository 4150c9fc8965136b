"""The main window over a new office, on each engine."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QLocale, QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from channergy_crm.settings import BRIDGE, POP_UP, Station
from tests.ui.calling import come_to_three_leads
from tests.ui.every_view import sample_office, shown
from tests.ui.hands import opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.ui.hands import Hands
    from ui.shell.window import MainWindow


@pytest.fixture(autouse=True)
def _nothing_comes_up_by_itself(home: Path) -> None:
    """A workstation on which no reminder comes up: it would come whenever a test takes long enough."""
    Station().set(POP_UP, False)


@pytest.fixture
def american() -> Iterator[None]:
    """Numbers and days as the United States write them."""
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def hands(qtbot: Any, database_url: str) -> Iterator[Hands]:
    """The hands of ADMIN at the real window; numbers are dialed to the clipboard only."""
    Station().set(BRIDGE, "copy_only")
    with opened(qtbot, database_url) as hands:
        yield hands


class Programs(QObject):
    """The mail program and the browser of this workstation."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        """Be asked to open an address."""
        self.opened.append(url.toString())


@pytest.fixture
def programs() -> Iterator[Programs]:
    """What the system would open, written down."""
    held = Programs()
    for scheme in ("mailto", "http", "https"):
        QDesktopServices.setUrlHandler(scheme, held, "open")
    yield held
    for scheme in ("mailto", "http", "https"):
        QDesktopServices.unsetUrlHandler(scheme)


@pytest.fixture
def every_page(hands: Hands) -> None:
    """Every page of the window is built; else one is when somebody comes to it, or looks for something on it."""
    hands.window.build_all()


@pytest.fixture
def three_leads(fixed_clock: Any, hands: Hands) -> None:
    """Three leads with numbers are in the office, the newest first: Cleo, Bob, Ann; the window shows Cleo."""
    come_to_three_leads(hands)


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample office, to copy from."""
    return file_of(sample_office(tmp_path_factory.mktemp("sample")))


@pytest.fixture(scope="session")
def greek_sample_file(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample office, made in English; what people typed is in Greek."""
    from tests.ui.pseudo import in_greek

    url = copied(sample_file, tmp_path_factory)
    in_greek(url)
    return file_of(url)


@pytest.fixture(scope="module")
def sample(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The sample office; its engine makes no difference to what is seen."""
    return copied(sample_file, tmp_path_factory)


@pytest.fixture(scope="module")
def greek_sample(greek_sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The sample office in Greek, for the tests of one file."""
    return copied(greek_sample_file, tmp_path_factory)


def file_of(url: str) -> Path:
    """Where an office in a file lies."""
    return Path(url.removeprefix("sqlite:///"))


def copied(file: Path, places: pytest.TempPathFactory) -> str:
    """The address of a copy of this office."""
    return f"sqlite:///{shutil.copy(file, places.mktemp('office'))}"


@pytest.fixture
def window(qapp: object, sample: str) -> Iterator[MainWindow]:
    """ANN's window over the sample office."""
    with shown(sample, "ANN") as window:
        yield window
