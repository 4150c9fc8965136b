"""What several journeys stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import display
from tests.journeys.screens import Screen

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def screen() -> Iterator[Screen]:
    """A screen with a window manager, on a display that is free."""
    with display.running("1280x1024") as name:
        yield Screen(name)
