"""The picture over a product's master data: chosen, dropped, pasted, taken away (VT-142)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from channergy_crm.language import _
from channergy_crm.records import Document, Product
from channergy_crm.services import documents
from channergy_crm.services.pictures import LARGEST
from channergy_crm.services.products import pictures
from channergy_crm.text.amounts import of_bytes
from ui.documents.photograph import Kept, Photograph

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.work import Done
    from channergy_crm.work.record import Record
    from ui.session.session import Session


class ProductPicture(QWidget):
    """The picture of the product that is open, with its verbs; nothing while there is none to show it on."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._key = session, 0
        self.photograph: Photograph | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 12, 16, 0)
        self.hide()
        session.done.connect(self._heard)

    def show_of(self, product: Record | None) -> None:
        """Show the picture of this one."""
        key = int(str(product.key)) if isinstance(product, Product) and not product.is_new else 0
        if key == self._key:
            return
        self._key = key
        if self.photograph is not None:
            self.photograph.forget()
            self.photograph.deleteLater()
            self.photograph = None
        if key and isinstance(product, Product):
            self.photograph = Photograph(self._session, self, self._kept(key))
            if why_not := documents.why_not_added(product, self._session.by):
                self.photograph.only_show(why_not)
            self._column.addWidget(self.photograph)
        self.setVisible(bool(key))

    def _kept(self, key: int) -> Kept:
        by, most = self._session.by, of_bytes(LARGEST)

        def take(source: Path | bytes, **how: Any) -> Document:
            return pictures.take(key, source, by, **how)

        return Kept(
            partial(pictures.of, key, by), take, partial(pictures.remove, key, by),
            "products.picture", _("Picture of the product"),
            _("Choose a PNG, JPEG or GIF file, drop one here or paste it; up to {most}.").format(most=most),
            _("Picture kept."), _("Picture removed."), _("Pictures (*.png *.jpg *.jpeg *.gif)"), sign="product",
        )  # fmt: skip

    def _heard(self, done: Done) -> None:
        if self.photograph is not None and Document._meta.table_name in done.tables:
            self.photograph.reload()
