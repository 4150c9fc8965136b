"""Where the files lie that come with the program: icons, translations, templates, and the migrations."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

PACKAGE = Path(__file__).resolve().parent


def data(name: Literal["resources", "migrations"]) -> Path:
    """The folder of that name: inside the package once it is installed or bundled, beside it in a checkout."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


def text(name: Literal["CHANGELOG.md", "README.md"]) -> str:
    """What is written about the program itself; "" where somebody left it out."""
    inside, beside = PACKAGE / name, PACKAGE.parent / name
    held = inside if inside.is_file() else beside
    return held.read_text("utf-8") if held.is_file() else ""
