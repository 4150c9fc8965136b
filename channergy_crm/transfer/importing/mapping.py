"""Which column of a file is which field: by the field's own names, or by what other programs call it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.errors import Mistake
from channergy_crm.fields import Kind
from channergy_crm.language import N_, _, everywhere, source
from channergy_crm.text import vocabulary
from channergy_crm.text.folding import fold
from channergy_crm.text.vocabulary import FULL_NAME
from channergy_crm.transfer.importing import joining, optouts, tagging
from channergy_crm.work.record import Record, until_fields_change

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from collections.abc import Mapping as Names

    from channergy_crm.fields import Kind

JOINED = {"address": " ", "notes": "\n"}  # several columns may go into these
EXACT = 9  # so far-fetched, and only to the letter: the number of the customer is not that of the deal
LINK_ENDS = ("id", "ids", "uuid", "guid", "key", "ref")  # what is behind a link's name where it holds numbers
NEXT = {"phone": "other_phone", "other_phone": "phone"}  # where a second value of the same meaning goes
FURTHER = "more_phones"  # and those after the second
BESIDE = {
    FULL_NAME: N_("Full name"),
    **optouts.SAID,
    tagging.TAGS: tagging.SAID,
    joining.CAMPAIGN: joining.SAID,
}  # no fields, but a column can go there

# Words that say whose or which one, and nothing about the field: "Business Phone", "E-mail 1 - Value", "Lead: City".
NOISE_WORDS = """
business work company office billing mailing main primary default preferred contact person lead customer client number
no nr nbr value line 1 2 geschaftlich buro haupt kunde kunden firma professionnel principal bureau oficina
"""  # unsaid: the words of other programs
MARKS = frozenset(
    ["required", "optional", "mandatory", "pflichtfeld", "pflicht", "obligatoire", "obligatorio"]
)  # unsaid: the same
NOISE = frozenset(NOISE_WORDS.split()) | MARKS


class Mapping(NamedTuple):
    """Which column goes where: places in the file and python names, and the titles nobody could place."""

    columns: list[tuple[int, str]]
    unmapped: list[str]

    @property
    def names(self) -> set[str]:
        """The fields the file fills."""
        return {name for _place, name in self.columns}


def match(
    titles: Sequence[str], record: type[Record], empty: Collection[int] = (), program: Names[str, str] | None = None
) -> Mapping:
    """Place the columns of a file. Better fits go first; of two equal ones the left one.

    Several columns may go to one field: row by row the first that says something fills it (F-28). Where only one can,
    such as to a link, one of the `empty` columns comes last. `program` is what the program that wrote the file calls
    its columns.
    """
    known = _known(record)
    theirs = {_plain(title): (name, -1) for title, name in (program or {}).items()}
    guesses = [(place, *(theirs.get(_plain(title)) or _guess(title, known))) for place, title in enumerate(titles)]
    taken: dict[int, str] = {}
    fitting = [guess for guess in guesses if guess[1]]  # of some columns one knows that they go nowhere
    for place, name, far in sorted(fitting, key=lambda guess: (guess[0] in empty, guess[2])):
        if name not in taken.values() or (takes_more(record, name) and (far < 2 or _reaches(record, name))):
            taken[place] = name
    _settle(taken)
    columns = [(place, taken[place]) for place in sorted(taken)]
    unmapped = [titled(title, place) for place, title in enumerate(titles) if place not in taken]
    return Mapping(columns, unmapped)


def takes_more(record: type[Record], name: str) -> bool:
    """Whether several columns may go there: to whatever says something of the record, not to what it is linked to."""
    kind = record.kinds().get(name)
    if kind is None:
        return name in (*optouts.SAID, tagging.TAGS, joining.CAMPAIGN)
    return kind.linked_to is None and not kind.counted and not kind.required


def _reaches(record: type[Record], name: str) -> bool:
    """Whether it says how somebody is reached, of which there are often several: Business Phone 2."""
    kind = record.kinds().get(name)
    return kind is not None and kind.written_as in ("phones", "emails", "sites")


def in_order(columns: Names[int, str], titles: Sequence[str], record: type[Record]) -> list[tuple[int, str]]:
    """Columns and their fields, those first that are called just like the field."""
    known = _known(record)
    far = {place: _guess(titles[place], known)[1] if place < len(titles) else 0 for place in columns}
    return sorted(columns.items(), key=lambda column: (far[column[0]], column[0]))


def titled(title: str, place: int) -> str:
    """What people call a column: its title, or which one it is."""
    return title or _("Column {number}").format(number=place + 1)


def _settle(taken: dict[int, str]) -> None:
    """What depends on the other columns: which name "Name" is, and that the only phone is the phone."""
    names = set(taken.values())
    for place, name in list(taken.items()):
        if name == FULL_NAME and "first_name" in names and "last_name" not in names:
            taken[place] = "last_name"
        elif name == FULL_NAME and names & {"first_name", "last_name"}:
            del taken[place]
        elif name == "other_phone" and "phone" not in names:
            taken[place] = "phone"


def _guess(title: str, known: dict[str, tuple[str, int]]) -> tuple[str, int]:
    """The field a title means, and how far-fetched that is; '' when it means none."""
    if found := known.get(_plain(title)):
        return found
    words = re.findall(r"[^\W_]+", re.sub(r"([a-z])([A-Z0-9])", r"\1 \2", title))
    for dropped in (MARKS, NOISE - {"1", "2"}, NOISE):
        rest = "".join(word for word in map(fold, words) if word not in dropped)
        if (found := known.get(rest)) and found[1] < EXACT:
            return found[0], found[1] + 2
    return "", 0


@until_fields_change
def _known(record: type[Record]) -> dict[str, tuple[str, int]]:
    """Every spelling of every field that may be filled from a file, and whether it is its own name (0) or another (1).

    Earlier entries win: a field's own name is never taken away by another's synonym.
    """
    kinds = {name: kind for name, kind in record.offered().items() if _is_offered(record, kind)}
    found: dict[str, tuple[str, int]] = {}
    for name, kind in kinds.items():
        for spelling in (name, kind.label, source(kind, "label"), kind.column_name):
            found.setdefault(_plain(spelling), (name, 0))
    for name, kind in kinds.items():
        for former in kind.called_before:
            found.setdefault(_plain(former), (name, 0))
    wanted = {*kinds, *([FULL_NAME] if {"first_name", "last_name"} <= kinds.keys() else [])}
    own = [(name, kind.synonyms) for name, kind in kinds.items()]
    for name, words in (*own, *vocabulary.SYNONYMS.items()):
        for word in words if name in wanted else ():
            found.setdefault(_plain(word), (name, EXACT if name in kinds and kinds[name].brought else 1))
    for name, kind in kinds.items():
        for said in everywhere(source(kind, "label")):
            found.setdefault(_plain(said), (name, 1))
    for spelling, (name, far) in list(found.items()):
        if kinds.get(name) is not None and kinds[name].linked_to is not None:
            for word in LINK_ENDS:
                found.setdefault(f"{spelling}{word}", (name, far + 2))
    for spelling, name in optouts.KNOWN.items() if optouts.concerns(record) else ():
        found.setdefault(spelling, (name, 1))
    for word in tagging.KNOWN.split() if tagging.concerns(record) else ():
        found.setdefault(word, (tagging.TAGS, 1))
    for word in joining.KNOWN.split() if joining.concerns(record) else ():
        found.setdefault(word, (joining.CAMPAIGN, 1))
    return found


def _is_offered(record: type[Record], kind: Kind[object]) -> bool:
    return not kind.system or kind.brought or kind.told or (kind.linked_to is not None and not record.about.keeps_links)


def targets(record: type[Record]) -> dict[str, str]:
    """What a column may be mapped to when somebody says so: python names, and how people call them."""
    kinds = record.offered().items()
    found = {name: kind.label for name, kind in kinds if not kind.kept}
    named = {"first_name", "last_name"} <= found.keys()
    more = [*([FULL_NAME] if named else []), *(optouts.SAID if optouts.concerns(record) else ()),
            *([tagging.TAGS] if tagging.concerns(record) else []),
            *([joining.CAMPAIGN] if joining.concerns(record) else [])]  # fmt: skip
    return {**found, **{name: _(BESIDE[name]) for name in more if name not in found}}


def target(record: type[Record], said: str) -> str:
    """The field somebody means by its python name, its label or its column. `Mistake` when there is none."""
    kinds = record.kinds()
    for name, label in targets(record).items():
        column = kinds[name].column_name if name in kinds else name
        if _plain(said) in (_plain(name), _plain(label), _plain(column)):
            return name
    sentence = _("{records} have no field {field}. They have {fields}.")
    raise Mistake(sentence.format(records=record.plural, field=said, fields=", ".join(targets(record))))


_CONTENTS = {
    "email": re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+"),
    "website": re.compile(r"(?:https?://|www\.)\S+", re.I),
    "phone": re.compile(r"(?=.*[ ()+./-])(?=(?:\D*\d){9})\+?[ (]*\d[\d ()./-]{6,18}\d(?: ?(?:x|ext\.?) ?\d+)?"),
}


def by_contents(mapping: Mapping, rows: Sequence[Sequence[str]], record: type[Record]) -> Mapping:
    """Place columns whose titles say nothing by what stands in them: e-mail addresses, web sites, phone numbers."""
    columns, offered = dict(mapping.columns), {name for name, _far in _known(record).values()}
    width = max((len(row) for row in rows), default=0)
    for place in (place for place in range(width) if place not in columns):
        cells = [row[place].strip() for row in rows if place < len(row) and row[place].strip()]
        for name, sign in _CONTENTS.items():
            free = next((each for each in (name, NEXT.get(name)) if each in offered - set(columns.values())), None)
            if free and cells and sum(bool(sign.fullmatch(cell)) for cell in cells) > 0.8 * len(cells):
                columns[place] = free
                break
    return Mapping(sorted(columns.items()), mapping.unmapped)


def _plain(title: str) -> str:
    """Letters and figures only: "E-Mail " and "email" are the same."""
    return re.sub(r"[\W_]+", "", fold(title))
