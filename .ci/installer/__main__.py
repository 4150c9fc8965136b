"""Builds the installer of the system it runs on: `python .ci/installer` (.deb, .exe or .dmg in dist/).

Beside it lies `channergy-crm.json`, the note an office may lie where its workstations look for new versions.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import debian
import macos
import note
import program
import windows

WRAPPED = {"linux": debian.wrap, "win32": windows.wrap, "darwin": macos.wrap}


def main() -> None:
    """Bundle the program, wrap the bundle, write the note."""
    parser = argparse.ArgumentParser(prog="python .ci/installer", description=__doc__)
    parser.add_argument("--out", type=Path, default=program.ROOT / "dist", help="where the installer goes")
    parser.add_argument("--address", default="", help="where people will find the installers, for the note")
    parser.add_argument("--bundle", type=Path, help="wrap a bundle that is there already")
    asked = parser.parse_args()
    os.environ.setdefault("SOURCE_DATE_EPOCH", program.last_changed())
    os.environ.setdefault("PYTHONHASHSEED", "0")
    asked.out.mkdir(parents=True, exist_ok=True)
    wrapped = WRAPPED[sys.platform](asked.bundle or _bundled(), asked.out)
    noted = note.write(asked.out, asked.address)
    for made in (wrapped, noted):
        print(f"{made}: {made.stat().st_size / 1e6:,.1f} MB" if made is wrapped else made)


def _bundled() -> Path:
    """The folder with the program, Python and everything they need."""
    spec, work = Path(__file__).with_name("bundle.spec"), program.ROOT / "build" / "installer"
    program.draw_icons(work)
    subprocess.run(
        [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", "--workpath", work / "work",
         "--distpath", work, spec], check=True, cwd=program.ROOT,
    )  # fmt: skip
    return work / ("Channergy CRM.app" if sys.platform == "darwin" else "channergy-crm")


if __name__ == "__main__":
    main()
