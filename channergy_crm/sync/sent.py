"""What stands in the store of what is being sent: that it goes, that it is there, that it goes once more."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from channergy_crm import clock
from channergy_crm.records.sync import Conflict, Met, Outgoing, OutState, SyncLink
from channergy_crm.store import database
from channergy_crm.sync import fields, links, pulling

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import peewee

    from channergy_crm.sync.fields import Names
    from channergy_crm.sync.merging import Value
    from channergy_crm.sync.viper.wire import Item, Outcome
    from channergy_crm.work.record import Record


class Ready(NamedTuple):
    """A row of the outbox that is to be sent now, with its record and what is said of it."""

    row: Outgoing
    record: Record
    link: SyncLink | None
    item: Item


def mark(going: Sequence[Ready]) -> list[Ready]:
    """That these are being sent stands in the store before anybody hears of it, with their keys. Those that still are:
    what somebody has taken back or anonymised since it was read is not.
    """
    # sql: our own words
    database.executemany(
        'UPDATE "CRMSyncOutbox" SET "State" = ?, "RequestKey" = ?, "LastError" = ? '
        'WHERE "OutboxNo" = ? AND "RecordNo" = ? AND "RequestKey" = ? AND "State" <> ?',
        [
            [OutState.SENDING.value, each.item.request_key, "", each.row.number, each.row.key, each.row.request,
             OutState.HELD.value] for each in going
        ],
    )  # fmt: skip
    rows = Outgoing.select(Outgoing.request).where(Outgoing.number.in_([each.row.number for each in going]))
    marked = set(rows.scalars())
    return [each for each in going if each.item.request_key in marked]


def hold(going: Sequence[Ready]) -> None:
    """Nobody is being anonymised from here on among these: whoever is has taken the row out, and is waited for; what
    was written of them then is seen (DP-4). One file lets one write at a time anyway.
    """
    if database.on_server():
        mine = Outgoing.number.in_([each.row.number for each in going])
        Outgoing.select(Outgoing.number).where(mine).order_by(Outgoing.number).for_update().tuples().execute()


def over(going: Sequence[Ready]) -> None:
    """These are there; what was changed meanwhile waits on."""
    # sql: our own words
    database.executemany(
        'DELETE FROM "CRMSyncOutbox" WHERE "OutboxNo" = ? AND "UnitNo" = ?',
        [[each.row.number, each.row.unit] for each in going],
    )
    wait_again(going)


def wait_again(going: Sequence[Ready]) -> None:
    """These go once more, as something new."""
    if going:
        wait_again_where(Outgoing.number.in_([each.row.number for each in going]))


def wait_again_where(condition: peewee.ColumnBase) -> None:
    """The same of whatever fits."""
    values = {"state": OutState.WAITING.value, "request": "", "tries": 0, "next_try": None, "error": ""}
    Outgoing.update(values).where(condition).execute()


def write_links(table: str, done: Sequence[tuple[Ready, Outcome]]) -> None:
    """What was told is what both said last. What the site has put otherwise comes with the next reading, as a change of
    theirs.
    """
    now, gone = str(clock.now()), links.forgotten(table, [each.row.key for each, _said in done])
    new, changed = [], []
    once: dict[str, Value] = {each.remote: "" for each in fields.of(table, fields.Direction.FIRST)}
    for each, said in done:
        again = bool(each.row.request)  # what is there is what an earlier request said
        told = _shared(table, said.values, every=each.link is None) if again else dict(each.item.values)
        base: dict[str, Value] = (once if each.link is None else {}) | links.base(each.link) | pulling.values(told)
        etag = "" if _is_news(table, each.row.key, base, pulling.values(said.values)) else said.etag
        if each.row.key in gone:  # while the site was waited for
            if each.link is None:
                new.append((table, each.row.key, said.remote_id, said.etag, "{}", "{}", Met.FORGOTTEN.value, now))
        elif each.link is None:
            new.append((table, each.row.key, said.remote_id, etag, links.written(base), "{}", Met.SYNCED.value, now))
        else:
            changed.append([etag, links.written(base), Met.SYNCED.value, now, each.link.number])
    columns = ("TableName", "RecordNo", "RemoteID", "ETag", "Base", "Shown", "State", "SyncedDt")
    if new:
        database.insert_many("CRMSyncLinks", columns, new)
    # sql: our own words
    database.executemany(
        'UPDATE "CRMSyncLinks" SET "ETag" = ?, "Base" = ?, "State" = ?, "SyncedDt" = ? WHERE "LinkNo" = ?', changed
    )


def _is_news(table: str, key: str, base: Mapping[str, Value], held: Mapping[str, Value]) -> bool:
    """Whether the site holds something else than was told, in a field that comes back, and nobody has heard of it."""
    mapped = fields.of(table, fields.Direction.BOTH, fields.Direction.BACK)
    other = {(each.name, links.text(fields.normal(held[each.remote]))) for each in mapped
             if each.remote in held and not fields.same(base.get(each.remote), held[each.remote])}  # fmt: skip
    mine = (Conflict.table == table) & (Conflict.key == key)
    return bool(other) and not other <= set(Conflict.select(Conflict.field, Conflict.theirs).where(mine).tuples())


def _shared(table: str, values: Mapping[str, object], *, every: bool) -> dict[str, Value]:
    """Of what the site holds, what is kept alike; `every`: also what goes once, where it went by an earlier request."""
    ways = (*fields.Direction,) if every else (fields.Direction.BOTH, fields.Direction.BACK)
    wanted = {each.remote for each in fields.of(table, *ways)}
    return {name: value for name, value in pulling.values(values).items() if name in wanted}


def has_parents(record: Record, names: Names) -> bool:
    """Whether the site has what a new record hangs on."""
    return all(
        fields.said(each, record, names) for each in fields.of(record._meta.table_name) if each.way is fields.COMPANY
    )
