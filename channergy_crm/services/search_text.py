"""What the suite around the CRM wrote into shared tables is made ready for searching: folded text, digits of phones.

And it waits to be sent to Viper, for no unit has told of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm import work
from channergy_crm.records import ALL
from channergy_crm.records.sync import put_foreign
from channergy_crm.services import rights
from channergy_crm.store import database
from channergy_crm.work import key_field
from channergy_crm.work.unit import in_bulk

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from channergy_crm.work.record import Record

AT_A_TIME = 500


def prepare(by: str, progress: Callable[[int], None] = lambda done: None) -> int:
    """Prepare every row that waits for it; tells how many there were. `progress` is told after every few hundred."""
    rights.require(by, "search")
    done = 0
    for record in ALL:
        while "search_text" in record._meta.fields and (count := _prepare_some(record, by)):
            done += count
            progress(done)
    return done


def waiting(by: str) -> bool:
    """Whether there are rows to prepare."""
    rights.require(by, "search")
    searched = [record for record in ALL if "search_text" in record._meta.fields]
    return any(record.select().where(record.kind("search_text").is_null()).exists() for record in searched)


def _prepare_some(record: type[Record], by: str) -> int:
    with work.unit("Prepare for searching", by=by):
        query = record.select().where(record.kind("search_text").is_null()).limit(AT_A_TIME)
        if database.on_server():
            query = query.for_update()
        found = list(query)
        if found:
            _write(record, found)
            put_foreign(record._meta.table_name, [each.key for each in found])
    return len(found)


def _write(record: type[Record], found: Sequence[Record]) -> None:
    """No version is counted up and nothing is put down: nobody has changed anything."""
    fields, deriving = record._meta.fields, record.deriving()
    names = [name for kind in deriving for name in kind.derived() if fields[name].hidden]
    rows = []
    for each in found:
        values = each.__data__
        for kind in deriving:
            values.update(kind.derive(values, fields))
        rows.append([*(values[name] for name in names), each.key])
    sets = ", ".join(f'"{fields[name].column_name}" = ?' for name in names)
    with in_bulk(record, [each.key for each in found]):
        database.executemany(
            f'UPDATE "{record._meta.table_name}" SET {sets} WHERE "{key_field(record).column_name}" = ?',  # noqa: S608
            rows,
        )  # sql: names of our own columns
