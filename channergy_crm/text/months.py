"""Months and weekdays by name, in the languages people write them in: 3. März 2026, 3 de marzo de 2026, 3 mars 2026."""

from __future__ import annotations

import re

from channergy_crm.patterns import pattern
from channergy_crm.text.folding import fold

# One line for each month: English, German, French, Spanish, Italian, Dutch, Portuguese, Polish, the northern languages.
_MONTHS = """
january jan januar janner jan. janvier janv enero ene gennaio gen januari janeiro styczen stycznia sty
february feb februar feber fevrier fevr fev febrero febbraio februari fevereiro luty lutego lut
march mar marz maerz mrz mars marzo maart mrt marco marzec marca
april apr avril avr abril abr aprile kwiecien kwietnia kwi
may mai mayo maggio mag mei maio maj maja
june jun juni juin junio giugno giu junho czerwiec czerwca cze
july jul juli juillet juil julio luglio lug julho lipiec lipca lip
august aug aout agosto ago augustus sierpien sierpnia sie
september sep sept septembre septiembre setiembre settembre set setembro wrzesien wrzesnia wrz
october oct oktober okt octobre octubre ottobre ott outubro out pazdziernik pazdziernika paz
november nov novembre noviembre novembro listopad listopada lis
december dec dezember dez decembre diciembre dic dicembre dezembro grudzien grudnia gru desember des
"""  # unsaid: stand in files and are typed
_WEEKDAYS = """
monday mon montag mo lundi lun lunes lunedi maandag ma segunda segunda-feira poniedzialek pon mandag man
tuesday tue tues dienstag di mardi mar martes martedi dinsdag terca terca-feira wtorek wt tirsdag tir
wednesday wed mittwoch mi mercredi mer miercoles mie mercoledi woensdag wo quarta quarta-feira sroda sr onsdag ons
thursday thu thur thurs donnerstag do jeudi jeu jueves jue giovedi gio donderdag quinta quinta-feira czwartek torsdag
friday fri freitag fr vendredi ven viernes vie venerdi vrijdag vr sexta sexta-feira piatek pt fredag fre
saturday sat samstag sa sonnabend samedi sam sabado sab sabato zaterdag za sobota sob lordag lor
sunday sun sonntag so dimanche dim domingo dom domenica zondag zo niedziela nd sondag son
"""  # unsaid: the same
MONTHS = {name.strip("."): number for number, line in enumerate(_MONTHS.split("\n")[1:-1], 1) for name in line.split()}
"""the number of a month, by every name of it, without case and accents"""
WEEKDAYS = {name: number for number, line in enumerate(_WEEKDAYS.split("\n")[1:-1]) for name in line.split()}
"""0 for a Monday, by every name of it"""

_SMALL = r"(?:de|del|di|d|of|den|der|le|the|el|il|em|am|the|van)"
_DAY_FIRST = pattern(
    rf"(\d{{1,2}})(?:st|nd|rd|th|er|re|e|o|a|\.|º|°)? ?[-/ ]?(?:{_SMALL} )?([^\W\d_]+)[-/ ,.]*(?:{_SMALL} )?(\d{{2,4}})"
)
_MONTH_FIRST = pattern(r"([^\W\d_]+)[-/ .]*(\d{1,2})(?:st|nd|rd|th|\.)?[ ,]+(\d{4})")
_YEAR_FIRST = pattern(r"(\d{4})[-/ ,.]+([^\W\d_]+)[-/ .]*(\d{1,2})\.?")
_EASTERN = pattern(r"(\d{4}) ?[年년] ?(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日일]?.*")
_SPELT_ZONE = pattern(r"(?<=\d)\s*(?:GMT|UTC|[A-Z]{1,4}T)\b(?:[+-]\d{2}:?\d{2})?(?:\s*\([^)]*\))?$")
_YEAR_LAST = pattern(r"(\S+ \S+ \d{1,2}) (\d{1,2}:\d{2}(?::\d{2})?) (?:[A-Z]{2,5} )?(\d{4})")


def month(name: str) -> int:
    """The number of a month; 0 for what is none."""
    return MONTHS.get(fold(name).strip("."), 0)


def weekday(name: str) -> int | None:
    """0 for a Monday; None for what is no weekday."""
    return WEEKDAYS.get(fold(name).strip(".,"))


def parts(text: str) -> tuple[str, int, str] | None:
    """Year, month and day of a day that is written with the name of its month, or with the signs of the East."""
    words = " ".join(fold(text).replace("'", " ").replace("’", " ").split()).strip(" .,")
    if found := _EASTERN.fullmatch(words):
        return found[1], int(found[2]), found[3]
    first, _blank, rest = words.partition(" ")
    if rest and weekday(first) is not None and any(sign.isdigit() for sign in rest):
        words = re.sub(r"^(?:den|the|le|el|dem|il) ", "", rest)
    if found := _DAY_FIRST.fullmatch(words):
        day, name, year = found[1], found[2], found[3]
    elif found := _MONTH_FIRST.fullmatch(words):
        name, day, year = found[1], found[2], found[3]
    elif found := _YEAR_FIRST.fullmatch(words):
        year, name, day = found[1], found[2], found[3]
    else:
        return None
    return (year, month(name), day) if month(name) else None


def without_zone(text: str) -> str:
    """`Mon Mar 04 2024 18:00:00 GMT-0600 (CST)` -> `Mon Mar 04 2024 18:00:00`: the day as it was written there."""
    if ":" not in text:
        return text
    plain = _SPELT_ZONE.sub("", re.sub(r"(?i)(?<=\d)\s*(?:uhr|hrs?|h)\.?$", "", text.strip()))
    found = _YEAR_LAST.fullmatch(plain)
    return f"{found[1]} {found[3]} {found[2]}" if found else plain
