"""The kind of field that holds several values out of one of the office's lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import peewee

from channergy_crm.fields.choices import Lookup

if TYPE_CHECKING:
    from collections.abc import Iterable

BETWEEN = " |##| "  # between the values, in the store as in vtiger's files (VT-126)
_SIGN = re.compile(r"\s*\|##\|\s*")
_WRITTEN = re.compile(r"[;\n]")


class MultiLookup(Lookup):
    """Several values of one list, each once, in the order they were chosen."""

    def __init__(self, label: str = "", **options: Any) -> None:
        super().__init__(label, **{"width": 30, "limit": 4_000, **options})

    def parts(self, value: str) -> list[str]:
        """The single values."""
        return [part for part in _SIGN.split(value or "") if part]

    def show(self, value: str) -> str:
        """The values with semicolons between them; where one holds a semicolon itself, with vtiger's sign."""
        parts = self.parts(value)
        if not any(_WRITTEN.search(part) for part in parts):
            return "; ".join(parts)
        return BETWEEN.join(parts) if len(parts) > 1 else f"{parts[0]}{BETWEEN}".rstrip()

    def read(self, text: str) -> str:
        """What `show` wrote, or vtiger did."""
        return together((_SIGN if "|##|" in text else _WRITTEN).split(text))

    def holding(self, value: str) -> Any:
        """The rows in which this is one of the values."""
        return peewee.Value(BETWEEN).concat(self).concat(BETWEEN).contains(f"{BETWEEN}{value}{BETWEEN}")


def together(parts: Iterable[str]) -> str:
    """Single values as they are stored."""
    plain = (" ".join(part.split()) for part in parts)
    return BETWEEN.join(dict.fromkeys(part for part in plain if part))
