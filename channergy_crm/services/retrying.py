"""Trying again: on working days, in another part of the day, at another number, never at night (BX-3, BX-41, BX-42)."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm import phones
from channergy_crm.language import N_
from channergy_crm.phones.there import there
from channergy_crm.records import Lead, PhoneCall
from channergy_crm.services import office, rights

if TYPE_CHECKING:
    from collections.abc import Mapping

    from channergy_crm.records.call_log import Called

FULL = timedelta(minutes=5)
"""proposed times end in five or nought"""
DAYS_AHEAD = 8
SATURDAY = 5


class Part(NamedTuple):
    """A part of the day: from when to when, and when a try in it is proposed. Who may be called then the hours say."""

    name: str
    begins: time
    ends: time
    usual: time


PARTS = (
    Part(N_("morning"), time(8), time(12), time(9, 30)),
    Part(N_("noon"), time(12), time(14), time(12, 30)),
    Part(N_("afternoon"), time(14), time(17), time(15)),
    Part(N_("evening"), time(17), time(20), time(18)),
)
WEEKEND = N_("weekend")


def full(moment: datetime) -> datetime:
    """To the next full five minutes."""
    over = (moment - datetime.min) % FULL
    return moment + (FULL - over) if over else moment


def part_of(local: datetime) -> str:
    """The part of the day, or of the week, this moment belongs to; "" for the night."""
    if local.weekday() >= SATURDAY:
        return WEEKEND
    return next((part.name for part in PARTS if part.begins <= local.time() < part.ends), "")


def tried_parts(record: Called, zone: str, now: datetime) -> Mapping[str, int]:
    """How often they were tried in which part of the day, in their zone, with a call that is made just now."""
    moments = [now]
    if record.key is not None:
        query = PhoneCall.select(PhoneCall.started).where(PhoneCall.concerning(record))
        moments += [call.started for call in query if call.started]
    return Counter(part_of(there(moment, zone) or moment) for moment in moments)


def on_a_working_day(moment: datetime, zone: str) -> datetime:
    """The same time on the next day on which people work, where they live."""
    for ahead in range(DAYS_AHEAD):
        later = moment + timedelta(days=ahead)
        if (there(later, zone) or later).weekday() < SATURDAY:
            return later
    return moment


def in_another_part(moment: datetime, zone: str, tried: Mapping[str, int], *, weekdays: bool) -> datetime:
    """The first moment from this one on in the part of the day that was tried least; the weekend is one part."""
    local = there(moment, zone) or moment
    away = moment - local
    found: list[tuple[int, datetime]] = []
    for ahead in range(DAYS_AHEAD):
        day = local.date() + timedelta(days=ahead)
        for part in PARTS:
            begins = max(datetime.combine(day, part.usual), local if not ahead else datetime.min)
            if begins >= datetime.combine(day, part.ends) or (weekdays and day.weekday() >= SATURDAY):
                continue
            found.append((tried.get(part_of(begins), 0), begins))
    least = min(found, default=(0, local))[0]
    first = next((begins for times, begins in found if times == least), local)
    return full(_at_the_office(first, zone, first + away))


def _at_the_office(local: datetime, zone: str, near: datetime) -> datetime:
    """What the clock of the office shows when theirs shows this; across a change of either clock as well."""
    shown = there(near, zone)
    return near if shown is None else near + (local - shown)


def numbers(lead: Lead, by: str) -> list[tuple[str, str]]:
    """Every number of a lead that can be dialed, with what it is, the first one first (BX-16)."""
    rights.require(by, "see", lead)
    kept = rights.hidden(Lead, by)
    kinds = [kind for name, kind in Lead.kinds().items() if name not in kept]
    return [pair for kind in kinds for pair in kind.numbers(getattr(lead, kind.name) or "")]


def next_number(lead: Lead, dialed: str, since: datetime, by: str) -> str:
    """The next number of the same person that was not dialed since then; "" when all of them were (BX-41)."""
    rights.require(by, "see", lead)
    region = office.region()
    this = (PhoneCall.lead == lead.number) & (PhoneCall.started >= since)
    logged = PhoneCall.select(PhoneCall.kind("phone_digits")).where(this).scalars()
    tried = {*logged, phones.keys(dialed, region).digits}
    return next((each for _label, each in numbers(lead, by) if phones.keys(each, region).digits not in tried), "")
