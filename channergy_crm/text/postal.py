"""An address as it stands on an envelope: a line under the other, the town as the post there asks for it (BX-26).

What the posts ask for is the table `FORMS`, as the Universal Postal Union and they themselves publish it.
"""
# unsaid file: addresses, and countries as people and the post write them

from __future__ import annotations

import re
from string import Formatter
from typing import NamedTuple

from channergy_crm.text.folding import fold


class Postal(NamedTuple):
    """The parts of an address, as they were typed; "" for what is not known."""

    company: str = ""
    name: str = ""
    street: str = ""
    city: str = ""
    state: str = ""
    code: str = ""
    country: str = ""


class Form(NamedTuple):
    """How a country writes the end of an address.

    `names` are what the country is called: in English, in German, then what people type besides. `town` are the lines
    below the street, `|` between them. `shape` is the form of the postal code, # for each of its signs; a `*` in front
    stands for any number of them. `prefix` stands before the code of mail from abroad. `capitals` are the parts its
    post asks to be written in capitals.
    """

    names: str
    town: str
    shape: str = ""
    capitals: str = ""
    prefix: str = ""


CODE_FIRST = "{code} {city}"
FORMS: dict[str, Form] = {
    "AT": Form("Austria|Österreich", CODE_FIRST),
    "AU": Form("Australia|Australien", "{city} {state} {code}", capitals="city state"),
    "BE": Form("Belgium|Belgien|Belgique|België", CODE_FIRST, capitals="city"),
    "BR": Form("Brazil|Brasilien|Brasil", "{city}-{state}|{code}", "#####-###"),
    "CA": Form("Canada|Kanada", "{city} {state}  {code}", "### ###", "city state"),
    "CH": Form("Switzerland|Schweiz|Suisse|Svizzera", CODE_FIRST),
    "CZ": Form("Czech Republic|Tschechien|Czechia|Tschechische Republik", CODE_FIRST, "### ##"),
    "DE": Form("Germany|Deutschland|BRD|Federal Republic of Germany", CODE_FIRST),
    "DK": Form("Denmark|Dänemark|Danmark", CODE_FIRST, prefix="DK-"),
    "ES": Form("Spain|Spanien|España", "{code} {city}|{state}", capitals="city state"),
    "FI": Form("Finland|Finnland|Suomi", CODE_FIRST, capitals="city", prefix="FI-"),
    "FR": Form("France|Frankreich", CODE_FIRST, capitals="city"),
    "GB": Form("United Kingdom|Vereinigtes Königreich|UK|U.K.|Great Britain|Großbritannien|England|Scotland|Schottland"
               "|Wales|Northern Ireland|Nordirland", "{city}|{code}", "*###", "city"),
    "IE": Form("Ireland|Irland|Republic of Ireland|Éire", "{city}|{state}|{code}", "### ####"),
    "IN": Form("India|Indien", "{city} {code}|{state}", "######", "city state"),
    "IT": Form("Italy|Italien|Italia", "{code} {city} {state}", capitals="city state"),
    "JP": Form("Japan|Japan|Nippon", "{city}, {state} {code}", "###-####"),
    "LI": Form("Liechtenstein|Liechtenstein", CODE_FIRST),
    "LU": Form("Luxembourg|Luxemburg", CODE_FIRST, prefix="L-"),
    "MX": Form("Mexico|Mexiko|México", "{code} {city}, {state}"),
    "NL": Form("Netherlands|Niederlande|The Netherlands|Holland|Nederland", "{code}  {city}", "#### ##", "city"),
    "NO": Form("Norway|Norwegen|Norge", CODE_FIRST, capitals="city", prefix="NO-"),
    "NZ": Form("New Zealand|Neuseeland", "{city} {code}"),
    "PL": Form("Poland|Polen|Polska", CODE_FIRST, "##-###", "city"),
    "PT": Form("Portugal|Portugal", CODE_FIRST, "####-###", "city"),
    "SE": Form("Sweden|Schweden|Sverige", CODE_FIRST, "### ##", "city", "SE-"),
    "US": Form("United States|Vereinigte Staaten|USA|U.S.A.|U.S.|United States of America|America|Amerika"
               "|Vereinigte Staaten von Amerika", "{city}, {state} {code}", capitals="state"),
}  # fmt: skip
"""by the code of the country"""
OTHER = Form("", "{code} {city}|{state}")
THREE = {
    "AUT": "AT", "AUS": "AU", "BEL": "BE", "BRA": "BR", "CAN": "CA", "CHE": "CH", "CZE": "CZ", "DEU": "DE", "DNK": "DK",
    "ESP": "ES", "FIN": "FI", "FRA": "FR", "GBR": "GB", "IRL": "IE", "IND": "IN", "ITA": "IT", "JPN": "JP",
    "LIE": "LI", "LUX": "LU", "MEX": "MX", "NLD": "NL", "NOR": "NO", "NZL": "NZ", "POL": "PL", "PRT": "PT",
    "SWE": "SE", "USA": "US",
}  # fmt: skip
"""the codes of three letters"""
SPEAK_GERMAN = frozenset({"DE", "AT", "CH", "LI"})
"""where a letter to abroad says the country in German"""
SHORT = 3
"""letters of a state that are an abbreviation"""
_PREFIX = re.compile(r"^[A-Za-z]{1,3}\s?-\s?(?=\d)")
_CODES = {
    **{fold(name): code for code, form in FORMS.items() for name in form.names.split("|")},
    **{fold(code): code for code in FORMS}, **{fold(three): code for three, code in THREE.items()},
}  # fmt: skip


