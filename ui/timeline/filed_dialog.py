"""A mail that is filed with somebody, to be read: who wrote it to whom, when, its text, the files that came along."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QWidget

from channergy_crm.language import _, closing
from channergy_crm.records.filed_mails import OUT
from channergy_crm.services.filing import deeds, reading
from ui.documents.working import Working
from ui.look.icons import icon
from ui.look.plain import kept_to_itself
from ui.look.wording import shown
from ui.widgets.controls import Button
from ui.widgets.dialog import Dialog, Plain, Remark, offer
from ui.widgets.fields import TextArea

if TYPE_CHECKING:
    from channergy_crm.records import Document
    from channergy_crm.services.filing.reading import Read
    from ui.session.session import Session

MOST_SHOWN = 8
"""files that have a button; all of them are among the documents"""


class FiledDialog(Dialog):
    """It is only read; it stays open while people work."""

    def __init__(self, read: Read, session: Session, parent: QWidget) -> None:
        super().__init__("filed", _("E-mail"), parent, session.station, size=(600, 560))
        self.setModal(False)
        self._session, self._number = session, int(read.mail.number)
        self._working = Working(session, self)
        mail = read.mail
        sent = _("Sent {when}, filed with {name}") if mail.direction == OUT else _("Received {when}, filed with {name}")
        who = _("From {sender} to {to}").format(sender=mail.sender, to=mail.to)
        told = sent.format(when=shown(None, mail.sent), name=read.name)
        subject = Plain(kept_to_itself(mail.subject or _("No subject")), self, bold=True)
        for word, part, name in (
            ("subject", subject, _("Subject")),
            ("who", Remark(kept_to_itself(who), self, ink="text"), _("From and to")),
            ("when", Remark(kept_to_itself(told), self), _("When, and with whom it is filed")),
        ):  # fmt: skip
            self.body.addWidget(self.named(part, word, name))
        text = self.named(TextArea(self), "text", _("Text"))
        text.setPlainText(mail.text or "")
        text.setReadOnly(True)
        self.body.addWidget(text, 1)
        self._offer_files(read)
        remove = self.button("remove", _("Remove"))
        remove.clicked.connect(lambda _checked=False: self._remove())
        offer(remove, read.why_not_removed or "")
        ends = self.finish_with(None, self.button("close", closing(), "(Esc)"))
        ends.addButton(remove, QDialogButtonBox.ButtonRole.DestructiveRole)
        session.closing.connect(self.close)
        text.setFocus()

    def _offer_files(self, read: Read) -> None:
        """A button for each file that came along; it opens as a document does."""
        line = QHBoxLayout()
        line.setSpacing(4)
        for place, document in enumerate(read.files[:MOST_SHOWN]):
            name = document.caption()
            button = self.named(Button(kept_to_itself(name), self), f"file_{place}", name)
            button.setIcon(icon("document", button))
            button.quiet()
            button.clicked.connect(partial(self._open, document))
            line.addWidget(button)
        line.addStretch(1)
        self.body.addLayout(line)

    def _open(self, document: Document, _checked: bool = False) -> None:
        self._working.open(document)

    def _remove(self) -> None:
        if remove_filed(self._session, self._number):
            self.close()

    def done(self, result: int) -> None:
        """Close for good."""
        super().done(result)
        self.deleteLater()


def show_filed(session: Session, number: int, parent: QWidget) -> None:
    """Show a filed mail by its number."""
    read = session.attempt(lambda: reading.read(number, session.by))
    if read is not None:
        dialog = FiledDialog(read, session, parent)
        dialog.show()
        dialog.activateWindow()


def remove_filed(session: Session, number: int) -> bool:
    """Take a filed mail away; the notice takes it back. Whether it is gone."""

    def gone() -> bool:
        deeds.remove(number, session.by)
        return True

    if not session.attempt(gone):
        return False
    session.say_done(_("E-mail removed."))
    return True
