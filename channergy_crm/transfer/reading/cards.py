"""Visiting cards (vCard 2.1, 3.0 and 4.0) as a table: one row a card, every number and address kept (C21)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.errors import Mistake
from channergy_crm.language import N_, TELEPHONE, _, listed
from channergy_crm.text.folding import fold
from channergy_crm.transfer.reading import pace
from channergy_crm.transfer.reading.card_lines import LINE as LINE
from channergy_crm.transfer.reading.card_lines import PICTURES, Card, CardLine, split_cards
from channergy_crm.transfer.reading.losses import Losses
from channergy_crm.transfer.reading.tables import Row, read_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

TITLES = (
    "First Name", "Last Name", "Company", "Title", "Phone", "Other Phone", "More Numbers",  # unsaid: titles of columns
    "Fax", "Email", "Website", "Address", "City", "State", "Postal Code", "Country", "Notes",  # unsaid: likewise
)  # fmt: skip
UNREADABLE = N_("This card cannot be read.")
LONGEST_DAMAGE = 200  # characters of a damaged line in the notes
_PLACE = (
    ("Address", (2, 1, 0)), ("City", (3,)), ("State", (4,)), ("Postal Code", (5,)), ("Country", (6,)),  # unsaid: titles
)  # fmt: skip
"""of an address, by the titles of their columns: which of its parts go there"""
_LABELS = {"CELL": N_("Mobile"), "MOBILE": N_("Mobile"), "FAX": N_("Fax"), "WORK": N_("Work")}
_NO_FIELD = {
    "NICKNAME": N_("Nickname"), "BDAY": N_("Birthday"), "ANNIVERSARY": N_("Anniversary"),
    "CATEGORIES": N_("Categories"),
    "IMPP": N_("Instant messaging"), "X-SOCIALPROFILE": N_("Social profile"), "RELATED": N_("Related people"),
    "X-ABRELATEDNAMES": N_("Related people"), "URL": N_("Further websites"), "ROLE": N_("Role"),
    "TITLE": N_("Further titles"), "ORG": N_("Further companies"), "AGENT": N_("Agents"),
}  # fmt: skip
_USUAL = frozenset(("", "HOMEPAGE", "HOME", "WORK", "OTHER", "SCHOOL"))  # unsaid: labels that say nothing more
_READ = frozenset({"N", "FN", "NOTE", "TEL", "EMAIL", "ADR", "X-ABLABEL"})
_SERVICE = """
VERSION PRODID REV UID KIND CLASS SOURCE NAME PROFILE MAILER CLIENTPIDMAP SORT-STRING
X-ABSHOWAS X-ABADR X-ABUID X-PRODID X-CLASS X-ADDRESSBOOKSERVER-KIND
"""  # unsaid: the words of cards
_ABOUT_THE_CARD = frozenset(_SERVICE.split())
_NUMBER = re.compile(r"X-.*(?:NUMBER|PHONE|TEL|MOBILE|CELL)", re.I)
_DIALABLE = re.compile(r"(?=(?:\D*\d){3})\+?[\d ()./*#-]+", re.I)
_TITLES_BEFORE = "dr prof mr mrs ms miss herr frau mme sir ing dipl"  # unsaid: looked for
_TITLES_BEHIND = "jr sr ii iii iv phd md esq mba cpa dds jd rn"  # unsaid: looked for
_BEFORE, _BEHIND = frozenset(_TITLES_BEFORE.split()), frozenset(_TITLES_BEHIND.split())


class _Told(NamedTuple):
    what: str
    text: str


@dataclass
class _Person:
    """What a card says by the titles of columns, what of it stands beside them, and what is lost."""

    values: dict[str, str] = field(default_factory=dict)
    beside: list[_Told] = field(default_factory=list)
    lost: list[_Told] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    is_group: bool = False

    def tell(self, what: str, text: str) -> None:
        self.beside.append(_Told(what, text))

    def lose(self, what: str, text: str = "") -> None:
        self.lost.append(_Told(what, text))


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
        self.losses.begin()
        yield from self.found


def open_cards(path: Path, encoding: str = "") -> Cards:
    """Read a file of visiting cards. `Mistake` when there is none in it."""
    text, found = read_text(path, encoding)
    losses, outside, cards = Losses(), list[str](), []
    for number, card in enumerate(split_cards(text, outside), 1):
        pace.tell(1)
        cards.append((number, _person(card)))
    people = [(number, person) for number, person in cards if not person.is_group]
    if not people:
        raise Mistake(_("There is no visiting card in {file}.").format(file=path.name))
    header = [title for title in TITLES if any(one.values.get(title) for _number, one in people)] or [TITLES[1]]
    rows = [
        Row(number, [one.values.get(title, "") for title in header], one.values.get("problem", ""), one.beside)
        for number, one in people
    ]
    for number, what, text in ((number, *lost) for number, one in cards for lost in one.lost):
        losses.tell(what, number, text)
    for line in outside:
        losses.tell(_("Lines that stand in no card"), 0, line)
    return Cards(path, header, rows, found, losses=losses.opened())


def cards_in(text: str) -> list[dict[str, str]]:
    """The visiting cards in a text: what each says, by the titles of its columns."""
    people = (_person(card) for card in split_cards(text))
    return [person.values for person in people if not person.is_group]


def not_understood(line: str) -> str:
    """A damaged line as it is noted."""
    return _("Not understood: {line}").format(line=line[:LONGEST_DAMAGE])


def cut_off() -> str:
    """What is said of damaged lines that are too long to be noted whole."""
    return _("Ends of damaged lines, cut off after {count:,} characters").format(count=LONGEST_DAMAGE)


def _person(card: Card) -> _Person:
    person = _Person()
    name = _first(card, "FN")
    if card.cut:
        person.lose(_("Cards without an end"), name)
    if _first(card, "KIND", "X-ADDRESSBOOKSERVER-KIND").lower() == "group":
        person.is_group = True
        person.lose(_("Groups of people"), name)
        return person
    if not any(line.value for line in card.lines if line.name not in _ABOUT_THE_CARD):
        person.values["problem"] = _(UNREADABLE)
    _take_names(card, person)
    person.notes += [line.text for line in card.lines if line.name == "NOTE"]
    for damaged in card.damaged:
        said = "".join(sign for sign in damaged if sign.isprintable())
        person.notes.append(not_understood(said))
        if len(said) > LONGEST_DAMAGE:
            person.lose(cut_off(), said[LONGEST_DAMAGE:])
    labels = _labels(card)
    _take_numbers(card, person, labels)
    _take_mails(card, person)
    _take_addresses(card, person)
    _tell_the_rest(card, person, labels)
    person.values["Notes"] = "\n".join(note for note in person.notes if note)
    return person


def _take_names(card: Card, person: _Person) -> None:
    values = person.values
    family, given, more, before, behind = [*_parts(card, "N"), "", "", "", "", ""][:5]
    company, *units = [*_parts(card, "ORG"), ""]
    full = _first(card, "FN")
    last, first = family, _joined([given, more])
    is_company = _first(card, "KIND").lower() == "org" or _first(card, "X-ABSHOWAS").upper() == "COMPANY"
    if not (first or last) and is_company:
        company = company or full
    elif not (first or last) and fold(full) != fold(company):
        before, first, last, behind = _taken_apart(full)
    values["Company"] = company
    values["First Name"], values["Last Name"] = first, last
    values["Title"] = _first(card, "TITLE") or _first(card, "ROLE")
    values["Website"] = _first(card, "URL")
    for what, text in ((_("Name prefixes"), before), (_("Name suffixes"), behind)):
        if text:
            person.tell(what, text)
    for unit in units:
        if unit:
            person.tell(_("Departments"), unit)


def _taken_apart(full: str) -> tuple[str, str, str, str]:
    """Dr. Jane Miller, Jr.: what stands before and behind a name is none of it."""
    words = full.replace(",", " ").split()
    start, end = 0, len(words)
    while end - start > 1 and fold(words[start]).strip(".") in _BEFORE:
        start += 1
    while end - start > 1 and fold(words[end - 1]).replace(".", "") in _BEHIND:
        end -= 1
    first, last = words[start : end - 1], words[end - 1 : end]
    return tuple(" ".join(part) for part in (words[:start], first, last, words[end:]))  # type: ignore[return-value]


def _take_numbers(card: Card, person: _Person, labels: dict[str, str]) -> None:
    """The preferred number is the phone; the third and all further ones are More Numbers."""
    values, more = person.values, []
    numbers = sorted(filter(_is_number, card.lines), key=lambda tel: (_rank(tel), "HOME" in tel.types))
    seen: set[str] = set()
    for tel in numbers:
        text = re.sub(r"^tel:", "", tel.text, flags=re.I).replace(";ext=", " ext. ").split(";")[0].strip()
        digits = re.sub(r"\D", "", text) or text
        if not text or digits in seen:
            continue
        seen.add(digits)
        own = labels.get(tel.group, "") or tel.label or _label_of_name(tel.name)
        places = ["Phone", "Other Phone"]  # unsaid: titles
        if tel.types & {"CELL", "MOBILE"}:
            places.reverse()
        places = ["Fax"] if "FAX" in tel.types else places
        free = next((place for place in places if not values.get(place)), None)
        if free:
            values[free] = text
            if own:
                person.tell(_("Labels of numbers"), f"{own}: {text}")
        else:
            label = own or _labelled(tel.types)
            more.append(f"{label}: {text}" if label else text)
    values["More Numbers"] = "\n".join(more)
    if values.get("Other Phone") and not values.get("Phone"):
        values["Phone"] = values.pop("Other Phone")


def _labelled(types: Collection[str]) -> str:
    """What a number of these types is called."""
    said = next((_(said) for kind, said in _LABELS.items() if kind in types and kind != "WORK"), "")
    if said or not {"HOME", "WORK"} & {*types}:
        return said
    return listed("Home", TELEPHONE) if "HOME" in types else _(_LABELS["WORK"])  # unsaid: marked by its context


def _is_number(line: CardLine) -> bool:
    return line.name == "TEL" or bool(_NUMBER.match(line.name) and _DIALABLE.fullmatch(line.text))


def _label_of_name(name: str) -> str:
    """X-CUSTOM-NUMBER is Custom."""
    return re.sub(r"^X-|-?(?:NUMBER|PHONE|TEL)$", "", name).replace("-", " ").capitalize() if name != "TEL" else ""


def _labels(card: Card) -> dict[str, str]:
    """How the lines of each group are called: Hut, or `_$!<HomePage>!$_`."""
    found: dict[str, str] = {}
    for line in card.lines:
        if line.name == "X-ABLABEL" and line.group:
            label = re.sub(r"^_\$!<(.*)>!\$_$", r"\1", line.text).replace(":", " ")
            found[line.group] = f"{found[line.group]}, {label}" if line.group in found else label
    return found


def _take_mails(card: Card, person: _Person) -> None:
    for mail in sorted((line for line in card.lines if line.name == "EMAIL"), key=_rank):
        text = re.sub(r"^mailto:", "", mail.text, flags=re.I)
        if not person.values.get("Email"):
            person.values["Email"] = text
        elif text and text.lower() != person.values["Email"].lower():
            person.notes.append(_note(_("Email"), mail, text))


def _take_addresses(card: Card, person: _Person) -> None:
    for address in sorted((line for line in card.lines if line.name == "ADR"), key=_rank):
        parts = [*address.parts(), *[""] * 7]
        held = {title: _joined([parts[place] for place in places]) for title, places in _PLACE}
        if not any(person.values.get(title) for title, _places in _PLACE):
            person.values.update(held)
        elif any(held.values()):
            person.notes.append(_note(_("Address"), address, ", ".join(part for part in held.values() if part)))


def _tell_the_rest(card: Card, person: _Person, labels: dict[str, str]) -> None:
    """Everything nobody has taken: nothing vanishes without a word."""
    used: set[str] = set()
    given = {person.values.get("Title"), person.values.get("Website")}
    for line in card.lines:
        text = line.text
        if line.name in ("N", "FN"):
            _tell_name(_joined(line.parts()), person)
        label = labels.get(line.group, "")
        if label.upper() not in _USUAL and (line.name in ("EMAIL", "ADR") or (line.name == "URL" and text in given)):
            person.tell(_("Labels"), f"{label}: {_joined(line.parts())}")
        if line.name in _READ | _ABOUT_THE_CARD or _is_number(line):
            continue
        if line.name in PICTURES:
            (person.tell if text else person.lose)(_("Pictures, sounds and keys"), text)
        elif line.name == "ORG" and line.name not in used:
            used.add(line.name)
        elif line.name in ("TITLE", "ROLE", "URL") and text in given:
            given.discard(text)
        elif text.strip(" ;"):
            what = _(_NO_FIELD[line.name]) if line.name in _NO_FIELD else _title(line.name)
            person.tell(what, f"{label}: {text}" if label else text)
    if card.spoilt:
        person.lose(_("Pictures, sounds and keys"))


def _tell_name(text: str, person: _Person) -> None:
    """A name that says more than first and last name do, such as a stage name."""
    held = " ".join([*person.values.values(), *(told.text for told in person.beside)])
    if not {*_words(text)} <= {*_words(held)}:
        person.tell(_("Further names"), text)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))


def _title(name: str) -> str:
    return name.removeprefix("X-").replace("-", " ").capitalize()


def _rank(line: CardLine) -> int:
    preferred = next(iter(line.params.get("PREF", [])), "")
    return int(preferred) if preferred.isdecimal() and len(preferred) < 5 else 0 if "PREF" in line.types else 101


def _note(field: str, line: CardLine, text: str) -> str:
    """What has no field of its own, with what the card says of it: “Email (work): ann@example.com”."""
    kinds = sorted(word.lower() for word in line.types - {"VOICE", "PREF", "INTERNET"} if word.isalpha())
    return f"{field} ({', '.join(kinds)}): {text}" if kinds else f"{field}: {text}"


def _first(card: Card, *names: str) -> str:
    return next((line.text for line in card.lines if line.name in names and line.text), "")


def _parts(card: Card, name: str) -> list[str]:
    found = next((line for line in card.lines if line.name == name and line.value.strip(" ;")), None)
    return [_joined([part]) for part in found.parts()] if found else []


def _joined(parts: Sequence[str]) -> str:
    return " ".join(word for part in parts for word in part.split())
