"""Who is there already: what a record is known again by, and the numbers of those the office has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import peewee

from channergy_crm import work
from channergy_crm.work.about import loosely

if TYPE_CHECKING:
    from channergy_crm.work.record import Record

Values = Mapping[str, object]
TOGETHER = 500  # values asked for at once


class Rule(NamedTuple):
    """What records of one type are known again by: the fields that are looked at, and the signs they make.

    Records that share one sign are the same.
    """

    names: tuple[str, ...]
    signs: Callable[[Values], list[str]]


@cache
def own_rule(record: type[Record]) -> Rule:
    """What the record type itself says it is known by."""
    return Rule(record.about.known_by, record.about.signs_of())


def rule_for(record: type[Record], match_by: Sequence[str]) -> Rule:
    """The record's own rule, or that of the fields somebody chose; where all of these are empty, the own one again."""
    own = own_rule(record)
    if not match_by:
        return own
    chosen = loosely(*match_by)
    names = tuple(dict.fromkeys((*match_by, *own.names)))
    return Rule(names, lambda values: chosen(values) if any(values[n] for n in match_by) else own.signs(values))


class Known:
    """The records of the office by their signs, and the first row of the file that has each."""

    def __init__(self, record: type[Record], rule: Rule, signs: Iterable[Sequence[str]]) -> None:
        self._record, self._rule = record, rule
        self._numbers: dict[str, int] = {}
        self._rows: dict[str, int] = {}
        self._last = record.select(peewee.fn.MAX(work.key_field(record))).scalar() or 0
        wanted = {sign for each in signs for sign in each}
        few = len(wanted) * 2 < self._last and record.about.by_index and rule is own_rule(record)
        for condition in _candidates(record, wanted) if few else [None]:
            self._read(condition, wanted)

    def _read(self, condition: peewee.ColumnBase | None, wanted: set[str] | None = None) -> None:
        key = work.key_field(self._record)
        query = self._record.select(key, *(self._record._meta.fields[name] for name in self._rule.names))
        rows = query if condition is None else query.where(condition)
        for number, *values in rows.order_by(key).tuples().iterator():
            for sign in self._rule.signs(dict(zip(self._rule.names, values, strict=True))):
                if wanted is None or sign in wanted:
                    self._numbers[sign] = min(number, self._numbers.get(sign, number))

    def read_newer(self) -> None:
        """Read what came since, now that nobody else can add to it."""
        self._read(work.key_field(self._record) > self._last)

    def number(self, signs: Sequence[str]) -> int | None:
        """The record of the office with one of these signs."""
        return next((self._numbers[sign] for sign in signs if sign in self._numbers), None)

    def row(self, signs: Sequence[str], number: int) -> int | None:
        """The earlier row of the file with one of these signs; from now on row `number` is known too."""
        found = next((self._rows[sign] for sign in signs if sign in self._rows), None)
        for sign in signs:
            self._rows.setdefault(sign, number)
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
