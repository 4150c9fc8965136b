"""What may import what: import-linter keeps the staircases of pyproject.toml, and is seen to notice each slip."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """What import-linter says of the program in this folder."""
    call = (
        "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command; lint_imports_command()"
    )
    return subprocess.run(
        [sys.executable, "-c", call, "--no-cache", "--no-logo"], cwd=folder, capture_output=True, text=True
    )


def test_imports_go_down_the_stairs_only() -> None:
    said = lint(ROOT)
    if said.returncode:
        pytest.fail(said.stdout + said.stderr, pytrace=False)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the house to spoil."""
    folder = tmp_path_factory.mktemp("house")
    for name in ("channergy_crm", "ui"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


UP = "from __future__ import annotations\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    "
SLIPS = {
    "channergy_crm/text/arrow_up.py": "from channergy_crm.store import database",
    "channergy_crm/records/for_a_type.py": f"{UP}from channergy_crm.services import leads",
    "channergy_crm/text/in_a_function.py": "def f():\n    from channergy_crm import records",
    "channergy_crm/services/with_qt.py": "from PySide6.QtCore import QObject",
    "channergy_crm/services/with_the_screen.py": "from ui import screen",
    "ui/pages/with_a_database.py": "import peewee",
}


def slipped(house: Path, slips: dict[str, str]) -> str:
    """What is said of a house with these slips in it."""
    for place, text in slips.items():
        (house / place).write_text(text, "utf-8")
    said = lint(house)
    for place in slips:
        (house / place).unlink()
    assert said.returncode == 1
    return said.stdout


def test_every_slip_is_noticed(house: Path) -> None:
    said = slipped(house, SLIPS)
    assert [place for place in SLIPS if place.removesuffix(".py").replace("/", ".") + " -> " not in said] == []


def test_a_module_without_a_step_is_noticed(house: Path) -> None:
    assert "stepless" in slipped(house, {"channergy_crm/stepless.py": ""})
