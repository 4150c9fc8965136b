"""The list of what may be rerouted, several rows at once (VS-15)."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.records import Task
from ui.history.marking import MarkingSheet
from ui.history.sheet import Column, Line
from ui.look.wording import shown
from ui.pages.reminder_rows import how_late

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.events.to_reroute import Row

OF_OPEN, OF_LENT = {2, 4}, {5, 6, 7}
"""columns of open work only, and of what was rerouted"""
DUE, LATE_INKS = 1, {"late": "overdue", "today": "soon"}


class ToReroute(MarkingSheet):
    """What may be rerouted, or was; `marked` are the numbers of the tasks."""

    def __init__(self, parent: QWidget) -> None:
        columns = [
            Column(_("Action"), 180, True, shares=3), Column(_("Due"), 214), Column(_("Priority"), 76),
            Column(_("Customer"), 150, shares=2), Column(_("Event"), 150, shares=1), Column(_("Has it"), 90),
            Column(_("Until"), 110), Column(_("Note"), 160, shares=1),
        ]  # fmt: skip
        super().__init__("override.grid", _("What may be rerouted"), columns, parent, attrgetter("task"))
        self._kept_back = OF_LENT

    def show_found(self, numbers: Sequence[int], first: Sequence[Row], keep: Collection[int] = ()) -> None:
        """Show the first of these; the others come as somebody scrolls. `keep` are marked as they were."""
        whole = bool(keep) and len(numbers) > 1 and set(numbers) <= set(keep)
        self.begin(numbers, [_line(one) for one in first], lambda one: one.task in keep, whole=whole)
        self.marked_now.emit()

    def show_more(self, rows: Sequence[Row]) -> None:
        """Put these below."""
        self.go_on([_line(one) for one in rows])

    def show_receivers(self, on: bool) -> None:
        """Who has it, until when and why, beside what was rerouted; priority and event otherwise."""
        self._kept_back = OF_OPEN if on else OF_LENT
        self.fit()

    def fit(self, kept_back: Collection[int] = ()) -> None:
        """Without what is not said of these rows."""
        super().fit(kept_back or self._kept_back)


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
