"""*Print…* and *Save as PDF…*: of the list for who is in the list, of the record for who is in the record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.errors import CRMError
from channergy_crm.language import _, ngettext
from channergy_crm.services import audit
from ui.paper import list_pages, of_list, of_record, painting
from ui.session import files
from ui.session.beside import Told

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QWidget

    from ui.forms.record_panel import RecordPanel
    from ui.lists.table import RecordTable
    from ui.paper.sheet import Paper
    from ui.session.background import Progress
    from ui.session.session import Session


class Draft(NamedTuple):
    """What is to be printed: what it is called, and what lays it out beside the window. `note` puts down that it was
    done, and hands back the unit an Undo takes back. What is no record of the office is not `taken` from it.
    """

    title: str
    lay_out: Callable[[Progress], Paper]
    quick: bool
    parent: QWidget
    taken: audit.Taken | None
    note: Callable[[], int | None] | None = None


class Done(NamedTuple):
    """How many pages came out, and the unit that says so of the records."""

    pages: int
    unit: int | None = None


def list_draft(table: RecordTable, session: Session) -> Draft | None:
    """The marked rows, or all the filter finds; None when there is nothing to print, which is said."""
    try:
        what = of_list.wanted(table, session)
    except CRMError as error:
        session.notices.warn(error.message)
        return None

    def lay_out(progress: Progress) -> Paper:
        return list_pages.laid_out(of_list.table_of(session.office, what, progress.step), progress.step)

    query, which = what.query, "marked" if what.keys is not None else "found"
    taken = audit.Taken(query.record, which, what.total, query.text, query.columns)
    return Draft(what.heading.title, lay_out, what.total <= of_list.AT_ONCE, table, taken)


def record_draft(panel: RecordPanel, session: Session) -> Draft:
    """The record that is open."""
    said = of_record.told(panel, session)
    taken = audit.Taken(panel.screen_.record, "record", 1)
    return Draft(said.title, lambda _progress: of_record.laid_out(said), True, panel, taken)


def preview(draft: Draft | None, session: Session) -> None:
    """Show the pages; from there they go to a printer or into a PDF."""
    from ui.paper.preview_dialog import PRINT, SAVE, PreviewDialog

    if draft is None:
        return
    title = _("Print {what}").format(what=draft.title)
    dialog = PreviewDialog(title, draft.lay_out, session, draft.parent, quick=draft.quick)
    dialog.exec()
    paper = dialog.paper
    if paper is None:
        return
    if dialog.answer == SAVE:
        save(draft._replace(lay_out=lambda _progress: paper), session)
    elif dialog.answer == PRINT:
        print_(paper, session, draft)


def save(draft: Draft | None, session: Session) -> None:
    """Ask where to, and write a PDF beside the window."""
    if draft is None:
        return
    name, forms = file_name(draft.title), "PDF (*.pdf)"  # unsaid: a form of files
    path = files.where_to(session, draft.parent, _("Save as PDF"), name, forms, ending=".pdf")
    if path is None:
        return
    by = session.by

    def work(progress: Progress) -> Done:
        count = painting.save_pdf(draft.lay_out(progress), path, progress.step)
        if draft.taken is not None:
            audit.log_paper(draft.taken, "pdf", str(path.absolute()), by)
        return Done(count, draft.note() if draft.note is not None else None)

    def told(done: Done) -> Told:
        said = ngettext("{file} saved, {count:,} page.", "{file} saved, {count:,} pages.", done.pages)
        text = said.format(file=path.name, count=done.pages)
        return Told(text, done.unit, action=(_("Show in folder"), lambda: files.show(session, path)))

    session.work(work, label=_("Saving {file}").format(file=path.name), told=told,
                 cancelled=_("Stopped; no file was written."), at_once=draft.quick)  # fmt: skip


def file_name(title: str) -> str:
    """A title as the name of a file: no sign a disk refuses, and not too long."""
    return " ".join(re.sub(r'[\\/:*?"<>|\x00-\x1f]', " ", title).split())[:80].strip(" .") or _("List")


def print_(paper: Paper, session: Session, draft: Draft) -> None:
    """Ask for the printer, and print beside the window."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageLayout(paper.layout())
    printer.setFullPage(True)
    printer.setDocName(paper.title)
    dialog = QPrintDialog(printer, draft.parent)
    dialog.setMinMax(1, len(paper.pages))
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    if dialog.exec():
        _send(paper, printer, session, draft)


def _send(paper: Paper, printer: QPrinter, session: Session, draft: Draft) -> None:
    first, last = printer.fromPage() or 1, printer.toPage() or len(paper.pages)
    pages = range(first - 1, min(last, len(paper.pages)))
    by = session.by

    def work(progress: Progress) -> Done:
        try:
            painting.put_on(paper, printer, progress.step, pages)
        except BaseException:
            printer.abort()
            raise
        if draft.taken is not None:
            audit.log_paper(draft.taken, "paper", printer.printerName() or printer.outputFileName(), by)
        return Done(len(pages), draft.note() if draft.note is not None else None)

    def told(done: Done) -> Told:
        said = ngettext("{count:,} page sent to the printer.", "{count:,} pages sent to the printer.", done.pages)
        return Told(said.format(count=done.pages), done.unit)

    session.work(work, label=_("Printing {title}").format(title=paper.title), told=told,
                 cancelled=_("Printing stopped."))  # fmt: skip
