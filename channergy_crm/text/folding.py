"""A letter is a letter: text as people compare it, whatever they typed it with.

One folding for searching, filtering, matching, sorting and looking up values, on both engines: without case and
accents, quotation marks and dashes of one kind each, without signs nobody sees, wide letters and every script's
figures as plain ones, ligatures taken apart, German umlauts in both spellings. Each letter is folded by itself, so what
stands in a text stands in its folded form too. `store/letters.py` takes it to where the rows are.
"""

from __future__ import annotations

import unicodedata

SINGLE_QUOTES = "'’‘‚‛ʼʻʽʹ`´′‵‹›ˈˊˋˮ՚׳ꞌ＇｀\u1fbd\u1fbf\u1ffd\u1ffe\u1fef"
DOUBLE_QUOTES = '"“”„‟«»″‶ʺ˝״〝〞〟＂❝❞'
DASHES = "-−⁃˗"
BLANKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85"
# Seen by nobody, though they count as letters or marks: fillers, variation selectors, the Arabic stretcher.
UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0\u0640"

_LETTERS = {
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i", "ħ": "h", "ŧ": "t",
    "ŋ": "n", "⁄": "/",
}  # fmt: skip
GERMAN = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "ae", "Ö": "oe", "Ü": "ue"}
_GERMAN = str.maketrans(GERMAN)
_SIGNS = {
    **dict.fromkeys(SINGLE_QUOTES, "'"), **dict.fromkeys(DOUBLE_QUOTES, '"'), **dict.fromkeys(DASHES, "-"),
    **dict.fromkeys(BLANKS, " "), **dict.fromkeys(UNSEEN, ""),
}  # fmt: skip


def sign(letter: str) -> str | None:
    """What a quotation mark, a dash, a blank or a sign nobody sees is folded to; None for any other letter."""
    known = _SIGNS.get(letter)
    if known is not None:
        return known
    category = unicodedata.category(letter)
    if category in ("Zs", "Zl", "Zp"):
        return " "
    if category == "Pd":
        return "-"
    if category == "Cc" and letter.isascii():
        return letter  # nobody types one, and what is plain ASCII needs no second look where the rows are
    if category in ("Cf", "Cc") or "\ufe00" <= letter <= "\ufe0f" or "\U000e0000" <= letter <= "\U000e0fff":
        return ""
    return None


def letter_folded(letter: str) -> str:
    """One letter as it is compared: nothing, one or several plain ones."""
    known = sign(letter)
    if known is not None:
        return known
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    if unicodedata.combining(letter):
        return ""
    apart = unicodedata.normalize("NFKD", letter)
    if apart == letter:
        apart = _LETTERS.get(letter) or letter.casefold()
    return letter if apart == letter else "".join(map(letter_folded, apart))


class _Table(dict[int, str]):
    """What each letter is folded to, learnt as the letters come."""

    def __missing__(self, code: int) -> str:
        found = self[code] = letter_folded(chr(code))
        return found


class _Signs(dict[int, str]):
    """The same for signs alone; letters stay as they are, but for wide ones and figures."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        known = letter if letter in "\t\n\r" else sign(letter)  # two lines stay two
        if known is None:
            wide = 0xFF01 <= code <= 0xFF5E  # the plain signs once more, as wide as a Chinese letter
            known = chr(code - 0xFEE0) if wide else letter
            known = str(unicodedata.decimal(letter)) if letter.isdecimal() else known
        self[code] = known
        return known


_table, _sign_table = _Table(), _Signs()


def fold(text: str) -> str:
    """`Häusler` -> `hausler`, `O’Hara` -> `o'hara`."""
    if text.isascii():
        lowered = text.lower()
        if "`" not in lowered and lowered.isprintable():
            return lowered
    return text.translate(_table)


def plain_signs(text: str) -> str:
    """As it was typed, but with plain quotation marks, dashes, blanks and figures, and without signs nobody sees."""
    return text if text.isascii() and text.isprintable() and "`" not in text else text.translate(_sign_table)


def ways(text: str) -> tuple[str, ...]:
    """The ways a name is written without case and accents: `Häusler` -> `hausler`, `haeusler`."""
    plain = fold(text)
    if text.isascii():
        return (plain,)
    german = fold(unicodedata.normalize("NFC", text).translate(_GERMAN))
    return (plain,) if german == plain else (plain, german)


def spellings(text: str) -> str:
    """Everything `text` may be looked for by: `Häusler` -> `hausler haeusler`."""
    return " ".join(ways(text))
