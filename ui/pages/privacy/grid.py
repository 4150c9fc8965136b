"""The list of the ages: several rows are marked at once, a click on a title sorts (SI-39)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QWidget

from channergy_crm.language import _, ngettext
from channergy_crm.services.privacy.age_order import AGE
from ui.history.sheet import Column, Line, Sheet
from ui.look.wording import in_full, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent

    from channergy_crm.services.privacy.age import Aged, Who
    from channergy_crm.services.privacy.age_order import Found

MONTH, YEAR = 31, 730
"""days from which an age is told in months, and in years"""


class Ages(Sheet):
    """Space marks the row under the cursor, Ctrl+A all that were found, those not read yet among them.

    `marked_now` tells that others are marked, `sorted_anew` that another order is wanted.
    """

    marked_now = Signal()
    sorted_anew = Signal()

    def __init__(self, parent: QWidget) -> None:
        columns = [
            Column(_("Name"), 240, True), Column(_("Records"), 110), Column(_("Age"), 100),
            Column(_("Last in touch"), 160), Column(_("Status"), 150), Column(_("Belongs to"), 100),
            Column(_("Kept"), 170),
        ]  # fmt: skip
        super().__init__("privacy.grid", _("CRM and contacts"), columns, parent)
        self._sorted = (AGE, Qt.SortOrder.AscendingOrder)
        self._found: Found | None = None
        self._all = False
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        headings = self.horizontalHeader()
        headings.setSectionsClickable(True)
        headings.setSortIndicatorShown(True)
        headings.setSortIndicator(*self._sorted)
        headings.sectionClicked.connect(self._sort)

    def order(self) -> tuple[int, bool]:
        """The column it is ordered by, and whether downwards."""
        column, order = self._sorted
        return column, order == Qt.SortOrder.DescendingOrder

    def show_found(self, found: Found | None, first: Sequence[Aged] = (), *, again: bool = False) -> None:
        """Show the first of these; the others come as somebody scrolls to them. The same `again`, read anew because
        somebody has changed one, are marked as they were.
        """
        whole, kept = again and self.all_marked, set[tuple[object, object]]()
        if again and not whole and self.marks() > 1:
            kept = {(one.record, one.key) for one in self.marked()}
        self._found, self._all = found, False
        self.show_lines([_line(one) for one in first])
        if whole:
            self.mark_all()
        elif kept:
            self._mark([row for row, one in enumerate(first) if (one.record, one.key) in kept])

    def _mark(self, rows: Sequence[int]) -> None:
        flags, marked = QItemSelectionModel.SelectionFlag, QItemSelection()
        for row in rows:
            marked.select(self.rows.index(row, 0), self.rows.index(row, len(self.rows.columns) - 1))
        if rows:
            self.selectionModel().select(marked, flags.ClearAndSelect)

    def show_more(self, people: Sequence[Aged]) -> None:
        """Put these below; where all are marked they are too."""
        begun = self.rows.rowCount()
        self.show_lines([_line(one) for one in people], more=True)
        if self._all and people:
            ends = self.rows.index(begun, 0), self.rows.index(self.rows.rowCount() - 1, len(self.rows.columns) - 1)
            self.selectionModel().select(QItemSelection(*ends), QItemSelectionModel.SelectionFlag.Select)

    def marked(self) -> Sequence[Who]:
        """Who is marked: the rows that are selected, or all who were found, however many are read so far."""
        if self._all and self._found is not None:
            return self._found
        return [self.rows.lines[row].about for row in self._rows_marked()]

    def marks(self) -> int:
        """How many are marked."""
        return len(self._found) if self._all and self._found is not None else len(self._rows_marked())

    @property
    def all_marked(self) -> bool:
        """Whether all who were found are marked."""
        return self._all and self._found is not None and len(self._found) > 1

    def _rows_marked(self) -> list[int]:
        rows = {
            row for part in self.selectionModel().selection().toList() for row in range(part.top(), part.bottom() + 1)
        }
        return sorted(row for row in rows if row < len(self.rows.lines))

    def _sort(self, column: int) -> None:
        before, order = self._sorted
        down = Qt.SortOrder.DescendingOrder
        ascending = Qt.SortOrder.AscendingOrder
        self._sorted = (column, down if column == before and order == ascending else ascending)
        self.horizontalHeader().setSortIndicator(*self._sorted)
        self.sorted_anew.emit()

    def mark_all(self) -> None:
        """Mark all who were found."""
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
        said = ngettext("Longer than {count} month", "Longer than {count} months", one.kept.months)
    else:
        said = ngettext("{count} month", "{count} months", one.kept.months)
    return said.format(count=one.kept.months)
