"""The image of a contact: a picture among the documents of that contact, drawn in lists (VT-103)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.records import Contact, Document
from channergy_crm.services import documents, reading, rights
from channergy_crm.text.amounts import of_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.services.contents import Content, Tell
    from channergy_crm.work.record import Record

CHANGED, REMOVED = N_("Change the image of {name}"), N_("Remove the image of {name}")
KINDS = ("image/png", "image/jpeg", "image/gif")
LARGEST = 10 << 20
"""bytes: beyond that every list would wait for it"""


def _nobody(done: int, total: int, text: str) -> None:
    """Where nobody wants to know how far it is."""


def of(contact: int, by: str) -> Document | None:
    """The image of a contact; None where there is none."""
    rights.require(by, "see", Contact)
    return newest(Contact, contact, by)


def newest(record: type[Record], key: object, by: str) -> Document | None:
    """The picture that shows a record; None where there is none."""
    rights.require(by, "see", record)
    reading.find(record, key, by)
    here = (Document.table == record._meta.table_name) & (Document.of == str(key)) & Document.current.is_null()
    found: Document | None = Document.select().where(here & Document.picture).order_by(Document.number.desc()).first()
    return found


def take(contact: int, source: Path | bytes, by: str, *, name: str = "", tell: Tell = _nobody) -> Document:
    """Put a picture in the place of the image. What stood there stays as an older version of the document."""
    rights.require(by, "see", Contact)
    held, before = documents.subject(Contact, contact, by, "edit"), of(contact, by)
    if before is not None:
        return documents.put_instead(before, held, source, by, CHANGED, name=name, tell=tell, wanted=_of_contact)
    return documents.keep(held, source, by, CHANGED, name=name, tell=tell, wanted=_of_contact, picture=True)


def remove(contact: int, by: str) -> None:
    """Take the image away; undo brings it back."""
    rights.require(by, "see", Contact)
    held, before = documents.subject(Contact, contact, by, "edit"), of(contact, by)
    if before is not None:
        documents.take_away(before, held, by, REMOVED)


def _of_contact(content: Content) -> None:
    if content.type not in KINDS:
        raise Mistake(_("That file is no picture. The image of a contact is a PNG, JPEG or GIF file."))
    if content.size > LARGEST:
        said = _("That picture has {size}; the image of a contact may have {most}.")
        raise Mistake(said.format(size=of_bytes(content.size), most=of_bytes(LARGEST)))
