"""What each area says of its own services, gathered for those who walk all of them: every `*_rights.py` beside this."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

OLDER = ("events_followed", "events_looked", "events_made", "filed", "private", "taken_in")
AREAS = [
    import_module(f"tests.domain.{name}")
    for name in sorted({*OLDER, *(path.stem for path in Path(__file__).parent.glob("*_rights.py"))})
    if not name.startswith("test_")
]


def aside(what: str) -> dict[str, Any]:
    """All that they say under this name, such as `PURE`."""
    return {name: said for each in AREAS for name, said in getattr(each, what, {}).items()}


def named_aside(what: str) -> str:
    """All the names they put under this one, such as `NEEDS`."""
    return " ".join(getattr(each, what, "") for each in AREAS)
