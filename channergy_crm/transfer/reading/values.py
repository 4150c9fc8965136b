"""One cell that holds several values: phones, e-mail addresses and web sites taken apart, spoilt numbers mended."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.text import vocabulary
from channergy_crm.text.folding import fold
from channergy_crm.text.names import visible

if TYPE_CHECKING:
    from collections.abc import Callable

NOTHING_WORDS = """
none n/a na n.a. n.v. nil null (null) \\n #n/a unknown unbekannt keine keiner kein k.a. ka aucun aucune inconnu ninguno
ninguna nessuno geen brak - -- --- . .. ... / ? ?? x – — tbd tba empty leer vide undefined nan false noemail no-email
"""  # unsaid: how people write that there is none
_NOTHING_SAID = """
no email, no e-mail, no phone, not available, not provided, keine angabe, non communique, no tiene, kein telefon,
keine e-mail, no number
"""  # unsaid: how people write that there is none
NOTHING = frozenset(NOTHING_WORDS.split()) | frozenset(vocabulary.words(" ".join(_NOTHING_SAID.split())))

GOOGLE = re.compile(r"\s*:::\s*")  # what Google puts between several values of one label
_BREAKS = re.compile(r"\s*(?:::+|[\r\n\t|]+)\s*")
_LABELS = """
h home w work m mob mobile mobil mobiltelefon c cell cellphone cellular handy o off office b business biz p phone t tel
telephone telefon f fax telefax main direct private privat priv gesch geschaftlich buro dienstlich zentrale portable
bureau fixe domicile casa movil celular oficina trabajo asst assistant other alt pager d
"""  # unsaid: stand before and behind phone numbers
_LABEL = "|".join(sorted(_LABELS.split(), key=len, reverse=True))
_BEFORE = re.compile(rf"^(?P<label>(?:{_LABEL})(?: ?(?:phone|tel|number|no|\d))?)\b\s*[.:=)]*\s*(?=[+(\d])", re.I)
_BEHIND = re.compile(rf"\s*[(\[]?\s*\b(?P<label>{_LABEL})\b\.?\s*[)\]]?$", re.I)
_NEXT_LABEL = re.compile(rf"(?<=[\d)])[\s,;/]+(?=(?:{_LABEL})\b[.:]?\s*[+(\d])", re.I)
_NEXT_FULL = re.compile(r"(?<=\d)\s+(?=\+\d)|(?<=\d{10})\s+(?=\d{10})")
_BETWEEN = re.compile(r"\s*(?:[;,/&]|\b(?:or|and|oder|und|ou|et|o|y|e|of|en)\b)\s*", re.I)
_EXTENSION = re.compile(
    r"[\s,;]*(?:\b(?:ext(?:ension|n)?|durchwahl|dw|app|apparat|poste|anexo|interno|int|toestel)\b[.:= ]*"
    r"|\bx ?|#)\d+.*$",
    re.I,
)
_FULL = 7  # figures of a number that stands alone
_SPOILT = re.compile(r"(?P<whole>\d)(?:[.,](?P<rest>\d+))?[eE]\+?(?P<zeros>\d{1,2})")
_ADDRESS = re.compile(r"[^\s<>()\[\],;:|/\\\"“”]+@[^\s<>()\[\],;:|/\\\"'“”@]+")
_AT = re.compile(r"\s*[(\[{]\s*at\s*[)\]}]\s*", re.I)
_DOT = re.compile(r"\s*[(\[{]\s*(?:dot|punkt|point)\s*[)\]}]\s*", re.I)


class Parts(NamedTuple):
    """What one cell holds: the values, how each is called in the cell, and what is left that is none of them."""

    values: list[str]
    labels: list[str]
    rest: str = ""
    """words beside the values; the whole cell where there is no value in it"""
    spoilt: bool = False
    """a spreadsheet has lost figures of it for good"""


EMPTY = Parts([], [])


def is_nothing(text: str) -> bool:
    """Whether somebody wrote that there is nothing: n/a, none, a dash."""
    plain = fold(text).strip()
    return plain in NOTHING or not any(sign.isalnum() for sign in plain)


def taker_apart(written_as: str) -> Callable[[str], Parts] | None:
    """What takes the cells of such a field apart, by the word the kind has for how files write it."""
    return _APART.get(written_as)


# ---------------------------------------------------------------- phone numbers


def phones_in(text: str) -> Parts:
    """The phone numbers of a cell; an extension stays with its number."""
    plain = visible(text).strip().lstrip("'’`").strip()
    if is_nothing(plain):
        return EMPTY
    if spoilt := _SPOILT.fullmatch(plain.lstrip("+")):
        return _spoilt(plain, spoilt)
    plain = re.sub(r"(?i)^(?:tel|callto|phone):/*(?=[+\d])", "", mended_number(plain))
    if not any(sign.isdigit() for sign in plain):
        return Parts([text], [""])  # it is saved as typed
    pieces = [each for piece in _BREAKS.split(plain) for each in _cut(piece) if each]
    whole = [piece for piece in pieces if _figures(piece) >= _FULL]
    if len(pieces) < 2 or len(whole) < 2:
        return Parts([plain], [""])
    parts = [_labelled(piece) for piece in whole]
    rest = " ".join(piece for piece in pieces if piece not in whole)
    numbers = dict.fromkeys(number for number, _label in parts)
    labels = dict(reversed(parts))
    return Parts(list(numbers), [labels[number] for number in numbers], rest)


def mended_number(text: str) -> str:
    """A number as it was before a spreadsheet took it for an amount: 5125550108.0 and 5,125,550,108."""
    if re.fullmatch(r"\+?\d{7,}[.,]0{1,2}", text):
        return re.split("[.,]", text)[0]
    return text.replace(",", "") if re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}", text) else text


def _spoilt(text: str, found: re.Match[str]) -> Parts:
    """5.125550108E+09 has all of its figures, 5.12555E+09 has lost some."""
    figures = found["whole"] + (found["rest"] or "")
    zeros = int(found["zeros"])
    if zeros < 6 or zeros > 18:
        return Parts([text], [""])
    if len(figures) <= zeros - 1:
        return Parts([], [], text, spoilt=True)
    number = Decimal(f"{found['whole']}.{found['rest'] or '0'}").scaleb(zeros)
    return Parts([str(int(number))], [""])


def _cut(piece: str) -> list[str]:
    """Cut wherever two full numbers meet, and nowhere else: 0351/5550101 and 555-0101, ext. 5 are one number."""
    found = [each for part in _NEXT_LABEL.split(piece) for each in _NEXT_FULL.split(part)]
    return [each.strip(" ,;/") for part in found for each in _cut_between(part)]


def _cut_between(text: str) -> list[str]:
    signs = sorted(_BETWEEN.finditer(text), key=lambda sign: sign[0] == sign[0].strip())  # those with blanks first
    for sign in signs:
        before, after = text[: sign.start()], text[sign.end() :]
        begins_anew = _BEFORE.match(after) or re.match(r"[+(\d]", after) or not sign[0].strip(" ;,/&")
        if begins_anew and min(_figures(before), _figures(after)) >= _FULL:
            return [*_cut_between(before), *_cut_between(after)]
    return [text]


def _figures(piece: str) -> int:
    """How many figures the number itself has, without its extension."""
    return sum(sign.isdigit() for sign in _EXTENSION.sub("", piece))


def _labelled(piece: str) -> tuple[str, str]:
    """A number, and what stands beside it: `w: 512-555-0102` and `512-555-0102 (work)`."""
    if found := _BEFORE.match(piece):
        return piece[found.end() :].strip(), found["label"]
    if found := _BEHIND.search(piece):
        return piece[: found.start()].strip(), found["label"]
    return piece.strip(), ""


# ---------------------------------------------------------------- e-mail addresses, web sites, other text


def emails_in(text: str) -> Parts:
    """The e-mail addresses of a cell, without what mail programs put around them."""
    plain = _DOT.sub(".", _AT.sub("@", visible(text).replace("\u00a0", " "))).strip()
    if is_nothing(plain):
        return EMPTY
    plain = re.sub(r"\s*@\s*", "@", re.sub(r"(?i)\bmailto:", " ", plain))
    plain = re.sub(r"\?(?:subject|body|cc|bcc)=\S*", "", plain, flags=re.I)
    found = [address.strip(".-*'’`") for address in _ADDRESS.findall(plain)]
    found = [address for address in found if "." in address.split("@")[1] and not address.startswith("@")]
    if not found:
        return Parts([text], [""])  # it is saved as typed
    for address in found:
        plain = plain.replace(address, " ")
    words = re.findall(r"[^\W_]+", plain)
    rest = " ".join(word for word in words if fold(word) not in _AROUND_EMAILS)
    addresses = list({fold(address): address for address in reversed(found)}.values())[::-1]
    return Parts(addresses, [""] * len(addresses), rest)


_AROUND_EMAILS_WORDS = """
or and oder und ou et o y e email mail smtp e-mail mailto http https work home
"""  # unsaid: stand before and behind names
_AROUND_EMAILS = frozenset(_AROUND_EMAILS_WORDS.split())


def sites_in(text: str) -> Parts:
    """The web sites of a cell."""
    plain = visible(text).strip()
    if is_nothing(plain):
        return EMPTY
    pieces = [piece for piece in re.split(r"\s*:::\s*|[\s;|]+|,\s+", plain) if piece]
    if len(pieces) > 1 and all("." in piece.strip(".") for piece in pieces):
        return Parts(list(dict.fromkeys(pieces)), [""] * len(set(pieces)))
    return Parts([plain], [""])


def texts_in(text: str) -> Parts:
    """Several values of a line of text, as Google writes them."""
    pieces = [piece for piece in GOOGLE.split(text) if piece]
    return Parts(pieces, [""] * len(pieces))


def ticks_in(text: str) -> Parts:
    """Yes or no, as it is said of what is done: a day and 100 % are a yes that says more."""
    plain = fold(text).strip()
    if plain in _NOT_TICKED or is_nothing(text):
        return Parts(["0"], [""])
    if plain in ("100", "100%", "100 %", "1.00", "1,0", "1.0") or plain in vocabulary.DONE:
        return Parts(["1"], [""])
    if re.fullmatch(r"\d{1,2}(?:[.,]\d+)? ?%|[2-9]|[1-9]\d|0[.,]\d+", plain):
        return Parts(["0"], [""], text)
    return Parts(["1"], [""], text) if re.search(r"\d.*\d", plain) else Parts([text], [""])


_NOT_TICKED = frozenset(("0", "0%", "0 %", "0.0", "0,0", "0.00", "00/00/0000", "0000-00-00"))


_APART: dict[str, Callable[[str], Parts]] = {
    "phones": phones_in, "emails": emails_in, "sites": sites_in, "text": texts_in, "tick": ticks_in,
}  # fmt: skip
