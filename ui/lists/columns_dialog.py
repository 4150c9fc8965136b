"""Which columns a list shows, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _
from ui.widgets.dialog import Dialog, Remark, offer
from ui.widgets.ordered_ticks import OrderedTicks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from channergy_crm.settings import Station


class ColumnsDialog(Dialog):
    """Every column with a check box, those shown first; moved by button, by Alt+Up and Alt+Down, or dragged."""

    def __init__(
        self,
        all_columns: Sequence[tuple[str, str]],
        shown: Sequence[str],
        parent: QWidget | None = None,
        station: Station | None = None,
    ) -> None:
        super().__init__("columns", _("Choose columns"), parent, station, size=(360, 460))
        self._ticks = OrderedTicks("columns", _("Columns"), self)
        self._list = self._ticks.list
        self.body.addWidget(Remark(_("Check what the list shows; drag or move it into the order you like."), self))
        self.body.addWidget(self._ticks, 1)
        self._problem = Remark("", self, ink="overdue")
        self.body.addWidget(self._problem)
        self._show = self.button("show", _("Show these"))
        self.finish_with(self._show, self.button("cancel", _("Cancel"), _("Leave the columns as they are (Esc)")))
        self._ticks.changed.connect(self._look)
        self._ticks.fill(dict(all_columns), shown)
        self._ticks.setFocus()

    def chosen(self) -> list[str]:
        """The names of the columns to show, in their order."""
        return self._ticks.chosen()

    def accept(self) -> None:
        """Show them; a list has at least one column."""
        if self.chosen():
            super().accept()

    def move_current(self, by: int) -> None:
        """Move the column the cursor is on up (-1) or down (1)."""
        self._ticks.move_current(by)

    def _look(self) -> None:
        some = bool(self.chosen())
        offer(self._show, "" if some else _("A list needs at least one column."))
        self._problem.say("" if some else _("A list needs at least one column."))
