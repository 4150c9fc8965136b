"""The tabs Products, Price books and Vendors: the list, the record, and behind it what belongs to it (VT-142)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from channergy_crm.language import N_, _
from ui.pages.catalogue.parts import PartsGrid
from ui.pages.record_page import RecordPage
from ui.screens import catalogue
from ui.widgets.tab_bars import Parts

if TYPE_CHECKING:
    from channergy_crm.work.record import Record
    from ui.screen import Screen
    from ui.session.session import Session

INFORMATION = 0


class CataloguePage(RecordPage):
    """A record with its master data first, and a part for each kind of thing that belongs to it."""

    of: Screen
    titles: tuple[str, ...] = ()
    """what the parts are called, the master data first"""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(self.of, session, parent)
        self.panel.turned.connect(self.show_parts)
        self.panel.stuck.connect(partial(self.tabs.setCurrentIndex, INFORMATION))
        self.table.opened.connect(lambda _key: self._enter())
        self.tabs.currentChanged.connect(lambda _place: self._show_part())
        self.show_parts()

    def whose(self) -> str:
        return super().whose() if self.table.record.owner_kind() is not None else ""

    def made_parts(self) -> list[PartsGrid]:
        """The grids behind the master data, in their order."""
        return []

    def beside(self) -> QWidget:
        """The strip over all parts; the master data and what belongs to it."""
        self.parts = self.made_parts()
        self.tabs = Parts(f"{self.of.name}.tabs", _("Parts of the record"), self)
        for part, title in zip((self.master(), *self.parts), self.titles, strict=True):
            self.tabs.addTab(part, _(title))
        side = QWidget(self)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if self.panel.strip is not None:
            column.addWidget(self.panel.strip)
        column.addWidget(self.tabs, 1)
        return side

    def master(self) -> QWidget:
        """What stands in the first part: the master data."""
        return self.panel

    def show_target(self, what: str, key: object) -> None:
        """Come here from another page: to the master data."""
        super().show_target(what, key)
        self.tabs.setCurrentIndex(INFORMATION)

    def leave(self) -> bool:
        return all(part.leave() for part in self.parts) and super().leave()

    def show_parts(self) -> None:
        """Every part shows what belongs to the record that is open."""
        held: Record | None = self.panel.record
        for part in self.parts:
            part.show_of(held)

    def _show_part(self) -> None:
        place = self.tabs.currentIndex()
        if place != INFORMATION:
            self.parts[place - 1].activate()
        self.table.counted.emit()

    def _enter(self) -> None:
        place = self.tabs.currentIndex()
        if place != INFORMATION:
            self.parts[place - 1].table.grid.setFocus()

    def take_focus(self) -> None:
        """The keys go to the list."""
        self.table.grid.setFocus()


class PriceBooksPage(CataloguePage):
    """Price books, each with its prices."""

    of = catalogue.PRICE_BOOKS
    titles = (N_("Price book"), N_("Prices"))

    def made_parts(self) -> list[PartsGrid]:
        from ui.pages.catalogue.entry import PricesOfBook

        return [PricesOfBook(self.session, self)]


class VendorsPage(CataloguePage):
    """Vendors, each with the people there and what it delivers (VT-106)."""

    of = catalogue.VENDORS
    titles = (N_("Vendor"), N_("Contacts"), N_("Delivers"))

    def made_parts(self) -> list[PartsGrid]:
        from ui.pages.catalogue.people import ContactsOfVendor

        return [
            ContactsOfVendor(self.session, self),
            PartsGrid(self.session, catalogue.PRODUCTS_OF_VENDOR, "vendor", self),
        ]
