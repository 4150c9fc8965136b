"""Days and times as they are typed in French: "après-demain 9h30", "vendredi prochain", "dans deux semaines", "+2j"."""

from __future__ import annotations

from channergy_crm.text.spoken_rules import Tongue

_DAYS = {
    "lundi": "monday", "lun": "monday", "mardi": "tuesday", "mercredi": "wednesday", "mer": "wednesday",
    "jeudi": "thursday", "jeu": "thursday", "vendredi": "friday", "ven": "friday", "samedi": "saturday",
    "sam": "saturday", "dimanche": "sunday", "dim": "sunday",
}  # fmt: skip
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
"""  # unsaid: what is typed
_OWN = r"""
^mar\b\.?(?= |$) = mardi
(?<=\d)\s?j$ = d
(?<=\d)\s?s$ = w
(?<=\d)\s?a$ = y
"""  # unsaid: what is typed; “mar” is a month, “2j” are years where nobody speaks French
in_english = Tongue(
    _DAYS, _MONTHS, _COUNTS, _UNITS, several="s", said=_SAID, own=_OWN,
    counts_before=r"heures?\b|minutes?\b|derni|prochain",
).in_english  # fmt: skip
