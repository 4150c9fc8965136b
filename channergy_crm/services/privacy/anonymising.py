"""Forgetting somebody: what it would reach, and doing it (SI-40, DP-3, DP-4, DP-5).

It is one step and is never taken back. The records stay, so that figures and links do; what they are called by and
their personal fields go, in the records, the journal, the search and every table that says how it is cleaned
(`records/erasing.py`). Who did not want to be called or written to is remembered by keyed hashes alone (DP-7).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm import clock, work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.language import N_, _
from channergy_crm.records.erasing import BOOKS, At
from channergy_crm.records.privacy import ErasureRow
from channergy_crm.records.sync import Met, SyncLink
from channergy_crm.services import documents, messages, rights
from channergy_crm.services.privacy import circle, holding, optouts, personal, traces
from channergy_crm.services.rights import Program
from channergy_crm.store import database, shredding
from channergy_crm.work import ChangeRow, UnitRow, key_field, latest_unit
from channergy_crm.work.journal import ERASED, gone_from
from channergy_crm.work.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from channergy_crm.records.erasing import Whom
    from channergy_crm.services.privacy.circle import Circle

BY_SERVICES: list[Callable[[str, object, str], int]] = [documents.erase, messages.erase]
"""what hangs on a record and a service cleans that knows how, within the same step"""
ANONYMISE = N_("Anonymise {name}")
_AT_THE_SITE = At(SyncLink.table, SyncLink.key)


class Preview(NamedTuple):
    """What anonymising would reach, before it is done: nothing of it can be taken back."""

    people: Sequence[str]
    """the records about the person, in words"""
    counts: Mapping[str, int]
    """by what it is, in words: how many records, notes, entries of the history …"""
    held: Sequence[str]
    """why it is refused; empty when it is not"""
    fields: Mapping[type[Record], Sequence[str]]
    """by record type the names of the fields that are emptied"""
    elsewhere: str = ""
    """a sentence about what lies outside the office and is not reached"""

    def lines(self) -> list[str]:
        """The counts, a line each."""
        return [f"{count:>12,}  {what}" for what, count in self.counts.items()]


@dataclass
class Erased:
    """What was done: the unit, the records (table, number), and the words that said who it was."""

    unit: int
    records: Sequence[tuple[str, str]]
    texts: Sequence[str]
    """held by nobody but whoever cleans the drafts of this workstation now"""


def pseudonym(key: object) -> str:
    """What somebody is called who was anonymised."""
    return _("Anonymised #{number}").format(number=key)


def preview(record: type[Record], key: object, by: str, *, along: bool = True) -> Preview:
    """What anonymising a record would reach. `Mistake` where there is nothing of this number."""
    _require(record, key, by)
    found = circle.around(record, key, along=along)
    whom = found.whom(_numbers(found))
    counts: dict[str, int] = {}
    for kind, keys in found.every():
        there = len(set(kind.select(key_field(kind)).where(key_field(kind).in_(sorted(keys, key=str))).scalars()))
        if there:
            counts[kind.singular if there == 1 else kind.plural] = there
    for book in BOOKS:
        condition = book.found(whom)
        if condition is not None and (rows := book.table.select().where(condition).count()):
            name = book.table.plural if issubclass(book.table, Record) else _("Entries the program keeps for itself")
            counts[name] = counts.get(name, 0) + rows
    changes = len(traces.Traces(dict(found.every())).rows)
    if changes:
        counts[_("Entries of the history")] = changes
    names = [
        str(each.caption()) for kind, keys in found.people.items()
        for each in kind.select().where(key_field(kind).in_(sorted(keys, key=str)))
    ]  # fmt: skip
    fields = {kind: [kind.kind(name).label for name in personal.erased(kind)] for kind, keys in found.every() if keys}
    return Preview(names, counts, holding.reasons(found), fields, _elsewhere(whom))


def _elsewhere(whom: Whom) -> str:
    there = _AT_THE_SITE(whom)
    if there is None or not SyncLink.select().where(there & (SyncLink.met != Met.FORGOTTEN.value)).exists():
        return ""
    return _("What the Viper site holds of them stays there: have it deleted there too. Nothing more is sent there.")


def anonymise(record: type[Record], key: object, why: str, by: str, *, along: bool = True) -> Erased:
    """Forget somebody: one step, never taken back. `Refused` says what the law makes the office keep.

    With `along`, all that is about the very same person is reached: what a lead was converted into, the contacts of an
    account. Without, the record alone (an account with its customer).
    """
    _require(record, key, by)
    done = _Erasing(record, key, why.strip(), by, along=along)
    with shredding.thoroughly(), work.unit(ANONYMISE, by=by, name=pseudonym(key)) as unit:
        done.run(unit)
    return Erased(unit.number, done.records, done.texts)


def again(by: Program) -> int:
    """What was anonymised after the backup that was put back is anonymised again; how many records those were."""
    rights.require(by, "remove")
    rows = list(ErasureRow.select().where(ErasureRow.again).order_by(ErasureRow.number))
    for row in rows:
        kind = circle.named(row.table)
        if kind is not None and _is_known(kind, key := circle.key_in(kind, row.key)):
            done = _Erasing(kind, key, row.why, by, along=False, anew=False)
            with shredding.thoroughly(), work.unit(ANONYMISE, by=by, name=pseudonym(key)) as unit:
                done.run(unit)
        with database.writing():
            ErasureRow.update(again=False, cleaned=None).where(ErasureRow.number == row.number).execute()
    return len(rows)


def _require(record: type[Record], key: object, by: str) -> None:
    held = record.find(key)
    rights.require(by, "remove", held or record)
    if reason := rights.may_erase(by):
        raise Refused(reason)
    if not record.about.person:
        said = _("{records} are about nobody: they are anonymised with the lead, contact or account they belong to.")
        raise Mistake(said.format(records=record.plural))
    if not _is_known(record, key):
        raise Mistake(_("{record} {number} is gone.").format(record=record.singular, number=key))


def _is_known(record: type[Record], key: object) -> bool:
    """Whether it is there, or was once."""
    return record.find(key) is not None or latest_unit(record._meta.table_name, key) is not None


def _numbers(found: Circle) -> list[str]:
    """The keys of all phone numbers of the people."""
    return sorted({
        number for kind, keys in found.people.items() for each in _rows(kind, keys)
        for number in optouts.numbers_of(each)
    })  # fmt: skip


def _rows(kind: type[Record], keys: set[Any]) -> list[Any]:
    return list(kind.select().where(key_field(kind).in_(sorted(keys, key=str)))) if keys else []


class _Erasing:
    """One person, within one unit."""

    def __init__(
        self, record: type[Record], key: object, why: str, by: str, *, along: bool, anew: bool = True
    ) -> None:  # fmt: skip
        self._record, self._key, self._why, self._by, self._along, self._anew = record, key, why, by, along, anew
        self._name = pseudonym(key)
        self.records: list[tuple[str, str]] = []
        self.texts: list[str] = []

    def run(self, unit: work.Unit) -> None:
        """All of it, entirely or not at all."""
        found = circle.around(self._record, self._key, along=self._along)
        if self._anew and (held := holding.reasons(found)):
            raise Refused(" ".join([_("That cannot be anonymised yet."), *held]))
        rows = {
            kind: work.locked(kind, key_field(kind).in_(sorted(keys, key=str))) if keys else []
            for kind, keys in found.every()
        }
        journal = traces.Traces(dict(found.every()))
        whom = found.whom(self._read_texts(found, rows, journal))
        entries = self._suppress(found, rows, journal, whom)
        values = {kind: self._empty(unit, kind, rows[kind]) for kind, _keys in found.every()}
        booked = self._clean_books(whom)
        for erase in BY_SERVICES:
            for table, key in self._named(found):
                erase(table, key, Program.ITSELF)
        journal.rewrite(values)
        others = traces.Traces({**booked, **entries})
        others.empty()
        units = sorted({*journal.units, *others.units})
        traces.settle_units(units, self.texts, self._name)
        traces.fix_units(units, {**dict(found.every()), **booked, **entries})
        traces.take_out(self.texts, self._name)
        self._note(found)
        unit.finishing.append(_fixed)

    # ---------------------------------------------------------------- what said who it was

    def _read_texts(self, found: Circle, rows: Mapping[type[Record], list[Any]], journal: traces.Traces) -> list[str]:
        """Remember the words of the person; the keys of their numbers, those they once had among them."""
        texts, numbers = set[str](), set(_numbers(found))
        for kind, each in ((kind, one) for kind, those in rows.items() for one in those):
            held = [each.__data__.get(name) for name in self._emptied(kind)]
            texts |= {str(value) for value in held if value not in (None, "")} | {each.caption()}
        for kind, name, value in journal.texts():
            if isinstance(value, str) and value:
                texts.add(value)
                numbers |= set(optouts.keys_in(kind, name, value)) if kind in found.people else set()
        self.texts = sorted({text for text in texts | numbers if not text.startswith(self._name)})
        return sorted(numbers)

    def _emptied(self, kind: type[Record]) -> list[str]:
        """The fields of a record type that are emptied, and those that follow from them."""
        erased = personal.erased(kind)
        derived = [name for field in kind.deriving() if field.name in erased for name in field.derived()]
        return list(dict.fromkeys([*erased, *derived]))

    def _suppress(
        self, found: Circle, rows: Mapping[type[Record], list[Any]], journal: traces.Traces, whom: Whom
    ) -> dict[type[Record], list[Any]]:  # fmt: skip
        """Who did not want to be called or written to stays so, by a hash of the number or the address."""
        people = [each for kind in found.people for each in rows[kind]]
        addresses = {
            value for kind, name, value in journal.texts()
            if kind in found.people and isinstance(value, str) and name in kind._meta.fields
            and kind.kind(name).likeness == "email"
        }  # fmt: skip
        return optouts.keep_hashed(people, whom.numbers, addresses)

    # ---------------------------------------------------------------- rows

    def _empty(self, unit: work.Unit, kind: type[Record], rows: Sequence[Any]) -> dict[str, dict[str, object]]:
        """Empty the personal fields of records; by key what these fields hold now, under "" those of deleted ones."""
        erased, fields = personal.erased(kind), kind._meta.fields
        values: dict[str, dict[str, object]] = {"": self._values(kind, kind(), self._name)}
        for row in rows:
            held = self._values(kind, row, pseudonym(row.key))
            values[str(row.key)] = held
            written = {fields[name]: value for name, value in held.items()}
            written[fields["version"]] = (row.version or 1) + 1
            if erased:
                kind.update(written).where(key_field(kind) == row.key).execute()
                unit.note(kind, row.key, "update", {}, {})
        return values

    def _values(self, kind: type[Record], row: Any, name: str) -> dict[str, object]:
        """What the emptied fields of a record hold from now on, with what follows from them."""
        erased, fields = personal.erased(kind), kind._meta.fields
        title = [each for each in kind.about.title if each in erased]
        named = {each for each in erased if fields[each].required} | set(title[-1:])
        held = {each: name if each in named and fields[each].textual else fields[each].empty for each in erased}
        whole = {**row.__data__, **held}
        for field in kind.deriving():
            found = field.derive(whole, list(held))
            whole.update(found)
            held.update(found)
        return held

    def _clean_books(self, whom: Whom) -> dict[type[Record], list[Any]]:
        """Every other table that names these records or their numbers; the rows that stand in the journal."""
        found: dict[type[Record], list[Any]] = {}
        for book in BOOKS:
            condition, table = book.found(whom), book.table
            if issubclass(table, Record):
                there = table.select(key_field(table)).where(condition) if condition is not None else None
                keys = set(there.scalars()) if there is not None else set()
                if isinstance(book.found, At):
                    keys |= _gone(table, book.found, whom)
                found.setdefault(table, []).extend(keys - set(found.get(table, ())))
            if condition is not None and book.empties:
                values = {**dict.fromkeys(book.empties, ""), **dict(book.says)}
                table.update({table._meta.fields[name]: value for name, value in values.items()}).where(
                    condition
                ).execute()
            elif condition is not None:
                table.delete().where(condition).execute()
        return {table: keys for table, keys in found.items() if keys}

    def _named(self, found: Circle) -> list[tuple[str, object]]:
        """Who may have documents and messages, by table and number."""
        those = [(kind, keys) for kind, keys in found.every() if kind.about.person or kind.about.documents]
        return [(kind._meta.table_name, key) for kind, keys in those for key in sorted(keys, key=str)]

    def _note(self, found: Circle) -> None:
        self.records = [
            (kind._meta.table_name, str(key)) for kind, keys in found.people.items() for key in sorted(keys, key=str)
        ]
        moment = clock.now()
        for table, key in self.records if self._anew else ():
            ErasureRow.insert(table=table, key=key, done=moment, by=self._by, why=self._why).execute()


def _gone(table: type[Record], named: At, whom: Whom) -> set[Any]:
    """The deleted rows that named these records."""
    gone = gone_from(table._meta.table_name) & ChangeRow.before.is_null(False)
    query = ChangeRow.select(ChangeRow.key, ChangeRow.before).where(gone).tuples()
    return {circle.key_in(table, key) for key, before in query.iterator() if named.names(json.loads(before), whom)}


def _fixed(unit: work.Unit) -> None:
    UnitRow.update(pruned=ERASED).where(UnitRow.number == unit.number).execute()
