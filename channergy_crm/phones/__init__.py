"""Phone numbers: found again, shown the way people read them, checked kindly, dialed, and the time where they ring.

What somebody typed is always kept as typed. `region` is the country of the office ("US"): numbers without a
calling code are read as numbers of that country.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm import clock, errors
from channergy_crm.language import _
from channergy_crm.patterns import pattern
from channergy_crm.phones import numbering
from channergy_crm.text.folding import plain_signs

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

DIALABLE = pattern(r"[0-9+*#,;]+")

_LONGEST = 200
_LONGEST_TEXT = 2_000
_MOST_DIGITS = 20  # fifteen of a full number, and what a telephone system may want before it
_NOT_DIGITS = pattern("[^0-9]+")
_LETTER = pattern(r"[^\W\d_]")
_SERVICE_CODE = pattern(r"[*#](?=.*[0-9])[0-9*#+ ().-]*")
_TONES = pattern(r"(?P<number>[^,;]*[0-9*#])(?P<tones>[,;][0-9*#,;]*)")
_EXTENSION = pattern(r"(?i)[\s,;]*(?:ext(?:ensio)?n?[.:=]?|x|#|~)\s*(?P<digits>[0-9]{1,9})#?\s*$")
_LABEL = pattern(r"(?i)^\s*(?:tel(?:ephone)?|phone|ext(?:ension)?|x)[.:# ]*(?=[0-9+*(])")
_NEXT_NUMBER = pattern(r"\s+[/|&]\s+|[\r\n\t]|[,;]\s")


class Keys(NamedTuple):
    """What a number is found by: the digits as typed, and the full number with its calling code.

    `digits` leaves the extension out. `e164` ("+16502530000") is there only for a valid number, "" otherwise: a
    number that merely has the right length may be an order number, and two of those must not make a duplicate.
    """

    digits: str
    e164: str


def keys(text: str, region: str) -> Keys:
    """The keys of a typed number; both empty when there is not one digit in it."""
    if not text:
        return Keys("", "")
    reading = numbering.read(_plain_digits(text), region)
    if reading is None:
        return _keys_by_the_library(text, region)
    return Keys(reading.digits, reading.e164)


def show(text: str, region: str) -> str:
    """The number as people read it: their own country's without the calling code, others with it.

    What is not a number, or has words in it ("1-800-FLOWERS", "mother's: 555-1212"), stays as typed.
    """
    typed = text.strip()
    return _shown(typed, region) if len(typed) <= _LONGEST else typed


def problem(text: str, region: str) -> str | None:
    """One sentence when this does not look like a phone number; it is saved all the same. None when it does."""
    typed = text.strip()
    if not typed or _SERVICE_CODE.fullmatch(_plain_digits(typed)):
        return None
    found = keys(typed, region)
    if found.e164:
        return None
    if not found.digits:
        return _("“{text}” has no digits to dial. It is saved as typed.").format(text=_shorten(typed))
    return _what_is_wrong(typed, found.digits, region)


def time_zones(text: str, region: str) -> tuple[str, ...]:
    """The time zones in which this number may ring ("America/New_York", …); empty when nobody can tell."""
    if not text:
        return ()
    text = _plain_digits(text)
    reading = numbering.read(text, region)
    if reading is None:
        number = _find(text, region)
        return _zones_by_the_library(number) if number else ()
    if not reading.e164:
        return ()
    at_a_place = reading.reach == numbering.LOCAL or (reading.reach == numbering.MOBILE and _mobiles_tell(reading.code))
    return _zones_at(reading.e164[1:] if at_a_place else reading.code)


def belongs_nowhere(text: str, region: str) -> bool:
    """Whether this is a number of the country `region` that rings at no place of its own, such as a toll-free one."""
    e164 = keys(text, region).e164
    reading = numbering.read(e164, region) if e164 else None
    return reading is not None and reading.reach == numbering.WIDE and reading.code == calling_code(region)


@functools.lru_cache(maxsize=64)
def calling_code(region: str) -> str:
    """The calling code of a country: "1" for "US"; "" when it is none."""
    from phonenumbers import country_code_for_region

    return str(country_code_for_region(region) or "")


@functools.lru_cache(maxsize=8192)
def country(text: str, region: str) -> str:
    """The country this number belongs to, such as "DE"; `region` where the number does not tell."""
    e164 = keys(text, region).e164
    number = _parse(e164, region) if e164 else None
    if number is None:
        return region
    from phonenumbers import region_code_for_number

    found = region_code_for_number(number) or ""
    return found if len(found) == len("DE") and found.isalpha() else region


_waits = False


def wait(on: bool) -> None:
    """Until a window is painted no number tells a zone: what knows the zones takes longer to load than all of it."""
    global _waits
    _waits = on


def waits() -> bool:
    """Whether no window has been painted yet."""
    return _waits


def time_zone(text: str, region: str) -> str:
    """The one time zone the number decides, "" when it leaves several clocks open (toll-free numbers do).

    Zones that show the same time all year count as one; of them the one that most numbers belong to is given.
    """
    if _waits:
        return ""
    zones = time_zones(text, region)
    return zones[0] if len(zones) == 1 else _one_of(zones)


def dialable(text: str, region: str) -> str:
    """What is sent to the dialer: only digits, + * # and the pauses , and ;

    A valid number goes out with its calling code, its extension after a pause ("+16502530000,123"). Internal
    extensions, service codes (*21#) and tones after a pause go out as typed. A Mistake says when there is nothing
    to dial.
    """
    typed = _plain_digits(text.strip())
    if len(typed) <= _LONGEST:
        found = _with_tones(typed, region) or _as_number(typed, region) or _as_typed(typed)
        if found:
            return found
    if not typed:
        raise errors.Mistake(_("There is no phone number to dial."), "phone")
    raise errors.Mistake(_("There is no phone number in “{text}”.").format(text=_shorten(text.strip())), "phone")


def _with_tones(typed: str, region: str) -> str:
    """A number followed by pauses and tones, as telephones take them: 6502530000,,12#"""
    found = _TONES.fullmatch(typed)
    return dialable(found["number"], region) + found["tones"] if found and not _LETTER.search(typed) else ""


def _as_number(typed: str, region: str) -> str:
    if _SERVICE_CODE.fullmatch(typed):
        return _only(typed, "0123456789*#+")
    reading = numbering.read(typed, region)
    if reading:
        return reading.e164
    number = _find(typed, region)
    if number is None:
        return ""
    return _e164(number) + (f",{number.extension}" if number.extension else "")


def _as_typed(typed: str) -> str:
    """Digits that are no full number (an internal 204, a local 555-1212), unless there are words among them."""
    first = _NEXT_NUMBER.split(_LABEL.sub("", typed, count=1))[0]
    extension = _EXTENSION.search(first)
    number = first[: extension.start()] if extension else first
    digits = _only(number, "0123456789*#")
    if _LETTER.search(number) or not re.search("[0-9]", digits) or len(digits) > _MOST_DIGITS:
        return ""
    plus = "+" if number.strip(" (").startswith("+") else ""
    return plus + digits + (f",{extension['digits']}" if extension else "")


def _only(text: str, wanted: str) -> str:
    return "".join(each for each in text if each in wanted)


def _plain_digits(text: str) -> str:
    """The text with every script's digits as 0-9, plain hyphens and blanks, and no sign that says where to write."""
    return plain_signs(text).strip()


def _shorten(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def _keys_by_the_library(text: str, region: str) -> Keys:
    typed = _plain_digits(text)
    digits = _NOT_DIGITS.sub("", typed)
    number = _parse(typed, region)
    if number and _is_valid(number):
        return Keys(_digits_of(number, typed, digits), _e164(number))
    within = _find(typed, region)
    if within:
        return Keys(digits, _e164(within))
    return Keys(_without_extension(digits, number), "")


def _digits_of(number: PhoneNumber, typed: str, digits: str) -> str:
    from phonenumbers import is_alpha_number

    return _e164(number)[1:] if is_alpha_number(typed) else _without_extension(digits, number)


def _without_extension(digits: str, number: PhoneNumber | None) -> str:
    return digits.removesuffix(number.extension or "") if number else digits


def first_number(text: str, region: str) -> str:
    """The first phone number that stands in a text somebody has selected, with its country code; "" for none.

    A short text that is nothing but an internal number is that number.
    """
    import phonenumbers

    plain = plain_signs(text).strip()
    match = next(iter(phonenumbers.PhoneNumberMatcher(plain[:_LONGEST_TEXT], region)), None)
    if match is not None:
        return _e164(match.number)
    return plain if re.fullmatch(r"[*#]?\d{2,6}", plain) else ""


def _parse(typed: str, region: str) -> PhoneNumber | None:
    import phonenumbers

    try:
        return phonenumbers.parse(typed[:_LONGEST], region)
    except phonenumbers.NumberParseException:
        return None


def _find(typed: str, region: str) -> PhoneNumber | None:
    """The valid number that this text is, or the first that stands in it ("650-253-0000 or 650-253-0001")."""
    import phonenumbers

    number = _parse(typed, region)
    if number and _is_valid(number):
        return number
    match = next(iter(phonenumbers.PhoneNumberMatcher(typed[:_LONGEST], region)), None)
    return match.number if match else None


def _is_valid(number: PhoneNumber) -> bool:
    from phonenumbers import is_valid_number

    return is_valid_number(number)


def _e164(number: PhoneNumber) -> str:
    from phonenumbers import PhoneNumberFormat, format_number

    return format_number(number, PhoneNumberFormat.E164)


@functools.lru_cache(maxsize=8192)
def _shown(typed: str, region: str) -> str:
    """Cached: a list asks for the same numbers at every repaint."""
    import phonenumbers

    plain = _plain_digits(typed)
    if _SERVICE_CODE.fullmatch(plain) or _LETTER.search(_EXTENSION.sub("", plain)):
        return typed
    number = _parse(plain, region)
    if number is None or not _is_valid(number):
        return typed
    at_home = number.country_code == phonenumbers.country_code_for_region(region)
    style = phonenumbers.PhoneNumberFormat.NATIONAL if at_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


def _what_is_wrong(typed: str, digits: str, region: str) -> str:
    import phonenumbers

    number = _parse(_plain_digits(typed), region) if len(typed) <= _LONGEST else None
    if number is None or not number.country_code:
        return _("“{text}” does not look like a phone number. It is saved as typed.").format(text=_shorten(typed))
    code = number.country_code
    count = len(phonenumbers.national_significant_number(number))
    allowed = numbering.lengths(code)
    at_home = code == phonenumbers.country_code_for_region(region)
    if count in allowed:
        said = _("No phone number with +{code} looks like {digits}; a digit may be wrong. It is saved as typed.")
        if at_home:
            said = _("No phone number here looks like {digits}; a digit may be wrong. It is saved as typed.")
        return said.format(code=code, digits=digits)
    said = _("A number has {allowed} digits after +{code}; this one has {count}. It is saved as typed.")
    if at_home:
        said = _("A number here has {allowed} digits; this one has {count}. It is saved as typed.")
    return said.format(count=count, code=code, allowed=_either(allowed))


def _either(lengths: tuple[int, ...]) -> str:
    """The lengths as people say them: "10", "7, 9 or 10", "4 to 15"."""
    *others, last = lengths
    if not others:
        return str(last)
    if len(lengths) > 2 and last - lengths[0] == len(others):
        return _("{first} to {last}").format(first=lengths[0], last=last)
    return _("{others} or {last}").format(others=", ".join(map(str, others)), last=last)


def _zones_at(digits: str) -> tuple[str, ...]:
    """The time zones of a place, by the longest beginning of the number that is known."""
    zones, longest = _zone_table()
    for end in range(longest, 0, -1):
        found = zones.get(digits[:end])
        if found:
            return found
    return ()


@functools.cache
def _zone_table() -> tuple[dict[str, tuple[str, ...]], int]:
    from phonenumbers.tzdata import TIMEZONE_DATA, TIMEZONE_LONGEST_PREFIX

    return TIMEZONE_DATA, TIMEZONE_LONGEST_PREFIX


@functools.cache
def _mobiles_tell(code: str) -> bool:
    """Whether a mobile number of this country says where it is at home (in America it does, in Germany not)."""
    from phonenumbers.phonenumberutil import PhoneNumberType, is_number_type_geographical

    return is_number_type_geographical(PhoneNumberType.MOBILE, int(code))


def _zones_by_the_library(number: PhoneNumber) -> tuple[str, ...]:
    from phonenumbers.timezone import UNKNOWN_TIMEZONE, time_zones_for_number

    zones = time_zones_for_number(number)
    return () if UNKNOWN_TIMEZONE in zones else tuple(zones)


@functools.cache
def _one_of(zones: tuple[str, ...]) -> str:
    """The best known of zones whose clocks agree on every day of a year from now, "" when they do not agree."""
    from zoneinfo import ZoneInfo

    noon = datetime.combine(clock.today(), time(12), UTC)
    days = [noon + timedelta(days=day) for day in range(365)]
    clocks = {tuple(day.astimezone(ZoneInfo(zone)).utcoffset() for day in days) for zone in zones}
    places = Counter(known[0] for known in _zone_table()[0].values() if len(known) == 1)
    return max(zones, key=lambda zone: places[zone]) if len(clocks) == 1 else ""
