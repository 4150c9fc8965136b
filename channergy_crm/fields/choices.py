"""Kinds that hold one of a few values: flags, and values out of the office's own lists."""

from __future__ import annotations

from typing import Any

import peewee

from channergy_crm.errors import Mistake
from channergy_crm.fields.kind import Kind
from channergy_crm.fields.text import Text
from channergy_crm.text.folding import fold


class Flag(Kind[bool], peewee.BooleanField[bool]):
    """Yes or no."""

    def __init__(self, label: str = "", **options: Any) -> None:
        usual = {"width": 4, "null": False, "default": False, "constraints": [peewee.SQL("DEFAULT FALSE")]}
        super().__init__(label, **{**usual, **options})

    def __invert__(self) -> Any:
        """Not set; said in the one way for which a database uses its index."""
        return self == False  # noqa: E712

    def db_value(self, value: Any) -> Any:
        return bool(value)

    def show(self, value: bool) -> str:
        return "Yes" if value else ""

    def read(self, text: str) -> bool:
        word = fold(text.strip())
        if word in ("1", "yes", "y", "true", "x", "on", "ja", "oui", "si"):
            return True
        if word in ("", "0", "no", "n", "false", "off", "nein", "non"):
            return False
        raise Mistake(f"{self.label} takes yes or no, not “{text.strip()}”.", self.name)


class Lookup(Text):
    """A value out of the office's own list (CustomLookup), CH-149…CH-154.

    `table` is the list's table name when it is not the record's own: "All" for lists that go across tables.
    """

    def __init__(self, label: str = "", *, table: str = "", **options: Any) -> None:
        super().__init__(label, **{"width": 18, **options})
        self._table = table

    @property
    def list_key(self) -> tuple[str, str]:
        """The table name and field name this field's list stands under, case and all."""
        return self._table or self.model._meta.table_name, self.column_name

    def parts(self, value: str) -> list[str]:
        """The values of the list that stand in the field."""
        return [value]

    def holding(self, value: str) -> Any:
        """The rows that hold this value of the list."""
        return self == value
