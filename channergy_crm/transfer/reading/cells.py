"""What a cell of a file says: days in one order, numbers with one decimal sign, decided by the whole column."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from channergy_crm import clock
from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.text import clocks, months
from channergy_crm.text.clocks import read_time
from channergy_crm.text.days import NO_SUCH_DAY, Order, read_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from channergy_crm.fields import Kind

ORDERS: dict[str, Order] = {"dmy": "DMY", "mdy": "MDY", "ymd": "YMD"}
NO_DAY = {"0000-00-00", "0000-00-00 00:00:00", "00/00/0000", "-"}  # how other programs write that there is none
MANY = re.compile(r"\s*\|##\|\s*")  # between several values for a field that holds one (VT-126)

_FIGURES = re.compile(r"(\d{1,4})\s?([-/. ])\s?(\d{1,2})\s?\2\s?(\d{1,4})")
_CLOCK = re.compile(
    r"(.*?\d.*?)[T ,]+(\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?\s*(?:[ap]\.?m\.?)?)(?:Z|[+-]\d\d:?\d\d)?", re.I
)
_WHOLE_HOURS = re.compile(r"\d\s?(?:[ap]\.?m\b\.?|uhr\b|h\b)|\bnoon$", re.I)
_IN_WORDS = re.compile(r"[^\W\d_]{3,}.*\d|\d.*[^\W\d_]{3,}.*\d")
_EPOCH = re.compile(r"(1\d{9}|2[01]\d{8})(?:\d{3})?")
"""seconds or thousandths of them since 1970, as programs write a moment"""
_SERIAL = re.compile(r"(2[5-9]\d{3}|[3-6]\d{4})(?:[.,]\d+)?")
"""days since 1899, as a spreadsheet counts them: what stands in a table whose column was not formatted (F-23)"""
_ONE_SIGN = re.compile(r"\d+([.,])(\d+)")


class Reading(NamedTuple):
    """How a column is written: the order of its days, its decimal sign. Empty: nothing in it decides.

    `example` is a day or a number that reads both ways where nothing decides, so that somebody has to say.
    """

    order: Order | None = None
    sign: str = ""
    example: str = ""
    numeric: bool = False


def weigh_dates(texts: Iterable[str]) -> Reading:
    """The order of the days in a column: a 31 in one place decides for all of its cells (C3)."""
    proven: dict[Order, str] = {}
    example = ""
    for text in texts:
        order = _order_of(text)
        if order == "both":
            example = example or text
        elif order:
            proven.setdefault(order, text)
    if len(proven) == 1:
        return Reading(order=next(iter(proven)))
    return Reading(example=next(iter(proven.values()), "") or example)


def _order_of(text: str) -> Order | Literal["both", ""]:
    """The only order in which these figures are a day; "both" when they are one either way, "" when in none."""
    found = _FIGURES.fullmatch(_split_clock(text)[0])
    if not found or len(found[1]) > 2:
        return ""
    first, second, third = int(found[1]), int(found[3]), int(found[4])
    if found[2] == ".":
        return "DMY"
    if first > 31:
        return "YMD" if 1 <= second <= 12 and 1 <= third <= 31 else ""
    day_first, month_first = 1 <= first <= 31 and 1 <= second <= 12, 1 <= second <= 31 and 1 <= first <= 12
    if day_first and month_first:
        return "both" if first != second else ""
    return "DMY" if day_first else "MDY" if month_first else ""


def weigh_numbers(texts: Iterable[str]) -> Reading:
    """The decimal sign of a column of numbers: 12,5 proves a comma, 1,234.56 a point; 1,234 proves nothing."""
    comma = point = 0
    example = ""
    for text in texts:
        dots, commas = text.count("."), text.count(",")
        if dots and commas:
            last_is_comma = text.rfind(",") > text.rfind(".")
            comma, point = comma + last_is_comma, point + (not last_is_comma)
        elif dots > 1 or commas > 1:  # grouping, so the other sign is the decimal one
            comma, point = comma + (dots > 1), point + (commas > 1)
        elif (found := _ONE_SIGN.search(text)) and (len(found[2]) != 3 or text.startswith("0")):
            comma, point = comma + (found[1] == ","), point + (found[1] == ".")
        elif found:
            example = example or text
    sign = "" if bool(comma) == bool(point) else "," if comma else "."
    return Reading(sign=sign, example="" if sign else example, numeric=True)


def weigher(kind: Kind[object]) -> Callable[[Iterable[str]], Reading] | None:
    """What tells how a column is written that goes to this field; None where every cell speaks for itself."""
    return _WEIGHERS.get(kind.written_as)


def reader(kind: Kind[object], reading: Reading) -> Callable[[str], object]:
    """What turns the text of a cell into the value of its field; it raises `Mistake` for what cannot be read."""
    return _READERS[kind.written_as](kind, reading)


def _read_key(text: str, label: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Mistake(_("{field} takes a number, not “{text}”.").format(field=label, text=text))
    return int(text)


def _plain_number(text: str, sign: str) -> str:
    """The number with a point before its decimals, where the column has told which sign that is."""
    if not sign:
        return text
    text = text.replace("," if sign == "." else ".", "").replace(sign, ".")
    # Three decimals alone would be read as a group of thousands.
    return re.sub(r"(?<=\d)\.(\d{3})(?!\d)", r".\g<1>0", text) if text.count(".") == 1 else text


def _split_clock(text: str) -> tuple[str, str]:
    if ":" not in text and _WHOLE_HOURS.search(text):
        typed = clocks.apart(" ".join(text.lower().split()))
        return (typed.day, f"{typed.at:%H:%M}") if typed else (text, "")
    found = _CLOCK.fullmatch(text) if ":" in text else None
    return (found[1].strip(), found[2].split(".")[0] if found[2][-1].isdigit() else found[2]) if found else (text, "")


def clock_of(text: str) -> time | None:
    """The time of the day that stands behind a day; None where there is none, and for midnight."""
    said = _split_clock(months.without_zone(text))[1]
    try:
        at = read_time(said) if said else None
    except Mistake:
        return None
    return at if at and at != time() else None


def _read_day(text: str, order: Order | None) -> date | None:
    """A day with its year. What is no day is refused, never moved to another one."""
    if text in NO_DAY:
        return None
    words, _clock = _split_clock(months.without_zone(text))
    found = _FIGURES.fullmatch(words)
    if not found:
        return _in_words(words, text)
    first, second, third = found[1], found[3], found[4]
    if len(first) == 4 or order == "YMD":
        parts = first, second, third
    elif order == "MDY" and found[2] != ".":
        parts = third, first, second
    else:
        parts = third, second, first
    year, month, day = parts
    try:
        return date(_full_year(year), int(month), int(day))
    except ValueError:
        raise Mistake(NO_SUCH_DAY.format(text=text)) from None


def _full_year(text: str) -> int:
    """Two figures mean the hundred years around today that reach twenty years ahead."""
    year = int(text)
    if len(text) > 2:
        return year
    latest = clock.today().year + 20
    return latest - (latest - year) % 100


def _in_words(words: str, text: str) -> date | None:
    if (since := _EPOCH.fullmatch(words)) is not None:
        return (datetime(1970, 1, 1) + timedelta(seconds=int(since[1]))).date()
    if (counted := _SERIAL.fullmatch(words)) is not None:
        return date(1899, 12, 30) + timedelta(days=int(counted[1]))
    if named := months.parts(words):
        year, month, day = named
        try:
            return date(_full_year(year), month, int(day))
        except ValueError:
            raise Mistake(NO_SUCH_DAY.format(text=text)) from None
    compact = re.fullmatch(r"((?:19|20|21)\d\d)(\d\d)(\d\d)", words)
    if not compact and not _IN_WORDS.fullmatch(words):
        raise Mistake(_("“{text}” is not a date with its year, such as 2026-11-23.").format(text=text))
    if not compact and not re.search(r"\d{4}|[^\d]\d{1,2}\D+\d\d$|^\d{1,2}\D+\d\d$", words):
        raise Mistake(_("“{text}” has no year.").format(text=text))
    return read_date(words, clock.today())


def _read_time(text: str) -> time | None:
    return read_time(_split_clock(months.without_zone(text))[1] or text)


def _read_moment(text: str, order: Order | None) -> datetime | None:
    day = _read_day(text, order)
    if day is None:
        return None
    said = _split_clock(months.without_zone(text))[1]
    hours = re.match(r"(\d{1,2}):(\d{2})(?::(\d{2}))?$", said)
    if hours and (int(hours[1]) > 23 or int(hours[2]) > 59 or int(hours[3] or 0) > 59):
        raise Mistake(_("There is no such time as “{text}”.").format(text=text))
    at = time(int(hours[1]), int(hours[2]), int(hours[3] or 0)) if hours else read_time(said) or time()
    return datetime.combine(day, at)


_WEIGHERS = {"day": weigh_dates, "moment": weigh_dates, "number": weigh_numbers}
_READERS: dict[str, Callable[[Kind[object], Reading], Callable[[str], object]]] = {
    **dict.fromkeys(("", "tick", "phones", "emails", "sites"), lambda kind, reading: kind.read),
    "day": lambda kind, reading: lambda text: _read_day(text, reading.order),
    "moment": lambda kind, reading: lambda text: _read_moment(text, reading.order),
    "time": lambda kind, reading: _read_time,
    "key": lambda kind, reading: lambda text: _read_key(text, kind.label),
    "number": lambda kind, reading: lambda text: kind.read(_plain_number(text, reading.sign)),
    "text": lambda kind, reading: lambda text: kind.read(MANY.sub(", ", text) if "|##|" in text else text),
}
"""by the word a kind has for how files write it"""
