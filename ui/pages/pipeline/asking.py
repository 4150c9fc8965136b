"""The tool row of Pipeline: the period, whose; four facts; what can be done with all of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm import clock
from channergy_crm.language import N_, _, ngettext
from channergy_crm.services import pipeline_deals
from channergy_crm.services.figures import EVERYBODY
from channergy_crm.services.pipeline_deals import Asked
from channergy_crm.text.periods import moved, period
from ui.editors.choices import ChoiceEditor
from ui.editors.dates import DateEditor
from ui.look import paint, theme
from ui.look.icons import icon
from ui.look.wording import short_money
from ui.pages.pipeline.marks import deals_said
from ui.session.within import project_name
from ui.widgets.controls import Button
from ui.widgets.dialog import named, offer
from ui.widgets.summary import Fact, Tile
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from channergy_crm.services.pipeline import Pipeline
    from ui.session.session import Session

AROUND, QUARTER, ALL, RANGE = "around", "quarter", "all", "range"  # unsaid: names
MONTH, YEAR = "this month", "this year"  # unsaid: words of a filter
PERIODS = (
    (AROUND, N_("Six months back and ahead")), (MONTH, N_("This month")), (QUARTER, N_("This quarter")),
    (YEAR, N_("This year")), (ALL, N_("All, also without a date")), (RANGE, N_("From … to …")),
)  # fmt: skip
REMEMBERED = "pipeline.asked"
PERIOD, WHOSE, DAY, HIGH, SOON_MS, REACH = 208, 144, 112, 76, 250, 6


class ToolRow(QWidget):
    """What is asked for is remembered on this workstation; `changed` tells that it is something else now."""

    changed = Signal()
    exported = Signal()
    printed = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        theme.stand_on(self, "side")
        self.period = self._choice("period", _("Period"), [(key, _(said)) for key, said in PERIODS], PERIOD)
        self.whose = self._choice("whose", _("Whose deals"), self._people(), WHOSE)
        self.first, self.last = self._day("first", _("From")), self._day("last", _("To"))
        self.export = self._verb("export", _("Export…"), "export")
        self.print = self._verb("print", _("Print…"), "print")
        self.tiles = [Tile(self) for _fact in range(4)]
        self._soon = later(self, self._changed, SOON_MS)
        self._recall()
        self._lay_out()
        self.show_range()
        for part in (self.period, self.whose, self.first, self.last):
            part.changed.connect(self._soon.start)
        self.export.clicked.connect(lambda: self.exported.emit())
        self.print.clicked.connect(lambda: self.printed.emit())

    def _choice(self, word: str, said: str, choices: Sequence[tuple[object, str]], wide: int) -> ChoiceEditor:
        editor = named(ChoiceEditor(choices, self, allow_empty=False), f"pipeline.{word}", said)
        editor.set_value(choices[0][0])
        editor.setFixedWidth(theme.px(wide, self))
        return editor

    def _day(self, word: str, said: str) -> DateEditor:
        editor = named(DateEditor(self), f"pipeline.{word}", said)
        editor.setPlaceholderText(said)
        editor.setFixedWidth(theme.px(DAY, self))
        return editor

    def _verb(self, word: str, said: str, sign: str) -> Button:
        button = named(Button(said, self), f"pipeline.{word}", said)
        button.quiet()
        button.setIcon(icon(sign, button))
        return button

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(4)
        for parts in ((self.period, self.whose), (self.export, self.print, self.first, self.last)):
            line = QHBoxLayout()
            line.setSpacing(6)
            for part in parts:
                line.addWidget(part)
            line.addStretch(1)
            left.addLayout(line)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 7)
        row.setSpacing(8)
        row.addLayout(left, 1)
        for place, tile in enumerate(self.tiles):
            tile.setObjectName(f"pipeline.fact_{place + 1}")
            tile.setMinimumWidth(theme.px(100, self))
            row.addWidget(tile)
        self.setMinimumHeight(theme.px(HIGH, self))

    def _people(self) -> list[tuple[str, str]]:
        """Whose deals are offered; the own ones at least, even while the store is gone."""
        by = self._session.by
        return self._session.attempt(lambda: pipeline_deals.whose_offered(by)) or [(by, _("Mine"))]

    def _recall(self) -> None:
        held = self._session.station.recall(REMEMBERED, [AROUND, self._session.by])
        if len(held) == 2:
            self.period.set_value(held[0] if held[0] in dict(PERIODS) and held[0] != RANGE else AROUND)
            offered = dict(self._people())
            self.whose.set_value(held[1] if held[1] in offered else self._session.by)

    def offer_people(self) -> None:
        """Somebody else works here now, or may look at others now."""
        offered = self._people()
        self.whose.set_choices(offered)
        if self.whose.value() not in dict(offered):
            self.whose.set_value(self._session.by)

    def offers_everybody(self) -> bool:
        """Whether everybody's deals may be looked at, and are not."""
        return self.whose.value() != EVERYBODY and EVERYBODY in dict(self._people())

    def show_everybody(self) -> None:
        """Everybody's deals from now on."""
        self.whose.set_value(EVERYBODY)
        self._changed()

    def _changed(self) -> None:
        self.show_range()
        self._session.station.remember(REMEMBERED, [self.period.value(), self.whose.value()])
        self.changed.emit()

    def show_range(self) -> None:
        """The two days are asked for only where a range is wanted."""
        for day in (self.first, self.last):
            day.setVisible(self.period.value() == RANGE)

    def problem(self) -> str:
        """What is wrong with one of the days; "" where both can be read."""
        if self.period.value() != RANGE:
            return ""
        said = next((said for day in (self.first, self.last) if (said := day.text_problem())), "")
        first, last = self.days() if not said else (None, None)
        return _("The last day is before the first.") if first and last and last < first else said

    def days(self) -> tuple[date | None, date | None]:
        """The first day and the last, None for an end that is open."""
        chosen, today = str(self.period.value()), clock.today()
        if chosen == RANGE:
            return self.first.value(), self.last.value()
        if chosen == ALL:
            return None, None
        if chosen in (MONTH, YEAR):
            return period(chosen, today)
        begin = today.replace(day=1)
        if chosen == QUARTER:
            first = moved(begin, -((today.month - 1) % 3), "month")
            return first, moved(first, 3, "month") - timedelta(days=1)
        return moved(begin, -REACH, "month"), moved(begin, REACH + 1, "month") - timedelta(days=1)

    def asked(self) -> Asked:
        """What is wanted now, of the project that is looked at in this window."""
        first, last = self.days()
        return Asked(str(self.whose.value() or self._session.by), first, last, self._session.project)

    def said(self) -> str:
        """The period, whose and which project, in words."""
        period_said = self.period.currentText()
        if self.period.value() == RANGE:
            first, last = self.days()
            period_said = _("{first} to {last}").format(first=first or "…", last=last or "…")
        return " · ".join(filter(None, (period_said, self.whose.currentText(), project_name(self._session))))

    def show_facts(self, held: Pipeline) -> None:
        """Projected, weighted, won, rotten."""
        total = held.total
        orders = ngettext("{count:,} order", "{count:,} orders", total.won_deals).format(count=total.won_deals)
        facts = [
            Fact(_("Projected"), short_money(total.projected), more=deals_said(total.open)),
            Fact(_("Weighted"), short_money(total.weighted)),
            Fact(_("Won"), short_money(total.won), more=orders if total.won_deals else ""),
            Fact(_("Rotten"), f"{held.rotten:,}", "overdue" if held.rotten else "",
                 more=_("of {count:,} open").format(count=total.open)),
        ]  # fmt: skip
        for tile, fact in zip(self.tiles, facts, strict=True):
            tile.show_fact(fact)
        for button in (self.export, self.print):
            offer(button, "" if total.deals else _("There is nothing in this period yet."))

    def paintEvent(self, event: QPaintEvent) -> None:
        edge = QRectF(0, self.height() - 1, self.width(), 1)
        paint.begin(self).fillRect(edge, theme.colour(self, "line"))
