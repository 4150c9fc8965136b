"""Figures of deals on their way out: into a file, or onto paper (BX-24)."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from channergy_crm import clock
from channergy_crm.language import _, ngettext
from channergy_crm.records import Opportunity
from channergy_crm.services import audit, pipeline, pipeline_rows, pipeline_tables
from ui.look.wording import whole_money
from ui.pages.pipeline.rows import words_of
from ui.paper import printing
from ui.paper.list_pages import Column, Heading, Table, laid_out
from ui.paper.written import by_whom, office_name
from ui.session.beside import Told
from ui.transfer import exports

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.pipeline_deals import Asked
    from channergy_crm.services.pipeline_rows import Chosen
    from ui.paper.list_pages import Drawing
    from ui.paper.printing import Draft
    from ui.paper.sheet import Paper
    from ui.session.background import Progress
    from ui.session.session import Session

MOST_ON_PAPER = 1_000


def ask(asked: Asked, chosen: Chosen | None, session: Session, parent: QWidget) -> None:
    """Where to; then the file is written beside the window."""
    from PySide6.QtWidgets import QFileDialog

    folder = Path(session.station.recall(printing.FOLDER, str(Path.home())))
    title = _("Pipeline") if chosen is None else _("Deals")
    begun = folder / f"{title} {clock.today():%Y-%m-%d}.xlsx"  # unsaid: a file
    forms = "Excel (*.xlsx);;CSV (*.csv)"  # unsaid: forms of files
    path, _form = QFileDialog.getSaveFileName(parent, _("Export"), str(begun), forms)
    if path:
        session.station.remember(printing.FOLDER, str(Path(path).parent))
        write(asked, chosen, Path(path), session)


def write(asked: Asked, chosen: Chosen | None, path: Path, session: Session) -> None:
    """Write the file beside the window."""
    from channergy_crm.transfer.exporting.pipeline import export_pipeline

    by = session.by
    session.work(
        lambda progress: export_pipeline(asked, chosen, path, by, progress=progress.step),
        label=_("Exporting {file}").format(file=path.name), told=partial(_exported, path, session),
        cancelled=_("Export cancelled; nothing was written."),
    )  # fmt: skip


def _exported(path: Path, session: Session, count: int) -> Told:
    said = ngettext("{count:,} line exported to {file}.", "{count:,} lines exported to {file}.", count)
    action = (_("Show in folder"), lambda: exports.show(session, path))
    return Told(said.format(count=count, file=path.name), action=action)


def draft(
    asked: Asked, chosen: Chosen | None, about: str, session: Session, parent: QWidget, drawn: Sequence[Drawing] = ()
) -> Draft:
    """The figures for paper, charts first and then as a table; or the deals behind what was chosen."""
    title = _("Pipeline") if chosen is None else _("Deals")
    heading = Heading(office_name(session), title, about, by_whom(session))
    by = session.by

    def lay_out(progress: Progress) -> Paper:
        table = (
            _figures(heading, asked, by)._replace(drawings=drawn)
            if chosen is None
            else _rows(heading, asked, chosen, by)
        )
        return laid_out(table, progress.step)

    return printing.Draft(title, lay_out, False, parent, audit.Taken(Opportunity, "found", 1, about))


def _figures(heading: Heading, asked: Asked, by: str) -> Table:
    columns = [Column(title, right=place > 1) for place, title in enumerate(pipeline_tables.titles())]
    rows = pipeline_tables.rows(pipeline.read(asked, by))
    return Table(heading, columns, [tuple(_cell(place, value) for place, value in enumerate(row)) for row in rows])


def _rows(heading: Heading, asked: Asked, chosen: Chosen, by: str) -> Table:
    columns = [Column(_("Name")), Column(_("Stage")), Column(_("Closes"), whole=True), Column(_("Amount"), right=True),
               Column(_("Customer")), Column(_("Operator"))]  # fmt: skip
    rows = pipeline_rows.read(asked, chosen, by, limit=MOST_ON_PAPER)
    return Table(heading, columns, [words_of(row) for row in rows])


def _cell(place: int, value: str | int | None) -> str:
    if not isinstance(value, int):
        return value or ""
    return whole_money(value) if place in pipeline_tables.MONEY else f"{value:,}"
