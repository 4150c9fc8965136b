"""When a follow-up is due: so many days or working days later, at a time, and never in the past of who gets it.

People work from Monday to Friday, but not on public holidays: those the office keeps for that country where it keeps
some of that year, else those that are known of the country or state (“US”, “DE-BY”).
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.records.calling_hours import holidays
from channergy_crm.services import office
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from channergy_crm.records.events import Event

DAY = timedelta(days=1)
SATURDAY = 5
LAST = date.max - timedelta(days=400)
"""no calendar goes on for ever"""


def due(event: Event, at: datetime) -> tuple[date, time | None]:
    """The day and the time a follow-up of this event is due that is made at this moment of the office's clock.

    What would be over by then is due the next day, or working day, at the same time.
    """
    after, place = event.due_after or 0, place_of(event.country)
    day = _later(at.date(), after, place) if event.due_working else at.date() + after * DAY
    if event.due_time is not None and datetime.combine(day, event.due_time) < at:
        day = _later(day, 1, place) if event.due_working else day + DAY
    return day, event.due_time


def place_of(country: str | None) -> tuple[str, str]:
    """Country and state of the holidays that count, as an event says them; the office's country where it does not."""
    land, _sign, state = (country or "").replace(",", "-").upper().partition("-")
    return land.strip() or office.region().upper(), state.strip()


def problem(country: str | None) -> str | None:
    """Why no holidays are known of what was typed there, in a sentence; None when they are, or nothing was typed."""
    if not (country or "").strip():
        return None
    try:
        _public(*place_of(country), 2000)
    except NotImplementedError:
        said = _("No holidays are known of “{place}”; write a country such as US or DE, or a state such as US-CA.")
        return said.format(place=(country or "").strip())
    return None


def is_working_day(day: date, place: tuple[str, str]) -> bool:
    """Whether people work there on that day."""
    return day.weekday() < SATURDAY and not _is_holiday(day, *place)


def _later(day: date, working: int, place: tuple[str, str]) -> date:
    """So many working days later; a day on which nobody works is no beginning: then the next one on which they do."""
    while working > 0 and day < LAST:
        day += DAY
        working -= is_working_day(day, place)
    while not is_working_day(day, place) and day < LAST:
        day += DAY
    return day


def _is_holiday(day: date, country: str, state: str) -> bool:
    kept = [each for each in holidays() if each.day is not None and each.day.year == day.year]
    ours = [each for each in kept if each.country == country]
    if ours:
        fits = {fold(state), ""}
        return any(each.day == day and fold((each.state or "").strip()) in fits for each in ours)
    try:
        known = _public(country, state, day.year)
    except NotImplementedError:  # an office in a country of which nothing is known works from Monday to Friday
        return False
    return day in known


@lru_cache(maxsize=64)
def _public(country: str, state: str, year: int) -> frozenset[date]:
    """The public holidays of a year; `NotImplementedError` where nothing is known of the place."""
    import holidays as known  # wanted where working days are counted; the first country takes a twentieth of a second

    return frozenset(known.country_holidays(country, subdiv=state or None, years=year))
