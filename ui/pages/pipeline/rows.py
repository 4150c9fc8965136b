"""The deals behind what was chosen, by the day they close; Enter opens one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.services import pipeline_rows
from channergy_crm.services.pipeline_rows import SHOWN, Chosen
from ui.charts.panel import Panel
from ui.history.sheet import Column, Line, Sheet
from ui.look.icons import icon
from ui.look.wording import shown, whole_money
from ui.widgets.controls import Button
from ui.widgets.dialog import named, offer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.pipeline_deals import Asked
    from channergy_crm.services.pipeline_rows import Row
    from ui.session.session import Session


class Rows(Panel):
    """The fourth place of the page: a head that says what was chosen, and a table that is read as one scrolls."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("pipeline.rows", _("All deals"), parent)
        self._session = session
        self._wanted: tuple[Asked, Chosen] | None = None
        self._asked_times, self._reading = 0, False
        columns = [
            Column(_("Name"), 160, True), Column(_("Stage"), 110), Column(_("Closes"), 92),
            Column(_("Amount"), 92, right=True), Column(_("Customer"), 150), Column(_("Operator"), 80),
        ]  # fmt: skip
        self.grid = Sheet("pipeline.grid", _("What was chosen"), columns, self)
        self._open = named(Button(_("Open"), self), "pipeline.open", _("Open"))
        self._open.quiet()
        self._open.setIcon(icon("goto", self._open))
        self.head.addWidget(self._open)
        self.column.addWidget(self.grid, 1)
        self.grid.opened.connect(self.open_row)
        self.grid.turned.connect(self._offer)
        self.grid.more_wanted.connect(self._read_on)
        self._open.clicked.connect(lambda: self.open_row())
        self._offer()

    def show_rows(self, asked: Asked, chosen: Chosen, title: str, about: str) -> None:
        """Read the rows of this beside the window."""
        self._wanted = asked, chosen
        self.title.setText(title)
        self.about.setText(about)
        self._read(after=0)

    def _read(self, after: int) -> None:
        if self._wanted is None:
            return
        self._asked_times += 1
        self._reading = True
        times, (asked, chosen), by = self._asked_times, self._wanted, self._session.by

        def show(rows: Sequence[Row]) -> None:
            if times == self._asked_times:
                self._reading = len(rows) < SHOWN  # the end has come: nothing more is read
                self.grid.show_lines([_line(row) for row in rows], more=after > 0)

        self._session.work(lambda _progress: pipeline_rows.read(asked, chosen, by, after=after),
                           label=_("Reading the rows"), done=show, progress=False)  # fmt: skip

    def _read_on(self) -> None:
        if not self._reading and self.grid.rows.lines:
            self._read(after=len(self.grid.rows.lines))

    def _offer(self) -> None:
        offer(self._open, "" if self.grid.about() is not None else _("There is no record to open."))

    def open_row(self) -> None:
        """Go to the deal of the row."""
        row: Row | None = self.grid.about()
        if row is not None:
            self._session.go_to("opportunity", row.number)


def _line(row: Row) -> Line:
    words = words_of(row)
    return Line(words, row, " · ".join(part for part in (*words, row.reason) if part))


def words_of(row: Row) -> tuple[str, ...]:
    """What stands in the columns of a row."""
    amount = "" if row.amount is None else whole_money(row.amount)
    return row.name, row.stage, shown(None, row.day), amount, row.customer, row.owner
