"""Settings > SMS: the gateway of the office, its secret on this workstation, and a message to try it (SI-24)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm import settings
from channergy_crm.language import N_, _, closing
from channergy_crm.outgoing import gateways, messages
from channergy_crm.settings import SMS_ACCOUNT, SMS_GATEWAY, SMS_OWN, SMS_SENDER, SMS_WITHOUT_PROJECT
from ui.editors.base import LineEditor
from ui.editors.choices import ChoiceEditor
from ui.editors.lines import TextEditor
from ui.setup.settings_rows import NAMES, WIDTH
from ui.setup.tried_topic import TriedTopic
from ui.widgets.dialog import Dialog, Plain, Remark, offer

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.errors import CRMError
    from channergy_crm.settings import Setting
    from ui.session.beside import Beside
    from ui.session.chosen import Chosen

LONG = WIDTH - NAMES
PLACES = N_("Places: {places}. What is put in is encoded by where it stands.")
HINTS: dict[Setting[str], str] = {
    settings.SMS_URL: N_("Begins with https://, except on this computer."),
    settings.SMS_HEADERS: N_("One a line, such as Authorization: Basic {basic}."),
    settings.SMS_BODY: PLACES,
    settings.SMS_ID_AT: N_("A path in the JSON of the answer, such as messages.0.id."),
    settings.SMS_OK_AT: N_("Only where a good status is not enough."),
    settings.SMS_STATUS_URL: N_("With {id} in it. Without one nobody learns whether a message was delivered."),
    settings.SMS_FIND_URL: N_("With {reference} in it, which is then sent along as well. After a crash the gateway is "
                              "asked; without one a person says whether a message went."),
}  # fmt: skip
METHODS = [("POST", "POST"), ("GET", "GET")]
KINDS = [("form", N_("a form")), ("json", N_("JSON")), ("none", N_("nothing but the address"))]


class SmsTopic(TriedTopic):
    """Which gateway, what it asks for, the secret, and *Send a message to myself…*."""

    def __init__(self, chosen: Chosen, parent: QWidget) -> None:
        super().__init__(_("SMS"), chosen, parent, "sms")
        self.begin(_("The gateway"))
        names = [(gateways.OFF, _("none: no SMS is sent")), *((each.name, each.label) for each in gateways.PRESETS)]
        names.append((gateways.OWN, _("Another gateway")))
        self.add(SMS_GATEWAY, ChoiceEditor(names, self, allow_empty=False),
                 hint=_("A company that sends short messages for you. What it costs, it says."))  # fmt: skip
        self.add(SMS_ACCOUNT, LineEditor(self, max_length=120))
        self.add_secret("secret", _("Secret"), gateways.SECRET,
                        _("Kept in the key store of this workstation, which then sends what waits."))  # fmt: skip
        self.add(SMS_SENDER, LineEditor(self, max_length=40), hint=_("A number, or up to eleven letters."))
        self._own()
        self.begin(_("Sending"))
        self.add(SMS_WITHOUT_PROJECT, ChoiceEditor([("on", _("yes")), ("off", _("no"))], self, allow_empty=False),
                 hint=_("People of a project get SMS where the project has SMS on."))  # fmt: skip
        self.add_foot(_("Send a message to myself…"), _("This sends for real, and costs what a message costs."))

    def _own(self) -> None:
        """How a gateway of one's own is spoken to."""
        places = ", ".join(f"{{{place}}}" for place in gateways.PLACES)
        for setting in SMS_OWN:
            editor: Any
            if setting is settings.SMS_METHOD:
                editor = ChoiceEditor(METHODS, self, allow_empty=False)
            elif setting is settings.SMS_KIND:
                editor = ChoiceEditor([(kind, _(text)) for kind, text in KINDS], self, allow_empty=False)
            elif setting in (settings.SMS_HEADERS, settings.SMS_BODY):
                editor = TextEditor(self, lines=2)
            else:
                editor = LineEditor(self, max_length=1_000)
            hint = _(HINTS[setting]).replace("{places}", places) if setting in HINTS else ""
            self.add(setting, editor, hint=hint, width=LONG)

    def look_whole(self) -> None:
        """Only what the chosen gateway needs is asked."""
        gateway, own = gateways.chosen(), str(self.chosen.get(SMS_GATEWAY)) == gateways.OWN
        for setting in SMS_OWN:
            self.show_row(setting, own)
        for setting in (SMS_ACCOUNT, SMS_SENDER):
            self.show_row(setting, gateway is not None and (setting is SMS_SENDER or bool(gateway.account_label)))
        for part in self._cells[self._secret]:
            part.setVisible(gateway is not None)
        if gateway is not None and gateway.account_label:
            self._cells[self.rows[SMS_ACCOUNT].editor][0].setText(gateway.account_label)  # type: ignore[attr-defined]
        super().look_whole()

    def check(self) -> None:
        """What is missing, in words."""
        gateway = gateways.chosen()
        offer(self._try, "" if gateway is not None else _("Choose a gateway first."))
        if gateway is None:
            self._stands.say(_("Choose a gateway, type what it asks for, and send a message to yourself."), "muted")
            return
        own = gateways.Account(str(self.chosen.get(SMS_ACCOUNT)).strip(), str(self.chosen.get(SMS_SENDER)).strip())
        if wrong := gateways.problem(gateway, own):
            self._stands.say(wrong, "overdue")
        elif not gateways.is_ready():
            self._stands.say(_("Type the secret; until then this workstation sends nothing."), "soon")
        else:
            well = _("Nothing is missing. Whether it works, a message to yourself shows.")
            self._stands.say(gateway.hint or well, "muted")

    def try_out(self) -> None:
        """One message to one's own number."""
        TryDialog(self.chosen, self._work, self).exec()


class TryDialog(Dialog):
    """One message to one's own number; what the gateway answers is shown, and nothing is kept."""

    def __init__(self, chosen: Chosen, work: Beside, parent: QWidget) -> None:
        super().__init__("sms_try", _("Send a message to myself"), parent, size=(480, 240))
        self._session, self._beside = chosen.session, work
        self.body.addWidget(Plain(_("Your own mobile number"), self))
        self._number = self.named(LineEditor(self), "number", _("Your own mobile number"))
        self.body.addWidget(self._number)
        self._said = self.named(Remark("", self), "said", _("What came of it"))
        self._said.say("")
        self.body.addWidget(self._said)
        self.body.addStretch(1)
        self._send = self.button("send", _("Send"))
        self.finish_with(self._send, self.button("close", closing()))
        self._number.setFocus()

    def accept(self) -> None:
        """The verb sends; the dialog stays, to show what came of it."""
        number, by, text = self._number.value(), self._session.by, _("A message to try this gateway.")

        def send(_progress: object) -> str:
            gateway = gateways.chosen()
            return messages.try_out(gateway, gateways.account(), number, text, by) if gateway is not None else ""

        self._send.setEnabled(False)
        self._said.say(_("Sending…"), "muted")
        self._beside(send, label=_("Sending a message"), done=lambda said: self._end(said, "done"), failed=self._fail,
                     told=lambda _said: None)  # fmt: skip

    def _fail(self, error: CRMError) -> None:
        self._end(error.message, "overdue")

    def _end(self, said: str, ink: str) -> None:
        self._send.setEnabled(True)
        self._said.say(said, ink)
        self._number.setFocus()
