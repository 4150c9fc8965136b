"""Times of the day as people type them, alone or beside a day: "tomorrow 3pm", "fri 10", "15 uhr morgen", "noon"."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import NamedTuple

from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.text.typed import in_english

UNREADABLE_TIME = N_("“{text}” is not a time this can read. Try “14:30”, “930” or “2 pm”.")
NAMED = {
    "noon": 12, "midday": 12, "mittag": 12, "mittags": 12, "midi": 12, "mediodía": 12, "mediodia": 12,
    "morning": 9, "vormittag": 9, "afternoon": 14, "nachmittag": 14, "evening": 18, "abend": 18,
    "midnight": 0, "mitternacht": 0, "minuit": 0, "medianoche": 0,
}  # fmt: skip  # unsaid: what is typed

_HALF = r"[ap]\.?m\.?"
_HOUR = r"(?:uhr|hrs?|h|o['’]?\s?clock)"
_CERTAIN = rf"""(?:{"|".join(NAMED)}|\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?:\s?(?:{_HALF}|{_HOUR}))?
|\d{{1,2}}(?:\.\d{{2}}|\d{{2}})?\s?(?:{_HALF}|{_HOUR})(?!\w)|\d{{1,2}}\s?(?:uhr|h)\s?\d{{2}}(?!\w))"""
_PERHAPS = r"(?:\d{1,2}\.\d{2}|\d{1,4})"
_AT = r"(?:at|@|um|gegen|ab|à|às|a\slas?|alle|om|kl\.?)"
_BEHIND = re.compile(rf"(?P<day>\S.*?)(?:\s?,\s?|\s|(?<=\d)t(?=\d))(?:{_AT}\s?)?(?P<clock>{_CERTAIN})", re.X)
_BEFORE = re.compile(rf"(?:{_AT}\s?)?(?P<clock>{_CERTAIN})(?:\s?,\s?|\s)(?:(?:on|am|le|el)\s)?(?P<day>\S.*)", re.X)
_ALONE = re.compile(rf"(?:{_AT}\s?)?(?P<clock>{_CERTAIN})|{_AT}\s?(?P<bare>\d{{1,2}})", re.X)
_BARE = re.compile(rf"(?:(?P<day>\S.*?),?\s)?(?P<at>{_AT}\s?)?(?P<clock>{_PERHAPS})", re.X)
_IN_WORDS = re.compile(r"\D*|(?:.*\s)?\d{1,3}\s?(?:d|w|m|days?|weeks?|months?|years?)(?:\s\D*)?")
_LATER = re.compile(
    r"(?:in\s?|\+\s?)(?P<count>\d{1,3}|an?)\s?(?:(?P<hours>h|hrs?|hours?|std|stunden?)|(?:min|mins|minutes?|minuten?))"
)
_TIME = re.compile(
    rf"(\d{{1,2}})(?:[:.h ]?(\d{{2}})|\s?(?:uhr|h)\s?(\d{{2}}))?(?::\d{{2}})?\s*(?:{_HOUR}|([ap])\.?m\.?)?"
)


class Typed(NamedTuple):
    """What was typed, taken apart: the words of the day, "" for none, and the time.

    Not `certain`: the figures may belong to the day as well, as in "fri 10".
    """

    day: str
    at: time
    certain: bool = True


def read_time(text: str) -> time | None:
    """The time of day that was typed, None for nothing. Raises Mistake when it cannot be read."""
    words = in_english(text.strip().lower())
    if not words:
        return None
    if words in NAMED:
        return time(NAMED[words])
    found = _TIME.fullmatch(words)
    if not found:
        raise Mistake(_(UNREADABLE_TIME).format(text=text.strip()))
    hour, minute, half = int(found[1]), int(found[2] or found[3] or 0), found[4]
    if (half and not 1 <= hour <= 12) or hour > 23 or minute > 59:
        raise Mistake(_("There is no such time as “{text}”.").format(text=text.strip()))
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute)


def apart(words: str) -> Typed | None:
    """A day and the time beside it, or None where there is no time; `words` are small letters, one blank between two.

    Raises Mistake for a time there is not.
    """
    for shape in (_BEHIND, _BEFORE, _ALONE):
        if found := shape.fullmatch(words):
            at = read_time(found["clock"] or found["bare"])
            return Typed(found.groupdict().get("day") or "", at) if at is not None else None
    found = _BARE.fullmatch(words)
    if not found or not (found["at"] or _IN_WORDS.fullmatch(found["day"] or "1")):
        return None
    minutes = found["clock"].partition(".")[2]
    if minutes and not found["at"] and 0 < int(minutes) <= 12:
        return None  # a month
    try:
        at = read_time(found["clock"])
    except Mistake:
        return None
    return Typed(found["day"] or "", at, bool(found["at"])) if at is not None else None


def later(words: str, now: datetime) -> datetime | None:
    """The moment that "in 2 hours" and "+30 min" say, to the minute."""
    found = _LATER.fullmatch(words)
    if not found:
        return None
    count = int(found["count"]) if found["count"].isdigit() else 1
    return (now + timedelta(hours=count) if found["hours"] else now + timedelta(minutes=count)).replace(
        second=0, microsecond=0
    )
