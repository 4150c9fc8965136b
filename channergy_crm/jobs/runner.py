"""The small runner: notes what has become due, does it, and tries again what failed.

Each occurrence is a row of its own under a unique key, and is claimed by one statement before it is done: whatever the
clock does, however many runners there are, it is done once. What fails is tried again, later and later, and stands in a
list with its reason until it went well or the next occurrence has taken its place.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

import peewee

from channergy_crm import clock
from channergy_crm.errors import CRMError
from channergy_crm.jobs.job import AGAIN, LONGEST, after
from channergy_crm.jobs.lease import NAME, Lease
from channergy_crm.language import _
from channergy_crm.records.jobs import JobRow
from channergy_crm.store import database
from channergy_crm.store.complaints import translated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.jobs.job import Job, Progress
    from channergy_crm.store.database import Office

log = logging.getLogger(__name__)

KEPT = 200
"""occurrences of a job that stay in the list"""


class Interrupted(Exception):
    """The program is being closed, or somebody else has taken over: what was begun is done another time."""


class Standing(NamedTuple):
    """One occurrence as it stands."""

    job: str
    due: datetime
    state: str
    tries: int
    error: str
    next_try: datetime | None
    finished: datetime | None
    station: str


class Runner:
    """Does what is due in an office, as long as this workstation has the lease for these jobs."""

    def __init__(self, office: Office, jobs: Sequence[Job], lease: str = NAME) -> None:
        self.office, self.jobs = office, jobs
        self.lease = Lease(office, lease)

    def look(self, tell: Progress | None = None) -> list[Standing] | None:
        """Do what is due by now; what was done or failed. None: another workstation does it for the office."""
        if not self.lease.take():
            return None
        with self.lease.kept():
            return self.run_due(clock.now(), tell)

    def run_due(self, now: datetime, tell: Progress | None = None) -> list[Standing]:
        """Note what has become due by this moment, then do what is to be done, the oldest first."""

        def step(done: int, total: int, text: str) -> None:
            if self.lease.lost:
                raise Interrupted
            if tell is not None:
                tell(done, total, text)

        with database.writing(), translated():
            known = {job.name: job for job in self.jobs if job.wanted()}
            _bury(now, [job.name for job in self.jobs])
            for job in known.values():
                _note(job, now)
            ready = list(JobRow.select().where(JobRow.job.in_(list(known)) & _is_ready(now)).order_by(JobRow.due))
        ran: list[Standing] = []
        while ready:  # what has done its share comes again after the others
            done = [(row, self._do(known[row.job], row, now, step)) for row in ready]
            ran += [standing for _row, standing in done if standing is not None and standing.state != "waiting"]
            ready = [row for row, standing in done if standing is not None and standing.state == "waiting"]
        with database.writing(), translated():
            for name in known:
                _forget(name)
        return ran

    def _do(self, job: Job, row: JobRow, now: datetime, step: Progress) -> Standing | None:
        with database.writing(), translated():
            if not claim(row, now, self.lease.station):
                return None
        try:
            goes_on = job.run(self.office, row.due, step) is AGAIN
        except CRMError as error:
            self._end(row, error.message)
        except Interrupted:
            self._put_back(row)
            raise
        except Exception as error:
            log.exception("A job failed: %s", job.name)
            self._end(row, _("A mistake of the program: {kind}.").format(kind=type(error).__name__))
        except BaseException:
            self._put_back(row)
            raise
        else:
            self._put_back(row) if goes_on else self._end(row, "")
        return _standing(row)

    def _end(self, row: JobRow, error: str) -> None:
        """How it went; nothing is written where somebody else has taken it over meanwhile."""
        moment = clock.now()
        row.state, row.error, row.finished = "failed" if error else "done", error, moment
        row.next_try = moment + after(row.tries) if error else None
        self._write(row)

    def _put_back(self, row: JobRow) -> None:
        row.state, row.next_try, row.tries = "waiting", clock.now(), row.tries - 1
        self._write(row, row.tries + 1)

    def _write(self, row: JobRow, tries: int = 0) -> None:
        with database.writing(), translated():
            JobRow.update(
                state=row.state, error=row.error, finished=row.finished, next_try=row.next_try, tries=row.tries
            ).where(_is_claimed(row, tries or row.tries)).execute()


def claim(row: JobRow, now: datetime, station: str) -> bool:
    """Make this occurrence ours; False when another runner was quicker."""
    free = JobRow.state.in_(["waiting", "failed"]) & (JobRow.tries == row.tries)
    taken = JobRow.update(
        state="running", tries=row.tries + 1, started=now, finished=None, next_try=None, station=station
    ).where((JobRow.number == row.number) & free)
    if taken.execute() != 1:
        return False
    row.state, row.tries, row.station = "running", row.tries + 1, station
    return True


def failures() -> list[Standing]:
    """What failed and has not gone well since, the latest first; each with its reason and the next try."""
    rows = JobRow.select().where((JobRow.state == "failed") & JobRow.next_try.is_null(False))
    return [_standing(row) for row in rows.order_by(JobRow.due.desc())]


def latest() -> list[Standing]:
    """Of each job what was done last."""
    newest = JobRow.select(peewee.fn.MAX(JobRow.due)).where(JobRow.state == "done").group_by(JobRow.job)
    rows = JobRow.select().where((JobRow.state == "done") & JobRow.due.in_(newest)).order_by(JobRow.finished.desc())
    return [_standing(row) for row in rows]


def _standing(row: JobRow) -> Standing:
    return Standing(row.job, row.due, row.state, row.tries, row.error or "", row.next_try, row.finished,
                    row.station or "")  # fmt: skip


def _note(job: Job, now: datetime) -> None:
    """A row for each occurrence that has become due; of several the latest, where one does for all."""
    mine = JobRow.job == job.name
    last = JobRow.select(peewee.fn.MAX(JobRow.due)).where(mine & (JobRow.due <= now)).scalar()
    due = job.due(_moment(last), now)
    due = due[-1:] if job.collapses else due
    for moment in due:
        JobRow.insert(job=job.name, due=moment, state="waiting", tries=0, next_try=now).on_conflict_ignore().execute()
    if due and job.collapses:
        older = mine & (JobRow.due < due[-1]) & JobRow.state.in_(["waiting", "failed"])
        JobRow.update(next_try=None).where(older).execute()


def _moment(held: object) -> datetime | None:
    return datetime.fromisoformat(held) if isinstance(held, str) else held if isinstance(held, datetime) else None


def _bury(now: datetime, names: Sequence[str]) -> None:
    """Whoever has the lease runs one after the other: what is still running has died with its runner."""
    for row in JobRow.select().where((JobRow.state == "running") & JobRow.job.in_(list(names))):
        error = _("{station} was ended in the middle of it.").format(station=row.station or "?")
        JobRow.update(state="failed", error=error, finished=now, next_try=now + after(row.tries)).where(
            _is_claimed(row, row.tries)
        ).execute()


def _is_claimed(row: JobRow, tries: int) -> peewee.ColumnBase:
    condition: peewee.ColumnBase = (JobRow.number == row.number) & (JobRow.state == "running") & (JobRow.tries == tries)
    return condition


def _is_ready(now: datetime) -> peewee.ColumnBase:
    """Its time has come; or lies so far ahead that the clock must have been set back since it failed."""
    come = (JobRow.next_try <= now) | (JobRow.next_try > now + 2 * LONGEST)
    condition: peewee.ColumnBase = JobRow.state.in_(["waiting", "failed"]) & come
    return condition


def _forget(job: str) -> None:
    """What was done long ago goes; it is counted, not timed, because a clock that is a year ahead may come back."""
    mine = JobRow.job == job
    kept = JobRow.select(JobRow.number).where(mine).order_by(JobRow.number.desc()).offset(KEPT).limit(1).scalar()
    if kept is not None:
        JobRow.delete().where(mine & (JobRow.number <= kept) & JobRow.next_try.is_null()).execute()
