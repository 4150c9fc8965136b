"""Random lives of two sides beside a model of the rules, with both sides as processes that are killed (BX-34)."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.domain.sync_lives import Life
from tests.domain.sync_processes import Processes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from channergy_crm.store.database import Office

pytestmark = [
    pytest.mark.engines("sqlite"),
    pytest.mark.skipif(sys.platform == "win32", reason="the two sides are forked and killed the POSIX way"),
]


@pytest.fixture(scope="module")
def processes() -> Iterator[Processes]:
    made = Processes()
    yield made
    made.close()


@pytest.mark.parametrize("seed", range(8))
def test_bx34_vp3_after_any_life_both_sides_agree_by_the_rules(
    office: Office, database_url: str, fixed_clock: datetime, tmp_path: Path, processes: Processes, seed: int
) -> None:
    life = Life(database_url, tmp_path / "site", processes, seed, kills=1)
    try:
        life.live(20)
    finally:
        life.close()
