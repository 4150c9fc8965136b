"""Days as people type them, with a time beside them or without: "tomorrow", "fri", "+3", "23 nov", "fri 10"."""

from __future__ import annotations

import re
from calendar import monthrange
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Literal

from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.text import clocks, months
from channergy_crm.text.typed import in_english

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

NOON = time(12)
Order = Literal["DMY", "MDY", "YMD"]

WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
MONTHS = [
    "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december",
]  # fmt: skip
NEXT_WEEK = "next week"  # unsaid: what is typed
SHIFTS = {"today": 0, "tod": 0, "tomorrow": 1, "tom": 1, "tmr": 1, "yesterday": -1, "yes": -1, NEXT_WEEK: 7}
UNREADABLE_DATE = N_("“{text}” is not a date this can read. Try “tomorrow”, “fri”, “+3” or “2026-11-23”.")
HAS_A_TIME = N_("“{text}” has a time, but only a day fits here. Try “{day}”.")
NO_SUCH_DAY = N_("There is no such day as “{text}”.")


def read_date(
    text: str, today: date, order: Order = "MDY", languages: Sequence[str] = ("en",), *, past: bool = False
) -> date | None:
    """The day that was typed, None for nothing; a day without its year is the next one to come, or with `past` the last
    one there was (F-37).

    `order` is how the locale writes a day in figures. Raises Mistake when it cannot be read or does not exist, or when
    there is a time beside it.
    """
    words = _plain(text)
    if not words:
        return None
    read = partial(_day, text=text, today=today, order=order, languages=languages, past=past)
    typed = clocks.apart(words)
    if typed is None:
        return read(words)
    if not typed.certain:
        whole, day = _if_any(read, words), _if_any(read, typed.day)
        of_week = _name(words.partition(" ")[0].rstrip(".,"), WEEKDAYS)
        if day is None or (whole is not None and whole.weekday() == of_week):
            return whole or read(words)
    elif typed.day:
        read(typed.day)
    day_alone = clocks.apart(_small(text)) or typed
    raise Mistake(_(HAS_A_TIME).format(text=text.strip(), day=day_alone.day or _("today")))


def read_moment(
    text: str, now: datetime, order: Order = "MDY", languages: Sequence[str] = ("en",), *, past: bool = False
) -> tuple[date | None, time | None]:
    """The day that was typed and the time beside it, if there is one: "tomorrow 3pm", "fri 10", "in 2 hours" (F-37).

    A time alone is the next such time, or with `past` the last. Raises Mistake when it cannot be read.
    """
    words, today = _plain(text), now.date()
    if moment := clocks.later(words, now):
        return moment.date(), moment.time()
    typed = clocks.apart(words)
    if typed and not typed.day:
        gone = typed.at <= now.time() if past else typed.at < now.time()
        return today + timedelta(days=gone - past), typed.at
    read = partial(_day, text=text, today=today, order=order, languages=languages, past=past)
    if typed and (day := read(typed.day) if typed.certain else _if_any(read, typed.day)):
        return day, typed.at
    return (read(words) if words else None), None


def _plain(text: str) -> str:
    return in_english(_small(text))


def _small(text: str) -> str:
    return re.sub(r"\s+", " ", text.strip().lower().rstrip(","))


def _if_any(read: Callable[[str], date], words: str) -> date | None:
    with suppress(Mistake):
        return read(words)
    return None


def _day(words: str, *, text: str, today: date, order: Order, languages: Sequence[str], past: bool) -> date:
    """The day that these words of what was typed say."""
    words = re.sub(r"(?<=\d) ?([-/.]) ?(?=\d)", r"\1", words)
    try:
        day = _past(words, today, order) if past else None
        day = day or _phrase(words, today) or _read_plainly(words, today, order)
    except (ValueError, OverflowError):
        raise Mistake(_(NO_SUCH_DAY).format(text=text.strip())) from None
    day = day or _read_in_words(words, today, order, languages)
    if day is None:
        raise Mistake(_(UNREADABLE_DATE).format(text=text.strip()))
    return day


