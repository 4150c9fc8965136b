"""Calling despite a rule: who may says why, and it is dialed (BX-5, BX-6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import N_, _
from channergy_crm.services.gate import NotCalled
from ui.widgets.dialog import Dialog, Plain, Remark
from ui.widgets.fields import LineField

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from channergy_crm.errors import CRMError
    from ui.session.notices import Notices

KEPT = N_("The reason stands in the call log and in the history, with your name.")


class CallAnyway(Dialog):
    """Says what is against it and asks for the reason; Enter dials."""

    def __init__(self, against: str, parent: QWidget | None) -> None:
        super().__init__("call_anyway", _("Call anyway"), parent, size=(480, 200))
        self.body.addWidget(Remark(against, self, ink="overdue"))
        self.body.addWidget(Plain(_("Reason"), self))
        self._reason = self.named(LineField(self), "reason", _("Reason"))
        self.body.addWidget(self._reason)
        self._said = self.named(Remark(_(KEPT), self), "said", _("What is missing"))
        self.body.addWidget(self._said)
        self.body.addStretch(1)
        self.finish_with(self.button("dial", _("Dial")), self.button("cancel", _("Cancel")))
        self._reason.setFocus()

    def reason(self) -> str:
        """Why it is dialed all the same."""
        return self._reason.text().strip()

    def accept(self) -> None:
        """Only with a reason."""
        if not self.reason():
            self._said.say(_("Type why they are called all the same."), "overdue")
            self._reason.setFocus()
            return
        super().accept()


def offer(error: CRMError, notices: Notices, dial: Callable[[str], object]) -> bool:
    """Tell why somebody is not called, with the way to call all the same for who may; False for any other error."""
    if not isinstance(error, NotCalled) or not error.barred.may_override:
        return False

    def ask() -> None:
        dialog = CallAnyway(error.message, notices.window())
        if dialog.exec():
            dial(dialog.reason())

    notices.say(error.message, action=(_("Call anyway…"), ask), level="warning")
    return True
