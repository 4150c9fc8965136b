"""How long a text is as a short message, and in how many parts it is sent: GSM 7 bit, or UCS-2 for all other letters.

One part holds 160 signs, or 70 of UCS-2; of several each holds 153, or 67. A sign of the extension table counts twice,
what lies outside the first plane (most pictures) counts two in UCS-2, and neither is ever split between two parts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./"  # unsaid: the signs of an alphabet
    "0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("\f^{}\\[~]|€")
SEVEN_BIT, WIDE = (160, 153), (70, 67)
"""signs of a message in one part, and of each part of a longer one"""


class Length(NamedTuple):
    """How long a message is.

    `signs` as the network counts them, in how many `parts`, how many `left` in the last one. `wide` is the first sign
    for which all of it is sent as UCS-2, "" where there is none.
    """

    signs: int
    parts: int
    left: int
    wide: str


def measure(text: str) -> Length:
    """The length of a text as it is sent; a text of nothing has no part."""
    wide = next((sign for sign in text if sign not in BASIC and sign not in EXTENDED), "")
    sizes = [1 + (ord(sign) > 0xFFFF) for sign in text] if wide else [1 + (sign in EXTENDED) for sign in text]
    alone, each = WIDE if wide else SEVEN_BIT
    signs = sum(sizes)
    if signs <= alone:
        return Length(signs, 1 if text else 0, alone - signs, wide)
    parts, filled = _packed(sizes, each)
    return Length(signs, parts, each - filled, wide)


def _packed(sizes: Iterable[int], each: int) -> tuple[int, int]:
    """How many parts that takes, and how full the last one is; what counts two goes whole into the next."""
    parts, filled = 1, 0
    for size in sizes:
        if filled + size > each:
            parts, filled = parts + 1, 0
        filled += size
    return parts, filled


def as_sent(text: str) -> str:
    """The text with the plain line ends that every gateway knows, and without blanks around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
