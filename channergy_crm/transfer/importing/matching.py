"""Who is there already: what a record is known again by, and the numbers of those the office has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm import work
from channergy_crm.text.folding import fold
from channergy_crm.transfer.importing.alike import Alike, Apart
from channergy_crm.transfer.importing.numbering import ANOTHER, Sources, vote, vote_by_most
from channergy_crm.work.about import loosely

if TYPE_CHECKING:
    from channergy_crm.fields import Imported
    from channergy_crm.fields.imported import Number
    from channergy_crm.work.record import Record

Values = Mapping[str, object]
Likeness = Callable[[Values], tuple[str, Apart]]
TOGETHER = 500  # values asked for at once
LONG = 100  # letters of a text that are compared as they are


class Rule(NamedTuple):
    """What records of one type are known again by: the fields that are looked at, and what they make.

    Records that share one of the `signs` are the same. Those that share the sign of `alike` are, unless something
    else that both fill differs: what is given with it, and with `by_all` everything the file fills.
    """

    names: tuple[str, ...]
    signs: Callable[[Values], list[str]]
    alike: Likeness
    by_all: bool = False
    by_number: bool = True
    """the numbers of other programs count before all else"""


class Signs(NamedTuple):
    """What one row, or one record, is known by."""

    signs: Sequence[str]
    sign: str = ""
    apart: Apart = ()
    numbers: Sequence[Number] = ()
    telling: Sequence[str] = ()
    """what it is called and how it is reached: by this one sees whether a number means the same"""


NOTHING = Signs(())


@cache
def own_rule(record: type[Record]) -> Rule:
    """What the record type itself says it is known by."""
    about, told = record.about, _told(record)
    if told:  # the moment of an import is in no file: it speaks for nobody
        rest = loosely(*(name for name in about.known_by if name not in told))
        return Rule(about.known_by, _nothing, lambda values: (rest(values)[0], tuple(values[name] for name in told)))
    if not about.by_all:
        return Rule(about.known_by, about.signs_of(), about.alike or _nobody)
    signs = about.signs_of()
    return Rule(about.known_by, _nothing, lambda values: (signs(values)[0], ()), True)


def _told(record: type[Record]) -> list[str]:
    """What the program keeps of a record and a file may say: two that share the rest are told apart by it."""
    kinds = record.kinds()
    return [name for name in record.about.known_by if name in kinds and kinds[name].told]


def rule_for(record: type[Record], match_by: Sequence[str]) -> Rule:
    """The record's own rule, or that of the fields somebody chose; where all of these are empty, the own one again."""
    own = own_rule(record)
    if not match_by:
        return own
    chosen = loosely(*match_by)
    names = tuple(dict.fromkeys((*match_by, *own.names)))

    def said(values: Values) -> bool:
        return any(values[name] for name in match_by)

    return Rule(
        names, lambda values: chosen(values) if said(values) else own.signs(values),
        lambda values: ("", ()) if said(values) else own.alike(values), own.by_all, by_number=False,
    )  # fmt: skip


def _nobody(_values: Values) -> tuple[str, Apart]:
    return "", ()


def _nothing(_values: Values) -> list[str]:
    return []


def brought(record: type[Record]) -> Imported | None:
    """The field for the numbers of other programs, where these records have one."""
    found: Any = next((kind for kind in record.kinds().values() if kind.brought), None)
    held: Imported | None = found
    return held


class Reader:
    """Makes signs of what a record or a row says."""

    def __init__(self, record: type[Record], rule: Rule, filled: Sequence[str]) -> None:
        self.rule = rule
        self.imported = brought(record) if rule.by_number else None
        self.compared = [name for name in filled if record.kinds()[name] is not self.imported] if rule.by_all else []
        called = record.about.called_by()
        self._called, self._told = called.fields, _told(record)
        self._person = [name for name in ("first_name", "last_name") if name in called.fields]
        self._reached = [name for name in ("email", "phone_e164", "phone_digits") if name in record._meta.fields]
        numbered = self.imported is not None and self.imported.name in filled
        told_by = (*called.fields, *self._reached) if numbered else ()
        self.names = tuple(dict.fromkeys((*rule.names, *self.compared, *told_by)))

    def read(self, held: Values, given: Values) -> Signs:
        """What is known by its values, and by those that it says itself."""
        held = {**held, **{name: given.get(name) for name in self._told}} if self._told else held
        signs = self.rule.signs(held)
        sign, apart = self.rule.alike(held)
        if sign and self.compared:
            apart = (*apart, *(_plain(given.get(name)) for name in self.compared))
        numbers = self.imported.numbers(held.get(self.imported.name)) if self.imported is not None else ()
        return Signs(signs, sign, apart, numbers, self._telling(held, given) if numbers else ())

    def vote(self, one: Signs, other: Signs) -> int:
        """Whether two that have one number are the same: 1, 0 where nothing tells, -1 or `ANOTHER` where not."""
        if not self.compared:
            return vote(one.telling, other.telling)
        known = len(self.rule.names)
        return vote_by_most(one.telling[:known], other.telling[:known]) or vote_by_most(
            one.telling[known:], other.telling[known:]
        )

    def _telling(self, held: Values, given: Values) -> Sequence[str]:
        if self.compared:  # many deals share a name or an account: most of what both fill decides
            values = [*(held.get(name) for name in self.rule.names), *(given.get(name) for name in self.compared)]
            return ["" if value is None else fold(" ".join(str(value).split())) for value in values]
        person = " ".join(str(held.get(name) or "") for name in self._person)
        others = " ".join(str(held.get(name) or "") for name in self._called if name not in self._person)
        called = person if person.strip() else others  # whoever changes the company stays the same
        return [fold(" ".join(called.split())), *(fold(str(held.get(name) or "")) for name in self._reached)]


