"""The rows behind what was chosen in a chart; Enter opens one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm.language import _
from ui.charts.panel import Panel
from ui.history.sheet import Line, Sheet
from ui.look.icons import icon
from ui.widgets.controls import Button
from ui.widgets.dialog import named, offer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from ui.history.sheet import Column
    from ui.session.session import Session


class Rows(Panel):
    """The last place of the page: a head that says what was chosen, and a table that is read as one scrolls."""

    def __init__(self, word: str, title: str, columns: Sequence[Column], session: Session, parent: QWidget) -> None:
        super().__init__(f"{word}.rows", title, parent)
        self._session = session
        self._wanted: tuple[Any, Any] | None = None
        self._asked_times, self._reading = 0, False
        self.grid = Sheet(f"{word}.grid", _("What was chosen"), list(columns), self)
        self._open = named(Button(_("Open"), self), f"{word}.open", _("Open"))
        self._open.quiet()
        self._open.setIcon(icon("goto", self._open))
        self.head.addWidget(self._open)
        self.column.addWidget(self.grid, 1)
        self.grid.opened.connect(self.open_row)
        self.grid.turned.connect(self._offer)
        self.grid.more_wanted.connect(self._read_on)
        self._open.clicked.connect(lambda: self.open_row())
        self._offer()

    # ---------------------------------------------------------------- what a page says of its rows

    def read(self, asked: Any, chosen: Any, by: str, *, after: int) -> tuple[Sequence[Any], bool]:
        """The rows after so many, and whether there are more. It runs beside the window."""
        raise NotImplementedError

    def line(self, row: Any) -> Line:
        """A row as it is shown."""
        raise NotImplementedError

    def opens(self, row: Any) -> tuple[str, object] | None:
        """Where a row leads to; None where that may not be seen."""
        raise NotImplementedError

    # ---------------------------------------------------------------- reading and opening

    def show_rows(self, asked: Any, chosen: Any, title: str, about: str) -> None:
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

        def show(found: tuple[Sequence[Any], bool]) -> None:
            if times == self._asked_times:
                rows, more = found
                self._reading = not more  # the end has come: nothing more is read
                self.grid.show_lines([self.line(row) for row in rows], more=after > 0)

        self._session.work(lambda _progress: self.read(asked, chosen, by, after=after),
                           label=_("Reading the rows"), done=show, progress=False)  # fmt: skip

    def _read_on(self) -> None:
        if not self._reading and self.grid.rows.lines:
            self._read(after=len(self.grid.rows.lines))

    def _place(self) -> tuple[str, object] | None:
        row = self.grid.about()
        return None if row is None else self.opens(row)

    def _offer(self) -> None:
        offer(self._open, "" if self._place() is not None else _("There is no record to open."))

    def open_row(self) -> None:
        """Go to the record of the row."""
        if place := self._place():
            self._session.go_to(*place)
