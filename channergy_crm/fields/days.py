"""Kinds that hold a day, a time, or both."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import peewee

from channergy_crm.fields import comparing
from channergy_crm.fields.kind import Kind
from channergy_crm.language import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from channergy_crm.fields.lists import FileStyle, Lists, Written

PERIODS = [
    N_("today"), N_("tomorrow"), N_("yesterday"), N_("this week"), N_("next week"), N_("next 7 days"),
    N_("last 30 days"), N_("older than 2 months"),
]  # fmt: skip
"""what a filter understands"""


def periods() -> list[str]:
    """The same in the language in use; it must be one that is read (channergy_crm/text)."""
    return [_(period) for period in PERIODS]


def _in_period(kind: peewee.ColumnBase, sign: str, value: str, *, past: bool = False) -> peewee.ColumnBase:
    from channergy_crm.clock import today
    from channergy_crm.text.periods import period

    return comparing.in_period(kind, sign, *period(value, today(), past=past))


def _as_moments(values: Sequence[object]) -> list[str | None]:
    """A day and a time, also where there is only a day: `2008-01-07 00:00:00` (VT-125)."""
    return [None if value is None else f"{str(value)[:19]} 00:00:00"[:19] for value in values]


class Date(Kind["date | None"], peewee.DateField["date | None"]):
    """A day. With `past` it is of what has happened: a day without its year is the last one there was (F-37)."""

    edited_by = "date"
    written_as = "day"
    compared_as = "value"

    def __init__(self, label: str = "", *, past: bool = False, **options: Any) -> None:
        super().__init__(label, **{"width": 16, **options})
        self.past = past

    def python_value(self, value: str | date | None) -> date | None:
        if isinstance(value, str):
            return date.fromisoformat(value[:10]) if value else None
        return value

    def read(self, text: str) -> date | None:
        from channergy_crm.clock import today
        from channergy_crm.text.days import read_date

        return read_date(text, today(), past=self.past) if text.strip() else None

    def check(self, value: date | None) -> str | None:
        if value is not None and not date(1900, 1, 1) <= value <= date(2200, 1, 1):
            return _("{field} must lie between 1900 and 2200.").format(field=self.label)
        return super().check(value)

    def unpack(self, value: object) -> object:
        return date.fromisoformat(str(value)) if value else None

    def compare(self, sign: str, value: str, lists: Lists) -> peewee.ColumnBase:
        return _in_period(self, sign, value, past=self.past)

    def completed(self, lists: Lists) -> Sequence[str]:
        return periods()

    def exported(self, lists: Lists) -> Callable[[date | None], object]:
        return self.python_value

    def written(self, style: FileStyle, lists: Lists) -> Written[date | None]:
        return _as_moments if style.vtiger else super().written(style, lists)

    def inherited(self, values: Sequence[date | None], oldest: int) -> date | None:
        return values[oldest]


def without_its_day(kind: Kind[Any], values: Mapping[str, object]) -> str | None:
    """One sentence when a time stands in a record without the day it goes with, or None."""
    from channergy_crm.clock import now

    at = values.get(kind.name)
    at = kind.read(at) if isinstance(at, str) else at
    if not isinstance(at, time) or values.get(kind.goes_with):
        return None
    needs = _("A {time} needs a {day}: tomorrow at {at}?")
    if at > now().time():
        needs = _("A {time} needs a {day}: today at {at}?")
    return needs.format(time=kind.label, day=kind.model.kind(kind.goes_with).label, at=kind.show(at))


class Time(Kind["time | None"], peewee.CharField["time | None"]):
    """A time of the day on the office's 24-hour clock, stored as HH:MM.

    With `goes_with`, the python name of a day: it is the time of that day, and none without it.
    """

    edited_by = written_as = "time"
    compared_as = "value"

    def __init__(self, label: str = "", *, goes_with: str = "", **options: Any) -> None:
        super().__init__(label, max_length=5, **{"width": 8, **options})
        self.goes_with = goes_with

    def db_value(self, value: object) -> object:
        return value.strftime("%H:%M") if isinstance(value, time) else value

    def python_value(self, value: object) -> time | None:
        if isinstance(value, str):
            try:
                return time.fromisoformat(value[:5])
            except ValueError:
                return None
        return value if isinstance(value, time) else None

    def show(self, value: time | None) -> str:
        return value.strftime("%H:%M") if value else ""

    def read(self, text: str) -> time | None:
        from channergy_crm.text.clocks import read_time

        return read_time(text) if text.strip() else None

    def pack(self, value: object) -> object:
        return value.strftime("%H:%M") if isinstance(value, time) else None

    def unpack(self, value: object) -> object:
        return self.python_value(value)

    def filled(self) -> peewee.ColumnBase:
        return self.is_null(False) & (self != "")

    def exported(self, lists: Lists) -> Callable[[time | None], object]:
        return self.python_value


class Moment(Kind["datetime | None"], peewee.DateTimeField["datetime | None"]):
    """A day and a time. With `touched`, the program writes it at every save of the record."""

    edited_by = "fixed"
    written_as = "moment"
    compared_as = "value"

    def __init__(self, label: str = "", *, touched: bool = False, told: bool = False, **options: Any) -> None:
        super().__init__(label, **{"width": 18, "system": touched, **options})
        self.touched = self.kept = touched
        self.told = told

    def python_value(self, value: str | datetime | None) -> datetime | None:
        if isinstance(value, str):
            return datetime.fromisoformat(value) if value else None
        return value

    def show(self, value: datetime | None) -> str:
        return value.strftime("%Y-%m-%d %H:%M") if value else ""

    def derived(self) -> tuple[str, ...]:
        return (self.name,) if self.touched else ()

    def derive(self, values: Mapping[str, object], changed: Collection[str]) -> dict[str, object]:
        if not self.touched:
            return {}
        from channergy_crm.clock import now

        return {self.name: now()}

    def unpack(self, value: object) -> object:
        return datetime.fromisoformat(str(value)) if value else None

    def compare(self, sign: str, value: str, lists: Lists) -> peewee.ColumnBase:
        return _in_period(self, sign, value)

    def completed(self, lists: Lists) -> Sequence[str]:
        return periods()

    def exported(self, lists: Lists) -> Callable[[datetime | None], object]:
        return self.python_value

    def written(self, style: FileStyle, lists: Lists) -> Written[datetime | None]:
        return _as_moments if style.vtiger else super().written(style, lists)

    def inherited(self, values: Sequence[datetime | None], oldest: int) -> datetime | None:
        return max(filter(None, values), default=None) if self.touched else values[oldest]
