"""A page that counts: what is asked for, charts, and the rows of what is chosen in one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from channergy_crm.language import _
from channergy_crm.services.chosen import Chosen
from ui.charts.places import Places
from ui.pages.page import PlainPage
from ui.session.allowed import concerns_rights
from ui.widgets.controls import ScrollBar
from ui.widgets.dialog import named, scrolling
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import SignalInstance

    from channergy_crm.errors import CRMError
    from channergy_crm.work import Done
    from ui.pages.counting.asking import ToolRow
    from ui.pages.counting.nothing import Nothing
    from ui.pages.counting.outputs import Output
    from ui.pages.counting.rows import Rows
    from ui.session.session import Session

SOON_MS = 400


class Shown(Protocol):
    """The charts of such a page: `chosen` tells whose rows are wanted, `held` is what they draw."""

    held: Any

    @property
    def chosen(self) -> SignalInstance:
        """A `Chosen`."""

    def panels(self) -> Sequence[QWidget]:
        """The places they stand in, in reading order."""

    def all(self) -> Sequence[QWidget]:
        """Every chart, in reading order; the first is the one the keys go to."""

    def show_figures(self, held: Any) -> None:
        """Draw these."""

    def choose(self, chosen: Chosen) -> None:
        """Mark this one, wherever it is drawn."""

    def about(self, chosen: Chosen) -> str | None:
        """What its mark says; None when it is not drawn any more."""

    def title_of(self, chosen: Chosen) -> str:
        """What was chosen, as the head of its rows says it."""


class CountingPage(PlainPage):
    """Counted beside the window, and anew when something of it has changed meanwhile."""

    title: ClassVar[str]
    counting: ClassVar[str]
    """what is done meanwhile, in words that are not translated yet"""
    followed: ClassVar[frozenset[str]]
    """the tables it counts"""
    output: ClassVar[Output]
    tools: ToolRow
    charts: Shown
    rows: Rows
    nothing: Nothing

    def __init__(self, word: str, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._asked_times = session, 0
        self._held: Any = None
        self._chosen = Chosen()
        named(self, f"{word}.page", _(self.title))
        self.places = Places(self)
        self.furnish(session)
        self._lay_out()
        self._soon = later(self, self.reload, SOON_MS)
        self.tools.changed.connect(self.reload)
        self.tools.exported.connect(lambda: self.export())
        self.tools.printed.connect(lambda: self.print_())
        self.charts.chosen.connect(self.choose)
        session.done.connect(self._heard)

    def _lay_out(self) -> None:
        self.places.hold([*self.charts.panels(), self.rows])
        area = scrolling(self.places)
        area.setVerticalScrollBar(ScrollBar(Qt.Orientation.Vertical, area))
        self._stack = QStackedWidget(self)
        self._stack.addWidget(area)
        self._stack.addWidget(self.nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tools)
        column.addWidget(self._stack, 1)

    # ---------------------------------------------------------------- what such a page says of itself

    def furnish(self, session: Session) -> None:
        """Make `tools`, `charts` and `rows` (on `places`), and `nothing`."""
        raise NotImplementedError

    def count(self, asked: Any, by: str) -> Any:
        """Count, beside the window."""
        raise NotImplementedError

    def show_facts(self, held: Any) -> None:
        """What was counted, above."""
        raise NotImplementedError

    def show_charts(self, held: Any) -> None:
        """Draw what was counted."""
        self.charts.show_figures(held)

    def why_nothing(self, asked: Any, held: Any) -> str:
        """Why there is nothing to draw; "" where there is."""
        raise NotImplementedError

    def about_all(self, held: Any) -> str:
        """What is said beside the rows while nothing is chosen."""
        return ""

    def how_many(self, held: Any) -> str:
        """How many were counted, for the status line."""
        raise NotImplementedError

    # ---------------------------------------------------------------- what the window asks of a page

    def activate(self) -> None:
        """Somebody looks at this page, maybe another operator, or at another project."""
        self.tools.offer_people()
        self.reload()

    def take_focus(self) -> None:
        """The keys go to the first chart, or to the period while there is none."""
        (self.charts.all()[0] if self._stack.currentIndex() == 0 else self.tools.period).setFocus()

    def show_target(self, what: str, key: object) -> None:
        """Come here from another page."""
        self.reload()

    def parts(self) -> Sequence[QWidget]:
        """The tool row, the places of the charts and the rows, or why there are none."""
        shown = self._stack.currentIndex() == 0
        return [self.tools, *([*self.charts.panels(), self.rows] if shown else [self.nothing])]

    def refresh(self) -> None:
        """Count anew."""
        self.reload()

    def standing(self) -> str:
        """The period, whose, how many."""
        if self._held is None:
            return _(self.title)
        return " · ".join((_(self.title), self.tools.said(), self.how_many(self._held)))

    # ---------------------------------------------------------------- counting

    def reload(self) -> None:
        """Count what is asked for, beside the window."""
        self._asked_times += 1  # also where nothing can be counted: what was asked before is not wanted any more
        problem = self.tools.problem()
        if problem:
            self.show_nothing(problem, "overdue")
            return
        times, asked, by = self._asked_times, self.tools.asked(), self._session.by
        self._session.work(
            lambda _progress: self.count(asked, by), label=_(self.counting),
            done=lambda found: self._show(times, asked, found), failed=lambda error: self._fail(times, error),
        )  # fmt: skip

    def _show(self, times: int, asked: Any, held: Any) -> None:
        if times != self._asked_times:
            return
        self._held = held
        self.show_facts(held)
        if nothing := self.why_nothing(asked, held):
            self.show_nothing(nothing)
        else:
            self._stack.setCurrentIndex(0)
            self.show_charts(held)
            self._show_rows(asked)
        self.tell_window()

    def _fail(self, times: int, error: CRMError) -> None:
        if times == self._asked_times:
            self.show_nothing(error.message, "overdue")

    def show_nothing(self, said: str, ink: str = "muted") -> None:
        """Say this in the place of the charts."""
        self.nothing.say(said, ink)
        self._stack.setCurrentIndex(1)

    def _heard(self, done: Done) -> None:
        if self.isVisible() and (done.tables & self.followed or concerns_rights(done)):
            self._soon.start()

    # ---------------------------------------------------------------- what is chosen

    def choose(self, chosen: Chosen) -> None:
        """Show the rows of a bar or a cell; the same once more shows all of them again."""
        self._chosen = Chosen() if chosen == self._chosen else chosen
        self._show_rows(self.tools.asked())

    def _show_rows(self, asked: Any) -> None:
        about = self.charts.about(self._chosen)
        if about is None:
            self._chosen = Chosen()
            about = self.about_all(self._held) if self._held is not None else ""
        self.charts.choose(self._chosen)
        self.rows.show_rows(asked, self._chosen, self.charts.title_of(self._chosen), about)

    # ---------------------------------------------------------------- out

    def export(self) -> None:
        """The figures, or the rows of what is chosen, into a file."""
        self.output.ask(self.tools.asked(), self._taken(), self._session, self)

    def print_(self) -> None:
        """The same onto paper."""
        from ui.paper import printing

        about, held, taken = self.tools.said(), self.charts.held, self._taken()
        if taken is not None:
            about = f"{about} · {self.charts.title_of(taken)}"
        drawn = self.output.drawings(held) if held is not None and taken is None else []
        printing.preview(self.output.draft(self.tools.asked(), taken, about, self._session, self, drawn), self._session)

    def _taken(self) -> Chosen | None:
        """The rows, where something is chosen; otherwise the figures."""
        return self._chosen if self._chosen.part else None
