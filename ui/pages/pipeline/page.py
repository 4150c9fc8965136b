"""The page of the tab Pipeline: what is asked for, three charts, the deals of what is chosen in one of them (BX-24)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from channergy_crm.language import _
from channergy_crm.records import Opportunity, Process, ProcessStage, Project
from channergy_crm.services import pipeline
from channergy_crm.services.pipeline_rows import Chosen
from ui.charts.places import Places
from ui.pages.page import PlainPage
from ui.pages.pipeline import outputs
from ui.pages.pipeline.asking import ToolRow
from ui.pages.pipeline.charts import Charts
from ui.pages.pipeline.marks import deals_said, worth_said
from ui.pages.pipeline.nothing import Nothing
from ui.pages.pipeline.rows import Rows
from ui.session.allowed import concerns_rights
from ui.widgets.controls import ScrollBar
from ui.widgets.dialog import named, scrolling
from ui.widgets.timers import later

if TYPE_CHECKING:
    from channergy_crm.errors import CRMError
    from channergy_crm.services.pipeline import Pipeline
    from channergy_crm.services.pipeline_deals import Asked
    from channergy_crm.work import Done
    from ui.session.session import Session

FOLLOWED = {record._meta.table_name for record in (Opportunity, Process, ProcessStage, Project)}
SOON_MS = 400


class PipelinePage(PlainPage):
    """Counted beside the window, and anew when a deal has moved meanwhile."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._asked_times = session, 0
        self._held: Pipeline | None = None
        self._chosen = Chosen()
        named(self, "pipeline.page", _("Pipeline"))
        self.tools = ToolRow(session, self)
        self._stack = QStackedWidget(self)
        self._places = Places(self)
        self.charts = Charts(self._places)
        self.rows = Rows(session, self._places)
        self._places.hold([*self.charts.panels(), self.rows])
        area = scrolling(self._places)
        area.setVerticalScrollBar(ScrollBar(Qt.Orientation.Vertical, area))
        self._empty = Nothing(session, self.tools, self)
        self._stack.addWidget(area)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tools)
        column.addWidget(self._stack, 1)
        self._soon = later(self, self.reload, SOON_MS)
        self._connect()

    def _connect(self) -> None:
        self.tools.changed.connect(self.reload)
        self.tools.exported.connect(lambda: self.export())
        self.tools.printed.connect(lambda: self.print_())
        self.charts.chosen.connect(self.choose)
        self._session.done.connect(self._heard)

    # ---------------------------------------------------------------- what the window asks of a page

    def activate(self) -> None:
        """Somebody looks at this page, maybe another operator, or at another project."""
        self.tools.offer_people()
        self.reload()

    def take_focus(self) -> None:
        """The keys go to the forecast, or to the period while there is none."""
        (self.charts.months if self._stack.currentIndex() == 0 else self.tools.period).setFocus()

    def show_target(self, what: str, key: object) -> None:
        """Come here from another page."""
        self.reload()

    def standing(self) -> str:
        """The period, whose, how many deals."""
        if self._held is None:
            return _("Pipeline")
        deals = deals_said(self._held.total.deals)
        return _("Pipeline · {what} · {deals}").format(what=self.tools.said(), deals=deals)

    # ---------------------------------------------------------------- counting

    def reload(self) -> None:
        """Count what is asked for, beside the window."""
        problem = self.tools.problem()
        if problem:
            self._show_nothing(problem, "overdue")
            return
        self._asked_times += 1
        times, asked, by = self._asked_times, self.tools.asked(), self._session.by
        self._session.work(
            lambda _progress: pipeline.read(asked, by), label=_("Counting deals"),
            done=lambda found: self._show(times, asked, found), failed=lambda error: self._fail(times, error),
        )  # fmt: skip

    def _show(self, times: int, asked: Asked, held: Pipeline) -> None:
        if times != self._asked_times:
            return
        self._held = held
        self.tools.show_facts(held)
        if not held.total.deals:
            self._show_nothing(self._empty.why(asked))
        else:
            self._stack.setCurrentIndex(0)
            self.charts.show_figures(held)
            self._show_rows(asked)
        window: Any = self.window()
        if hasattr(window, "tell_status") and self.isVisible():
            window.tell_status()

    def _fail(self, times: int, error: CRMError) -> None:
        if times == self._asked_times:
            self._show_nothing(error.message, "overdue")

    def _show_nothing(self, said: str, ink: str = "muted") -> None:
        self._empty.say(said, ink)
        self._stack.setCurrentIndex(1)

    def _heard(self, done: Done) -> None:
        if self.isVisible() and (done.tables & FOLLOWED or concerns_rights(done)):
            self._soon.start()

    # ---------------------------------------------------------------- what is chosen

    def choose(self, chosen: Chosen) -> None:
        """Show the deals behind a bar; the same once more shows all of them again."""
        self._chosen = Chosen() if chosen == self._chosen else chosen
        self._show_rows(self.tools.asked())

    def _show_rows(self, asked: Asked) -> None:
        mark = self.charts.mark_of(self._chosen)
        if mark is None:
            self._chosen = Chosen()
        self.charts.choose(self._chosen)
        about = mark.said.partition(", ")[2] if mark is not None else worth_said(self._held.total) if self._held else ""
        self.rows.show_rows(asked, self._chosen, self.charts.title_of(self._chosen), about)

    # ---------------------------------------------------------------- out

    def export(self) -> None:
        """The figures, or the deals behind what is chosen, into a file."""
        outputs.ask(self.tools.asked(), self._taken(), self._session, self)

    def print_(self) -> None:
        """The same onto paper."""
        from ui.pages.pipeline.drawn import drawings
        from ui.paper import printing

        about, held, taken = self.tools.said(), self.charts.held, self._taken()
        if taken is not None:
            about = f"{about} · {self.charts.title_of(taken)}"
        drawn = drawings(held) if held is not None and taken is None else []
        printing.preview(outputs.draft(self.tools.asked(), taken, about, self._session, self, drawn), self._session)

    def _taken(self) -> Chosen | None:
        """The rows, where something is chosen; otherwise the figures."""
        return self._chosen if self._chosen.part else None
