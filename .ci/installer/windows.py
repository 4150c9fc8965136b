"""The installer for Windows, made by Inno Setup: for one user, without an administrator. Untried so far."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import program

SCRIPT = Path(__file__).resolve().parent / "windows.iss"


def wrap(bundle: Path, out: Path) -> Path:
    """The setup program around the bundle."""
    compiler = shutil.which("iscc") or str(Path(os.environ["ProgramFiles(x86)"]) / "Inno Setup 6" / "ISCC.exe")  # noqa: SIM112
    made = out / f"{program.NAME}-{program.version()}-setup.exe"
    given = {
        "Version": program.version(),
        "Bundle": bundle,
        "Root": program.ROOT,
        "Icon": bundle.parent / "channergy-crm.ico",
    }
    subprocess.run(
        [compiler, "/Qp", f"/O{out.resolve()}", f"/F{made.stem}",
         *(f"/D{name}={value}" for name, value in given.items()), SCRIPT], check=True,
    )  # fmt: skip
    return made
