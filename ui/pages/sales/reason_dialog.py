"""Why something comes to nothing, in a sentence (VT-137)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.errors import CRMError
from channergy_crm.language import _
from ui.widgets.dialog import Dialog, Plain, Remark
from ui.widgets.fields import LineField

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.forms.record_panel import RecordPanel


class ReasonDialog(Dialog):
    """What will happen, and the reason; what goes wrong is said and the dialog stays."""

    def __init__(
        self, name: str, title: str, verb: str, sentence: str, panel: RecordPanel, deed: Callable[[str], object]
    ) -> None:
        super().__init__(name, title, panel, panel.session.station, size=(480, 190))
        self._deed = deed
        self.body.addWidget(Plain(sentence, self))
        self.reason = self.named(LineField(self), "reason", _("Reason"))
        self.reason.setPlaceholderText(_("Reason"))
        self.reason.setMaxLength(250)
        self.body.addWidget(self.reason)
        self.said = self.named(Remark("", self, ink="overdue"), "said", _("What is wrong"))
        self.said.hide()
        self.body.addWidget(self.said)
        self.body.addStretch(1)
        self.finish_with(self.button("do", verb), self.button("cancel", _("Back"), _("Change nothing (Esc)")))
        self.reason.setFocus()

    def accept(self) -> None:
        """Do it."""
        try:
            self._deed(self.reason.text())
        except CRMError as error:
            self.said.say(error.message)
            self.reason.setFocus()
            return
        super().accept()
