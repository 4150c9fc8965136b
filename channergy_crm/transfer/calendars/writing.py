"""Events written as an iCalendar file: each with its alarm, in the office's time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm import clock
from channergy_crm.text import series
from channergy_crm.text.series import falls_on, with_last_days
from channergy_crm.transfer.calendars import zones

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from icalendar import Calendar

MAKER = "-//Channergy CRM//Calendar//EN"  # unsaid: what names the program to other programs
LASTS = timedelta(minutes=15)
YEARS_AHEAD, A_DAY = 5, 24 * 60
ANSWERED = {"yes": "ACCEPTED", "no": "DECLINED", "maybe": "TENTATIVE"}  # unsaid: as calendars write it
STAMP = "DTSTAMP:"  # unsaid: a part of the file


class Attendee(NamedTuple):
    """Who takes part: what they are called, their e-mail address, what they have answered, whether it is theirs."""

    name: str
    email: str
    answer: str = ""
    leads: bool = False


class Event(NamedTuple):
    """One reminder as it stands in a calendar."""

    uid: str
    sequence: int
    """grows with every change"""
    title: str
    about: str
    day: date
    at: time | None
    """None: all day"""
    repeats: str
    """a rule as calendars write it, or ""; what counts from when it was done is none of a calendar's"""
    planned: date | None
    """the day by the rule, where the reminder was put off"""
    minutes: int = 0
    """how long it lasts, 0 where nobody has said; 1,440 for each of several days"""
    place: str = ""
    people: tuple[Attendee, ...] = ()
    """who is invited; whose it is comes first where their address is known"""
    left_out: frozenset[date] = frozenset()
    """days of a series that are none"""
    kind: str = ""
    """a call, a meeting, a task"""


class Wall(NamedTuple):
    """What hangs on the office's wall: the name of its zone, "" where nobody knows, and when the working day begins."""

    zone: str
    begins: time


def written(events: Sequence[Event], name: str, wall: Wall) -> str:
    """The file of these events, called so in the list of calendars."""
    from icalendar import Calendar

    whole, zone = Calendar(), zones.known(wall.zone)
    for key, value in (
        ("prodid", MAKER),
        ("version", "2.0"),
        ("calscale", "GREGORIAN"),
        *((("method", "PUBLISH"),) if not any(event.people for event in events) else ()),  # which has no guests
        ("x-published-ttl", "PT15M"),
    ):
        whole.add(key, value)
    if name:
        whole.add("x-wr-calname", name)
    if zone is not None:
        whole.add("x-wr-timezone", wall.zone)
        _describe(whole, events, wall.zone, zone)
    stamp = _utc(clock.now(), zone)
    for event in events:
        for part in _parts(event, zone, wall.begins, stamp):
            whole.add_component(part)
    return str(whole.to_ical().decode("utf-8"))


def unstamped(text: str) -> str:
    """The file without when it was written: two that say the same are the same."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(STAMP))


def _describe(whole: Calendar, events: Sequence[Event], name: str, zone: ZoneInfo) -> None:
    """The zone is described for the years of the events that have a time of the day."""
    years = [day.year for event in events if event.at is not None for day in (event.day, event.planned) if day]
    if years and zone.key not in ("UTC", "Etc/UTC"):
        ahead = YEARS_AHEAD if any(event.repeats for event in events) else 1
        whole.add_component(zones.described(name, zone, min(years) - 1, max(years) + ahead))


def _utc(moment: datetime, zone: ZoneInfo | None) -> datetime:
    return (moment.replace(tzinfo=zone) if zone else moment.astimezone()).astimezone(UTC)


def _parts(event: Event, zone: ZoneInfo | None, begins: time, stamp: datetime) -> list[Any]:
    """One event; of one that comes again and was put off a second part says to which day."""
    from icalendar import vRecur

    rule = _rule(event)
    first = event.planned if rule and event.planned else event.day
    whole = _part(event, first, zone, begins, stamp)
    if not rule:
        return [whole]
    whole.add("rrule", vRecur.from_ical(_until_then(rule, event.at, zone)))
    if but := sorted(day for day in event.left_out if day > first):
        whole.add("exdate", [_start(day, event.at, zone) for day in but])
    if first == event.day:
        return [whole]
    put_off = _part(event, event.day, zone, begins, stamp)
    put_off.add("recurrence-id", _start(first, event.at, zone))
    return [whole, put_off]


def _rule(event: Event) -> str:
    """The rule by which it comes again, where a calendar can count by it from its first day on."""
    first = event.planned or event.day
    until = series.apart(event.repeats)[1].until
    is_over = until is not None and until < first
    by_rule = series.is_by_rule(event.repeats) and not is_over and falls_on(event.repeats, first)
    return with_last_days(event.repeats, first) if by_rule else ""


def _until_then(rule: str, at: time | None, zone: ZoneInfo | None) -> str:
    """The last day as it is written beside a time: the end of it, in UTC where the zone is known."""
    plain, (until, _times) = series.apart(rule)
    if until is None or at is None:
        return rule
    end = datetime.combine(until, time(23, 59, 59), zone)
    return f"{plain};UNTIL={end.astimezone(UTC):%Y%m%dT%H%M%SZ}" if zone else f"{plain};UNTIL={end:%Y%m%dT%H%M%S}"


def _start(day: date, at: time | None, zone: ZoneInfo | None) -> date | datetime:
    return day if at is None else datetime.combine(day, at, zone)


def _part(event: Event, day: date, zone: ZoneInfo | None, begins: time, stamp: datetime) -> Any:
    from icalendar import Event as Part

    part = Part()
    part.add("uid", event.uid)
    part.add("dtstamp", stamp)
    part.add("sequence", event.sequence)
    part.add("summary", event.title)
    if event.about:
        part.add("description", event.about)
    part.add("dtstart", _start(day, event.at, zone))
    if event.at is not None:
        part.add("duration", timedelta(minutes=event.minutes) if event.minutes else LASTS)
    elif event.minutes > A_DAY:
        part.add("dtend", day + timedelta(days=event.minutes // A_DAY))
    if event.place:
        part.add("location", event.place)
    if event.kind:
        part.add("categories", [event.kind.upper()])
    _invite(part, event.people)
    busy = event.at is not None and event.minutes > 0
    part.add("transp", "OPAQUE" if busy else "TRANSPARENT")  # nobody is busy because a call is due
    part.add_component(_alarm(event, begins))
    return part


def _invite(part: Any, people: Sequence[Attendee]) -> None:
    from icalendar import vCalAddress

    for each in people:
        address = vCalAddress(f"mailto:{each.email}")
        if each.name:
            address.params["CN"] = each.name
        if not each.leads:
            address.params["PARTSTAT"] = ANSWERED.get(each.answer, "NEEDS-ACTION")
        part.add("organizer" if each.leads else "attendee", address)


def _alarm(event: Event, begins: time) -> Any:
    """It rings when the reminder comes up: at its minute, or when the working day begins."""
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", event.title)
    after = timedelta(hours=begins.hour, minutes=begins.minute) if event.at is None else timedelta()
    alarm.add("trigger", after)
    return alarm