def _past(words: str, today: date, order: Order) -> date | None:
    """A day without its year, its month or its week, of something that has happened."""
    if (number := _name(words, WEEKDAYS)) is not None:
        return today - timedelta(days=(today.weekday() - number - 1) % 7 + 1)
    if re.fullmatch(r"(?:the )?\d{1,2}(?:st|nd|rd|th|\.)?", words):
        coming = _day_of_month(words, today, order)
        month = today.replace(day=1)
        while coming and (coming > today or coming.day > monthrange(month.year, month.month)[1]):
            if coming.day <= monthrange(month.year, month.month)[1] and month.replace(day=coming.day) <= today:
                return month.replace(day=coming.day)
            month = _months_on(month, -1)
        return coming
    dated = _figures(words, today, order) or _with_month(words, today, order)
    if dated is None or dated <= today or re.search(r"\d{4}", words):
        return dated
    years = 100 if re.search(r"\d\D+\d+\D+\d{2}$|[a-z]\W*\d{2}$", words) and dated.year > today.year + 1 else 1
    back = 4 if (dated.month, dated.day) == (2, 29) else years
    while dated > today:
        dated = date(dated.year - back, dated.month, dated.day)
    return dated


_SAID = """
end of month=m0, end of the month=m0, end of this month=m0, month end=m0, eom=m0, monatsende=m0, ende des monats=m0,
fin du mois=m0, fin de mes=m0, end of next month=m1, day after tomorrow=2, day before yesterday=-2, last week=-7,
tmrw=1, fortnight=14
"""  # unsaid: what is typed
_PHRASES = dict(pair.strip().split("=") for pair in " ".join(_SAID.split()).split(","))
_COUNTED = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_NUMBERS = {word: number for number, word in enumerate(_COUNTED)}


def _phrase(words: str, today: date) -> date | None:  # noqa: PLR0911
    """What people say of days: today week, a week on friday, end of month, next year."""
    words = re.sub(r"^(?:on|by|at) ", "", words)
    said = _PHRASES.get(re.sub(r"^(?:the|in a|a) ", "", words), "")
    if said.startswith("m"):
        month = _months_on(today.replace(day=1), int(said[1:]))
        return month.replace(day=monthrange(month.year, month.month)[1])
    if said:
        return today + timedelta(days=int(said))
    if words in ("end of week", "eow"):  # unsaid: the same
        return today + timedelta(days=(4 - today.weekday()) % 7)
    named = {"next year": 12, "last month": -1, "last year": -12}  # unsaid: what is typed
    if words in named:
        return _months_on(today, named[words])
    week = re.fullmatch(r"(\w+) week|(?:a )?week (?:on |from )?(\w+)|(\w+) in a week", words)
    base = next(filter(None, week.groups()), "") if week else ""
    if base and base not in ("next", "last", "this", "a", "in", "ago") and not base.isdigit():
        start = today + timedelta(days=SHIFTS[base]) if base in SHIFTS else _weekday(base, today, "MDY")
        return start + timedelta(days=7) if start else None
    counted = re.fullmatch(r"(?:in )?(\w+) (days?|weeks?|months?|years?)( from now| from today| ago)?", words)
    number = _NUMBERS.get(counted[1], 1 if counted[1] in ("a", "an") else None) if counted else None
    if counted and number is None and counted[1].isdecimal() and counted[3]:
        number = int(counted[1])
    if counted and number is not None:
        sign = "-" if counted[3] == " ago" else "+"
        return _shift(f"{sign}{number} {counted[2]}", today, "MDY")  # unsaid: as it is typed
    return None


def _read_plainly(words: str, today: date, order: Order) -> date | None:
    for reading in (_shift, _weekday, _iso, _figures, _with_month, _day_of_month):
        day = reading(words, today, order)
        if day is not None:
            return day
    weekday, _blank, rest = words.partition(" ")
    if any(figure.isdigit() for figure in rest) and _name(weekday.rstrip(".,"), WEEKDAYS) is not None:
        return _read_plainly(rest, today, order)
    return None


def _shift(words: str, today: date, order: Order) -> date | None:
    if words in SHIFTS:
        return today + timedelta(days=SHIFTS[words])
    if words == "next month":
        return _months_on(today, 1)
    found = re.fullmatch(r"(?:in )?([+-]?)\s?(\d{1,4})\s?(d|days?|w|weeks?|m|months?|y|years?)?( ago)?", words)
    if not found or not (found[1] or found[3] or words.startswith("in ")):
        return None
    count = -int(found[2]) if found[1] == "-" or found[4] else int(found[2])
    unit = (found[3] or "d")[0]
    if unit in "dw":
        return today + timedelta(days=count * (7 if unit == "w" else 1))
    return _months_on(today, count * (12 if unit == "y" else 1))


