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
    "an arrow up": ("channergy_crm/text/slip.py", "from channergy_crm.store import database"),
    "an arrow up for a type": ("channergy_crm/records/slip.py", f"{UP}from channergy_crm.services import leads"),
    "an arrow up inside a function": ("channergy_crm/text/slip.py", "def f():\n    from channergy_crm import records"),
    "a module without a step": ("channergy_crm/slip.py", ""),
    "Qt below the screen": ("channergy_crm/services/slip.py", "from PySide6.QtCore import QObject"),
    "the screen below the screen": ("channergy_crm/services/slip.py", "from ui import screen"),
    "a database on the screen": ("ui/pages/slip.py", "import peewee"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_noticed(slip: str, house: Path) -> None:
    place, text = SLIPS[slip]
    file = house / place
    file.write_text(text, "utf-8")
    try:
        assert lint(house).returncode == 1
    finally:
        file.unlink()
