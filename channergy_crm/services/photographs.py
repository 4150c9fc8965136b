"""The photograph of an operator: a picture among the documents of that operator (VT-54)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.errors import Mistake, Refused
from channergy_crm.language import N_, _
from channergy_crm.records import Document, Operator
from channergy_crm.services import documents, rights
from channergy_crm.text.file_kinds import is_picture

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.services.contents import Content, Tell

DEED = N_("Change the photograph of {name}")


def _nobody(done: int, total: int, text: str) -> None:
    """Where nobody wants to know how far it is."""


def of(id: str, by: str) -> Document | None:
    """The photograph of an operator; None where there is none."""
    rights.require(by, "see", Operator)
    here = (Document.table == Operator._meta.table_name) & (Document.of == id) & Document.current.is_null()
    found = Document.select().where(here & Document.type.startswith("image/"))
    first: Document | None = found.order_by(Document.number.desc()).first()
    return first


def take(id: str, source: Path | bytes, by: str, *, name: str = "", tell: Tell = _nobody) -> Document:
    """Put a picture in the place of the photograph; one's own, or an administrator anybody's."""
    held = _own(id, by)
    before = of(id, by)
    if before is None:
        return documents.keep(held, source, by, DEED, name=name, tell=tell, wanted=_require_picture)
    return documents.put_instead(before, held, source, by, DEED, name=name, tell=tell, wanted=_require_picture)


def remove(id: str, by: str) -> None:
    """Take the photograph away; undo brings it back."""
    held = _own(id, by)
    if (before := of(id, by)) is not None:
        documents.take_away(before, held, by, N_("Remove the photograph of {name}"))


def _own(id: str, by: str) -> Operator:
    rights.require(by, "see", Operator)
    held = Operator.find(id)
    if held is None:
        raise Mistake(_("There is no operator {id}.").format(id=id))
    if id != by and rights.may(by, "administer"):
        raise Refused(_("That is the photograph of {operator}.").format(operator=held.caption()))
    return held


def _require_picture(content: Content) -> None:
    if not is_picture(content.type):
        raise Mistake(_("That file is no picture. A photograph is a PNG, a JPEG or another picture."))
