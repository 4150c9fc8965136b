"""The image of a contact: chosen, dropped, pasted, taken away; what is wrong stands beside it (VT-103)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from channergy_crm.language import _
from channergy_crm.records import Document
from channergy_crm.services import contact_images, documents
from channergy_crm.services.pictures import LARGEST
from channergy_crm.text.amounts import of_bytes
from ui.documents.photograph import Kept, Photograph

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.records import Contact
    from channergy_crm.work import Done
    from ui.session.session import Session


class ContactImage(QWidget):
    """The image with its verbs; whoever may not change the contact sees it alone."""

    def __init__(self, contact: Contact, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        key, by = int(contact.number), session.by

        def take(source: Path | bytes, **how: Any) -> Document:
            return contact_images.take(key, source, by, **how)

        most = of_bytes(LARGEST)
        self.photograph = Photograph(session, self, Kept(
            lambda: contact_images.of(key, by), take, lambda: contact_images.remove(key, by),
            "more_information.image", _("Contact Image"),
            _("Choose a PNG, JPEG or GIF file, drop one here or paste it; up to {most}.").format(most=most),
            _("Image kept."), _("Image removed."), _("Pictures (*.png *.jpg *.jpeg *.gif)"),
        ))  # fmt: skip
        if why_not := documents.why_not_added(contact, by):
            self.photograph.only_show(why_not)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.photograph)
        session.done.connect(self._heard)

    def _heard(self, done: Done) -> None:
        if Document._meta.table_name in done.tables and self.isVisible():
            self.photograph.reload()
