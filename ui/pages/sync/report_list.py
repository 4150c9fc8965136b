"""The report of clients with how each stands with Viper: filtered, printed, exported (VP-6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.records import BY_TABLE, Account
from channergy_crm.services import audit
from channergy_crm.sync import report
from channergy_crm.sync.chips import Standing
from channergy_crm.sync.report import Asked
from ui.editors.base import LineEditor
from ui.editors.choices import ChoiceEditor
from ui.history.sheet import Column, Line
from ui.look import theme
from ui.look.wording import in_full, shown
from ui.pages.sync.listed import Listed
from ui.paper import printing
from ui.paper.list_pages import Column as OnPaper
from ui.paper.list_pages import Heading, Table, laid_out
from ui.paper.written import by_whom, office_name, on_paper
from ui.session import files
from ui.widgets.dialog import named
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from channergy_crm.sync.report import Client
    from ui.paper.printing import Draft
    from ui.paper.sheet import Paper
    from ui.session.background import Progress
    from ui.session.session import Session

MOST_ON_PAPER, SOON_MS = 10_000, 300
RIGHT, SYNCED = 1, 4
"""the columns of the number, and of when it was synced last"""


class ReportList(Listed):
    """Accounts and contacts, by name; reports of programs are Viper's own."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        widths = (90, 110, 220, 290, 140, 200, 100)
        columns = [Column(title, width, place == 2, place == RIGHT)
                   for place, (title, width) in enumerate(zip(report.titles(), widths, strict=True))]  # fmt: skip
        super().__init__("report", _("Report"), columns, session, parent)
        self._soon = later(self, self.reload, SOON_MS)
        self.words = named(LineEditor(self), "sync.words", _("Find clients"))
        self.words.setPlaceholderText(_("Find clients"))
        kinds = [("", _("All clients")), *((table, BY_TABLE[table].plural) for table in report.CLIENTS)]
        self._kind = named(ChoiceEditor(kinds, self, allow_empty=False), "sync.kind", _("Records"))
        states = [("", _("Any state")), *((each.value, _(each.value)) for each in Standing)]
        self._state = named(ChoiceEditor(states, self, allow_empty=False), "sync.state", _("How it stands"))
        for part, wide in ((self.words, 170), (self._kind, 130), (self._state, 180)):
            part.setFixedWidth(theme.px(wide, self))
            part.set_value("")
            self.tools.addWidget(part)
            part.changed.connect(self._soon.start)
        self.verb("export", _("Export…"), "export", self.export)
        self.verb("print", _("Print…"), "print", self.print_)
        self.verb("pdf", _("Save as PDF…"), "save", self.save_pdf)

    def asked(self) -> Asked:
        """Which clients are wanted."""
        return Asked(str(self._kind.value() or ""), str(self._state.value() or ""), str(self.words.value() or ""))

    def read(self, start: int, count: int, by: str) -> Sequence[Client]:
        """Some of them, by name."""
        return report.read(self.asked(), by, start, count)

    def line(self, item: Client) -> Line:
        """A row in words."""
        words = list(report.cells(item))
        if item.synced is not None:
            words[SYNCED] = shown(None, item.synced)
        tip = [*words[:SYNCED], in_full(None, item.synced) if item.synced else "", *words[SYNCED + 1 :]]
        return Line(tuple(words), item, "\n".join(part for part in tip if part))

    def nothing(self) -> str:
        """Why there are no rows."""
        if self.asked() == Asked():
            return _("There are no clients yet. Accounts and contacts are listed here with how they stand with Viper.")
        return _("No client fits these filters. Take one away.")

    # ---------------------------------------------------------------- out

    def export(self) -> None:
        """Into a CSV file or a workbook."""
        path = files.where_to(self.session, self, _("Export"), _(report.TITLE), files.SHEETS, ending=".xlsx")
        if path is not None:
            self.write(path)

    def write(self, path: Path) -> None:
        """Write the file beside the window."""
        asked, by = self.asked(), self.session.by
        files.write_out(self.session, path,
                        lambda progress: report.export(asked, path, by, progress=progress.step))  # fmt: skip

    def print_(self) -> None:
        """Onto paper; the pages are shown first."""
        printing.preview(self.draft(), self.session)

    def save_pdf(self) -> None:
        """The same into a PDF."""
        printing.save(self.draft(), self.session)

    def draft(self) -> Draft:
        """What is printed: all that the filters find, up to what anybody would read on paper."""
        asked, by, title = self.asked(), self.session.by, _(report.TITLE)
        chosen = (self._kind.currentText(), self._state.currentText(), asked.words)
        about = " · ".join(part for part in chosen if part)
        heading = Heading(office_name(self.session), title, about, by_whom(self.session))

        def lay_out(progress: Progress) -> Paper:
            columns = [OnPaper(each, place == RIGHT, place == SYNCED) for place, each in enumerate(report.titles())]
            rows = [_on_paper(each) for each in report.read(asked, by, 0, MOST_ON_PAPER)]
            return laid_out(Table(heading, columns, rows), progress.step)

        return printing.Draft(title, lay_out, False, self, audit.Taken(Account, "found", 1, about))


def _on_paper(one: Client) -> tuple[str, ...]:
    """A line with the moment as paper says it; a file, which other programs read, keeps it as they write it."""
    words = report.cells(one)
    return (*words[:SYNCED], on_paper(None, one.synced), *words[SYNCED + 1 :])
