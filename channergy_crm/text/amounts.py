"""Numbers and money as people type them, with either decimal sign."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _, ngettext

NO_NUMBER = N_("{field} takes a number such as 1,234.56, not “{text}”.")
NOT_WHOLE = N_("{field} takes a whole number such as 1,234, not “{text}”.")
NO_PERCENT = N_("{field} takes a whole number from 0 to 100, not “{text}”.")
KB = 1024
_TIMES = {"k": 1_000, "m": 1_000_000}


def read_decimal(text: str, label: str, sentence: str = NO_NUMBER, point: str = "") -> Decimal:
    """`1,234.56`, `1.234,56`, `$ 900`, `12k`, `(45)` -> the number.

    One separator followed by exactly three digits is read as grouping; anything else as the decimal sign. What is
    known to be the decimal sign, `point`, never groups where it stands once: 1.250 is one and a quarter then.
    """
    wrong = Mistake(_(sentence).format(field=label, text=text.strip()))
    cleaned = re.sub(r"[\s\u00a0\u202f'’]|[$€£¥]|USD|EUR|GBP|CHF", "", text.strip(), flags=re.IGNORECASE)
    negative = cleaned.startswith("-") or (cleaned.startswith("(") and cleaned.endswith(")"))
    cleaned = cleaned.strip("()").removeprefix("-").removeprefix("+")
    times = _TIMES.get(cleaned[-1:].lower(), 1)
    if times != 1:
        cleaned = cleaned[:-1]
    if not re.fullmatch(r"[0-9][0-9.,]*|[.,][0-9]+", cleaned) or len(cleaned) > 30:
        raise wrong
    try:
        number = Decimal(_plain(cleaned, point)) * times
    except InvalidOperation as error:
        raise wrong from error
    return -number if negative else number


def _plain(cleaned: str, point: str) -> str:
    last = max(cleaned.rfind("."), cleaned.rfind(","))
    if last < 0:
        return cleaned
    sign = cleaned[last]
    other = "," if sign == "." else "."
    grouped = sign != point and re.fullmatch(rf"[1-9]\d{{0,2}}\{sign}\d{{3}}", cleaned)
    if other not in cleaned and (cleaned.count(sign) > 1 or grouped):
        return cleaned.replace(sign, "")
    return cleaned[:last].replace(other, "").replace(sign, "") + "." + cleaned[last + 1 :]


def read_cents(text: str, label: str) -> int:
    """An amount of money in whole cents; halves of a cent are rounded up."""
    return int((read_decimal(text, label) * 100).quantize(Decimal(1), rounding="ROUND_HALF_UP"))


def read_whole(text: str, label: str, sentence: str = NOT_WHOLE) -> int:
    """A whole number; a fraction is refused rather than cut off."""
    number = read_decimal(text, label, sentence)
    if number != number.to_integral_value():
        raise Mistake(_(sentence).format(field=label, text=text.strip()))
    return int(number)


def of_bytes(size: int) -> str:
    """How much so many bytes are, as people say it: “340 KB”, “1.2 MB”."""
    if size < KB:
        return ngettext("{count:,} byte", "{count:,} bytes", size).format(count=size)
    if size < KB * KB:
        return _("{size:,.0f} KB").format(size=size / KB)
    whole = size % (KB * KB) == 0
    return (_("{size:,.0f} MB") if whole else _("{size:,.1f} MB")).format(size=size / KB / KB)
