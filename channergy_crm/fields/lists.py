"""What a kind is told by those above it: the office's lists, and how the file looks that is being written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol, TypeVar


class Choice(NamedTuple):
    """One entry of a drop-down."""

    value: str
    description: str
    retired: bool


Lists = Callable[[str, str], Sequence[Choice]]
"""the office's list under a table name and a field name, retired values too, in the order of the drop-down"""

V = TypeVar("V")

Written = Callable[[Sequence[V]], Sequence[Any]]
"""from the stored values of a column to what stands in the file"""


class FileStyle(Protocol):
    """How a file of text is written: the sign before cents, and whether by vtiger's rules (VT-119…VT-131)."""

    @property
    def decimal(self) -> str:
        """The sign before cents."""

    @property
    def vtiger(self) -> bool:
        """Whether vtiger is to read it."""
