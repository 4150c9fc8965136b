"""Every filled cell of a file stands in the office or in the report of its import, whatever the format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.domain.whole import FORMATS, vanished

if TYPE_CHECKING:
    from pathlib import Path

SEEDS = range(2_038, 2_050)


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("form", FORMATS)
def test_f30_nothing_of_a_file_vanishes_without_a_word(office: Any, tmp_path: Path, form: str) -> None:
    """F-20, F-27, F-30, F-40; three hundred of each: `python -m tests.benchmarks.bench_whole`."""
    found = {seed: complaints for seed in SEEDS if (complaints := vanished(tmp_path, form, seed))}
    assert found == {}
