"""The list of the ages, several rows at once; a click on a title sorts (SI-39)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from channergy_crm.language import _, ngettext
from channergy_crm.services.privacy.age_order import AGE
from ui.history.marking import MarkingSheet
from ui.history.sheet import Column, Line
from ui.look.wording import in_full, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.privacy.age import Aged
    from channergy_crm.services.privacy.age_order import Found

MONTH, YEAR = 31, 730
"""days from which an age is told in months, and in years"""


class Ages(MarkingSheet):
    """Who there is, by age; `sorted_anew` tells that another order is wanted."""

    sorted_anew = Signal()

    def __init__(self, parent: QWidget) -> None:
        columns = [
            Column(_("Name"), 240, True), Column(_("Records"), 110), Column(_("Age"), 100),
            Column(_("Last in touch"), 160), Column(_("Status"), 150), Column(_("Belongs to"), 100),
            Column(_("Kept"), 170),
        ]  # fmt: skip
        super().__init__("privacy.grid", _("CRM and contacts"), columns, parent)
        self._sorted = (AGE, Qt.SortOrder.AscendingOrder)
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
        lines = [_line(one) for one in first]
        self.begin(() if found is None else found, lines, lambda one: (one.record, one.key) in kept, whole=whole)

    def show_more(self, people: Sequence[Aged]) -> None:
        """Put these below."""
        self.go_on([_line(one) for one in people])

    def _sort(self, column: int) -> None:
        before, order = self._sorted
        down = Qt.SortOrder.DescendingOrder
        ascending = Qt.SortOrder.AscendingOrder
        self._sorted = (column, down if column == before and order == ascending else ascending)
        self.horizontalHeader().setSortIndicator(*self._sorted)
        self.sorted_anew.emit()


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
