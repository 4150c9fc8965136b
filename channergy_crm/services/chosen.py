"""What somebody chose in a chart, to see the rows behind it."""

from __future__ import annotations

from typing import Any, NamedTuple


class Chosen(NamedTuple):
    """Which part of the figures, and which of its bars by its key; nothing is all of them."""

    part: str = ""
    key: Any = None
