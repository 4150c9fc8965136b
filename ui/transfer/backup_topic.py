"""Settings › Backup: when the office is backed up by itself, where to and how; which backups there are (BX-20)."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from channergy_crm.language import N_, _, ngettext
from channergy_crm.services import backups, rights
from channergy_crm.settings import BACKUP_AT, BACKUP_EVERY, BACKUP_FOLDER, BACKUP_KEPT, BACKUP_KEYS, BACKUP_TURNS
from ui.editors.base import LineEditor
from ui.editors.choices import ChoiceEditor
from ui.look.wording import shown
from ui.session.beside import Told
from ui.setup.settings_rows import SHORT, Hint, TopicPage
from ui.transfer.backup_list import BackupList
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named, offer
from ui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from channergy_crm.jobs.runner import Standing
    from channergy_crm.store.kept_backups import Backup
    from ui.session.background import Progress
    from ui.session.chosen import Chosen

TURNS = {
    "off": N_("Never"), "daily": N_("Every day"), "8": N_("Every 8 hours"), "4": N_("Every 4 hours"),
    "2": N_("Every 2 hours"), "1": N_("Every hour"),
}  # fmt: skip
DAILY, JOB = "daily", "backup"


class BackupTopic(TopicPage):
    """What is chosen, and below it the backups that are kept and what can be done with them."""

    def __init__(self, chosen: Chosen, parent: QWidget, copy: Callable[[], object]) -> None:
        super().__init__(_("Backup"), chosen, parent, "backups")
        self._session = chosen.session
        if refused := rights.may(self._session.by, "administer"):
            self.add_word(refused, "overdue")
        self.begin(_("By itself"))
        turns = [(turn, _(TURNS[turn])) for turn in BACKUP_TURNS]
        self.add(BACKUP_EVERY, ChoiceEditor(turns, self, allow_empty=False),
                 hint=_("By one of the windows that are open; what was missed is made up for."))  # fmt: skip
        self.add(BACKUP_AT, LineEditor(self), check=backups.time_problem, width=SHORT)
        self.add(BACKUP_KEPT, LineEditor(self), check=backups.kept_problem, width=SHORT,
                 hint=_("The oldest go. The last one that was found whole always stays."))  # fmt: skip
        self._folder = self._verb("folder", BACKUP_FOLDER.label, _("Choose a folder…"), self._choose_folder)
        self._keys = self._verb("keys", BACKUP_KEYS.label, _("Encrypt backups…"), self._encrypt)
        self.begin(_("Backups that are kept"))
        self._column.addWidget(self._kept(copy))
        self.close_up()
        self.look()

    def _verb(self, name: str, label: str, text: str, run: Callable[[], object]) -> tuple[Button, Hint]:
        button = self.add_verb(name, label, text, run, hint=" ")
        hint = self.findChildren(Hint)[-1]
        return button, hint

    def _kept(self, copy: Callable[[], object]) -> QWidget:
        """The list, what is said about it, and its verbs."""
        whole = QWidget(self)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._list = BackupList(whole)
        self._said = named(Remark("", whole), "backups.said", _("About the backups"))
        strip = QWidget(whole)
        verbs = WrappingRow(strip)
        verbs.setContentsMargins(0, 0, 0, 0)
        verbs.setSpacing(8)
        for part in (self._list, self._said, strip):
            column.addWidget(part)
        make = self._button(strip, "make", _("Back up now"), self._make)
        make.loud()
        self._restore = self._button(strip, "restore", _("Restore…"), self._put_back)
        self._verify = self._button(strip, "verify", _("Check it"), self._check)
        other = self._button(strip, "other", _("Restore another file…"), self._put_back_another)
        apart = self._button(strip, "copy", _("Copy to a file…"), copy)
        for quiet in (other, apart):
            quiet.quiet()
        for button in (make, self._restore, self._verify):
            verbs.addWidget(button)
        for button in (other, apart):
            verbs.add_last(button)
        self._list.chosen.connect(self._offer)
        self._list.opened.connect(self._put_back)
        return whole

    def _button(self, parent: QWidget, word: str, text: str, run: Callable[[], object]) -> Button:
        button = named(Button(text, parent), f"backups.{word}", text)
        button.clicked.connect(lambda: run())
        return button

    # ---------------------------------------------------------------- as it is now

    def look(self) -> None:
        """Everything as it is now; the time of the day is asked only where it matters."""
        super().look()
        if not hasattr(self, "_list"):
            return
        self.show_row(BACKUP_AT, self.chosen.get(BACKUP_EVERY) == DAILY)
        plan = self._session.attempt(lambda: backups.plan(self._session.office, self._session.by))
        if plan is None:
            return
        self._folder[1].say(_("They go into {folder}.").format(folder=_breakable(plan.folder)))
        sealed = plan.keys is not None
        self._keys[0].setText(_("Encrypt no longer…") if sealed else _("Encrypt backups…"))
        self._keys[1].say(
            _("Only your passphrase opens them. It is kept nowhere: without it a backup is lost.") if sealed
            else _("Whoever holds a backup reads all of it.")
        )  # fmt: skip
        self._read()

    def _read(self) -> None:
        session = self._session

        def read(_progress: Progress) -> tuple[list[Backup], list[Standing]]:
            from channergy_crm.jobs.runner import failures

            failed = [one for one in failures() if one.job == JOB]
            return backups.listed(session.office, session.by), failed

        session.work(read, label=_("Reading"), done=self._show, progress=False,
                     failed=lambda error: self._said.say(error.message, "overdue"))  # fmt: skip

    def _show(self, found: tuple[list[Backup], list[Standing]]) -> None:
        held, failed = found
        self._list.show_backups(held)
        bad = [one for one in held if one.verified is None]
        if failed:
            said = _("{reason} Tried again: {moment}.")
            self._said.say(said.format(reason=failed[0].error, moment=shown(None, failed[0].next_try)), "overdue")
        elif bad:
            said = ngettext("{count:,} of them is damaged.", "{count:,} of them are damaged.", len(bad))
            self._said.say(said.format(count=len(bad)), "overdue")
        else:
            self._said.say("" if held else _("There is none yet. Back up now makes the first one."), "muted")
        self._offer()

    def _offer(self) -> None:
        nothing = "" if self._list.current() is not None else _("There is no backup yet.")
        for button in (self._restore, self._verify):
            offer(button, nothing)

    # ---------------------------------------------------------------- verbs

    def _make(self) -> None:
        session = self._session

        def work(progress: Progress) -> Backup:
            return backups.make(session.office, session.by, lambda done, total: progress.step(done, total))

        session.work(work, label=_("Backing up"), told=_made, done=lambda _made: self._read(),
                     cancelled=_("Backup cancelled."))  # fmt: skip

    def _check(self) -> None:
        from ui.transfer.restore_dialog import ask_passphrase

        one, session = self._list.current(), self._session
        if one is None or (secret := ask_passphrase(one, session, self)) is None:
            return
        session.work(
            lambda _progress: backups.verify(one, session.by, secret), label=_("Looking through the backup"),
            told=lambda looked: _("It is whole: {rows:,} rows.").format(rows=sum(looked.rows.values())),
            done=lambda _looked: self._read(), failed=self._bad,
        )  # fmt: skip

    def _bad(self, error: Exception) -> None:
        self._session.notices.warn(str(error))
        self._read()

    def _put_back(self) -> None:
        if (one := self._list.current()) is not None:
            self._restore_from(one.path)

    def _put_back_another(self) -> None:
        from pathlib import Path

        kinds = _("Backups") + " (*.db *.age)"
        chosen, _form = QFileDialog.getOpenFileName(self, _("Restore another file"), "", kinds)
        if chosen:
            self._restore_from(Path(chosen))

    def _restore_from(self, path: Path) -> None:
        from ui.transfer.restore_dialog import RestoreDialog

        RestoreDialog(path, self._session, self).exec()

    def _choose_folder(self) -> None:
        session = self._session
        plan = session.attempt(lambda: backups.plan(session.office, session.by))
        here = str(plan.folder) if plan is not None else ""
        chosen = QFileDialog.getExistingDirectory(self, _("Folder for backups"), here)
        if chosen:
            session.attempt(lambda: backups.choose_folder(chosen, session.by))
            self.look()

    def _encrypt(self) -> None:
        from ui.transfer.restore_dialog import NewPassphrase

        session = self._session
        if self.chosen.get(BACKUP_KEYS):
            session.attempt(lambda: backups.stop_encrypting(session.by))
            session.say_done(_("Backups are plain files from now on."))
            return
        asking = NewPassphrase(session, self)
        if asking.exec():
            secret = asking.passphrase()
            session.work(
                lambda _progress: backups.encrypt(secret, session.by), label=_("Making the keys"),
                told=lambda _none: Told(_("Backups are encrypted from now on."), level="done"),
                done=lambda _none: self.look(),
            )  # fmt: skip


def _made(made: Backup) -> str:
    said = _("Backed up and looked through: {rows:,} rows, {moment}.")
    return said.format(rows=sum(made.rows.values()), moment=shown(None, made.made))


def _breakable(path: Path) -> str:
    """A path goes on in the next line where a folder ends."""
    return str(path).replace(os.sep, f"{os.sep}\u200b")
