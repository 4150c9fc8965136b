"""The jobs of an office: what runs by itself there."""

from __future__ import annotations

from datetime import time
from functools import partial
from typing import TYPE_CHECKING

from channergy_crm.jobs.job import Job, daily, every
from channergy_crm.language import N_, _
from channergy_crm.services import backups, pruning
from channergy_crm.services.privacy import cleaning
from channergy_crm.services.rights import Program

if TYPE_CHECKING:
    from datetime import datetime

    from channergy_crm.jobs.job import Progress
    from channergy_crm.store.database import Office

OFF, DAILY = "off", "daily"
MIDDAY = time(12, 50)
"""when nobody telephones much, and the computers are on"""


def of(office: Office) -> list[Job]:
    """All of them, for the office that is open."""
    return [
        Job("backup", N_("Backup"), partial(_backups_due, office), _back_up,
            wanted=lambda: backups.plan(office, Program.BACKUP).every != OFF),
        Job("pruning", N_("Clearing up the history"), partial(daily, MIDDAY), _prune),
        Job("erasing", N_("Clearing the file of whom was anonymised"), cleaning.due, _clear),
    ]  # fmt: skip


def label(name: str, office: Office) -> str:
    """What people call a job, by its name."""
    return next((_(job.label) for job in of(office) if job.name == name), name)


def _backups_due(office: Office, last: datetime | None, now: datetime) -> list[datetime]:
    plan = backups.plan(office, Program.BACKUP)
    return daily(plan.at, last, now) if plan.every == DAILY else every(int(plan.every), last, now)


def _prune(_office: Office, due: datetime, step: Progress) -> None:
    """What only undo and Removed need goes after the time the office has chosen."""
    pruning.prune(due, tell=lambda steps: step(steps, 0, _("Clearing up the history")))


def _clear(_office: Office, _due: datetime, step: Progress) -> None:
    """Nothing of whoever was anonymised is left in the file."""
    step(0, 0, _("Writing the file anew"))
    cleaning.clean(Program.ITSELF)


def _back_up(office: Office, _due: datetime, step: Progress) -> None:
    backups.write(office, Program.BACKUP, lambda done, total: step(done, total, _("Copying")))
