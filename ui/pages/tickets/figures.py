"""*Support figures*: how many tickets came, are open and late, by customer and by product (VT-175)."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from channergy_crm import clock
from channergy_crm.language import N_, _, ngettext
from channergy_crm.records import Account, Product, Ticket
from channergy_crm.services.tickets import figures
from ui.charts.chart import Mark
from ui.charts.lengths import Lengths
from ui.charts.panel import Panel
from ui.editors.choices import ChoiceEditor
from ui.look.icons import icon
from ui.look.plain import Label
from ui.pages.page import PlainPage
from ui.session import files
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named, offer, scrolling
from ui.widgets.summary import Fact, Tile

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from channergy_crm.services.tickets.figures import Line, Support
    from channergy_crm.work import Done
    from ui.session.background import Progress
    from ui.session.session import Session

MONTH, QUARTER, YEAR = 30, 91, 365
PERIODS = ((MONTH, N_("the last 30 days")), (QUARTER, N_("the last 3 months")), (YEAR, N_("the last 12 months")))
NOBODY = ""
"""the key of the bar of what belongs to no customer, or to no product"""
DRAWN = 20
"""customers and products that are drawn"""
FILTERS = {"customers": "account={key}", "products": "product={key}"}  # unsaid: filters
WATCHED = {each._meta.table_name for each in (Ticket, Account, Product)}


class SupportFigures(PlainPage):
    """The facts of a period, and a chart each of customers and products; a press opens the tickets."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._stale = session, True
        self.period = named(ChoiceEditor([(days, _(said)) for days, said in PERIODS], self, allow_empty=False),
                            "support_figures.period", _("Which period is counted"))  # fmt: skip
        self.period.set_value(QUARTER)
        self.period.changed.connect(self.refresh)
        self.export = named(Button(_("Export…"), self), "support_figures.export", _("Export…"))
        self.export.quiet()
        self.export.setIcon(icon("export", self.export))
        self.export.clicked.connect(lambda _checked=False: self.export_to())
        self.tiles = [Tile(self) for _place in range(5)]
        self.charts = {
            "customers": Lengths("support_figures.customers", _("Tickets by customer"), self),
            "products": Lengths("support_figures.products", _("Tickets by product"), self),
        }
        self.nothing = named(Remark("", self), "support_figures.nothing", _("Why there is nothing"))
        self._panels = QWidget(self)
        self._lay_out()
        session.done.connect(self._heard)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(Label(_("Tickets that came in"), self))
        head.addWidget(self.period)
        head.addStretch(1)
        head.addWidget(self.export)
        facts = QHBoxLayout()
        facts.setSpacing(8)
        for tile in self.tiles:
            facts.addWidget(tile)
        facts.addStretch(1)
        across = QHBoxLayout(self._panels)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(24)
        for name, chart in self.charts.items():
            panel = Panel(f"support_figures.by_{name}", chart.accessibleName(), self._panels)
            panel.hold(chart)
            panel.about.setText(_("dark is closed, light is still open"))
            panel.column.insertWidget(1, scrolling(chart), 1)
            chart.opened.connect(partial(self._open, name))
            across.addWidget(panel, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 14, 24, 14)
        column.setSpacing(12)
        for row in (head, facts):
            column.addLayout(row)
        column.addWidget(self.nothing)
        column.addWidget(self._panels, 1)
        column.addStretch(0)

    def activate(self) -> None:
        """Somebody looks at this page."""
        if self._stale:
            self.refresh()

    def first_look(self, *, whole: bool) -> None:
        """Counted when it is looked at first."""
        if whole:
            self.refresh()

    def take_focus(self) -> None:
        """The keys go to the first chart."""
        shown = self.charts["customers"]
        (shown if shown.isVisible() else self.period).setFocus()

    def parts(self) -> Sequence[QWidget]:
        """What F6 goes round."""
        return [self.period, self.export, *self.charts.values()]

    def filter_line(self) -> QLineEdit | None:
        """Nothing is filtered here."""
        return None

    def standing(self) -> str:
        """Which period is counted."""
        return _("Support figures: {period}").format(period=self.period.currentText())

    def refresh(self) -> None:
        """Count anew (F5)."""
        self._stale = False
        first, last = self._days()
        held = self._session.attempt(lambda: figures.read(first, last, self._session.by))
        if held is None:
            return
        there = bool(held.all.came)
        self.nothing.say("" if there else _("No ticket came in this period. New ticket in ＋ takes one down."))
        self._panels.setVisible(there)
        offer(self.export, "" if there else _("There is nothing in this period yet."))
        for tile, fact in zip(self.tiles, _facts(held), strict=True):
            tile.show_fact(fact)
        for name, lines in (("customers", held.customers), ("products", held.products)):
            chart = self.charts[name]
            chart.show_marks([_mark(place, line) for place, line in enumerate(lines[:DRAWN])],
                             (chart.accessibleName(), _("Came in"), _("Still open")))  # fmt: skip
            chart.setMinimumHeight(chart.sizeHint().height())
        self.tell_window()

    def export_to(self) -> None:
        """Ask where; then every customer and every product is written into the file, beside the window."""
        path = files.where_to(self._session, self, _("Export"), _("Support figures"), files.SHEETS, ending=".xlsx")
        if path is not None:
            (first, last), by = self._days(), self._session.by
            files.write_out(self._session, path, lambda progress: _export(first, last, path, by, progress))

    def _days(self) -> tuple[date, date]:
        days: Any = self.period.value()
        today = clock.today()
        return today - timedelta(days=int(days)), today

    def _open(self, name: str, key: object) -> None:
        """The tickets of a customer, or about a product."""
        if isinstance(key, int):
            self._session.go_to("tickets_where", FILTERS[name].format(key=key))

    def _heard(self, done: Done) -> None:
        if WATCHED & done.tables:
            self._stale = True
            if self.isVisible():
                self.refresh()


def _export(first: date, last: date, path: Path, by: str, progress: Progress) -> int:
    from channergy_crm.transfer.exporting.support import export_support

    return export_support(first, last, path, by, progress=progress.step)


def _facts(held: Support) -> list[Fact]:
    every = held.all
    after = held.answered_after
    took = "–" if after is None else _("{hours} h {minutes} min").format(hours=after // 60, minutes=after % 60)
    return [
        Fact(_("Came in"), f"{every.came:n}"), Fact(_("Still open"), f"{every.open:n}"),
        Fact(_("Late"), f"{every.late:n}", "overdue" if every.late else ""),
        Fact(_("Complaints"), f"{every.complaints:n}"), Fact(_("First answer after"), took, more=_("in the middle")),
    ]  # fmt: skip


def _mark(place: int, line: Line) -> Mark:
    said = ngettext("{count:,} open", "{count:,} open", line.open).format(count=line.open)
    more = [said] if line.open else []
    if line.late:
        more.append(ngettext("{count:,} late", "{count:,} late", line.late).format(count=line.late))
    words = ", ".join([line.label, f"{line.came:n}", *more])
    key = NOBODY if line.key is None else line.key
    return Mark(key, (0, place), line.label, f"{line.came:n}", words, line.came, part=line.came - line.open,
                more=" · ".join(more), cells=(line.label, f"{line.came}", f"{line.open}"))  # fmt: skip
