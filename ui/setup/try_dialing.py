"""A number is dialed for real, the way this workstation has chosen, and what was sent is shown (CH-46)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from channergy_crm import dialing, phones
from channergy_crm.errors import Mistake
from channergy_crm.language import _, closing
from channergy_crm.services import calls
from channergy_crm.services import office as office_of
from ui.editors.base import LineEditor
from ui.session.background import Background
from ui.session.beside import Beside, Told
from ui.session.dial_keys import DialKeys
from ui.session.notice import INKS
from ui.widgets.dialog import Dialog, Plain, Remark

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from channergy_crm.dialing import Bridge, Clipboard, Dialed
    from channergy_crm.dialing.bridge import OpenUri
    from channergy_crm.errors import CRMError
    from channergy_crm.settings import Station
    from channergy_crm.store.database import Office
    from ui.session.background import Progress


class TryDialing(Dialog):
    """A line for a number, and *Test dial*; nothing is kept of it."""

    def __init__(
        self,
        station: Station,
        by: str,
        parent: QWidget | None = None,
        *,
        office: Office | None = None,
        clipboard: Clipboard | None = None,
        open_uri: OpenUri | None = None,
    ) -> None:
        super().__init__("dialing", _("Try the dialer"), parent, station, size=(520, 220))
        self._station, self._by, self._ends = station, by, (clipboard, open_uri)
        self._work = Beside(Background(self), office, self._tell_how)
        self.body.addWidget(Plain(_("The number is dialed the way that is chosen in Settings."), self))
        self._number = self.named(LineEditor(self), "number", _("Number to try"))
        self._number.setPlaceholderText(_("A number to try, such as your own mobile phone"))
        row = QHBoxLayout()
        row.addWidget(self._number, 1)
        self.body.addLayout(row)
        self._sends = self.named(Remark("", self), "sends", _("What will be sent"))
        self.body.addWidget(self._sends)
        self._number.changed.connect(self._show)
        self._said = self.named(Remark("", self), "said", _("What was sent"))
        self.body.addWidget(self._said)
        self._said.hide()
        self.body.addStretch(1)
        self._test = self.button("test", _("Test dial"), _("Dial this number now (Enter)"))
        self.finish_with(self._test, self.button("close", closing(), "Esc"))  # unsaid: a key
        self._number.setFocus()

    def _bridge(self) -> Bridge:
        return dialing.chosen(self._station, *self._ends, operator=self._by, region=office_of.region())

    def _show(self) -> None:
        """Exactly what will be sent, while the number is typed."""
        try:
            number = phones.dialable(self._number.value(), office_of.region())
            self._sends.say("\n".join(steps(self._bridge().preview(number))), "muted")
        except Mistake:
            self._sends.say("", "muted")

    def accept(self) -> None:
        """The verb dials; the dialog stays, for another try."""
        self._dial()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the number line tries it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._number.hasFocus():
            self._dial()
        else:
            super().keyPressEvent(event)

    def _dial(self) -> None:
        if not self._test.isEnabled():
            return
        bridge, text = self._bridge(), self._number.value()
        by, clipboard = self._by, self._ends[0]
        keys = DialKeys(bridge.keys, self)

        def dial(_progress: Progress) -> Dialed:
            with keys.on_their_way():
                return calls.dial(text, by, bridge=bridge, clipboard=clipboard)

        self._test.setEnabled(False)
        self._said.say(_("Dialing…"), "muted")
        keys.hold()
        self._work(
            dial, label=_("Test dial"),
            told=lambda dialed: dialed_told(dialed, bridge), failed=self._give_up,
        )  # fmt: skip

    def _tell_how(self, told: Told) -> None:
        self._test.setEnabled(True)
        self._said.say(told.text, INKS[told.level])

    def _give_up(self, error: CRMError) -> None:
        self._test.setEnabled(True)
        self._said.say(error.message, "overdue")
        self._number.setFocus()


def dialed_told(dialed: Dialed, bridge: Bridge) -> Told:
    """What came of a dial: what was sent, step by step, or why nothing was."""
    if not dialed.sent:
        return Told(dialed.message, level="warning")
    sent = [dialed.message, *steps(bridge.preview(dialed.number))]
    if bridge.keys:
        sent.append(
            _(
                "The keys were sent. Whether a dialer took them cannot be seen from here: "
                "look whether the number stands there."
            )
        )
    return Told("\n".join(sent))


def steps(preview: str) -> list[str]:
    """The sentence that says what is sent, one step a line."""
    parts = preview.rstrip(".").split(", ")
    if len(parts) == 1:
        return [preview]
    return [f"{place}. {part[:1].upper()}{part[1:]}" for place, part in enumerate(parts, 1)]
