"""A record type costs three files and no test: the declaration, the migration (written by a command), the screen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.visits import RECORD, SCREEN

ROOT = Path(__file__).resolve().parent.parent
MOST_LINES = 45


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with one record type more."""
    folder = tmp_path_factory.mktemp("program")
    for name in ("channergy_crm", "ui", "migrations", "resources", "tests"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "channergy_crm/records/visits.py").write_text(RECORD, "utf-8")
    (folder / "ui/screens/visits.py").write_text(SCREEN, "utf-8")
    told = _python(folder, "-m", "tests.migration", "Visits")
    assert told.strip().endswith("_visits.py")
    return folder


def _python(folder: Path, *words: str) -> str:
    surroundings = os.environ | {"PYTHONPATH": str(folder), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, *words], cwd=folder, env=surroundings, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_costs_three_files_and_few_lines(program: Path) -> None:
    (migration,) = program.glob("migrations/*_visits.py")
    texts = [RECORD, SCREEN, migration.read_text("utf-8")]
    lines = [line for text in texts for line in text.splitlines() if line.strip()]
    assert len(lines) <= MOST_LINES
    assert "channergy_crm" not in texts[2]


def test_nothing_is_left_to_write_after_the_step(program: Path) -> None:
    with pytest.raises(AssertionError, match="nothing to write"):
        _python(program, "-m", "tests.migration", "Again")


@pytest.mark.engines("sqlite")
def test_it_lists_finds_comes_in_goes_out_merges_and_is_taken_back(
    program: Path, empty_database_url: str, tmp_path: Path
) -> None:
    _python(program, "-m", "tests.visits_at_work", empty_database_url, str(tmp_path))
