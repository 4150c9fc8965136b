"""Days and times as they are typed in Spanish: "pasado mañana 9:30", "el próximo viernes", "en dos semanas", "+2s"."""

from __future__ import annotations

from channergy_crm.text.spoken_rules import Tongue

_DAYS = {
    "lunes": "monday", "lun": "monday", "martes": "tuesday", "miércoles": "wednesday", "miercoles": "wednesday",
    "mié": "wednesday", "mie": "wednesday", "jueves": "thursday", "jue": "thursday", "viernes": "friday",
    "vie": "friday", "sábado": "saturday", "sabado": "saturday", "sáb": "saturday", "sab": "saturday",
    "domingo": "sunday", "dom": "sunday",
}  # fmt: skip
_MONTHS = {
    "enero": "jan", "ene": "jan", "febrero": "feb", "marzo": "mar", "abril": "apr", "abr": "apr", "mayo": "may",
    "junio": "jun", "julio": "jul", "agosto": "aug", "septiembre": "sep", "setiembre": "sep", "octubre": "oct",
    "noviembre": "nov", "diciembre": "dec", "dic": "dec",
}  # fmt: skip
_COUNTS = {
    "un": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9,
    "diez": 10, "once": 11, "doce": 12, "catorce": 14, "quince": 15,
}  # fmt: skip
_UNITS = {"día": "day", "dia": "day", "semana": "week", "mes": "month", "año": "year", "ano": "year"}
_SAID = r"""
\bpasado mañana\b|\bpasado manana\b = day after tomorrow
\b(?:anteayer|antes de ayer|antier)\b = day before yesterday
\bhoy\b = today
\bayer\b = yesterday
(?<=\w) (?:por|de|en) la mañana\b = \smorning
\besta mañana\b = today morning
\bmañana\b = tomorrow
(?<=\w) (?:por|de|en) la tarde\b = \safternoon
(?<=\w) (?:por|de|en) la noche\b = \sevening
\besta tarde\b = today afternoon
\bfin(?:al)? (?:del|de) (?:próximo|proximo) mes\b = end of next month
\bfin(?:al)? (?:del|de) mes\b = end of month
\bfin(?:al)? de (?:la )?semana\b = end of week
\bhace más de\b|\bhace mas de\b|\bmás de\b|\b(?:más|mas) antiguo que\b = older than
\bhace (NUMBER) (UNIT)\b = \1 \2 ago
\b(?:en|dentro de) (NUMBER) = in \1
^(?:(?:en )?l[oa]s )?(?:últimos|últimas|ultimos|ultimas) (NUMBER) (UNIT) = last \1 \2
^(?:(?:en )?l[oa]s )?(?:próximos|próximas|proximos|proximas) (NUMBER) (UNIT) = next \1 \2
\b(?:el |la )?(?:próximo|próxima|proximo|proxima) (DAY|UNIT)\b = next \1
\b(?:el |la )?(DAY|UNIT) que viene\b = next \1
\b(?:el |la )?(DAY|UNIT) pasad[oa]\b = last \1
\b(?:el |la )?(?:último|última|ultimo|ultima) (DAY|UNIT)\b = last \1
\best[ea] (DAY|UNIT)\b = this \1
^el (?=DAY|\d) =
\b(?:a las? )?(\d{1,2}) y media\b = \1:30
\b(?:a las? )?(\d{1,2}) y cuarto\b = \1:15
(?<=in )(\d{1,3}) horas?\b = \1 hours
\b(\d{1,2}) horas?\b = \1h
\b(\d{1,2})(?:º|\.º)? de (MONTH)(?: de)?\b = \1 \2
\bminutos?\b = minutes
"""  # unsaid: what is typed
_OWN = r"""
^mar\b\.?(?= |$) = martes
(?<=\d )ago\b = agosto
(?<=\d)\s?s$ = w
(?<=\d)\s?a$ = y
"""  # unsaid: what is typed; “mar” and “ago” mean something else where nobody speaks Spanish
in_english = Tongue(
    _DAYS, _MONTHS, _COUNTS, _UNITS, several="es|s", said=_SAID, own=_OWN, counts_before=r"horas?\b|minutos?\b",
).in_english  # fmt: skip
