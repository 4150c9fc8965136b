"""The history of a record with its list and *Undo this*: read beside the window, kept right while people work."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import N_, _
from channergy_crm.services import history
from ui.history.grid import HistoryGrid
from ui.look import theme
from ui.look.icons import icon
from ui.look.plain import Label
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named, offer
from ui.widgets.menu import Menu
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPoint

    from channergy_crm.errors import CRMError
    from channergy_crm.services.history import Page, Subject
    from channergy_crm.work import Done
    from ui.session.session import Session

SOON_MS = 150
"""until it is read: whoever walks down a list reads no history of what they pass"""
NOTHING = N_("Nothing has been changed yet. Each change is listed here with who made it, when, and what it was before.")
NOT_SAVED = N_("The history begins when the record is saved.")


class HistoryView(QWidget):
    """What was done to a record; *Undo this* takes back the step the cursor is on, *Do it again* what was undone."""

    filled = Signal()
    """it is read"""

    def __init__(self, name: str, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._subjects: Sequence[Subject] = ()
        self._before: int | None = None
        self._asked = 0
        self._reading = False
        self.title = Label(_("History"), self)
        self.grid = HistoryGrid(f"{name}.history_grid", self)
        self._said = named(Remark("", self), f"{name}.history_said", _("About the history"))
        self._said.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._undo = named(Button(_("Undo this"), self), f"{name}.history_undo", _("Undo this"))
        self._older = named(Button(_("Show older"), self), f"{name}.history_older", _("Show older"))
        self._soon = later(self, self.reload, SOON_MS)
        self._build()
        session.done.connect(self._heard)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.title.setFont(theme.section(self.font()))
        for parts in ((self.title, self._undo), (self.grid,), (self._older,)):
            line = QHBoxLayout()
            column.addLayout(line, int(self.grid in parts))
            line.setContentsMargins(0, 0, 0, 0) if self.grid in parts else line.setContentsMargins(12, 0, 4, 0)
            for part in parts:
                line.addWidget(part)
            if self.grid not in parts:
                line.insertStretch(1, 1)
        self._said.setContentsMargins(12, 4, 12, 4)
        column.insertWidget(1, self._said)
        column.addStretch(0)
        for button, what in ((self._undo, self.undo), (self._older, self._read_older)):
            button.quiet()
            button.hide()
            button.clicked.connect(lambda _checked=False, what=what: what())
        self.grid.turned.connect(self._offer)
        self.grid.more_wanted.connect(self._read_older)
        self.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.grid.customContextMenuRequested.connect(self._open_menu)

    def show_history(self, subjects: Sequence[Subject]) -> None:
        """Show what was done to these records, in a moment; none for one that is new."""
        if list(subjects) != list(self._subjects):
            self._subjects, self._before = tuple(subjects), None
            self.grid.show_entries([])
            self._older.hide()
            self._say("" if subjects else _(NOT_SAVED))
        if subjects:
            self._soon.start()

    def reload(self) -> None:
        """Read it anew, as far as it is shown."""
        self._soon.stop()
        if self._subjects:
            shown = sum(1 for row in self.grid.lines.rows if row.entry is not None)
            self._read(None, max(shown, history.PAGE))

    def _read(self, before: int | None, limit: int) -> None:
        self._asked += 1
        self._reading = True
        asked, subjects, by = self._asked, self._subjects, self._session.by
        self._session.work(
            lambda _progress: history.of(subjects, by, before=before, limit=limit), label=_("Reading the history"),
            done=lambda page: self._show(asked, page, older=before is not None),
            failed=lambda error: self._fail(asked, error), progress=False,
        )  # fmt: skip

    def _show(self, asked: int, page: Page, *, older: bool) -> None:
        if asked != self._asked:
            return
        self._reading, self._before = False, page.before
        self.grid.show_entries(list(page.entries), older=older)
        self._older.setVisible(page.before is not None)
        self._say("" if self.grid.lines.rows else _(NOTHING))
        self.filled.emit()

    def _fail(self, asked: int, error: CRMError) -> None:
        if asked == self._asked:
            self._reading = False
            self._say(error.message)

    def _read_older(self) -> None:
        if self._before is not None and not self._reading:
            self._read(self._before, history.PAGE)

    def _say(self, sentence: str) -> None:
        self._said.say(sentence)
        self.grid.setVisible(not sentence)
        self._offer()

    def _heard(self, done: Done) -> None:
        if self.isVisible() and any(done.touches(each._meta.table_name, key) for each, key in self._subjects):
            self._soon.start()

    # ---------------------------------------------------------------- undo

    def _offer(self) -> None:
        entry = self.grid.entry()
        self._undo.setVisible(entry is not None and not self.grid.isHidden())
        if entry is None:
            return
        self._undo.setText(verb(entry))
        self._undo.setAccessibleName(verb(entry))
        offer(self._undo, "" if entry.takes is not None else why_not(entry))

    def undo(self) -> None:
        """Take back the step the cursor is on, or do again what was taken back."""
        entry = self.grid.entry()
        if entry is not None:
            take_back(entry, self._session)

    def _open_menu(self, at: QPoint) -> None:
        entry = self.grid.entry()
        if entry is None:
            return
        menu = Menu(self)
        menu.setObjectName("history.menu")
        undo = menu.addAction(icon("undo", menu), verb(entry), self.undo)
        undo.setEnabled(entry.takes is not None)
        menu.addAction(icon("copy", menu), _("Copy"), self.grid.copy)
        menu.popup(self.grid.viewport().mapToGlobal(at))


def take_back(entry: history.Entry, session: Session) -> None:
    """Take back what an entry tells of, or do again what was taken back, where that can be."""
    if entry.takes is None:
        return
    number = session.attempt(partial(history.reversible, entry.takes, session.by))
    if number is not None:
        session.reverse_unit(number, again=goes_again(entry))


def goes_again(entry: history.Entry) -> bool:
    """Whether reversing it does something again that was taken back."""
    return entry.undone or entry.undoes


def verb(entry: history.Entry) -> str:
    """What can be done about an entry."""
    return _("Do it again") if goes_again(entry) else _("Undo this")


def why_not(entry: history.Entry) -> str:
    """Why nothing can be done about it."""
    return _("That was undone and done again; see above.") if entry.undoes else _("That was done too long ago.")