def country_code(text: str) -> str:
    """The code of a country by its name in English, German or its own, or by a code; "" for others."""
    return _CODES.get(fold(" ".join(text.split())), "")


def block(parts: Postal, region: str) -> str:
    """The whole of it; "" where there is neither street nor town. `region` is the country of the office, by its code:
    it holds for an address that names none, and is not said.
    """
    if not parts.street.strip() and not parts.city.strip():
        return ""
    typed = " ".join(parts.country.split())
    code = country_code(typed) if typed else region.upper()
    abroad = bool(typed) and (code or fold(typed)) not in (region.upper(), fold(region))
    lines = [" ".join(line.split()) for line in (parts.company, parts.name, *parts.street.splitlines())]
    lines += _town(parts, FORMS.get(code, OTHER), abroad)
    lines.append(_said(typed, code, region) if abroad else "")
    return "\n".join(line for line in lines if line)


def _said(typed: str, code: str, region: str) -> str:
    """A country in the language of the office's, in capitals; one that is not in the table as it was typed."""
    if code in FORMS:
        english, german = FORMS[code].names.split("|")[:2]
        typed = german if region.upper() in SPEAK_GERMAN else english
    return typed.upper()


def _town(parts: Postal, form: Form, abroad: bool) -> list[str]:
    """The lines below the street; a part that is not known takes along what would stand before it."""
    held = {name: " ".join(getattr(parts, name).split()) for name in ("city", "state", "code")}
    for name in form.capitals.split():
        if name == "city" or len(held[name]) <= SHORT or "city" in form.capitals:
            held[name] = held[name].upper()
    held["code"] = _code(held["code"], form, abroad)
    if fold(held["state"]) == fold(held["city"]) and "|" in form.town:
        held["state"] = ""
    return [_line(pattern, held) for pattern in form.town.split("|")]


def _line(pattern: str, held: dict[str, str]) -> str:
    said = ""
    for before, name, _form, _conversion in Formatter().parse(pattern):
        if name and held[name]:
            said += (before if said else "") + held[name]
    return said


def _code(typed: str, form: Form, abroad: bool) -> str:
    """A postal code in the form of its country: without the sign of the country, but where its post asks for it."""
    code = _PREFIX.sub("", typed)
    signs = "".join(sign for sign in code if sign.isalnum()).upper()
    if form.shape.startswith("*"):
        last = len(form.shape) - 1
        code = f"{signs[:-last]} {signs[-last:]}" if len(signs) > last + 1 else code
    elif form.shape.count("#") == len(signs) and signs:
        rest = iter(signs)
        code = "".join(next(rest) if sign == "#" else sign for sign in form.shape)
    return f"{form.prefix}{code}" if form.prefix and abroad and code else code
