"""The one picture that shows a record, kept among its documents: a contact's image, a product's picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.records import Document
from channergy_crm.services import documents, reading, rights
from channergy_crm.text.amounts import of_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.services.contents import Content, Tell
    from channergy_crm.work.record import Record

KINDS = ("image/png", "image/jpeg", "image/gif")
LARGEST = 10 << 20
"""bytes: beyond that every list would wait for it"""


def _nobody(done: int, total: int, text: str) -> None:
    """Where nobody wants to know how far it is."""


class PictureOf(NamedTuple):
    """Whose picture it is, what its steps are called, and what is said of a file that is none or too large."""

    record: type[Record]
    changed: str
    removed: str
    no_picture: str
    too_large: str

    def of(self, key: object, by: str) -> Document | None:
        """The picture; None where there is none."""
        rights.require(by, "see", self.record)
        reading.find(self.record, key, by)
        mine = (Document.table == self.record._meta.table_name) & (Document.of == str(key))
        here = mine & Document.current.is_null() & Document.picture
        found: Document | None = Document.select().where(here).order_by(Document.number.desc()).first()
        return found

    def take(self, key: object, source: Path | bytes, by: str, *, name: str = "", tell: Tell | None = None) -> Document:
        """Put a picture in the place of the one there is, which stays as an older version of the document."""
        rights.require(by, "see", self.record)
        held, before, told = documents.subject(self.record, key, by, "edit"), self.of(key, by), tell or _nobody
        fits, said = self._must_fit, self.changed
        if before is not None:
            return documents.put_instead(before, held, source, by, said, name=name, tell=told, wanted=fits)
        return documents.keep(held, source, by, said, name=name, tell=told, wanted=fits, picture=True)

    def remove(self, key: object, by: str) -> None:
        """Take the picture away; undo brings it back."""
        rights.require(by, "see", self.record)
        held, before = documents.subject(self.record, key, by, "edit"), self.of(key, by)
        if before is not None:
            documents.take_away(before, held, by, self.removed)

    def _must_fit(self, content: Content) -> None:
        if content.type not in KINDS:
            raise Mistake(_(self.no_picture))
        if content.size > LARGEST:
            raise Mistake(_(self.too_large).format(size=of_bytes(content.size), most=of_bytes(LARGEST)))
