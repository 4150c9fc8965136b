"""Figures on their way out: into a file, or onto paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm.language import _
from channergy_crm.services import audit
from ui.paper import printing
from ui.paper.list_pages import Heading, Table, laid_out
from ui.paper.written import by_whom, office_name
from ui.session import files

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.chosen import Chosen
    from channergy_crm.work.record import Record
    from ui.paper.list_pages import Column, Drawing
    from ui.paper.printing import Draft
    from ui.paper.sheet import Paper
    from ui.session.background import Progress
    from ui.session.session import Session

MOST_ON_PAPER = 1_000
"""rows behind what was chosen"""
Lines = tuple["Sequence[Column]", "Sequence[tuple[str, ...]]"]


class Output(NamedTuple):
    """What goes out of a page that counts: its figures as one table, or the rows of what was chosen in a chart."""

    record: type[Record]
    titles: tuple[str, str]
    """of the figures, and of the rows; in words that are not translated yet"""
    export: Callable[[Any, Chosen | None, Path, str, Progress], int]
    figures: Callable[[Any, str], Lines]
    rows: Callable[[Any, Chosen, str], Lines]
    drawings: Callable[[Any], Sequence[Drawing]]
    """the charts for paper"""

    def title(self, chosen: Chosen | None) -> str:
        """What a file or a paper is called."""
        figures, rows = self.titles
        return _(figures) if chosen is None else _(rows)

    def ask(self, asked: Any, chosen: Chosen | None, session: Session, parent: QWidget) -> None:
        """Where to; then the file is written beside the window."""
        path = files.where_to(session, parent, _("Export"), self.title(chosen), files.SHEETS, ending=".xlsx")
        if path is not None:
            self.write(asked, chosen, path, session)

    def write(self, asked: Any, chosen: Chosen | None, path: Path, session: Session) -> None:
        """Write the file beside the window."""
        by = session.by
        files.write_out(session, path, lambda progress: self.export(asked, chosen, path, by, progress))

    def draft(
        self, asked: Any, chosen: Chosen | None, about: str, session: Session, parent: QWidget,
        drawn: Sequence[Drawing] = (),
    ) -> Draft:  # fmt: skip
        """The figures for paper, charts first and then as a table; or the rows of what was chosen."""
        heading, by = Heading(office_name(session), self.title(chosen), about, by_whom(session)), session.by

        def lay_out(progress: Progress) -> Paper:
            columns, rows = self.figures(asked, by) if chosen is None else self.rows(asked, chosen, by)
            return laid_out(Table(heading, columns, rows, drawn if chosen is None else ()), progress.step)

        return printing.Draft(heading.title, lay_out, False, parent, audit.Taken(self.record, "found", 1, about))
