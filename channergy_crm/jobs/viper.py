"""When it is time to sync with the Viper site, and whose turn that is (VP-3, VP-4).

Under a lease of its own: the workstation that has the password of the site does it for the office.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from channergy_crm.jobs.lease import Lease
from channergy_crm.jobs.runner import Interrupted
from channergy_crm.records.jobs import JobRow
from channergy_crm.sync import connection, rounds

if TYPE_CHECKING:
    from datetime import datetime

    from channergy_crm.jobs.job import Progress
    from channergy_crm.store.database import Office
    from channergy_crm.sync.tally import Tally

NAME = "viper"
SOON = timedelta(seconds=10)
"""what was changed here is there so soon, where nothing is amiss"""


def due(last: datetime | None, now: datetime) -> list[datetime]:
    """Every so many minutes as the office has chosen, and soon after something waits; where it has failed, it is tried
    again later and later, at the latest after those minutes.
    """
    wait = timedelta(minutes=connection.held().every_minutes)
    if last is not None and now >= last + SOON and _went_well() and rounds.is_due(now):
        return [now]
    return [now] if last is None or not last - wait <= now < last + wait else []


def _went_well() -> bool:
    latest = JobRow.select(JobRow.state).where(JobRow.job == NAME).order_by(JobRow.due.desc()).limit(1).scalar()
    return bool(latest != "failed")


def run(_office: Office, _due: datetime, step: Progress) -> None:
    """One round."""
    rounds.round(step)


def now(office: Office, step: Progress) -> Tally | None:
    """One round at once, whoever asks for it; None where another workstation is at it."""
    lease = Lease(office, NAME)
    if not lease.take():
        return None

    def going_on(done: int, total: int, text: str) -> None:
        if lease.lost:
            raise Interrupted
        step(done, total, text)

    try:
        with lease.kept():
            return rounds.round(going_on)
    finally:
        lease.give_back()
