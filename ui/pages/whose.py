"""A contact belongs to an account: which is asked first; one that is not there is made (VT-90, VT-95)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.records import Opportunity
from ui.editors.record_picker import RecordPicker
from ui.pages.ways import make_account
from ui.widgets.dialog import Dialog, Remark

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.session.session import Session


class WhoseContact(Dialog):
    """Asks for the account of a new contact: typed or taken from the list, or made with the plus in the line."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("whose", _("New contact"), parent, session.station, size=(480, 180))
        self._session = session
        self.account = self.named(RecordPicker(Opportunity.kind("account"), self), "account", _("Account"))
        self.account.by = lambda: session.by
        self.account.create_requested.connect(self._make)
        self.body.addWidget(Remark(_("Which account is the new contact at?"), self))
        self.body.addWidget(self.account)
        self._said = Remark("", self)
        self._said.hide()
        self.body.addWidget(self._said)
        self.body.addStretch(1)
        add = self.button("add", _("Add contact"))
        self.finish_with(add, self.button("cancel", _("Cancel")))
        self.account.setFocus()

    def _make(self, typed: str) -> None:
        """An account that is not there yet, called as it was typed."""
        if (made := make_account(self._session, self, typed)) is not None:
            self.account.set_value(made)
            self.accept()

    def accept(self) -> None:
        """Go on when an account is named; one that is not there is offered to be made."""
        typed = self.account.text().strip()
        if self.account.text_problem() and typed:
            self.account.offer()
            if self.account.is_choosing:
                self._said.say(_("Take one from the list, or press the plus for a new one."))
            else:
                self._make(typed)
        elif self.account.value() is None:
            self._said.say(_("Type the name of an account. One that is not there yet is made on the way."), "overdue")
        else:
            super().accept()


def new_contact(session: Session, parent: QWidget) -> None:
    """A new contact, wherever somebody stands: its account, then its line there, with the cursor in its first name."""
    dialog = WhoseContact(session, parent)
    if dialog.exec():
        session.go_to("account", dialog.account.value())
        session.go_to("new_contact")
