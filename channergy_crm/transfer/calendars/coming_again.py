"""What an event of a calendar file says of when it comes again: as a rule of ours, on the office's wall (SI-31)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm.language import N_, _, ngettext
from channergy_crm.text import repeats, series

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from icalendar import Component

KEPT_ONCE = N_("“{name}” comes again in a way that cannot be kept here ({rule}): it stands once.")


class Turn(NamedTuple):
    """How it comes again: a rule, the first day of it that has not gone by, the days left out, and a sentence where it
    cannot be kept so.
    """

    rule: str = ""
    day: date | None = None
    left_out: frozenset[date] = frozenset()
    remark: str = ""


def on_the_wall(moment: date | datetime, zone: ZoneInfo | None) -> tuple[date, time | None]:
    """A day and a time as the office's wall shows them."""
    if not isinstance(moment, datetime):
        return moment, None
    here = moment if moment.tzinfo is None else moment.astimezone(zone)
    return here.date(), here.time().replace(second=0, microsecond=0, tzinfo=None)


def turned(
    part: Component, name: str, day: date, at: time | None, moved: bool, today: date, zone: ZoneInfo | None
) -> Turn:  # fmt: skip
    """How this part comes again; it begins on that day, which is another one where it was written if it `moved`."""
    held: Any = part.get("RRULE")
    beside = _beside(part, name)
    if held is None:
        return Turn(remark=beside)
    written = held.to_ical().decode() if not isinstance(held, list) else ""
    rule = _ours(dict(piece.split("=", 1) for piece in written.upper().split(";") if "=" in piece))
    whole = series.joined(rule, _ends(held, at, zone)) if rule else ""
    if not rule or repeats.problem(whole) or (moved and "BY" in rule):
        return Turn(remark=_(KEPT_ONCE).format(name=name, rule=written or "RRULE"))
    begun = day if series.falls_on(rule, day) else series.next_day(rule, day, day)
    but = frozenset(on_the_wall(each, zone)[0] for each in _dates(part, "EXDATE"))
    found = series.on_or_after(series.with_last_days(whole, begun), begun, max(begun, today), but)
    if found is None:
        return Turn(remark=beside)
    coming, goes_on = found
    plain = rule if coming == begun else series.with_last_days(rule, begun)  # which a later day does not tell
    kept = series.joined(plain, series.apart(goes_on)[1])
    return Turn(kept, coming, frozenset(each for each in but if each > coming), beside)


def _ours(pieces: dict[str, str]) -> str:
    """The rule in the order it is written in here, without its end and what says nothing."""
    kept = {key: value for key, value in pieces.items() if (key, value) != ("INTERVAL", "1")}
    for end in ("UNTIL", "COUNT"):
        kept.pop(end, None)
    if "INTERVAL" not in kept:
        kept.pop("WKST", None)
    first = kept.pop("FREQ", "")
    return ";".join([f"FREQ={first}", *(f"{key}={value}" for key, value in kept.items())]) if first else ""


def _ends(held: Any, at: time | None, zone: ZoneInfo | None) -> series.Ends:
    """With which day, or after how many, it ends; a moment before the hour of the day leaves that day out."""
    until, count = (next(iter(held.get(name) or ()), None) for name in ("UNTIL", "COUNT"))
    if until is None:
        return series.Ends(times=int(count or 0))
    last, then = on_the_wall(until, zone)
    return series.Ends(last - timedelta(days=1) if at is not None and then is not None and then < at else last)


def _beside(part: Component, name: str) -> str:
    """Days beside the rule, which are not kept."""
    count = len(_dates(part, "RDATE"))
    said = ngettext("“{name}” also comes on {count:,} other day, which is not taken in.",
                    "“{name}” also comes on {count:,} other days, which are not taken in.", count)  # fmt: skip
    return said.format(name=name, count=count) if count else ""


def _dates(part: Component, name: str) -> list[date | datetime]:
    held: Any = part.get(name) or []
    lists = held if isinstance(held, list) else [held]
    found = [each.dt for some in lists for each in some.dts]
    return [each[0] if isinstance(each, tuple) else each for each in found]
