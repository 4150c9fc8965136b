"""The main window over a new office, on each engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QLocale

from channergy_crm.settings import BRIDGE, Station
from tests.ui.calling import come_to_three_leads
from tests.ui.hands import opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.ui.hands import Hands


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


@pytest.fixture
def three_leads(fixed_clock: Any, hands: Hands) -> None:
    """Three leads with numbers are in the office, the newest first: Cleo, Bob, Ann; the window shows Cleo."""
    come_to_three_leads(hands)
