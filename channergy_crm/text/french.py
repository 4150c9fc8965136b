"""Days and times as they are typed in French: "après-demain 9h30", "vendredi prochain", "dans deux semaines", "+2j"."""

from __future__ import annotations

import re

from channergy_crm.text.spoken_rules import any_of, rules

_DAYS = {
    "lundi": "monday", "lun": "monday", "mardi": "tuesday", "mercredi": "wednesday", "mer": "wednesday",
    "jeudi": "thursday", "jeu": "thursday", "vendredi": "friday", "ven": "friday", "samedi": "saturday",
    "sam": "saturday", "dimanche": "sunday", "dim": "sunday",
}  # fmt: skip
SHORT_TUESDAY = "mar"
"""a month where nobody speaks French"""
_MONTHS = {
    "janvier": "jan", "janv": "jan", "février": "feb", "fevrier": "feb", "févr": "feb", "fév": "feb", "mars": "mar",
    "avril": "apr", "avr": "apr", "mai": "may", "juin": "jun", "juillet": "jul", "juil": "jul", "août": "aug",
    "aout": "aug", "septembre": "sep", "octobre": "oct", "novembre": "nov", "décembre": "dec", "decembre": "dec",
    "déc": "dec",
}  # fmt: skip
_COUNTS = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
    "dix": 10, "onze": 11, "douze": 12, "quatorze": 14, "quinze": 15,
}  # fmt: skip
_UNITS = {"jour": "day", "semaine": "week", "mois": "month", "année": "year", "annee": "year", "an": "year"}
_NAMES = {"DAY": any_of(_DAYS), "NUMBER": r"\d{1,4}", "UNIT": rf"(?:{any_of(_UNITS)})s?", "MONTH": any_of(_MONTHS)}
_SAID = r"""
\b(?:après|apres)[ -]demain\b = day after tomorrow
\bavant[ -]hier\b = day before yesterday
\baujourd['’ ]?hui\b = today
\bdemain\b = tomorrow
\bhier\b = yesterday
\b(?:cet? )?(?:après|apres)[ -]midi\b|\baprem\b = afternoon
\b(?:ce |du )?matin\b = morning
\b(?:ce |du )?soir\b = evening
\bfin du mois prochain\b = end of next month
\bfin (?:du|de|ce) mois\b = end of month
\bfin de (?:la )?semaine\b = end of week
\bil y a (NUMBER) (UNIT)\b = \1 \2 ago
\bdans (NUMBER) = in \1
\b(?:plus (?:vieux|ancien) que|(?:de )?plus de|il y a plus de)\b = older than
^(?:(?:(?:dans|pendant) )?les )?(NUMBER) derni(?:ers|ères|eres) (UNIT) = last \1 \2
^(?:(?:(?:dans|pendant) )?les )?(NUMBER) prochaine?s (UNIT) = next \1 \2
\b(?:l['’]|la |le )?(DAY|UNIT) prochaine?\b = next \1
\b(?:l['’]|la |le )?(DAY|UNIT) (?:dernier|dernière|derniere|passée?)\b = last \1
\bcet?(?:te)? (DAY|UNIT)\b = this \1
\bd['’]ici (?=(?:DAY|\d)) =
^(?:le )(?=DAY|\d) =
\b(\d{1,2}) ?h(?:eures?)? et demie\b = \1:30
\b(\d{1,2}) ?h(?:eures?)? et quart\b = \1:15
\b(\d{1,2}) heures? ([0-5]\d)\b = \1:\2
(?<=in )(\d{1,3}) heures?\b = \1 hours
\b(\d{1,2}) heures?\b = \1h
\b1er\b = 1
(?<=\d)\s?j$ = d
(?<=\d)\s?s$ = w
(?<=\d)\s?a$ = y
"""  # unsaid: what is typed
_READ = rules(_SAID, _NAMES)
_COUNTED = re.compile(rf"\b({any_of(_COUNTS)}) (?={_NAMES['UNIT']}\b|heures?\b|minutes?\b|derni|prochain)")
_UNIT = re.compile(rf"\b({any_of(_UNITS)})(s?)\b")
_MONTH = re.compile(rf"\b({_NAMES['MONTH']})\b\.?")
_FIRST_DAY = re.compile(rf"^((?:(?:on|this|next|last) )?)({_NAMES['DAY']})\b[.,]*")
_LAST_DAY = re.compile(rf"(?<=[\dh] )({_NAMES['DAY']})\.?$")


def in_english(words: str, *, spoken: bool = False) -> str:
    """What was typed with its French words in English. `spoken`: the operator works in French."""
    if spoken:
        words = re.sub(rf"^{SHORT_TUESDAY}\b\.?(?= |$)", "mardi", words)
    words = _COUNTED.sub(lambda found: f"{_COUNTS[found[1]]} ", words)
    for pattern, english in _READ if spoken else _READ[:-3]:
        words = pattern.sub(english, words)
    words = _UNIT.sub(_unit, words)
    words = _MONTH.sub(lambda found: _MONTHS[found[1]], words)
    words = _FIRST_DAY.sub(lambda found: found[1] + _DAYS[found[2]], words)
    words = _LAST_DAY.sub(lambda found: _DAYS[found[1]], words)
    return " ".join(words.split())


def _unit(found: re.Match[str]) -> str:
    name = _UNITS[found[1]]
    return f"{name}s" if found[2] else name
