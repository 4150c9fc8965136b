"""*Status* of CRM Management: how the follow-ups of the events stand (VS-12, VS-13, VS-20)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import N_, _
from channergy_crm.records import Task
from channergy_crm.records.events import Event, FollowUp
from channergy_crm.services.events import status
from channergy_crm.services.figures import EVERYBODY
from ui.pages.counting.nothing import Nothing
from ui.pages.counting.page import CountingPage
from ui.pages.events.follow_up_asking import ToolRow, facts
from ui.pages.events.follow_up_charts import Charts
from ui.pages.events.follow_up_marks import follow_ups_said
from ui.pages.events.follow_up_outputs import STATUS
from ui.pages.events.follow_up_rows import Rows

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.events.status import Standing
    from channergy_crm.services.events.which import Asked
    from ui.session.session import Session


class StatusPage(CountingPage):
    """Of the follow-ups of a period; counted anew when one was made, moved or closed meanwhile."""

    title = N_("Status")
    counting = N_("Counting follow-ups")
    followed = frozenset(record._meta.table_name for record in (Task, FollowUp, Event))
    output = STATUS
    tools: ToolRow
    charts: Charts

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("follow_ups", session, parent)

    def furnish(self, session: Session) -> None:
        """The numbers by event, the trend, the numbers by operator or group."""
        self.tools = ToolRow(session, self)
        self.charts = Charts(self.places)
        self.rows = Rows(session, self.places)
        self.nothing = Nothing("follow_ups", self)
        everybody = _("Show everybody's follow-ups")
        self._everybody = self.nothing.way("everybody", everybody, lambda: self.tools.show_whose(EVERYBODY))

    def count(self, asked: Asked, by: str) -> Standing:
        """Beside the window."""
        return status.read(asked, by)

    def show_facts(self, held: Standing) -> None:
        """Open, overdue, closed, days to close."""
        self.tools.show_facts(facts(held), anything=bool(held.total.all))

    def show_nothing(self, said: str, ink: str = "muted") -> None:
        """Say why, and offer everybody's where only some are looked at."""
        self._everybody.setVisible(self.tools.offers(EVERYBODY))
        super().show_nothing(said, ink)

    def why_nothing(self, asked: Asked, held: Standing) -> str:
        """Why no follow-up is counted."""
        if held.total.all:
            return ""
        if not held.events:
            return _("No rule is active. Activate one under Rules: what it makes is counted here.")
        return _("No follow-up is open, and none was closed in this period. What active rules make is counted here.")

    def about_all(self, held: Standing) -> str:
        """How many there are."""
        return follow_ups_said(held.total.open + held.total.closed)

    def how_many(self, held: Standing) -> str:
        """How many follow-ups."""
        return follow_ups_said(held.total.all)
