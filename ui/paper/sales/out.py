"""A document on its way out: looked at, printed, saved as PDF, mailed (BX-26, BX-52, K26)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from channergy_crm.errors import Surroundings
from channergy_crm.language import N_, _
from channergy_crm.records import SalesDocument, Vendor
from channergy_crm.records.written_to import WRITTEN_TO
from channergy_crm.services import audit, composing, sales_paper
from channergy_crm.services.mail import eml
from channergy_crm.services.sales_documents import issuing
from ui.outgoing import mail_dialog
from ui.outgoing.mail_text import Mail
from ui.paper import printing
from ui.paper.preview_dialog import PRINT, SAVE
from ui.paper.sales import kept, saying
from ui.paper.sales.dialog import MAIL, SalesPreview
from ui.session import files
from ui.session.beside import Told

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.sales_paper import Receiver
    from ui.paper.sales.kept import Ready
    from ui.paper.sheet import Paper
    from ui.session.background import Progress
    from ui.session.session import Session

ATTACHED = N_("Please find attached: {document}.")


class Out:
    """One document, or one of its reminders."""

    def __init__(self, document: SalesDocument, session: Session, parent: QWidget, level: int = 0) -> None:
        self._document, self._session, self._parent, self._level = document, session, parent, level
        self._number, self._by = int(document.number), session.by
        self._ready: Ready | None = None

    def preview(self) -> None:
        """Show its pages; from there they go on."""
        dialog = SalesPreview(self._document.caption(), self._lay_out, self._session, self._parent,
                              issued=self._document.is_issued, lacks=self._lacks)  # fmt: skip
        dialog.exec()
        deeds = {PRINT: self.print_, SAVE: self.save, MAIL: self.mail}
        if dialog.answer in deeds and self._ready is not None:
            deeds[dialog.answer]()

    def print_(self) -> None:
        """Keep it where it is issued, and ask for the printer."""
        paper = self._found().paper
        self._settle(lambda _pdf: printing.print_(paper, self._session, self._draft(paper)))

    def save(self) -> None:
        """Ask where to, and write its bytes there."""
        name = self._found().name
        path = files.where_to(self._session, self._parent, _("Save as PDF"), name, "PDF (*.pdf)", ending=".pdf",
                              whole=True)  # fmt: skip
        if path is not None:
            self.write(path)

    def write(self, path: Path) -> None:
        """Its bytes into a file, beside the window."""
        session, by = self._session, self._by

        def work(progress: Progress) -> None:
            pdf = self.pdf()
            try:
                path.write_bytes(pdf)
            except OSError as error:
                said = _("{file} cannot be written: {reason}.").format(file=path, reason=error.strerror or error)
                raise Surroundings(said) from error
            audit.log_paper(audit.Taken(SalesDocument, "record", 1), "pdf", str(path.absolute()), by)

        told = Told(_("{file} saved.").format(file=path.name), action=(_("Show in folder"),
                    lambda: files.show(session, path)))  # fmt: skip
        session.work(work, label=_("Saving {file}").format(file=path.name), told=lambda _none: told, at_once=True)

    def mail(self) -> None:
        """Write a mail with it: inside the program where the operator wants that, else in the mail program here."""
        to = self._session.attempt(lambda: sales_paper.receiver(self._number, self._by))
        if to is None:
            return
        if not to.address:
            said = _("No e-mail address is known; type one at the contact, the account or the vendor.")
            self._session.notices.warn(said)
        elif isinstance(to.record, (*WRITTEN_TO, Vendor)) and composing.writes_here(self._by):
            self._settle(lambda _pdf: self._compose(to))
        else:
            self._settle(partial(self._outside, to))

    def pdf(self) -> bytes:
        """Its PDF; that of an issued document is kept from now on."""
        return kept.settled(self._number, self._by, self._found(), level=self._level)

    # ---------------------------------------------------------------- one step after the other

    def _lay_out(self, progress: Progress) -> Paper:
        self._ready = kept.ready(self._number, self._by, progress.step, self._level)
        return self._ready.paper

    def _lacks(self) -> tuple[str, ...]:
        return self._ready.lacks if self._ready is not None else ()

    def _found(self) -> Ready:
        if self._ready is None:
            self._ready = kept.ready(self._number, self._by, level=self._level)
        return self._ready

    def _draft(self, paper: Paper) -> printing.Draft:
        taken = audit.Taken(SalesDocument, "record", 1)
        return printing.Draft(paper.title, lambda _progress: paper, True, self._parent, taken)

    def _settle(self, then: Callable[[bytes], object]) -> None:
        """Keep its bytes where it is issued, then go on with them."""
        self._session.work(
            lambda progress: kept.settled(self._number, self._by, self._found(), progress.step, self._level),
            label=_("Keeping the paper"), done=then, at_once=True,
        )  # fmt: skip

    # ---------------------------------------------------------------- a mail with it

    def _words(self) -> Mail:
        said = self._found().said
        words, title = saying.of(said), self._found().paper.title
        return Mail(title, words(ATTACHED, document=title))

    def _compose(self, to: Receiver) -> None:
        held = sales_paper.kept(self._number, self._by, self._level)
        if held is None or to.record is None:
            return
        mail_dialog.open_again(self._session, [(type(to.record), to.record.key)], self._words(),
                               {int(held.number): held.name or ""})  # fmt: skip

    def _outside(self, to: Receiver, pdf: bytes) -> None:
        """A draft with the file on it, for the mail program of this workstation."""
        words, name = self._words(), self._found().name

        def work(progress: Progress) -> Path:
            data = eml.draft(to.address, words.subject, words.body, [(name, pdf)], self._by)
            return self._session.copies.put(f"{words.subject}.eml", data)

        self._session.work(work, label=_("Writing mails"), done=self._open, at_once=True)

    def _open(self, path: Path) -> None:
        if QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._went()
        else:
            self._session.notices.warn(_("No mail program answers on this workstation."))

    def _went(self) -> None:
        if self._level == 0:
            self._session.attempt(lambda: issuing.sent(self._number, self._by))
