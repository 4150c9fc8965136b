"""The three facts over a record, the same wherever somebody is called: the number, their time, what is promised."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from channergy_crm import clock
from channergy_crm.language import _, ngettext
from channergy_crm.records import Lead
from channergy_crm.services import calls, reminders
from ui.look.wording import day_in_words, short_weekday, shown
from ui.widgets.summary import Fact

if TYPE_CHECKING:
    from datetime import date, time

AROUND_A_ZONE = re.compile(r"^UTC\S*\s*|\s*\([^)]*\)$")
"""what stands around the name of a zone in its list: UTC−6 Central (Chicago)"""
INKS = {"overdue": "overdue", "due": "overdue", "today": "soon"}
HOUR, DAY = 60, 24 * 60


def phone(number: str, opens: str = "phone", forbidden: str = "") -> Fact:
    """The number to dial; without one, the way to add it. `forbidden` is the result that says nobody calls it."""
    said = _("Phone · {result}").format(result=forbidden) if forbidden else _("Phone")
    return Fact(said, number, "never" if forbidden else "", opens=opens, empty="" if number else _("No phone number"))


def their_time(zone: str, opens: str = "") -> Fact | None:
    """What the clock shows where they live, and on which day; None when that is not known."""
    there = calls.there(clock.now(), zone)
    if there is None:
        return None
    said = AROUND_A_ZONE.sub("", shown(Lead.kind("time_zone"), zone))
    day = short_weekday(there.date())
    return Fact(_("Their local time"), f"{there:%H:%M}", more=f"{said} · {day}" if said else day, opens=opens)


def next_reminder(day: date | None, at: time | None, opens: str = "") -> Fact:
    """What is promised, how late it is; or the way to promise something."""
    if day is None:
        return Fact(_("Next reminder"), "", opens=opens, empty=_("Set reminder") if opens else _("None"))
    said = f"{day_in_words(day)} {at:%H:%M}" if at else day_in_words(day)
    ink = INKS.get(reminders.state(day, at) or "", "")
    return Fact(_("Next reminder"), said, ink, how_late(day, at), opens)


def how_late(day: date, at: time | None) -> str:
    """How long ago it was due today or on which day, or in how many minutes it will be; "" when that is far off."""
    now = clock.now()
    if days := (now.date() - day).days:
        return ngettext("{count} day late", "{count} days late", days).format(count=days) if days > 0 else ""
    if at is None:
        return ""
    minutes = int((datetime.combine(day, at) - now.replace(second=0)).total_seconds() // 60)
    if minutes > HOUR:
        return ""
    if minutes >= 0:
        return _("now") if not minutes else _("in {count} min").format(count=minutes)
    late = -minutes
    return _("{count} min late").format(count=late) if late < HOUR else _("{count} h late").format(count=late // HOUR)
