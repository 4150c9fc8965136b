"""The journal: which units of work were done, and what each did to which record."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

import peewee

from channergy_crm.language import Message, _
from channergy_crm.store import database

if TYPE_CHECKING:
    from collections.abc import Sequence

Verb = Literal["insert", "update", "delete"]
ERASED = 3


class UnitRow(peewee.Model):
    """One unit in the journal: what was done, by whom, when, and whether it was taken back."""

    number = peewee.AutoField(column_name="UnitNo")
    name = peewee.TextField(column_name="Name")
    parameters = peewee.TextField(column_name="Parameters", null=True)
    by = peewee.TextField(column_name="OperatorID")
    done = peewee.DateTimeField(column_name="DoneDt")
    mode = peewee.TextField(column_name="Kind")
    reverses = peewee.IntegerField(column_name="Reverses", null=True)
    reversed_by = peewee.IntegerField(column_name="ReversedBy", null=True)
    pruned = peewee.IntegerField(column_name="Pruned", null=True)
    """it can no longer be taken back: 1 from when pruning has begun, 2 when all that undo alone needs is gone, 3 when
    somebody whose data stood in it was anonymised
    """

    class Meta:
        database = database.proxy
        table_name = "CRMUnits"
        legacy_table_names = False
        indexes = ((("by", "number"), False), (("done", "number"), False))

    @property
    def message(self) -> Message:
        """What was done; it is said in the language of whoever reads it."""
        return Message.read(self.name, self.parameters)

    @property
    def fixed(self) -> str:
        """The sentence why it can no longer be taken back; "" where it can."""
        if self.pruned == ERASED:
            return _("Somebody was anonymised there: that is never taken back.")
        return _("That was done too long ago to be taken back.") if self.pruned else ""


class ChangeRow(peewee.Model):
    """What one unit did to one record: the changed fields before and after."""

    number = peewee.AutoField(column_name="ChangeNo")
    unit = peewee.IntegerField(column_name="UnitNo", index=True)
    table = peewee.TextField(column_name="TableName")
    key = peewee.TextField(column_name="RecordNo")
    verb = peewee.TextField(column_name="Verb")
    before = peewee.TextField(column_name="Before", null=True)
    after = peewee.TextField(column_name="After", null=True)

    class Meta:
        database = database.proxy
        table_name = "CRMChanges"
        legacy_table_names = False
        indexes = ((("table", "key", "unit"), False), (("table", "unit"), False))


DELETED = peewee.SQL("\"Verb\" = 'delete'")
"""without a parameter, in the very words of the index that holds the deleted"""
ChangeRow.add_index(ChangeRow.unit, where=DELETED, name="CRMChanges_deleted")


def gone_from(table: str) -> peewee.ColumnBase:
    """The condition for the deletions from a table, looked for among all that was deleted and not among all changes."""
    condition: peewee.ColumnBase = DELETED & (ChangeRow.table.concat("") == table)
    return condition


def latest_unit(table: str, key: object) -> UnitRow | None:
    """The unit that did something to this record last, or None: no journal tells what other programs do."""
    mine = (ChangeRow.table == table) & (ChangeRow.key == str(key))
    joined = UnitRow.select().join(ChangeRow, on=(ChangeRow.unit == UnitRow.number))
    found: UnitRow | None = joined.where(mine).order_by(UnitRow.number.desc()).first()
    return found


JOURNAL: list[type[peewee.Model]] = [UnitRow, ChangeRow]


class Change(NamedTuple):
    """What happened to one record."""

    table: str
    key: object
    verb: Verb


@dataclass(frozen=True)
class Done:
    """What a finished unit tells the open screens."""

    number: int
    message: Message
    by: str
    changes: Sequence[Change]
    elsewhere: bool = False
    """another window or another program did it, not this one"""
    anywhere: frozenset[str] = frozenset()
    """tables any of whose records may have changed: nobody says which"""

    @property
    def name(self) -> str:
        """What was done, in one sentence."""
        return str(self.message)

    @cached_property
    def tables(self) -> set[str]:
        """The tables in which something changed."""
        return set(self._keys) | self.anywhere

    def keys(self, table: str) -> set[object]:
        """The numbers of the records of `table` that are known to have changed."""
        return self._keys.get(table, set())

    def touches(self, table: str, key: object) -> bool:
        """Whether this record may be another one now."""
        return table in self.anywhere or key in self.keys(table)

    @cached_property
    def _keys(self) -> dict[str, set[object]]:
        tables = {change.table for change in self.changes}
        return {table: {change.key for change in self.changes if change.table == table} for table in tables}
