"""The lines of visiting cards, as every telephone writes them: folded, encoded, nested, cut off (C21, F-30)."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

PICTURES = frozenset({"PHOTO", "LOGO", "SOUND", "KEY"})
LINE = re.compile(
    r"""(?:[a-z0-9_-]+\.)?[a-z0-9_-]+  # the group and the name
        ;? (?: ;[a-z0-9_-]+ (?: [=,] (?: "[^"]*" | [^"=;:,]* ) )* )*  # the parameters, each with its values
        :""",
    re.I | re.X,
)
"""how a line begins that can be read; whatever else stands there is damaged"""
_CUSTOM = re.compile(r"X-CUSTOM\(([^)]*)\)", re.I)
_PARAMETER = re.compile(r';([^;="]*)(=(?:"[^"]*"|[^";])*)?')
_BASE64 = re.compile(r"[a-z0-9+/]{24,}={0,2}|[a-z0-9+/]{4,}={1,2}", re.I)
_ESCAPED = re.compile(r"\\(.)", re.S)


class CardLine(NamedTuple):
    """One line of a card: what it is called, what is said beside that, and what it says."""

    name: str
    group: str
    params: dict[str, list[str]]
    label: str
    value: str

    @property
    def types(self) -> set[str]:
        """WORK, HOME, CELL, FAX…: whatever is said of a number or an address."""
        return {word.upper() for word in self.params.get("TYPE", [])}

    @property
    def text(self) -> str:
        """What it says as a person would write it."""
        return unescaped(self.value).strip()

    def parts(self) -> list[str]:
        """What stands between the semicolons."""
        return [unescaped(part).strip() for part in re.findall(r"((?:\\.|[^;\\])*);?", self.value, re.S)[:-1]]


@dataclass
class Card:
    """The lines of one card, what of it nobody understands, and whether its end is missing."""

    lines: list[CardLine] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    cut: bool = False
    spoilt: int = 0  # lines of a picture that have lost theirs


def split_cards(text: str, outside: list[str] | None = None) -> list[Card]:
    """The cards of a text, in the order in which they begin; one inside another stands behind it.

    Lines that stand in none of them are put into `outside`.
    """
    found: list[Card] = []
    held: list[Card] = []
    nests = False
    for line in _logical(text):
        word = line.strip().upper()
        if word == "BEGIN:VCARD" or (held and word == "AGENT:BEGIN:VCARD"):
            if not (nests or word.startswith("AGENT")):
                _cut(held)
            held.append(Card())
            found.append(held[-1])
            nests = False
        elif word == "END:VCARD":
            if held:
                held.pop()
        elif held:
            nests = word == "AGENT:"
            if not nests:
                found += _take(held[-1], line)
        elif outside is not None:
            outside.append(line)
    _cut(held)
    return found


def _cut(held: list[Card]) -> None:
    for card in held:
        card.cut = True
    held.clear()


def _take(card: Card, line: str) -> list[Card]:
    """Put a line on its card; the cards that stand in it are given back."""
    read = _read(line)
    if read is None:
        if _BASE64.fullmatch(line.strip()):
            card.spoilt += 1
        else:
            card.damaged.append(line)
    elif read.name == "AGENT" and "BEGIN:VCARD" in read.value.upper():
        return split_cards(unescaped(read.value))
    else:
        card.lines.append(read)
    return []


def _logical(text: str) -> Iterator[str]:
    """Lines without their folds: each piece is looked at once, however long the line becomes."""
    held: list[str] = []
    soft = packed = False
    for line in re.split(r"\r\n|\r|\n", text):
        word = line.strip().upper()
        edge = word in ("BEGIN:VCARD", "END:VCARD")
        folded = line[:1] in (" ", "\t") and word
        if held and not edge and (soft or folded or (packed and word and ":" not in word)):
            held.append(line if soft else line[1:] if folded else line)
        else:
            if held:
                yield "".join(held)
            head = line.partition(":")[0].upper()
            held = [line] if word else []
            quoted = "QUOTED-PRINTABLE" in _CUSTOM.sub("", head)
            packed = bool(re.search(r"[;=](?:BASE64|B)(?:;|$)", head))
            soft = False
        soft = bool(held) and quoted and line.endswith("=")
        if soft:
            held[-1] = held[-1][:-1]
    if held:
        yield "".join(held)


def _read(line: str) -> CardLine | None:
    """A line taken apart; None when it is damaged."""
    line = line.strip()
    label = ""
    head = line[: line.find(":") + 1]
    if custom := _CUSTOM.search(head):
        label = _custom(custom[1])
        line = f"{line[: custom.start()]}X-CUSTOM{line[custom.end() :]}"
    match = LINE.match(line)
    if match is None:
        return None
    named, semicolon, rest = match[0][:-1].partition(";")
    group, _dot, name = named.rpartition(".")
    params: dict[str, list[str]] = {}
    for key, said in _PARAMETER.findall(f"{semicolon}{rest}"):
        words = [word.strip(' "') for word in re.split(r"[=,]", said[1:])] if said else [key.strip()]
        if not said and key.upper().startswith("X-") and key.upper() != "X-CUSTOM":
            label = label or key[2:].replace("-", " ")
        known = key.upper() if said else "ENCODING" if key.upper() in ("QUOTED-PRINTABLE", "BASE64") else "TYPE"
        params.setdefault(known, []).extend(word for word in words if word)
    name = name.upper()
    return CardLine(name, group.upper(), params, label, _decoded(name, params, line[match.end() :]))


def _custom(said: str) -> str:
    """The label Android hides in a parameter of its own."""
    parts = said.split(",")
    charset = next((part.partition("=")[2] for part in parts if part.upper().startswith("CHARSET=")), "")
    coded = "QUOTED-PRINTABLE" in said.upper()
    return _plain(binascii.a2b_qp(parts[-1].encode("utf-8")), charset) if coded else parts[-1].strip()


def _decoded(name: str, params: dict[str, list[str]], value: str) -> str:
    coding = next(iter(params.get("ENCODING", [])), "").upper()
    charset = next(iter(params.get("CHARSET", [])), "")
    if name in PICTURES:
        return value if value[:8].lower().startswith("http") else ""
    if coding == "QUOTED-PRINTABLE":
        return _plain(binascii.a2b_qp(value.encode("utf-8")), charset)
    if coding in ("B", "BASE64"):
        try:
            return _plain(binascii.a2b_base64(value.encode("utf-8")), charset)
        except ValueError:
            return value
    return value


def _plain(data: bytes, charset: str) -> str:
    for known in (charset, "utf-8", "cp1252"):
        try:
            return re.sub(r"\r\n?", "\n", data.decode(known or "utf-8"))
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("latin-1")


def unescaped(value: str) -> str:
    """Without the backslashes that keep signs from parting values."""
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)
