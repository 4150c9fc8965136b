"""Undo and redo: taking a unit of work back as a unit of its own, as long as nobody has built on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm.errors import Mistake
from channergy_crm.work import ChangeRow, Done, Unit, UnitRow, current, key_field, listen, unit, unpacked

if TYPE_CHECKING:
    from channergy_crm.record import Record

TOGETHER = 500


@dataclass(frozen=True)
class Entry:
    """One unit as the journal names it."""

    number: int
    name: str
    by: str
    done: datetime
    kind: str


def undoable(by: str) -> Entry | None:
    """The unit Ctrl+Z would take back: the latest this operator did or redid that still stands."""
    return _latest(by, ("do", "redo"))


def redoable(by: str) -> Entry | None:
    """The unit Ctrl+Shift+Z would do again: the latest undo, as long as nothing was done since."""
    last_done = (
        UnitRow.select(peewee.fn.MAX(UnitRow.number)).where((UnitRow.by == by) & (UnitRow.kind == "do")).scalar() or 0
    )
    entry = _latest(by, ("undo",))
    return entry if entry and entry.number > last_done else None


def _latest(by: str, kinds: tuple[str, ...]) -> Entry | None:
    standing = (UnitRow.by == by) & UnitRow.kind.in_(kinds) & UnitRow.reversed_by.is_null()
    row = UnitRow.select().where(standing).order_by(UnitRow.number.desc()).first()
    return Entry(row.number, row.name, row.by, row.done, row.kind) if row else None


Progress = Callable[[int, int, str], object]


def reverse(
    number: int, *, by: str, records: Mapping[str, type[Record]], progress: Progress | None = None
) -> Done | None:
    """Take a unit back, or do again what was taken back. Refused with a sentence when somebody has built on it.

    `progress` is told how many of how many changes are reversed; what it raises leaves everything as it was.
    """
    row = UnitRow.get_or_none(UnitRow.number == number)
    if row is None or row.reversed_by is not None:
        raise Mistake("That has been taken back already.")
    told: list[Done] = []
    stop = listen(told.append)
    try:
        with unit(row.name, by=by, kind="redo" if row.kind == "undo" else "undo", reverses=number) as taking_back:
            _reverse_all(taking_back, number, records, progress)
    finally:
        stop()
    return told[0] if told else None


def size(number: int) -> int:
    """How many records a unit changed."""
    counted: int = ChangeRow.select().where(ChangeRow.unit == number).count()
    return counted


class _Step(NamedTuple):
    number: int
    table: str
    key: Any
    verb: str
    before: str | None
    after: str | None


def _reverse_all(
    taking_back: Unit, number: int, records: Mapping[str, type[Record]], progress: Progress | None
) -> None:
    fields = (ChangeRow.number, ChangeRow.table, ChangeRow.key, ChangeRow.verb, ChangeRow.before, ChangeRow.after)
    rows: Any = ChangeRow.select(*fields).where(ChangeRow.unit == number).order_by(ChangeRow.number.desc()).tuples()
    steps = [_Step(*row) for row in rows]
    done = 0
    for run in _runs(steps):
        cls = records[run[0].table]
        numeric = key_field(cls).numeric
        run = [step._replace(key=int(step.key)) if numeric else step for step in run]
        _REVERSE[run[0].verb](taking_back, cls, run)
        done += len(run)
        if progress:
            progress(done, len(steps), "Taking back")


def _runs(steps: list[_Step]) -> Iterator[list[_Step]]:
    """Steps that can be reversed together: the same verb on different records of one table, a few hundred at once."""
    run: list[_Step] = []
    keys: set[str] = set()
    for step in steps:
        fits = run and (step.table, step.verb) == (run[0].table, run[0].verb)
        if run and (not fits or step.key in keys or len(run) == TOGETHER):
            yield run
            run, keys = [], set()
        run.append(step)
        keys.add(step.key)
    if run:
        yield run


def _stored(cls: type[Record], run: list[_Step]) -> dict[Any, Record]:
    """The records as they stand now; one that is gone keeps the whole unit from being taken back."""
    key = key_field(cls)
    found = {record.key: record for record in cls.select().where(key.in_([step.key for step in run]))}
    gone = next((step.key for step in run if step.key not in found), None)
    if gone is not None:
        raise Mistake(f"This cannot be taken back: {cls.singular.lower()} {gone} is gone.")
    return found


def _take_away(taking_back: Unit, cls: type[Record], run: list[_Step]) -> None:
    """What was made goes away again."""
    found = _stored(cls, run)
    _refuse_if_built_on(cls, run, found)
    cls.delete().where(key_field(cls).in_(list(found))).execute()
    for key, record in found.items():
        taking_back.note(cls, key, "delete", before=dict(record.__data__))


def _put_back(taking_back: Unit, cls: type[Record], run: list[_Step]) -> None:
    """What was deleted stands again, under its own number."""
    fields = cls._meta.fields
    by_columns: dict[tuple[str, ...], list[list[Any]]] = {}
    key = str(key_field(cls).name)
    for step in run:
        values = unpacked(cls, step.before)
        values["version"] = values.get("version", 1) + 1
        names = (key, *(name for name in values if name != key))
        by_columns.setdefault(names, []).append([fields[name].db_value(values[name]) for name in names])
    for names, rows in by_columns.items():
        taking_back.insert_many(cls, names, rows)


def _set_back(taking_back: Unit, cls: type[Record], run: list[_Step]) -> None:
    """Changed fields get the values they had."""
    found, fields = _stored(cls, run), cls._meta.fields
    by_columns: dict[tuple[str, ...], list[list[Any]]] = {}
    for step in run:
        record, before, after = found[step.key], unpacked(cls, step.before), unpacked(cls, step.after)
        for name, value in after.items():
            if record.__data__.get(name) != value and not fields[name].system:
                label = fields[name].label
                raise Mistake(f"This cannot be taken back: {label} of {record.caption()} was changed again since.")
        now = {name: record.__data__.get(name) for name in before}
        values = [fields[name].db_value(value) for name, value in before.items()]
        by_columns.setdefault(tuple(before), []).append([*values, step.key])
        taking_back.note(cls, step.key, "update", before=now, after=before)
    for names, rows in by_columns.items():
        taking_back.update_many(cls, names, rows)


_REVERSE: dict[str, Callable[[Unit, type[Record], list[_Step]], None]] = {
    "insert": _take_away,
    "delete": _put_back,
    "update": _set_back,
}


def _refuse_if_built_on(cls: type[Record], run: list[_Step], found: Mapping[Any, Record]) -> None:
    made = {str(step.key): step.number for step in run}
    first = min(made.values())
    later: Any = (
        ChangeRow.select(ChangeRow.key, ChangeRow.number, UnitRow.name, UnitRow.by)
        .join(UnitRow, on=(ChangeRow.unit == UnitRow.number))
        .where(
            (ChangeRow.table == run[0].table) & ChangeRow.key.in_(list(made)) & (ChangeRow.number > first)
            & (UnitRow.number != current().reverses) & UnitRow.reversed_by.is_null() & (UnitRow.kind != "undo")
        )
        .tuples()
    )  # fmt: skip
    for key, number, name, by in later:
        if number > made[key]:
            caption = next(record.caption() for held, record in found.items() if str(held) == key)
            raise Mistake(f"This cannot be taken back: {by} has worked on {caption} since ({name}).")
