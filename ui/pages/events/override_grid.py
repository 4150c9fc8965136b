"""The list of what may be rerouted: several rows are marked at once, those not read yet among them (VS-15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QWidget

from channergy_crm.language import _
from channergy_crm.records import Task
from ui.history.sheet import Column, Line, Sheet
from ui.look import theme
from ui.look.wording import shown
from ui.pages.reminder_rows import how_late

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent

    from channergy_crm.services.events.to_reroute import Row

OF_OPEN, OF_LENT = {2, 4}, {5, 6, 7}
"""columns of open work only, and of what was rerouted"""
DUE, LATE_INKS = 1, {"late": "overdue", "today": "soon"}
FLAGS = QItemSelectionModel.SelectionFlag


class Marked(Sheet):
    """Space marks the row under the cursor, Ctrl+A all; `marked_now` tells that others are marked."""

    marked_now = Signal()

    def __init__(self, parent: QWidget) -> None:
        columns = [
            Column(_("Action"), 180, True), Column(_("Due"), 214), Column(_("Priority"), 76),
            Column(_("Customer"), 150), Column(_("Event"), 150), Column(_("Has it"), 90), Column(_("Until"), 110),
            Column(_("Note"), 160),
        ]  # fmt: skip
        super().__init__("override.grid", _("What may be rerouted"), columns, parent)
        self._numbers: Sequence[int] = ()
        self._all = False
        self._kept_back = OF_LENT
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def show_found(self, numbers: Sequence[int], first: Sequence[Row], keep: Collection[int] = ()) -> None:
        """Show the first of these; the others come as somebody scrolls. `keep` are marked as they were."""
        whole = bool(keep) and len(numbers) > 1 and set(numbers) <= set(keep)
        self._numbers, self._all = numbers, False
        self.show_lines([_line(one) for one in first])
        if whole:
            self.mark_all()
        elif rows := [place for place, one in enumerate(first) if one.task in keep]:
            self._mark(rows, FLAGS.ClearAndSelect)
        self.marked_now.emit()

    def show_more(self, rows: Sequence[Row]) -> None:
        """Put these below; where all are marked they are too."""
        begun = self.rows.rowCount()
        self.show_lines([_line(one) for one in rows], more=True)
        if self._all and rows:
            self._mark(range(begun, self.rows.rowCount()), FLAGS.Select)

    def _mark(self, rows: Collection[int], how: QItemSelectionModel.SelectionFlag) -> None:
        marked, last = QItemSelection(), len(self.rows.columns) - 1
        for row in rows:
            marked.select(self.rows.index(row, 0), self.rows.index(row, last))
        self.selectionModel().select(marked, how)

    def marked(self) -> list[int]:
        """The numbers of the marked tasks, in the order of the list."""
        if self._all:
            return list(self._numbers)
        rows = {
            row for part in self.selectionModel().selection().toList() for row in range(part.top(), part.bottom() + 1)
        }
        return [self.rows.lines[row].about.task for row in sorted(rows) if row < len(self.rows.lines)]

    @property
    def all_marked(self) -> bool:
        """Whether all there are are marked."""
        return self._all and len(self._numbers) > 1

    def mark_all(self) -> None:
        """Mark all there are."""
        self._all = False
        self.selectAll()
        self._all = True
        self.marked_now.emit()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Other rows are marked; who takes one away from all has marked those that are left of what is read."""
        super().selectionChanged(selected, deselected)
        if not deselected.isEmpty():
            self._all = False
        self.marked_now.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click marks a row, and no longer all."""
        self._all = False
        super().mousePressEvent(event)
        self.marked_now.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space marks and goes on to the next row; Ctrl+A marks all."""
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.mark_all()
        elif event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            here = self.currentIndex()
            self.selectionModel().select(here, FLAGS.Toggle | FLAGS.Rows)
            below = self.rows.index(min(here.row() + 1, self.rows.rowCount() - 1), 0)
            self.selectionModel().setCurrentIndex(below, FLAGS.NoUpdate)
        else:
            super().keyPressEvent(event)

    def show_receivers(self, on: bool) -> None:
        """Who has it, until when and why, beside what was rerouted; priority and event otherwise."""
        self._kept_back = OF_OPEN if on else OF_LENT
        self._fit()

    def _fit(self) -> None:
        room = self.viewport().width()
        for place, column in enumerate(self.rows.columns):
            if place not in self._kept_back:
                room -= theme.px(180 if column.takes_rest else column.width, self)
            late = room < -1 and place > 1 and not column.takes_rest
            self.setColumnHidden(place, place in self._kept_back or late)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the last columns go first."""
        super().resizeEvent(event)
        self._fit()


def _line(one: Row) -> Line:
    due = " · ".join(filter(None, (_when(one), how_late(one.due, one.at))))
    words = (one.action, due, shown(Task.kind("priority"), one.priority), one.customer, one.event, one.receiver,
             shown(None, one.until) if one.until else _("for good") if one.receiver else "", one.note)  # fmt: skip
    return Line(words, one, " · ".join(word for word in words if word), ink=_ink(one))


def _ink(one: Row) -> tuple[int, str]:
    name = LATE_INKS.get(one.standing, "")
    return (DUE, name) if name else (-1, "")


def _when(one: Row) -> str:
    """Its day, and its time where that is still to come."""
    if one.due is None:
        return _("No date")
    return f"{shown(None, one.due)} {one.at:%H:%M}" if one.at and one.standing != "late" else shown(None, one.due)
