"""The main window over a new office, on each engine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from channergy_crm.settings import BRIDGE, Station
from tests.ui.at_work import Hands


@pytest.fixture
def hands(qtbot: Any, database_url: str) -> Iterator[Hands]:
    """The hands of ADMIN at the real window; numbers are dialed to the clipboard only."""
    Station().set(BRIDGE, "copy_only")
    hands = Hands(qtbot, database_url)
    yield hands
    with hands.answering("leave.discard"):
        hands.window.close()
