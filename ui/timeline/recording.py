"""Where the recording of a call lies: kept with the call, opened, taken off again (BX-37)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from channergy_crm.errors import CRMError
from channergy_crm.language import _
from channergy_crm.records import PhoneCall
from channergy_crm.services import call_log
from ui.editors.for_kind import editor_for
from ui.look.icons import icon
from ui.widgets.dialog import Dialog, Plain, Remark

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.timeline.pages import Entry
    from ui.session.session import Session
    from ui.widgets.menu import Menu


class RecordingDialog(Dialog):
    """Asks for the address; an empty one takes it off the call."""

    def __init__(self, call: PhoneCall, session: Session, parent: QWidget) -> None:
        super().__init__("recording", _("Recording of the call"), parent, session.station, size=(480, 180))
        self._call, self._session = call, session
        self._address = self.named(
            editor_for(PhoneCall.kind("recording"), self, by=lambda: session.by), "address", _("Address")
        )
        self._address.set_value(call.recording or "")
        self.body.addWidget(Plain(_("Address"), self))
        self.body.addWidget(self._address)
        self._said = self.named(Remark(_("Such as https://pbx.example/calls/17.wav"), self), "said", _("What is wrong"))
        self.body.addWidget(self._said)
        self.body.addStretch(1)
        self.finish_with(self.button("save", _("Save")), self.button("cancel", _("Cancel")))
        self._address.setFocus()

    def accept(self) -> None:
        """Keep it; an address that cannot be one is said."""
        if problem := self._address.text_problem():
            self._said.say(problem, "overdue")
            return
        try:
            call_log.keep_recording(int(self._call.number), str(self._address.value() or ""), self._session.by)
        except CRMError as error:
            self._said.say(error.message, "overdue")
            return
        self._session.say_done(_("Recording kept.") if self._address.value() else _("Recording taken off."))
        super().accept()


def offer(menu: Menu, entry: Entry, session: Session, parent: QWidget) -> None:
    """Put into the menu of a call what can be done with its recording."""
    call = session.find(PhoneCall, entry.number) if entry.kind == "call" else None
    if call is None:
        return
    if call.recording:
        menu.addAction(icon("play", menu), _("Open the recording"), partial(session.open_website, call.recording))
    menu.addAction(icon("website", menu), _("Recording…"), lambda: RecordingDialog(call, session, parent).exec())
