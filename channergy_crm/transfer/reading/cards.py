"""Visiting cards (vCard 2.1, 3.0 and 4.0) as a table: one row a card, every number and address kept (C21)."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.transfer.reading.losses import Losses
from channergy_crm.transfer.reading.tables import Row, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from vobject.base import Component, ContentLine

TITLES = (
    "First Name", "Last Name", "Company", "Title", "Phone", "Other Phone", "Fax",  # unsaid: known as titles of columns
    "Email", "Website", "Address", "City", "State", "Postal Code", "Country", "Notes",  # unsaid: likewise
)  # fmt: skip
LONGEST_CARD = 5_000_000
UNREADABLE = N_("This card cannot be read.")

_CARD = re.compile(r"^[ \t]*BEGIN:VCARD[ \t]*\r?$(.*?)^[ \t]*END:VCARD[ \t]*\r?$", re.I | re.M | re.S)
LINE = re.compile(
    r"""(?:[a-z0-9_-]+\.)?[a-z0-9_-]+  # the group and the name
        ;? (?: ;[a-z0-9_-]+ (?: [=,] (?: "[^"]*" | [^"=;:,]* ) )* )*  # the parameters, each with its values
        :""",
    re.I | re.X,
)
"""how a line begins that the library reads: it takes for ever to find that out itself where many commas are in it"""
_MOBILE = {"CELL", "MOBILE"}
_PARTS = {
    "Address": "street", "City": "city", "State": "region",
    "Postal Code": "code", "Country": "country",  # unsaid: titles
}  # fmt: skip
"""of an address, by the titles of their columns"""


@dataclass(frozen=True)
class Cards:
    """A file of visiting cards, read as a table with the columns that any of them fills."""

    path: Path
    header: list[str]
    found: list[Row] = field(repr=False)
    encoding: str = "utf-8"
    delimiter: str = ""
    titled: bool = True
    title_row: int = 0
    sheets: Sequence[str] = ()
    quote: str = ""
    losses: Losses = field(default_factory=Losses, compare=False)

    @property
    def lines(self) -> int:
        """How many cards there are."""
        return max(1, len(self.found))

    def untitled(self) -> Cards:
        """Cards always say what is what."""
        return self

    def beginning(self) -> Sequence[Row]:
        """Nothing: no row of cards holds titles."""
        return ()

    def titled_in(self, number: int, header: Sequence[str] = ()) -> Cards:
        """Cards always say what is what."""
        return self

    def rows(self) -> Iterator[Row]:
        """The cards, numbered as they come."""
        return iter(self.found)


def open_cards(path: Path, encoding: str = "") -> Cards:
    """Read a file of visiting cards. `Mistake` when there is none in it."""
    text, found = read_text(path, encoding)
    cards = cards_in(text)
    if not cards:
        raise Mistake(_("There is no visiting card in {file}.").format(file=path.name))
    header = [title for title in TITLES if any(card.get(title) for card in cards)] or [TITLES[1]]
    rows = [
        Row(number, [card.get(title, "") for title in header], card.get("problem", ""))
        for number, card in enumerate(cards, 1)
    ]
    return Cards(path, header, rows, found)


def cards_in(text: str) -> list[dict[str, str]]:
    """The visiting cards in a text: what each says, by the titles of its columns."""
    return [_read(match[1]) for match in _CARD.finditer(text)]


def _read(body: str) -> dict[str, str]:
    import logging

    import vobject

    logging.getLogger("vobject").setLevel(logging.CRITICAL)  # it would print what it skips; that goes to the notes
    if len(body) > LONGEST_CARD:
        return {"problem": _("This card is too long to be read.")}
    body = re.sub(r"^[ \t]*(?:PHOTO|LOGO|SOUND|KEY)\b.*(?:\r?\n[ \t].*)*", "", body, flags=re.I | re.M)
    lines, skipped = _sorted(f"BEGIN:VCARD\r\n{body.strip()}\r\nEND:VCARD\r\n")  # unsaid: a card
    try:
        card = next(vobject.readComponents("\r\n".join(lines), ignoreUnreadable=True, allowQP=True), None)
        return _values(card, skipped) if card is not None else {"problem": _(UNREADABLE)}
    except Exception:  # noqa: BLE001  whatever a damaged card makes the library say
        return {"problem": _(UNREADABLE)}


def _sorted(card: str) -> tuple[list[str], list[str]]:
    """The lines of a card that can be read, and what to note of the others: whatever they hold is not lost."""
    from vobject.base import getLogicalLines

    lines, skipped = [], []
    for line, _number in getLogicalLines(io.StringIO(card), allowQP=True):
        if LINE.match(line):
            lines.append(line)
        else:
            said = "".join(sign for sign in line if sign.isprintable())[:200]
            skipped.append(_("Not understood: {line}").format(line=said))
    return lines, skipped


def _values(card: Component, skipped: list[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    notes = [*(_plain(each) for each in card.contents.get("note", [])), *skipped]
    names = card.contents.get("n")
    if names:
        values["First Name"] = _joined([names[0].value.given, names[0].value.additional])
        values["Last Name"] = _joined([names[0].value.family])
    units = card.contents.get("org", [])
    company = units[0].value if units else ""
    values["Company"] = str(company[0] if isinstance(company, list) and company else company or "").strip()
    if not (values.get("First Name") or values.get("Last Name")) and _first(card, "fn") != values["Company"]:
        first, _space, last = _first(card, "fn").rpartition(" ")
        values["First Name"], values["Last Name"] = first, last
    values["Title"] = _first(card, "title") or _first(card, "role")
    values["Website"] = _first(card, "url")
    _take_numbers(card, values, notes)
    _take_mails(card, values, notes)
    _take_addresses(card, values, notes)
    values["Notes"] = "\n".join(note for note in notes if note)
    return values


def _take_numbers(card: Component, values: dict[str, str], notes: list[str]) -> None:
    """The preferred number is the phone; those for which there is no field are kept in the notes."""
    numbers = sorted(card.contents.get("tel", []), key=lambda tel: (_rank(tel), "HOME" in _types(tel)))
    seen: set[str] = set()
    for tel in numbers:
        text = re.sub(r"^tel:", "", _plain(tel), flags=re.I).replace(";ext=", " ext. ").split(";")[0].strip()
        digits = re.sub(r"\D", "", text)
        if not text or digits in seen:
            continue
        seen.add(digits)
        types = _types(tel)
        places = ["Other Phone", "Phone"] if types & _MOBILE else ["Phone", "Other Phone"]  # unsaid: titles
        places = ["Fax"] if "FAX" in types else places
        free = next((place for place in places if not values.get(place)), None)
        if free:
            values[free] = text
        else:
            notes.append(_note(_("Fax") if "FAX" in types else _("Phone"), tel, text))
    if values.get("Other Phone") and not values.get("Phone"):
        values["Phone"] = values.pop("Other Phone")


def _take_mails(card: Component, values: dict[str, str], notes: list[str]) -> None:
    for mail in sorted(card.contents.get("email", []), key=_rank):
        text = re.sub(r"^mailto:", "", _plain(mail), flags=re.I)
        if not values.get("Email"):
            values["Email"] = text
        elif text and text.lower() != values["Email"].lower():
            notes.append(_note(_("Email"), mail, text))


def _take_addresses(card: Component, values: dict[str, str], notes: list[str]) -> None:
    for address in sorted(card.contents.get("adr", []), key=_rank):
        held = {title: _joined([getattr(address.value, part, "")]) for title, part in _PARTS.items()}
        held["Address"] = _joined([held["Address"], getattr(address.value, "extended", "")])
        if not any(values.get(title) for title in _PARTS):
            values.update(held)
        elif any(held.values()):
            notes.append(_note(_("Address"), address, ", ".join(part for part in held.values() if part)))


def _types(line: ContentLine) -> set[str]:
    said = [*line.params.get("TYPE", []), *getattr(line, "singletonparams", [])]
    return {word.strip(' "').upper() for text in said for word in text.split(",")}


def _rank(line: ContentLine) -> int:
    preferred = line.params.get("PREF", [""])[0]
    return int(preferred) if preferred.isdigit() else 0 if "PREF" in _types(line) else 101


def _note(field: str, line: ContentLine, text: str) -> str:
    """What has no field of its own, with what the card says of it: “Phone (work): 512-555-0199”."""
    kinds = sorted(word.lower() for word in _types(line) - {"VOICE", "PREF", "INTERNET"} if word.isalpha())
    return f"{field} ({', '.join(kinds)}): {text}" if kinds else f"{field}: {text}"


def _first(card: Component, name: str) -> str:
    return next((text for text in map(_plain, card.contents.get(name, [])) if text), "")


def _plain(line: ContentLine) -> str:
    value = line.value
    return str(" ".join(map(str, value)) if isinstance(value, list) else value or "").strip()


def _joined(parts: Sequence[object]) -> str:
    flat = [word for part in parts for word in (part if isinstance(part, list) else [part])]
    return " ".join(" ".join(str(word).split()) for word in flat if word)
