"""The list of rules at the left of the page: walked through by key, its sections folded with Left and Right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from channergy_crm.language import _
from ui.look import theme
from ui.pages.events.painter import RulePainter
from ui.pages.events.rows import Rows
from ui.widgets.entries_view import ROW, EntriesView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent
    from PySide6.QtWidgets import QWidget

    from channergy_crm.settings import Station
    from ui.pages.events.rows import Line

FOLDED = "events.folded"
NAME = "events.grid"


class RuleList(EntriesView):
    """Which sections are folded is remembered on this workstation."""

    entered = Signal()
    """Enter: on into the form"""
    removed = Signal()
    typed = Signal(str)
    """somebody has begun to type: they look for a rule"""

    def __init__(self, station: Station, parent: QWidget) -> None:
        self.model_: Rows = Rows(parent)
        super().__init__(self.model_, (NAME, NAME), _("Rules"), parent)
        self._station, self._lines, self._words = station, list[tuple[str, "Line"]](), ""
        held = station.recall(FOLDED, [])
        self._folded = {str(name) for name in held} if isinstance(held, list) else set()
        theme.stand_on(self.viewport(), "side")
        painter = RulePainter(self)
        self.paint_with(painter, painter.renew)

    def number(self) -> int | None:
        """The number of the rule the cursor stands on, 0 for one that is new; None for none."""
        line: Line | None = self.current_entry()
        return line.number if line is not None else None

    def show_lines(self, lines: Sequence[tuple[str, Line]], words: str, stand_on: int | None) -> None:
        """Show these (state, line) pairs; the cursor comes to the rule with this number, or else to the first."""
        self._lines, self._words = list(lines), words
        before = self.blockSignals(True)
        self.model_.show(self._lines, self._folded, words)
        at = self.model_.row_of(stand_on) if stand_on is not None else -1
        self.stand_on_row(at if at >= 0 else self.model_.first())
        self.blockSignals(before)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def go_to(self, number: int) -> None:
        """The cursor comes to this rule; its section unfolds."""
        state = next((state for state, line in self._lines if line.number == number), "")
        if state in self._folded:
            self._fold(state)
        self.stand_on_row(self.model_.row_of(number))

    def _fold(self, name: str) -> None:
        self._folded ^= {name}
        self._station.remember(FOLDED, sorted(self._folded))
        self.show_lines(self._lines, self._words, self.number())
        self.turned.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a head folds its section."""
        row = self.indexAt(event.position().toPoint()).data(ROW)
        if row is not None and row.head is not None:
            self._fold(row.head.name)
            return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes into the form, Del removes, Left and Right fold; letters look for a rule."""
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif plain and key == Qt.Key.Key_Delete:
            self.removed.emit()
        elif plain and key == Qt.Key.Key_Left and (head := self.model_.head_over(self.currentIndex().row())):
            self._fold(head.name)
        elif plain and key == Qt.Key.Key_Right:
            self._unfold_next()
        elif event.text().strip() and event.text().isprintable() and not event.modifiers() & ~SHIFTED:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def _unfold_next(self) -> None:
        shut = [(at, row.head.name) for at, row in enumerate(self.model_.rows) if row.head is not None and row.folded]
        below = [name for at, name in shut if at > self.currentIndex().row()]
        if shut:
            self._fold(below[0] if below else shut[0][1])


SHIFTED = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
