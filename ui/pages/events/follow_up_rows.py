"""The follow-ups behind a number, the most urgent first; Enter opens one (VS-20)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.services.events import status_rows
from channergy_crm.services.events.status_rows import SHOWN
from channergy_crm.services.events.which import LATE
from ui.history.sheet import Column, Line
from ui.look.wording import shown
from ui.pages.counting import rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.chosen import Chosen
    from channergy_crm.services.events.status_rows import Row
    from channergy_crm.services.events.which import Asked
    from ui.session.session import Session

STANDS = 1
"""the column that says how one stands"""


class Rows(rows.Rows):
    """Of follow-ups."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        columns = [
            Column(_("Action"), 160, True, shares=1), Column(_("Status"), 84), Column(_("Due"), 104),
            Column(_("Operator"), 104), Column(_("Customer"), 110, shares=2), Column(_("Event"), 140, shares=1),
        ]  # fmt: skip
        super().__init__("follow_ups", _("All follow-ups"), columns, session, parent)

    def read(self, asked: Asked, chosen: Chosen, by: str, *, after: int) -> tuple[Sequence[Row], bool]:
        """Some of them, and whether there are more."""
        found = status_rows.read(asked, chosen, by, after=after)
        return found, len(found) == SHOWN

    def line(self, row: Row) -> Line:
        """A follow-up as it is shown."""
        words = words_of(row)
        ink = (STANDS, "overdue") if row.state == LATE else (-1, "")
        return Line(words, row, " · ".join(part for part in words if part), ink=ink)

    def opens(self, row: Row) -> tuple[str, object] | None:
        """Its task; what it is about while it waits."""
        return row.opens()


def words_of(row: Row) -> tuple[str, ...]:
    """What stands in the columns of a row."""
    due = shown(None, row.due) if row.due else ""
    return row.action, status_rows.stands(row), due, row.owner, row.customer, row.event
