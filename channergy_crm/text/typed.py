"""Days and times typed in any language the program speaks, in English; the operator's own language is read first."""

from __future__ import annotations

from channergy_crm import language
from channergy_crm.text import french, german, spanish


def in_english(words: str) -> str:
    """What was typed, in small letters, one blank between two. “2j” are two days in French, two years in German."""
    spoken = language.in_use()
    if spoken == "fr":
        words = french.in_english(words, spoken=True)
    elif spoken == "es":
        words = spanish.in_english(words, spoken=True)
    return spanish.in_english(french.in_english(german.in_english(words)))
