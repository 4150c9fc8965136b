"""When somebody may be called, by their own clock, weekday and holidays; how the office says so (BX-5, DP-11, C8)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm import clock, phones, work
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.phones.there import here, there
from channergy_crm.records import CallingHours, Holiday, Lead
from channergy_crm.records.calling_hours import DAYS, holidays, hours
from channergy_crm.services import office, rights
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from channergy_crm.work.record import Record

DAYS_AHEAD = 21
"""how far it is looked for when somebody may be called again"""
LONGEST = 120
"""letters of the name of a holiday"""
DEFAULT = (time(8), time(20))
"""where the office has said nothing at all"""


class Why(StrEnum):
    """What keeps somebody from being called now."""

    BEFORE = "before"
    AFTER = "after"
    DAY = "day"
    HOLIDAY = "holiday"


class Closed(NamedTuple):
    """Nobody is called there now: why, what their clock shows, the time or holiday it is about, when it opens again.

    `opens` is on the clock of the office, None when that is not known.
    """

    why: Why
    local: datetime
    said: str
    opens: datetime | None

    def brief(self) -> str:
        """In a few words, such as “after 21:00”."""
        if self.why == Why.BEFORE:
            return _("before {hour}").format(hour=self.said)
        return _("after {hour}").format(hour=self.said) if self.why == Why.AFTER else self.said

    def sentence(self) -> str:
        """In a sentence."""
        said = _SENTENCES[self.why] if self.opens is not None else _WITHOUT_AN_END[self.why]
        opens = self.opens or self.local
        return _(said).format(
            time=f"{self.local:%H:%M}", hour=self.said, day=self.said,
            opens=_("{weekday} {time}").format(weekday=_(DAYS[opens.weekday()]), time=f"{opens:%H:%M}"),
        )  # fmt: skip


_SENTENCES = {
    Why.BEFORE: N_("It is {time} there: nobody is called before {hour}. Our clock shows {opens} then."),
    Why.AFTER: N_("It is {time} there: nobody is called after {hour}. Again when our clock shows {opens}."),
    Why.DAY: N_("It is {day} there: nobody is called. Again when our clock shows {opens}."),
    Why.HOLIDAY: N_("It is {day} there: nobody is called. Again when our clock shows {opens}."),
}
_WITHOUT_AN_END = {
    Why.BEFORE: N_("It is {time} there: nobody is called before {hour}."),
    Why.AFTER: N_("It is {time} there: nobody is called after {hour}."),
    Why.DAY: N_("It is {day} there: nobody is called."),
    Why.HOLIDAY: N_("It is {day} there: nobody is called."),
}


class Place(NamedTuple):
    """Where somebody is called: every zone in which their telephone may ring ("" is the office's), country, state."""

    zones: tuple[str, ...]
    country: str
    state: str


def place(number: str, record: Record | None = None) -> Place:
    """Where this number rings: the zone that stands on the lead goes before what the number tells."""
    region = office.region()
    own = (record.time_zone or "") if isinstance(record, Lead) else ""
    zones = (own,) if own else phones.time_zones(number, region)
    if len(zones) > 1 and phones.belongs_nowhere(number, region):
        zones = ()
    state = str(record.__data__.get("state") or "") if record is not None else ""
    return Place(zones or ("",), phones.country(number, region), state)


def closed(where: Place, at: datetime) -> Closed | None:
    """Why nobody is called there at that moment of the office's clock; None when they may be called (BX-5).

    Where a number tells several zones, all of them must be inside; if they never are together, the office's clock
    counts.
    """
    found = next((shut for zone in where.zones if (shut := _shut(zone, where, at))), None)
    if found is None:
        return None
    opens = _opens(where, at)
    if opens is None and len(where.zones) > 1:
        return closed(where._replace(zones=("",)), at)
    return found._replace(opens=opens)


def open_from(where: Place, at: datetime) -> datetime:
    """That moment, or the next one at which they may be called; that moment, too, where none is known."""
    shut = closed(where, at)
    return at if shut is None or shut.opens is None else shut.opens


def hours_of(where: Place, at: datetime) -> tuple[time, time] | None:
    """From when to when one calls there on that day, by their own clock; None where nobody is called on it."""
    day = at.date()
    windows = [] if _holiday(where, day) else _windows(where, day)
    return (min(begins for begins, _ends in windows), max(ends for _begins, ends in windows)) if windows else None


def at_home() -> Place:
    """Where the office is: for what is shown without anybody in particular."""
    return Place(("",), office.region(), "")


def _shut(zone: str, where: Place, at: datetime) -> Closed | None:
    local = there(at, zone) or at
    if holiday := _holiday(where, local.date()):
        return Closed(Why.HOLIDAY, local, holiday, None)
    windows = _windows(where, local.date())
    if not windows:
        return Closed(Why.DAY, local, _(_LONG[local.weekday()]), None)
    now = local.time()
    if any(begins <= now <= ends for begins, ends in windows):
        return None
    later = [begins for begins, _ends in windows if begins > now]
    if later:
        return Closed(Why.BEFORE, local, f"{min(later):%H:%M}", None)
    return Closed(Why.AFTER, local, f"{max(ends for _begins, ends in windows):%H:%M}", None)


_LONG = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
)  # fmt: skip


