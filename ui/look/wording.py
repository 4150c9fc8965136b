"""How values are shown on the screen: dates as people say them, money and numbers as the system writes them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDate, QLocale
from PySide6.QtGui import QKeySequence

from channergy_crm import clock
from channergy_crm.language import _
from channergy_crm.records import fixed_labels, lookups
from channergy_crm.services.operators import everybody, owners
from channergy_crm.text import repeats
from ui.look.plain import kept_to_itself

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal


def operator_choices(by: str) -> list[tuple[str, str]]:
    """The active operators as a drop-down shows them."""
    return [(operator.id, f"{operator.id}  {operator.name}") for operator in everybody(by)]


def owner_choices(by: str) -> list[tuple[str, str]]:
    """The active operators and the groups, for whose a record may be (K15)."""
    return [(owner.id, f"{owner.id}  {owner.name}") for owner in owners(by)]


def written_money(cents: int, locale: QLocale) -> str:
    """Whole cents as people of that place write an amount: 1,234.50."""
    whole, rest = divmod(abs(cents), 100)
    sign = "-" if cents < 0 else ""
    return f"{sign}{locale.toString(whole)}{locale.decimalPoint()}{rest:02}"


def written_decimal(number: Decimal, locale: QLocale | None = None) -> str:
    """A number with the decimals it has, as people of that place write it: 1,200, 0.25."""
    locale, text = locale or QLocale(), f"{abs(number).normalize():f}"
    whole, _point, rest = text.partition(".")
    return f"{'-' if number < 0 else ''}{locale.toString(int(whole))}{locale.decimalPoint() if rest else ''}{rest}"


def short_money(cents: int) -> str:
    """An amount where there is little room: 9,500, 47 k, 1.2 M."""
    locale, whole = QLocale(), (abs(cents) + 50) // 100
    sign = "-" if cents < 0 and whole else ""
    if whole < 10_000:
        return f"{sign}{locale.toString(whole)}"
    size = 1_000 if whole < 999_500 else 1_000_000
    tenths = (20 * whole + size) // (2 * size)
    some = tenths < 100 and tenths % 10
    said = locale.toString(tenths / 10, "f", 1) if some else locale.toString((whole + size // 2) // size)
    return (_("{amount} k") if size == 1_000 else _("{amount} M")).format(amount=f"{sign}{said}")


def whole_money(cents: int) -> str:
    """An amount without cents where there are none: 38,000."""
    return QLocale().toString(cents // 100) if cents % 100 == 0 else written_money(cents, QLocale())


def shown(kind: object, value: object) -> str:
    """The text of a value in a list."""
    if value is None or value == "":
        return ""
    return SHOWN[getattr(kind, "shown_as", "")](kind, value)  # what is computed for a list has no such word


def _as_it_is(kind: object, value: object) -> str:
    if isinstance(value, datetime):
        return f"{day_in_words(value.date())} {value:%H:%M}"
    if isinstance(value, date):
        return day_in_words(value)
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return kept_to_itself(" ".join(value.split())) if isinstance(value, str) else str(value)


SHOWN: dict[str, Callable[[Any, Any], str]] = {
    "": _as_it_is,
    "tick": lambda kind, value: "✓" if value else "",
    "money": lambda kind, value: written_money(value, QLocale()),
    "percent": lambda kind, value: f"{value} %",
    "quantity": lambda kind, value: written_decimal(kind.exact(value)),
    "rate": lambda kind, value: f"{written_decimal(kind.exact(value))} %",
    "weight": lambda kind, value: fixed_labels.weight_said(value),
    "described": lookups.describe,
    "said": lambda kind, value: kind.show(value),
    "repeats": lambda kind, value: repeats.words(value),
}
"""by the word a kind has for how lists show it"""


def in_full(kind: object, value: object) -> str:
    """The whole of a value, for the tooltip."""
    if isinstance(value, date):
        day = QLocale().toString(QDate(value.year, value.month, value.day), QLocale.FormatType.LongFormat)
        return f"{day} {value:%H:%M}" if isinstance(value, datetime) else day
    if isinstance(value, str) and getattr(kind, "shown_as", "") != "described":
        return value
    return shown(kind, value)


def day_in_words(day: date, *, inside: bool = False) -> str:
    """Today, Tomorrow, Yesterday, otherwise the weekday and the date; `inside` a sentence it is today."""
    today = clock.today()
    if -1 <= (away := (day - today).days) <= 1:
        near = {0: (_("Today"), _("today")), 1: (_("Tomorrow"), _("tomorrow")), -1: (_("Yesterday"), _("yesterday"))}
        return near[away][inside]
    locale, name = QLocale(), short_weekday(day)
    month = locale.monthName(day.month, QLocale.FormatType.ShortFormat)
    said = _("{weekday} {day} {month}") if day.year == today.year else _("{day} {month} {year}")
    return said.format(weekday=name, day=day.day, month=month, year=day.year)


def key_name(key: str) -> str:
    """A key as it is called on the keyboards of this language: Ctrl+K is Strg+K."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def short_weekday(day: date) -> str:
    """Mon, Tue …"""
    return QLocale().dayName(day.isoweekday(), QLocale.FormatType.ShortFormat)


def right_aligned(source: Any) -> bool:
    """Whether a column holds numbers."""
    return bool(source.numeric)


def naming(field: str, sentence: str) -> str:
    """A sentence about a field for a place where nobody sees whose it is: it names the field (F-63)."""
    return sentence if field in sentence else _("{field}: {sentence}").format(field=field, sentence=sentence)


def spoken(kind: object, value: object) -> str:
    """A value as it is said inside a sentence of a script or a note: a day with its weekday, never “Tomorrow”."""
    if isinstance(value, date):
        month = QLocale().monthName(value.month, QLocale.FormatType.ShortFormat)
        day = _("{weekday} {day} {month}").format(weekday=short_weekday(value), day=value.day, month=month)
        return f"{day} {value:%H:%M}" if isinstance(value, datetime) else day
    if isinstance(value, str) and getattr(kind, "shown_as", "") == "":
        return kept_to_itself(value.strip())
    return str(getattr(kind, "show", str)(value)) if isinstance(value, bool) else shown(kind, value)
