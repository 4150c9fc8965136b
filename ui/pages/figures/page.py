"""The page of the tab Figures: what is asked for, three charts, the rows of what is chosen in one of them (BX-23)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from channergy_crm.language import _, ngettext
from channergy_crm.records import Lead, Opportunity, PhoneCall
from channergy_crm.services import figures
from channergy_crm.services.figure_rows import Chosen
from ui.charts.places import Places
from ui.look.icons import icon
from ui.pages.figures import outputs
from ui.pages.figures.asking import ToolRow
from ui.pages.figures.charts import Charts
from ui.pages.figures.rows import Rows
from ui.pages.page import PlainPage
from ui.session.allowed import concerns_rights
from ui.widgets.controls import Button, ScrollBar
from ui.widgets.dialog import Remark, named, scrolling
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.errors import CRMError
    from channergy_crm.services.figures import Asked, Figures
    from channergy_crm.work import Done
    from ui.charts.chart import Mark
    from ui.session.session import Session

FOLLOWED = {record._meta.table_name for record in (PhoneCall, Lead, Opportunity)}
SOON_MS = 400


class FiguresPage(PlainPage):
    """Counted beside the window, and anew when somebody has called meanwhile."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._asked_times = session, 0
        self._held: Figures | None = None
        self._chosen = Chosen()
        named(self, "figures.page", _("Figures"))
        self._tools = ToolRow(session, self)
        self._stack = QStackedWidget(self)
        self._places = Places(self)
        self.charts = Charts(self._places)
        self.rows = Rows(session, self._places)
        self._places.hold([*self.charts.panels(), self.rows])
        area = scrolling(self._places)
        area.setVerticalScrollBar(ScrollBar(Qt.Orientation.Vertical, area))
        self._empty, self._said = self._nothing()
        self._stack.addWidget(area)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tools)
        column.addWidget(self._stack, 1)
        self._soon = later(self, self.reload, SOON_MS)
        self._connect()

    def _connect(self) -> None:
        self._tools.changed.connect(self.reload)
        self._tools.exported.connect(lambda: self.export())
        self._tools.printed.connect(lambda: self.print_())
        self.charts.chosen.connect(self.choose)
        self._session.done.connect(self._heard)

    def _nothing(self) -> tuple[QWidget, Remark]:
        """What stands here while nobody has called, and a way to begin."""
        page = QWidget(self)
        said = Remark("", page)
        said.setObjectName("figures.empty")
        said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        start = named(Button(_("Call from Leads"), page), "figures.start", _("Call from Leads"))
        start.setIcon(icon("phone", start))
        start.clicked.connect(lambda: self._session.go_to("leads"))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(start)
        row.addStretch(1)
        column = QVBoxLayout(page)
        column.addStretch(1)
        column.addWidget(said)
        column.addLayout(row)
        column.addStretch(2)
        return page, said

    # ---------------------------------------------------------------- what the window asks of a page

    def activate(self) -> None:
        """Somebody looks at this page, maybe another operator."""
        self._tools.offer_people()
        self.reload()

    def take_focus(self) -> None:
        """The keys go to the map, or to the period while there is none."""
        (self.charts.map if self._stack.currentIndex() == 0 else self._tools.period).setFocus()

    def show_target(self, what: str, key: object) -> None:
        """Come here from another page."""
        self.reload()

    def standing(self) -> str:
        """The period, whose, how many calls."""
        if self._held is None:
            return _("Figures")
        count = self._held.total.calls
        calls = ngettext("{count:,} call", "{count:,} calls", count).format(count=count)
        return _("Figures · {what} · {calls}").format(what=self._tools.said(), calls=calls)

    # ---------------------------------------------------------------- counting

    def reload(self) -> None:
        """Count what is asked for, beside the window."""
        problem = self._tools.problem()
        if problem:
            self._show_nothing(problem, "overdue")
            return
        self._asked_times += 1
        times, asked, by = self._asked_times, self._tools.asked(), self._session.by
        self._session.work(
            lambda _progress: _counted(asked, by), label=_("Counting calls"),
            done=lambda found: self._show(times, asked, *found), failed=lambda error: self._fail(times, error),
        )  # fmt: skip

    def _show(self, times: int, asked: Asked, held: Figures, names: Sequence[str]) -> None:
        if times != self._asked_times:
            return
        self._held = held
        self._tools.offer_lists(names)
        self._tools.show_facts(held)
        if not held.total.calls and not held.way.leads:
            self._show_nothing(_("No calls in this period yet. What you note at the end of a call is counted here."))
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
        self._said.say(said, ink)
        self._stack.setCurrentIndex(1)

    def _heard(self, done: Done) -> None:
        if self.isVisible() and (done.tables & FOLLOWED or concerns_rights(done)):
            self._soon.start()

    # ---------------------------------------------------------------- what is chosen

    def choose(self, chosen: Chosen) -> None:
        """Show the rows of a bar or a cell; the same once more shows all of them again."""
        self._chosen = Chosen() if chosen == self._chosen else chosen
        self._show_rows(self._tools.asked())

    def _show_rows(self, asked: Asked) -> None:
        mark = self._mark()
        if mark is None:
            self._chosen = Chosen()
        self.charts.choose(self._chosen)
        title = self.charts.title_of(self._chosen)
        self.rows.show_rows(asked, self._chosen, title, mark.said.partition(", ")[2] if mark is not None else "")

    def _mark(self) -> Mark | None:
        found = (mark for chart in self.charts.all() for mark in chart.marks if mark.key == self._chosen)
        return next(found, None)

    # ---------------------------------------------------------------- out

    def export(self) -> None:
        """The figures, or the rows of what is chosen, into a file."""
        outputs.ask(self._tools.asked(), _taken(self._chosen), self._session, self)

    def print_(self) -> None:
        """The same onto paper."""
        from ui.pages.figures.drawn import drawings
        from ui.paper import printing

        about, held = self._tools.said(), self.charts.held
        if _taken(self._chosen) is not None:
            about = f"{about} · {self.charts.title_of(self._chosen)}"
        drawn = drawings(held) if held is not None else []
        draft = outputs.draft(self._tools.asked(), _taken(self._chosen), about, self._session, self, drawn)
        printing.preview(draft, self._session)


def _counted(asked: Asked, by: str) -> tuple[Figures, list[str]]:
    """The figures, and the lists that were called; which these are is asked for only where one list is chosen."""
    held = figures.read(asked, by)
    names = figures.lists(asked, by) if asked.list_name else sorted(line.key for line in held.lists if line.key)
    return held, names


def _taken(chosen: Chosen) -> Chosen | None:
    """The rows, where something is chosen; otherwise the figures."""
    return chosen if chosen.part else None
