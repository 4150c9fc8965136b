"""The numbering plans of the world, laid out so that a plainly written phone number is read in microseconds.

The rules are those of the phonenumbers library, compiled once per country. Whatever is not surely decided by them
(letters, extensions, prefixes that could mean two things) is left to the library itself: `read` then says None.
Importing 100,000 leads asks for every number, so the difference is seconds.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from phonenumbers import PhoneMetadata

LOCAL, WIDE, MOBILE = "local", "wide", "mobile"

_PLAIN = pattern(r"[ (]*\+?\(?[0-9][0-9 ().-]*")
_NOISE = str.maketrans("", "", "+ ().-")
_WIDE_SORTS = (
    "premium_rate", "toll_free", "shared_cost", "voip", "personal_number", "pager", "uan", "voicemail",
)  # fmt: skip


class Reading(NamedTuple):
    """The digits as typed, the number as the world dials it ("+16502530000"), its calling code, how far it reaches.

    The reach is "local" (it belongs to a place), "mobile" or "wide" (toll-free and the like). When the digits are no
    number, all but them is empty.
    """

    digits: str
    e164: str
    code: str
    reach: str


class _Plan(NamedTuple):
    """How the people of one region write the numbers of their own country."""

    code: str
    lead: re.Pattern[str]  # what may stand before the number itself: international prefix, own code, trunk prefix
    removable: re.Pattern[str]  # the part of `lead` that is simply taken away
    trunk: re.Pattern[str]
    general: re.Pattern[str]
    countries: list[tuple[re.Pattern[str] | None, re.Pattern[str]]]


def read(text: str, region: str) -> Reading | None:
    """Read a plainly written number the way the library would; None when only the library can tell."""
    abroad = text.startswith("+")
    digits = text[1:] if abroad else text
    if not (digits.isdigit() and digits.isascii()):
        if _PLAIN.fullmatch(text) is None:
            return None
        abroad, digits = "+" in text, text.translate(_NOISE)
    if abroad:
        return _read_from_abroad(digits)
    plan = _plan(region)
    return plan and _read_at_home(digits, plan)


def lengths(code: int) -> tuple[int, ...]:
    """How many digits the numbers of a calling code have, shortest first."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

    possible: tuple[int, ...] = _metadata(str(code), COUNTRY_CODE_TO_REGION_CODE[code][0]).general_desc.possible_length
    return possible


def _read_from_abroad(digits: str) -> Reading | None:
    for length in (1, 2, 3):
        plan = _plan_of_code(digits[:length])
        if plan:
            number = digits[length:]
            return None if plan.trunk.match(number) else _judge(digits, number, plan)
    return Reading(digits, "", "", "")


def _read_at_home(digits: str, plan: _Plan) -> Reading | None:
    if not plan.lead.match(digits):
        return _judge(digits, digits, plan)
    prefix = plan.removable.match(digits)
    if prefix is None or plan.general.fullmatch(digits):
        return None
    number = digits[prefix.end() :]
    main = _plan_of_code(plan.code)
    if not plan.general.fullmatch(number) or plan.trunk.match(number) or (main and main.trunk.match(number)):
        return None
    reading = _judge(digits, number, plan)
    return reading if reading.e164 else None


def _judge(digits: str, number: str, plan: _Plan) -> Reading:
    """Ask the countries that share a calling code, in the library's order, whether the number is one of theirs."""
    for leading, valid in plan.countries:
        if leading and not leading.match(number):
            continue
        found = valid.match(number)
        if found:
            return Reading(digits, f"+{plan.code}{number}", plan.code, found.lastgroup or "")
        if leading:
            break
    return Reading(digits, "", "", "")


@functools.cache
def _plan_of_code(code: str) -> _Plan | None:
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

    regions = COUNTRY_CODE_TO_REGION_CODE.get(int(code)) if code and code[0] != "0" else None
    return _plan_from(_metadata(code, regions[0])) if regions else None


@functools.cache
def _plan(region: str) -> _Plan | None:
    from phonenumbers import SUPPORTED_REGIONS, PhoneMetadata

    return _plan_from(PhoneMetadata.metadata_for_region(region)) if region in SUPPORTED_REGIONS else None


def _plan_from(metadata: Any) -> _Plan:
    code = str(metadata.country_code)
    trunk = metadata.national_prefix_for_parsing or "(?!)"
    trunk_pattern = re.compile(trunk)
    removable = code if trunk_pattern.groups else f"{code}|{trunk}"
    return _Plan(
        code,
        re.compile(f"{metadata.international_prefix or '(?!)'}|{code}|{trunk}"),
        re.compile(f"(?!{metadata.international_prefix or '(?!)'})(?:{removable})"),
        trunk_pattern,
        re.compile(metadata.general_desc.national_number_pattern or "(?!)"),
        _countries(code),
    )


@functools.cache
def _countries(code: str) -> list[tuple[re.Pattern[str] | None, re.Pattern[str]]]:
    """Of every country with this calling code: the digits its numbers begin with, if any, and its valid numbers."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

    regions = COUNTRY_CODE_TO_REGION_CODE[int(code)]
    found = []
    for metadata in [_metadata(code, region) for region in regions]:
        leading = re.compile(metadata.leading_digits) if metadata.leading_digits and len(regions) > 1 else None
        found.append((leading, _valid_numbers(metadata)))
    return found


def _metadata(code: str, region: str) -> Any:
    from phonenumbers import PhoneMetadata

    return PhoneMetadata.metadata_for_region_or_calling_code(int(code), region)


def _valid_numbers(metadata: PhoneMetadata) -> re.Pattern[str]:
    wide = _any_of(getattr(metadata, sort) for sort in _WIDE_SORTS)
    local, mobile = _any_of([metadata.fixed_line]), _any_of([metadata.mobile])
    return re.compile(
        f"(?={_any_of([metadata.general_desc])})(?:(?P<{WIDE}>{wide})|(?P<{LOCAL}>{local})|(?P<{MOBILE}>{mobile}))"
    )


def _any_of(descriptions: Iterable[Any]) -> str:
    """A pattern of the numbers that one of the library's descriptions takes, each with the lengths it allows."""
    known = [each for each in descriptions if each is not None and each.national_number_pattern]
    return "|".join(_exactly(each.national_number_pattern, each.possible_length) for each in known) or "(?!)"


def _exactly(pattern: str, lengths: Iterable[int]) -> str:
    allowed = "|".join(f".{{{length}}}" for length in lengths if length > 0)
    return rf"(?=(?:{allowed})\Z)(?:{pattern})\Z" if allowed else rf"(?:{pattern})\Z"
