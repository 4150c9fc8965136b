"""The list of the ages: several rows are marked at once, a click on a title sorts (SI-39)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QWidget

from channergy_crm.language import _, ngettext
from ui.history.sheet import Column, Line, Sheet
from ui.look.wording import in_full, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QItemSelection
    from PySide6.QtGui import QKeyEvent

    from channergy_crm.services.privacy.age import Aged

MONTH, YEAR = 31, 730
"""days from which an age is told in months, and in years"""
ORDER: Sequence[Callable[[Any], Any]] = (
    lambda one: one.name.casefold(), lambda one: one.record.about.rank, lambda one: -one.days,
    lambda one: one.last or datetime.min, lambda one: one.status.casefold(), lambda one: one.owner,
    lambda one: (not one.too_old, one.kept is None, one.kept.months if one.kept else 0),
)  # fmt: skip
"""what each column is sorted by"""


class Ages(Sheet):
    """Space marks the row under the cursor, Ctrl+A all of them; `marked_now` tells that others are marked."""

    marked_now = Signal()

    def __init__(self, parent: QWidget) -> None:
        columns = [
            Column(_("Name"), 240, True), Column(_("Records"), 110), Column(_("Age"), 100),
            Column(_("Last in touch"), 160), Column(_("Status"), 150), Column(_("Belongs to"), 100),
            Column(_("Kept"), 170),
        ]  # fmt: skip
        super().__init__("privacy.grid", _("CRM and contacts"), columns, parent)
        self._sorted = (2, Qt.SortOrder.AscendingOrder)
        self._people: list[Aged] = []
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        headings = self.horizontalHeader()
        headings.setSectionsClickable(True)
        headings.setSortIndicatorShown(True)
        headings.setSortIndicator(*self._sorted)
        headings.sectionClicked.connect(self._sort)

    def show_people(self, people: Sequence[Aged]) -> None:
        """Show these, in the order that is chosen."""
        self._people = list(people)
        self._arrange()

    def marked(self) -> list[Aged]:
        """The rows that are marked: those that are selected."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return [self.rows.lines[row].about for row in rows if row < len(self.rows.lines)]

    def _sort(self, column: int) -> None:
        before, order = self._sorted
        down = Qt.SortOrder.DescendingOrder
        ascending = Qt.SortOrder.AscendingOrder
        self._sorted = (column, down if column == before and order == ascending else ascending)
        self.horizontalHeader().setSortIndicator(*self._sorted)
        self._arrange()

    def _arrange(self) -> None:
        column, order = self._sorted
        people = sorted(self._people, key=ORDER[column], reverse=order == Qt.SortOrder.DescendingOrder)
        self.show_lines([_line(one) for one in people])

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Other rows are marked."""
        super().selectionChanged(selected, deselected)
        self.marked_now.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space marks and goes on to the next row."""
        if event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            flags, here = QItemSelectionModel.SelectionFlag, self.currentIndex()
            self.selectionModel().select(here, flags.Toggle | flags.Rows)
            below = self.rows.index(min(here.row() + 1, self.rows.rowCount() - 1), 0)
            self.selectionModel().setCurrentIndex(below, flags.NoUpdate)
        else:
            super().keyPressEvent(event)


def age_said(one: Aged) -> str:
    """How old, in the unit in which people say it."""
    if one.last is None:
        return _("never")
    if one.days < MONTH:
        return ngettext("{count} day", "{count} days", one.days).format(count=one.days)
    if one.days < YEAR:
        return ngettext("{count} month", "{count} months", one.months).format(count=one.months)
    years = one.months // 12
    return ngettext("{count} year", "{count} years", years).format(count=years)


def _line(one: Aged) -> Line:
    name = one.record.kind(_status(one)) if _status(one) else None
    status = shown(name, one.status) if name is not None and one.status else ""
    words = (one.name, one.record.singular, age_said(one), shown(None, one.last) if one.last else "",
             status, one.owner, _kept(one))  # fmt: skip
    return Line(words, one, in_full(None, one.last) if one.last else "", quiet=False)


def _status(one: Aged) -> str:
    from channergy_crm.services.privacy import retention

    return retention.status_of(one.record)


def _kept(one: Aged) -> str:
    if one.kept is None:
        return ""
    if one.too_old:
        return _("Longer than {months} months").format(months=one.kept.months)
    return _("{months} months").format(months=one.kept.months)
