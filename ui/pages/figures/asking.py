"""The tool row of Figures: the period, whose, which list; four facts; what can be done with all of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm import clock
from channergy_crm.language import N_, _
from channergy_crm.services import figures
from channergy_crm.services.figures import Asked
from channergy_crm.text.periods import period
from ui.editors.choices import ChoiceEditor
from ui.editors.dates import DateEditor
from ui.look import paint, theme
from ui.look.icons import icon
from ui.session.within import project_name
from ui.widgets.controls import Button
from ui.widgets.dialog import named, offer
from ui.widgets.summary import Fact, Tile
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from channergy_crm.services.figures import Count, Figures
    from ui.session.session import Session

RANGE, ALL, USUAL = "range", "*", "this month"  # unsaid: names
WEEK, LAST_MONTH = "this week", "last month"  # unsaid: words of a filter
PERIODS = (
    ("today", N_("Today")), (WEEK, N_("This week")), (USUAL, N_("This month")),
    (LAST_MONTH, N_("Last month")), (RANGE, N_("From … to …")),
)  # fmt: skip
REMEMBERED = "figures.asked"
CHOICE, DAY, HIGH, SOON_MS = 128, 112, 76, 250


class ToolRow(QWidget):
    """What is asked for is remembered on this workstation; `changed` tells that it is something else now."""

    changed = Signal()
    exported = Signal()
    printed = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        theme.stand_on(self, "side")
        periods = [(key, _(said)) for key, said in PERIODS]
        self.period = self._choice("period", _("Period"), periods)
        self.whose = self._choice("whose", _("Whose calls"), self._people())
        self.list = self._choice("list", _("List"), [(ALL, _("All lists"))])
        self.first, self.last = self._day("first", _("From")), self._day("last", _("To"))
        self.export = self._verb("export", _("Export…"), "export")
        self.print = self._verb("print", _("Print…"), "print")
        self.tiles = [Tile(self) for _fact in range(4)]
        self._soon = later(self, self._changed, SOON_MS)
        self._recall()
        self._lay_out()
        self.show_range()
        for part in (self.period, self.whose, self.list, self.first, self.last):
            part.changed.connect(self._soon.start)
        self.export.clicked.connect(lambda: self.exported.emit())
        self.print.clicked.connect(lambda: self.printed.emit())

    def _choice(self, word: str, said: str, choices: Sequence[tuple[object, str]]) -> ChoiceEditor:
        editor = named(ChoiceEditor(choices, self, allow_empty=False), f"figures.{word}", said)
        editor.set_value(choices[0][0])
        editor.setFixedWidth(theme.px(CHOICE, self))
        return editor

    def _day(self, word: str, said: str) -> DateEditor:
        editor = named(DateEditor(self, past=True), f"figures.{word}", said)
        editor.setPlaceholderText(said)
        editor.setFixedWidth(theme.px(DAY, self))
        return editor

    def _verb(self, word: str, said: str, sign: str) -> Button:
        button = named(Button(said, self), f"figures.{word}", said)
        button.quiet()
        button.setIcon(icon(sign, button))
        return button

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(4)
        for parts in ((self.period, self.whose, self.list), (self.export, self.print, self.first, self.last)):
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
            tile.setObjectName(f"figures.fact_{place + 1}")
            tile.setMinimumWidth(theme.px(100, self))
            row.addWidget(tile)
        self.setMinimumHeight(theme.px(HIGH, self))

    def _people(self) -> list[tuple[str, str]]:
        """Whose calls are offered; the own ones at least, even while the store is gone."""
        by = self._session.by
        return self._session.attempt(lambda: figures.whose_offered(by)) or [(by, _("Mine"))]

    def _recall(self) -> None:
        held = self._session.station.recall(REMEMBERED, [USUAL, self._session.by])
        if len(held) == 2:
            self.period.set_value(held[0] if held[0] in dict(PERIODS) and held[0] != RANGE else USUAL)
            offered = dict(self._people())
            self.whose.set_value(held[1] if held[1] in offered else self._session.by)

    def offer_people(self) -> None:
        """Somebody else works here now, or may look at others now."""
        offered = self._people()
        self.whose.set_choices(offered)
        if self.whose.value() not in dict(offered):
            self.whose.set_value(self._session.by)

    def offer_lists(self, names: Sequence[str]) -> None:
        """The lists that were called in the period, and the one that is chosen."""
        chosen = self.list.value()
        held = [*names, *([chosen] if chosen not in (ALL, None, *names) else [])]
        self.list.set_choices([(ALL, _("All lists")), *((name, name) for name in held)])

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

    def days(self) -> tuple[date, date]:
        """The first day and the last; a range that is still open goes on to today."""
        today = clock.today()
        if self.period.value() == RANGE:
            last = self.last.value() or today
            return self.first.value() or min(last, today) - timedelta(days=30), last
        first, last = period(str(self.period.value()), today)
        return first or today, last or today

    def asked(self) -> Asked:
        """What is wanted now."""
        first, last = self.days()
        chosen = "" if self.list.value() in (ALL, None) else str(self.list.value())
        return Asked(first, last, str(self.whose.value() or self._session.by), chosen, self._session.project)

    def said(self) -> str:
        """The period and whose, in words."""
        period_said = self.period.currentText()
        if self.period.value() == RANGE:
            first, last = self.days()
            period_said = _("{first} to {last}").format(first=first.isoformat(), last=last.isoformat())
        return " · ".join(filter(None, (period_said, self.whose.currentText(), project_name(self._session))))

    def show_facts(self, held: Figures) -> None:
        """Calls, reached, sales, talk time."""
        total = held.total
        a_day = _("{count:,} a day").format(count=round(total.calls / held.days)) if held.days > 1 else ""
        percent = _("{percent} %").format(percent=total.percent) if total.percent is not None else "–"
        share = round(100 * total.sales / total.calls) if total.calls else 0
        of_calls = _("{percent} %\u00a0of calls").format(percent=share) if total.sales else ""
        facts = [
            Fact(_("Calls"), f"{total.calls:,}", more=a_day),
            Fact(_("Reached"), percent, more=f"{total.reached:,}" if total.calls else ""),
            Fact(_("Sales"), f"{total.sales:,}", more=of_calls), _time_of(total),
        ]  # fmt: skip
        for tile, fact in zip(self.tiles, facts, strict=True):
            tile.show_fact(fact)
        for button in (self.export, self.print):
            offer(button, "" if total.calls or held.way.leads else _("There is nothing in this period yet."))

    def paintEvent(self, event: QPaintEvent) -> None:
        edge = QRectF(0, self.height() - 1, self.width(), 1)
        paint.begin(self).fillRect(edge, theme.colour(self, "line"))


def _time_of(total: Count) -> Fact:
    """How long a call lasts, of those that were measured; otherwise the time at the desk, which is said."""
    if total.talk_on_average is not None:
        return Fact(_("Talk time"), clock_of(total.talk_on_average), more=_("on average"))
    if total.desk_on_average is not None:
        return Fact(_("Desk time"), clock_of(total.desk_on_average), more=_("not measured"))
    return Fact(_("Talk time"), "–")


def clock_of(seconds: int) -> str:
    """Minutes and seconds."""
    return f"{seconds // 60}:{seconds % 60:02d}"
