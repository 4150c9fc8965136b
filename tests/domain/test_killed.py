"""A workstation that loses its power leaves an office in which every unit of work is whole."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked and killed the POSIX way")
def test_nothing_is_lost_or_half_there_after_a_kill() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.bench_kill", "8"], capture_output=True, text=True, cwd=ROOT
    )
    found = json.loads(done.stdout)
    assert found["passes"], found
    assert found["units_committed"] > 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked and killed the POSIX way")
def test_f7_whatever_was_saved_beside_a_restore_is_in_one_of_the_two_files() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.bench_kill_restore", "16"], capture_output=True, text=True, cwd=ROOT
    )
    found = json.loads(done.stdout)
    assert found["passes"], found
    assert found["units_saved"] > 0 and found["kept_files"] > 0
