"""The first connection: what stands on both sides already is shown first, and put together when one wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from channergy_crm.language import _
from channergy_crm.records.sync import first_connection
from channergy_crm.services import rights
from channergy_crm.sync import connection, first
from ui.look import theme
from ui.session.beside import Told
from ui.setup.settings_rows import Hint, Words
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named, offer
from ui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from channergy_crm.errors import CRMError
    from channergy_crm.sync.first import Found, Sample
    from ui.session.background import Job
    from ui.session.beside import Beside
    from ui.session.session import Session


class FirstPart(QWidget):
    """Look at it, then do it; both can be stopped, and what was done is taken back by Undo."""

    def __init__(self, session: Session, work: Beside, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._work = session, work
        self._job: Job | None = None
        self._connected_as: int | None = None
        """the unit that was told last"""
        named(self, "viper.first", _("First connection"))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        lines.addWidget(Words(_("First connection"), self, theme.section))
        about = _("Where both sides have clients already: companies are known by name and address, contacts by e-mail "
                  "address. Until that is done nothing is sent.")  # fmt: skip
        lines.addWidget(Remark(about, self))
        self._look = named(Button(_("First connection…"), self), "viper.look", _("See what is the same"))
        self._connect = named(Button(_("Connect"), self), "viper.connect", _("Connect both sides"))
        self._cancel = named(Button(_("Cancel"), self), "viper.cancel", _("Stop"))
        self._cancel.quiet()
        held = QWidget(self)
        row = WrappingRow(held)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in (self._look, self._connect, self._cancel):
            row.addWidget(button)
        lines.addWidget(held)
        self._said = named(Hint("", self), "viper.first_said", _("How far it is"))
        self._found = named(Remark("", self, ink="text"), "viper.found", _("What would come of it"))
        self._samples = named(Hint("", self), "viper.samples", _("Some of them"))
        for said in (self._said, self._found, self._samples):
            lines.addWidget(said)
            said.say("")
        self._connect.setVisible(False)
        self._cancel.setVisible(False)
        self._look.clicked.connect(self._ask)
        self._connect.clicked.connect(self._do)
        self._cancel.clicked.connect(self._stop)

    def look(self) -> None:
        """Whether it can be done now."""
        held = connection.held()
        why = rights.may(self._session.by, "administer") or ""
        if not why and not held.on:
            why = _("Switch the sync on first.")
        if not why and not connection.has_secret(held):
            why = _("Type the password first.")
        offer(self._look, why)
        offer(self._connect, why)
        if self._connected_as is not None and self._connected_as not in _standing_units():
            self._connected_as = None  # it was taken back
            self._said.say("")
            self._show("", [])

    def _ask(self) -> None:
        by = self._session.by
        self._show("", [])
        self._begin(_("Reading what is there…"))
        self._job = self._work(
            lambda progress: first.look(by, progress.step), label=_("First connection with Viper"), done=self._hear,
            failed=self._fail, cancelled=lambda: self._end(_("Stopped. Nothing was changed.")),
        )  # fmt: skip

    def _hear(self, found: Found) -> None:
        self._end("")
        self._show("\n".join(found.lines()) or _("Nothing is the same on both sides."), _examples(found))
        self._connect.setVisible(True)
        self._connect.setFocus()

    def _do(self) -> None:
        by = self._session.by
        self._begin(_("Connecting both sides…"))
        self._job = self._work(
            lambda progress: first.connect(by, progress.step), label=_("First connection with Viper"),
            told=lambda found: Told(_("Both sides are connected."), found.unit), done=self._connected,
            failed=self._fail, cancelled=lambda: self._end(_("Stopped. Nothing was changed.")),
        )  # fmt: skip

    def _connected(self, found: Found) -> None:
        self._end(_("Connected. The next round sends what is new; Undo takes the connection apart again."), "done")
        self._show("\n".join(found.lines()), _examples(found))
        self._connected_as = found.unit
        self._look.setFocus()

    def _show(self, said: str, examples: list[str]) -> None:
        self._found.say(said, "text")
        self._samples.say("\n".join(examples))
        self._connect.setVisible(False)

    def _begin(self, said: str) -> None:
        self._said.say(said, "muted")
        for button in (self._look, self._connect):
            button.setEnabled(False)
        self._cancel.setVisible(True)
        self._cancel.setFocus()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _end(self, said: str, ink: str = "muted") -> None:
        self._job = None
        self._cancel.setVisible(False)
        self._said.say(said, ink)
        self.look()
        self._look.setFocus()

    def _fail(self, error: CRMError) -> None:
        self._end(error.message, "overdue")


def _standing_units() -> set[int]:
    """First connections that were not taken back."""
    held = first_connection()
    return set() if held.opened else {each[0] for each in held.units}


def _examples(found: Found) -> list[str]:
    same, perhaps = _("{ours} is {theirs}"), _("{ours} may be {theirs}")
    return [*_said(same, found.pairs), *_said(perhaps, found.open)]


def _said(sentence: str, samples: list[Sample]) -> list[str]:
    return [sentence.format(ours=each.ours, theirs=each.theirs) for each in samples]
