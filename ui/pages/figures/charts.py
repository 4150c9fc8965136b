"""The three charts of Figures, and what each of them says above and below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from channergy_crm.language import N_, _, ngettext
from channergy_crm.services.figure_tables import hour_said, pauses_said, weekdays
from channergy_crm.services.figures import ENOUGH
from ui.charts.bars import Bars
from ui.charts.heat import Heat
from ui.charts.legend import Legend
from ui.charts.lengths import Lengths
from ui.charts.panel import Panel
from ui.editors.choices import ChoiceEditor
from ui.look import theme
from ui.pages.figures import marks
from ui.widgets.dialog import named, scrolling

if TYPE_CHECKING:
    from channergy_crm.services.chosen import Chosen
    from channergy_crm.services.figures import Figures
    from ui.charts.chart import Chart

HOUR = "hour"
PARTS = ((HOUR, N_("By their hour")), ("result", N_("By result")), ("operator", N_("By operator")),
         ("list", N_("By list")), ("zone", N_("By time zone")))  # fmt: skip


class Charts(QWidget):
    """The charts themselves; the page puts their panels where there is room. `chosen` tells whose rows are wanted."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self.held: Figures | None = None
        self.map = Heat("figures.map", _("Calls by hour and weekday"), parent)
        self.hours = Bars("figures.hours", _("Calls by hour"), parent)
        self.lines = Lengths("figures.lines", _("Calls by what is chosen above"), parent)
        self.way = Lengths("figures.way", _("From call to order"), parent)
        self.when, self.what, self.to_order = self._panels(parent)
        for chart in self.all():
            chart.opened.connect(self.chosen)

    def all(self) -> tuple[Chart, ...]:
        """Every chart, in reading order; the first is the one the keys go to."""
        return self.map, self.hours, self.lines, self.way

    def panels(self) -> tuple[Panel, Panel, Panel]:
        """The three places."""
        return self.when, self.what, self.to_order

    def _panels(self, parent: QWidget) -> tuple[Panel, Panel, Panel]:
        when = Panel("figures.when", _("Calls by hour and weekday"), parent)
        when.about.setText(_("%\u00a0reached, on their clock"))
        when.hold(self.map)
        what = Panel("figures.what", "", parent)
        what.title.hide()
        self.part = named(ChoiceEditor([(key, _(said)) for key, said in PARTS], what, allow_empty=False),
                          "figures.part", _("What the calls are counted by"))  # fmt: skip
        self.part.set_value(HOUR)
        self.part.setFixedWidth(theme.px(150, parent))
        self.part.changed.connect(self._show_what)
        what.head.insertWidget(0, self.part)
        what.head.insertWidget(2, Legend([("bar", _("reached")), ("rest", _("not reached"))], what))
        what.hold(self.hours, self.lines)
        self._lines_area = scrolling(self.lines)
        what.column.insertWidget(2, self._lines_area, 1)
        to_order = Panel("figures.to_order", _("From call to order"), parent)
        to_order.about.setText(_("leads that came in"))
        to_order.hold(self.way)
        to_order.column.addStretch(1)
        return when, what, to_order

    def show_figures(self, held: Figures) -> None:
        """Draw these."""
        self.held = held
        hours = [str(hour) for hour in marks.hours_of(held)]
        titles = _("Weekday"), _("Hour"), _("%\u00a0reached"), _("Calls")
        self.map.show_map(hours, marks.short_days(marks.days_of(held)), marks.cells(held), titles)
        self.hours.show_marks(marks.hours(held), (_("Hour"), _("%\u00a0reached"), _("Calls")))
        self.way.show_marks(marks.way(held.way), (_("Step"), _("Leads"), ""))
        self.what.below.say(self._best())
        self.when.below.say(pauses_said(held.pauses))
        self._show_what()

    def _best(self) -> str:
        """The hour most answer in, or why that cannot be said yet."""
        best = self.held.best if self.held is not None else None
        if best is None:
            said = _("The best hour to call shows once an hour has {enough} calls.")
            return said.format(enough=ENOUGH)
        said = ngettext("Best hour to call: {hour} on their clock, {percent} %\u00a0reached of {count:,} call.",
                        "Best hour to call: {hour} on their clock, {percent} %\u00a0reached of {count:,} calls.",
                        best.calls)  # fmt: skip
        return said.format(hour=hour_said(best.hour), percent=best.percent, count=best.calls)

    def _show_what(self) -> None:
        part = str(self.part.value())
        by_hour = part == HOUR
        self.hours.setVisible(by_hour)
        self.lines.setVisible(not by_hour)
        self._lines_area.setVisible(not by_hour)
        if self.held is not None and not by_hour:
            held = {"result": self.held.results, "operator": self.held.operators, "list": self.held.lists,
                    "zone": self.held.zones}  # fmt: skip
            self.lines.setFixedHeight(0)
            self.lines.show_marks(
                marks.lines(part, held[part]), (self.part.currentText(), _("Calls"), _("%\u00a0reached"))
            )
            self.lines.setMinimumHeight(self.lines.sizeHint().height())
            self.lines.setMaximumHeight(16_777_215)

    def about(self, chosen: Chosen) -> str | None:
        """What its mark says; None when it is not drawn any more."""
        found = (mark.said.partition(", ")[2] for chart in self.all() for mark in chart.marks if mark.key == chosen)
        return next(found, None)

    def choose(self, chosen: Chosen) -> None:
        """Mark this one, wherever it is drawn."""
        for chart in self.all():
            chart.choose(chosen)

    def title_of(self, chosen: Chosen) -> str:
        """What was chosen, as the head of its rows says it."""
        if chosen.part == "cell":
            day, hour = chosen.key
            return _("{day} {hour}").format(day=weekdays()[day], hour=hour_said(hour))
        if chosen.part == "hour":
            return hour_said(chosen.key)
        found = (mark.label for chart in self.all() for mark in chart.marks if mark.key == chosen)
        return next(found, _("All calls"))
