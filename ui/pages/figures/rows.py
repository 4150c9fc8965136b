"""The rows of what was chosen: calls or leads, the newest first; Enter opens the lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.services import figure_rows
from channergy_crm.services.figure_rows import SHOWN
from ui.history.sheet import Column, Line
from ui.look.wording import in_full, shown
from ui.pages.counting import rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.chosen import Chosen
    from channergy_crm.services.figure_rows import Row
    from channergy_crm.services.figures import Asked
    from ui.session.session import Session


class Rows(rows.Rows):
    """Of calls, and of leads that came in."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        columns = [
            Column(_("When"), 140),
            Column(_("Who"), 140, True),
            Column(_("Result"), 150),
            Column(_("Operator"), 90),
        ]
        super().__init__("figures", _("All calls"), columns, session, parent)

    def read(self, asked: Asked, chosen: Chosen, by: str, *, after: int) -> tuple[Sequence[Row], bool]:
        """Some of them, and whether there are more."""
        found = figure_rows.read(asked, chosen, by, after=after)
        return found, len(found) == SHOWN

    def line(self, row: Row) -> Line:
        """A call as it is shown."""
        tip = f"{in_full(None, row.when)} · {row.who} · {row.result} · {row.operator}"
        return Line((shown(None, row.when), row.who, row.result, row.operator), row, tip)

    def opens(self, row: Row) -> tuple[str, object] | None:
        """Its lead or account."""
        return row.opens
