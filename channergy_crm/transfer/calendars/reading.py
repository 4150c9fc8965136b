"""Events out of a calendar file of any program, on the office's wall clock; it asks no database.

A day without a time is all day; a time without a zone is what hangs on the wall; another zone is turned into the
office's. What cannot be kept is said with the event.
"""

from __future__ import annotations

import warnings
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.text.activities import KINDS, LONGEST, MEETING
from channergy_crm.transfer.calendars import zones
from channergy_crm.transfer.calendars.coming_again import Turn, on_the_wall, turned
from channergy_crm.transfer.calendars.writing import A_DAY, ANSWERED, Attendee
from channergy_crm.transfer.reading.encodings import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from icalendar import Component

LARGEST, MOST = 20_000_000, 2_000
"""bytes of a file, events in it: what is more is no event somebody takes along"""
NO_CALENDAR = N_("{file} is no calendar file, or a damaged one. Nothing was taken in.")


class Read(NamedTuple):
    """One event or task of a file."""

    uid: str
    sequence: int
    title: str
    notes: str
    more: str
    """its address on the web"""
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
    minutes: int = 0
    place: str = ""
    guests: tuple[Attendee, ...] = ()
    left_out: frozenset[date] = frozenset()
    """days of the series that are none"""
    kind: str = ""

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
    turn = Turn()
    if day is not None and (part.get("RRULE") is not None or part.get("RDATE") is not None):
        turn = turned(part, name, day, at, moved, today, zone)
        day = turn.day or day
    put_off, minutes, people = part.get("RECURRENCE-ID"), _lasts(part, zone), tuple(_people(part))
    remarks = [turn.remark]
    if minutes > LONGEST:
        minutes, too_long = LONGEST, _("“{name}” lasts longer than the {count} days that can be kept here.")
        remarks.append(too_long.format(name=name, count=LONGEST // A_DAY))
    return Read(
        _text(part, "UID"), _whole(part.get("SEQUENCE")), name, _text(part, "DESCRIPTION"), _more(part),
        tuple(each.email for each in people), day, at, turn.rule, _ended(part, cancels),
        on_the_wall(put_off.dt, zone)[0] if put_off is not None else None, " ".join(filter(None, remarks)), minutes,
        " ".join(_text(part, "LOCATION").split()), people, turn.left_out, _kind(part, at, minutes, people),
    )  # fmt: skip


def _kind(part: Component, at: time | None, minutes: int, people: Sequence[Attendee]) -> str:
    """What is said to be one, or else: what has its time and lasts, or has guests, is a meeting."""
    held: Any = part.get("CATEGORIES")
    said = [str(word).lower() for each in (held if isinstance(held, list) else [held]) for word in
            getattr(each, "cats", ())]  # fmt: skip
    if known := next((kind for kind in KINDS if kind in said), ""):
        return known
    return MEETING if part.name == "VEVENT" and at is not None and (minutes or people) else ""


def _start(part: Component, zone: ZoneInfo | None) -> tuple[date | None, time | None, bool]:
    """The day and the time, and whether the day is another one in the zone it was written in."""
    named = ("DUE", "DTSTART") if part.name == "VTODO" else ("DTSTART",)
    held = next((part.get(name) for name in named if part.get(name) is not None), None)
    if held is None:
        if part.name == "VTODO":
            return None, None, False
        raise ValueError(part.name)
    day, at = on_the_wall(held.dt, zone)
    if not 1900 <= day.year <= 2200:
        raise ValueError(day)
    there = held.dt.date() if isinstance(held.dt, datetime) else held.dt
    return day, at, day != there


def _ended(part: Component, cancels: bool) -> str:
    status = _text(part, "STATUS").upper()
    if cancels or status == "CANCELLED":
        return "cancelled"
    return "done" if status == "COMPLETED" or part.get("COMPLETED") is not None else ""


def _more(part: Component) -> str:
    address = _text(part, "URL")
    return address if address and address not in _text(part, "DESCRIPTION") else ""


def _lasts(part: Component, zone: ZoneInfo | None) -> int:
    """Minutes; 0 where nothing is said or it is one whole day, 1,440 for each of several days."""
    start, end, lasts = (part.get(name) for name in ("DTSTART", "DTEND", "DURATION"))
    if start is None or part.name != "VEVENT":
        return 0
    if end is None:
        long = lasts.dt if lasts is not None else timedelta()
    elif isinstance(start.dt, datetime) and isinstance(end.dt, datetime) and start.dt.tzinfo and end.dt.tzinfo:
        long = end.dt - start.dt
    else:
        long = _moment(end.dt, zone) - _moment(start.dt, zone)
    minutes = max(0, int(long.total_seconds()) // 60)
    return minutes if isinstance(start.dt, datetime) or minutes > A_DAY else 0


def _moment(held: date | datetime, zone: ZoneInfo | None) -> datetime:
    day, at = on_the_wall(held, zone)
    return datetime.combine(day, at or time())


def _people(part: Component) -> Iterator[Attendee]:
    """Who takes part, each once: those who are invited, and whose event it is."""
    seen = set[str]()
    for name in ("ATTENDEE", "ORGANIZER"):
        held: Any = part.get(name) or []
        for each in held if isinstance(held, list) else [held]:
            kind, _colon, address = str(each).partition(":")
            email = address.strip().lower()
            if kind.lower() != "mailto" or "@" not in email or email in seen:
                continue
            seen.add(email)
            said = {str(key).upper(): str(value) for key, value in getattr(each, "params", {}).items()}
            answer = next((word for word, theirs in ANSWERED.items() if theirs == said.get("PARTSTAT", "").upper()), "")
            called = said.get("CN", "").strip()
            yield Attendee("" if called.lower() == email else called, email, answer, name == "ORGANIZER")


def _text(part: Component, name: str) -> str:
    held: Any = part.get(name)
    first = held[0] if isinstance(held, list) and held else held
    return str(first).strip() if first is not None else ""


def _whole(held: object) -> int:
    try:
        return max(0, int(str(held or 0)))
    except ValueError:
        return 0