def _months_on(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _weekday(words: str, today: date, order: Order) -> date | None:
    which, _blank, name = words.rpartition(" ")
    number = _name(name, WEEKDAYS)
    if number is None or which not in ("", "on", "this", "next", "last"):
        return None
    if which == "next":
        return today + timedelta(days=7 - today.weekday() + number)
    if which == "last":
        return today - timedelta(days=(today.weekday() - number - 1) % 7 + 1)
    return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)


def _iso(words: str, today: date, order: Order) -> date | None:
    found = re.fullmatch(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})", words)
    found = found or re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\.?", words)
    return date(int(found[1]), int(found[2]), int(found[3])) if found else None


def _figures(words: str, today: date, order: Order) -> date | None:
    found = re.fullmatch(r"(\d{1,2})\s?([-/. ])\s?(\d{1,2})(?:\s?\2\s?(\d{4}|\d{2})?)?", words)
    if not found:
        return None
    first, second = int(found[1]), int(found[3])
    day_first = found[2] == "." or order == "DMY"
    if (day_first and second > 12 >= first) or (not day_first and first > 12 >= second):
        day_first = not day_first  # only one reading is a day at all
    day, month = (first, second) if day_first else (second, first)
    return _dated(day, month, found[4], today)


def _with_month(words: str, today: date, order: Order) -> date | None:
    words = words.replace(",", " ").replace(" of ", " ")
    found = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th|\.)?[ -]*([a-z]{3,9})\.?[ -]*(\d{4}|\d{2})?", words)
    if found:
        day, name, year = found[1], found[2], found[3]
    else:
        found = re.fullmatch(r"([a-z]{3,9})\.? ?(\d{1,2})(?:st|nd|rd|th|\.)?(?: +(\d{4}))?", words)
        if not found:
            return None
        day, name, year = found[2], found[1], found[3]
    month = _name(name, MONTHS)
    return None if month is None else _dated(int(day), month + 1, year, today)


def _day_of_month(words: str, today: date, order: Order) -> date | None:
    found = re.fullmatch(r"(?:the )?(\d{1,2})(?:st|nd|rd|th|\.)?", words)
    if not found:
        return None
    day = int(found[1])
    month = today.replace(day=1) if day >= today.day else _months_on(today.replace(day=1), 1)
    if monthrange(month.year, month.month)[1] < day <= 31:
        month = _months_on(month, 1)
    return month.replace(day=day)


def _dated(day: int, month: int, year: str | None, today: date) -> date:
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    if (month, day) == (2, 29):
        return date(next(y for y in range(today.year, today.year + 9) if _has_29th(y, today)), 2, 29)
    coming = date(today.year, month, day)
    return coming if coming >= today else coming.replace(year=today.year + 1)


def _has_29th(year: int, today: date) -> bool:
    return monthrange(year, 2)[1] == 29 and date(year, 2, 29) >= today


def _name(word: str, names: list[str]) -> int | None:
    if len(word) < 3:
        return None
    found = next((number for number, name in enumerate(names) if name.startswith(word)), None)
    return months.weekday(word) if found is None and names is WEEKDAYS and len(word) > 3 else found


def _read_in_words(words: str, today: date, order: Order, languages: Sequence[str]) -> date | None:
    """What the plain rules leave over ("lunes", "in zwei Wochen"), read by a library that knows many languages."""
    if len(words) < 4 or len(words) > 60 or not any(letter.isalpha() for letter in words):
        return None
    from dateparser import parse
    from dateparser.data import language_order

    moment: datetime | None = parse(
        words,
        languages=[language for language in languages if language in language_order],
        settings={
            "PREFER_DATES_FROM": "future",
            "RELATIVE_BASE": datetime.combine(today, NOON),
            "DATE_ORDER": order,
            "RETURN_AS_TIMEZONE_AWARE": False,
            "REQUIRE_PARTS": ["day"],
        },
    )
    told = moment is not None and moment.time() not in (time(), NOON)
    return moment.date() if moment and not told else None  # a time is not passed over