def _plain(value: object) -> object:
    """As it is compared: nothing is None, and in texts spaces and capitals do not count."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        text = fold(" ".join(value.split()))
        return text if len(text) <= LONG else hash(text)
    return value


class Numbers:
    """Whom the numbers of other programs mean."""

    def __init__(self) -> None:
        self._exactly: dict[tuple[str, str], int] = {}
        self._any: set[str] = set()
        self._loosely: dict[tuple[str, str], dict[str, int]] = {}

    def add(self, numbers: Iterable[Number], who: int) -> None:
        """From now on these mean somebody, unless they mean another one already."""
        for each in numbers:
            self._exactly.setdefault((each.source, each.text), who)
            self._any.add(each.loose)
            self._loosely.setdefault((each.source, each.loose), {}).setdefault(each.text, who)

    def find(self, numbers: Sequence[Number], others: Numbers) -> int | None:
        """Who is meant. Where only blanks, capitals or leading zeros differ, it is who else has none of `others`."""
        for each in numbers:
            if (found := self._exactly.get((each.source, each.text))) is not None:
                return found
        for each in numbers:
            near = self._loosely.get((each.source, each.loose), {})
            written = others.ways(each)
            if len(near) == 1 and len(written) <= 1 and not near.keys() & written:
                return next(iter(near.values()))
        return None

    def ways(self, number: Number) -> set[str]:
        """How a number is written here, where only blanks, capitals or leading zeros differ."""
        return set(self._loosely.get((number.source, number.loose), ()))

    def has_any(self, loose: str) -> bool:
        """Whether it is somebody's number, whatever program has given it."""
        return loose in self._any

    @property
    def sources(self) -> list[str]:
        """Where they come from."""
        return sorted({source for source, _text in self._exactly})


class Seen:
    """The records of the office, or the rows of the file so far, by what they are known by."""

    def __init__(self, sources: Sequence[str]) -> None:
        self.numbers = Numbers()
        self._sources = sources
        self._first: dict[str, int] = {}
        self._alike = Alike()

    def add(self, signs: Signs, who: int) -> None:
        """One more."""
        self.numbers.add(signs.numbers, who)
        theirs = self._numbered(signs)
        for sign in signs.signs:
            if self._sources:
                self._alike.add(f"\0{sign}", theirs, who)
            else:
                self._first.setdefault(sign, who)
        if signs.sign:
            self._alike.add(signs.sign, (*theirs, *signs.apart), who)

    def find(self, signs: Signs) -> int | None:
        """Who has one of these signs and is not told apart by anything."""
        theirs = self._numbered(signs)
        for sign in signs.signs:
            found = self._alike.find(f"\0{sign}", theirs) if self._sources else self._first.get(sign)
            if found is not None:
                return found
        return self._alike.find(signs.sign, (*theirs, *signs.apart)) if signs.sign else None

    def only(self, signs: Signs) -> int | None:
        """The only one that shares the sign, whatever else differs but its numbers."""
        return self._alike.only(signs.sign, self._numbered(signs)) if signs.sign else None

    def claim(self, signs: Signs, who: int) -> None:
        """A row says that this one has its numbers: it is nobody else from now on."""
        self.numbers.add(signs.numbers, who)
        self._alike.claim(who, self._numbered(signs))

    def _numbered(self, signs: Signs) -> Apart:
        """The numbers a row has of each source."""
        if not self._sources:
            return ()
        return tuple(" ".join(sorted(each.loose for each in signs.numbers if each.source == source)) or None
                     for source in self._sources)  # fmt: skip


