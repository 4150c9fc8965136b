"""*Duplicate…*: a part of a ticket becomes one of its own (VT-185)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.errors import CRMError
from channergy_crm.language import _
from channergy_crm.services.tickets import deeds
from ui.widgets.dialog import Dialog, Plain, Remark
from ui.widgets.fields import LineField

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.records import Ticket
    from ui.session.session import Session


class DuplicateDialog(Dialog):
    """What the part is called."""

    def __init__(self, ticket: Ticket, session: Session, parent: QWidget) -> None:
        title = _("Duplicate ticket {number}").format(number=ticket.number)
        super().__init__("duplicate_ticket", title, parent, session.station, size=(500, 240))
        self._ticket, self._session = ticket, session
        self.made: Ticket | None = None
        self.title = self.named(LineField(self), "title", _("Title of the part"))
        self.title.setText(ticket.title or "")
        self.title.setMaxLength(250)
        self.title.selectAll()
        self.body.addWidget(Plain(_("Title of the part"), self))
        self.body.addWidget(self.title)
        self._wrong = self.named(Remark("", self, ink="overdue"), "wrong", _("What is wrong"))
        self._wrong.hide()
        self.title.textChanged.connect(lambda _text: self._wrong.say(""))
        self.body.addWidget(self._wrong)
        said = _("The new ticket is about the same customer and product. Comments and documents stay with the first; "
                 "each names the other.")  # fmt: skip
        self.body.addWidget(self.named(Remark(said, self), "said", _("What it will do")))
        self.body.addStretch(1)
        self.finish_with(self.button("duplicate", _("Duplicate")), self.button("cancel", _("Cancel")))
        self.title.setFocus()

    def accept(self) -> None:
        """Make it; what is wrong is said beside the title."""
        if not self.title.text().strip():
            self._wrong.say(_("Say what this part is about."))
            self.title.setFocus()
            return
        try:
            self.made = deeds.duplicate(self._ticket.number, self._session.by, self.title.text())
        except CRMError as error:
            self._wrong.say(error.message)
            self.title.setFocus()
            return
        super().accept()
