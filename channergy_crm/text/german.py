"""Days and times as Germans type them: "übermorgen 9:30", "nächsten Freitag", "in zwei Wochen", "halb zehn", "+2t"."""

from __future__ import annotations

import re

from channergy_crm.text.spoken_rules import rules

_WEEKDAYS = {
    "mo": "monday", "di": "tuesday", "mi": "wednesday", "do": "thursday", "fr": "friday", "sa": "saturday",
    "so": "sunday", "montag": "monday", "dienstag": "tuesday", "mittwoch": "wednesday", "donnerstag": "thursday",
    "freitag": "friday", "samstag": "saturday", "sonnabend": "saturday", "sonntag": "sunday",
}  # fmt: skip
_MONTHS = {
    "januar": "jan", "jänner": "jan", "jaenner": "jan", "jän": "jan", "februar": "feb", "feber": "feb", "märz": "mar",
    "maerz": "mar", "marz": "mar", "mär": "mar", "mrz": "mar", "mai": "may", "juni": "jun", "juli": "jul",
    "oktober": "oct", "okt": "oct", "dezember": "dec", "dez": "dec",
}  # fmt: skip
_COUNTS = {
    "ein": 1, "eine": 1, "einen": 1, "einem": 1, "einer": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "fuenf": 5,
    "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12, "zwoelf": 12, "vierzehn": 14,
}  # fmt: skip
_COUNT = rf"(?:{'|'.join(_COUNTS)}|\d{{1,4}})"
_UNIT = r"(?:tag|woche|monat|jahr)(?:en|e|n)?"
_NAMED_DAY = "|".join(_WEEKDAYS)
_FIRST_DAY = rf"^((?:(?:on|this|next|last) )?)({_NAMED_DAY})\b[.,]*"
_LAST_DAY = rf"(?<=[\dr] )({_NAMED_DAY})\.?$"

# What is typed, as a pattern, and what it is in English; DAY is any of the weekdays, NUMBER a number, TIMES a unit.
_SAID = r"""
\b(?:über|ueber|uber)morgen\b = day after tomorrow
\bvorgestern\b = day before yesterday
\b(heute|DAY) (?:morgen|früh|frueh)\b = \1 morning
\bmorgen\b = tomorrow
\bheute\b = today
\bgestern\b = yesterday
\b(?:früh|frueh|morgens)\b = morning
\b(vormittag|nachmittag|abend)s\b = \1
\b(?:monatsende|ende (?:des|dieses) monats|ende monat)\b = end of month
\bende (?:des )?n(?:ä|ae)chsten monats?\b = end of next month
\bende (?:der|dieser) woche\b|\bwochenende\b = end of week
\b(?:älter|aelter|mehr) als\b = older than
^(?:in )?d(?:en|ie|er|as|em) (?=letzt|nächst|naechst) =
\b(\d{1,2}) uhr ([0-5]\d)\b = \1:\2
\bvor (NUMBER) (TIMES)\b = \1 \2 ago
\b(?:nächst|naechst|kommend)e[nrsm]? (?=(?:DAY)\b|TIMES\b|NUMBER ) = next\s
\b(?:letzt|vergangen|vorig)e[nrsm]? (?=(?:DAY)\b|TIMES\b|NUMBER ) = last\s
\bdiese[nrsm]? (?=(?:DAY)\b|TIMES\b) = this\s
(?<=\d)\s?t$ = d
(?<=\d)\s?j$ = y
^am (?=\d{1,2}\.) =
^am (?=\D) = on\s
"""  # unsaid: what is typed


_READ = rules(_SAID, {"DAY": _NAMED_DAY, "NUMBER": _COUNT, "TIMES": _UNIT})
_PARTS = {"viertel nach": 15, "halb": -30, "viertel vor": -15, "dreiviertel": -15}  # unsaid: what is typed
_PART = re.compile(rf"\b({'|'.join(_PARTS)}) ({_COUNT})\b(?: uhr\b)?")
_COUNTED = re.compile(rf"\b({'|'.join(_COUNTS)}) (?={_UNIT}\b|stunden?\b|minuten?\b|uhr\b)")
_UNITS = re.compile(r"\b(tag|woche|monat|jahr)(en|e|n)?\b")
_UNIT_NAMES = {"tag": "day", "woche": "week", "monat": "month", "jahr": "year"}


def in_english(words: str) -> str:
    """What was typed with its German words in English; `words` are small letters, one blank between two."""
    words = _PART.sub(_part, words)
    words = _COUNTED.sub(lambda found: f"{_COUNTS[found[1]]} ", words)
    for pattern, english in _READ:
        words = pattern.sub(english, words)
    words = _UNITS.sub(_unit, words)
    words = re.sub(rf"\b({'|'.join(_MONTHS)})\b", lambda found: _MONTHS[found[1]], words)
    words = re.sub(_FIRST_DAY, lambda found: found[1] + _WEEKDAYS[found[2]], words)
    words = re.sub(_LAST_DAY, lambda found: _WEEKDAYS[found[1]], words)
    return " ".join(words.split())


def _part(found: re.Match[str]) -> str:
    """Half past nine is “halb zehn”."""
    hour, minute = divmod(int(_COUNTS.get(found[2], found[2])) * 60 + _PARTS[found[1]], 60)
    return f"{hour % 24}:{minute:02}"


def _unit(found: re.Match[str]) -> str:
    name, ending = _UNIT_NAMES[found[1]], found[2] or ""
    several = ending not in ("", "n") or (ending == "n" and found[1] == "woche")
    return f"{name}s" if several else name