class Known:
    """Who is in the office, and which rows of the file came before."""

    def __init__(self, record: type[Record], reader: Reader, rows: Sequence[Signs]) -> None:
        self._record, self._reader = record, reader
        self._last = record.select(peewee.fn.MAX(work.key_field(record))).scalar() or 0
        self._wanted: set[str] = set()
        self._written, self._held = Numbers(), set[int]()
        self._times: Counter[str] = Counter()
        self._sources, self._telling = (
            Sources(((each.numbers, each) for each in rows), reader.vote),
            dict[tuple[str, str], Signs](),
        )
        self._who: dict[int, Signs] = {}
        self._who_before: dict[int, Signs] = {}
        for number, each in enumerate(rows):
            self._wanted.update(each.signs)
            self._wanted.add(each.sign)
            if reader.rule.by_all:
                self._times[each.sign] += 1
            self._written.add(each.numbers, number)
        self._wanted.discard("")
        self._stored, self._rows = Seen(self._written.sources), Seen(self._written.sources)
        few = len(self._wanted) * 2 < self._last and record.about.by_index and reader.rule is own_rule(record)
        for condition in _candidates(record, self._wanted) if few else [None]:
            self._read(condition)
        imported = reader.imported
        if few and imported is not None and self._written.sources:
            self._read(imported.given())

    def _read(self, condition: peewee.ColumnBase | None) -> None:
        key, imported, fields = work.key_field(self._record), self._reader.imported, self._record._meta.fields
        numbered = [imported.name] if imported is not None and self._written.sources else []
        names = [*self._reader.names, *numbered]
        query = self._record.select(key, *(fields[name] for name in names))
        rows = query if condition is None else query.where(condition)
        for number, *values in rows.order_by(key).tuples().iterator():
            held = dict(zip(names, values, strict=True))
            signs = self._reader.read(held, held)
            meant = self._is_numbered(signs)  # what it says of itself is kept, however it is found
            if meant or not self._wanted.isdisjoint(signs.signs) or signs.sign in self._wanted:
                self._note(number, signs)

    def _is_numbered(self, signs: Signs) -> bool:
        """Whether a row may mean it by its number; what it says of itself is kept for that."""
        found = False
        for each in signs.numbers:
            if self._written.has_any(each.loose):
                self._telling.setdefault((each.source, each.loose), signs)
                found = True
        return found

    def others(self) -> dict[str, str]:
        """The sources of numbers in the file that are another program's than those called so here (F-0)."""
        return self._sources.others(self._telling)

    def _note(self, number: int, signs: Signs) -> None:
        if signs.numbers:
            self._who[number] = signs
        if number not in self._held:  # several conditions may find it
            self._held.add(number)
            self._stored.add(signs, number)

    def read_newer(self) -> None:
        """Read what came since, now that nobody else can add to it."""
        self._read(work.key_field(self._record) > self._last)

    def number(self, signs: Signs) -> int | None:
        """The record of the office that is the same, by its numbers or by what it says."""
        found = self._stored.numbers.find(signs.numbers, self._written) if signs.numbers else None
        if found is None or self._reader.vote(signs, self._who.get(found, NOTHING)) == ANOTHER:
            found = self._stored.find(signs)
            if found is not None and signs.numbers:
                self._stored.claim(signs, found)
        return found

    def only(self, signs: Signs) -> int | None:
        """Where everything counts: the only one that is called like the only row that is."""
        found = self._stored.only(signs) if self._times[signs.sign] == 1 else None
        if found is not None and signs.numbers:
            self._stored.claim(signs, found)
        return found

    def row(self, signs: Signs, number: int) -> int | None:
        """The earlier row of the file that is the same; from now on row `number` is known too."""
        found = self._rows.numbers.find(signs.numbers, self._rows.numbers) if signs.numbers else None
        if found is None or self._reader.vote(signs, self._who_before.get(found, NOTHING)) == ANOTHER:
            found = self._rows.find(signs)
        if found is None:
            self._rows.add(signs, number)
            self._who_before[number] = signs
        elif signs.numbers:
            self._rows.claim(signs, found)
        return found


def _candidates(record: type[Record], wanted: Iterable[str]) -> Iterator[peewee.ColumnBase]:
    """The conditions that find, by the indices of a long list, all that could have one of these signs."""
    fields = record._meta.fields
    e164, digits, email = fields["phone_e164"], fields["phone_digits"], fields["email_folded"]
    found: dict[str, set[str]] = {"+": set(), "@": set(), "": set()}
    for sign in wanted:
        start = sign.partition("\n")[0]
        if sign.count("\n") == 1:
            found["@"].add(start)
        elif start:
            found["+" if start.startswith("+") else ""].add(start)
    for column, texts in ((e164, found["+"]), (digits, found[""]), (email, found["@"])):
        every = iter(sorted(texts))
        while chunk := list(islice(every, TOGETHER)):
            yield column.in_(chunk)
    yield fields["search_text"].is_null()  # nothing is derived yet from what the suite wrote
    if any(sign.startswith("\n") for sign in wanted):
        yield (digits == "") & (email == "")
