"""Streets, cities, codes and countries out of a line, as people write them at home and abroad."""

from __future__ import annotations

import re

from channergy_crm.text.folding import fold

_STATES = (
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV "  # unsaid: codes
    "NH NJ NM NY NC ND OH OK "
    "OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR AB BC MB NB NL NS NT NU ON PE QC SK YT"
)
STATES = "|".join(_STATES.split())
_COUNTRY_NAMES = (
    "usa|us|u.s.a.|united states|united states of america|canada|united kingdom|uk|"  # unsaid: looked for
    "england|scotland|"
    "ireland|germany|deutschland|austria|osterreich|switzerland|schweiz|suisse|france|"
    "spain|espana|italy|italia|netherlands|nederland|"
    "belgium|belgique|mexico|australia|new zealand|sweden|norway|denmark|poland|portugal|"
    "luxembourg"
)
COUNTRIES = frozenset(name.strip() for name in _COUNTRY_NAMES.split("|"))
_ZIP = r"\d{5}(?:-\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d"
_CITY = r"[^\W\d_][^\d,]*?"
_PLACES = (
    re.compile(rf"(?P<city>{_CITY})[, ]+(?P<state>{STATES})\.?,? +(?P<postal_code>{_ZIP})"),
    re.compile(rf"(?P<state>{STATES})\.? +(?P<postal_code>{_ZIP})"),
    re.compile(rf"(?:[A-Z]{{1,2}}-)?(?P<postal_code>\d{{4,5}}(?: [A-Z]{{2}})?) +(?P<city>{_CITY})"),
    re.compile(rf"(?:(?P<city>{_CITY})[, ]+)?(?P<postal_code>[A-Z]{{1,2}}\d[A-Z\d]? ?\d[A-Z]{{2}})"),
)
_STREET = re.compile(
    r"(?:\d+[a-z]?(?:[-/]\d+)? .*\b(?:street|st|avenue|ave|road|rd|boulevard|blvd|drive|dr|lane|ln|way|court|ct|place|"
    r"pl|square|sq|parkway|pkwy|highway|hwy|terrace|circle|cir|broadway|plaza|trail|row)\b.*"
    r"|\d+[a-z]?,? (?:rue|avenue|boulevard|place|quai|impasse|chemin|via|calle) .*"
    r"|.*(?:strasse|str\.?|weg|platz|allee|gasse|ring|damm|ufer|straat|laan) \d+.*"
    r"|(?:calle|avenida|av\.|via|rua|plaza|paseo) .*\d.*"
    r"|p\.? ?o\.? box \d+.*|postfach .*\d.*)"
)
_WITHIN = re.compile(r"(?:suite|ste|unit|apt|floor|fl|room|building|bldg|#)\.? ?#?\w+|\d+(?:st|nd|rd|th) floor")


def take_address(line: str, values: dict[str, str]) -> list[str]:
    """Put what of a line is an address into `values`; the parts that are none are given back."""
    parts = [part.strip() for part in line.split(",") if part.strip()]
    whole = _place(line, values)
    if whole or (len(parts) == 1 and _part(line, values)):
        return []
    left: list[str] = []
    found = False
    place = 0
    while place < len(parts):
        pair = ", ".join(parts[place : place + 2])
        if len(parts) > place + 1 and _place(pair, values):
            found, place = True, place + 2
        elif _part(parts[place], values):
            found, place = True, place + 1
        else:
            left.append(parts[place])
            place += 1
    return left if found else [line]


def _place(text: str, values: dict[str, str]) -> bool:
    """City, state and code, if that is all it is and none is known yet."""
    if values.get("postal_code"):
        return False
    match = next((match for sign in _PLACES if (match := sign.fullmatch(text.strip()))), None)
    if match is None:
        return False
    values.update({name: held.strip(" ,") for name, held in match.groupdict().items() if held})
    return True


def _part(text: str, values: dict[str, str]) -> bool:
    plain = fold(text)
    if _place(text, values):
        return True
    if _STREET.fullmatch(plain) and not values.get("address"):
        values["address"] = text
    elif _WITHIN.fullmatch(plain) and values.get("address"):
        values["address"] += f", {text}"
    elif plain in COUNTRIES and not values.get("country"):
        values["country"] = text
    else:
        return False
    return True
