"""The deals behind what was chosen, by the day they close; Enter opens one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.services import pipeline_rows
from channergy_crm.services.pipeline_rows import SHOWN
from ui.history.sheet import Column, Line
from ui.look.wording import shown, whole_money
from ui.pages.counting import rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.chosen import Chosen
    from channergy_crm.services.pipeline_deals import Asked
    from channergy_crm.services.pipeline_rows import Row
    from ui.session.session import Session


class Rows(rows.Rows):
    """Of deals."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        columns = [
            Column(_("Name"), 160, True), Column(_("Stage"), 110), Column(_("Closes"), 92),
            Column(_("Amount"), 92, right=True), Column(_("Customer"), 150), Column(_("Operator"), 80),
        ]  # fmt: skip
        super().__init__("pipeline", _("All deals"), columns, session, parent)

    def read(self, asked: Asked, chosen: Chosen, by: str, *, after: int) -> tuple[Sequence[Row], bool]:
        """Some of them, and whether there are more."""
        found = pipeline_rows.read(asked, chosen, by, after=after)
        return found, len(found) == SHOWN

    def line(self, row: Row) -> Line:
        """A deal as it is shown."""
        words = words_of(row)
        return Line(words, row, " · ".join(part for part in (*words, row.reason) if part))

    def opens(self, row: Row) -> tuple[str, object]:
        """The deal itself."""
        return "opportunity", row.number


def words_of(row: Row) -> tuple[str, ...]:
    """What stands in the columns of a row."""
    amount = "" if row.amount is None else whole_money(row.amount)
    return row.name, row.stage, shown(None, row.day), amount, row.customer, row.owner
