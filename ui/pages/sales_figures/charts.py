"""The three charts of Sales figures: by month, by product or customer, what is owed by its age."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from channergy_crm.language import N_, _
from channergy_crm.services.chosen import Chosen
from channergy_crm.services.pipeline_tables import month_said
from ui.charts.bars import Bars
from ui.charts.chart import Mark
from ui.charts.lengths import Lengths
from ui.charts.months import short_month
from ui.charts.panel import Panel
from ui.editors.choices import ChoiceEditor
from ui.look import theme
from ui.look.wording import short_money, whole_money
from ui.pages.sales_figures.asking import documents_said
from ui.widgets.dialog import named, scrolling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.services.sales_figures.counting import Line, Sales
    from ui.charts.chart import Chart

PARTS = (("product", N_("By product")), ("customer", N_("By customer")))
MOST_LINES = 25
"""products or customers that are drawn; all of them stand in the export"""


class Charts(QWidget):
    """The charts themselves; the page puts their panels where there is room. `chosen` tells whose rows are wanted."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self.held: Sales | None = None
        self.months = Bars("sales_figures.months", _("Sold by month"), parent)
        self.lines = Lengths("sales_figures.lines", _("Sold by what is chosen above"), parent)
        self.owed = Lengths("sales_figures.owed", _("Due and overdue"), parent)
        self.by_month = Panel("sales_figures.by_month", _("Sold by month"), parent)
        self.by_month.about.setText(_("invoices less credit notes, without tax"))
        self.by_month.hold(self.months)
        self.what = self._what(parent)
        self.by_age = Panel("sales_figures.by_age", _("Due and overdue"), parent)
        self.by_age.about.setText(_("as it stands today"))
        self.by_age.hold(self.owed)
        self.by_age.column.addStretch(1)
        for chart in self.all():
            chart.opened.connect(self.chosen)

    def all(self) -> tuple[Chart, ...]:
        """Every chart, in reading order; the first is the one the keys go to."""
        return self.months, self.lines, self.owed

    def panels(self) -> tuple[Panel, Panel, Panel]:
        """The three places."""
        return self.by_month, self.what, self.by_age

    def _what(self, parent: QWidget) -> Panel:
        panel = Panel("sales_figures.what", "", parent)
        panel.title.hide()
        self.part = named(ChoiceEditor([(key, _(said)) for key, said in PARTS], panel, allow_empty=False),
                          "sales_figures.part", _("What the sales are counted by"))  # fmt: skip
        self.part.set_value(PARTS[0][0])
        self.part.setFixedWidth(theme.px(150, parent))
        self.part.changed.connect(self._show_what)
        panel.head.insertWidget(0, self.part)
        panel.hold(self.lines)
        panel.column.insertWidget(1, scrolling(self.lines), 1)
        return panel

    def show_figures(self, held: Sales) -> None:
        """Draw these."""
        self.held = held
        months = [_mark("month", place, line, across=True) for place, line in enumerate(held.months)]
        self.months.show_marks(months, (_("Month"), _("Amount"), _("Documents")))
        self.owed.show_marks(_ages(held), (_("Due"), _("Amount"), _("Invoices")))
        named_one = _("{currency} ({count:n})")
        others = ", ".join(
            named_one.format(currency=each or _("No currency"), count=many) for each, many in held.others.items()
        )
        said = _("Amounts in {currency}. Documents in other currencies are not added: {others}.")
        told = said.format(currency=held.currency or _("No currency"), others=others)
        self.by_month.below.say(told if others else "", "soon")
        self._show_what()

    def _show_what(self) -> None:
        part = str(self.part.value())
        if self.held is None:
            return
        lines = self.held.products if part == "product" else self.held.customers
        self.lines.setFixedHeight(0)
        marks = [_mark(part, place, line) for place, line in enumerate(lines[:MOST_LINES])]
        self.lines.show_marks(marks, (self.part.currentText(), _("Amount"), _("Documents")))
        self.lines.setMinimumHeight(self.lines.sizeHint().height())
        self.lines.setMaximumHeight(16_777_215)
        more = _("{count:,} more stand in the export.").format(count=len(lines) - MOST_LINES)
        self.what.below.say(more if len(lines) > MOST_LINES else "")

    def choose(self, chosen: Chosen) -> None:
        """Mark this one, wherever it is drawn."""
        for chart in self.all():
            chart.choose(chosen)

    def mark_of(self, chosen: Chosen) -> Mark | None:
        """The mark of what was chosen, as long as it is drawn."""
        return next((mark for chart in self.all() for mark in chart.marks if mark.key == chosen), None)

    def about(self, chosen: Chosen) -> str | None:
        """What its mark says; None when it is not drawn any more."""
        mark = self.mark_of(chosen)
        return mark.said.partition(", ")[2] if mark is not None else None

    def title_of(self, chosen: Chosen) -> str:
        """What was chosen, as the head of its rows says it."""
        mark = self.mark_of(chosen)
        if mark is None:
            return _("All invoices and credit notes")
        return month_said(chosen.key) if chosen.part == "month" else mark.label


def _mark(part: str, place: int, line: Line, *, across: bool = False) -> Mark:
    """A bar; what was credited more than billed has none, but its figure."""
    label = short_month(line.key) if isinstance(line.key, date) else line.label
    many = documents_said(line.documents)
    said = _("{what}, {amount}, {documents}").format(what=line.label, amount=whole_money(line.amount), documents=many)
    at = (place, 0) if across else (0, place)
    return Mark(Chosen(part, line.key), at, label, short_money(line.amount), said, max(0, line.amount), more=many,
                cells=(line.label, whole_money(line.amount), f"{line.documents}"))  # fmt: skip


def _ages(held: Sales) -> Sequence[Mark]:
    marks = []
    for place, each in enumerate(held.owed):
        many = documents_said(each.invoices)
        said = _("{what}, {amount}, {documents}")
        said = said.format(what=each.age.title, amount=whole_money(each.amount), documents=many)
        marks.append(Mark(Chosen("owed", each.age.name), (0, place), each.age.title, short_money(each.amount), said,
                          each.amount, meaning="overdue" if place else "", more=many,
                          cells=(each.age.title, whole_money(each.amount), f"{each.invoices}")))  # fmt: skip
    return marks
