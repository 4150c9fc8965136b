"""Links of an imported row: the record meant by a number or by a name, and the ones that are to be made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from channergy_crm import access, work
from channergy_crm.errors import Mistake
from channergy_crm.fields.imported import Number, source_of
from channergy_crm.language import _, counted, one
from channergy_crm.records import Operator, those
from channergy_crm.services import rights
from channergy_crm.text.companies import without_form
from channergy_crm.text.folding import fold
from channergy_crm.transfer.importing.beginnings import always
from channergy_crm.transfer.importing.matching import brought
from channergy_crm.work import bulk

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.fields import Kind
    from channergy_crm.transfer.importing.plan import MissingLinks
    from channergy_crm.work.record import Record

PLACES = 3  # names of one record, the best one first; those of a record that speaks for it stand with the last

NUMBER_WORDS = {"id", "ids", "uuid", "guid", "key", "ref", "number", "no", "nr", "#"}  # unsaid: end titles in files

BRINGS = (("opportunity", "account"), ("account", "customer"))


def links_for(kind: Kind[object], missing: MissingLinks, operator: str, title: str = "") -> Links:
    """What finds the records that rows name in this field; `title` is that of their column."""
    numbered = work.key_field(kind.linked_to).counted
    return Links(kind, missing, operator, title) if numbered else Operators(kind, missing, operator)


class Links:
    """Finds the records of one type that rows name, and makes the missing ones where that is wanted.

    Until they are made, the missing ones have negative numbers: -1, -2, …
    """

    def __init__(self, kind: Kind[object], missing: MissingLinks, operator: str, title: str = "") -> None:
        self.kind, self._title = kind, title
        self._theirs: dict[str, dict[object, set[str]]] = {}  # other programs' numbers: whose they are, by which titles
        self._by_theirs = _names_a_number(title) and not _is_own(kind, title)
        self.target: type[Record] = kind.linked_to
        self.made: dict[str, str] = {}  # by the folded name, the name as it was written
        self._missing = missing
        self._operator = operator
        self._called = self.target.about.called_by()
        new: Any = self.target.kind(self._called.new) if self._called.new else None
        self._longest: int = new.limit if new is not None else 0
        self._keys: set[object] = set()
        self._names: list[dict[str, object]] = [{} for _place in range(PLACES)]
        self._places: dict[str, object] = {}
        self._cores: dict[str, list[tuple[str, object]]] = {}  # without the legal form; the form, and who has it
        self._silent: dict[type[Record], dict[str, object]] = {}  # of those who may speak, who speak for nobody yet
        self._read()

    def _read(self) -> None:
        key, names = work.key_field(self.target), self._called.names
        fields = [self.target.kind(name) for name in self._called.fields]
        rows = self.target.select(key, *fields).order_by(key)
        for number, *values in rows.tuples().iterator():
            self._keys.add(number)
            for place, name in enumerate(names(*(value or "" for value in values))):
                self._note(place, name, number)
        for record in (self.target, *speakers(self.target)):
            self._read_numbers(record)
        for other in speakers(self.target):
            self._read_speakers(other, self._silent.setdefault(other, {}))

    def _read_numbers(self, record: type[Record]) -> None:
        """What other programs call them by, in the files they came from (F-0)."""
        imported = brought(record)
        if imported is None:
            return
        mine = work.key_field(record) if record is self.target else record.kind(record.about.speaks_for)
        called = record.about.called_by()
        rows = record.select(mine, imported, *map(record.kind, called.fields)).where(imported.given())
        for key, held, *values in rows.tuples().iterator():
            *_longer, short = called.names(*(value or "" for value in values))
            for number in imported.numbers(held):
                self._theirs.setdefault(number.loose, {}).setdefault(key or short, set()).add(number.source)

    def _by_number(self, text: str) -> object:
        """The record that another program calls by this number; of several the one whose numbers had this title.

        A text is the name of one that speaks for nobody yet, such as an account without a customer.
        """
        found = self._theirs.get(Number("", text).loose, {})
        if len(found) > 1:
            wanted = source_of(self._title)
            found = {key: sources for key, sources in found.items() if wanted in sources} or found
        return self._only(list(found), text) if found else None

    def _read_speakers(self, other: type[Record], silent: dict[str, object]) -> None:
        """A customer is also called like its account; an account without one can get it."""
        called, key, link = other.about.called_by(), work.key_field(other), other.kind(other.about.speaks_for)
        rows = other.select(key, link, *map(other.kind, called.fields)).order_by(key)
        for number, meant, *values in rows.tuples().iterator():
            *_longer, short = called.names(*(value or "" for value in values))
            if meant is None:
                silent.setdefault(_plain(short), number)
            else:
                self._note(PLACES - 1, short, meant)

    def _note(self, place: int, name: str, key: object) -> None:
        if folded := _plain(name):
            self._note_core(name, key)
            held = self._names[place].setdefault(folded, key)
            if held != key:
                self._names[place][folded] = [*(held if isinstance(held, list) else [held]), key]

    def _note_core(self, name: str, key: object) -> None:
        core, form = without_form(name)
        self._cores.setdefault(core, []).append((form, key))

    def _by_core(self, text: str) -> object:
        """The only one called so but for the legal form; two that have different ones are two."""
        core, form = without_form(text) if self._called.new else ("", "")
        found = {key for other, key in self._cores.get(core, ()) if not form or not other or form == other}
        return found.pop() if len(found) == 1 else None

    def find(self, text: str) -> object:
        """The key of the record meant, a placeholder for one that is to be made, or None for one to be left out.

        `Mistake` says that there is none, or that several are called like that.
        """
        if self._by_theirs and (self._theirs or (_says_id(self._title) and brought(self.target) is not None)):
            # A number of another program is never taken for one of ours: both count from 1.
            found = self._by_number(text) or self._names_of(text) or self._unnumbered(text)
            return self._spoken_for(found) if isinstance(found, str) else found
        if text.isascii() and text.isdigit() and int(text) in self._keys:
            return int(text)
        return self._by_name(text)

    def _by_name(self, text: str) -> object:
        folded = _plain(text)
        for names in self._names:
            if found := names.get(folded):
                return self._only(found, text) if isinstance(found, list) else found
        if folded in self._places:
            return self._places[folded]
        if (found := self._by_core(text)) is not None:
            return found
        number = self._by_number(text)
        return number if isinstance(number, int) else self._absent(text, folded)

    def _names_of(self, text: str) -> object:
        """Who is called so, where a column of numbers holds a name."""
        folded = "" if text.isdigit() else _plain(text)
        found = next((names[folded] for names in self._names if folded in names), None)
        return self._only(found, text) if isinstance(found, list) else found

    def _spoken_for(self, name: str) -> object:
        """The customer an account that is there gets, whatever becomes of names that are not there."""
        missing, self._missing = self._missing, "create"
        try:
            return self._by_name(name)
        finally:
            self._missing = missing

    def _unnumbered(self, text: str) -> object:
        """A number that nobody has is no name: nothing is made of it."""
        if self._missing == "skip":
            return None
        raise Mistake(self._sentence(text))

    def _only(self, found: list[object], text: str) -> object:
        if (count := len(set(found))) > 1:
            several = counted(self.target, count)
            raise Mistake(_("{records} are called {name}; give the number.").format(records=several, name=text))
        return found[0]

    def _absent(self, text: str, folded: str) -> object:
        if self._missing == "skip":
            return None
        fits = len(text) <= self._longest and "\0" not in text
        if self._missing == "report" or text.isdigit() or not folded or not fits:
            raise Mistake(self._sentence(text))
        self.made[folded] = " ".join(text.split())
        self._places[folded] = self._place_of(text)
        self._note_core(text, self._places[folded])
        return self._places[folded]

    def _sentence(self, text: str) -> str:
        return _("There is no {record} {name}.").format(record=one(self.target), name=text)

    def _place_of(self, name: str) -> int | str:
        """What stands for a missing one until it is made."""
        return -len(self.made)

    def make(self, unit: work.Unit) -> dict[object, object]:
        """Make the missing ones that were asked for; what their placeholders stand for."""
        if not self.made:
            return {}
        names = list(self.made.values())
        keys = self._write(unit, self.target, [self._new(self.target, name) for name in names])
        for other in self._silent if self.kind.required else ():  # one that nobody speaks for is in nobody's lists
            self._give_speakers(unit, other, names, keys)
        return dict(zip((self._places[folded] for folded in self.made), keys, strict=True))

    def _give_speakers(self, unit: work.Unit, other: type[Record], names: list[str], keys: list[int]) -> None:
        new, link = [], other.about.speaks_for
        for name, key in zip(names, keys, strict=True):
            held = other.find(self._silent[other].get(_plain(name)))
            if held is None:
                new.append({**self._new(other, name), link: key})
            else:
                setattr(held, link, key)
                held.save()
        self._write(unit, other, new)

    def _new(self, record: type[Record], name: str) -> dict[str, object]:
        return {record.about.called_by().new: name, **always(record, self._operator)}

    def _write(self, unit: work.Unit, record: type[Record], rows: list[dict[str, object]]) -> list[int]:
        many, keys = bulk.Many(record), list(bulk.reserve(record, len(rows)))
        many.insert(unit, [many.row(row) for row in rows], keys)
        return keys


class Operators(Links):
    """The same for operators: they have an ID instead of a number, and an administrator lets them in."""

    def _read(self) -> None:
        everybody: list[Operator] = access.operators(retired=True)
        if self.kind.assigning:  # a group may own, too (K15)
            everybody += [each for each in access.owners() if each.group]
        self._taken = {each.id for each in everybody} | {part.upper() for part in rights.Program}
        for each in everybody:
            for place, name in enumerate(self._called.names(each.id, each.name) if each.active else ()):
                self._note(place, name, each.id)

    def _sentence(self, text: str) -> str:
        return _("There is no active operator {name} in this office.").format(name=text)

    def _place_of(self, name: str) -> str:
        """A short ID for a new operator: Moses Frase is MFRASE, a second one MFRASE2."""
        words = re.findall(r"[A-Z0-9]+", re.sub(r"[^\x00-\x7f]", "", fold(name)).upper()) or ["NEW"]
        short = ("".join(word[0] for word in words[:-1]) + words[-1])[:8]
        found: str = next(each for each in (short, *(f"{short}{n}" for n in range(2, 100))) if each not in self._taken)
        self._taken.add(found)
        return found

    def make(self, unit: work.Unit) -> dict[object, object]:
        """Let the missing ones in; their placeholders are their IDs."""
        if self.made:
            rights.require(self._operator, "administer")
        for folded, name in self.made.items():
            Operator(id=self._places[folded], name=name, active=True).save(force_insert=True)
        return {}


def _names_a_number(title: str) -> bool:
    """Whether a column seems to hold the numbers of records rather than their names: Account ID, AccountId."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", title).replace("_", " ").lower().split()
    return bool(words) and words[-1].strip("()#.:") in NUMBER_WORDS


