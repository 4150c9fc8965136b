"""Prices typed one after the other under the list: part of a product, from quantity, price, Enter (VT-142)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import N_, _
from channergy_crm.records import Price
from channergy_crm.services.products import entering
from ui.editors.for_kind import editor_for
from ui.pages.catalogue.copy_dialog import COPY
from ui.pages.catalogue.parts import PartsGrid
from ui.screen import Command
from ui.screens import catalogue
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named, offer

if TYPE_CHECKING:
    from ui.session.session import Session

FIELDS = ("product", "quantity", "price")
STRETCH = (5, 2, 2)
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PriceEntry(QWidget):
    """One line that never goes away: Enter leads to the next field, and behind the last one puts the price in."""

    def __init__(self, grid: PricesOfBook) -> None:
        super().__init__(grid)
        self._grid = grid
        self.editors: dict[str, Any] = {}
        row = QHBoxLayout()
        row.setSpacing(8)
        for name, stretch in zip(FIELDS, STRETCH, strict=True):
            kind: Any = Price.kind(name)
            editor = editor_for(kind, self, by=lambda: grid.session.by, in_grid=True)
            self.editors[name] = named(editor, f"price_books.entry.{name}", kind.label)
            editor.installEventFilter(self)
            if name != "product":
                editor.setPlaceholderText(kind.label)
            row.addWidget(editor, stretch)
        self.editors["product"].taken.connect(lambda _key: self.editors["quantity"].setFocus())
        self.button = named(Button(_("Put in"), self), "price_books.entry.put", _("Put the price in"))
        self.button.clicked.connect(self.put)
        row.addWidget(self.button)
        self._said = named(Remark("", self), "price_books.entry.said", _("What is wrong"))
        self._said.say("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._said)

    def look(self, why_not: str | None) -> None:
        """Whether prices can be put in now."""
        for editor in self.editors.values():
            editor.set_read_only(bool(why_not))
        offer(self.button, why_not or "")

    def begin(self, text: str) -> None:
        """Somebody has begun to type a product in the list."""
        product = self.editors["product"]
        product.setFocus()
        product.selectAll()
        product.insert(text)
        product.textEdited.emit(product.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on; a product whose list is open is taken first."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or event.key() not in ENTER:
            return False
        field: Any = watched
        if field is self.editors["product"] and field.is_choosing:
            return False
        places = list(self.editors.values())
        at = places.index(watched)
        if at + 1 < len(places):
            places[at + 1].setFocus()
            places[at + 1].selectAll()
        else:
            self.put()
        return True

    def put(self) -> None:
        """Put it in and begin the next one; what is wrong is said and stays typed."""
        self._said.say("")
        for name, editor in self.editors.items():
            if problem := editor.text_problem():
                return self._wrong(name, problem)
        product, quantity, price = (editor.value() for editor in self.editors.values())
        if product is None:
            return self._wrong("product", _("Type part of a product, or its number."))
        if price is None:
            return self._wrong("price", _("The price is missing."))
        entry = entering.Entry(int(product), int(quantity or 0), int(price))
        for name, value in zip(FIELDS[1:], entry[1:], strict=True):
            if why_not := Price.kind(name).check(value):
                return self._wrong(name, why_not)
        if self._grid.put([entry]):
            for editor in self.editors.values():
                editor.set_value(None)
            self.editors["product"].setFocus()
        return None

    def _wrong(self, name: str, sentence: str) -> None:
        self._said.say(sentence, "overdue")
        self.editors[name].setFocus()


class PricesOfBook(PartsGrid):
    """The prices of a book: typed under the list, or pasted from a spreadsheet with Ctrl+V."""

    entry: PriceEntry | None = None

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, catalogue.PRICES_OF_BOOK, "book", parent, more=[PASTE, COPY])
        self.entry = PriceEntry(self)
        column: Any = self.layout()
        column.insertWidget(1, self.entry)
        self.table.grid.installEventFilter(self)
        self.show_of(None)

    def show_of(self, whole: Any) -> None:
        """The entry line says why nothing can be put in."""
        super().show_of(whole)
        if self.entry is not None:
            self.entry.look(self.why_none())

    def put(self, entries: list[entering.Entry]) -> bool:
        """Put prices into the book that is open; whether that was done."""
        if self.whole is None:
            return False
        number: Any = self.whole.key
        done = self.session.attempt(partial(entering.put, number, entries, self.session.by))
        if done is None:
            return False
        self.table.refresh_now()
        return True

    def paste(self) -> None:
        """What was copied in a spreadsheet, looked at before it is put in."""
        if why_not := self.why_none():
            self.session.notices.warn(why_not)
            return
        from ui.pages.catalogue.paste_dialog import PastePricesDialog

        PastePricesDialog(self, self.put, QGuiApplication.clipboard().text()).exec()
        self.table.grid.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the list Ctrl+V pastes prices, whatever else it does in the window; letters begin a product."""
        if watched is not self.table.grid or not isinstance(event, QKeyEvent):
            return False
        pasted = event.matches(QKeySequence.StandardKey.Paste)
        if event.type() == QEvent.Type.ShortcutOverride and pasted:
            event.accept()
            return True
        if event.type() != QEvent.Type.KeyPress:
            return False
        if pasted:
            self.paste()
            return True
        return self._begins(event)

    def _begins(self, event: QKeyEvent) -> bool:
        column = self.table.grid.currentIndex().column()
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        typed = event.text().strip() and event.text().isprintable() and not held
        if not typed or self.entry is None or (column >= 0 and self.table.model.editable(column)) or self.why_none():
            return False
        self.entry.begin(event.text())
        return True


def _paste(bar: Any) -> None:
    bar.parentWidget().paste()


PASTE = Command("paste_prices", N_("Paste prices…"), _paste, "import", "", lambda bar: bar.parentWidget().why_none(),
                "labelled")  # fmt: skip
