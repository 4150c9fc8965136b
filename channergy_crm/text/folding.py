"""Text as people search for it: without case and accents, German umlauts in both spellings."""

from __future__ import annotations

import unicodedata

_SINGLE = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i"})
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def fold(text: str) -> str:
    """`Häusler` -> `hausler`."""
    if text.isascii():
        return text.lower()
    lowered = text.casefold().translate(_SINGLE)
    apart = unicodedata.normalize("NFKD", lowered)
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold()


def ways(text: str) -> tuple[str, ...]:
    """The ways a name is written without case and accents: `Häusler` -> `hausler`, `haeusler`."""
    plain = fold(text)
    if text.isascii():
        return (plain,)
    german = fold(unicodedata.normalize("NFC", text).casefold().translate(_GERMAN))
    return (plain,) if german == plain else (plain, german)


def spellings(text: str) -> str:
    """Everything `text` may be looked for by: `Häusler` -> `hausler haeusler`."""
    return " ".join(ways(text))
