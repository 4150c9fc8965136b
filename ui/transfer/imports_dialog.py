"""Imports that were made: who, when, which file, how many; looked through and rejected later, too (VT-111, C4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QPlainTextEdit, QVBoxLayout, QWidget

from channergy_crm.language import N_, _, closing, figures
from channergy_crm.services import imports
from ui.look.plain import as_tip
from ui.look.theme import colour
from ui.look.wording import shown
from ui.transfer.wizard.busy import Busy
from ui.transfer.wizard.result import came_list, taken_back
from ui.transfer.wizard.setup import Sheet
from ui.widgets.dialog import Dialog, Remark, offer
from ui.widgets.titled_rows import TitledRows

if TYPE_CHECKING:
    from channergy_crm.errors import CRMError
    from channergy_crm.services.imports import Run
    from ui.lists.table import RecordTable
    from ui.session.background import Progress
    from ui.session.session import Session

AnyIndex = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole
TITLES = (
    "#",
    N_("When"),
    N_("Who"),
    N_("File"),
    N_("Records"),
    N_("New"),
    N_("Updated"),
    N_("There already"),
    N_("Not taken"),
    "",
)
WIDTHS = (50, 130, 80, 200, 110, 60, 70, 95, 75)


class Runs(TitledRows):
    """The imports, the latest first."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(TITLES, view)

    def data(self, index: AnyIndex, role: int = ROLE.DisplayRole) -> Any:
        run: Run = self.rows[index.row()]
        if role in (ROLE.DisplayRole, ROLE.ToolTipRole):
            text = _texts(run)[index.column()]
            return as_tip(text) if role == ROLE.ToolTipRole else text
        if role == ROLE.TextAlignmentRole and index.column() in (0, 5, 6, 7, 8):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return colour(self._view, "muted") if role == ROLE.ForegroundRole and run.rejected else None


def _texts(run: Run) -> tuple[str, ...]:
    counts = (figures(count) for count in (run.created, run.updated, run.skipped, run.refused))
    done = shown(None, run.done)
    return (str(run.number), done, run.by, run.file, run.record.plural, *counts, _("Rejected") if run.rejected else "")


class ImportsDialog(Dialog):
    """Each import with what is left of it below; Reject takes one back and says what it kept."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("imports", _("Imports"), parent, session.station, size=(960, 640))
        self.setModal(False)
        self._session = session
        self._list: RecordTable | None = None
        self._sheet = Sheet("imports.runs", _("Imports"), self)
        self._runs = Runs(self._sheet)
        self._sheet.setModel(self._runs)
        self._sheet.setSelectionBehavior(Sheet.SelectionBehavior.SelectRows)
        for column, width in enumerate(WIDTHS):
            self._sheet.setColumnWidth(column, width)
        self._sheet.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self._said = self.named(Remark("", self), "said", _("About this import"))
        self._kept = self.named(QPlainTextEdit(self), "kept", _("What was kept"))
        self._kept.setReadOnly(True)
        self._kept.setTabChangesFocus(True)
        self._kept.setMaximumHeight(110)
        self._kept.hide()
        self._room = QVBoxLayout()
        self._busy = Busy("imports", session, self)
        self._reject = self.button("reject", _("Reject"), _("Take back everything this import did"))
        line = QHBoxLayout()
        line.addWidget(self._said, 1)
        line.addWidget(self._reject)
        self.body.addWidget(self._sheet, 2)
        self.body.addLayout(line)
        self.body.addWidget(self._kept)
        self.body.addLayout(self._room, 3)
        self.body.addWidget(self._busy)
        self.finish_with(None, self.button("close", closing(), "(Esc)"))
        self._reject.clicked.connect(self._take_back)
        self._sheet.selectionModel().currentRowChanged.connect(lambda *_: self._tell())
        self._busy.changed.connect(self._offer)
        session.closing.connect(self.close)
        self._read()

    def _read(self) -> None:
        here = max(self._sheet.currentIndex().row(), 0)
        self._runs.show_rows(self._session.attempt(lambda: imports.runs(self._session.by)) or [])
        if self._runs.rows:
            self._sheet.setCurrentIndex(self._runs.index(min(here, len(self._runs.rows) - 1), 0))
        self._tell()
        self._sheet.setFocus()

    def _current(self) -> Run | None:
        index = self._sheet.currentIndex()
        return self._runs.rows[index.row()] if index.isValid() else None

    def _tell(self) -> None:
        run = self._current()
        self._kept.hide()
        self._close_list()
        if run is None:
            self._said.say(_("Nothing has been imported yet. Import… is in the menu of every list."), "muted")
        else:
            taken = _("Import {number} was taken back; what is left of it is listed here.").format(number=run.number)
            there = _("What import {number} brought. Enter opens a record.").format(number=run.number)
            self._said.say(taken if run.rejected else there, "muted")
            self._list = came_list("imports", run.record, run.unit, self._session, self)
            self._room.addWidget(self._list)
            self._list.refresh()
        self._offer()

    def _offer(self) -> None:
        run = self._current()
        why_not = _("It was taken back already.") if run and run.rejected else ""
        if run is None:
            why_not = _("Choose an import first.")
        elif self._busy.running:
            why_not = _("Something is being done just now.")
        offer(self._reject, why_not)

    def _take_back(self) -> None:
        run, by = self._current(), self._session.by
        if run is None:
            return
        number = run.number

        def done(back: Any) -> None:
            self._read()
            self._said.say(taken_back(back), "done")
            self._kept.setPlainText("\n".join(back.kept))
            self._kept.setVisible(bool(back.kept))

        def work(progress: Progress) -> Any:
            return imports.reject(number, by, progress.step)

        stopped = lambda: self._said.say(_("Stopped; nothing was taken back."), "soon")  # noqa: E731
        self._busy.write(work, done, _("Taking back import {number}").format(number=number), self._refuse, stopped)

    def _refuse(self, error: CRMError) -> None:
        self._said.say(error.message, "overdue")

    def _close_list(self) -> None:
        if self._list is not None:
            self._list.close_list()
            self._list.deleteLater()
            self._list = None

    def reject(self) -> None:
        """Close; a rejection under way goes on until it is done."""
        if self._busy.writing:
            self._said.say(_("Wait until it is taken back, or press Stop."), "soon")
        else:
            super().reject()

    def done(self, result: int) -> None:
        """Close, and stop reading."""
        self._close_list()
        super().done(result)
        self.deleteLater()
