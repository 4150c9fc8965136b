"""The disk image for macOS: the program beside a way to Applications. Untried so far, signed by nobody."""

from __future__ import annotations

import platform
import shutil
import subprocess
from typing import TYPE_CHECKING

import program

if TYPE_CHECKING:
    from pathlib import Path


def wrap(bundle: Path, out: Path) -> Path:
    """The image around the .app."""
    laid = bundle.parent / "image"
    shutil.rmtree(laid, ignore_errors=True)
    laid.mkdir()
    shutil.copytree(bundle, laid / bundle.name, symlinks=True)
    (laid / "Applications").symlink_to("/Applications")
    made = out / f"{program.NAME}-{program.version()}-{platform.machine()}.dmg"
    subprocess.run(
        ["hdiutil", "create", "-volname", program.TITLE, "-srcfolder", laid, "-format", "UDZO", "-ov", made],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return made
