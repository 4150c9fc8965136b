"""Who grows old, in order, asked of the store as numbers alone: the record and the second one was last in touch.

So a list of a million people is held in sixteen bytes each, and its rows are read as somebody comes to them (SI-39).
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import add, and_, or_
from typing import TYPE_CHECKING, Any, NamedTuple, overload

import peewee

from channergy_crm import clock
from channergy_crm.records import FiledMail, Note, Opportunity, PhoneCall, Task
from channergy_crm.records.privacy import ErasureRow, Touch
from channergy_crm.services import rights
from channergy_crm.services.privacy import retention
from channergy_crm.store import database, letters
from channergy_crm.text.folding import fold
from channergy_crm.work import ChangeRow, UnitRow, key_field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from channergy_crm.services.privacy.retention import Kept
    from channergy_crm.work.record import Record

    Step = Callable[[int], None]

NAME, RECORDS, AGE, LAST, STATUS, OWNER, KEPT = range(7)
"""what the list is ordered by: its columns"""
MET = ((PhoneCall, "started"), (Task, "closed_on"), (Opportunity, "last_activity"))
"""what says that one was in touch, where it hangs on somebody, and when"""
NOTED = ((Note, "created"), (FiledMail, "created"), (Touch, "touched"))
"""the same where it names somebody by table and number"""
OWN = ("call_date", "created_on")
NEVER = -(2**40)
"""the second of whom nothing says when one was in touch: before all others"""
BEGAN = datetime(1970, 1, 1)
TOGETHER = 10_000
UNKEPT, WELL_KEPT = 1_000_000, 10_000
"""behind whoever is kept too long: months of who is not, and who is kept for ever"""
PACKED = "SELECT string_agg(int8send(k::bigint) || int8send(met::bigint), '') FROM ({asked}) AS listed"  # unsaid: SQL


@dataclass(frozen=True)
class Wanted:
    """Who is listed: of one record type or all; older than so many months; with these words; only who is too old.

    Ordered by a column of the list, such as `AGE`: the oldest first.
    """

    record: type[Record] | None = None
    months: int = 0
    words: str = ""
    too_old: bool = False
    by: int = AGE
    descending: bool = False


class Somebody(NamedTuple):
    """One of the people: the record and its number."""

    record: type[Record]
    key: Any


class Found(Sequence[Somebody]):
    """All who were found, in order, however many; `last` is when one was in touch with the one at a place."""

    def __init__(self, records: Sequence[type[Record]], numbers: array[int]) -> None:
        self._records, self._numbers = records, numbers

    def __len__(self) -> int:
        return len(self._numbers) // 2

    @overload
    def __getitem__(self, place: int) -> Somebody: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Somebody]: ...
    def __getitem__(self, place: int | slice) -> Somebody | Sequence[Somebody]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        key, kind = divmod(self._numbers[2 * place], len(self._records))
        return Somebody(self._records[kind], key)

    def last(self, place: int) -> datetime | None:
        """When one was last in touch with the one at a place; None where nothing says so."""
        seconds = self._numbers[2 * place + 1]
        return None if seconds == NEVER else BEGAN + timedelta(seconds=seconds)


def lay_down(wanted: Wanted, rules: Sequence[Kept], by: str, step: Step | None = None) -> Found:
    """Everybody who is wanted of those this operator sees, in order. `step` is told how many are read, and may raise
    what stops it.
    """
    records = retention.aged()
    parts = [
        _Of(record, wanted, [rule for rule in rules if rule.record is record], by).numbers(place, len(records))
        for place, record in enumerate(records) if wanted.record in (None, record)
    ]  # fmt: skip
    turned = peewee.Desc if wanted.descending else peewee.Asc
    met = (turned if wanted.by in (AGE, LAST) else peewee.Asc)(peewee.SQL("met"))
    every: Any = reduce(add, parts).order_by(turned(peewee.SQL("sort")), met, peewee.SQL("k"))
    return Found(records, _packed(every, step) if database.on_server() else _streamed(every, step))


def count(wanted: Wanted, rules: Sequence[Kept], by: str) -> int:
    """How many are wanted."""
    records = [record for record in retention.aged() if wanted.record in (None, record)]
    held = [_Of(record, wanted, [rule for rule in rules if rule.record is record], by) for record in records]
    return sum(each.count() for each in held)


def _streamed(every: Any, step: Step | None) -> array[int]:
    held: array[int] = array("q")
    cursor = database.proxy.obj.execute(every)
    while some := cursor.fetchmany(TOGETHER):
        for key, met, _sort in some:
            held.append(key)
            held.append(met)
        if step is not None:
            step(len(held) // 2)
    return held


def _packed(every: Any, step: Step | None) -> array[int]:
    sql, params = every.sql()
    found = database.proxy.obj.execute_sql(PACKED.format(asked=sql), params).fetchone()[0]  # sql: compiled by peewee
    held = array("q", bytes(found or b""))
    if sys.byteorder == "little":
        held.byteswap()  # a server writes the greatest byte first
    if step is not None:
        step(len(held) // 2)
    return held


class _Of:
    """The question for one record type."""

    def __init__(self, record: type[Record], wanted: Wanted, rules: Sequence[Kept], by: str) -> None:
        self._record, self._wanted, self._rules, self._by = record, wanted, rules, by
        self._now, self._key = clock.now(), key_field(record)
        self._query, self._last = self._met()
        name = retention.status_of(record)
        self._status: Any = peewee.fn.COALESCE(record.kind(name), "") if name else peewee.Value("")

    def numbers(self, place: int, kinds: int) -> Any:
        """The rows as numbers: the record, the second one was in touch, and what they are sorted by."""
        met = peewee.fn.COALESCE(_seconds(self._last), NEVER)
        number = self._key * kinds + place
        return self._rows().select(number.alias("k"), met.alias("met"), self._sort(place).alias("sort"))

    def count(self) -> int:
        """How many rows there are."""
        return int(self._rows().count())

    def _met(self) -> tuple[Any, Any]:
        """The question for all records with what tells of meetings, and the latest of these moments."""
        record = self._record
        query: Any = rights.rows(record, self._by)
        moments: list[Any] = [record._meta.fields[name] for name in OWN if name in record._meta.fields]
        for source, on in _sources(record):
            query = query.join(source, peewee.JOIN.LEFT_OUTER, on=on(source))
            moments.append(source.c.last)
        return query, _latest([*moments], _came_in(record))

    def _rows(self) -> Any:
        record, wanted = self._record, self._wanted
        gone = ErasureRow.select(ErasureRow.key).where(ErasureRow.table == record._meta.table_name)
        asked: list[Any] = [self._key.cast("TEXT").not_in(gone)]
        if "removed" in record.about.standing:
            asked.append(~record._meta.fields["removed"])
        if wanted.months:
            asked.append(self._last.is_null() | self._before(wanted.months))
        if wanted.too_old:
            asked.append(self._too_old())
        asked += [self._says(word) for word in fold(wanted.words).split()]
        return self._query.where(reduce(and_, asked))

    def _before(self, months: int) -> Any:
        return self._last <= _said(retention.before(self._now, months))

    def _too_old(self) -> Any:
        """Longer than the rule of their status says, or that of all others."""
        own = [rule for rule in self._rules if rule.status]
        parts = [(self._status == rule.status) & self._before(rule.months) for rule in own]
        for rule in self._rules:
            if not rule.status:
                others = self._status.not_in([each.status for each in own]) if own else peewee.SQL("1 = 1")
                parts.append(others & self._before(rule.months))
        return reduce(or_, parts) if parts else peewee.SQL("1 = 0")

    def _says(self, word: str) -> Any:
        """A word stands in what somebody is called, in their status, or whose they are."""
        record, owner = self._record, self._record.owner_kind()
        names = [*_called(record), retention.status_of(record), owner.name if owner is not None else ""]
        kept = rights.hidden(record, self._by)
        found = [record.kind(name).match(word) for name in dict.fromkeys(names) if name and name not in kept]
        parts = [each for each in found if each is not None]
        return reduce(or_, parts) if parts else peewee.SQL("1 = 0")

    def _sort(self, place: int) -> Any:
        owner, by = self._record.owner_kind(), self._wanted.by
        if by == NAME:
            names = [self._record.kind(name) for name in _called(self._record)]
            texts: list[Any] = [peewee.fn.COALESCE(name, "") for name in names]
            told: Any = reduce(lambda said, text: said.concat(" ").concat(text), texts)
            return letters.folded(peewee.fn.TRIM(told))
        if by == RECORDS:
            return peewee.Value(place)
        if by == STATUS:
            return letters.folded(self._status)
        if by == OWNER:
            return peewee.fn.COALESCE(owner, "") if owner is not None else peewee.Value("")
        return self._kept() if by == KEPT else peewee.Value(0)

    def _kept(self) -> Any:
        if not self._rules:
            return peewee.Value(UNKEPT)
        usual = next((rule.months for rule in self._rules if not rule.status), UNKEPT)
        own = [(self._status == rule.status, rule.months) for rule in self._rules if rule.status]
        months: Any = peewee.Case(None, own, usual) if own else peewee.Value(usual)
        return months + peewee.Case(None, [(self._too_old(), 0)], WELL_KEPT)


def _called(record: type[Record]) -> list[str]:
    """The fields that say what somebody is called, by python name."""
    names = list(dict.fromkeys([*record.about.title, *record.about.called_by().fields]))
    return [name for name in names if name in record.kinds()]


def _sources(record: type[Record]) -> Iterator[tuple[Any, Any]]:
    """What tells of meetings, put together by record: each with the condition by which it belongs."""
    key = key_field(record)
    for kind, name in MET:
        for link in kind._meta.refs:
            if link.rel_model is record:
                last = peewee.fn.MAX(kind._meta.fields[name]).alias("last")
                grouped: Any = kind.select(link.alias("of"), last).where(link.is_null(False)).group_by(link)
                yield grouped.alias(f"{kind.__name__.lower()}_{link.name}"), lambda source: source.c.of == key
    for book, name in NOTED:
        fields: Any = book._meta.fields
        last = peewee.fn.MAX(fields[name]).alias("last")
        here = fields["table"] == record._meta.table_name
        grouped = book.select(fields["of"].alias("of"), last).where(here).group_by(fields["of"])
        yield grouped.alias(book.__name__.lower()), lambda source: source.c.of == key.cast("TEXT")
    customer = record._meta.fields.get("customer")
    if customer is not None and "created_on" not in record._meta.fields:
        made: Any = customer.rel_model
        grouped = made.select(made.number.alias("of"), made.created_on.alias("last"))
        yield grouped.alias("customer_made"), lambda source: source.c.of == customer


def _came_in(record: type[Record]) -> Any:
    """Of whom nothing says when one was in touch, the journal says when they came."""
    first = ChangeRow.select(peewee.fn.MIN(ChangeRow.unit)).where(
        (ChangeRow.table == record._meta.table_name) & (ChangeRow.key == key_field(record).cast("TEXT"))
    )
    return UnitRow.select(UnitRow.done).where(UnitRow.number == first)


def _latest(moments: list[Any], otherwise: Any) -> Any:
    """The latest of several moments, some of which may be missing; without any, what else there is."""
    if database.on_server():
        found = peewee.fn.GREATEST(*[moment.cast("TIMESTAMP") for moment in moments])
    else:
        texts = [peewee.fn.COALESCE(moment, "") for moment in moments]
        found = peewee.fn.NULLIF(peewee.fn.MAX("", *texts), "")
    return peewee.fn.COALESCE(found, otherwise)


def _said(moment: datetime) -> object:
    return moment if database.on_server() else f"{moment:%Y-%m-%d %H:%M:%S}"


def _seconds(moment: Any) -> Any:
    """The second of a moment, counted as `BEGAN` says."""
    if database.on_server():
        return peewee.fn.DATE_PART("epoch", moment).cast("BIGINT")
    return peewee.fn.STRFTIME("%s", moment).cast("INTEGER")
