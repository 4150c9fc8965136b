"""Who looks like the one being typed: found by number, address and name while somebody types (BX-9, BX-16)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm import phones
from channergy_crm.query import words as search
from channergy_crm.records import Account, Customer, those
from channergy_crm.services import global_search, rights
from channergy_crm.store import database, trigrams
from channergy_crm.text.likeness import Look, company_letters, company_words, email_key, person_words, reasons
from channergy_crm.work import key_field

if TYPE_CHECKING:
    from channergy_crm.store.reader import Reader, Row
    from channergy_crm.work.record import Record

LOOKED_AT = 300
SHORTEST = 3  # letters of a word that is looked for

Values = Mapping[str, Any]
"""what is typed, by python name"""


def records() -> list[type[Record]]:
    """Those that may stand in the office twice."""
    return those(lambda record: record.about.twice)


class Signs:
    """What the records of one type are known by, asked of their fields."""

    def __init__(self, record: type[Record]) -> None:
        kinds = record.kinds()
        self.record = record
        self.phones = [name for name, kind in kinds.items() if kind.likeness == "phone"]
        self.emails = [name for name, kind in kinds.items() if kind.likeness == "email"]
        self.person = [name for name in ("first_name", "last_name") if name in kinds]
        self.company = next((name for name in ("company", "name") if name in kinds), "")

    @property
    def names(self) -> list[str]:
        """The fields that are looked at, by their python names."""
        return [*self.phones, *self.emails, *self.person, *([self.company] if self.company else [])]

    def columns(self) -> list[peewee.ColumnBase]:
        """What is read of a row to know what it looks like."""
        kind = self.record.kind
        company = [kind(self.company)] if self.company else [self.record.extras()["account_name"].expression]
        numbers = [kind(f"{name}_e164") for name in self.phones]
        return [*numbers, *map(kind, self.emails), *map(kind, self.person), *company]

    def look(self, row: Sequence[str | None]) -> Look:
        """What a row with these columns looks like."""
        numbers, addresses = len(self.phones), len(self.phones) + len(self.emails)
        name = " ".join(text for text in row[addresses:-1] if text)
        return Look(
            frozenset(filter(None, row[:numbers])), frozenset(filter(None, map(_email, row[numbers:addresses]))),
            person_words(name), company_letters(_first_part(row[-1])),
        )  # fmt: skip

    def typed(self, values: Values) -> Look:
        """What somebody has typed so far looks like."""
        region = database.region()
        numbers = [phones.keys(values.get(name) or "", region).e164 for name in self.phones]
        others = [values.get(name) or "" for name in (*self.emails, *self.person, self.company)]
        return self.look([*numbers, *others])


def _email(text: str | None) -> str:
    return email_key(text or "")


def _first_part(name: str | None) -> str:
    """Accounts are called `Company; First Last`."""
    return (name or "").split(";")[0]


class Match(NamedTuple):
    """A record that looks like the one being typed, and what speaks for it."""

    hit: global_search.Hit
    reasons: tuple[str, ...]


def asked(record: Record, typed: Values) -> dict[str, object]:
    """What `like` is asked about a record somebody is typing into: all of a new one, and of another what was changed.

    A name and its company go together. Nothing when nothing of it says who it is.
    """
    signs = Signs(type(record))
    now = {name: typed.get(name, record.__data__.get(name)) or "" for name in signs.names}
    new = {name for name, value in now.items() if value and (record.is_new or value != record.__data__.get(name))}
    called = [*signs.person, signs.company]
    kept = new.union(called) if new.intersection(called) else new
    values = {name: value for name, value in now.items() if name in kept}
    family = {name: record.__data__.get(name) for name in ("number", "account", "customer")}
    return {**family, **values} if new else {}


def like(reader: Reader, record: type[Record], values: Values, by: str) -> list[Match]:
    """Who looks like the record with these values, the likeliest first. What it belongs to is left out.

    `values` hold what is typed, and the numbers of the record itself, its account and its customer if it has them.
    """
    rights.require(by, "search", record)
    signs = Signs(record)
    if not signs.company and any(values.get(name) for name in signs.person):
        values = {**values, "": _company_of(reader, values.get("customer"))}
    typed, words = signs.typed(values), _words(signs, values)
    if typed.says_nothing:
        return []
    found: list[tuple[Match, object]] = []
    for place in global_search.places():
        if place.record.about.twice:
            search_here = _Search(reader, place, typed, words, by)
            found += search_here.matches(_not_its_own(place.record, record, values))
    known = {(_spoken_for(match.hit.place.record), customer) for match, customer in found}
    kept = [match for match, _ in found if (match.hit.place.record, match.hit.key) not in known]
    return sorted(kept, key=lambda match: (-len(match.reasons), bool(match.hit.owner), match.hit.title))


def _spoken_for(record: type[Record]) -> type[Record] | None:
    """Whose customers need not be shown beside it: an account is found, and so is its customer."""
    return record._meta.fields[record.about.speaks_for].rel_model if record.about.speaks_for else None


def _company_of(reader: Reader, customer: object) -> str:
    """What the account of a contact is called."""
    rows = reader.rows(*Account.select(Account.name).where(Account.customer == customer).sql()) if customer else []
    return rows[0][0] if rows else ""


def _words(signs: Signs, values: Values) -> tuple[tuple[str, ...], tuple[str, ...]]:
    name = " ".join(str(values.get(field) or "") for field in signs.person)
    return person_words(name), company_words(_first_part(values.get(signs.company)))


def _not_its_own(place: type[Record], record: type[Record], values: Values) -> list[peewee.ColumnBase]:
    """Neither the record itself nor what belongs to it or it belongs to: those share its number by right."""
    family = {Account: values.get("account"), Customer: values.get("customer"), record: values.get("number")}
    own = [key_field(place) != family[place]] if family.get(place) is not None else []
    links = place._meta.refs if place is not record else []
    numbers = [(link, family.get(link.rel_model)) for link in links]
    return own + [(link != number) | link.is_null() for link, number in numbers if number is not None]


class _Search:
    """Looking in one record type for those who look like what is typed."""

    def __init__(
        self, reader: Reader, place: global_search.Place, typed: Look, words: tuple[tuple[str, ...], ...], by: str
    ) -> None:
        self._reader, self._place, self._by = reader, place, by
        self._record, self._signs = place.record, Signs(place.record)
        person, company = words
        if not self._signs.person:  # an account may be called like a person
            self._typed = typed._replace(person=(), company=typed.company or "".join(person))
            self._words = company or person
        else:
            self._typed = typed
            self._words = (*person, *company) if self._signs.company else person

    def matches(self, conditions: list[peewee.ColumnBase]) -> list[tuple[Match, object]]:
        """Those that look like it, with the customer each belongs to."""
        listed = self._record.listed()
        base = self._select()
        for condition in [*conditions, *([listed] if listed is not None else [])]:
            base = base.where(condition)
        rows: dict[object, Row] = {}
        for query in self._queries(base):
            for row in self._reader.rows(*query.limit(LOOKED_AT).sql()):
                rows.setdefault(row[0], row)
        found = [self._match(row) for row in rows.values()]
        return [pair for pair in found if pair[0].reasons]

    def _select(self) -> peewee.ModelSelect[Record]:
        record = self._record
        customer = record.kind("customer") if "customer" in record._meta.fields else key_field(record)
        shown = [record.kind(name) for name in self._place.columns]
        return rights.rows(
            record, self._by, key_field(record), customer, global_search.owner_of(record), *shown,
            *self._signs.columns(),
        )  # fmt: skip

    def _queries(self, base: peewee.ModelSelect[Record]) -> Iterator[peewee.ModelSelect[Record]]:
        kind = self._record.kind
        if self._typed.phones:
            yield from (base.where(kind(f"{name}_e164").in_(self._typed.phones)) for name in self._signs.phones)
        if self._typed.emails:
            yield from (base.where(kind(name).is_one_of(self._typed.emails)) for name in self._signs.emails)
        whole = [(word,) for word in self._words if len(word) >= SHORTEST]
        if whole and (len(self._typed.person) > 1 or len(self._typed.company) > SHORTEST):
            yield self._holding(base, whole)
            yield self._holding(base, [_pieces(word) for (word,) in whole])

    def _holding(
        self, base: peewee.ModelSelect[Record], terms: Sequence[tuple[str, ...]]
    ) -> peewee.ModelSelect[Record]:
        """Those in whose text each of these words stands, in one of its ways."""
        words = trigrams.words_table(self._record._meta.table_name)
        asked = trigrams.matching(terms) if words else ""
        for term in terms:
            base = base.where(search.in_text(self._record, term))
        if not asked:
            return base
        index = peewee.Table(str(words))
        joined = peewee.Join(index, self._record, peewee.JOIN.CROSS, on=(key_field(self._record) == index.c.rowid))
        fits = peewee.SQL(f'"{words}" MATCH ?', (asked,))  # sql: the name of our own index
        return base.from_(joined).where(fits).order_by(index.c.rowid.desc())

    def _match(self, row: Row) -> tuple[Match, object]:
        key, customer, owner, *rest = row
        shown, signs = rest[: len(self._place.columns)], rest[len(self._place.columns) :]
        values = dict(zip(self._place.columns, shown, strict=True))
        title = self._record(**values, **{key_field(self._record).name: key}).caption()
        company = signs[-1] if signs[-1] and _first_part(signs[-1]) not in title else ""
        hit = global_search.Hit(self._place, key, title, company, "" if owner == self._by else owner or "", "")
        return Match(hit, reasons(self._typed, self._signs.look(signs), started=True)), customer


def _pieces(word: str) -> tuple[str, ...]:
    """What of a word is left by a slip: its beginning or its end."""
    half = max(2, len(word) // 2)
    return (word[:half], word[-max(SHORTEST, half) :]) if len(word) > SHORTEST else (word,)
