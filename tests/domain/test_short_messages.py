"""How long a short message is: GSM 7 bit with its extension table, UCS-2 with pairs, nothing split (SI-24)."""

from __future__ import annotations

import pytest

from channergy_crm.text.short_messages import as_sent, measure


@pytest.mark.parametrize(
    ("text", "signs", "parts", "left"),
    [
        ("", 0, 0, 160),
        ("a" * 160, 160, 1, 0),
        ("a" * 161, 161, 2, 145),
        ("ä" * 306, 306, 2, 0),
        ("ä" * 307, 307, 3, 152),
        ("€" * 80, 160, 1, 0),
        ("€" * 81, 162, 2, 143),
        ("a" * 152 + "€" + "a" * 7, 161, 2, 144),  # the sign that counts two goes whole into the next part
        ("[{|}]\\^~\f", 18, 1, 142),
        ("ç", 1, 1, 69),
        ("я" * 70, 70, 1, 0),
        ("я" * 71, 71, 2, 63),
        ("😀" * 35, 70, 1, 0),
        ("😀" * 36, 72, 2, 61),
        ("я" * 66 + "😀" + "я" * 3, 71, 2, 62),  # a pair is never split
        ("я" * 134, 134, 2, 0),
    ],
)
def test_si24_parts_are_counted_as_networks_count_them(text: str, signs: int, parts: int, left: int) -> None:
    assert measure(text)[:3] == (signs, parts, left)


def test_si24_the_sign_that_makes_a_message_wide_is_told() -> None:
    assert (measure("Grüße, 5 €").wide, measure("Grüße – 5 €").wide) == ("", "–")
    assert as_sent(" one\r\ntwo\rthree ") == "one\ntwo\nthree"
