"""The tags of the office as Home shows them; where the program has none, there is no such block (VT-29, VT-56)."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any, NamedTuple

from channergy_crm.records import Lead
from channergy_crm.services import rights

MOST = 16
_TAGS = "channergy_crm.services.tags"


class Weighed(NamedTuple):
    """A tag, and how many records bear it."""

    name: str
    records: int


def is_there() -> bool:
    """Whether this program knows tags."""
    return find_spec(_TAGS) is not None


def cloud(by: str, limit: int = MOST) -> list[Weighed]:
    """The tags used most, by name."""
    rights.require(by, "count", Lead)
    if not is_there():
        return []
    found: list[Any] = import_module(_TAGS).cloud(by, limit)
    return [Weighed(str(getattr(tag, "name", tag)), int(count)) for tag, count in found]
