"""The kind of field that holds several values out of one of the office's lists."""

from __future__ import annotations

from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Any

import peewee

from channergy_crm.errors import Mistake
from channergy_crm.fields.choices import Lookup
from channergy_crm.language import _
from channergy_crm.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from channergy_crm.fields.lists import FileStyle, Lists, Written

BETWEEN = " |##| "  # between the values, in the store as in vtiger's files (VT-126)
_SIGN = pattern(r"\s*\|##\|\s*")
_WRITTEN = pattern(r"[;\n]")


class MultiLookup(Lookup):
    """Several values of one list, each once, in the order they were chosen."""

    edited_by = "several"
    written_as = ""
    several = joinable = True

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

    def holding(self, value: str) -> peewee.ColumnBase:
        """The rows in which this is one of the values."""
        return peewee.Value(BETWEEN).concat(self).concat(BETWEEN).contains(f"{BETWEEN}{value}{BETWEEN}")

    def with_value(self, held: str | None, value: str) -> str:
        """What it held, and this value too."""
        return together([*self.parts(held or ""), value])

    def renamed(self, held: str, old: str, new: str) -> str:
        """What the field holds once one of the values is called otherwise."""
        return together(new if part == old else part for part in self.parts(held))

    def joined(self, values: Sequence[str]) -> str:
        """All of the values, each once."""
        return together(part for value in values for part in self.parts(value))

    def compare(self, sign: str, value: str, lists: Lists) -> peewee.ColumnBase:
        """`:` and `=` say that one is among them, `!=` that it is not; `Books; Toys` asks for both."""
        if sign not in (":", "=", "!="):
            raise Mistake(_("{field} holds several values; use a colon.").format(field=self.label))
        found = reduce(and_, [
            reduce(or_, [self.holding(one) for one in self.meant(sign, part, lists) or [part]])
            for part in self.parts(self.read(value)) or [value]
        ])  # fmt: skip
        return ~found if sign == "!=" else found

    def exported(self, lists: Lists) -> Callable[[str], object]:
        """What people read for the values, as people write several."""
        spoken = self.spoken(lists)
        return lambda value: self.show(self._in_words(value, spoken))

    def written(self, style: FileStyle, lists: Lists) -> Written[str]:
        """As people write several values; vtiger's own sign stands between them in its files (VT-126)."""
        spoken = self.spoken(lists)
        if style.vtiger:
            return lambda values: [self._in_words(value, spoken) for value in values]
        return lambda values: [self.show(self._in_words(value, spoken)) for value in values]

    def _in_words(self, value: str | None, spoken: Mapping[str, str]) -> str:
        return together(spoken.get(part, part) for part in self.parts(value or ""))


def together(parts: Iterable[str]) -> str:
    """Single values as they are stored."""
    plain = (" ".join(part.split()) for part in parts)
    return BETWEEN.join(dict.fromkeys(part for part in plain if part))
