"""Looking for something everywhere: words in any order, digits of a phone, the number of a record (VT-44, BX-17)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import peewee

from channergy_crm import phones
from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.query import words as search
from channergy_crm.records import Account, those
from channergy_crm.records.belonging import in_project
from channergy_crm.services import reading, rights
from channergy_crm.store import database, trigrams
from channergy_crm.text.folding import fold, plain_signs, spellings
from channergy_crm.work import key_field
from channergy_crm.work.record import assigning

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from channergy_crm.store.reader import Reader, Row
    from channergy_crm.work.about import About
    from channergy_crm.work.record import Record

SHOWN = 6  # of one record type
LOOKED_AT = 750
PHONE = re.compile(r"[0-9 ()+./-]*[0-9][0-9 ()+./-]*")
DIGITS_OF_A_PHONE = 7

Term = tuple[str, ...]
"""one word, in every spelling it may be found by"""


@dataclass(frozen=True)
class Place:
    """Where to look: the records of one type, as this type says of itself."""

    record: type[Record]

    @property
    def about(self) -> About:
        """What the record type says of itself."""
        return self.record.about

    @property
    def columns(self) -> list[str]:
        """Everything that is read of one row."""
        about = self.about
        searched = [name for name, kind in self.record.kinds().items() if kind.searched]
        return list(dict.fromkeys([*about.title, *about.detail, *searched, *about.standing]))


@dataclass(frozen=True)
class Hit:
    """One record that was found: its name, what else tells it apart, and whose it is when it is not one's own."""

    place: Place
    key: int
    title: str
    detail: str
    owner: str
    standing: str


@dataclass(frozen=True)
class Group:
    """What was found of one record type, best first; `more` of the operator's own are not shown."""

    place: Place
    hits: Sequence[Hit]
    more: int = 0
    others: int = 0
    counted: bool = True
    """False: there are even more"""
    rank: tuple[bool, bool, int] = (False, False, 0)
    """how good the best of it is: somebody else's, over and done with, how far from the start of the name"""


class _Found(NamedTuple):
    rank: tuple[bool, bool, int]
    name: str
    key: int
    owner: str
    values: dict[str, object]


class _Asked(NamedTuple):
    """What is looked for: words, the record of a number; by whom, and within which project."""

    terms: list[Term]
    number: int | None
    operator: str
    project: int | None
    shown: int


def places() -> list[Place]:
    """Everywhere something is looked for."""
    return [Place(record) for record in those(lambda record: record.about.title)]


def read(text: str) -> list[Term]:
    """The words somebody looks for. A phone number typed in pieces is one word: its digits."""
    text = plain_signs(text).strip()
    digits = re.sub(r"\D", "", text)
    if PHONE.fullmatch(text) and len(digits) >= DIGITS_OF_A_PHONE:
        at_home = re.sub(r"\D", "", phones.show(text, database.region()))  # without the office's own country code
        return [tuple(dict.fromkeys([digits, *(way for way in (at_home, digits.lstrip("0")) if len(way) > 4)]))]
    terms = [search.spellings_of(word) for word in text.split()]
    return [term for term in dict.fromkeys(terms) if all(term)]


def number(text: str) -> int | None:
    """The record number that is meant by `#12` or `12`."""
    plain = text.strip().removeprefix("#").strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 10 else None


def find(
    reader: Reader, text: str, operator: str, project: int | None = None, shown: int = SHOWN
) -> Iterator[list[Group]]:  # fmt: skip
    """What is found for a text, the best group first; then once more when looking longer has found better ones.

    The operator's own records come first; Security being off, those of others follow with their owner's name. With a
    project nothing is found that belongs to another one, or to none, though it could (SI-8). At most `shown`
    of each type.
    """
    rights.require(operator, "search")
    terms, wanted = read(text), number(text)
    only_number = text.strip().startswith("#")
    if not any(len(way) > 1 for term in terms for way in term) and wanted is None:
        yield []
        return
    asked = _Asked([] if only_number else terms, wanted, operator, project, shown)
    looks = [_Look(reader, place, asked) for place in places()]
    for look in looks:
        look.first()
    yield _groups(looks)
    if [look for look in looks if look.longer()]:
        yield _groups(looks)


