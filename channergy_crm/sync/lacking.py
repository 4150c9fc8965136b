"""All that is not sent because it lacks something or because Viper refused it, each with where it is mended."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import peewee

from channergy_crm.language import N_, _
from channergy_crm.records.sync import Outgoing, OutState
from channergy_crm.sync import chips, sight
from channergy_crm.sync.pushing import GONE_HERE
from channergy_crm.sync.ready import Asks, Lack, lack_of

if TYPE_CHECKING:
    from collections.abc import Iterator

SHOWN = 100
REFUSED = OutState.REFUSED.value
HELD = OutState.HELD.value
TITLE = N_("Refused by Viper")


class Waiting(NamedTuple):
    """A record that is not sent because it lacks something."""

    table: str
    key: object
    caption: str
    lack: Lack


def read(by: str, reason: str = "", start: int = 0, count: int = SHOWN) -> list[Waiting]:
    """Some of them, as far as this one may see them: what was refused first, then in the order in which they were
    changed; only for one reason where it is named: a requirement, or `REFUSED`. As the last round has left them; what
    was changed since is not among them any more.
    """
    found: list[Waiting] = []
    for state in (REFUSED, HELD):
        rows = _rows(by, state, reason)
        if rows is None:
            continue
        there = int(rows.count()) if state == REFUSED else 0
        if state == HELD or start < there:
            # in the order of the index, which holds no time of those that are not tried again by themselves
            page = rows.order_by(Outgoing.next_try, Outgoing.number).offset(start).limit(count - len(found))
            found += _told(page, by)
        start = max(0, start - there)
    return found


def counts(by: str) -> dict[str, int]:
    """How many there are of each reason; only those of which there is one."""
    refused = _rows(by, REFUSED, "")
    held: Asks = _rows(by, HELD, "")
    by_reason = held.select(Outgoing.reason, peewee.fn.COUNT(Outgoing.number)).group_by(Outgoing.reason)
    found = {REFUSED: int(refused.count()) if refused is not None else 0, **dict(by_reason.tuples())}
    return {name: found[name] for name in titles() if found.get(name)}


def titles() -> dict[str, str]:
    """What each reason is called."""
    return {REFUSED: _(TITLE)} | chips.titles()


def _rows(by: str, state: str, reason: str) -> Asks | None:
    if reason and (reason == REFUSED) != (state == REFUSED):
        return None
    rows: Asks = Outgoing.select().where((Outgoing.state == state) & sight.any_seen(Outgoing, by))
    if state == HELD:
        rows = rows.where(Outgoing.reason == reason if reason else Outgoing.reason != GONE_HERE)
    return rows


def _told(rows: Asks, by: str) -> Iterator[Waiting]:
    held, leads = list(rows), sight.leads(by)
    records = sight.found(((row.table, row.key) for row in held), by)
    for row in held:
        record = records.get((row.table, row.key))
        if record is None:
            continue
        if row.state == REFUSED:
            lack: Lack | None = Lack(REFUSED, "", row.error or _(TITLE), row.table, record.key)
        else:
            lack = lack_of(record, row.reason, lambda other: sight.tells(other, by), leads=leads)
        if lack is not None:
            yield Waiting(row.table, record.key, record.caption(), lack)
