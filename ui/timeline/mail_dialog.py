"""A mail the office has sent, to be read: to whom, how it stands, what the server said, the text (BX-14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _, closing
from channergy_crm.records.messages import State
from channergy_crm.services import messages
from ui.look.plain import kept_to_itself
from ui.look.wording import shown
from ui.widgets.dialog import Dialog, Plain, Remark
from ui.widgets.fields import TextArea

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.messages import Message
    from ui.session.session import Session

INKS = {State.UNKNOWN: "soon", State.FAILED: "overdue", State.SENT: "done", State.DELIVERED: "done"}


class MailDialog(Dialog):
    """It is only read; it stays open while people work."""

    def __init__(self, mail: Message, session: Session, parent: QWidget) -> None:
        super().__init__("mail", _("E-mail"), parent, session.station, size=(560, 520))
        self.setModal(False)
        self.body.addWidget(self.named(Plain(kept_to_itself(mail.subject), self, bold=True), "subject", _("Subject")))
        to = _("To {name}, {address}").format(name=mail.name, address=mail.address)
        self.body.addWidget(self.named(Remark(kept_to_itself(to), self, ink="text"), "to", _("Recipient")))
        stands = _("{state}, {when}").format(state=mail.stands, when=shown(None, mail.changed))
        word = mail.error or mail.said
        said = _("{state}. The server said: {said}").format(state=stands, said=word) if word else stands
        self.body.addWidget(self.named(Remark(kept_to_itself(said), self, ink=INKS.get(mail.state, "muted")), "state",
                                       _("How it stands")))  # fmt: skip
        text = self.named(TextArea(self), "text", _("Text"))
        text.setPlainText(mail.text)
        text.setReadOnly(True)
        self.body.addWidget(text, 1)
        self.finish_with(None, self.button("close", closing(), "(Esc)"))
        session.closing.connect(self.close)
        text.setFocus()

    def done(self, result: int) -> None:
        """Close for good."""
        super().done(result)
        self.deleteLater()


def show_mail(session: Session, number: int, parent: QWidget) -> None:
    """Show a mail by its number."""
    mail = session.attempt(lambda: messages.read(number, session.by))
    if mail is not None:
        dialog = MailDialog(mail, session, parent)
        dialog.show()
        dialog.activateWindow()
