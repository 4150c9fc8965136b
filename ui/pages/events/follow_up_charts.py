"""The parts of the status of follow-ups: numbers by event, a trend, numbers by operator or group (VS-12, VS-13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from channergy_crm.language import N_, _, ngettext
from ui.charts.bars import Bars
from ui.charts.legend import Legend
from ui.charts.numbers import Numbers
from ui.charts.panel import Panel
from ui.editors.choices import ChoiceEditor
from ui.look import theme
from ui.pages.events import follow_up_marks as marks
from ui.widgets.dialog import named, scrolling

if TYPE_CHECKING:
    from channergy_crm.services.chosen import Chosen
    from channergy_crm.services.events.status import Standing
    from ui.charts.chart import Chart, Mark

OPERATORS, GROUPS = "operator", "group"
MADE = {"day": N_("Made, by day"), "week": N_("Made, by week"), "month": N_("Made, by month")}


class Charts(QWidget):
    """The page puts their panels where there is room. `chosen` tells whose rows are wanted."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self.held: Standing | None = None
        self.events = Numbers("follow_ups.by_event", _("Follow-ups by type and event"), parent)
        self.trend = Bars("follow_ups.trend", _("Follow-ups by when they were made"), parent)
        self.operators = Numbers("follow_ups.by_operator", _("Follow-ups by operator"), parent)
        self.groups = Numbers("follow_ups.by_group", _("Follow-ups by group"), parent)
        self._panels = self._by_event(parent), self._made(parent), self._by_whom(parent)
        for chart in self.all():
            chart.opened.connect(self.chosen)

    def all(self) -> tuple[Chart, ...]:
        """Every chart, in reading order; the first is the one the keys go to."""
        return self.events, self.trend, self.operators, self.groups

    def panels(self) -> tuple[Panel, Panel, Panel]:
        """The three places."""
        return self._panels

    def _by_event(self, parent: QWidget) -> Panel:
        self._of_events = panel = Panel("follow_ups.events", _("By type and event"), parent)
        panel.about.setText(_("days: the median from making to closing"))
        panel.hold(self.events)
        panel.column.insertWidget(1, scrolling(self.events), 1)
        return panel

    def _made(self, parent: QWidget) -> Panel:
        self._of_days = panel = Panel("follow_ups.made", _(MADE["day"]), parent)
        parts = [("done", _("closed by now")), ("overdue", _("overdue")), ("rest", _("open"))]
        panel.head.insertWidget(2, Legend(parts, panel))
        panel.hold(self.trend)
        return panel

    def _by_whom(self, parent: QWidget) -> Panel:
        self._of_people = panel = Panel("follow_ups.whom", "", parent)
        panel.title.hide()
        choices = [(OPERATORS, _("By operator")), (GROUPS, _("By group"))]
        self.part = named(ChoiceEditor(choices, panel, allow_empty=False), "follow_ups.part",
                          _("Whose follow-ups are counted together"))  # fmt: skip
        self.part.set_value(OPERATORS)
        self.part.setFixedWidth(theme.px(170, parent))
        self.part.changed.connect(self._show_whom)
        panel.head.insertWidget(0, self.part)
        panel.hold(self.operators, self.groups)
        self._areas = scrolling(self.operators), scrolling(self.groups)
        for area in self._areas:
            panel.column.insertWidget(1, area, 1)
        return panel

    def show_figures(self, held: Standing) -> None:
        """Draw these."""
        self.held = held
        titles = marks.titles()
        for chart, first, (lines, found) in (
            (self.events, _("Event"), marks.by_event(held)),
            (self.operators, _("Operator"), marks.lines_of(OPERATORS, held.operators)),
            (self.groups, _("Group"), marks.lines_of(GROUPS, held.groups)),
        ):
            chart.setFixedHeight(0)
            chart.show_numbers(first, titles, lines, found)
            chart.setMinimumHeight(chart.sizeHint().height())
            chart.setMaximumHeight(16_777_215)
        self.trend.show_marks(
            marks.trend(held.trend), (_("Made"), _("All"), _("Closed"), _("Overdue"), _("Still open"))
        )
        if held.trend:
            self._of_days.title.setText(_(MADE[held.trend[-1].span.unit]))
        self._of_days.below.say("" if held.trend else _("Nothing was made in this period."))
        self._of_events.below.say(*_unseen(held))
        self._show_whom()

    def _show_whom(self) -> None:
        grouped = self.part.value() == GROUPS
        for area, seen in zip(self._areas, (not grouped, grouped), strict=True):
            area.setVisible(seen)
        self.operators.setHidden(grouped)
        self.groups.setHidden(not grouped)
        if self.held is None:
            return
        said = _("Who works in two groups counts in both.")
        if not self.held.groups:
            said = _("There are no groups in this office. An administrator makes them in Settings.")
        self._of_people.below.say(said if grouped else "")

    def choose(self, chosen: Chosen) -> None:
        """Mark this one, wherever it is drawn."""
        for chart in self.all():
            chart.choose(chosen)

    def about(self, chosen: Chosen) -> str | None:
        """What its mark says; None when it is not drawn any more."""
        mark = self.mark_of(chosen)
        return mark.said.rpartition(f"{mark.label}, ")[2] if mark is not None else None

    def mark_of(self, chosen: Chosen) -> Mark | None:
        """The mark of what was chosen, as long as it is drawn."""
        return next((mark for chart in self.all() for mark in chart.marks if mark.key == chosen), None)

    def title_of(self, chosen: Chosen) -> str:
        """What was chosen, as the head of its rows says it."""
        mark = self.mark_of(chosen)
        if mark is None:
            return _("All follow-ups")
        return marks.long_span(chosen.key) if chosen.part == "span" else mark.label


def _unseen(held: Standing) -> tuple[str, str]:
    """What is there and not counted, because it may not be seen."""
    said = ngettext(
        "{count:,} follow-up of others is not counted: your role does not show it to you.",
        "{count:,} follow-ups of others are not counted: your role does not show them to you.", held.unseen,
    )  # fmt: skip
    return (said.format(count=held.unseen), "soon") if held.unseen else ("", "")
