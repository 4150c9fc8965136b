"""What a file may be called here, whatever it was called where it came from."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from channergy_crm.patterns import pattern

_APART = pattern(r"[/\\]")
_FORBIDDEN = pattern(r'[<>:"|?*]')
_RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{number}" for port in ("COM", "LPT") for number in range(1, 10))}
_LONGEST_ENDING = 16
_TURNS_ROUND = {"\u200e", "\u200f", "\u061c", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}
"""signs that show a name in another order than it is written, such as “exe.pdf” for “fdp.exe”"""


def is_folder(path: str) -> bool:
    """Whether that is the path of a folder; one that no system takes, too long or with strange signs, is none."""
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):
        return False


def cleaned(name: str, longest: int = 200) -> str:
    """The last part of a path alone, without what a system or an eye trips over; "" where nothing is left.

    The ending stays where the name is cut. What Windows keeps for its devices gets a line before it.
    """
    last = _APART.split(name)[-1]
    plain = "".join(sign for sign in unicodedata.normalize("NFC", last) if _is_seen(sign))
    plain = " ".join(_FORBIDDEN.sub("_", plain).split()).strip(". ")
    if not plain:
        return ""
    if plain.partition(".")[0].strip().upper() in _RESERVED:
        plain = f"_{plain}"
    stem, dot, ending = plain.rpartition(".")
    if len(plain) <= longest:
        return plain
    if not dot or len(ending) > _LONGEST_ENDING:
        return plain[:longest].strip(". ")
    return f"{stem[: longest - len(ending) - 1].rstrip('. ')}.{ending}"


def _is_seen(sign: str) -> bool:
    return sign not in _TURNS_ROUND and (unicodedata.category(sign) not in ("Cc", "Cs", "Co", "Cn") or sign == "\t")


def ending(name: str) -> str:
    """The ending of a name in small letters, without its dot; "" where there is none."""
    stem, dot, last = name.rpartition(".")
    return last.casefold() if dot and stem else ""


def told_apart(name: str, taken: set[str]) -> str:
    """The name itself, or with a number before its ending where that is taken already: “Offer (2).pdf”."""
    stem, dot, last = name.rpartition(".")
    if not dot or not stem:
        stem, dot, last = name, "", ""
    number, told = 1, name
    there = {each.casefold() for each in taken}
    while told.casefold() in there:
        number += 1
        told = f"{stem} ({number}){dot}{last}"
    return told
