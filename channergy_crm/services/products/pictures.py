"""The picture of a product: one of its documents, drawn on the product (VT-142)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.records import Product
from channergy_crm.services import contact_images, documents, rights
from channergy_crm.text.amounts import of_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.records import Document
    from channergy_crm.services.contents import Content, Tell

CHANGED, REMOVED = N_("Change the picture of {name}"), N_("Remove the picture of {name}")


def _nobody(done: int, total: int, text: str) -> None:
    """Where nobody wants to know how far it is."""


def of(product: int, by: str) -> Document | None:
    """The picture of a product; None where there is none."""
    rights.require(by, "see", Product)
    return contact_images.newest(Product, product, by)


def take(product: int, source: Path | bytes, by: str, *, name: str = "", tell: Tell = _nobody) -> Document:
    """Put a picture in the place of the one there is, which stays as an older version of the document."""
    rights.require(by, "see", Product)
    held, before = documents.subject(Product, product, by, "edit"), of(product, by)
    if before is not None:
        return documents.put_instead(before, held, source, by, CHANGED, name=name, tell=tell, wanted=_of_product)
    return documents.keep(held, source, by, CHANGED, name=name, tell=tell, wanted=_of_product, picture=True)


def remove(product: int, by: str) -> None:
    """Take the picture away; undo brings it back."""
    rights.require(by, "see", Product)
    held, before = documents.subject(Product, product, by, "edit"), of(product, by)
    if before is not None:
        documents.take_away(before, held, by, REMOVED)


def _of_product(content: Content) -> None:
    if content.type not in contact_images.KINDS:
        raise Mistake(_("That file is no picture. The picture of a product is a PNG, JPEG or GIF file."))
    if content.size > contact_images.LARGEST:
        said = _("That picture has {size}; the picture of a product may have {most}.")
        raise Mistake(said.format(size=of_bytes(content.size), most=of_bytes(contact_images.LARGEST)))
