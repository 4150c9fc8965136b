"""What only undo and Removed need goes after the time the office has chosen (BX-12, BX-32).

Every record that exists keeps its whole history of changes for ever: who, when, each field old → new, under which
action. What goes: the image of what was created, everything about records that do not exist any more, units about how
people have arranged things (`About.internal`), and units of which nothing is left. A unit pruned so says that it can no
longer be taken back.

It is done in steps, each its own short transaction, so that nobody waits; it may be killed at any point and goes on
from there. First all old units are marked: from then on nobody takes them back while their parts go.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm.records.transfers import ImportRun
from channergy_crm.services import areas, office, rights
from channergy_crm.services.rights import Program
from channergy_crm.settings import MONTHS_KEPT
from channergy_crm.store import database
from channergy_crm.store.complaints import translated
from channergy_crm.work import ChangeRow, UnitRow, key_field, returning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from channergy_crm.work.record import Record

    Tell = Callable[[int], object]

UNITS, KEYS, ROWS = 500, 500, 1_000
"""of one step: units that are marked and looked through, records that may be gone, rows that are written"""
BEGUN, FINISHED = 1, 2
"""a unit that can no longer be taken back, and one of which nothing more goes"""


class Pruned(NamedTuple):
    """What went: units, changes, and images of what was created or deleted."""

    units: int
    changes: int
    images: int


def prune(now: datetime, by: str = Program.ITSELF, tell: Tell = lambda steps: None) -> Pruned:
    """Let go what is too old by the office's rule. `tell` is told how many steps are done; what it raises ends it."""
    rights.require(by, "remove")
    if not isinstance(by, Program):
        rights.require(by, "administer")
    months = int(office.get(MONTHS_KEPT, Program.ITSELF) or 0)
    if not months:
        return Pruned(0, 0, 0)
    old = _last_of_the_old(_before(now, months), now)
    return _Pruning(old, tell).run() if old else Pruned(0, 0, 0)


def _before(now: datetime, months: int) -> datetime:
    """So many months ago; of a day that month did not have, its last one."""
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    first = datetime(year, month + 1, 1, now.hour, now.minute, now.second)
    following = datetime(year + (month == 11), 1 if month == 11 else month + 2, 1)
    return min(first + timedelta(days=now.day - 1), following - timedelta(seconds=1))


def _last_of_the_old(limit: datetime, now: datetime) -> int:
    """The last unit before the first that is young enough to stay. What a wrong clock has put into the future tells
    nothing; one that was slow for a while lets nothing go that was done after something young.
    """
    young = UnitRow.select(peewee.fn.MIN(UnitRow.number)).where(UnitRow.done.between(limit, now)).scalar()
    last = UnitRow.select(peewee.fn.MAX(UnitRow.number)).scalar()
    return int(young) - 1 if young is not None else int(last or 0)


