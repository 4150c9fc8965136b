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
@pytest.mark.parametrize(
    ("bench", "kills", "counted"),
    [
        ("bench_kill", "8", ["units_committed"]),
        ("bench_kill_restore", "16", ["units_saved", "kept_files"]),
        ("bench_documents", "12 8 8", ["same", "documents_kept"]),
    ],
)
def test_f7_nothing_is_lost_or_half_there_after_a_kill(bench: str, kills: str, counted: list[str]) -> None:
    """Of what was saved, alone or beside a restore, each unit is whole, in one of the two files."""
    done = subprocess.run(
        [sys.executable, "-m", f"tests.benchmarks.{bench}", *kills.split()], capture_output=True, text=True, cwd=ROOT
    )
    found = json.loads(done.stdout)
    assert found["passes"], found
    assert all(found[name] > 0 for name in counted), found


@pytest.mark.engines("postgres")
@pytest.mark.parametrize("bench", ["bench_kill 6 {url}", "bench_losses 10 server"])
def test_f7_nothing_is_lost_when_a_client_or_the_server_is_killed(database_url: str, bench: str) -> None:
    """The clients of a server, then the server itself, which is started again: everybody goes on by himself."""
    name, *arguments = bench.format(url=database_url).split()
    command = [sys.executable, "-m", f"tests.benchmarks.{name}", *arguments]
    found = json.loads(subprocess.run(command, capture_output=True, text=True, cwd=ROOT).stdout)
    assert found["passes"], found
    (told,) = found.get("kinds", [found])
    assert told.get("units", 0) + told.get("units_committed", 0) > 10


@pytest.mark.engines("postgres")
def test_si26_documents_on_a_server_are_whole_though_clients_are_killed(database_url: str) -> None:
    command = [sys.executable, "-m", "tests.benchmarks.bench_documents", "8", "6", "4", database_url]
    found = json.loads(subprocess.run(command, capture_output=True, text=True, cwd=ROOT).stdout)
    assert found["passes"], found
    assert found["documents_kept"] > 0
