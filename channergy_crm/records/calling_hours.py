"""When people may be called: the hours of each country or state, the days on which nobody is called (BX-5, DP-11)."""

from __future__ import annotations

import re

from channergy_crm import work
from channergy_crm.errors import Mistake
from channergy_crm.fields import Date, RecordNumber, Text, Time
from channergy_crm.language import N_, _
from channergy_crm.patterns import pattern
from channergy_crm.store import database
from channergy_crm.text import months
from channergy_crm.text.folding import fold
from channergy_crm.work.about import ADMINISTRATORS, About
from channergy_crm.work.record import Record

DAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
EVERY_DAY = "1234567"
_SHORT = {"mo": 0, "tu": 1, "we": 2, "th": 3, "fr": 4, "sa": 5, "su": 6}
_BETWEEN = pattern(r"\s*[-–—]\s*")


class Weekdays(Text):
    """Some days of the week, kept as figures: "12345" is Monday to Friday."""

    def show(self, value: str) -> str:
        runs: list[list[int]] = []
        for day in sorted(int(figure) - 1 for figure in value or ""):
            if runs and runs[-1][-1] == day - 1:
                runs[-1].append(day)
            else:
                runs.append([day])
        return ", ".join(f"{_(DAYS[run[0]])}–{_(DAYS[run[-1]])}" if len(run) > 1 else _(DAYS[run[0]]) for run in runs)

    def read(self, text: str) -> str:
        found = set[int]()
        for part in filter(None, re.split(r"[,;\s]+", _BETWEEN.sub("-", text.strip()))):
            days = [self._day(word, text) for word in part.split("-")]
            first, last = days[0], days[-1]
            found.update((first + step) % 7 for step in range((last - first) % 7 + 1))
        return "".join(str(day + 1) for day in sorted(found))

    def check(self, value: str | None) -> str | None:
        if value and value.strip() and not set(value) <= set(EVERY_DAY):
            return _unreadable(value)
        return super().check(value)

    def _day(self, word: str, text: str) -> int:
        if word.isdigit() and word in EVERY_DAY:
            return int(word) - 1
        plain = fold(word).rstrip(".")
        own = next((place for place, name in enumerate(DAYS) if plain == fold(_(name)).rstrip(".")), None)
        day = own if own is not None else months.weekday(plain)
        day = day if day is not None else _SHORT.get(plain[:2]) if len(plain) <= len("mon") else None
        if day is None:
            raise Mistake(_unreadable(text), self.name)
        return day


def _unreadable(text: str) -> str:
    return _("“{text}” are no days of the week such as Mon-Fri or Mon, Wed.").format(text=text.strip())


class CallingHours(Record):
    """From when to when people in one country or state may be called, by their own clock, on which days.

    Without a country it holds wherever nothing else is said. Several rows of one place add up.
    """

    number = RecordNumber("Hours #", column_name="HoursNo")
    country = Text("Country", column_name="Country", limit=60, width=10)
    state = Text("State", column_name="State", limit=60, width=14)
    days = Weekdays("Days", column_name="Weekdays", required=True, limit=7, width=16)
    begins = Time("From", column_name="FromTime", required=True, width=8)
    ends = Time("To", column_name="ToTime", required=True, width=8)

    singular = "Calling hours"
    plural = "Calling hours"
    about = About(rights=ADMINISTRATORS, rank=96)

    class Meta:
        table_name = "CRMCallingHours"

    def caption(self) -> str:
        return place_of(self.country, self.state)


class Holiday(Record):
    """A day on which nobody is called in one country or state, because the office says so."""

    number = RecordNumber("Holiday #", column_name="HolidayNo")
    day = Date("Day", column_name="Day", required=True)
    country = Text("Country", column_name="Country", limit=60, width=10)
    state = Text("State", column_name="State", limit=60, width=14)
    name = Text("Holiday", column_name="Name", required=True, limit=120, width=36)

    singular = "Holiday"
    plural = "Holidays"
    about = About(rights=ADMINISTRATORS, rank=97)

    class Meta:
        table_name = "CRMHolidays"
        indexes = ((("day", "country"), False),)

    def caption(self) -> str:
        return self.name or _("Holiday")


def place_of(country: str, state: str) -> str:
    """What a country, or a state of it, is called in these lists."""
    if not country:
        return _("everywhere else")
    return _("{country}, {state}").format(country=country, state=state) if state else country


_hours: list[CallingHours] = []
_holidays: list[Holiday] = []
_read: set[str] = set()


def hours() -> list[CallingHours]:
    """The hours of the office as they are now; read, not to be changed."""
    if "hours" not in _read:
        _hours[:] = list(CallingHours.select().order_by(CallingHours.country, CallingHours.state, CallingHours.number))
        _read.add("hours")
    return list(_hours)


def holidays() -> list[Holiday]:
    """The days on which nobody is called, soonest first; read, not to be changed."""
    if "holidays" not in _read:
        _holidays[:] = list(Holiday.select().order_by(Holiday.day, Holiday.country, Holiday.state))
        _read.add("holidays")
    return list(_holidays)


def forget() -> None:
    """Read them afresh: another office was opened, or somebody changed them."""
    _read.clear()


def _changed(done: work.Done) -> None:
    if {CallingHours._meta.table_name, Holiday._meta.table_name} & set(done.tables):
        forget()


work.listen(_changed)
database.when_made.append(forget)
database.when_opened.append(forget)
