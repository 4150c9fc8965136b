"""How the journal keeps the values of a record: as JSON, by the python names of its fields."""

from __future__ import annotations

import json
from itertools import repeat
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from channergy_crm.work.stored import Stored

PLAIN = {str, int, bool, type(None)}  # what is kept as it is, whatever the field
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode


def packed(cls: type[Stored], values: Mapping[str, object] | str | None) -> str | None:
    """Values as the journal keeps them: JSON by python names, hidden keys left out because they are derived."""
    if values is None or isinstance(values, str):
        return values
    fields = cls._meta.fields
    return _ENCODE(
        {name: value if type(value) in PLAIN else fields[name].pack(value) for name, value in values.items()}
    )


def filled(values: Mapping[str, object]) -> dict[str, object]:
    """What a record holds, without what is empty: so the journal knows one that was made, and one that went."""
    return {name: value for name, value in values.items() if value not in (None, "") and value is not False}


class Packer:
    """Says many new records as the journal keeps them, out of rows as they lie in the store: what `packed` makes of
    what is `filled`, but column by column, for of many at once most columns are empty or hold the same.
    """

    def __init__(self, cls: type[Stored], names: Sequence[str]) -> None:
        fields: Any = cls._meta.fields
        self._columns = [(f"{encode_basestring(name)}: ", fields[name]) for name in names]

    def texts(self, rows: Sequence[Sequence[object]]) -> list[str]:
        """Records of these fields."""
        if not rows:
            return []
        columns: list[Iterable[str]] = []
        for (name, field), column in zip(self._columns, zip(*rows, strict=True), strict=True):
            said = _said(field, column)
            if len(said) > 1:
                columns.append([said[value] and name + said[value] for value in column])
            elif only := next(iter(said.values()), ""):
                columns.append(repeat(name + only, len(column)))
        return [f"{{{', '.join(filter(None, row))}}}" for row in zip(*columns, strict=True)]


def _said(field: Any, column: Iterable[object]) -> dict[object, str]:
    """What each of these values of a field is said as; "" where it is empty."""
    found: dict[object, str] = {}
    for value in set(column):
        held = value if field.textual or value is None else field.python_value(value)
        if held in (None, "") or held is False:
            found[value] = ""
        elif type(held) is str:
            found[value] = encode_basestring(held)
        else:
            found[value] = str(held) if type(held) is int else _ENCODE(held if held is True else field.pack(held))
    return found


def unpacked(cls: type[Stored], text: str | None) -> dict[str, object]:
    """Values out of the journal. Fields that no longer exist are left out."""
    fields = cls._meta.fields
    held = json.loads(text) if text else {}
    return {name: fields[name].unpack(value) for name, value in held.items() if name in fields}
