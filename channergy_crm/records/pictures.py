"""The picture of a record: one of its documents, drawn in the lists of such records (VT-103)."""

from __future__ import annotations

from typing import Any

import peewee

from channergy_crm.language import N_, _
from channergy_crm.records.documents import Document
from channergy_crm.records.people import Contact
from channergy_crm.work import key_field
from channergy_crm.work.record import Extra, Record, add_extra


class Pictured(int):
    """The number of a picture, for a list that draws it; in words it is one."""

    def __str__(self) -> str:
        return _("Picture")


def picture_of(record: type[Record], label: str) -> Extra:
    """The column with the picture of each record: the number of the document that shows it."""
    of: Any = key_field(record).cast("TEXT")
    here = (Document.table == record._meta.table_name) & (Document.of == of) & Document.current.is_null()
    newest = Document.select(peewee.fn.MAX(Document.number)).where(here & Document.picture)
    return Extra(label, newest, lambda held: Pictured(held) if held else None, 4, stored=False, pictured=True)


add_extra(Contact, "image", picture_of(Contact, N_("Image")))
