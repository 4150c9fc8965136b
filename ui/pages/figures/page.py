"""The page of the tab Figures: what is asked for, three charts, the rows of what is chosen in one of them (BX-23)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.language import N_, _, ngettext
from channergy_crm.records import Lead, Opportunity, PhoneCall
from channergy_crm.services import figures
from ui.pages.counting.nothing import Nothing
from ui.pages.counting.page import CountingPage
from ui.pages.figures.asking import ToolRow, facts
from ui.pages.figures.charts import Charts
from ui.pages.figures.outputs import FIGURES
from ui.pages.figures.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.figures import Asked, Figures
    from ui.session.session import Session


class Counted(NamedTuple):
    """The figures, and the lists that were called."""

    figures: Figures
    lists: Sequence[str]


class FiguresPage(CountingPage):
    """Of calls; counted anew when somebody has called meanwhile."""

    title = N_("Figures")
    counting = N_("Counting calls")
    followed = frozenset(record._meta.table_name for record in (PhoneCall, Lead, Opportunity))
    output = FIGURES
    tools: ToolRow
    charts: Charts

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("figures", session, parent)

    def furnish(self, session: Session) -> None:
        """The map, what is chosen, the way to an order."""
        self.tools = ToolRow(session, self)
        self.charts = Charts(self.places)
        self.rows = Rows(session, self.places)
        self.nothing = Nothing("figures", self)
        self.nothing.way("start", _("Call from Leads"), lambda: session.go_to("leads"), "phone")

    def count(self, asked: Asked, by: str) -> Counted:
        """The figures and their lists; which these are is asked for only where one list is chosen."""
        held = figures.read(asked, by)
        names = figures.lists(asked, by) if asked.list_name else sorted(line.key for line in held.lists if line.key)
        return Counted(held, names)

    def show_facts(self, held: Counted) -> None:
        """Calls, reached, sales, talk time."""
        self.tools.offer_lists(held.lists)
        self.tools.show_facts(facts(held.figures), anything=_anything(held.figures))

    def show_charts(self, held: Counted) -> None:
        """The figures without their lists."""
        self.charts.show_figures(held.figures)

    def why_nothing(self, asked: Asked, held: Counted) -> str:
        """Nobody has called."""
        said = _("No calls in this period yet. What you note at the end of a call is counted here.")
        return "" if _anything(held.figures) else said

    def how_many(self, held: Counted) -> str:
        """How many calls."""
        count = held.figures.total.calls
        return ngettext("{count:,} call", "{count:,} calls", count).format(count=count)


def _anything(held: Figures) -> bool:
    return bool(held.total.calls or held.way.leads)