class _Pruning:
    """One run over all units up to the last of the old."""

    def __init__(self, old: int, tell: Tell) -> None:
        self._old, self._tell, self._steps = old, tell, 0
        self._types = areas.every_table()
        self._internal = [name for name, record in self._types.items() if record.about.internal]
        self._units = self._changes = self._images = 0

    def run(self) -> Pruned:
        """All of it."""
        for numbers in self._batches(UnitRow.pruned.is_null()):
            with self._step():
                UnitRow.update(pruned=BEGUN).where(UnitRow.number.in_(numbers)).execute()
        for name, record in self._types.items():
            if name not in self._internal:
                self._let_go_of_the_gone(name, record)
        for numbers in self._batches(UnitRow.pruned == BEGUN):
            self._finish(numbers)
        return Pruned(self._units, self._changes, self._images)

    @contextmanager
    def _step(self) -> Iterator[None]:
        with database.writing(), translated(), database.proxy.atomic():
            database.proxy.obj.look_at_tables()
            yield
        self._steps += 1
        self._tell(self._steps)

    def _batches(self, wanted: Any) -> Iterator[list[int]]:
        last = 0
        while True:
            these = wanted & (UnitRow.number > last) & (UnitRow.number <= self._old)
            numbers = list(UnitRow.select(UnitRow.number).where(these).order_by(UnitRow.number).limit(UNITS).scalars())
            if not numbers:
                return
            yield numbers
            last = numbers[-1]

    # ---------------------------------------------------------------- records that do not exist any more

    def _let_go_of_the_gone(self, name: str, record: type[Record]) -> None:
        last = ""
        while keys := self._keys_after(name, last):
            last = keys[-1][0]
            gone = self._gone(record, [key for key, latest in keys if latest <= self._old])
            if gone:
                with self._step():
                    still = self._keys_among(name, gone)
                    self._forget(name, self._gone(record, [key for key, latest in still if latest <= self._old]))

    def _keys_after(self, name: str, last: str) -> list[tuple[str, int]]:
        wanted = (ChangeRow.table == name) & (ChangeRow.key > last)
        return list(self._keys_of(wanted).limit(KEYS))

    def _keys_among(self, name: str, keys: Sequence[str]) -> list[tuple[str, int]]:
        return list(self._keys_of((ChangeRow.table == name) & ChangeRow.key.in_(list(keys))))

    def _keys_of(self, wanted: Any) -> Any:
        """Records by key, each with the last unit that did something to it."""
        latest = ChangeRow.select(ChangeRow.key, peewee.fn.MAX(ChangeRow.unit)).where(wanted)
        return latest.group_by(ChangeRow.key).order_by(ChangeRow.key).tuples()

    def _gone(self, record: type[Record], keys: Sequence[str]) -> list[str]:
        typed = {int(key) if key_field(record).numeric else key: key for key in keys}
        there = returning.stands(record, list(typed))
        return [text for key, text in typed.items() if key not in there]

    def _forget(self, name: str, keys: Sequence[str]) -> None:
        """Everything about these, and the units of which nothing is left."""
        wanted = (ChangeRow.table == name) & ChangeRow.key.in_(list(keys))
        units = list(ChangeRow.select(ChangeRow.unit).where(wanted).distinct().scalars())
        self._changes += ChangeRow.delete().where(wanted).execute()
        self._drop_empty(units)

    def _drop_empty(self, numbers: Sequence[int]) -> None:
        """The units of which nothing is left; what took back one that stays, or was an import, is still told of."""
        left = ChangeRow.select(ChangeRow.number).where(ChangeRow.unit == UnitRow.number)
        imported = ImportRun.select(ImportRun.number).where(ImportRun.unit == UnitRow.number)
        other = UnitRow.alias()
        reversed_one = other.select(other.number).where(other.number == UnitRow.reverses)
        idle = ~peewee.fn.EXISTS(left) & ~peewee.fn.EXISTS(imported) & ~peewee.fn.EXISTS(reversed_one)
        while numbers:
            these = UnitRow.select(UnitRow.number).where(UnitRow.number.in_(list(numbers)) & idle)
            empty = list(these.scalars())
            if not empty:
                return
            self._units += UnitRow.delete().where(UnitRow.number.in_(empty)).execute()
            numbers = [number for number in numbers if number not in empty]

    # ---------------------------------------------------------------- units

    def _finish(self, numbers: Sequence[int]) -> None:
        """What these hold for undo alone, and what they did to how people have arranged things."""
        here = ChangeRow.unit.in_(list(numbers))
        created = (ChangeRow.verb == "insert") & ChangeRow.after.is_null(False)
        deleted = (ChangeRow.verb == "delete") & ChangeRow.before.is_null(False)
        for rows in self._rows(here & (created | deleted)):
            with self._step():
                self._images += ChangeRow.update(after=None).where(ChangeRow.number.in_(rows) & created).execute()
                self._images += ChangeRow.update(before=None).where(ChangeRow.number.in_(rows) & deleted).execute()
        for rows in self._rows(here & ChangeRow.table.in_(self._internal)):
            with self._step():
                self._changes += ChangeRow.delete().where(ChangeRow.number.in_(rows)).execute()
        with self._step():
            self._drop_empty(numbers)
            UnitRow.update(pruned=FINISHED).where(UnitRow.number.in_(list(numbers))).execute()

    def _rows(self, wanted: Any) -> Iterator[list[int]]:
        while rows := list(ChangeRow.select(ChangeRow.number).where(wanted).limit(ROWS).scalars()):
            yield rows
