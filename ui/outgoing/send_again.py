"""*Send it again* for messages that were refused; of unknown ones it is asked first, in plain words (BX-14, SI-24)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _, ngettext
from channergy_crm.records.messages import State
from channergy_crm.services import recipients, resending
from channergy_crm.services.mail import recipients as by_mail
from ui.outgoing import words
from ui.widgets.dialog import Dialog, Remark

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from channergy_crm.errors import CRMError
    from channergy_crm.services.messages import Message
    from channergy_crm.services.resending import Again
    from ui.session.session import Session

SAID: dict[str, str] = {str(why): said for held in (recipients.SAID, by_mail.SAID) for why, said in held.items()}


class Sure(Dialog):
    """Asks whether what may have arrived goes once more; the refused ones can go without them."""

    def __init__(self, unknown: int, refused: int, parent: QWidget) -> None:
        super().__init__("send_again", _("Send it again"), parent, size=(480, 200))
        said = ngettext(
            "Of {count:,} message nobody knows whether it went. If it did, they get it twice.",
            "Of {count:,} messages nobody knows whether they went. Whoever got one gets it twice.", unknown,
        ).format(count=unknown)  # fmt: skip
        self.body.addWidget(self.named(Remark(said, self, ink="text"), "said", _("What may happen")))
        self.body.addStretch(1)
        self.all = False
        alone = self.button("refused", _("Only the refused"))
        alone.setVisible(bool(refused))
        alone.clicked.connect(self.accept)
        again = self.button("all", _("Send all the same"))
        again.clicked.connect(self._all)
        box = self.finish_with(None, self.button("cancel", _("Cancel")))
        for button in (alone, again):
            box.addButton(button, box.ButtonRole.ActionRole)

    def _all(self) -> None:
        self.all = True
        self.accept()


def send_again(
    session: Session, some: Sequence[Message], parent: QWidget, done: Callable[[], object],
    failed: Callable[[CRMError], object],
) -> None:  # fmt: skip
    """Send these again, to the addresses of now; what nobody knows of only after a question."""
    by, unknown = session.by, [each.number for each in some if each.state is State.UNKNOWN]
    refused = [each.number for each in some if each.state is State.FAILED]
    both = False
    if unknown:
        dialog = Sure(len(unknown), len(refused), parent)
        if not dialog.exec():
            return
        both = dialog.all
    numbers = [*refused, *(unknown if both else [])]

    def told(again: Again) -> None:
        _tell(session, again)
        session.messages_wait.emit()
        done()

    session.work(lambda _progress: resending.resend(numbers, by, unknown=both), label=_("Sending again"), done=told,
                 failed=failed, progress=False)  # fmt: skip


def _tell(session: Session, again: Again) -> None:
    said = ngettext("{count:,} message is sent again.", "{count:,} messages are sent again.", again.messages)
    said = said.format(count=again.messages)
    if again.left_out:
        not_sent = words.left_out(again.left_out, SAID).replace("\n", "; ")
        session.notices.warn(_("{said} Not sent: {reasons}").format(said=said, reasons=not_sent))
    else:
        session.notices.say(said)
