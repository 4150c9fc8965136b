"""Putting a backup back: what it holds is shown first, and what the office is now is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from channergy_crm import work
from channergy_crm.errors import CRMError, Mistake
from channergy_crm.language import Message, _, figures
from channergy_crm.records import BY_TABLE
from channergy_crm.services import backups
from channergy_crm.services.backups import SHORTEST
from channergy_crm.store import kept_backups
from channergy_crm.work.elsewhere import FOREIGN
from ui.editors.base import LineEditor
from ui.look.wording import shown
from ui.session.beside import Told
from ui.widgets.dialog import Dialog, Plain, Remark, offer

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.services.backups import Preview
    from channergy_crm.store.kept_backups import Backup
    from ui.session.background import Progress
    from ui.session.session import Session

SIZE = (520, 300)
MOST = 8
UNKNOWN = backups.Preview(None, "", None, {})


def secret_line(dialog: Dialog, word: str, said: str) -> LineEditor:
    """A line for a passphrase, which is not shown."""
    line = dialog.named(LineEditor(dialog), word, said)
    line.setEchoMode(QLineEdit.EchoMode.Password)
    line.setMinimumHeight(28)
    return line


class RestoreDialog(Dialog):
    """When the backup was made, by which version, how many records of each kind it holds; then *Put it back*."""

    def __init__(self, path: Path, session: Session, parent: QWidget) -> None:
        super().__init__("restore", _("Restore a backup"), parent, session.station, size=SIZE)
        self._path, self._session = path, session
        self._sealed = path.name.endswith(kept_backups.SEALED)
        sentence = _("The office becomes what it was then, for everybody. What it is now is kept as a file.")
        self._head = self.named(Plain("", self, bold=True), "made", _("When it was made"))
        self._held = QGridLayout()
        self._said = self.named(Remark("", self), "said", _("About this backup"))
        self._passphrase = secret_line(self, "passphrase", _("Passphrase"))
        self._passphrase.setPlaceholderText(_("Passphrase"))
        self._passphrase.setVisible(self._sealed)
        self.body.addWidget(self._head)
        self.body.addWidget(Plain(sentence, self))
        self.body.addLayout(self._held)
        self.body.addStretch(1)
        self.body.addWidget(self._passphrase)
        self.body.addWidget(self._said)
        self._verb = self.button("put_back", _("Put it back"))
        self.finish_with(self._verb, self.button("cancel", _("Cancel"), "(Esc)"))
        self._held.setHorizontalSpacing(24)
        self._held.setColumnStretch(2, 1)
        self._look()

    def _look(self) -> None:
        """What it holds: what lies beside a sealed one says so, everything else is looked through."""
        by, path, sealed = self._session.by, self._path, self._sealed

        def look(_progress: Progress) -> tuple[Preview, dict[str, int]]:
            told = kept_backups.told(path)
            held = backups.Preview(told.made, told.version, None, told.rows) if told else UNKNOWN
            return held if sealed else backups.preview(path, by), backups.rows_now(by)

        offer(self._verb, _("It is being looked through."))
        self._said.say(_("It is being looked through."))
        if sealed:
            self._passphrase.setFocus()
        self._session.work(
            look, label=_("Looking through the backup"), done=lambda seen: self._show(*seen), failed=self._refuse
        )

    def _refuse(self, error: CRMError) -> None:
        self._said.say(error.message, "overdue")
        offer(self._verb, error.message)

    def _show(self, held: Preview, now: dict[str, int]) -> None:
        made = held.made or held.last
        self._head.setText(
            _("{moment}, version {version}").format(moment=shown(None, made), version=held.version or "?") if made
            else self._path.name
        )  # fmt: skip
        known = [(record.plural, held.rows.get(table, 0), now.get(table, 0)) for table, record in BY_TABLE.items()]
        fullest = sorted((each for each in known if each[1] or each[2]), key=lambda each: -max(each[1:]))[:MOST]
        for place, (name, rows, here) in enumerate(fullest):
            there = _("now {rows}").format(rows=figures(here)) if here != rows else ""
            for column, text in enumerate((name, figures(rows), there)):
                said = Remark(text, self) if column == 2 else Plain(text, self)
                self._held.addWidget(said, place, column)
                said.show()
        if held.last is not None:
            self._said.say(_("Somebody last changed something in it: {moment}.").format(moment=shown(None, held.last)))
        else:
            self._said.say("")
        self.resize(self.width(), max(self.height(), self.body.totalHeightForWidth(self.width())))
        offer(self._verb)

    def accept(self) -> None:
        """Put it back beside the window; wrong passphrases are said here."""
        if self._sealed and not self._passphrase.text():
            self._said.say(_("Type the passphrase of this backup."), "overdue")
            return
        session, path, secret = self._session, self._path, self._passphrase.text()

        def put_back(progress: Progress) -> Path | None:
            return backups.restore(session.office, path, session.by, secret, progress.step)

        def failed(error: CRMError) -> None:
            if isinstance(error, Mistake) and error.field == "passphrase":
                self._said.say(error.message, "overdue")
                offer(self._verb)
                self._passphrase.selectAll()
            else:
                session.notices.warn(error.message)
                super(RestoreDialog, self).reject()

        offer(self._verb, _("It is being put back."))
        self._said.say(_("It is being put back."))
        session.work(put_back, label=_("Restoring"), told=_told, done=self._put_back, failed=failed,
                     cancelled=_("Restore cancelled; nothing was changed."))  # fmt: skip

    def _put_back(self, _kept: Path | None) -> None:
        """Everything on the screen may be another now."""
        super().accept()
        self._session.look_at_fields()
        work.tell(work.Done(0, Message(FOREIGN, {}), "", (), elsewhere=True, anywhere=frozenset(BY_TABLE)))


def _told(kept: Path | None) -> Told:
    said = _("The office is what it was then.")
    if kept is not None:
        said = _("The office is what it was then. What it was until now is kept in {file}.").format(file=kept)
    return Told(said, level="done")


class NewPassphrase(Dialog):
    """A passphrase, typed twice."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("encrypt", _("Encrypt backups"), parent, session.station, size=(480, 210))
        sentence = _("From now on nobody opens a backup without this passphrase. It is kept nowhere: write it down and "
                     "keep it in a safe place. Making the keys takes some seconds.")  # fmt: skip
        self._one = secret_line(self, "passphrase", _("Passphrase"))
        self._two = secret_line(self, "again", _("The same again"))
        self._one.setPlaceholderText(_("Passphrase"))
        self._two.setPlaceholderText(_("The same again"))
        self._said = self.named(Remark("", self), "said", _("What is missing"))
        for part in (Plain(sentence, self), self._one, self._two, self._said):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.finish_with(self.button("use", _("Encrypt backups")), self.button("cancel", _("Cancel"), "(Esc)"))
        self._one.setFocus()

    def passphrase(self) -> str:
        """What was typed."""
        return self._one.text()

    def accept(self) -> None:
        """Long enough, and twice the same."""
        if len(self._one.text()) < SHORTEST:
            self._said.say(_("Take at least {count} letters.").format(count=SHORTEST), "overdue")
        elif self._one.text() != self._two.text():
            self._said.say(_("These two are not the same."), "overdue")
        else:
            super().accept()


class Ask(Dialog):
    """The passphrase of one backup."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("passphrase", _("Passphrase"), parent, session.station, size=(480, 160))
        self._line = secret_line(self, "passphrase", _("Passphrase"))
        self.body.addWidget(Plain(_("This backup is encrypted."), self))
        self.body.addWidget(self._line)
        self.finish_with(self.button("use", _("Check it")), self.button("cancel", _("Cancel"), "(Esc)"))

    def typed(self) -> str:
        """What was typed."""
        return self._line.text()


def ask_passphrase(one: Backup, session: Session, parent: QWidget) -> str | None:
    """What opens it; '' where nothing is needed, None when somebody thought better of it."""
    if not one.is_sealed:
        return ""
    asking = Ask(session, parent)
    return asking.typed() if asking.exec() else None
