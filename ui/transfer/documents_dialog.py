"""*Documents from a file*: chosen, looked at before anything is written, taken in with Undo (VT-106, VT-137)."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from channergy_crm.language import _, closing
from channergy_crm.records import SalesDocument
from channergy_crm.records.sales_documents import KINDS, DocumentKind
from channergy_crm.services import rights
from ui.editors.choices import ChoiceEditor
from ui.session import files
from ui.session.beside import Told
from ui.widgets.dialog import Dialog, Plain, Remark, offer
from ui.widgets.fields import TextArea

if TYPE_CHECKING:
    from channergy_crm.transfer.importing.sales_documents import Taken
    from ui.session.background import Progress
    from ui.session.session import Session

KINDS_OF_FILES = "(*.csv *.tsv *.txt *.xlsx)"  # unsaid: endings
MOST = 500
"""sentences that are shown; more are alike"""


class DocumentsDialog(Dialog):
    """Which file, what its documents are, and what would become of each of its rows."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("documents_in", _("Documents from a file"), parent, session.station, size=(640, 480))
        self._session, self._path, self._times = session, Path(), 0
        said = _(
            "One row for each line, what is of the document repeated. They come in as drafts; those with a number and "
            "a state were issued elsewhere and do not change any more."
        )
        self.body.addWidget(Remark(said, self))
        row = QHBoxLayout()
        self._choose = self.button("choose", _("Choose a file…"))
        kinds = [("", _("as the file says")), *((kind.value, _(named.singular)) for kind, named in KINDS.items())]
        self.kind = self.named(ChoiceEditor(kinds, self, allow_empty=False), "kind", _("What the documents are"))
        self.kind.set_value("")
        row.addWidget(self._choose)
        row.addWidget(Plain(_("The documents are:"), self))
        row.addWidget(self.kind, 1)
        self.body.addLayout(row)
        self._said = self.named(Remark(_("No file is chosen yet."), self), "said", _("What the file holds"))
        self.body.addWidget(self._said)
        self.told = self.named(TextArea(self), "told", _("What would become of its rows"))
        self.told.setReadOnly(True)
        self.body.addWidget(self.told, 1)
        self._take = self.button("take", _("Take in"))
        self.finish_with(self._take, self.button("close", closing(), _("Change nothing (Esc)")))
        self._offer(None)
        self._choose.clicked.connect(lambda: self._ask())
        self.kind.changed.connect(self.look)
        self._choose.setFocus()

    def _ask(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        forms = _("Tables and workbooks {endings}").format(endings=KINDS_OF_FILES)
        chosen, _form = QFileDialog.getOpenFileName(self, _("Documents from a file"), "", forms)
        if chosen:
            self.show_file(Path(chosen))

    def show_file(self, path: Path) -> None:
        """Look at this one."""
        self._path = path
        self._choose.setText(path.name)
        self.look()

    def look(self) -> None:
        """Say what would become of the file; nothing is written."""
        if not self._path.name:
            return
        self._times += 1
        times = self._times
        self._offer(None)
        self._said.say(_("Reading {file}…").format(file=self._path.name))
        read = self._reading(dry_run=True)
        self._session.work(
            read, label=_("Reading {file}").format(file=self._path.name), progress=False,
            done=lambda taken: self._show(times, taken), failed=lambda error: self._fail(times, error.message),
        )  # fmt: skip

    def _reading(self, *, dry_run: bool) -> partial[Taken]:
        kind = DocumentKind(str(self.kind.value())) if self.kind.value() else None
        return partial(_taken, self._path, self._session.by, kind, dry_run)

    def _show(self, times: int, taken: Taken) -> None:
        if times != self._times:
            return
        head, *rest = taken.sentences()
        self._said.say(head, "text")
        more = _("… and {count:,} more.").format(count=len(rest) - MOST)
        self.told.setPlainText("\n".join([*rest[:MOST], *([more] if len(rest) > MOST else [])]))
        self._offer(taken)

    def _fail(self, times: int, message: str) -> None:
        if times == self._times:
            self._said.say(message, "overdue")
            self.told.clear()

    def _offer(self, taken: Taken | None) -> None:
        nothing = _("There is no document to take in yet.")
        offer(self._take, "" if taken is not None and taken.documents else nothing)

    def accept(self) -> None:
        """Take them in beside the window; Undo takes back what is not issued."""
        self._session.work(
            self._reading(dry_run=False), label=_("Taking in documents"), told=_told,
            cancelled=_("Stopped; nothing was taken in."),
        )  # fmt: skip
        super().accept()


def _taken(path: Path, by: str, kind: DocumentKind | None, dry_run: bool, progress: Progress) -> Taken:
    from channergy_crm.transfer.importing.sales_documents import take_in

    return take_in(path, by, progress.step, kind=kind, dry_run=dry_run)


def _told(taken: Taken) -> Told:
    return Told(taken.sentences()[0], taken.unit or None)


def begin(session: Session, window: QWidget) -> None:
    """Ask for the file."""
    if reason := rights.may(session.by, "import", SalesDocument):
        session.notices.warn(reason)
        return
    DocumentsDialog(session, window).exec()


def export(session: Session, window: QWidget) -> None:
    """All documents that may be seen, with their lines and payments, into a file."""
    if reason := rights.may(session.by, "export", SalesDocument):
        session.notices.warn(reason)
        return
    path = files.where_to(session, window, _("Export documents"), _("Documents"), files.SHEETS, ending=".xlsx")
    if path is not None:
        by = session.by
        files.write_out(session, path, lambda progress: _written(path, by, progress))


def _written(path: Path, by: str, progress: Progress) -> int:
    from channergy_crm.transfer.exporting.sales_documents import export_documents

    return export_documents(path, by, progress=progress.step)
