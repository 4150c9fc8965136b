"""Filed mails as they are read: on a timeline, one by one, and which of ours were answered (BX-14)."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm.records import Document, FiledMail
from channergy_crm.services import rights
from channergy_crm.services.filing import deeds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.work.record import Record


class Read(NamedTuple):
    """A filed mail, what its record is called, the documents that came with it, and why this one may not remove it."""

    mail: FiledMail
    name: str
    files: list[Document]
    why_not_removed: str | None


def read(number: int, by: str) -> Read:
    """A filed mail by its number. `Mistake` where it is gone."""
    filed, held = deeds.found(number, by)
    return Read(filed, held.caption(), deeds.files(filed), rights.may(by, "edit", held))


def about(subjects: Sequence[tuple[type[Record], object]]) -> Any:
    """The condition for the mails of these records."""
    keys: dict[str, list[str]] = {}
    for record, key in subjects:
        keys.setdefault(record._meta.table_name, []).append(str(key))
    return reduce(or_, [(FiledMail.table == table) & FiledMail.of.in_(those) for table, those in keys.items()])
