"""Undo and redo: taking a unit of work back as a unit of its own, as long as nobody has built on it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm.errors import Mistake
from channergy_crm.language import Message, _, many, one
from channergy_crm.store import database
from channergy_crm.work import (
    ChangeRow,
    Done,
    Unit,
    UnitRow,
    asked,
    current,
    held_fast,
    in_bulk,
    key_field,
    listen,
    locked,
    own_units,
    unit,
)
from channergy_crm.work.journal import ERASED
from channergy_crm.work.journal_values import filled, packed, unpacked
from channergy_crm.work.long_lists import let_go, uncollected

if TYPE_CHECKING:
    from datetime import datetime

    import peewee

    from channergy_crm.fields import Kind
    from channergy_crm.work.record import Record

TOGETHER = 500
LONGEST = 60
"""letters of a value in a sentence"""


class Entry(NamedTuple):
    """A unit that can be taken back or done again: its number, what it is called, who did it and when."""

    number: int
    name: str
    by: str
    done: datetime
    mode: str


def undoable(by: str) -> Entry | None:
    """The unit Ctrl+Z would take back: the latest this operator did or redid at this window that still stands."""
    return _entry(_latest(by, ("do", "redo"), standing=True))


def redoable(by: str) -> Entry | None:
    """The unit Ctrl+Shift+Z would do again: the latest undo, as long as nothing was done since."""
    undone, done = _latest(by, ("undo",), standing=True), _latest(by, ("do",))
    return _entry(undone) if undone and not (done and done.number > undone.number) else None


def _latest(by: str, modes: tuple[str, ...], *, standing: bool = False) -> UnitRow | None:
    """What is done at another window, by the same operator, too, is for that window to take back."""
    wanted = (UnitRow.by == by) & UnitRow.mode.in_(modes)
    wanted &= UnitRow.pruned.is_null() | (UnitRow.pruned != ERASED)
    if standing:
        wanted &= UnitRow.reversed_by.is_null()
    for numbers in own_units.latest_first():
        here = UnitRow.select().where(wanted & UnitRow.number.in_(numbers))
        row: UnitRow | None = here.order_by(UnitRow.number.desc()).first()
        if row is not None:
            return row
    return None


def _entry(row: UnitRow | None) -> Entry | None:
    return Entry(row.number, str(row.message), row.by, row.done, row.mode) if row else None


Progress = Callable[[int, int, str], object]


def reverse(
    number: int, *, by: str, records: Mapping[str, type[Record]], progress: Progress | None = None,
    kept: list[str] | None = None,
) -> Done | None:  # fmt: skip
    """Take a unit back, or do again what was taken back. Refused with a sentence when somebody has built on it; with
    a list `kept`, that stays as it is, a sentence for each goes into the list, and all the rest is taken back.

    `progress` is told how many of how many changes are reversed; what it raises leaves everything as it was.
    """
    row = UnitRow.get_or_none(UnitRow.number == number)
    if row is None or row.reversed_by is not None:
        raise Mistake(_("That has been taken back already."))
    if row.fixed:
        raise Mistake(row.fixed)
    told: list[Done] = []
    stop = listen(told.append)
    try:
        again = row.mode == "undo"
        with uncollected(), unit(row.message, by=by, mode="redo" if again else "undo", reverses=number) as taking_back:
            _reverse_all(_Reversal(taking_back, records, kept), number, progress)
    finally:
        stop()
    return next((done for done in told if done.number == taking_back.number), None)


def size(number: int) -> int:
    """How many records a unit changed."""
    counted: int = ChangeRow.select().where(ChangeRow.unit == number).count()
    return counted


def whose(number: int) -> str:
    """Who did a unit; "" when there is none."""
    return str(UnitRow.select(UnitRow.by).where(UnitRow.number == number).scalar() or "")


def tables(number: int) -> list[str]:
    """The tables a unit changed something in."""
    return list(ChangeRow.select(ChangeRow.table).where(ChangeRow.unit == number).distinct().scalars())


class _Step(NamedTuple):
    number: int
    table: str
    key: int | str
    verb: str
    before: str | None
    after: str | None


class _Reversal(NamedTuple):
    """A unit that takes another one back, and what becomes of what it must not touch."""

    unit: Unit
    records: Mapping[str, type[Record]]
    kept: list[str] | None

    @property
    def gentle(self) -> bool:
        """What somebody has built on is left alone, instead of keeping all of it from being taken back."""
        return self.kept is not None

    def hides(self, cls: type[Record], key: object) -> Collection[str]:
        """The fields of a record whose values are not told to whoever takes back."""
        kept = asked.hides(self.unit.by, cls, key)
        return cls._meta.fields if kept is None else kept

    def keep(self, sentence: str) -> None:
        """Something cannot be taken back."""
        if self.kept is None:
            raise Mistake(_("This cannot be taken back: {reason}").format(reason=sentence))
        self.kept.append(sentence[:1].upper() + sentence[1:])


def _reverse_all(reversal: _Reversal, number: int, progress: Progress | None) -> None:
    fields = (ChangeRow.number, ChangeRow.table, ChangeRow.key, ChangeRow.verb, ChangeRow.before, ChangeRow.after)
    rows = ChangeRow.select(*fields).where(ChangeRow.unit == number).order_by(ChangeRow.number.desc()).tuples()
    steps = [_Step(*row) for row in rows.iterator()]
    done = 0
    for run in _runs(steps):
        cls = reversal.records[run[0].table]
        numeric = key_field(cls).numeric
        run = [step._replace(key=int(step.key)) if numeric else step for step in run]
        _REVERSE[run[0].verb](reversal, cls, run)
        done += len(run)
        if progress:
            progress(done, len(steps), _("Taking back"))
    let_go(steps)


def _runs(steps: list[_Step]) -> Iterator[list[_Step]]:
    """Steps that can be reversed together: the same verb on different records of one table, a few hundred at once."""
    run: list[_Step] = []
    keys: set[int | str] = set()
    for step in steps:
        fits = run and (step.table, step.verb) == (run[0].table, run[0].verb)
        if run and (not fits or step.key in keys or len(run) == TOGETHER):
            yield run
            run, keys = [], set()
        run.append(step)
        keys.add(step.key)
    if run:
        yield run


def _stored(reversal: _Reversal, cls: type[Record], run: list[_Step]) -> dict[object, Record]:
    """The records as they stand now; some may be gone."""
    key = key_field(cls)
    found = {record.key: record for record in locked(cls, key.in_([step.key for step in run]))}
    _keep_what_is_gone(reversal, cls, run, found)
    return found


def _keep_what_is_gone(
    reversal: _Reversal, cls: type[Record], run: list[_Step], found: Mapping[object, object]
) -> None:
    for step in run:
        if step.key not in found:
            reversal.keep(_("{record} {number} is gone.").format(record=one(cls), number=step.key))


def _among(field: peewee.ColumnBase, keys: Sequence[Any]) -> peewee.ColumnBase:
    """That a field holds one of these keys; a run without gaps, as imports make them, is asked for by its ends."""
    whole = keys and isinstance(keys[0], int) and max(keys) - min(keys) == len(keys) - 1
    among: peewee.Expression = field.between(min(keys), max(keys)) if whole else field.in_(keys)
    return among


def _called(cls: type[Record], key: object) -> str:
    record = cls.find(key)
    return record.caption() if record else _("{record} {number}").format(record=one(cls), number=key)


def _take_away(reversal: _Reversal, cls: type[Record], run: list[_Step]) -> None:
    """What was made goes away again. There can be a hundred thousand: no object is made for each."""
    key = key_field(cls)
    found = _held(cls, _among(key, [step.key for step in run]))
    _keep_what_is_gone(reversal, cls, run, found)
    texts = {number: packed(cls, filled(values)) for number, values in found.items()}
    hindrances = _guarded(cls, found) | _changed_since(reversal, cls, run, found, texts) | _built_on(cls, run, found)
    if reversal.gentle:
        hindrances |= _hung_on(reversal, cls, found.keys() - hindrances.keys())
    for sentence in dict.fromkeys(hindrances.values()):  # many lines of one document stay for the same reason
        reversal.keep(sentence)
    for number in hindrances:
        del found[number]
    with in_bulk(cls, list(found)):
        cls.delete().where(_among(key, list(found))).execute()
    for number in found:
        reversal.unit.note(cls, number, "delete", before=texts[number])


def _held(cls: type[Record], condition: object) -> dict[object, dict[str, object]]:
    """All values of some records, by number. Most are texts, which need no translation from what is stored."""
    key, fields = key_field(cls), cls._meta.sorted_fields
    names = [field.name for field in fields]
    other = [(field.name, field.python_value) for field in fields if not field.textual]
    query = held_fast(cls.select(*fields).where(condition), cls)
    rows = database.proxy.execute_sql(*query.sql()).fetchall()  # sql: compiled by peewee
    found = {}
    for row in rows:
        values = dict(zip(names, row, strict=True))
        for name, translated in other:
            if values[name] is not None:
                values[name] = translated(values[name])
        found[values[key.name]] = values
    return found


def _put_back(reversal: _Reversal, cls: type[Record], run: list[_Step]) -> None:
    """What was deleted stands again, under its own number. The journal does not name the fields that were empty."""
    fields = cls._meta.fields
    by_columns: dict[tuple[str, ...], list[list[object]]] = {}
    key, empty = str(key_field(cls).name), {name: kind.empty for name, kind in fields.items()}
    for step in run:
        values = {**empty, **unpacked(cls, step.before)}
        values["version"] = (values["version"] or 1) + 1
        names = (key, *(name for name in values if name != key))
        by_columns.setdefault(names, []).append([fields[name].db_value(values[name]) for name in names])
    for names, rows in by_columns.items():
        reversal.unit.insert_many(cls, names, rows)


def _set_back(reversal: _Reversal, cls: type[Record], run: list[_Step]) -> None:
    """Changed fields get the values they had."""
    found, fields = _stored(reversal, cls, run), cls._meta.fields
    by_columns: dict[tuple[str, ...], list[list[object]]] = {}
    for step in run:
        record = found.get(step.key)
        before = _still_ours(reversal, record, step) if record else {}
        if not record or not before:
            continue
        now = {name: record.__data__.get(name) for name in before}
        record.__data__.update(before)
        for kind in cls.deriving():
            new = kind.derive(record.__data__, before)
            before.update((name, new[name]) for name in new.keys() & before.keys() if fields[name].hidden)
        stored = [fields[name].db_value(value) for name, value in before.items()]
        by_columns.setdefault(tuple(before), []).append([*stored, step.key])
        reversal.unit.note(cls, step.key, "update", before=now, after=before)
    for names, rows in by_columns.items():
        reversal.unit.update_many(cls, names, rows)


def _still_ours(reversal: _Reversal, record: Record, step: _Step) -> dict[str, object]:
    """What a field held before, for those that nobody changed again since, and what is derived from them."""
    cls = type(record)
    fields, before = cls._meta.fields, unpacked(cls, step.before)
    for name, value in unpacked(cls, step.after).items():
        now = record.__data__.get(name)
        if now != value and name in before and (grown := fields[name].grown) is not None:
            before[name] = grown(before[name], value, now)
        elif now != value and not fields[name].system:
            changed = _("{name} was changed again since ({changes}).")
            since = _differences(cls, {name: value}, {name: now}, reversal.hides(cls, record.key))
            reversal.keep(changed.format(name=record.caption(), changes=since))
            ours = {name, *fields[name].derived()}
            before = {other: held for other, held in before.items() if other not in ours}
    return before if any(not fields[name].system for name in before) or not reversal.gentle else {}


_REVERSE: dict[str, Callable[[_Reversal, type[Record], list[_Step]], None]] = {
    "insert": _take_away,
    "delete": _put_back,
    "update": _set_back,
}


def _changed_since(
    reversal: _Reversal, cls: type[Record], run: list[_Step], found: Mapping[object, dict[str, object]],
    texts: Mapping[object, str | None],
) -> dict[object, str]:  # fmt: skip
    """The records that hold something else than was put into them, each with a sentence that says what: other programs
    write nothing into the journal. `texts` is what they hold, packed.
    """
    hindrances: dict[object, str] = {}
    for step in run:
        if step.after is None or step.key not in found or texts[step.key] == step.after:
            continue
        since = _differences(cls, unpacked(cls, step.after), found[step.key], reversal.hides(cls, step.key))
        if since:
            changed = _("{name} was changed since ({changes}).")
            hindrances[step.key] = changed.format(name=_called(cls, step.key), changes=since)
    return hindrances


def _differences(
    cls: type[Record], then: Mapping[str, object], now: Mapping[str, object], hides: Collection[str]
) -> str:
    """What other people see in a record than was put into it: each field with what it held and what it holds; of one
    that is not shown to whoever takes back, only its name.
    """
    before, after = filled(then), filled(now)
    names = [name for name in {**then, **after} if before.get(name) != after.get(name)]
    kinds = [(name, cls.kind(name)) for name in names]
    return "; ".join(
        kind.label
        if name in hides
        else _("{field}: {before} → {after}").format(
            field=kind.label, before=_said(kind, before.get(name)), after=_said(kind, after.get(name))
        )
        for name, kind in kinds
        if not kind.system
    )


def _said(kind: Kind[Any], value: object) -> str:
    text = "" if value in (None, "") else " ".join(kind.show(value).split())
    return (text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…") or _("nothing")


def _built_on(cls: type[Record], run: list[_Step], found: Mapping[object, object]) -> dict[object, str]:
    """The records somebody has worked on since, each with a sentence that says who."""
    made = {str(step.key): step.number for step in run}
    keys = {str(key): key for key in found}
    first = min(made.values())
    later: Any = (
        ChangeRow.select(ChangeRow.key, ChangeRow.number, UnitRow.name, UnitRow.parameters, UnitRow.by)
        .join(UnitRow, on=(ChangeRow.unit == UnitRow.number))
        .where(
            (ChangeRow.table == run[0].table) & ChangeRow.key.in_(list(made)) & (ChangeRow.number > first)
            & (UnitRow.number != current().reverses) & UnitRow.reversed_by.is_null() & (UnitRow.mode != "undo")
        )
        .tuples()
    )  # fmt: skip
    worked_on = _("{operator} has worked on {name} since ({deed}).")
    return {
        keys[key]: worked_on.format(operator=by, name=_called(cls, keys[key]), deed=Message.read(text, parameters))
        for key, number, text, parameters, by in later
        if number > made[key] and key in keys
    }


def _guarded(cls: type[Record], found: Mapping[object, dict[str, object]]) -> dict[object, str]:
    """The records that must stay, each with the sentence why."""
    hindrances: dict[object, str] = {}
    if (guard := cls.about.guard) is None:
        return hindrances
    for key in found:
        try:
            guard(key, "delete", found[key], {})
        except Mistake as mistake:
            hindrances[key] = mistake.message
    return hindrances


def _hung_on(reversal: _Reversal, cls: type[Record], found: Collection[object]) -> dict[object, str]:
    """The records others were linked to since, each with a sentence that says what."""
    hindrances: dict[object, str] = {}
    for other in reversal.records.values():
        for link in other._meta.refs:
            if link.rel_model is cls and found:
                for key in list(other.select(link).where(_among(link, list(found))).distinct().scalars()):
                    said = _("{records} hang on {name} now.")
                    hindrances[key] = said.format(records=many(other), name=_called(cls, key))
    return hindrances
