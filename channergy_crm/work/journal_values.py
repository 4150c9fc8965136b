"""How the journal keeps the values of a record: as JSON, by the python names of its fields."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from channergy_crm.work.stored import Stored

PLAIN = {str, int, bool, type(None)}  # what is kept as it is, whatever the field


def packed(cls: type[Stored], values: Mapping[str, object] | str | None) -> str | None:
    """Values as the journal keeps them: JSON by python names, hidden keys left out because they are derived."""
    if values is None or isinstance(values, str):
        return values
    fields = cls._meta.fields
    return json.dumps(
        {name: value if type(value) in PLAIN else fields[name].pack(value) for name, value in values.items()},
        ensure_ascii=False,
    )


def filled(values: Mapping[str, object]) -> dict[str, object]:
    """What a record holds, without what is empty: so the journal knows one that was made, and one that went."""
    return {name: value for name, value in values.items() if value not in (None, "") and value is not False}


def unpacked(cls: type[Stored], text: str | None) -> dict[str, object]:
    """Values out of the journal. Fields that no longer exist are left out."""
    fields = cls._meta.fields
    held = json.loads(text) if text else {}
    return {name: fields[name].unpack(value) for name, value in held.items() if name in fields}