def destination(hit: Hit, by: str) -> tuple[str, object]:
    """Where a record is opened: the page and the number."""
    held = reading.find(hit.place.record, hit.key, by)
    if held is None:
        raise Mistake(_("{name} is not there any more.").format(name=hit.title))
    return hit.place.record.opened_at(hit.key, hit.title)


def owner_of(record: type[Record]) -> peewee.Node:
    """Whose a row is: its owner's, or that of the account it belongs to."""
    if (owner := record.owner_kind()) is not None:
        return owner
    customer = record.kind("customer") if "customer" in record._meta.fields else key_field(record)
    of_account = Account.select(Account.owner).where(Account.customer == customer)
    own = assigning(record)
    return of_account if own is None else peewee.fn.COALESCE(own, of_account)


def _groups(looks: list[_Look]) -> list[Group]:
    groups = [look.group() for look in looks if look.found]
    return sorted(groups, key=lambda group: group.rank)


class _Look:
    """Looking for one text in one record type."""

    def __init__(self, reader: Reader, place: Place, asked: _Asked) -> None:
        operator = asked.operator
        self._reader, self._place, self._terms, self._wanted = reader, place, asked.terms, asked.number
        self._here = in_project(place.record, asked.project)
        self._record, self._kept = place.record, rights.hidden(place.record, operator)
        self._columns = [name for name in place.columns if name not in self._kept]
        self._key = key_field(place.record)
        self._mine = rights.visible(place.record, operator)
        self._operator, self._shown = operator, asked.shown
        self._words = trigrams.words_table(place.record._meta.table_name)
        self._cut = False
        self.found: dict[object, _Found] = {}

    def first(self) -> None:
        """What the index finds at once, the newest of it, and the record of that number."""
        if self._wanted is not None:
            self._take(self._select().where(self._key == self._wanted), exact=True)
        if not self._terms:
            return
        table = self._record._meta.table_name
        if self._reader.rows(f'SELECT 1 FROM "{table}" WHERE "SearchText" IS NULL LIMIT 1'):  # noqa: S608
            self._take(self._unprepared().limit(LOOKED_AT))
        asked = trigrams.matching(self._terms) if self._words else ""
        if self._words and not (asked and self._is_known(asked)):
            return
        query = self._through_index(asked) if asked else self._holding()
        self._cut = self._take(query.limit(LOOKED_AT)) == LOOKED_AT

    def _is_known(self, asked: str) -> bool:
        """Asked before the long question is put together, which takes longer than this answer."""
        words = self._words
        return bool(self._reader.rows(f'SELECT 1 FROM "{words}" WHERE "{words}" MATCH ? LIMIT 1', (asked,)))  # noqa: S608

    def longer(self) -> bool:
        """Look where the first look did not reach; tells whether that found anything."""
        before = len(self.found)
        if (
            self._words
            and self._terms
            and len(self.found) < self._shown
            and min(len(way) for term in self._terms for way in term) < 3
        ):
            self._cut = self._take(self._holding().limit(LOOKED_AT)) == LOOKED_AT
        elif self._cut and self._own() < self._shown:
            self._take(self._holding().where(self._mine).limit(self._shown * 8))
        return len(self.found) > before

    def _select(self) -> peewee.ModelSelect[Record]:
        record = self._record
        own = peewee.Case(None, [(self._mine, 1)], 0)
        query = rights.rows(record, self._operator, self._key, own, owner_of(record), record.kind("search_text"),
                              *(record.kind(name) for name in self._columns))  # fmt: skip
        only = self._place.about.only
        if self._here is not None:
            query = query.where(self._here)
        return query.where(record.kind(only)) if only else query

    def _holding(self) -> peewee.ModelSelect[Record]:
        query = self._select()
        for term in self._terms:
            query = query.where(search.in_text(self._record, term))
            if self._kept:
                query = query.where(search.in_shown(self._record, term[0], self._kept))
        return query

    def _through_index(self, asked: str) -> peewee.ModelSelect[Record]:
        words = peewee.Table(str(self._words))
        joined = peewee.Join(words, self._record, peewee.JOIN.CROSS, on=(self._key == words.c.rowid))
        fits = peewee.SQL(f'"{self._words}" MATCH ?', (asked,))  # sql: the name of our own index
        return self._holding().from_(joined).where(fits).order_by(words.c.rowid.desc())

    def _unprepared(self) -> peewee.ModelSelect[Record]:
        query = self._select().where(self._record.kind("search_text").is_null())
        for term in self._terms:
            query = query.where(search.in_fields(self._record, term[0], self._kept))
        return query

    def _take(self, query: peewee.ModelSelect[Record], *, exact: bool = False) -> int:
        rows = self._reader.rows(*query.sql())
        for row in rows:
            if row[0] not in self.found:
                self.found[row[0]] = self._judged(row, exact)
        return len(rows)

    def _judged(self, row: Row, exact: bool) -> _Found:
        key, own, owner, text, *rest = row
        values = dict(zip(self._columns, rest, strict=True))
        title = " ".join(values[name] for name in self._place.about.title if values[name])
        how = 0 if exact else 1 + _closeness(spellings(title), text or "", self._terms)
        rank = (not own, any(values[name] for name in self._place.about.standing), how)
        return _Found(rank, fold(title), key, "" if own else owner or "", values)

    def _own(self) -> int:
        return sum(not found.rank[0] for found in self.found.values())

    def group(self) -> Group:
        """The best of what was found."""
        ordered = sorted(self.found.values(), key=lambda found: (found.rank, found.name, -found.key))
        shown, own = ordered[: self._shown], self._own()
        own_shown = sum(not found.rank[0] for found in shown)
        others = len(ordered) - own - (len(shown) - own_shown)
        hits = [self._named(found) for found in shown]
        return Group(self._place, hits, own - own_shown, others, not self._cut, shown[0].rank)

    def _named(self, found: _Found) -> Hit:
        record, values, place = self._record, found.values, self._place
        title = record(**values, **{self._key.name: found.key}).caption()
        detail = [said for name in place.about.detail if (said := str(values.get(name) or "")) and said not in title]
        seen = spellings(" ".join([title, *detail]))
        digits = re.sub(r"\D", "", seen)
        unseen = [term for term in self._terms if not any(way in seen or way in digits for way in term)]
        detail += [piece for term in unseen if (piece := self._where(values, term))]
        standing = next((record.kind(name).label for name in place.about.standing if values[name]), "")
        return Hit(place, found.key, title, " · ".join(dict.fromkeys(detail)), found.owner, standing)

    def _where(self, values: dict[str, object], term: Term) -> str:
        """A short piece of the field in which a word stands."""
        for value in values.values():
            text = " ".join(str(value or "").split())
            for way in term:
                at = spellings(text).find(way)
                if at >= 0:
                    start = max(0, min(at, len(text)) - 24)
                    return f"{'…' if start else ''}{text[start : start + 64]}{'…' if start + 64 < len(text) else ''}"
        return ""


def _closeness(title: str, text: str, terms: list[Term]) -> int:
    """The smaller, the better: the name starts with it, a word of the name does, any word does, it stands inside."""
    total = 0
    for term in terms:
        if any(title.startswith(way) for way in term):
            continue
        if any(f" {way}" in title for way in term):
            total += 1
        else:
            total += 2 if any(f" {way}" in f" {text}" for way in term) else 3
    return total


def marks(text: str, terms: Sequence[Term]) -> list[tuple[int, int]]:
    """Where the words stand in a text people read: start and length of each piece, in order."""
    places: list[int] = []
    folded = ""
    for place, letter in enumerate(text):
        plain = fold(letter)
        folded += plain
        places += [place] * len(plain)
    digits = [place for place, letter in enumerate(folded) if letter.isdigit()]
    hit = set()
    for way in (way for term in terms for way in term):
        at = folded.find(way)
        if at >= 0:
            hit.update(places[at : at + len(way)])
        elif way.isdigit() and (at := "".join(folded[place] for place in digits).find(way)) >= 0:
            hit.update(range(places[digits[at]], places[digits[at + len(way) - 1]] + 1))
    return _runs(sorted(hit))


def _runs(places: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and sum(runs[-1]) == place:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((place, 1))
    return runs
