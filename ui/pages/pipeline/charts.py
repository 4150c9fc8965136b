"""The three charts of Pipeline, and what each of them says above and below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from channergy_crm.language import N_, _, all_of
from channergy_crm.services.chosen import Chosen
from ui.charts.legend import Legend
from ui.charts.lengths import Lengths
from ui.charts.months import MonthBars, long_month
from ui.charts.panel import Panel
from ui.editors.choices import ChoiceEditor
from ui.look import theme
from ui.pages.pipeline import marks
from ui.widgets.dialog import named, scrolling

if TYPE_CHECKING:
    from channergy_crm.services.pipeline import Pipeline
    from ui.charts.chart import Chart, Mark

PARTS = (("owner", N_("By owner")), ("project", N_("By project")), ("source", N_("By source")),
         ("days", N_("Days in a stage")), ("age", N_("Age of open deals")), ("rotten", N_("Rotten deals")),
         ("reason", N_("Reasons lost")))  # fmt: skip
MONEY, OLD = ("owner", "project", "source"), ("age", "rotten")
NOTHING = {
    "": N_("No deal is open."),
    "project": N_("None of these deals belongs to a project."),
    "days": N_("No deal has left a stage yet."),
    "rotten": N_("No open deal stands in a stage with a limit of days."),
    "reason": N_("No deal was lost."),
}


class Charts(QWidget):
    """The charts themselves; the page puts their panels where there is room. `chosen` tells whose deals are wanted."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self.held: Pipeline | None = None
        self.months = MonthBars("pipeline.months", _("Forecast by month"), parent)
        self.steps = Lengths("pipeline.steps", _("From stage to stage"), parent)
        self.lines = Lengths("pipeline.lines", _("Deals by what is chosen above"), parent)
        self.forecast, self.way, self.what = self._forecast(parent), self._way(parent), self._what(parent)
        self.months.opened.connect(lambda span: self.chosen.emit(Chosen("month", span)))
        self.steps.opened.connect(self.chosen)
        self.lines.opened.connect(self.chosen)

    def all(self) -> tuple[Chart, ...]:
        """Every chart, in reading order; the first is the one the keys go to."""
        return self.months, self.steps, self.lines

    def panels(self) -> tuple[Panel, Panel, Panel]:
        """The three places."""
        return self.forecast, self.way, self.what

    def _forecast(self, parent: QWidget) -> Panel:
        panel = Panel("pipeline.forecast", _("Forecast by month"), parent)
        panel.head.insertWidget(2, _worth_legend(panel))
        panel.hold(self.months)
        return panel

    def _way(self, parent: QWidget) -> Panel:
        panel = Panel("pipeline.way", _("From stage to stage"), parent)
        panel.about.setText(_("deals that came so far"))
        panel.hold(self.steps)
        panel.column.insertWidget(1, scrolling(self.steps), 1)
        return panel

    def _what(self, parent: QWidget) -> Panel:
        panel = Panel("pipeline.what", "", parent)
        panel.title.hide()
        self.part = named(ChoiceEditor([(key, _(said)) for key, said in PARTS], panel, allow_empty=False),
                          "pipeline.part", _("What the deals are counted by"))  # fmt: skip
        self.part.set_value(PARTS[0][0])
        self.part.setFixedWidth(theme.px(170, parent))
        self.part.changed.connect(self._show_what)
        panel.head.insertWidget(0, self.part)
        self._worth, self._old = _worth_legend(panel), Legend([("overdue", _("rotten")), ("rest", _("others"))], panel)
        panel.head.insertWidget(2, self._worth)
        panel.head.insertWidget(3, self._old)
        panel.hold(self.lines)
        panel.column.insertWidget(1, scrolling(self.lines), 1)
        return panel

    def show_figures(self, held: Pipeline) -> None:
        """Draw these."""
        self.held = held
        self.months.show_months(held.months)
        _fit(self.steps, marks.steps(held.steps), (_("Stage"), _("Deals"), _("Went on"), _("Still there"), _("Lost"),
                                                   _("Elsewhere"), _("Days")))  # fmt: skip
        hidden = _("Not shown to you, so counted as empty: {fields}.").format(fields=all_of(held.hidden))
        self.forecast.below.say(hidden if held.hidden else "", "soon")
        self.way.below.say(_stays(held))
        self._show_what()

    def _show_what(self) -> None:
        part = str(self.part.value())
        self._worth.setVisible(part in MONEY)
        self._old.setVisible(part in OLD)
        if self.held is None:
            return
        drawn = self.marks_of(part)
        _fit(self.lines, drawn, self._titles(part))
        nothing = "" if drawn else NOTHING.get(part, NOTHING[""])
        self.what.below.say(_(nothing) if nothing else "")

    def marks_of(self, part: str) -> list[Mark]:
        """The marks of what is chosen above the third chart."""
        held = self.held
        if held is None:
            return []
        money = {"owner": held.owners, "project": held.projects, "source": held.sources}
        if part in money:
            return marks.lines(part, money[part])
        if part == "days":
            return marks.days(held.steps)
        if part == "reason":
            return marks.reasons(held.reasons)
        return marks.ages(held.ages) if part == "age" else marks.rotten(held)

    def _titles(self, part: str) -> tuple[str, ...]:
        said = self.part.currentText()
        if part in MONEY:
            return said, _("Projected"), _("Weighted"), _("Won"), _("Deals")
        if part == "days":
            return said, _("Days"), _("Have left")
        return said, _("Deals"), _("Amount") if part == "reason" else _("Rotten")

    def choose(self, chosen: Chosen) -> None:
        """Mark this one, wherever it is drawn."""
        self.months.choose(chosen.key if chosen.part == "month" else None)
        self.steps.choose(chosen)
        self.lines.choose(chosen)

    def about(self, chosen: Chosen) -> str | None:
        """What its mark says; None when it is not drawn any more."""
        mark = self.mark_of(chosen)
        return mark.said.partition(", ")[2] if mark is not None else None

    def mark_of(self, chosen: Chosen) -> Mark | None:
        """The mark of what was chosen, as long as it is drawn."""
        if chosen.part == "month":
            return next((mark for mark in self.months.marks if mark.key == chosen.key), None)
        found = (mark for chart in (self.steps, self.lines) for mark in chart.marks if mark.key == chosen)
        return next(found, None)

    def title_of(self, chosen: Chosen) -> str:
        """What was chosen, as the head of its rows says it."""
        mark = self.mark_of(chosen)
        if mark is None:
            return _("All deals")
        return long_month(*chosen.key) if chosen.part == "month" else mark.label


def _worth_legend(parent: QWidget) -> Legend:
    return Legend([("done", _("won")), ("bar", _("weighted")), ("rest", _("projected"))], parent)


def _fit(chart: Lengths, drawn: list[Mark], titles: tuple[str, ...]) -> None:
    """Show these in a place that scrolls: as high as they are many."""
    chart.setFixedHeight(0)
    chart.show_marks(drawn, titles)
    chart.setMinimumHeight(chart.sizeHint().height())
    chart.setMaximumHeight(16_777_215)


def _stays(held: Pipeline) -> str:
    """How long deals are in their stages, in one sentence."""
    parts = [_("{days} in {stage}").format(days=marks.days_said(step.days), stage=step.label)
             for step in held.steps if step.days is not None][:3]  # fmt: skip
    return _("Median stay of those that left: {stays}.").format(stays=all_of(parts)) if parts else ""
