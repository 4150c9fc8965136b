"""Days and amounts inside a text that is written once and read later, as its language writes them: 26 Nov 2026.

The screen says them as its workstation does; a text is read by others too.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.language import _, figures

if TYPE_CHECKING:
    from collections.abc import Callable


class _Parts(NamedTuple):
    """A day taken apart; `name` is the short English name of its month, for languages that write it like that."""

    day: int
    month: int
    year: int
    name: str


def written_day(value: date, say: Callable[[str], str] | None = None) -> str:
    """A day, and its time where it has one: “26 Nov 2026”, “26 Nov 2026 15:30”; in German “26.11.2026”. `say` says it
    in another language than the one in use.
    """
    from channergy_crm.text.days import MONTHS  # reading what is typed: not needed before the window is there

    parts = _Parts(value.day, value.month, value.year, MONTHS[value.month - 1][:3].capitalize())
    form = "{on.day} {on.name} {on.year}"
    day = (say(form) if say else _("{on.day} {on.name} {on.year}")).format(on=parts)
    return f"{day} {value:%H:%M}" if isinstance(value, datetime) else day


def written_cents(cents: int) -> str:
    """An amount in whole cents: “1,234.50”; in German “1.234,50”."""
    whole, rest = divmod(abs(cents), 100)
    sign = "-" if cents < 0 else ""
    point = _("1,234.5")[-2]
    return f"{sign}{figures(whole)}{point}{rest:02}"
