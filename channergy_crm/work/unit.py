"""The unit of work: the only way to write. One unit is one transaction, one entry in the journal, one step of undo
and one message to the open screens.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import peewee

from channergy_crm.clock import now
from channergy_crm.errors import Mistake
from channergy_crm.language import Message, _
from channergy_crm.store import bell, database, foreign, numbers, trigrams
from channergy_crm.store.complaints import translated
from channergy_crm.work import asked, own_units
from channergy_crm.work.clashes import write
from channergy_crm.work.journal import Change, Done, UnitRow, Verb
from channergy_crm.work.journal_values import Packer, filled, packed, unpacked
from channergy_crm.work.long_lists import let_go
from channergy_crm.work.stored import Stored, derive, key_field, key_name, locked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

WRITTEN_AT_ONCE = 2_000


@dataclass
class Unit:
    """What is being written in one transaction: by whom, and what it has done to which record so far."""

    message: Message
    by: str
    mode: Literal["do", "undo", "redo"] = "do"
    reverses: int | None = None
    number: int = 0
    changes: list[Change] = field(default_factory=list)
    finishing: list[Callable[[Unit], object]] = field(default_factory=list)
    """what is written with the journal, once the unit has its number"""
    asked_once: dict[str, object] = field(default_factory=dict)
    """what is asked of the store once for all that is written in it"""
    _follows: bool = False
    _journal: list[tuple[str, str, str, str | None, str | None]] = field(default_factory=list)
    _held: list[tuple[Stored, dict[str, object]]] = field(default_factory=list)
    _made: dict[type[Stored], list[object]] = field(default_factory=dict)
    _given: list[tuple[type[Stored], object, str]] = field(default_factory=list)

    def _ask(self, cls: type[Stored], verb: Verb, keys: Sequence[object]) -> None:
        """Whoever does this must be allowed to; what is taken back was asked for before."""
        if self.mode == "do" and not self._follows:
            asked.ask(self.by, cls, verb, keys)

    @contextmanager
    def what_follows(self) -> Iterator[None]:
        """What follows from what was asked for: whoever may issue an invoice takes goods out of stock with it, though
        they may not change a product.
        """
        before, self._follows = self._follows, True
        try:
            yield
        finally:
            self._follows = before

    def say(self, message: str, **parameters: object) -> None:
        """Only now it is known what was done: another message for the journal."""
        self.message = Message(message, parameters)

    def save(self, record: Stored, *, new: bool) -> None:
        """Check a record and write it; of one that was there, only the fields that were changed."""
        self._held.append((record, record.held()))
        derive(record)
        if problems := record.problems():
            name, sentence = next(iter(problems.items()))
            raise Mistake(sentence, name)
        if new:
            self._insert(record)
        elif changes := record.changes():
            self.update(record, changes)
        record.settle()

    def _insert(self, record: Stored) -> None:
        self._ask(type(record), "insert", ())
        values = {
            name: value
            for name, value in record.__data__.items()
            if value is not None or name != key_name(type(record))
        }
        if record.key is None and (number := _number_after_the_deleted(type(record))):
            values[key_name(type(record))] = number
        key = type(record).insert(values).execute()
        if record.key is None:
            record.__data__[key_name(type(record))] = key
        if not self._follows:
            self._made.setdefault(type(record), []).append(record.key)
        self.note(type(record), record.key, "insert", after=filled(record.__data__))

    def update(self, record: Stored, changes: Mapping[str, tuple[object, object]]) -> None:
        """Write the changed fields of a record that is in the store, merging what others saved meanwhile."""
        self._ask(type(record), "update", (record.key,))
        changes = write(record, dict(changes))
        if not changes:
            return
        record.__data__["version"] += 1
        self._note_owner(record, changes)
        before = {name: pair[0] for name, pair in changes.items()}
        after = {name: pair[1] for name, pair in changes.items()}
        self.note(type(record), record.key, "update", before, after)

    def delete(self, record: Stored) -> None:
        """Delete a record and what is a part of it; the journal keeps all of it."""
        cls = type(record)
        stored = next(iter(locked(cls, key_field(cls) == record.key)), None)
        if stored is None:
            raise Mistake(_("{name} has already been deleted.").format(name=record.caption()))
        self._ask(cls, "delete", (record.key,))
        self._erase(cls, stored)

    def _erase(self, cls: type[Stored], stored: Stored) -> None:
        """Nobody is asked about the parts: who may delete the whole may delete them."""
        for link, child in cls._meta.backrefs.items():
            for part in locked(child, link == stored.key) if getattr(link, "along", False) else ():
                self._erase(child, part)
        cls.delete().where(cls._meta.primary_key == stored.key).execute()
        self.note(cls, stored.key, "delete", before=dict(stored.__data__))

    def save_many(self, records: Iterable[Stored]) -> int:
        """Write the changed ones of many loaded records of one type together; how many those were."""
        by_columns: dict[tuple[str, ...], list[list[object]]] = {}
        changed = [record for record in records if record.changes()]
        if not changed:
            return 0
        cls = type(changed[0])
        self._ask(cls, "update", [record.key for record in changed])
        for record in changed:
            derive(record)
            if problems := record.problems(record.changes()):  # what else the suite may have written is not its matter
                name, sentence = next(iter(problems.items()))
                raise Mistake(_("{name}: {sentence}").format(name=record.caption(), sentence=sentence), name)
            changes = record.changes()
            fields = record._meta.fields
            values = [fields[name].db_value(now) for name, (_old, now) in changes.items()]
            by_columns.setdefault(tuple(changes), []).append([*values, record.key])
            self._note_owner(record, changes)
            before = {name: old for name, (old, _now) in changes.items()}
            self.note(cls, record.key, "update", before, {name: now for name, (_old, now) in changes.items()})
            record.settle()
        for names, rows in by_columns.items():
            self.update_many(cls, names, rows)
        return sum(len(rows) for rows in by_columns.values())

    def insert_many(self, cls: type[Stored], names: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Write many new records at once; each row starts with its key. Values must be checked and derived already."""
        meta = cls._meta
        table = meta.table_name
        self._ask(cls, "insert", ())
        self._made.setdefault(cls, []).extend(row[0] for row in rows)
        with in_bulk(cls, [row[0] for row in rows]):
            database.insert_many(table, [meta.fields[name].column_name for name in names], rows)
        texts = Packer(cls, names).texts(rows)
        self._journal.extend((table, str(row[0]), "insert", None, text) for row, text in zip(rows, texts, strict=True))
        self.changes.extend(Change(table, row[0], "insert") for row in rows)

    def update_many(self, cls: type[Stored], names: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Write the same fields of many records at once; each row ends with its key. The caller notes the changes."""
        meta = cls._meta
        sets = ", ".join(f'"{meta.fields[name].column_name}" = ?' for name in names)
        key, version = key_field(cls).column_name, meta.fields["version"].column_name
        searched = "search_text" in names
        with in_bulk(cls, [row[-1] for row in rows]) if searched else nullcontext():
            database.executemany(
                # sql: the names are our own columns'
                f'UPDATE "{meta.table_name}" SET {sets}, "{version}" = "{version}" + 1 WHERE "{key}" = ?',  # noqa: S608
                rows,
            )

    def note(
        self, cls: type[Stored], key: object, verb: Verb,
        before: Mapping[str, object] | str | None = None, after: Mapping[str, object] | None = None,
    ) -> None:  # fmt: skip
        """Put down what happened to a record; its values may be packed already."""
        table = cls._meta.table_name
        if cls.about.guard is not None:
            cls.about.guard(key, verb, _values(cls, before), _values(cls, after))
        self.changes.append(Change(table, key, verb))
        self._journal.append((table, str(key), verb, packed(cls, before), packed(cls, after)))

    def _note_owner(self, record: Stored, changes: Mapping[str, tuple[object, object]]) -> None:
        """Whose it was, where it is somebody else's now."""
        kind = type(record).owner_kind() if self.mode == "do" else None
        if kind is not None and kind.name in changes and (before := changes[kind.name][0]):
            self._given.append((type(record), record.key, str(before)))

    def settle_owners(self) -> None:
        """What was given away is told to whoever keeps the thread; undo and redo have it in the journal."""
        if self._given:
            asked.given(tuple(self._given))

    @contextmanager
    def part(self) -> Iterator[Unit]:
        """Something that is done entirely or not at all within this unit, whatever becomes of the rest."""
        done, noted, held, given = len(self.changes), len(self._journal), len(self._held), len(self._given)
        try:
            with database.proxy.atomic():
                yield self
        except BaseException:
            del self.changes[done:], self._journal[noted:], self._given[given:]
            self.hold_again(held)
            raise

    def hold_again(self, since: int = 0) -> None:
        """Nothing was written: what was changed in the records still waits to be saved."""
        while len(self._held) > since:
            record, held = self._held.pop()
            record.hold(held)

    def settle_rights(self) -> None:
        """What was made hangs where it belongs only now: ask whether it may stand there."""
        for cls, keys in self._made.items():
            self._ask(cls, "insert", keys)

    def write_journal(self) -> None:
        """Write the entry for this unit; nothing when nothing was done."""
        if not self._journal:
            return
        self.number = UnitRow.insert(
            name=self.message.text,
            parameters=self.message.kept(),
            by=self.by,
            done=now(),
            mode=self.mode,
            reverses=self.reverses,
        ).execute()
        own_units.add(self.number)
        columns = ("UnitNo", "TableName", "RecordNo", "Verb", "Before", "After")
        for start in range(0, len(self._journal), WRITTEN_AT_ONCE):
            entries = self._journal[start : start + WRITTEN_AT_ONCE]
            database.insert_many("CRMChanges", columns, [(self.number, *entry) for entry in entries])
        let_go(self._journal)
        if self.reverses is not None:
            UnitRow.update(reversed_by=self.number).where(UnitRow.number == self.reverses).execute()
        for finish in (*self.finishing, *along):
            finish(self)
        bell.ring(database.proxy.obj, self.number)


def _values(cls: type[Stored], held: Mapping[str, object] | str | None) -> Mapping[str, object]:
    return unpacked(cls, held) if held is None or isinstance(held, str) else held


along: list[Callable[[Unit], object]] = []
"""written along with every unit, one that takes back and one of a million rows too, once it has its number"""
_local = threading.local()
_listeners: list[Callable[[Done], None]] = []
before_any: list[Callable[[], None]] = []
"""called before a unit is begun: whoever writes must know every record type, for its parts go with it"""


def listen(listener: Callable[[Done], None]) -> Callable[[], None]:
    """Have every finished unit told to `listener`, in the thread that did it. Returns the way to stop that."""
    _listeners.append(listener)
    return lambda: _listeners.remove(listener) if listener in _listeners else None


def tell(done: Done) -> None:
    """Tell everybody who listens that something was done."""
    for listener in tuple(_listeners):
        listener(done)


def under_way() -> Unit | None:
    """The unit this thread is in, if it is in one."""
    unit: Unit | None = getattr(_local, "unit", None)
    return unit


def current() -> Unit:
    """The unit this thread is in; outside one, writing is a bug."""
    unit = under_way()
    if unit is None:
        raise database.OutsideUnit("a record was saved outside a unit of work")
    return unit


@contextmanager
def unit(
    message: str | Message, *, by: str, mode: Literal["do", "undo", "redo"] = "do", reverses: int | None = None,
    **parameters: object,
) -> Iterator[Unit]:  # fmt: skip
    """Do one thing entirely or not at all. Inside another unit it becomes a part of that one.

    The journal keeps the message and its parameters: `unit("Save view {name}", by=by, name=view.caption())`.
    """
    outer = under_way()
    if outer is not None:
        with outer.part():
            yield outer
        return
    for ready in before_any:
        ready()
    begun = Unit(message if isinstance(message, Message) else Message(message, parameters), by, mode, reverses)
    _local.unit = begun
    try:
        with database.writing(), translated(), _transaction():
            database.proxy.obj.look_at_tables()
            foreign.begin_ours(database.proxy.obj)
            yield begun
            begun.settle_owners()
            begun.settle_rights()
            begun.write_journal()
            foreign.end_ours(database.proxy.obj)
    except BaseException as error:
        begun.hold_again()
        own_units.discard(begun.number)
        if isinstance(error, peewee.IntegrityError):
            raise Mistake(_why_refused(str(error))) from error
        raise
    finally:
        _local.unit = None
    if begun.changes:
        tell(Done(begun.number, begun.message, begun.by, tuple(begun.changes)))


def _number_after_the_deleted(cls: type[Stored]) -> int | None:
    """The number of a new record where the database itself would give that of a deleted one again."""
    last = numbers.last_deleted(database.proxy.obj, cls._meta.table_name)
    there: int = cls.select(peewee.fn.MAX(key_field(cls))).scalar() or 0 if last else 0
    return last + 1 if last > there else None


def _transaction() -> AbstractContextManager[object]:
    """What is written entirely or not at all, into the very office that was opened: it may be gone by now."""
    database.proxy.obj.look_for_it()
    return database.proxy.atomic()


def _why_refused(said: str) -> str:
    if "FOREIGN KEY" in said or "foreign key" in said:
        return _("Other records hang on this one; change or remove those first.")
    if "UNIQUE" in said or "unique" in said:
        return _("There is one with the same key already.")
    return _("The database refused this: {said}").format(said=said.strip().splitlines()[0])


def in_bulk(cls: type[Stored], keys: Sequence[Any]) -> AbstractContextManager[None]:
    """While these records are written together, the index they are searched by is kept in one go."""
    return trigrams.in_bulk(database.proxy.obj, cls._meta.table_name, key_field(cls).column_name, keys)
