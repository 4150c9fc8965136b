"""Settings > Watched folder: a folder of the mailbox, out of which mails are filed by themselves (BX-14, K26)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.incoming import watching
from channergy_crm.language import N_, _
from channergy_crm.services.filing import watched
from channergy_crm.settings import (
    WATCH_AFTER,
    WATCH_EVERY,
    WATCH_FOLDER,
    WATCH_HOST,
    WATCH_PORT,
    WATCH_SECURITY,
    WATCH_TO,
    WATCH_USER,
)
from ui.editors.base import LineEditor
from ui.editors.choices import ChoiceEditor
from ui.setup.tried_topic import TriedTopic, is_port
from ui.widgets.dialog import offer

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.errors import CRMError
    from channergy_crm.services.filing.watched import Folder
    from ui.session.chosen import Chosen

SECURITIES = [
    ("tls", N_("TLS from the first word, usually port 993")),
    ("starttls", N_("STARTTLS, usually port 143")),
    ("none", N_("none, inside the office only")),
]
AFTERWARDS = [(watched.STAY, N_("they stay where they are")), (watched.MOVE, N_("they are moved to a folder"))]
MOST_MINUTES = 1_440


class FolderTopic(TriedTopic):
    """The server and what it asks for, the folder, what becomes of filed mails, and *Try it*."""

    def __init__(self, chosen: Chosen, parent: QWidget) -> None:
        super().__init__(_("Watched folder"), chosen, parent, "watch")
        self._add_server()
        self._add_folder()
        self.add_foot(_("Try it"))

    def _add_server(self) -> None:
        self.begin(_("The mailbox"))
        self.add(WATCH_HOST, LineEditor(self, max_length=250),
                 hint=_("The computer where the mailbox lies, such as imap.company.com. Without one no folder is "
                        "watched."))  # fmt: skip
        self.add(WATCH_PORT, LineEditor(self, max_length=5), check=_port_problem)
        self.add(WATCH_SECURITY, ChoiceEditor([(one, _(said)) for one, said in SECURITIES], self, allow_empty=False))
        self.add(WATCH_USER, LineEditor(self, max_length=250), hint=_("Often the whole address."))
        self.add_secret("password", _("Password"), watched.PASSWORD,
                        _("Kept in the key store of this workstation, which then watches the folder."))  # fmt: skip

    def _add_folder(self) -> None:
        self.begin(_("The folder"))
        self.add(WATCH_FOLDER, LineEditor(self, max_length=250),
                 hint=_("Whatever is put there in any mail program is filed with whom it is from or to."))  # fmt: skip
        self.add(WATCH_AFTER, ChoiceEditor([(one, _(said)) for one, said in AFTERWARDS], self, allow_empty=False),
                 hint=_("Nothing is ever deleted there."))  # fmt: skip
        self.add(WATCH_TO, LineEditor(self, max_length=250), hint=_("It is made where it is not there yet."))
        self.add(WATCH_EVERY, LineEditor(self, max_length=4), check=_minutes_problem)

    def check(self) -> None:
        """What is missing, in words."""
        found = self._session.attempt(lambda: (_standing(), watched.is_ready()))
        if found is None:
            return
        (own, wrong), ready = found
        offer(self._try, wrong or "")
        if wrong is not None:
            said = _("Type where the mailbox lies, and mails put into the folder are filed by themselves.")
            self._stands.say(wrong if own.host else said, "overdue" if own.host else "muted")
        elif not ready:
            self._stands.say(_("Type the password; until then this workstation watches nothing."), "soon")
        else:
            self._stands.say(_("Nothing is missing. Whether it works, Try it shows."), "muted")

    def try_out(self) -> None:
        """Sign in and look; what the server says stands there."""
        by = self._session.by
        self._stands.say(_("Trying…"), "muted")
        self._try.setEnabled(False)
        self._work(lambda _progress: watching.try_out(watched.folder(), by), label=_("Trying the folder"),
                   done=lambda said: self._end(said, "done"), failed=self._fail, told=lambda _said: None)  # fmt: skip

    def _fail(self, error: CRMError) -> None:
        self._end(error.message, "overdue")

    def _end(self, said: str, ink: str) -> None:
        self._try.setEnabled(True)
        self._stands.say(said, ink)


def _standing() -> tuple[Folder, str | None]:
    own = watched.folder(password=False)
    return own, watched.problem(own)


def _port_problem(value: object) -> str | None:
    return None if is_port(value) else _("The port is a number such as 993 or 143.")


def _minutes_problem(value: object) -> str | None:
    text = str(value or "")
    right = text.isdecimal() and 0 < int(text) <= MOST_MINUTES
    return None if right else _("Type a number of minutes from 1 to {most:,}.").format(most=MOST_MINUTES)
