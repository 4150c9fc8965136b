"""Where on the page somebody stands, and where an entry or an empty place is, for what comes up beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QRect

from ui.look.turned import across
from ui.pages.calendar import places
from ui.pages.calendar.agenda import Agenda
from ui.pages.calendar.hours import HoursView
from ui.pages.calendar.month import MonthView

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF
    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.calendar.entries import Entry
    from ui.pages.calendar.host import Host
    from ui.pages.calendar.places import Slot


class Where:
    """Asks the view that is shown."""

    def __init__(self, page: Host, over: QWidget) -> None:
        self._page, self._over = page, over

    def place(self) -> Slot | None:
        """The place somebody stands in."""
        view = self._page.views[self._page.view]
        found: Slot | None = view.place() if not isinstance(view, Agenda) else None
        return found

    def room_of(self, entry: Entry) -> QRect:
        """Where an entry stands on the page."""
        view, waiting = self._page.views[self._page.view], self._page.side.list
        if isinstance(view, Agenda) or waiting.hasFocus():
            held: Any = view if isinstance(view, Agenda) and not waiting.hasFocus() else waiting
            room = held.visualRect(held.currentIndex())
            return QRect(held.viewport().mapTo(self._over, room.topLeft()), room.size())
        return self._mapped(view, view.room_of(entry))

    def room_at(self, slot: Slot) -> QRect:
        """Where an empty place stands on the page."""
        view = self._page.views[self._page.view]
        if isinstance(view, HoursView) and slot.day in view.days and slot.owner in view.owners:
            return self._mapped(view, view.grid.room(slot, places.USUAL))
        square = view.plan.square(slot.day) if isinstance(view, MonthView) and view.plan is not None else None
        return self._mapped(view, square) if square is not None else QRect(self._over.rect().center(), QPoint())

    def _mapped(self, view: QWidget, room: QRectF) -> QRect:
        middle = view.rect().center()
        whole = across(view, room.toRect()) if not room.isNull() else QRect(middle, middle)
        return QRect(view.mapTo(self._over, whole.topLeft()), whole.size())
