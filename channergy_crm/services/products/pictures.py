"""The picture of a product: one of its documents, drawn on the product (VT-142)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import N_
from channergy_crm.records import Product
from channergy_crm.services.pictures import PictureOf

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.records import Document
    from channergy_crm.services.contents import Tell

PICTURE = PictureOf(
    Product,
    N_("Change the picture of {name}"),
    N_("Remove the picture of {name}"),
    N_("That file is no picture. The picture of a product is a PNG, JPEG or GIF file."),
    N_("That picture has {size}; the picture of a product may have {most}."),
)


def of(product: int, by: str) -> Document | None:
    """The picture of a product; None where there is none."""
    return PICTURE.of(product, by)


def take(product: int, source: Path | bytes, by: str, *, name: str = "", tell: Tell | None = None) -> Document:
    """Put a picture in the place of the one there is. What stood there stays as an older version of the document."""
    return PICTURE.take(product, source, by, name=name, tell=tell)


def remove(product: int, by: str) -> None:
    """Take the picture away; undo brings it back."""
    PICTURE.remove(product, by)
