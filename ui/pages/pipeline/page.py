"""The page of the tab Pipeline: what is asked for, three charts, the deals of what is chosen in one of them (BX-24)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import N_, _
from channergy_crm.records import Opportunity, Process, ProcessStage, Project
from channergy_crm.records.projects import course_of
from channergy_crm.services import pipeline
from channergy_crm.services.figures import EVERYBODY
from ui.pages.counting.nothing import Nothing
from ui.pages.counting.page import CountingPage
from ui.pages.pipeline.asking import ToolRow, facts
from ui.pages.pipeline.charts import Charts
from ui.pages.pipeline.marks import deals_said, worth_said
from ui.pages.pipeline.outputs import DEALS
from ui.pages.pipeline.rows import Rows
from ui.session.within import project_name

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.pipeline import Pipeline
    from channergy_crm.services.pipeline_deals import Asked
    from ui.session.session import Session


class PipelinePage(CountingPage):
    """Of deals; counted anew when one has moved meanwhile."""

    title = N_("Pipeline")
    counting = N_("Counting deals")
    followed = frozenset(record._meta.table_name for record in (Opportunity, Process, ProcessStage, Project))
    output = DEALS
    tools: ToolRow
    charts: Charts

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("pipeline", session, parent)

    def furnish(self, session: Session) -> None:
        """The forecast, the way through the stages, what is chosen."""
        self.tools = ToolRow(session, self)
        self.charts = Charts(self.places)
        self.rows = Rows(session, self.places)
        self.nothing = Nothing("pipeline", self)
        self.nothing.way("start", _("Go to Opportunities"), lambda: session.go_to("opportunities"), "opportunity")
        everybody = _("Show everybody's deals")
        self._everybody = self.nothing.way("everybody", everybody, lambda: self.tools.show_whose(EVERYBODY))

    def count(self, asked: Asked, by: str) -> Pipeline:
        """Beside the window."""
        return pipeline.read(asked, by)

    def show_facts(self, held: Pipeline) -> None:
        """Projected, weighted, won, rotten."""
        self.tools.show_facts(facts(held), anything=bool(held.total.deals))

    def show_nothing(self, said: str, ink: str = "muted") -> None:
        """Say why, and offer everybody's deals where these may be looked at."""
        self._everybody.setVisible(self.tools.offers(EVERYBODY))
        super().show_nothing(said, ink)

    def why_nothing(self, asked: Asked, held: Pipeline) -> str:
        """Why no deal is counted."""
        if held.total.deals:
            return ""
        if asked.project and course_of(asked.project) is None:
            said = _("The project {name} is kept without CRM: its deals go through no stages, and none is counted.")
            return said.format(name=project_name(self._session))
        return _(
            "No deal closes in this period. What opportunities say of Amount, Probability % and Close Dt 1 is counted "
            "here."
        )

    def about_all(self, held: Pipeline) -> str:
        """What all of them come to."""
        return worth_said(held.total)

    def how_many(self, held: Pipeline) -> str:
        """How many deals."""
        return deals_said(held.total.deals)
