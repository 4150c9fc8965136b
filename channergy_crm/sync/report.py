"""The report of the CRM's side: client accounts and contacts with how each stands with Viper (VP-6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import peewee

from channergy_crm.language import N_, _
from channergy_crm.query.conditions import condition
from channergy_crm.records import Account
from channergy_crm.records.sync import Met, Outgoing, OutState, SyncLink
from channergy_crm.services import rights
from channergy_crm.sync import apart, chips, sight
from channergy_crm.sync.chips import Standing
from channergy_crm.sync.ready import ACCOUNTS, CONTACTS, RECORDS, Asks
from channergy_crm.transfer.exporting.counted import Lines, Taken, write
from channergy_crm.work import key_field

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from channergy_crm.transfer.exporting.text import Style
    from channergy_crm.work.record import Record
    from channergy_crm.work.undo import Progress

CLIENTS = (ACCOUNTS, CONTACTS)
"""reports of programs and of money are Viper's own (VP-6)"""
SHOWN, BATCH = 200, 1_000
TITLE = N_("Clients and Viper")


class Asked(NamedTuple):
    """Which clients: of one table only, of one standing only, whose name holds these words."""

    table: str = ""
    standing: str = ""
    words: str = ""


class Client(NamedTuple):
    """A line: which record it is and whose, how it stands, why, and when the two last agreed."""

    table: str
    key: int
    name: str
    account: str
    owner: str
    standing: Standing
    said: str
    synced: datetime | None


def titles() -> list[str]:
    """What stands above the columns of `cells`."""
    told = [_("Record"), _("Record number"), _("Name"), _("How it stands"), _("Last synced")]
    return [*told, _("Account"), _("Belongs to")]


def read(asked: Asked, by: str, start: int = 0, count: int = SHOWN) -> list[Client]:
    """Some of them: accounts before contacts, each by name, as the last round has left them."""
    found: list[Client] = []
    for table in _tables(asked, by):
        rows = _rows(table, asked, by)
        taken = [_client(table, row) for row in rows.offset(start).limit(count - len(found)).objects()]
        found += taken
        if len(found) >= count:
            break
        start = 0 if taken else max(0, start - rows.count())
    return found


def count(asked: Asked, by: str) -> int:
    """How many there are."""
    return sum(int(_rows(table, asked, by).count()) for table in _tables(asked, by))


def export(asked: Asked, path: Path, by: str, style: Style | None = None, progress: Progress | None = None) -> int:
    """Write all of them into a CSV file or a workbook, by its ending. How many lines."""
    for table in _tables(asked, by):
        rights.require(by, "export", RECORDS[table])
    lines = Lines(titles(), _batches(asked, by), progress=progress)
    return write(Taken(RECORDS[asked.table or ACCOUNTS], asked, by, _(TITLE)), lines, path, style)


def cells(one: Client) -> tuple[str, ...]:
    """A line in words, a column each."""
    synced = f"{one.synced:%Y-%m-%d %H:%M}" if one.synced else ""
    return (RECORDS[one.table].singular, str(one.key), one.name, one.said, synced, one.account, one.owner)


def _batches(asked: Asked, by: str) -> Iterator[Sequence[tuple[object, ...]]]:
    start = 0
    while part := read(asked, by, start, BATCH):
        yield [cells(one) for one in part]
        start += len(part)


def _tables(asked: Asked, by: str) -> list[str]:
    return [table for table in sight.tables(by) if table in CLIENTS and asked.table in ("", table)]


def _rows(table: str, asked: Asked, by: str) -> Asks:
    """A table's records with what is kept of them, each put beside it by its number."""
    record: Asks = RECORDS[table]
    key, number = key_field(record), key_field(record).cast("TEXT")
    standing = _standing()
    rows: Asks = rights.rows(
        record, by, record, Outgoing.reason.alias("lacking"), SyncLink.met.alias("met"),
        SyncLink.synced.alias("synced"), standing.alias("standing"),
    )  # fmt: skip
    linked = (SyncLink.table == table) & (SyncLink.key == number)
    sent = (Outgoing.table == table) & (Outgoing.key == number)
    left = peewee.JOIN.LEFT_OUTER
    rows = rows.join_from(record, SyncLink, left, on=linked).join_from(record, Outgoing, left, on=sent)
    order = [Account.kind("name_folded"), key]
    if table == CONTACTS:
        rows = rows.join_from(record, Account, left, on=(Account.customer == record.customer))
        rows = rows.select_extend(Account.name.alias("of_account"), Account.owner.alias("of_owner"))
        order = [record.last_name, record.first_name, key]
    if asked.words.strip():
        rows = rows.where(condition(record, asked.words, by))
    if asked.standing:
        rows = rows.where(standing == asked.standing)
    return rows.order_by(*order)


def _standing() -> Asks:
    """How a record stands, in the store's words, as `chips.chip` says it of one."""
    parted = SyncLink.met.is_null(False) & (SyncLink.met != Met.SYNCED.value)
    return peewee.Case(
        None,
        [
            (parted, Standing.APART.value), (Outgoing.state == OutState.HELD.value, Standing.HELD.value),
            (Outgoing.state == OutState.REFUSED.value, Standing.REFUSED.value),
            (Outgoing.number.is_null(False) | SyncLink.met.is_null(), Standing.WAITS.value),
        ],
        Standing.SYNCED.value,
    )  # fmt: skip


def _client(table: str, row: Record) -> Client:
    held = row.__dict__
    standing = Standing(held["standing"])
    contact = table == CONTACTS
    owner = row.__data__.get("assigned_to" if contact else "owner") or held.get("of_owner") or ""
    account = (held.get("of_account") or "") if contact else ""
    return Client(table, row.key, row.caption(), account, str(owner), standing,
                  _said(standing, held["lacking"], held["met"]), held["synced"])  # fmt: skip


def _said(standing: Standing, lacking: str | None, met: str | None) -> str:
    if standing is Standing.HELD:
        return _("not synced: {reason}").format(reason=chips.titles().get(lacking or "", lacking or ""))
    return _(apart.SAID[met or Met.GONE_THERE.value]) if standing is Standing.APART else _(standing.value)
