"""A mail on its way out: held back for ten seconds, or written as a file, or handed to the mail program (VT-52)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from channergy_crm.language import _, ngettext
from channergy_crm.services.mail import eml
from channergy_crm.services.mail import making as mails
from channergy_crm.text.links import draft_link
from ui.outgoing.batches_dialog import show_batches
from ui.session import files
from ui.session.beside import Told

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QDialog

    from channergy_crm.errors import CRMError
    from channergy_crm.services.mail.recipients import Prepared
    from ui.outgoing.mail_text import MailText
    from ui.session.session import Session

HOLD_SECONDS = 10
FOLDER = "mail.folder"
"""where this workstation put its last mails"""


class Writing(NamedTuple):
    """A mail that is ready to go: where it was written, who gets it, and what it is called on its way and as a draft.

    `come_back` opens it again, with a sentence about why; `finish` closes it for good.
    """

    session: Session
    dialog: QDialog
    text: MailText
    ready: Prepared
    key: str
    form: str
    come_back: Callable[[str], object]
    finish: Callable[[], object]
    campaign: int | None = None


class Held(QObject):
    """Holds a mail back for ten seconds. Whoever closes the program meanwhile has sent it."""

    def __init__(self, mail: Writing) -> None:
        super().__init__(mail.dialog)
        self._mail, self._session = mail, mail.session
        self._written, self._attached = mail.text.written(), list(mail.text.attached)
        self._by = mail.session.by  # somebody else may sit there in ten seconds
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.let_go)
        self._timer.start(round(HOLD_SECONDS * 1000))
        self._session.closing.connect(self._at_once)
        count = len(mail.ready.recipients)
        said = ngettext("{count:,} mail goes in {seconds} seconds.", "{count:,} mails go in {seconds} seconds.", count)
        self._session.notices.say(said.format(count=count, seconds=HOLD_SECONDS), undo=self.take_back,
                                  seconds=HOLD_SECONDS)  # fmt: skip

    def take_back(self) -> None:
        """It does not go: the mail is there again to be written on."""
        if self._timer.isActive():
            self._stop()
            self._mail.come_back("")

    def _stop(self) -> None:
        self._timer.stop()
        self._session.closing.disconnect(self._at_once)

    def let_go(self) -> None:
        """Put it down to be sent, beside the window."""
        self._stop()
        self._session.work(lambda _progress: self._make(), label=_("Sending mails"), told=self._told,
                           done=lambda _count: self._went(), failed=self._failed, finishes=True)  # fmt: skip

    def _at_once(self) -> None:
        if self._timer.isActive():
            self._stop()
            if self._session.attempt(self._make) is not None:
                self._session.drafts.drop(self._mail.form)

    def _make(self) -> int:
        mail, written = self._mail, self._written
        return mails.make(mail.key, written.subject, written.body, mail.ready, self._by, self._attached,
                          campaign=mail.campaign, template=written.template)  # fmt: skip

    def _told(self, count: int) -> Told:
        said = ngettext("{count:,} mail is being sent.", "{count:,} mails are being sent.", count).format(count=count)
        return Told(said, action=(_("Show the messages…"), lambda: show_batches(self._session)))

    def _went(self) -> None:
        self._session.messages_wait.emit()
        self._session.drafts.drop(self._mail.form)
        self._mail.finish()

    def _failed(self, error: CRMError) -> None:
        self._mail.come_back(error.message)


def save_files(mail: Writing) -> None:
    """Ask for a folder, and write each mail into it as a file any mail program opens."""
    from PySide6.QtWidgets import QFileDialog

    station = mail.session.station
    begun = str(station.recall(FOLDER, str(Path.home())))
    chosen = QFileDialog.getExistingDirectory(mail.dialog, _("Folder for the mails"), begun)
    if chosen:
        station.remember(FOLDER, chosen)
        write_files(mail, Path(chosen))


def write_files(mail: Writing, folder: Path) -> None:
    """Write them, beside the window."""
    session, by, attached = mail.session, mail.session.by, list(mail.text.attached)

    def told(count: int) -> Told:
        said = ngettext("{count:,} mail is written into {folder}.", "{count:,} mails are written into {folder}.", count)
        show = _("Show in folder"), lambda: files.show(session, folder / "mail.eml")  # unsaid: a file
        return Told(said.format(count=count, folder=folder), action=show)

    session.work(lambda progress: eml.write(folder, mail.ready, by, attached, progress.step), label=_("Writing mails"),
                 told=told)  # fmt: skip


def open_outside(mail: Writing) -> None:
    """Hand the mail to the mail program of this workstation; a text too long for that goes as a file."""
    one, notices = mail.ready.recipients[0], mail.session.notices
    link = draft_link(one.address, one.subject, one.text)
    if not link or mail.text.attached:
        notices.warn(_("A long text, or one with documents, goes as a file: press Save as .eml files."))
    elif not QDesktopServices.openUrl(QUrl(link)):
        notices.warn(_("No mail program answers on this workstation."))
