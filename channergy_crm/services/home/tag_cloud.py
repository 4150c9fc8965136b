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
    """A tag, how many records bear it, and the list in which most of them stand."""

    name: str
    records: int
    screen: str


def is_there() -> bool:
    """Whether this program knows tags."""
    return find_spec(_TAGS) is not None


def is_wanted(by: str) -> bool:
    """Whether there are tags and this operator wants to see the cloud (VT-56)."""
    rights.require(by, "choose")
    return is_there() and bool(getattr(_tags(), "shows_cloud", lambda _by: True)(by))


def cloud(by: str, limit: int = MOST) -> list[Weighed]:
    """The tags used most, by name."""
    rights.require(by, "count")
    if not is_there():
        return []
    return [
        Weighed(str(each.tag.name), int(each.count), str((getattr(each, "most", None) or Lead).about.screen or "leads"))
        for each in _tags().cloud(by, limit)
    ]


def _tags() -> Any:
    """Looked for here alone: it comes with a part of the program of its own."""
    return import_module(_TAGS)
