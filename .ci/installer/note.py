"""The note about this version: the small file an office may lie into its shared folder or on its own web site."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import program

if TYPE_CHECKING:
    from pathlib import Path

KINDS = (".deb", ".exe", ".dmg")


def write(out: Path, address: str) -> Path:
    """`channergy-crm.json`, with every installer of this version that lies there."""
    made = sorted(file for file in out.iterdir() if file.suffix in KINDS and program.version() in file.name)
    day = datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC).date()
    said = {
        "program": program.NAME, "version": program.version(), "date": day.isoformat(), "new": program.news(),
        "address": address,
        "installers": {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in made},
    }  # fmt: skip
    noted = out / f"{program.NAME}.json"
    noted.write_text(json.dumps(said, ensure_ascii=False, indent=2) + "\n", "utf-8")
    return noted
