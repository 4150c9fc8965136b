"""Events out of a calendar file of any program, on the office's wall clock; it asks no database.

A day without a time is all day; a time without a zone is what hangs on the wall; another zone is turned into the
office's. What cannot be kept is said with the event.
"""

from __future__ import annotations

import warnings
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.text import repeats, series
from channergy_crm.transfer.calendars import zones
from channergy_crm.transfer.reading.encodings import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from icalendar import Component

LARGEST, MOST = 20_000_000, 2_000
"""bytes of a file, events in it: what is more is no event somebody takes along"""
NO_CALENDAR = N_("{file} is no calendar file, or a damaged one. Nothing was taken in.")
KEPT_ONCE = N_("“{name}” comes again in a way that cannot be kept here ({rule}): it stands once.")
UNTIL_THEN = N_("“{name}” comes again for a while only ({rule}), which cannot be kept here: it stands once.")


class Read(NamedTuple):
    """One event or task of a file."""

    uid: str
    sequence: int
    title: str
    notes: str
    more: str
    """where it is, until when, its address"""
    people: tuple[str, ...]
    """the e-mail addresses of who takes part"""
    day: date | None
    at: time | None
    repeats: str = ""
    ended: str = ""
    """"done" or "cancelled" where it is that"""
    put_off: date | None = None
    """it is a single one of those that come again: the day it was planned for"""
    remark: str = ""

    def said(self) -> str:
        """All that is told of it."""
        return "\n".join(part for part in (self.notes, self.more) if part)

    def is_over(self, today: date) -> bool:
        """Whether its day has gone by for good."""
        return self.day is not None and self.day < today


class Contents(NamedTuple):
    """The events of a file, and a sentence for each part of it that could not be read."""

    events: list[Read]
    unread: list[str]


