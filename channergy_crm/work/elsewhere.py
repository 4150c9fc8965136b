"""What other windows and other programs do: read out of the journal, and told like what is done here.

The number of the last unit is the truth, and beside it what the tables tell of programs that write without the journal
(`store/foreign.py`); what makes somebody look (`store/bell.py`) may ring in vain, or not at all.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any

import peewee

from channergy_crm.language import N_, Message
from channergy_crm.store import database, foreign
from channergy_crm.work import own_units
from channergy_crm.work.journal import Change, ChangeRow, Done, UnitRow
from channergy_crm.work.stored import Stored, key_field

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from channergy_crm.store.bell import Bell

MOST = 2_000
"""changes of which each record is told; of more only the tables"""
LATE = 600.0
"""seconds for which a number that was left out is waited for: on a server a later unit may be written earlier"""
BEFORE = 50
FOREIGN = N_("Changed by another program")


class Elsewhere:
    """Remembers what it has seen of the journal, and tells what is new and not from here."""

    def __init__(self, records: Mapping[str, type[Stored]]) -> None:
        self._records = records
        self._seen: int = UnitRow.select(peewee.fn.MAX(UnitRow.number)).scalar() or 0
        self._foreign: object = foreign.counted(database.proxy.obj)
        self._missing: dict[int, float] = {}
        recent = range(max(1, self._seen - BEFORE), self._seen)
        there = set(UnitRow.select(UnitRow.number).where(UnitRow.number >= recent.start).scalars())
        self._wait_for(number for number in recent if number not in there)

    def look(self, bell: Bell) -> list[Done]:
        """What others have done since it looked last: the units of other windows as one message, and another message
        where a program has written without the journal: then any record may have changed.
        """
        units = self._new_units(bell)
        now = bell.foreign()
        others = [unit for unit in units if not own_units.holds(unit[0])]
        done = [self._told(bell, others)] if others else []
        self._note({unit[0] for unit in units})  # not before all of it was read: a line may break
        before, self._foreign = self._foreign, now
        return done if before in (None, now) else [*done, self.everything()]

    def everything(self) -> Done:
        """Somebody has written something, and does not say what."""
        return Done(0, Message(FOREIGN, {}), "", (), elsewhere=True, anywhere=frozenset(self._records))

    def _new_units(self, bell: Bell) -> list[tuple[Any, ...]]:
        now = monotonic()
        self._missing = {number: until for number, until in self._missing.items() if until > now}
        fields = (UnitRow.number, UnitRow.name, UnitRow.parameters, UnitRow.by)
        new = (UnitRow.number > self._seen) | UnitRow.number.in_(list(self._missing))
        return bell.rows(*UnitRow.select(*fields).where(new).order_by(UnitRow.number).tuples().sql())

    def _note(self, numbers: set[int]) -> None:
        last = max(numbers, default=self._seen)
        self._missing = {number: until for number, until in self._missing.items() if number not in numbers}
        self._wait_for(number for number in range(self._seen + 1, last) if number not in numbers)
        self._seen = max(self._seen, last)

    def _wait_for(self, numbers: Iterable[int]) -> None:
        until = monotonic() + LATE
        self._missing.update((number, until) for number in numbers)

    def _told(self, bell: Bell, units: list[tuple[Any, ...]]) -> Done:
        number, name, parameters, by = units[-1]
        among = ChangeRow.unit.in_([unit[0] for unit in units])
        fields = (ChangeRow.table, ChangeRow.key, ChangeRow.verb)
        rows = bell.rows(*ChangeRow.select(*fields).where(among).limit(MOST + 1).tuples().sql())
        anywhere: set[str] = set()
        if len(rows) > MOST:
            tables = ChangeRow.select(ChangeRow.table).where(among).distinct().tuples()
            anywhere, rows = {row[0] for row in bell.rows(*tables.sql())}, []
        changes = tuple(Change(table, self._key(table, key), verb) for table, key, verb in rows)
        return Done(number, Message.read(name, parameters), by, changes, elsewhere=True, anywhere=frozenset(anywhere))

    def _key(self, table: str, key: str) -> object:
        record = self._records.get(table)
        return int(key) if record is not None and key_field(record).numeric else key
