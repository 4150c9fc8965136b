"""The shelf of ready events, off until somebody takes one (VS-4, VS-5, VS-6, VS-23)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Ready(NamedTuple):
    """A ready event: its name on the shelf, what people call it, what it is for, what it holds by python name, and
    what is missing in this office before it can be used ("" when nothing is).
    """

    name: str
    label: str
    said: str
    values: Mapping[str, Any]
    lacks: str = ""


def offered(by: str) -> list[Ready]:
    """The ready events, in the order of the shelf."""
    raise NotImplementedError