def read(path: Path, zone: str, today: date) -> Contents:
    """All events of a file; `Mistake` says in one sentence why it is none."""
    try:
        size = path.stat().st_size
    except OSError:
        size = 0  # said by who opens it
    if size > LARGEST:
        said = _("{file} has {count:,} MB: too much for a calendar file. Choose the events in your calendar.")
        raise Mistake(said.format(file=path.name, count=size // 1_000_000))
    parts = list(_parts(path))
    if len(parts) > MOST:
        said = _("{file} holds {count:,} events; at most {most:,} are taken in at once. Choose them in your calendar.")
        raise Mistake(said.format(file=path.name, count=len(parts), most=MOST))
    found, unread, place = [], [], zones.known(zone)
    for part, cancels in parts:
        try:
            found.append(_event(part, place, today, cancels))
        except (ValueError, TypeError, AttributeError, OverflowError, LookupError):
            said = _("“{name}” has no day that can be read.")
            unread.append(said.format(name=_text(part, "SUMMARY") or _("Event without a name")))
    if not found and not unread:
        raise Mistake(_("There is no event in {file}.").format(file=path.name))
    return Contents(found, unread)


def _parts(path: Path) -> Iterator[tuple[Component, bool]]:
    """Events and tasks, each with whether the whole file takes back."""
    from icalendar import Calendar

    text, _encoding = read_text(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # names of zones that were guessed
            calendars = Calendar.from_ical(text.lstrip("\ufeff \r\n\t"), multiple=True)
    except (ValueError, IndexError, KeyError, TypeError, AttributeError, RecursionError):
        calendars = []
    if not calendars or any(each.name != "VCALENDAR" for each in calendars):
        raise Mistake(_(NO_CALENDAR).format(file=path.name))
    for each in calendars:
        cancels = str(each.get("METHOD", "")).upper() == "CANCEL"
        yield from ((part, cancels) for part in each.walk() if part.name in ("VEVENT", "VTODO"))


def _event(part: Component, zone: ZoneInfo | None, today: date, cancels: bool) -> Read:
    day, at, moved = _start(part, zone)
    title = _text(part, "SUMMARY")
    name = title or _("Event without a name")
    rule, remark = "", ""
    if day is not None and part.get("RRULE") is not None:
        rule, day, remark = _turn(part, name, day, moved, today)
    put_off = part.get("RECURRENCE-ID")
    return Read(
        _text(part, "UID"), _whole(part.get("SEQUENCE")), name, _text(part, "DESCRIPTION"), _more(part, day, at, zone),
        tuple(_people(part)), day, at, rule, _ended(part, cancels),
        _on_the_wall(put_off.dt, zone)[0] if put_off is not None else None, remark,
    )  # fmt: skip


def _start(part: Component, zone: ZoneInfo | None) -> tuple[date | None, time | None, bool]:
    """The day and the time, and whether the day is another one in the zone it was written in."""
    named = ("DUE", "DTSTART") if part.name == "VTODO" else ("DTSTART",)
    held = next((part.get(name) for name in named if part.get(name) is not None), None)
    if held is None:
        if part.name == "VTODO":
            return None, None, False
        raise ValueError(part.name)
    day, at = _on_the_wall(held.dt, zone)
    if not 1900 <= day.year <= 2200:
        raise ValueError(day)
    there = held.dt.date() if isinstance(held.dt, datetime) else held.dt
    return day, at, day != there


def _on_the_wall(moment: date | datetime, zone: ZoneInfo | None) -> tuple[date, time | None]:
    if not isinstance(moment, datetime):
        return moment, None
    here = moment if moment.tzinfo is None else moment.astimezone(zone)
    return here.date(), here.time().replace(second=0, microsecond=0, tzinfo=None)


def _turn(part: Component, name: str, day: date, moved: bool, today: date) -> tuple[str, date, str]:
    """The rule as it is kept here, the next day of it, and a sentence where it cannot be kept."""
    held = part.get("RRULE")
    written = held.to_ical().decode() if not isinstance(held, list) else ""
    pieces = dict(piece.split("=", 1) for piece in written.upper().split(";") if "=" in piece)
    ends: dict[str, str] = {key: pieces.pop(key) for key in ("UNTIL", "COUNT") if key in pieces}
    rule = _ours(pieces)
    if not rule or repeats.problem(rule) or (moved and "BY" in rule):
        return "", day, _(KEPT_ONCE).format(name=name, rule=written or "RDATE")
    coming = _next(series.with_last_days(rule, day), ends, day, max(day, today), _left_out(part))
    if coming is None:
        return "", day, ""
    return ("", coming, _(UNTIL_THEN).format(name=name, rule=written)) if ends else (rule, coming, "")


def _ours(pieces: dict[str, str]) -> str:
    """The rule in the order it is written in here, without what says nothing."""
    kept = {key: value for key, value in pieces.items() if (key, value) != ("INTERVAL", "1")}
    if "INTERVAL" not in kept:
        kept.pop("WKST", None)
    first = kept.pop("FREQ", "")
    return ";".join([f"FREQ={first}", *(f"{key}={value}" for key, value in kept.items())]) if first else ""


def _next(rule: str, ends: dict[str, str], begun: date, today: date, but: set[date]) -> date | None:
    """The first day of a rule from today on that is not left out; None where it is over."""
    from dateutil.rrule import rrulestr

    if "UNTIL" in ends:
        rule = f"{rule};UNTIL={ends['UNTIL'][:8]}T235959"
    if "COUNT" in ends:
        rule = f"{rule};COUNT={ends['COUNT']}"
    turns = rrulestr(rule, dtstart=datetime.combine(begun, time()))
    found: datetime | None = turns.after(datetime.combine(today, time()), inc=True)
    while found is not None and found.date() in but:
        found = turns.after(found)
    return found.date() if found is not None else None


def _left_out(part: Component) -> set[date]:
    held = part.get("EXDATE") or []
    lists = held if isinstance(held, list) else [held]
    days = (each.dt for some in lists for each in some.dts)
    return {day.date() if isinstance(day, datetime) else day for day in days}


def _ended(part: Component, cancels: bool) -> str:
    status = _text(part, "STATUS").upper()
    if cancels or status == "CANCELLED":
        return "cancelled"
    return "done" if status == "COMPLETED" or part.get("COMPLETED") is not None else ""


def _more(part: Component, day: date | None, at: time | None, zone: ZoneInfo | None) -> str:
    told = []
    if place := _text(part, "LOCATION"):
        told.append(_("Place: {place}").format(place=" ".join(place.split())))
    if (until := _until(part, zone)) is not None and until != (day, at) and part.name == "VEVENT":
        told.append(_("Until {moment}").format(moment=_said(*until)))
    if (address := _text(part, "URL")) and address not in _text(part, "DESCRIPTION"):
        told.append(address)
    return "\n".join(told)


def _until(part: Component, zone: ZoneInfo | None) -> tuple[date, time | None] | None:
    """The end of an event that has a time of the day."""
    start, end, lasts = (part.get(name) for name in ("DTSTART", "DTEND", "DURATION"))
    if start is None or not isinstance(start.dt, datetime):
        return None
    if end is not None:
        return _on_the_wall(end.dt, zone)
    return _on_the_wall(start.dt + lasts.dt, zone) if lasts is not None else None


def _said(day: date, at: time | None) -> str:
    return f"{day.isoformat()} {at:%H:%M}" if at is not None else day.isoformat()


def _people(part: Component) -> Iterator[str]:
    for name in ("ATTENDEE", "ORGANIZER"):
        held: Any = part.get(name) or []
        for each in held if isinstance(held, list) else [held]:
            kind, _colon, address = str(each).partition(":")
            if kind.lower() == "mailto" and "@" in address:
                yield address.strip().lower()


def _text(part: Component, name: str) -> str:
    held: Any = part.get(name)
    first = held[0] if isinstance(held, list) and held else held
    return str(first).strip() if first is not None else ""


def _whole(held: object) -> int:
    try:
        return max(0, int(str(held or 0)))
    except ValueError:
        return 0
