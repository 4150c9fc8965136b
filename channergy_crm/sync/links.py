"""Which record is which one on the site, and what both said when they last agreed: read and written, no more."""

from __future__ import annotations

import json
from datetime import timedelta
from random import uniform
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm import clock
from channergy_crm.records.privacy import ErasureRow
from channergy_crm.records.sync import Conflict, Met, Outgoing, OutState, SyncLink
from channergy_crm.store import database

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from channergy_crm.sync.merging import Value

LONGEST = timedelta(hours=6)
TOGETHER = 500
CONFLICT = ("TableName", "RecordNo", "FieldName", "Ours", "Theirs", "SeenDt", "OperatorID", "Kept")
MOST_READ = 10_000
"""signs of a value in which the two sides differ; no field that is kept alike holds as many"""
JITTER = 0.2
"""so much earlier or later, that not all who were turned away come again at the same moment"""


def of(table: str, keys: Iterable[object]) -> dict[str, SyncLink]:
    """The links of these records, by their numbers as text."""
    wanted = [str(key) for key in keys]
    rows = SyncLink.select().where((SyncLink.table == table) & SyncLink.key.in_(wanted)) if wanted else ()
    return {row.key: row for row in rows}


def at(table: str, remotes: Iterable[str]) -> dict[str, SyncLink]:
    """The links to these records of the site, by what it calls them."""
    wanted = list(remotes)
    rows = SyncLink.select().where((SyncLink.table == table) & SyncLink.remote.in_(wanted)) if wanted else ()
    return {row.remote: row for row in rows}


def base(link: SyncLink | None) -> dict[str, Value]:
    """What the site said when the two last agreed, by its own names."""
    return read(link.base) if link is not None else {}


def read(text: str | None) -> dict[str, Any]:
    """A note of the program's own as it is kept; what cannot be read is empty."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def written(values: Mapping[str, object]) -> str:
    """The same as it is kept."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def met(link: SyncLink, state: Met, **values: object) -> None:
    """They belong together, or no longer do, from now on."""
    if link.met != state.value:
        values["parted"] = None if state is Met.SYNCED else clock.now()
    link.met = state.value
    SyncLink.update(met=state.value, **values).where(SyncLink.number == link.number).execute()


def forgotten(table: str, keys: Iterable[object]) -> set[str]:
    """Which of these were anonymised, by their numbers as text."""
    wanted = [str(key) for key in keys]
    gone = SyncLink.select(SyncLink.key).where((SyncLink.table == table) & (SyncLink.met == Met.FORGOTTEN.value))
    erased = ErasureRow.select(ErasureRow.key).where((ErasureRow.table == table) & ErasureRow.key.in_(wanted))
    return {*gone.where(SyncLink.key.in_(wanted)).scalars(), *erased.scalars()} if wanted else set()


def conflict(table: str, key: object, field: str, ours: Value, theirs: Value) -> bool:
    """Keep what the two sides say of a field; False where the same is kept already and nobody has settled it yet."""
    return conflicts(table, [Differs(key, field, ours, theirs)])[0]


class Differs(NamedTuple):
    """A field of a record in which the two sides differ."""

    key: object
    field: str
    ours: Value
    theirs: Value


def conflicts(table: str, found: Sequence[Differs]) -> list[bool]:
    """Keep what the two sides say of some fields; for each whether that is new: False where the same is kept already
    and nobody has settled it yet.
    """
    new, now = [], str(clock.now())
    for start in range(0, len(found), TOGETHER):
        part = found[start : start + TOGETHER]
        rows: Any = Conflict.select(Conflict.key, Conflict.field, Conflict.theirs).where(
            (Conflict.table == table) & Conflict.key.in_({str(each.key) for each in part}) & Conflict.settled.is_null()
        )
        known = set(rows.tuples())
        here = [(str(each.key), each.field, text(each.theirs)) not in known for each in part]
        written = [
            (table, str(each.key), each.field, text(each.ours), text(each.theirs), now, "", "ours")
            for each, is_new in zip(part, here, strict=True)
            if is_new
        ]
        database.insert_many("CRMSyncConflicts", CONFLICT, written)
        new += here
    return new


def text(value: Value) -> str:
    """A value of the wire in plain text, as far as somebody reads it."""
    return "" if value is None else str(value)[:MOST_READ]


def write_met(rows: Sequence[Sequence[object]]) -> None:
    """Many that belong together: how, etag, base, when, what is shown, and the number of the link."""
    # sql: our own words
    database.executemany(
        'UPDATE "CRMSyncLinks" SET "State" = ?, "ETag" = ?, "Base" = ?, "SyncedDt" = ?, "Shown" = ? WHERE "LinkNo" = ?',
        rows,
    )


def wait(table: str, keys: Iterable[object], lacking: str = "") -> None:
    """Something of these records is still to be sent, where nothing of them waits already; `lacking` is a requirement
    that is known to hold them.
    """
    now, state = str(clock.now()), OutState.HELD.value if lacking else OutState.WAITING.value
    # sql: our own words
    database.executemany(
        'INSERT INTO "CRMSyncOutbox" ("TableName", "RecordNo", "UnitNo", "State", "Reason", "RequestKey", "Tries", '
        '"LastError", "CreateDt") VALUES (?, ?, 0, ?, ?, ?, 0, ?, ?) ON CONFLICT DO NOTHING',
        [[table, str(key), state, lacking, "", "", now] for key in keys],
    )


def unsent(table: str, key: object) -> bool:
    """Within a transaction: take off what a person has just arranged for a record, where the site has heard nothing of
    it; False where it has, or hears it just now. Nothing of the record waits then.
    """
    here, begun = (Outgoing.table == table) & (Outgoing.key == str(key)), Outgoing.request != ""
    Outgoing.delete().where(here & ~begun).execute()
    link = (SyncLink.table == table) & (SyncLink.key == str(key))
    SyncLink.delete().where(link & (SyncLink.etag == "")).execute()
    return not Outgoing.select().where(here).exists() and not SyncLink.select().where(link).exists()


def again(tries: int, now: datetime) -> datetime:
    """When to try once more after so many tries: about 1, 5, 25, 125 minutes, six hours at the most."""
    grown = min(timedelta(minutes=5 ** min(max(tries, 1) - 1, 9)), LONGEST)
    return (now + grown * uniform(1 - JITTER, 1 + JITTER)).replace(microsecond=0)  # noqa: S311  nobody is to guess it
