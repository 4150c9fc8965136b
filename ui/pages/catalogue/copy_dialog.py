"""*Copy prices…*: all prices of another book, dearer or cheaper by a share (VT-142)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QGridLayout, QWidget

from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _, ngettext
from channergy_crm.records import PriceBook
from channergy_crm.services.products import books
from channergy_crm.text.amounts import read_decimal
from ui.editors.choices import ChoiceEditor
from ui.screen import Command
from ui.widgets.dialog import Dialog, Plain, Remark
from ui.widgets.fields import LineField

if TYPE_CHECKING:
    from ui.session.session import Session


class CopyPricesDialog(Dialog):
    """From which book, and how much dearer or cheaper."""

    def __init__(self, book: PriceBook, session: Session, parent: QWidget) -> None:
        title = _("Copy prices to {book}").format(book=book.caption())
        super().__init__("copy_prices", title, parent, session.station, size=(480, 230))
        self._into, self._session = book.number, session
        choices = [(each.number, each.caption()) for each in books.others(book.number, session.by)]
        self.source = self.named(ChoiceEditor(choices, self), "book", _("From price book"))
        self.percent = self.named(LineField(self), "percent", _("Dearer or cheaper, in percent"))
        self.percent.setText("0")
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        for place, (label, editor) in enumerate(((_("From price book"), self.source), (_("± Percent"), self.percent))):
            grid.addWidget(Plain(label, self), place, 0)
            grid.addWidget(editor, place, 1)
        self.body.addLayout(grid)
        said = _("-5 makes them five percent cheaper. Prices of the same product and quantity are replaced.")
        self._said = self.named(Remark(said, self), "said", _("What it will do"))
        self.body.addWidget(self._said)
        self.body.addStretch(1)
        self.finish_with(self.button("copy", _("Copy")), self.button("cancel", _("Cancel"), _("Change nothing (Esc)")))
        self.source.setFocus()

    def accept(self) -> None:
        """Copy; what is wrong is said and the dialog stays."""
        try:
            typed, point = self.percent.text().strip().removesuffix("%") or "0", self.locale().decimalPoint()
            share = read_decimal(typed, _("Percent"), point=point) * 100
            chosen: Any = self.source.value()
            if not chosen:
                raise Mistake(_("Choose the price book whose prices are taken over."), "book")
            count = books.copy_prices(int(chosen), self._into, int(share), self._session.by)
        except Mistake as wrong:
            self._said.say(wrong.message, "overdue")
            (self.source if wrong.field == "book" else self.percent).setFocus()
            return
        said = ngettext("{count:,} price copied.", "{count:,} prices copied.", count)
        self._session.say_done(said.format(count=count))
        super().accept()


def _copy(bar: Any) -> None:
    grid = bar.parentWidget()
    if isinstance(grid.whole, PriceBook) and CopyPricesDialog(grid.whole, grid.session, grid).exec():
        grid.table.refresh_now()
    grid.table.grid.setFocus()


COPY = Command("copy_prices", N_("Copy prices…"), _copy, "copy", "", lambda bar: bar.parentWidget().why_none(),
               "labelled")  # fmt: skip
