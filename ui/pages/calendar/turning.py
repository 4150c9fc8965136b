"""Which days the page shows: turned by day, week and month; whose they are and what of, as somebody chooses."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, QObject

from channergy_crm import clock
from channergy_crm.language import _
from channergy_crm.services import dated
from channergy_crm.text.periods import moved
from ui.pages.calendar import opening, places
from ui.pages.calendar.hours import HoursView
from ui.pages.calendar.places import Slot
from ui.pages.calendar.tools import ACTIVITIES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from channergy_crm.services.calendar.entries import Entry
    from ui.pages.calendar.host import Host

FEW, SIDE_BY_SIDE = 3, 3
"""days of a week in a narrow window; people side by side in a week, more stand in a day"""


class Turning(QObject):
    """`days` are those shown: in a month whole weeks."""

    def __init__(self, page: Host, parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        self.days: tuple[date, ...] = ()
        self._narrow = self._whole = False
        self._landing: tuple[int, Slot | date | None] | None = None
        self.does: dict[str, Callable[[Any, Any], object]] = {
            "turn": self._turn, "today": lambda _what, _more: self._go(clock.today()), "view": self._view,
            "more": lambda day, _more: self._view("day", day), "whose": self._whose, "kinds": self._kinds,
            "source": self._source, "first": self._first, "side": lambda _on, _more: page.fit(),
        }  # fmt: skip

    @property
    def _first_weekday(self) -> int:
        return QLocale().firstDayOfWeek().value

    def span(self) -> tuple[date, date]:
        """The first and the last day that are read."""
        page, day = self._page, self._page.anchor
        if page.view == "day":
            return day, day
        if page.view == "week":
            first = day if self._narrow else places.week_of(day, self._first_weekday)
            return first, first + timedelta(days=6)
        if page.view == "list":
            return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
        weeks = places.month_weeks(day, self._first_weekday)
        return weeks[0], weeks[-1] + timedelta(days=6)

    def lay(self, entries: Sequence[Entry]) -> None:
        """Which days are shown of those that were read."""
        first, last = self.span()
        if self._page.view != "week":
            self.days = tuple(first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
            return
        worked = frozenset(
            each.day + timedelta(days=after) for each in entries for after in range(places.goes_on(each) + 1)
        )
        today = self._page.anchor
        if self._narrow:
            self.days = places.some_days(first, worked, FEW)
        else:
            worked |= {today} if places.is_weekend(today) else set()
            self.days = places.week_days(first, worked, self._whole)

    def named(self) -> Sequence[date]:
        """The days the title is about."""
        return [self._page.anchor] if self._page.view in ("month", "list") else self.days

    def widen(self, *, narrow: bool, whole: bool) -> bool:
        """Show fewer or more days of a week; whether that is something else now."""
        changed = (narrow, whole) != (self._narrow, self._whole)
        self._narrow, self._whole = narrow, whole
        return changed and self._page.view == "week"

    # ---------------------------------------------------------------- turning

    def _turn(self, by: int, to: date | None) -> None:
        page = self._page
        self._landing = by, to if isinstance(to, date) else page.where.place()
        day = page.anchor
        if page.view == "day":
            day += timedelta(days=by)
        elif page.view == "week":
            day = self._next_days(by) if self._narrow else day + timedelta(days=7 * by)
        else:
            day = moved(day.replace(day=1), by, "month")
        self._go(day)

    def _next_days(self, by: int) -> date:
        if by > 0:
            day = self.days[-1] + timedelta(days=1)
            return day + timedelta(days=8 - day.isoweekday()) if places.is_weekend(day) else day
        day, left = self.days[0], FEW
        while left:
            day -= timedelta(days=1)
            left -= 0 if places.is_weekend(day) else 1
        return day

    def _go(self, day: date) -> None:
        self._page.anchor = day
        self._page.reload()

    def land(self, view: Any) -> None:
        """After turning by key somebody stands on the first day there is, or on the last one."""
        landing, self._landing = self._landing, None
        if landing is None or not self.days or not hasattr(view, "stand_at"):
            return
        by, slot = landing
        if isinstance(slot, date):
            view.stand_at(Slot(slot, None, self._page.owners[0]))
        elif slot is not None and slot.day not in self.days:
            view.stand_at(Slot(self.days[0 if by > 0 else -1], slot.minute, slot.owner))

    def stands_at(self) -> object:
        """The view, and the days that are turned to."""
        return self._page.view, self._page.anchor

    def stand_at(self, where: Any) -> None:
        """Turn to them again."""
        self._page.view, self._page.anchor = where
        self._page.reload()

    # ---------------------------------------------------------------- what somebody chooses

    def _view(self, view: str, day: date | None) -> None:
        page = self._page
        place = page.where.place()
        if isinstance(day, date):
            page.anchor = day
        elif place is not None:
            page.anchor = place.day
        focus = page.views[page.view].hasFocus()
        page.view = view
        if view in ("day", "week") and page.tools.source != ACTIVITIES:
            page.view = "month"
            page.session.notices.say(_("Records by their day stand in a month or a list."))
        if page.view == "week" and len(page.owners) > SIDE_BY_SIDE:
            page.view = "day"
            page.session.notices.say(_("In a week three stand side by side; for more there is the day."))
        page.reload()
        if focus:
            page.views[page.view].setFocus()

    def _whose(self, owners: list[str], _more: object) -> None:
        page = self._page
        page.owners = tuple(owners) or (page.session.by,)
        opening.keep_people(page.session, page.owners)
        if page.view == "week" and len(page.owners) > SIDE_BY_SIDE:
            self._view("week", None)
        else:
            page.reload()

    def _kinds(self, kinds: set[str], _more: object) -> None:
        self._page.tools.kinds = kinds
        self._page.tools.say_shown()
        self._page.reload()

    def _source(self, source: str, _more: object) -> None:
        page = self._page
        page.tools.source = source
        page.tools.say_shown()
        page.fit()
        held = dated.source(source)
        if held is not None and held.kept:
            page.session.notices.say(held.kept)
        if source != ACTIVITIES and isinstance(page.views[page.view], HoursView):
            page.view = "month"
        page.reload()

    def _first(self, view: str, _more: object) -> None:
        if opening.choose_first(self._page.session, view):
            self._page.tools.first = view
            self._page.session.notices.say(_("The calendar opens so from now on."))
