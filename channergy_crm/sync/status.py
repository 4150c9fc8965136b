"""How the sync stands: what was done last and when, what comes next, what failed and why, how many wait (VP-6)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

import peewee

from channergy_crm import clock
from channergy_crm.records.jobs import JobRow
from channergy_crm.records.sync import Cursor, Met, Outgoing, OutState, SyncLink
from channergy_crm.services import rights
from channergy_crm.sync import apart, conflicts, connection, links, rounds, sight, turns
from channergy_crm.sync.tally import COUNTED, PLAIN, Tally

if TYPE_CHECKING:
    from channergy_crm.sync.ready import Asks

JOB = "viper"
"""what the rounds are called among the jobs (`jobs.viper.NAME`)"""


class Counts(NamedTuple):
    """How many records this one may see stand how; and how many fields are in dispute."""

    synced: int = 0
    waits: int = 0
    held: int = 0
    refused: int = 0
    conflicts: int = 0
    apart: int = 0


class Status(NamedTuple):
    """Whether the sync is on, with which site, what its last round did and when, when the next one comes (`soon`: in a
    moment, for something waits), why the last one failed, and whether this workstation does it.
    """

    on: bool
    site: str = ""
    counts: Counts = Counts()
    last: datetime | None = None
    said: str = ""
    next: datetime | None = None
    soon: bool = False
    failed: datetime | None = None
    why: str = ""
    here: bool = False


def read(by: str) -> Status:
    """How it stands now."""
    rights.require(by, "see")
    held = connection.held()
    if not held.on:
        return Status(on=False, site=held.address)
    last, said = _last()
    due, failed, why = _job()
    if failed is not None and last is not None and failed <= last:
        failed, why = None, ""
    before = max((moment for moment in (due, last) if moment is not None), default=None)
    come = before + timedelta(minutes=held.every_minutes) if before is not None else None
    come = max((moment for moment in (come, turns.waits_until()) if moment is not None), default=None)
    soon = failed is None and rounds.is_due(clock.now())
    return Status(True, held.address, counts(by), last, said, come, soon, failed, why, connection.is_ready())


def counts(by: str) -> Counts:
    """How many stand how."""
    found: dict[str, int] = {}
    for table in sight.tables(by):
        for row, state in ((SyncLink, SyncLink.met), (Outgoing, Outgoing.state)):
            asked: Asks = row.select(state, peewee.fn.COUNT(row.number)).where(sight.seen(row, table, by))
            for name, number in asked.group_by(state).tuples():
                found[name] = found.get(name, 0) + number
    going = (OutState.WAITING, OutState.SENDING, OutState.UNKNOWN)
    return Counts(
        found.get(Met.SYNCED.value, 0), sum(found.get(each.value, 0) for each in going),
        found.get(OutState.HELD.value, 0), found.get(OutState.REFUSED.value, 0), conflicts.count(by), apart.count(by),
    )  # fmt: skip


def _last() -> tuple[datetime | None, str]:
    """When the last round came to its end, and what it did."""
    row = Cursor.get_or_none(Cursor.what == turns.LAST)
    if row is None:
        return None, ""
    held, tally = links.read(row.cursor), Tally()
    for name in COUNTED:
        getattr(tally, name).update(held.get(name) or {})
    for name in PLAIN:
        setattr(tally, name, int(held.get(name) or 0))
    tally.stages = list(held.get("stages") or [])
    return row.read, tally.said()


def _job() -> tuple[datetime | None, datetime | None, str]:
    """When the job was due last; when it failed, and why, where it has not gone well since."""
    row = JobRow.select().where(JobRow.job == JOB).order_by(JobRow.due.desc()).first()
    if row is None:
        return None, None, ""
    failed = row.state == "failed"
    return row.due, (row.finished or row.due) if failed else None, (row.error or "") if failed else ""
