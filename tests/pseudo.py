"""What of a text nobody could translate: the words that are no pseudo-language (channergy_crm/language.py)."""

from __future__ import annotations

import re

IN_BRACKETS = re.compile(r"\[[^\[\]]*\]")


def outside_brackets(text: str) -> str:
    """What of a text the pseudo-language has not put in brackets."""
    while IN_BRACKETS.search(text):
        text = IN_BRACKETS.sub("", text)
    return text


def english_in(text: str) -> str:
    """What is left of a text without what stands in brackets, if it holds a word."""
    left = outside_brackets(text)
    return left if re.search(r"[^\W\d_]{2,}", left) else ""
