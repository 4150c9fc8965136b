"""The number of a bank account as it is written across Europe, with the digits that check it."""

from __future__ import annotations

import re

_SHAPE = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?")
LENGTHS = {
    "AT": 20, "BE": 16, "CH": 21, "CZ": 24, "DE": 22, "DK": 18, "ES": 24, "FI": 18, "FR": 27, "GB": 22, "IE": 22,
    "IT": 27, "LI": 21, "LU": 20, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "SE": 24,
}  # fmt: skip
"""of the countries whose length everybody knows; others are checked by their digits alone"""


def bare(typed: str) -> str:
    """Without the blanks people type between its groups, in capitals."""
    return "".join(typed.split()).upper()


def is_iban(typed: str) -> bool:
    """Whether its check digits and its length are right."""
    plain = bare(typed)
    if not _SHAPE.fullmatch(plain) or len(plain) != LENGTHS.get(plain[:2], len(plain)):
        return False
    turned = "".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])
    return int(turned) % 97 == 1


def is_bic(typed: str) -> bool:
    """Whether a bank can be called so."""
    return _BIC.fullmatch(bare(typed)) is not None


def written(typed: str) -> str:
    """In groups of four, as it stands on paper."""
    plain = bare(typed)
    return " ".join(plain[at : at + 4] for at in range(0, len(plain), 4))