def _says_id(title: str) -> bool:
    return _names_a_number(title) and title.strip().lower().rstrip(")s").endswith(("id", "guid"))


def _is_own(kind: Kind[object], title: str) -> bool:
    """Whether the column is called just like our own field: it holds our numbers."""
    return source_of(title) in {source_of(each) for each in (kind.name, kind.label, kind.column_name)}


def speakers(record: type[Record]) -> list[type[Record]]:
    """The record types that are shown instead of these: accounts for customers."""
    return those(lambda other: other.about.speaks_for and other.kind(other.about.speaks_for).linked_to is record)


def links_of(record: type[Record]) -> dict[str, Any]:
    """The fields of a record that point at another one, and are not read like any other field."""
    return {name: kind for name, kind in record.kinds().items() if kind.linked_to is not None and not kind.reads_names}


def carried(record: type[Record]) -> Callable[[dict[str, Any]], None]:
    """What a link brings with it: a task of an opportunity is of its account, and of that account's customer."""
    links = links_of(record)
    if record.about.keeps_links or not {"account", "customer"} <= links.keys():
        return lambda values: None
    steps = [
        (name, wanted, links[name].rel_model, {}) for name, wanted in BRINGS if name in links
    ]  # type: list[tuple[str, str, type[Record], dict[int, int | None]]]  # fmt: skip

    def carry(values: dict[str, Any]) -> None:
        for name, wanted, other, held in steps:
            key = values.get(name)
            if key and key > 0 and not values.get(wanted):
                values[wanted] = _once(held, other, key, other.kind(wanted))

    return carry


def _once(held: dict[int, int | None], record: type[Record], key: int, wanted: Kind[object]) -> int | None:
    if key not in held:
        held[key] = record.select(wanted).where(work.key_field(record) == key).scalar()
    return held[key]


def _plain(name: str) -> str:
    return fold(" ".join(name.split()))
