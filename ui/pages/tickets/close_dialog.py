"""*Close Ticket*: what solved it, if somebody wants to say so, and whether the customer is told (VT-190, VT-191)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.errors import CRMError
from channergy_crm.language import _
from channergy_crm.services.tickets import deeds, mails
from ui.editors.lines import TextEditor
from ui.widgets.dialog import Dialog, Plain, Remark

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.records import Ticket
    from ui.session.session import Session


class CloseDialog(Dialog):
    """The solution of one ticket."""

    def __init__(self, ticket: Ticket, session: Session, parent: QWidget) -> None:
        title = _("Close ticket {number}").format(number=ticket.number)
        super().__init__("close_ticket", title, parent, session.station, size=(520, 320))
        self._ticket, self._session = ticket, session
        self._wrong = self.named(Remark("", self, ink="overdue"), "wrong", _("What is wrong"))
        self._wrong.hide()
        self.body.addWidget(Plain(ticket.caption(), self, bold=True))
        self.body.addWidget(Plain(_("What solved it"), self))
        self.solution = self.named(TextEditor(self, lines=4), "solution", _("What solved it"))
        self.solution.set_value(ticket.solution)
        self.solution.textChanged.connect(lambda: self._wrong.say(""))
        self.body.addWidget(self.solution)
        self.body.addWidget(self._wrong)
        why_not = mails.why_not(ticket)
        goes = _("The solution is an answer to the customer and goes to {address}. It may stay empty.")
        said = why_not or goes.format(address=mails.address(ticket))
        self.body.addWidget(self.named(Remark(said, self), "said", _("What it will do")))
        self.body.addStretch(1)
        self.finish_with(self.button("close", _("Close Ticket")), self.button("cancel", _("Cancel")))
        self.solution.setFocus()

    def accept(self) -> None:
        """Close it; what is wrong is said and the dialog stays."""
        solution = self.solution.value()
        told = solution.strip() != (self._ticket.solution or "").strip()
        try:
            deeds.close(self._ticket.number, solution if told else "", self._session.by)
        except CRMError as error:
            self._wrong.say(error.message)
            self.solution.setFocus()
            return
        super().accept()
