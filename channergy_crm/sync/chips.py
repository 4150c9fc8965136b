"""How a record stands with the Viper site, for the chip beside its name and for the list of all that wait."""

from __future__ import annotations

import json
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

import peewee

from channergy_crm.clock import today
from channergy_crm.language import N_, _
from channergy_crm.records.sync import TABLES, Met, Outgoing, OutState, SyncLink, is_on
from channergy_crm.services import rights
from channergy_crm.sync import fields
from channergy_crm.sync.ready import APART, OF_TABLE, RECORDS, Asks, Lack, lack_of, missing
from channergy_crm.work import key_field

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from channergy_crm.work.record import Record


class Standing(StrEnum):
    """How a record stands with the site."""

    SYNCED = N_("synced")
    WAITS = N_("waits")
    HELD = N_("not synced")
    REFUSED = N_("refused")
    APART = N_("no longer together")


_APART = {
    **APART,
    Met.GONE_HERE.value: N_("deleted here"),
    Met.MERGED_HERE.value: N_("merged here"),
    Met.FORGOTTEN.value: N_("anonymised here"),
}


class Chip(NamedTuple):
    """What is said beside a record: how it stands, the words, more for whoever points at it, and what is lacking."""

    state: Standing
    text: str
    tip: str = ""
    lack: Lack | None = None


def chip(table: str, key: object, by: str) -> Chip | None:
    """How one record stands; None while the sync is off, and for what is never sent or not there."""
    if table not in TABLES:
        return None
    rights.require(by, "see", RECORDS[table])
    record = _mine(table, by).where(key_field(RECORDS[table]) == key).first() if is_on() else None
    if record is None:
        return None
    of_it = str(key)
    link = SyncLink.get_or_none((SyncLink.table == table) & (SyncLink.key == of_it))
    row = Outgoing.get_or_none((Outgoing.table == table) & (Outgoing.key == of_it))
    before = _apart(link) or _lacking(record, link, by) or _waiting(row)
    return before or (Chip(Standing.WAITS, _("waits")) if link is None else _synced(record, link))


def _apart(link: SyncLink | None) -> Chip | None:
    if link is None or link.met == Met.SYNCED.value:
        return None
    said = _("It is not sent and not made anew there.")
    return Chip(Standing.APART, _(_APART[link.met]), said)


def _lacking(record: Record, link: SyncLink | None, by: str) -> Chip | None:
    """A deal that is there already lacks nothing: it is not sent again."""
    if link is not None and record._meta.table_name == "CRMOpportunities":
        return None
    name = missing(record)
    lack = lack_of(record, name, lambda other: _tells(other, by)) if name else None
    if lack is None:
        return None
    return Chip(Standing.HELD, _("not synced: {reason}").format(reason=lack.sentence), "", lack)


def _waiting(row: Outgoing | None) -> Chip | None:
    if row is None:
        return None
    if row.state == OutState.REFUSED.value:
        return Chip(Standing.REFUSED, _("not synced: Viper refused it"), row.error or "")
    return Chip(Standing.WAITS, _("waits"), row.error or "")


def _synced(record: Record, link: SyncLink) -> Chip:
    since = fields.not_sent(record, base_of(link))
    tip = _("Changed here since, and not sent again: {fields}.") if since else ""
    labels = ", ".join(_(each.label) for each in since)
    return Chip(Standing.SYNCED, _("synced {when}").format(when=_when(link.synced)), tip.format(fields=labels))


def base_of(link: SyncLink) -> dict[str, object]:
    """What both sides said when they last agreed, by the site's names."""
    with suppress(ValueError):
        held = json.loads(link.base or "{}")
        return held if isinstance(held, dict) else {}
    return {}


def _when(moment: datetime) -> str:
    return f"{moment:%H:%M}" if moment.date() == today() else f"{moment:%Y-%m-%d}"


def _mine(table: str, by: str) -> Asks:
    return rights.rows(RECORDS[table], by)


def _tells(other: Record, by: str) -> bool:
    record = type(other)
    seen = rights.rows(record, by, key_field(record)).where(key_field(record) == other.key)
    return bool(seen.exists())


# ---------------------------------------------------------------- all that wait


class Waiting(NamedTuple):
    """A record that is not sent because it lacks something."""

    table: str
    key: object
    caption: str
    lack: Lack


def waiting(by: str, requirement: str | None = None, start: int = 0, count: int = 200) -> list[Waiting]:
    """The records this one may see that are held for what they lack, by their tables in the order in which they are
    sent and then by number; only for one requirement where it is named. As the last round has left them, or
    `outbox.sort_out`; what was changed since is not among them any more.
    """
    found: list[Waiting] = []
    for table in TABLES:
        rights.require(by, "see", RECORDS[table])
        held = _held(table, by, requirement)
        there = held.count()
        if start < there and len(found) < count:
            found += _told(table, held.offset(start).limit(count - len(found)), by)
        start = max(0, start - there)
    return found


def _held(table: str, by: str, requirement: str | None = None) -> Asks:
    key = key_field(RECORDS[table])
    of_it = (Outgoing.table == table) & (key == Outgoing.key.cast("INTEGER"))
    held = Outgoing.state == OutState.HELD.value
    if requirement is not None:
        held &= Outgoing.reason == requirement
    rows = _mine(table, by).select_extend(Outgoing.reason.alias("lacking"))
    return rows.join(Outgoing, on=of_it, attr="outgoing").where(held).order_by(key)


def _told(table: str, rows: Asks, by: str) -> Iterator[Waiting]:
    for record in rows:
        lack = lack_of(record, record.outgoing.lacking, lambda other: _tells(other, by))
        if lack is not None:
            yield Waiting(table, record.key, record.caption(), lack)


def counts(by: str) -> dict[str, int]:
    """How many of the records this one may see lack what, by the name of the requirement."""
    found: dict[str, int] = {}
    for table in TABLES:
        rights.require(by, "see", RECORDS[table])
        rows = _held(table, by).select(Outgoing.reason, peewee.fn.COUNT(Outgoing.number))
        for reason, number in rows.order_by().group_by(Outgoing.reason).tuples():
            found[reason] = found.get(reason, 0) + number
    return {name: found[name] for name in titles() if name in found}


def titles() -> dict[str, str]:
    """What stands above the records that lack something, by the name of the requirement."""
    return {each.name: _(each.title) for table in TABLES for each in OF_TABLE[table]}
