"""Ranges and rough figures, such as 11-50, 1,000+ or about 30: right, but no one number (F-40)."""

from __future__ import annotations

import re

from channergy_crm.text.folding import fold

SIZES = "k t m mn mio mil bn b thousand million billion tsd mrd"  # unsaid: stands in files
ABOUT = """
~ ≈ < > <= >= ≤ ≥ ca ca. c. circa about around approx approx. approximately over under up_to at_least more_than
less_than uber unter etwa rund mehr_als weniger_als bis environ plus_de moins_de mas_de menos_de aprox aprox.
"""  # unsaid: stands in files
BETWEEN = "- – — to bis a until / .. ... …"  # unsaid: stands in files
MORE = "+ plus or_more and_more und_mehr et_plus o_mas"  # unsaid: stands in files
WHOM = """
employees people staff_members staff members users seats persons mitarbeiter beschaftigte employes empleados fte
"""  # unsaid: the same
_MONEY = r"(?:usd|eur|gbp|chf|us|[$€£])?"


def _one_of(words: str) -> str:
    ordered = sorted(words.split(), key=len, reverse=True)
    return rf"(?:{'|'.join(re.escape(word.replace('_', ' ')) for word in ordered)})"


_ONE = rf"{_MONEY}\s?\d[\d.,' ]*(?:\s?{_one_of(SIZES)}\b\.?)?\s?{_MONEY}"
_ROUGH = re.compile(
    rf"(?:{_one_of(ABOUT)}?\s?{_ONE}\s?{_one_of(BETWEEN)}\s?{_ONE}|{_one_of(ABOUT)}\s?{_ONE}|{_ONE}\s?{_one_of(MORE)})"
    rf"(?:\s?{_one_of(WHOM)})?|{_ONE}\s?{_one_of(WHOM)}"
)


def is_rough(text: str) -> bool:
    """Whether this is a range or a rough figure."""
    return bool(_ROUGH.fullmatch(" ".join(fold(text).split())))
