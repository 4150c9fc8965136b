"""Which of the records that are synced somebody may see: everything that is listed of the sync begins with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import peewee

from channergy_crm.records.sync import TABLES
from channergy_crm.services import rights
from channergy_crm.sync.ready import RECORDS, Asks
from channergy_crm.work import key_field

if TYPE_CHECKING:
    from collections.abc import Iterable

    from channergy_crm.work.record import Record


def tables(by: str) -> list[str]:
    """The tables this one uses, in the order in which they are sent; `Refused` for whoever does not work here."""
    rights.require(by, "see")
    return [table for table in TABLES if rights.may(by, "see", RECORDS[table]) is None]


def seen(row: Any, table: str, by: str) -> Asks:
    """The condition for what is kept of this table's records (`SyncLink`, `Outgoing`, `Conflict`) and this one may see;
    also of records that are gone, where they may see all there are.
    """
    record, mine = RECORDS[table], row.table == table
    reached = rights.seen(record, by)
    if reached is None:
        return mine
    keys: Asks = record.select(key_field(record).cast("TEXT")).where(reached)
    return mine & row.key.in_(keys)


def any_seen(row: Any, by: str) -> Asks:
    """The same for all tables this one uses."""
    conditions = [seen(row, table, by) for table in tables(by)]
    found = conditions[0] if conditions else peewee.Value(1) == 0
    for condition in conditions[1:]:
        found = found | condition
    return found


def found(pairs: Iterable[tuple[str, str]], by: str) -> dict[tuple[str, str], Record]:
    """The records behind these, by table and number as text; those that are gone or not to be seen are left out."""
    by_table: dict[str, list[int]] = {}
    for table, key in pairs:
        by_table.setdefault(table, []).append(int(key))
    held: dict[tuple[str, str], Record] = {}
    for table, keys in by_table.items():
        rows = rights.rows(RECORDS[table], by).where(key_field(RECORDS[table]).in_(keys))
        held |= {(table, str(each.key)): each for each in rows}
    return held


def leads(by: str) -> bool:
    """Whether this one sets up the sync, and who stands for whom."""
    return rights.may(by, "administer") is None


def tells(other: Record, by: str) -> bool:
    """Whether a record may be named to this one."""
    record = type(other)
    return bool(rights.rows(record, by, key_field(record)).where(key_field(record) == other.key).exists())
