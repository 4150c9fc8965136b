"""The tab Products: categories over the list, and behind a product its prices, vendors and stock (VT-142, VT-7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from channergy_crm.errors import CRMError
from channergy_crm.language import N_, _, ngettext
from channergy_crm.records import Product
from channergy_crm.services.products import categories
from ui.pages.catalogue.branches import Branches
from ui.pages.catalogue.page import CataloguePage
from ui.pages.catalogue.parts import PartsGrid
from ui.pages.catalogue.picture import ProductPicture
from ui.pages.catalogue.stock_dialog import CORRECT
from ui.screens import catalogue
from ui.widgets.dialog import Dialog, Plain, Remark
from ui.widgets.fields import LineField

if TYPE_CHECKING:
    from channergy_crm.work import Done
    from ui.session.session import Session


class RenameDialog(Dialog):
    """The new name of a category."""

    def __init__(self, path: str, session: Session, parent: QWidget) -> None:
        title = _("Rename category {name}").format(name=path)
        super().__init__("rename_category", title, parent, session.station, size=(460, 200))
        self.path, self._session, self.count = path, session, 0
        self.name = self.named(LineField(self), "name", _("Name"))
        self.name.setText(path)
        self.body.addWidget(Plain(_("Name"), self))
        self.body.addWidget(self.name)
        said = _("All products of it and of the categories inside it get the new name.")
        self._said = self.named(Remark(said, self), "said", _("What it will do"))
        self.body.addWidget(self._said)
        self.body.addStretch(1)
        self.finish_with(self.button("rename", _("Rename")), self.button("cancel", _("Cancel")))
        self.name.setFocus()

    def accept(self) -> None:
        """Rename; what is wrong is said and the dialog stays."""
        try:
            self.count = categories.rename(self.path, self.name.text(), self._session.by)
        except CRMError as error:
            self._said.say(error.message, "overdue")
            self.name.setFocus()
            return
        super().accept()


class ProductsPage(CataloguePage):
    """Products by category; the one that is open with its prices, its vendors and its stock."""

    of = catalogue.PRODUCTS
    titles = (N_("Product"), N_("Prices"), N_("Vendors"), N_("Stock"))
    branches: Branches | None = None

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.branches = Branches(self)
        self.table.add_bar(self.branches)
        self.branches.chosen.connect(self._narrow)
        self.branches.rename_wanted.connect(self.rename_category)
        self.branches.entered.connect(self.take_focus)
        self.look_at_categories()
        session.done.connect(self._heard)

    def made_parts(self) -> list[PartsGrid]:
        return [
            PartsGrid(self.session, catalogue.PRICES_OF_PRODUCT, "product", self),
            PartsGrid(self.session, catalogue.VENDORS_OF_PRODUCT, "product", self),
            PartsGrid(self.session, catalogue.STOCK_OF_PRODUCT, "product", self, more=[CORRECT], only_read=True),
        ]

    def master(self) -> QWidget:
        """The picture over the master data."""
        self.picture = ProductPicture(self.session, self)
        held = QWidget(self)
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.picture)
        column.addWidget(self.panel, 1)
        return held

    def show_parts(self) -> None:
        """The picture, too, is that of the product that is open."""
        super().show_parts()
        self.picture.show_of(self.panel.record)

    def condition(self) -> Any:
        """Those of the category that is chosen, and of the ones inside it."""
        held: Any = super().condition()
        path = self.branches.path if self.branches is not None else ""
        return held & categories.condition(path) if path else held

    def look_at_categories(self, path: str | None = None) -> None:
        """Offer the categories there are by now, and stand on this one, or where somebody was."""
        if self.branches is None:
            return
        by = self.session.by
        held = self.session.attempt(lambda: (categories.every(by), categories.count(by))) or ([], 0)
        was = self.branches.path
        self.branches.show_all(*held, was if path is None else path)
        if self.branches.path != was:
            self._narrow()

    def _narrow(self) -> None:
        self.table.set_stale()
        self.table.refresh()

    def rename_category(self) -> None:
        """Call the chosen category otherwise."""
        if self.branches is None or not (path := self.branches.path) or not self.leave():
            return
        dialog = RenameDialog(path, self.session, self)
        if dialog.exec():
            self.look_at_categories(categories.tidy(dialog.name.text()))
            self._narrow()
            said = ngettext("{count:,} product changed.", "{count:,} products changed.", dialog.count)
            self.session.say_done(said.format(count=dialog.count))

    def _heard(self, done: Done) -> None:
        if Product._meta.table_name in done.tables and self.branches is not None:
            self.look_at_categories()
