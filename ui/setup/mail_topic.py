"""Settings > E-mail: the server of the office, its password on this workstation, and a mail to try it (BX-14, K26)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import N_, _, closing
from channergy_crm.outgoing.mail import sending
from channergy_crm.services import preferences
from channergy_crm.services.mail import accounts
from channergy_crm.settings import (
    MAIL_ADDRESS,
    MAIL_HOST,
    MAIL_NAME,
    MAIL_PER_MINUTE,
    MAIL_PORT,
    MAIL_REPLY_TO,
    MAIL_SECURITY,
    MAIL_USER,
)
from ui.editors.base import LineEditor
from ui.editors.choices import ChoiceEditor
from ui.setup.tried_topic import TriedTopic, is_port
from ui.widgets.dialog import Dialog, Plain, Remark, offer

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.errors import CRMError
    from channergy_crm.services.mail.accounts import Account
    from ui.session.beside import Beside
    from ui.session.chosen import Chosen

SECURITIES = [
    ("starttls", N_("STARTTLS, usually port 587")),
    ("tls", N_("TLS from the first word, usually port 465")),
    ("none", N_("none, inside the office only")),
]
MOST_A_MINUTE = 6_000


class MailTopic(TriedTopic):
    """The server and what it asks for, in whose name mails go, and *Send a mail to myself…*."""

    def __init__(self, chosen: Chosen, parent: QWidget) -> None:
        super().__init__(_("E-mail"), chosen, parent, "mail")
        self.begin(_("The server"))
        self.add(MAIL_HOST, LineEditor(self, max_length=250),
                 hint=_("The computer that takes outgoing mail, such as smtp.company.com. Without one mails are "
                        "written in the mail program of each workstation."))  # fmt: skip
        self.add(MAIL_PORT, LineEditor(self, max_length=5), check=_port_problem)
        self.add(MAIL_SECURITY, ChoiceEditor([(one, _(said)) for one, said in SECURITIES], self, allow_empty=False))
        self.add(
            MAIL_USER, LineEditor(self, max_length=250), hint=_("Often the whole address; empty where none is asked.")
        )
        self.add_secret("password", _("Password"), accounts.PASSWORD,
                        _("Kept in the key store of this workstation, which then sends what waits."))  # fmt: skip
        self.begin(_("The sender"))
        self.add(
            MAIL_NAME, LineEditor(self, max_length=120), hint=_("What recipients see, such as the name of the office.")
        )
        self.add(MAIL_ADDRESS, LineEditor(self, max_length=250))
        self.add(MAIL_REPLY_TO, LineEditor(self, max_length=250), hint=_("Empty: to the address of the sender."))
        self.begin(_("Sending"))
        self.add(MAIL_PER_MINUTE, LineEditor(self, max_length=4), check=_minute_problem,
                 hint=_("The server's operator says how many it takes; 0 is no limit."))  # fmt: skip
        self.add_foot(_("Send a mail to myself…"))

    def check(self) -> None:
        """What is missing, in words."""
        found = self._session.attempt(lambda: (_standing(), accounts.is_ready()))
        if found is None:
            return
        (own, wrong), ready = found
        offer(self._try, wrong or "")
        if wrong is not None:
            nothing = not own.host
            said = _("Type what the operator of your e-mail server has told you.") if nothing else wrong
            self._stands.say(said, "muted" if nothing else "overdue")
        elif not ready:
            self._stands.say(_("Type the password; until then this workstation sends nothing."), "soon")
        else:
            self._stands.say(_("Nothing is missing. Whether it works, a mail to yourself shows."), "muted")

    def try_out(self) -> None:
        """One mail to one's own address."""
        TryDialog(self.chosen, self._work, self).exec()


def _standing() -> tuple[Account, str | None]:
    own = accounts.account(password=False)
    return own, accounts.problem(own)


def _port_problem(value: object) -> str | None:
    return None if is_port(value) else _("The port is a number such as 587 or 465.")


def _minute_problem(value: object) -> str | None:
    text = str(value or "")
    right = text.isdecimal() and int(text) <= MOST_A_MINUTE
    return None if right else _("Type a number up to {most:,}; 0 is no limit.").format(most=MOST_A_MINUTE)


class TryDialog(Dialog):
    """One mail to one's own address; what the server says is shown, and nothing is kept."""

    def __init__(self, chosen: Chosen, work: Beside, parent: QWidget) -> None:
        super().__init__("mail_try", _("Send a mail to myself"), parent, size=(520, 260))
        self._session, self._beside = chosen.session, work
        self.body.addWidget(Plain(_("Your own e-mail address"), self))
        self._address = self.named(LineEditor(self), "address", _("Your own e-mail address"))
        own = self._session.attempt(lambda: preferences.of(self._session.by, self._session.by).email)
        self._address.set_value(own or "")
        self.body.addWidget(self._address)
        self._said = self.named(Remark("", self), "said", _("What came of it"))
        self._said.say("")
        self.body.addWidget(self._said)
        self.body.addStretch(1)
        self._send = self.button("send", _("Send"))
        self.finish_with(self._send, self.button("close", closing()))
        self._address.setFocus()

    def accept(self) -> None:
        """The verb sends; the dialog stays, to show what came of it."""
        address, by = str(self._address.value() or ""), self._session.by
        self._send.setEnabled(False)
        self._said.say(_("Sending…"), "muted")
        self._beside(lambda _progress: sending.try_out(accounts.account(), address, by), label=_("Sending a mail"),
                     done=lambda said: self._end(said, "done"), failed=self._fail, told=lambda _said: None)  # fmt: skip

    def _fail(self, error: CRMError) -> None:
        self._end(error.message, "overdue")

    def _end(self, said: str, ink: str) -> None:
        self._send.setEnabled(True)
        self._said.say(said, ink)
        self._address.setFocus()
