"""*Correct…*: how much of a product there is, and why it is not what was thought (VT-7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtWidgets import QGridLayout, QWidget

from channergy_crm.errors import CRMError
from channergy_crm.language import N_, _
from channergy_crm.records import Product
from channergy_crm.services.products import stock
from ui.editors.base import DecimalEditor
from ui.screen import Command
from ui.widgets.dialog import Dialog, Plain, Remark
from ui.widgets.fields import LineField

if TYPE_CHECKING:
    from ui.session.session import Session


class StockDialog(Dialog):
    """What is there now, and the reason; what is missing is said beside its field."""

    def __init__(self, product: Product, session: Session, parent: QWidget) -> None:
        title = _("Correct the stock of {name}").format(name=product.caption())
        super().__init__("correct_stock", title, parent, session.station, size=(480, 260))
        self._product, self._session = product.number, session
        self.on_hand = self.named(
            DecimalEditor(cast("Any", Product.kind("in_stock")), self), "on_hand", _("On hand now")
        )
        self.reason = self.named(LineField(self), "reason", _("Reason"))
        self.reason.setPlaceholderText(_("counted, broken, given away"))
        self._said: dict[str, Remark] = {}
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        rows = (("in_stock", _("On hand now"), self.on_hand), ("reason", _("Reason"), self.reason))
        for place, (name, label, field) in enumerate(rows):
            grid.addWidget(Plain(label, self), 2 * place, 0)
            grid.addWidget(field, 2 * place, 1)
            self._said[name] = self.named(Remark("", self), f"{name}_said", label)
            grid.addWidget(self._said[name], 2 * place + 1, 1)
        self.body.addLayout(grid)
        self.body.addStretch(1)
        main = self.button("correct", _("Correct"))
        self.finish_with(main, self.button("cancel", _("Cancel"), _("Change nothing (Esc)")))
        self.on_hand.set_value(product.in_stock or 0)
        self.on_hand.setFocus()

    def accept(self) -> None:
        """Note it; what is wrong is said and the dialog stays."""
        for said in self._said.values():
            said.say("")
        if problem := self.on_hand.text_problem():
            self._wrong("in_stock", problem)
            return
        try:
            stock.correct(self._product, self.on_hand.value(), self.reason.text(), self._session.by)
        except CRMError as error:
            self._wrong(getattr(error, "field", ""), error.message)
            return
        self._session.say_done(_("Stock corrected."))
        super().accept()

    def _wrong(self, field: str | None, sentence: str) -> None:
        name = "in_stock" if field == "in_stock" else "reason"
        self._said[name].say(sentence, "overdue")
        (self.on_hand if name == "in_stock" else self.reason).setFocus()


def _correct(bar: Any) -> None:
    grid = bar.parentWidget()
    held = grid.found(Product, grid.whole.key) if grid.whole is not None else None
    if held is not None and StockDialog(held, grid.session, grid).exec():
        grid.table.refresh_now()
    grid.table.grid.setFocus()


def _why_not(bar: Any) -> str | None:
    grid = bar.parentWidget()
    if not isinstance(grid.whole, Product):
        return _("Choose a product in the list first.")
    return stock.why_not(grid.whole, grid.session.by)


CORRECT = Command("correct", N_("Correct…"), _correct, "edit", "", _why_not, "labelled")
