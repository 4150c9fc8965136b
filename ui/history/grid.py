"""The list of a history: what was done, the newest first, under the days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _
from ui.history.lines import Lines
from ui.history.painter import EntryPainter
from ui.widgets.entries_view import EntriesView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.history import Entry

NAME = "history.grid"
"""what it is called while it is seen; there may be one on each page"""


class HistoryGrid(EntriesView):
    """What was done, the newest first; steps are taken back from here."""

    def __init__(self, hidden_name: str, parent: QWidget) -> None:
        lines = Lines()
        super().__init__(lines, (hidden_name, NAME), _("History"), parent)
        self.lines = lines
        lines.setParent(self)
        painter = EntryPainter(self)
        self.paint_with(painter, painter.renew)

    def show_entries(self, entries: list[Entry], *, older: bool = False) -> None:
        """Show these, or put them below what is there; the cursor stays on its entry."""
        unit = held.unit if (held := self.entry()) is not None else None
        if older:
            self.lines.add(entries)
        else:
            self.lines.show(entries)
        self.stand_on_row(self.lines.row_of(unit))
        self.fit()
        self.turned.emit()

    def entry(self) -> Entry | None:
        """The entry the cursor stands on."""
        held: Entry | None = self.current_entry()
        return held
