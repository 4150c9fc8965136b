"""The image of a contact: a picture among the documents of that contact, drawn in lists (VT-103)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import N_
from channergy_crm.records import Contact
from channergy_crm.services.pictures import PictureOf

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.records import Document
    from channergy_crm.services.contents import Tell

IMAGE = PictureOf(
    Contact,
    N_("Change the image of {name}"),
    N_("Remove the image of {name}"),
    N_("That file is no picture. The image of a contact is a PNG, JPEG or GIF file."),
    N_("That picture has {size}; the image of a contact may have {most}."),
)


def of(contact: int, by: str) -> Document | None:
    """The image of a contact; None where there is none."""
    return IMAGE.of(contact, by)


def take(contact: int, source: Path | bytes, by: str, *, name: str = "", tell: Tell | None = None) -> Document:
    """Put a picture in the place of the image. What stood there stays as an older version of the document."""
    return IMAGE.take(contact, source, by, name=name, tell=tell)


def remove(contact: int, by: str) -> None:
    """Take the image away; undo brings it back."""
    IMAGE.remove(contact, by)
