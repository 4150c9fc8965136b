"""The jobs of an office: what runs by itself there."""

from __future__ import annotations

from datetime import time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from channergy_crm import clock
from channergy_crm.incoming import watching as folders
from channergy_crm.jobs import viper
from channergy_crm.jobs.job import AGAIN, Job, daily, every
from channergy_crm.language import N_, _
from channergy_crm.outgoing import messages
from channergy_crm.outgoing.mail import sending as mails
from channergy_crm.records.jobs import JobRow
from channergy_crm.services import backups, documents_gone, pruning
from channergy_crm.services.events import looking, overriding, while_away
from channergy_crm.services.filing import watched
from channergy_crm.services.mail import notices
from channergy_crm.services.privacy import cleaning
from channergy_crm.services.rights import Program
from channergy_crm.services.tickets import mails as ticket_mails
from channergy_crm.services.tickets import warning
from channergy_crm.sync import connection

if TYPE_CHECKING:
    from datetime import datetime

    from channergy_crm.jobs.job import Progress
    from channergy_crm.store.database import Office

OFF, DAILY = "off", "daily"
MESSAGES, MAILS, FOLDER = "messages", "mails", "folder"
SENDING, AFTER_TROUBLE, OWNERS = timedelta(seconds=10), timedelta(seconds=60), timedelta(seconds=60)
"""how soon what waits is sent, and how soon it is tried again when the gateway took nothing"""
MIDDAY = time(12, 50)
"""when nobody telephones much, and the computers are on"""


def of(office: Office) -> list[Job]:
    """All of them, for the office that is open."""
    return [
        Job("backup", N_("Backup"), partial(_backups_due, office), _back_up,
            wanted=lambda: backups.plan(office, Program.BACKUP).every != OFF),
        Job("away", N_("Tasks while somebody is away"), _look_due, _lend, wanted=while_away.is_wanted),
        Job(looking.JOB, N_("Events"), _look_due, _look, wanted=looking.is_wanted),
        Job("owners", N_("Telling owners of changes"), partial(_soon, "owners", OWNERS), _tell_owners,
            wanted=notices.is_wanted),
        Job("tickets", N_("Time limits of tickets, and what customers are told"), partial(_soon, "tickets", OWNERS),
            _look_at_tickets, wanted=lambda: warning.is_wanted() or ticket_mails.is_wanted()),
        Job("pruning", N_("Clearing up the history"), partial(daily, MIDDAY), _prune),
        Job("erasing", N_("Clearing the file of whom was anonymised"), cleaning.due, _clear),
    ]  # fmt: skip


def sending() -> list[Job]:
    """What sends messages, under a lease of its own: the workstation that has the gateway's secret does it."""
    return [Job(MESSAGES, N_("Messages"), partial(_soon, MESSAGES, SENDING), _send, wanted=messages.is_wanted)]


def mailing() -> list[Job]:
    """What sends mails, under a lease of its own: the workstation that has the password of the server does it."""
    return [Job(MAILS, N_("E-mails"), partial(_soon, MAILS, SENDING), _mail, wanted=mails.is_wanted)]


def watching() -> list[Job]:
    """What files mails of the watched folder, under a lease of its own: the workstation with its password does it."""
    return [Job(FOLDER, N_("Filing mails"), _folder_due, _file, wanted=watched.is_ready)]


def syncing() -> list[Job]:
    """What syncs with the Viper site, under a lease of its own: the workstation that has the password does it."""
    return [Job(viper.NAME, N_("Viper sync"), viper.due, viper.run, wanted=connection.is_ready)]


def all_of(office: Office) -> list[Job]:
    """All of them, whoever does them."""
    return [*of(office), *sending(), *mailing(), *watching(), *syncing()]


def label(name: str, office: Office) -> str:
    """What people call a job, by its name."""
    return next((_(job.label) for job in all_of(office) if job.name == name), name)


def _soon(job: str, usual: timedelta, last: datetime | None, now: datetime) -> list[datetime]:
    """As soon as something waits; a while later where the gateway or the server took nothing the last time."""
    latest = JobRow.select(JobRow.state).where(JobRow.job == job).order_by(JobRow.due.desc()).limit(1).scalar()
    wait = AFTER_TROUBLE if latest == "failed" else usual
    return [now] if last is None or not last - wait <= now < last + wait else []


def _send(_office: Office, _due: datetime, step: Progress) -> None:
    messages.run(step)


def _mail(_office: Office, _due: datetime, step: Progress) -> None:
    mails.run(step)


def _folder_due(last: datetime | None, now: datetime) -> list[datetime]:
    """Every so many minutes as the office has chosen."""
    every = timedelta(minutes=watched.folder(password=False).every)
    return [now] if last is None or not last - every < now < last + every else []


def _file(_office: Office, _due: datetime, step: Progress) -> None:
    folders.run(step)


def _tell_owners(_office: Office, _due: datetime, step: Progress) -> None:
    """Whose contacts others have changed, where they want to know it (VT-102)."""
    step(0, 0, _("Telling owners of changes"))
    notices.tell(Program.ITSELF)


def _look_at_tickets(_office: Office, _due: datetime, step: Progress) -> None:
    """Whoever has a ticket is warned before its time is over, and the customer learns of its stage (VT-173)."""
    step(0, 0, _("Looking at tickets"))
    warning.warn(Program.ITSELF)
    ticket_mails.tell(Program.ITSELF)


def _look_due(last: datetime | None, now: datetime) -> list[datetime]:
    """Every few minutes, and at once when the program was not running for so long."""
    return [now] if last is None or not last - looking.EVERY < now < last + looking.EVERY else []


def _look(_office: Office, _due: datetime, step: Progress) -> object:
    """What has happened gets its follow-ups, a share at a time."""
    return AGAIN if looking.round(clock.now(), step).more else None


def _lend(_office: Office, _due: datetime, _step: Progress) -> None:
    """What was lent until a day that is over comes home; what is due of whoever is away is lent."""
    overriding.bring_back(clock.now())
    while_away.reroute(clock.now())


def _backups_due(office: Office, last: datetime | None, now: datetime) -> list[datetime]:
    plan = backups.plan(office, Program.BACKUP)
    return daily(plan.at, last, now) if plan.every == DAILY else every(int(plan.every), last, now)


def _prune(_office: Office, due: datetime, step: Progress) -> None:
    """What only undo and Removed need goes after the time the office has chosen, and then what was in documents that
    nobody can come to any more.
    """
    pruning.prune(due, tell=lambda steps: step(steps, 0, _("Clearing up the history")))
    documents_gone.tidy(tell=lambda steps: step(steps, 0, _("Clearing up documents")))


def _clear(_office: Office, _due: datetime, step: Progress) -> None:
    """Nothing of whoever was anonymised is left in the file."""
    step(0, 0, _("Writing the file anew"))
    cleaning.clean(Program.ITSELF)


def _back_up(office: Office, _due: datetime, step: Progress) -> None:
    backups.write(office, Program.BACKUP, lambda done, total: step(done, total, _("Copying")))
