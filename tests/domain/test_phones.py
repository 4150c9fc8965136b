"""Phone numbers as salespeople type them: found, shown, checked, dialed, and the time where they ring."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from phonenumbers import PhoneNumberFormat, PhoneNumberType
from phonenumbers.timezone import UNKNOWN_TIMEZONE, time_zones_for_number

from channergy_crm import phones
from channergy_crm.errors import Mistake
from channergy_crm.phones import numbering

if TYPE_CHECKING:
    from collections.abc import Iterator

REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)
OFFICES = ["US", "CA", "GB", "DE", "IT", "AU"]


# ---------------------------------------------------------------- the quick reading is the library's reading


def the_library_says(text: str, region: str) -> tuple[str, str, tuple[str, ...]]:
    """E.164, reach and time zones, asked the long way."""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return "", "", ()
    if not phonenumbers.is_valid_number(number):
        return "", "", ()
    local = (PhoneNumberType.FIXED_LINE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
    number_type = phonenumbers.number_type(number)
    mobile = "mobile" if number_type == PhoneNumberType.MOBILE else "wide"
    zones = time_zones_for_number(number)
    return (
        phonenumbers.format_number(number, PhoneNumberFormat.E164),
        "local" if number_type in local else mobile,
        () if UNKNOWN_TIMEZONE in zones else tuple(zones),
    )


def ways_to_write(code: str, national: str, trunk: str) -> list[str]:
    """One number as different people write it, right and wrong."""
    return [
        f"+{code}{national}", national, f"{code}{national}", f"{trunk}{national}", f"+{code}{trunk}{national}",
        f"00{code}{national}", f"0{national}", f"({national[:3]}) {national[3:6]}-{national[6:]}",
        f"+{code} {national[:2]} {national[2:5]}.{national[5:]}",
    ]  # fmt: skip


def spoilt(national: str, chance: random.Random) -> str:
    """The number with some digits mistyped, one too many or one too few."""
    digits = list(national)
    for _ in range(chance.choice([0, 0, 1, 3, 5])):
        digits[chance.randrange(len(digits))] = chance.choice("0123456789")
    return "".join(digits) + chance.choice(["", "", "", "7"]) if chance.random() < 0.9 else "".join(digits[:-1])


def many_numbers(region: str) -> Iterator[str]:
    """Some hundred numbers of every type that a region knows."""
    chance = random.Random(region)
    trunk = phonenumbers.PhoneMetadata.metadata_for_region(region).national_prefix or "0"
    for number_type in range(11):
        example = phonenumbers.example_number_for_type(region, number_type)
        if example:
            national = phonenumbers.national_significant_number(example)
            for text in [national, *(spoilt(national, chance) for _ in range(2 if region in OFFICES else 1))]:
                yield from ways_to_write(str(example.country_code), text, trunk)


@pytest.mark.parametrize("region", REGIONS)
def test_the_quick_reading_is_the_one_of_the_library(region: str) -> None:
    for text in many_numbers(region):
        e164, reach, zones = the_library_says(text, region)
        reading = numbering.read(text, region)
        if reading is not None:
            assert (reading.e164, reading.reach) == (e164, reach), text
            assert phones.time_zones(text, region) == zones, text
            assert phones.keys(text, region).e164 == e164, text


def test_plain_american_numbers_are_always_read_quickly() -> None:
    chance = random.Random(1)
    for _ in range(2_000):
        number = f"{chance.randrange(2_000_000_000, 10_000_000_000)}"
        for text in (f"+1{number}", number, f"({number[:3]}) {number[3:6]}-{number[6:]}"):
            reading = numbering.read(text, "US")
            assert reading is not None and reading.e164 == the_library_says(text, "US")[0], text


@settings(deadline=None)  # the first question reads the numbering plans
@given(st.text(alphabet="0123456789+ ().-", max_size=18), st.sampled_from(OFFICES))
def test_whatever_is_plainly_written_is_read_like_the_library_does(text: str, region: str) -> None:
    reading = numbering.read(text, region)
    assert reading is None or reading.e164 == the_library_says(text, region)[0]


# ---------------------------------------------------------------- keys


@pytest.mark.parametrize(
    ("text", "region", "expected"),
    [
        ("650-253-0000", "US", ("6502530000", "+16502530000")),
        ("+1 (650) 253-0000", "US", ("16502530000", "+16502530000")),
        ("1 650 253 0000", "US", ("16502530000", "+16502530000")),
        ("650.253.0000 x123", "US", ("6502530000", "+16502530000")),
        ("1-800-FLOWERS", "US", ("18003569377", "+18003569377")),
        ("011 44 20 7946 0018", "US", ("011442079460018", "+442079460018")),
        ("020 7946 0018", "GB", ("02079460018", "+442079460018")),
        ("030/1234567", "DE", ("0301234567", "+49301234567")),
        ("06 6982 0000", "IT", ("0669820000", "+390669820000")),
        ("٦٥٠٢٥٣٠٠٠٠", "US", ("6502530000", "+16502530000")),
        ("650-253-0000 / 650-253-0001", "US", ("65025300006502530001", "+16502530000")),
        ("555-1212", "US", ("5551212", "")),
        ("555-1212 x9", "US", ("5551212", "")),
        ("204", "US", ("204", "")),
        ("650-253-0000", "", ("6502530000", "")),
        ("+16502530000", "", ("16502530000", "+16502530000")),
        ("call me", "US", ("", "")),
        ("", "US", ("", "")),
    ],
)
def test_a_number_is_found_by_its_digits_and_by_its_full_form(
    text: str, region: str, expected: tuple[str, str]
) -> None:
    assert phones.keys(text, region) == expected


def test_an_order_number_of_the_right_length_makes_no_duplicate() -> None:
    assert phones.keys("0123456789", "US") == ("0123456789", "")


# ---------------------------------------------------------------- how people read it


@pytest.mark.parametrize(
    ("text", "region", "expected"),
    [
        ("+16502530000", "US", "(650) 253-0000"),
        ("6502530000 ext 12", "US", "(650) 253-0000 ext. 12"),
        ("+442079460018", "US", "+44 20 7946 0018"),
        ("+442079460018", "GB", "020 7946 0018"),
        (" 555-1212 ", "US", "555-1212"),
        ("1-800-FLOWERS", "US", "1-800-FLOWERS"),
        ("650 253 0000 NY", "US", "650 253 0000 NY"),
        ("*21#", "US", "*21#"),
        ("not a phone", "US", "not a phone"),
        ("", "US", ""),
    ],
)
def test_it_is_shown_as_people_read_it(text: str, region: str, expected: str) -> None:
    assert phones.show(text, region) == expected


@pytest.mark.parametrize(
    ("text", "region", "sentence"),
    [
        ("650253", "US", "A number here has 10 digits; this one has 6. It is saved as typed."),
        ("555-1212 x9", "US", "A number here has 10 digits; this one has 7. It is saved as typed."),
        (
            "+44 20 7946",
            "US",
            "A number has 7, 9 or 10 digits after +44; this one has 6. It is saved as typed.",
        ),
        (
            "+49 1",
            "US",
            "“+49 1” does not look like a phone number. It is saved as typed.",
        ),
        (
            "+49 301",
            "US",
            "A number has 4 to 15 digits after +49; this one has 3. It is saved as typed.",
        ),
        (
            "123 456 7890",
            "US",
            "No phone number here looks like 1234567890; a digit may be wrong. It is saved as typed.",
        ),
        ("call me", "US", "“call me” has no digits to dial. It is saved as typed."),
        ("5" * 300, "US", "“" + "5" * 39 + "…” does not look like a phone number. It is saved as typed."),
    ],
)
def test_what_does_not_look_right_is_said_in_a_sentence(text: str, region: str, sentence: str) -> None:
    assert phones.problem(text, region) == sentence


@pytest.mark.parametrize(
    "text", ["", "  ", "650-253-0000", "+44 20 7946 0018", "1-800-FLOWERS", "*21#", "650 253 0000 home"]
)
def test_nothing_is_said_about_what_is_right(text: str) -> None:
    assert phones.problem(text, "US") is None


# ---------------------------------------------------------------- the time there


@pytest.mark.parametrize(
    ("text", "region", "zone"),
    [
        ("512-555-0123", "US", "America/Chicago"),
        ("(650) 253-0000 x5", "US", "America/Los_Angeles"),
        ("602-555-0123", "US", "America/Phoenix"),
        ("07400 123456", "GB", "Europe/London"),
        ("+4915123456789", "US", "Europe/Berlin"),
        ("800-234-5678", "US", ""),
        ("605-999-1234", "US", ""),
        ("555-1212", "US", ""),
        ("call me", "US", ""),
        ("", "US", ""),
    ],
)
def test_a_number_tells_the_time_zone_where_it_decides_one(text: str, region: str, zone: str) -> None:
    assert phones.time_zone(text, region) == zone


def test_a_toll_free_number_may_ring_anywhere() -> None:
    assert len(phones.time_zones("1-800-234-5678", "US")) > 10
    assert len(phones.time_zones("1-800-FLOWERS", "US")) > 10


# ---------------------------------------------------------------- dialing


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("650-253-0000", "+16502530000"),
        ("+1 (650) 253-0000", "+16502530000"),
        ("1-650-253-0000 x123", "+16502530000,123"),
        ("tel:+1-650-253-0000;ext=5", "+16502530000,5"),
        ("6502530000,,12#", "+16502530000,,12#"),
        ("1-800-FLOWERS", "+18003569377"),
        ("011 44 20 7946 0018", "+442079460018"),
        ("650 253 0000 home", "+16502530000"),
        ("650-253-0000 / 650-253-0001", "+16502530000"),
        ("650-253-0000, 650-253-0001", "+16502530000"),
        ("555-1212 / 555-1313", "5551212"),
        ("555-1212 x9", "5551212,9"),
        ("204", "204"),
        ("ext. 204", "204"),
        ("x204", "204"),
        ("123456", "123456"),
        ("911", "911"),
        ("*21#", "*21#"),
        ("*67 650 253 0000", "*676502530000"),
        ("٦٥٠٢٥٣٠٠٠٠", "+16502530000"),
    ],
)
def test_a_typed_number_is_cleaned_for_the_dialer(text: str, expected: str) -> None:
    """CH-45, CH-70, CH-83: what is in the Phone field is what is dialed."""
    assert phones.dialable(text, "US") == expected


@pytest.mark.parametrize("text", ["", " ", "not a phone", "call me at 5pm", "*", "+", "²³", "1" * 40, "9" * 300])
def test_what_is_no_number_is_not_dialed(text: str) -> None:
    with pytest.raises(Mistake, match="There is no phone number"):
        phones.dialable(text, "US")


PHONE_LIKE = st.text(alphabet="0123456789+*#,;x() -./ext\n٣", max_size=30)


@settings(deadline=None)  # the first question reads the numbering plans
@given(st.text() | PHONE_LIKE, st.sampled_from([*OFFICES, ""]))
def test_nothing_but_dialable_characters_ever_goes_out(text: str, region: str) -> None:
    """A crafted "number" cannot smuggle a command, a link or a second line to another program."""
    try:
        number = phones.dialable(text, region)
    except Mistake as mistake:
        assert mistake.message.endswith(".")
    else:
        assert phones.DIALABLE.fullmatch(number)


@settings(deadline=None)  # the first question reads the numbering plans
@given(st.text() | PHONE_LIKE, st.sampled_from([*OFFICES, ""]))
def test_no_text_is_too_strange(text: str, region: str) -> None:
    found = phones.keys(text, region)
    assert found.digits == "" or (found.digits.isdigit() and found.digits.isascii())
    assert phones.problem(text, region) is None or phones.problem(text, region).endswith("saved as typed.")
    assert phones.show(text, region) or not text.strip()
    assert isinstance(phones.time_zone(text, region), str)
