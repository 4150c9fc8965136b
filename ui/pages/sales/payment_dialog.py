"""*Note Payment…*: what came in for an invoice, when and how; and the payments so far (VT-137)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from channergy_crm import clock
from channergy_crm.errors import CRMError
from channergy_crm.language import _
from channergy_crm.records import Payment, SalesDocument
from channergy_crm.services.sales_documents import payments
from ui.editors.for_kind import editor_for
from ui.look.wording import day_in_words, written_money
from ui.widgets.controls import Button
from ui.widgets.dialog import Dialog, Plain, Remark

if TYPE_CHECKING:
    from ui.session.session import Session

FIELDS = ("amount", "paid_on", "means", "reference")


class PaymentDialog(Dialog):
    """All that is open is filled in, for today. What is wrong is said beside its field."""

    def __init__(self, document: SalesDocument, session: Session, parent: QWidget) -> None:
        title = _("Payment for {name}").format(name=document.caption())
        super().__init__("pay", title, parent, session.station, size=(520, 340))
        self._document, self._session = document, session
        self.fields: dict[str, Any] = {}
        self._said: dict[str, Remark] = {}
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        for place, name in enumerate(FIELDS):
            kind = Payment.kind(name)
            editor = self.named(editor_for(kind, self, by=lambda: session.by), name, kind.label)
            self.fields[name] = editor
            self._said[name] = self.named(Remark("", self, ink="overdue"), f"{name}_said", kind.label)
            self._said[name].hide()
            grid.addWidget(Plain(kind.label, self), 2 * place, 0)
            grid.addWidget(editor, 2 * place, 1)
            grid.addWidget(self._said[name], 2 * place + 1, 1)
        self.body.addLayout(grid)
        self._so_far()
        self.body.addStretch(1)
        main = self.button("do", _("Note Payment"))
        self.finish_with(main, self.button("cancel", _("Back"), _("Change nothing (Esc)")))
        self.fields["amount"].set_value(max(document.open_amount or 0, 0) or None)
        self.fields["paid_on"].set_value(clock.today())
        self.fields["amount"].setFocus()
        self.fields["amount"].selectAll()

    def _so_far(self) -> None:
        """What came in before, each with the way to take it back."""
        held = self._session.attempt(lambda: payments.of(self._document.number, self._session.by)) or []
        for each in held:
            row = QHBoxLayout()
            day = day_in_words(each.paid_on) if each.paid_on is not None else ""
            amount = written_money(each.amount or 0, QLocale())
            said = _("{day}: {amount} {means}").format(day=day, amount=amount, means=each.means or "").strip()
            label, word = Plain(said, self), _("Take back: {payment}").format(payment=said)
            back = self.named(Button(_("Take back"), self), f"take_back_{each.number}", word)
            back.setAutoDefault(False)
            back.clicked.connect(lambda _on=False, number=each.number: self._take_back(number))
            row.addWidget(label, 1)
            row.addWidget(back)
            self.body.addLayout(row)

    def _take_back(self, number: int) -> None:
        if self._session.attempt(lambda: payments.take_back(number, self._session.by)) is not None:
            self._session.say_done(_("Payment taken back."))
            self.reject()

    def accept(self) -> None:
        """Note it."""
        for said in self._said.values():
            said.say("")
        for name, editor in self.fields.items():
            if problem := editor.text_problem():
                self._wrong(name, problem)
                return
        values = {name: editor.value() for name, editor in self.fields.items()}
        try:
            payments.pay(
                self._document.number, values["amount"], values["paid_on"], self._session.by,
                means=values["means"] or "", reference=values["reference"] or "",
            )  # fmt: skip
        except CRMError as error:
            self._wrong(getattr(error, "field", "") or "amount", error.message)
            return
        super().accept()

    def _wrong(self, name: str, sentence: str) -> None:
        name = name if name in self.fields else "amount"
        self._said[name].say(sentence, "overdue")
        self.fields[name].setFocus()
