"""The tool row of a page that counts: the period, whose; four facts; what can be done with all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import _
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
    from datetime import date

    from PySide6.QtGui import QPaintEvent

    from ui.session.session import Session

RANGE = "range"  # unsaid: a name
DAY, HIGH, SOON_MS, TILES = 112, 76, 250, 4


class ToolRow(QWidget):
    """What is asked for is remembered on this workstation; `changed` tells that it is something else now.

    A page says which periods it knows (the first is the usual one), whose may be looked at, and what its facts are.
    """

    changed = Signal()
    exported = Signal()
    printed = Signal()

    word: ClassVar[str]
    """how the names of its widgets begin"""
    periods: ClassVar[Sequence[tuple[str, str]]]
    """by their names, in words that are not translated yet; `RANGE` asks for two days"""
    usual: ClassVar[str]
    about_whose: ClassVar[str]
    """what is heard for the choice of people"""
    wide: ClassVar[tuple[int, int]]
    """pixels of the period and of whose"""
    only_past: ClassVar[bool] = False
    """whether days without a year lie in the past"""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        theme.stand_on(self, "side")
        self.period = self.choice("period", _("Period"), [(key, _(said)) for key, said in self.periods], self.wide[0])
        self.whose = self.choice("whose", _(self.about_whose), self._people(), self.wide[1])
        self.besides = self.further()
        self.first, self.last = self._day("first", _("From")), self._day("last", _("To"))
        self.export = self._verb("export", _("Export…"))
        self.print = self._verb("print", _("Print…"))
        self.tiles = [Tile(self) for _fact in range(TILES)]
        self._soon = later(self, self._changed, SOON_MS)
        self._recall()
        self._lay_out()
        self.show_range()
        editors: list[ChoiceEditor | DateEditor] = [self.period, self.whose, *self.besides, self.first, self.last]
        for editor in editors:
            editor.changed.connect(self._soon.start)
        self.export.clicked.connect(lambda: self.exported.emit())
        self.print.clicked.connect(lambda: self.printed.emit())

    # ---------------------------------------------------------------- what a page says of itself

    def offered(self, by: str) -> list[tuple[str, str]]:
        """Whose may be looked at by this operator, in words; the first is the usual one."""
        raise NotImplementedError

    def further(self) -> Sequence[ChoiceEditor]:
        """What else is asked for, beside whose."""
        return ()

    def days(self) -> tuple[date | None, date | None]:
        """The first day and the last, None for an end that is open."""
        raise NotImplementedError

    def asked(self) -> Any:
        """What is wanted now, as its service takes it."""
        raise NotImplementedError

    # ---------------------------------------------------------------- its parts

    def choice(self, word: str, said: str, choices: Sequence[tuple[object, str]], wide: int) -> ChoiceEditor:
        """One of these, the first unless another is chosen."""
        editor = named(ChoiceEditor(choices, self, allow_empty=False), f"{self.word}.{word}", said)
        editor.set_value(choices[0][0])
        editor.setFixedWidth(theme.px(wide, self))
        return editor

    def _day(self, word: str, said: str) -> DateEditor:
        editor = named(DateEditor(self, past=self.only_past), f"{self.word}.{word}", said)
        editor.setPlaceholderText(said)
        editor.setFixedWidth(theme.px(DAY, self))
        return editor

    def _verb(self, word: str, said: str) -> Button:
        button = named(Button(said, self), f"{self.word}.{word}", said)
        button.quiet()
        button.setIcon(icon(word, button))
        return button

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(4)
        for parts in ((self.period, self.whose, *self.besides), (self.first, self.last, self.export, self.print)):
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
            tile.setObjectName(f"{self.word}.fact_{place + 1}")
            tile.setMinimumWidth(theme.px(100, self))
            row.addWidget(tile)
        self.setMinimumHeight(theme.px(HIGH, self))

    # ---------------------------------------------------------------- whose, and remembering

    def _people(self) -> list[tuple[str, str]]:
        """Who is offered; oneself at least, even while the store is gone."""
        by = self._session.by
        return self._session.attempt(lambda: self.offered(by)) or [(by, _("Mine"))]

    @property
    def _remembered(self) -> str:
        return f"{self.word}.asked"

    def _recall(self) -> None:
        people = self._people()
        held = self._session.station.recall(self._remembered, [self.usual, people[0][0]])
        if len(held) == 2:
            self.period.set_value(held[0] if held[0] in dict(self.periods) and held[0] != RANGE else self.usual)
            self.whose.set_value(held[1] if held[1] in dict(people) else people[0][0])

    def offer_people(self) -> None:
        """Somebody else works here now, or may look at others now."""
        offered = self._people()
        self.whose.set_choices(offered)
        if self.whose.value() not in dict(offered):
            self.whose.set_value(offered[0][0])

    def offers(self, whose: str) -> bool:
        """Whether these may be looked at, and are not."""
        return self.whose.value() != whose and whose in dict(self._people())

    def show_whose(self, whose: str) -> None:
        """Look at these from now on."""
        self.whose.set_value(whose)
        self._changed()

    def _changed(self) -> None:
        self.show_range()
        for day in (self.first, self.last):
            theme.mark(day, "problem", self.period.value() == RANGE and bool(day.text_problem()))
        self._session.station.remember(self._remembered, [self.period.value(), self.whose.value()])
        self.changed.emit()

    # ---------------------------------------------------------------- the period

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

    def said(self) -> str:
        """The period, whose and which project, in words."""
        period_said = self.period.currentText()
        if self.period.value() == RANGE:
            first, last = self.days()
            period_said = _("{first} to {last}").format(first=first or "…", last=last or "…")
        return " · ".join(filter(None, (period_said, self.whose.currentText(), project_name(self._session))))

    # ---------------------------------------------------------------- what was counted

    def show_facts(self, facts: Sequence[Fact], *, anything: bool) -> None:
        """Four facts; out it goes only where there is anything."""
        for tile, fact in zip(self.tiles, facts, strict=True):
            tile.show_fact(fact)
        for button in (self.export, self.print):
            offer(button, "" if anything else _("There is nothing in this period yet."))

    def paintEvent(self, event: QPaintEvent) -> None:
        edge = QRectF(0, self.height() - 1, self.width(), 1)
        paint.begin(self).fillRect(edge, theme.colour(self, "line"))