def _opens(where: Place, at: datetime) -> datetime | None:
    """The first moment of the office's clock from then on at which all of them may be called."""
    moments = set[datetime]()
    for zone in where.zones:
        day = (there(at, zone) or at).date()
        for ahead in range(DAYS_AHEAD):
            then = day + timedelta(days=ahead)
            if not _holiday(where, then):
                moments.update(here(datetime.combine(then, begins), zone) for begins, _ends in _windows(where, then))
    return next(
        (each for each in sorted(moments) if each > at and not any(_shut(zone, where, each) for zone in where.zones)),
        None,
    )


def _windows(where: Place, day: date) -> list[tuple[time, time]]:
    """From when to when one calls there on this day: what is said of the state, else of the country, else of all."""
    known, figure = hours(), str(day.isoweekday())
    country, state = where.country, fold(where.state.strip())
    of_state = [row for row in known if state and row.country == country and fold(row.state or "") == state]
    rows = (
        of_state
        or [row for row in known if row.country == country and not row.state]
        or [row for row in known if not row.country]
    )
    if not rows:
        return [DEFAULT]
    return [(row.begins, row.ends) for row in rows if row.begins and row.ends and figure in (row.days or "")]


def _holiday(where: Place, day: date) -> str:
    """What is celebrated there on this day, "" for nothing the office counts."""
    state = fold(where.state.strip())
    for each in holidays():
        fits = not each.country or (
            each.country == where.country and (not each.state or fold(each.state.strip()) == state)
        )
        if each.day == day and fits:
            return each.name
    return ""


# ---------------------------------------------------------------- how the office says so


def every(by: str) -> list[CallingHours]:
    """The hours of every country and state."""
    rights.require(by, "see", CallingHours)
    return list(CallingHours.select().order_by(CallingHours.country, CallingHours.state, CallingHours.number))


def days_off(by: str) -> list[Holiday]:
    """The holidays that count, soonest first."""
    rights.require(by, "see", Holiday)
    return list(Holiday.select().order_by(Holiday.day, Holiday.country, Holiday.state, Holiday.number))


def save(row: CallingHours | Holiday, by: str) -> CallingHours | Holiday:
    """Keep the hours of a place, or a holiday; `Mistake` says what cannot be."""
    rights.require(by, "administer")
    row.country, row.state = (row.country or "").strip().upper(), (row.state or "").strip()
    _require_country(row.country)
    if row.state and not row.country:
        raise Mistake(_("A state belongs to a country."), "country")
    if isinstance(row, CallingHours) and row.begins is not None and row.ends is not None and row.begins >= row.ends:
        raise Mistake(_("That ends before it begins."), "ends")
    if problems := row.problems():
        name, said = next(iter(problems.items()))
        raise Mistake(said, name)
    deed = N_("Change the calling hours of {name}") if isinstance(row, CallingHours) else N_("Keep holiday {name}")
    with work.unit(deed, by=by, name=row.caption()):
        row.save()
    return row


def _require_country(country: str) -> None:
    """A country as numbers tell it: GB, not UK, for nobody would be found in that one."""
    if country and not (len(country) == len("US") and country.isalpha()):
        raise Mistake(_("A country has two letters, such as US."), "country")
    if country and not phones.calling_code(country):
        said = _("There is no country {country}; it is written as in international lists, such as US, DE or GB.")
        raise Mistake(said.format(country=country), "country")


def remove(row: CallingHours | Holiday, by: str) -> None:
    """Say no more when people in a place are called, or have a holiday no longer."""
    rights.require(by, "administer")
    deed = N_("Remove the calling hours of {name}") if isinstance(row, CallingHours) else N_("Remove holiday {name}")
    with work.unit(deed, by=by, name=row.caption()):
        row.delete_instance()


def proposed(country: str, state: str, year: int, by: str) -> list[tuple[date, str]]:
    """The holidays of a year in a country or state, by their day and their name: the office ticks those that count.

    `Mistake` where no holidays are known. The first country takes a twentieth of a second.
    """
    rights.require(by, "see", Holiday)
    import holidays as known  # wanted by who arranges a year, by nobody who calls

    place, within = country.strip().upper(), state.strip().upper()
    _require_country(place)
    try:
        found = known.country_holidays(place, subdiv=within or None, years=year)
    except NotImplementedError:
        said = _("No holidays are known of “{place}”; a country has two letters, such as US, a state as in US, CA.")
        raise Mistake(said.format(place=", ".join(filter(None, (place, within)))), "country") from None
    return sorted((day, name) for day, name in found.items() if day.year == year)


def keep(days: Sequence[tuple[date, str]], country: str, state: str, by: str) -> int:
    """Keep these holidays of a country or state, in one step; how many were not there yet."""
    rights.require(by, "administer")
    place, within = country.strip().upper(), state.strip()
    _require_country(place)
    held = {each.day for each in Holiday.select().where((Holiday.country == place) & (Holiday.state == within))}
    new = [(day, name) for day, name in days if day not in held]
    with work.unit("Keep holidays of {name}", by=by, name=place):
        for day, name in new:
            Holiday.create(day=day, country=place, state=within, name=name[:LONGEST])
    return len(new)


def passed(by: str) -> Iterable[int]:
    """The years whose holidays the office keeps."""
    return sorted({each.day.year for each in days_off(by) if each.day})


def next_year() -> int:
    """The year that is proposed first: this one, from October on the next."""
    today = clock.today()
    return today.year + (today.month >= 10)
