"""What a new record gets from the program itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm import clock

if TYPE_CHECKING:
    from channergy_crm.work.record import Record


def always(record: type[Record], operator: str) -> dict[str, object]:
    """By python name: whose it is, who made it and when, and what every record of this type holds."""
    fields = record._meta.fields
    owner = record.owner_kind()
    found: dict[str, object] = {owner.name: operator} if owner is not None else {}
    if "created_by" in fields:
        found["created_by"] = operator
    if "created_on" in fields:
        found["created_on"] = clock.now() if record.kind("created_on").written_as == "moment" else clock.today()
    return {**found, **record.about.always}
