"""The head of the board: whose customers, which period, which project, what is shown, and what it is worth together."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from channergy_crm import clock
from channergy_crm.language import N_, _, ngettext
from channergy_crm.records import Opportunity
from channergy_crm.services import board, operators, projects
from channergy_crm.services.board import Asked
from channergy_crm.services.rights import Program
from channergy_crm.text.periods import moved
from ui.editors.choices import ChoiceEditor
from ui.editors.dates import DateEditor
from ui.lists.filter_line import FilterLine
from ui.look import paint, theme
from ui.look.icons import icon
from ui.look.plain import Label, as_tip
from ui.look.wording import whole_money
from ui.session.within import choose_project, project_name
from ui.widgets.controls import IconButton, Pill
from ui.widgets.dialog import Remark, named, offer
from ui.widgets.summary import Fact, Tile
from ui.widgets.timers import later
from ui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from channergy_crm.services.board import Board
    from ui.session.session import Session

ALL, MONTH, QUARTER, YEAR, RANGE = "all", "month", "quarter", "year", "range"
EVERYBODY = "*"
PERIODS = (
    (ALL, N_("All days")), (MONTH, N_("This month")), (QUARTER, N_("This quarter")), (YEAR, N_("This year")),
    (RANGE, N_("From … to …")),
)  # fmt: skip
SORTS = (("date", N_("By close date")), ("amount", N_("By amount")), ("age", N_("By age")))
PILLS = (
    ("won", N_("Won deals"), N_("Show the deals that were won")),
    ("lost", N_("Lost deals"), N_("Show the deals that were lost")),
    ("unprocessed", N_("Unprocessed"), N_("Show the customers without a deal")),
    ("overdue", N_("Overdue"), N_("Show open deals that were to close before the period; they are in no sum")),
)  # fmt: skip
VERBS = (
    ("export", N_("Export all customers on the board"), "export"),
    ("sms", N_("SMS to all customers on the board"), "note"),
    ("print", N_("Print the board"), "print"), ("months", N_("By month"), "figures"),
)  # fmt: skip
REMEMBERED = "board.asked"
CHOICE, NAMED, DAY, ARROW, NARROW, SOON_MS = 136, 200, 112, 48, 1150, 250
"""pixels: a choice, one with names, a day, the edges and the arrow of a choice, what is narrow; and milliseconds"""


def days(period: object, today: date) -> tuple[date, date] | None:
    """The first and the last day of a period; None for all of them, and for one somebody types."""
    if period == MONTH:
        first = today.replace(day=1)
        return first, moved(first, 1, "month") - timedelta(days=1)
    if period == QUARTER:
        first = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
        return first, moved(first, 3, "month") - timedelta(days=1)
    return (date(today.year, 1, 1), date(today.year, 12, 31)) if period == YEAR else None


class Tools(QWidget):
    """What is asked for is remembered on this workstation; `changed` tells that it is something else now."""

    changed = Signal()
    pressed = Signal(str)
    """one of the verbs at the end of the line"""
    filtered = Signal()
    """somebody has typed a filter and goes on to what it found"""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._followed: int | None = None
        theme.stand_on(self, "side")
        self.title = Label(_("Sales Board"), self)
        self.title.setFont(theme.title(self.font()))
        self.search = FilterLine("board", Opportunity, self)
        self.search.by = lambda: session.by
        self.owner = self._choice("owner", _("Whose customers"), [(session.by, session.by)])
        self.period = self._choice("period", _("Period"), [(key, _(said)) for key, said in PERIODS])
        self.project = self._choice("project", _("Project"), [(0, _("All projects"))])
        self.sort = self._choice("sort", _("Sorted"), [(key, _(said)) for key, said in SORTS])
        longest = max(self.sort.fontMetrics().horizontalAdvance(_(said)) for _key, said in SORTS)
        self.sort.setFixedWidth(max(theme.px(CHOICE, self), longest + theme.px(ARROW, self)))
        self.first, self.last = self._day("first", _("From")), self._day("last", _("To"))
        self.wrong = named(Remark("", self, ink="overdue"), "board.days_said", _("About the days"))
        self.wrong.say("")
        self.pills = {word: self._pill(word, _(said), _(tip)) for word, said, tip in PILLS}
        self.verbs = {word: self._verb(word, _(said), sign) for word, said, sign in VERBS}
        self.tiles = {word: Tile(self) for word in ("projected", "weighted", "actual")}
        for word, tile in self.tiles.items():
            tile.setObjectName(f"board.{word}")
        self._soon = later(self, self._changed, SOON_MS)
        self._recall()
        self._lay_out()
        self._connect()

    def _choice(self, word: str, said: str, choices: Sequence[tuple[object, str]]) -> ChoiceEditor:
        editor = named(ChoiceEditor(choices, self, allow_empty=False), f"board.{word}", said)
        editor.set_value(choices[0][0])
        editor.setFixedWidth(theme.px(CHOICE, self))
        editor.setToolTip(as_tip(said))
        return editor

    def _day(self, word: str, said: str) -> DateEditor:
        editor = named(DateEditor(self), f"board.{word}", said)
        editor.setPlaceholderText(said)
        editor.setFixedWidth(theme.px(DAY, self))
        return editor

    def _pill(self, word: str, said: str, tip: str) -> Pill:
        pill = named(Pill(said, self), f"board.show_{word}", tip)
        pill.setCheckable(True)
        pill.setToolTip(as_tip(tip))
        return pill

    def _verb(self, word: str, said: str, sign: str) -> IconButton:
        button = named(IconButton(self), f"board.{word}", said)
        button.setIcon(icon(sign, button))
        button.setToolTip(as_tip(said))
        button.setCheckable(word == "months")
        button.clicked.connect(lambda: self.pressed.emit(word))
        return button

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(8)
        above.addWidget(self.title)
        above.addSpacing(8)
        above.addWidget(self.search, 1)
        above.addStretch(1)
        for tile in self.tiles.values():
            above.addWidget(tile)
        line = QWidget(self)
        line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = WrappingRow(line)
        row.setContentsMargins(0, 0, 0, 0)
        end = QWidget(line)
        last = QHBoxLayout(end)
        last.setContentsMargins(0, 0, 0, 0)
        last.setSpacing(row.spacing())
        for part in (self.sort, *self.verbs.values()):  # where the line is too short they go on below, all of them
            last.addWidget(part)
        for part in (self.owner, self.period, self.first, self.last, self.project, *self.pills.values(), end):
            row.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(8)
        column.addLayout(above)
        column.addWidget(self.search.said)
        column.addWidget(line)
        column.addWidget(self.wrong)
        self.show_range()

    def _connect(self) -> None:
        self._session.operator_changed.connect(self.offer_all)
        self.search.installEventFilter(self)
        for part in (self.owner, self.period, self.project, self.sort, self.first, self.last):
            part.changed.connect(self._soon.start)
        for pill in self.pills.values():
            pill.toggled.connect(self._soon.start)
        self.search.textEdited.connect(self._soon.start)
        self.search.textChanged.connect(lambda text: None if text else self._soon.start())

    def walk(self) -> list[QWidget]:
        """What the Tab key comes to, in reading order."""
        return [self.search, self.owner, self.period, self.first, self.last, self.project, *self.pills.values(),
                self.sort, *self.verbs.values()]  # fmt: skip

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the filter one comes to the cards as to the rows of a list; Esc empties it."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self._soon.isActive():
                    self._soon.stop()
                    self._changed()
                self.filtered.emit()
                return True
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)

    # ---------------------------------------------------------------- what is offered and remembered

    def offer_all(self) -> None:
        """Whose customers, and which projects there are for who is here now."""
        by = self._session.by
        names = {each.id: each.name for each in operators.everybody(Program.ITSELF)}
        whose = self._session.attempt(lambda: board.whose_offered(by)) or [by]
        offered = [(each, f"{each}  {names.get(each, '')}".strip()) if each else (EVERYBODY, _("All operators"))
                   for each in whose]  # fmt: skip
        self._offer(self.owner, offered, by)
        held = self._session.attempt(lambda: projects.offered(by)) or []
        self._offer(
            self.project, [(0, _("All projects")), *((each.number, each.name) for each in held if each.uses_crm)], 0
        )
        if self._session.project != self._followed:  # the header's choice is that of every page
            self._followed = self._session.project
            self.project.set_value(self._followed or 0)
        self.project.setVisible(bool(held) and self._session.project is None)  # else the header has decided it

    def _offer(self, editor: ChoiceEditor, offered: Sequence[tuple[object, str]], usual: object) -> None:
        wanted = editor.value()
        editor.set_choices(offered)
        if wanted not in dict(offered):
            editor.set_value(usual)

    def _recall(self) -> None:
        held: dict[str, Any] = self._session.station.recall(REMEMBERED, {})
        self.owner.set_choices([(held.get("owner", self._session.by), "")])
        for word, editor in self._remembered().items():
            if word in held:
                editor.set_value(held[word])
        for word, pill in self.pills.items():
            pill.setChecked(bool(held.get(word)))
        if self.period.value() == RANGE:
            self.period.set_value(ALL)
        self.verbs["months"].setChecked(bool(held.get("months")))

    def _remembered(self) -> dict[str, ChoiceEditor]:
        return {"owner": self.owner, "period": self.period, "project": self.project, "sort": self.sort}

    def remember(self) -> None:
        """Keep what is asked for on this workstation."""
        held = {word: editor.value() for word, editor in self._remembered().items()}
        held |= {word: pill.isChecked() for word, pill in self.pills.items()}
        self._session.station.remember(REMEMBERED, {**held, "months": self.verbs["months"].isChecked()})

    def _changed(self) -> None:
        self.show_range()
        self.remember()
        problem, ranged = self.problem(), self.period.value() == RANGE
        self.wrong.say(problem)
        for day in (self.first, self.last):
            theme.mark(day, "problem", ranged and bool(day.text_problem()))
        if self.search.readable() and not problem:
            self.changed.emit()

    # ---------------------------------------------------------------- what is asked

    def show_range(self) -> None:
        """The two days are asked for only where a range is wanted; overdue ones only where a period begins."""
        for day in (self.first, self.last):
            day.setVisible(self.period.value() == RANGE)
        offer(self.pills["overdue"], "" if self.period.value() != ALL else _("All days are shown already."))

    def problem(self) -> str:
        """What is wrong with the days; "" where both can be read, in their order."""
        if self.period.value() != RANGE:
            return ""
        if said := next((said for day in (self.first, self.last) if (said := day.text_problem())), ""):
            return said
        first, last = self.first.value(), self.last.value()
        return _("The last day is before the first.") if first and last and last < first else ""

    def asked(self) -> Asked:
        """What is wanted now."""
        today = clock.today()
        span = days(self.period.value(), today)
        if self.period.value() == RANGE:
            first, last = self.first.value(), self.last.value()
            span = (first or date.min, last or date.max) if first or last else None
        first, last = span if span else (None, None)
        on = {word: pill.isChecked() for word, pill in self.pills.items()}
        whose = self.owner.value() or self._session.by
        return Asked(
            "" if whose == EVERYBODY else str(whose), first=first, last=last, overdue=on["overdue"],
            project=int(self._session.project or self.project.value() or 0), text=self.search.text(), won=on["won"],
            lost=on["lost"], unprocessed=on["unprocessed"], sort=str(self.sort.value() or "date"),
        )  # fmt: skip

    def said(self) -> str:
        """Whose, and which days, in words."""
        parts = [self.owner.currentText(), self.period.currentText(), project_name(self._session)]
        return " · ".join(part for part in parts if part)

    def show_months(self, first: date, until: date | None, won: bool) -> None:
        """From the first day of a month to the last of this or of a later one; with the won deals where there are."""
        self.first.set_value(first)
        self.last.set_value(moved(until or first, 1, "month") - timedelta(days=1))
        self.period.set_value(RANGE)
        self.pills["won"].setChecked(won or self.pills["won"].isChecked())
        self._changed()

    def show_sums(self, held: Board) -> None:
        """What all of it is worth (SI-20, SI-21, SI-22)."""
        deals = ngettext("{count:,} open deal", "{count:,} open deals", held.deals).format(count=held.deals)
        orders = ngettext("{count:,} order", "{count:,} orders", held.orders).format(count=held.orders)
        self.tiles["projected"].show_fact(Fact(_("Projected"), whole_money(held.sums.projected), more=deals))
        self.tiles["weighted"].show_fact(Fact(_("Weighted"), whole_money(held.sums.weighted)))
        self.tiles["actual"].show_fact(Fact(_("Actual"), whole_money(held.sums.actual), more=orders))

    def show_all(self) -> None:
        """Ask for everything: all days, everybody, every project, no filter."""
        self.search.clear()
        offered = [self.owner.itemData(place) for place in range(self.owner.count())]
        self.owner.set_value(EVERYBODY if EVERYBODY in offered else self._session.by)
        self.period.set_value(ALL)
        self.project.set_value(0)
        choose_project(self._session, None)
        self._changed()

    def fit(self, width: int) -> None:
        """Where there is little room, what stands beside the sums goes into their tips, and names are cut short."""
        narrow = width < theme.px(NARROW, self)
        for tile in self.tiles.values():
            tile.brief(narrow)
        self.owner.setFixedWidth(theme.px(CHOICE if narrow else NAMED, self))

    def paintEvent(self, event: QPaintEvent) -> None:
        edge = QRectF(0, self.height() - 1, self.width(), 1)
        paint.begin(self).fillRect(edge, theme.colour(self, "line"))
