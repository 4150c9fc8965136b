"""The three facts over a record, the same wherever somebody is called: the number, their time, what is promised."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from channergy_crm import clock, phones
from channergy_crm.errors import Surroundings
from channergy_crm.language import _
from channergy_crm.patterns import pattern
from channergy_crm.phones.there import there
from channergy_crm.records import Lead
from channergy_crm.services import calling_hours, reminders
from ui.look.wording import day_in_words, short_weekday, shown
from ui.pages.reminder_rows import how_late
from ui.widgets.summary import Fact

if TYPE_CHECKING:
    from datetime import date, time

    from channergy_crm.work.record import Record

AROUND_A_ZONE = pattern(r"^UTC\S*\s*|\s*\([^)]*\)$")
"""what stands around the name of a zone in its list: UTC−6 Central (Chicago)"""
INKS = {"late": "overdue", "today": "soon"}


def phone(number: str, opens: str = "phone", forbidden: str = "", whose: str = "") -> Fact:
    """The number to dial; without one, the way to add it. `forbidden` is the result that says nobody calls it; `whose`
    it is, where that is another one than the record is about.
    """
    said = _("Phone · {result}").format(result=forbidden or whose) if forbidden or whose else _("Phone")
    return Fact(said, number, "never" if forbidden else "", opens=opens, empty="" if number else _("No phone number"))


def their_time(zone: str, opens: str = "", number: str = "", record: Record | None = None) -> Fact | None:
    """What the clock shows where they live, and on which day; None when that is not known.

    Outside the hours in which one may be called there it says so: “after 21:00” (BX-5).
    """
    seen = there(clock.now(), zone)
    if seen is None:
        return None
    if number and not phones.waits() and (shut := _closed(number, zone, record)) is not None:
        return Fact(_("Their local time"), f"{seen:%H:%M}", "soon", shut, opens)
    said = AROUND_A_ZONE.sub("", shown(Lead.kind("time_zone"), zone))
    day = short_weekday(seen.date())
    return Fact(_("Their local time"), f"{seen:%H:%M}", more=f"{said} · {day}" if said else day, opens=opens)


def _closed(number: str, zone: str, record: Record | None) -> str | None:
    """Why nobody is called there now, in a few words; None when they may be."""
    with suppress(Surroundings):  # said by whatever is asked of the store next
        where = calling_hours.place(number, record)._replace(zones=(zone,))
        shut = calling_hours.closed(where, clock.now())
        return shut.brief() if shut is not None else None
    return None


def next_reminder(day: date | None, at: time | None, opens: str = "") -> Fact:
    """What is promised, how late it is; or the way to promise something."""
    if day is None:
        return Fact(_("Next reminder"), "", opens=opens, empty=_("Set reminder") if opens else _("None"))
    said = f"{day_in_words(day)} {at:%H:%M}" if at else day_in_words(day)
    ink = INKS.get(reminders.standing(day, at), "")
    return Fact(_("Next reminder"), said, ink, how_late(day, at), opens)
