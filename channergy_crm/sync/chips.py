"""How a record stands with the Viper site, for the chip beside its name."""

from __future__ import annotations

import json
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.clock import today
from channergy_crm.language import N_, _
from channergy_crm.records.sync import TABLES, Met, Outgoing, OutState, SyncLink, is_on
from channergy_crm.services import rights
from channergy_crm.sync import fields, sight
from channergy_crm.sync.ready import APART, OF_TABLE, RECORDS, Lack, lack_of, missing
from channergy_crm.work import key_field

if TYPE_CHECKING:
    from datetime import date

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
    """What is said beside a record: how it stands, the words, more for whoever points at it, what is lacking, and since
    which day that is so, where it is another one than today or told with its day alone.
    """

    state: Standing
    text: str
    tip: str = ""
    lack: Lack | None = None
    day: date | None = None


def chip(table: str, key: object, by: str) -> Chip | None:
    """How one record stands; None while the sync is off, and for what is never sent or not there."""
    if table not in TABLES:
        return None
    rights.require(by, "see", RECORDS[table])
    record = rights.rows(RECORDS[table], by).where(key_field(RECORDS[table]) == key).first() if is_on() else None
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
    return Chip(Standing.APART, _(_APART[link.met]), said, day=link.parted.date() if link.parted else None)


def _lacking(record: Record, link: SyncLink | None, by: str) -> Chip | None:
    """A deal that is there already lacks nothing: it is not sent again."""
    if link is not None and record._meta.table_name == "CRMOpportunities":
        return None
    name = missing(record)
    lack = lack_of(record, name, lambda other: sight.tells(other, by), leads=sight.leads(by)) if name else None
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
    day, tip = link.synced.date(), tip.format(fields=labels)
    if day == today():
        return Chip(Standing.SYNCED, _("synced {when}").format(when=f"{link.synced:%H:%M}"), tip)
    return Chip(Standing.SYNCED, _(Standing.SYNCED.value), tip, day=day)


def base_of(link: SyncLink) -> dict[str, object]:
    """What both sides said when they last agreed, by the site's names."""
    with suppress(ValueError):
        held = json.loads(link.base or "{}")
        return held if isinstance(held, dict) else {}
    return {}


def titles() -> dict[str, str]:
    """What stands above the records that lack something, by the name of the requirement."""
    return {each.name: _(each.title) for table in TABLES for each in OF_TABLE[table]}
