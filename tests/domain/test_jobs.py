"""What runs by itself: each occurrence once, whatever the clock does and however many runners there are (BX-20)."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import clock, commands
from channergy_crm.errors import Surroundings
from channergy_crm.jobs import job as jobs
from channergy_crm.jobs import lease, runner
from channergy_crm.jobs.job import Job
from channergy_crm.jobs.lease import Lease
from channergy_crm.jobs.runner import Interrupted, Runner
from channergy_crm.records.jobs import JobRow
from channergy_crm.services import backups
from channergy_crm.store import database
from tests.domain import running

if TYPE_CHECKING:
    from channergy_crm.store.database import Office

ROOT = Path(__file__).resolve().parents[2]
MONDAY = datetime(2026, 11, 23, 10, 0)


class Diary:
    """A job that writes down when it was done, and fails when it is told to."""

    def __init__(self, **options: Any) -> None:
        self.done: list[datetime] = []
        self.wrong: BaseException | None = None
        due = options.pop("due", partial(jobs.daily, time(2, 0)))
        self.job = Job("diary", "Diary", due, self._run, **options)

    def _run(self, office: Office, due: datetime, step: Any) -> None:
        if self.wrong is not None:
            raise self.wrong
        step(1, 1, "")
        self.done.append(due)


def run(office: Office, diary: Diary, now: datetime) -> None:
    with clock.fixed(now):
        Runner(office, [diary.job]).run_due(now)


def test_bx20_the_tables_are_what_the_program_says(office: Office) -> None:
    from playhouse.schema_diff import diff_models

    assert not diff_models(office.database, [JobRow, lease.LeaseRow])


# ---------------------------------------------------------------- when


def test_bx20_every_day_and_every_so_many_hours_by_the_wall_clock() -> None:
    at = time(2, 30)
    assert jobs.daily(at, None, MONDAY) == [datetime(2026, 11, 23, 2, 30)]
    assert jobs.daily(at, None, MONDAY.replace(hour=1)) == [datetime(2026, 11, 22, 2, 30)]
    assert jobs.daily(at, MONDAY, MONDAY + timedelta(hours=16)) == []
    assert len(jobs.daily(at, MONDAY, MONDAY + timedelta(days=3))) == 3
    assert jobs.every(6, None, MONDAY) == [datetime(2026, 11, 23, 6)]
    assert jobs.every(6, MONDAY, MONDAY + timedelta(hours=9)) == [datetime(2026, 11, 23, hour) for hour in (12, 18)]


def test_bx20_three_days_asleep_are_made_up_for_once_or_each(office: Office) -> None:
    one, each = Diary(), Diary(collapses=False)
    each.job = Job("each", "Each", each.job.due, each.job.run, collapses=False)
    for diary in (one, each):
        run(office, diary, MONDAY)
        run(office, diary, MONDAY + timedelta(days=3))
        run(office, diary, MONDAY + timedelta(days=3, minutes=1))
    nights = [datetime(2026, 11, day, 2) for day in (23, 24, 25, 26)]
    assert one.done == [nights[0], nights[-1]] and each.done == nights


def test_bx20_a_clock_that_jumps_does_nothing_twice_and_forgets_nothing(office: Office) -> None:
    diary = Diary()
    run(office, diary, MONDAY)
    run(office, diary, MONDAY + timedelta(days=400))
    run(office, diary, MONDAY + timedelta(hours=1))
    run(office, diary, MONDAY - timedelta(hours=9))
    run(office, diary, MONDAY + timedelta(days=1))
    days = [due.date() - MONDAY.date() for due in diary.done]
    assert days == [timedelta(0), timedelta(400), timedelta(-1), timedelta(1)]


def test_bx20_what_is_switched_off_is_not_done(office: Office) -> None:
    diary = Diary(wanted=lambda: False)
    run(office, diary, MONDAY)
    assert diary.done == [] and JobRow.select().count() == 0


# ---------------------------------------------------------------- what fails


def test_bx20_what_fails_is_tried_again_later_and_later_with_its_reason_in_a_list(office: Office) -> None:
    diary, now, waits = Diary(due=lambda last, now: [] if last else [MONDAY]), MONDAY, []
    diary.wrong = Surroundings("The disk is full.")
    for _try in range(7):
        run(office, diary, now)
        (failed,) = runner.failures()
        assert failed.error == "The disk is full." and failed.next_try is not None
        waits.append(failed.next_try - now)
        run(office, diary, failed.next_try - timedelta(seconds=1))
        now = failed.next_try
    hours = [timedelta(minutes=minutes) for minutes in (1, 5, 25, 125, 360, 360, 360)]
    assert waits == hours
    diary.wrong = None
    run(office, diary, now)
    assert runner.failures() == [] and len(diary.done) == 1
    (standing,) = runner.latest()
    assert (standing.job, standing.tries, standing.state) == ("diary", 8, "done")


def test_bx20_a_clock_set_back_does_not_put_the_next_try_off(office: Office) -> None:
    diary = Diary()
    diary.wrong = Surroundings("The disk is full.")
    run(office, diary, MONDAY)
    diary.wrong = None
    run(office, diary, MONDAY - timedelta(days=3))
    assert MONDAY.replace(hour=2) in diary.done


def test_bx20_the_next_one_takes_the_place_of_one_that_failed(office: Office) -> None:
    diary = Diary()
    diary.wrong = Surroundings("No folder.")
    run(office, diary, MONDAY)
    diary.wrong = None
    run(office, diary, MONDAY + timedelta(days=1))
    assert [due.day for due in diary.done] == [24] and runner.failures() == []


@pytest.mark.logged
def test_bx20_a_mistake_of_the_program_stops_no_other_job(office: Office) -> None:
    wrong, right = Diary(), Diary()
    wrong.wrong = ZeroDivisionError()
    right.job = Job("right", "Right", right.job.due, right.job.run)
    with clock.fixed(MONDAY):
        Runner(office, [wrong.job, right.job]).run_due(MONDAY)
    assert len(right.done) == 1 and "ZeroDivisionError" in runner.failures()[0].error


def test_bx20_what_is_interrupted_waits_and_counts_no_try(office: Office) -> None:
    diary = Diary()
    diary.wrong = Interrupted()
    with pytest.raises(Interrupted):
        run(office, diary, MONDAY)
    row = JobRow.get()
    assert (row.state, row.tries) == ("waiting", 0)
    diary.wrong = None
    run(office, diary, MONDAY)
    assert len(diary.done) == 1


def test_bx20_what_a_dead_runner_left_is_done_again(office: Office) -> None:
    diary = Diary()
    with database.writing():
        JobRow.insert(job="diary", due=MONDAY.replace(hour=2), state="running", tries=1, station="FRONT").execute()
    run(office, diary, MONDAY)
    assert "FRONT was ended in the middle of it" in runner.failures()[0].error
    run(office, diary, MONDAY + timedelta(minutes=2))
    assert len(diary.done) == 1


def test_bx20_what_was_done_long_ago_goes(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "KEPT", 2)
    diary = Diary()
    for days in range(4):
        run(office, diary, MONDAY + timedelta(days=days))
    assert [row.due.day for row in JobRow.select().order_by(JobRow.due)] == [25, 26]


# ---------------------------------------------------------------- who


def test_bx20_one_workstation_has_the_lease_and_a_dead_one_is_followed_within_a_minute(office: Office) -> None:
    first, second = Lease(office), Lease(office)
    assert first.take() and first.take() and not second.take() and second.lost
    assert lease.holder() == first.station
    assert lease.SECONDS + lease.RENEWED_EVERY <= 60
    seconds_go_by(lease.SECONDS)
    assert second.take() and not first.take() and first.lost
    second.give_back()
    assert first.take()


def test_bx20_a_lease_beyond_all_reason_is_taken_as_ended(office: Office) -> None:
    first, second = Lease(office), Lease(office)
    assert first.take()
    seconds_go_by(-3600)
    assert second.take()


def seconds_go_by(seconds: int) -> None:
    with database.writing():
        lease.LeaseRow.update(until=lease.LeaseRow.until - seconds).execute()


def test_bx20_without_the_lease_nothing_is_done(office: Office, fixed_clock: datetime) -> None:
    diary = Diary()
    other = Lease(office)
    assert other.take()
    assert Runner(office, [diary.job]).look() is None and diary.done == []
    other.give_back()
    assert Runner(office, [diary.job]).look() and len(diary.done) == 1


def test_bx20_who_has_lost_the_lease_stops_in_the_middle(office: Office, fixed_clock: datetime) -> None:
    diary = Diary()
    mine = Runner(office, [diary.job])
    mine.lease.lost = True
    with pytest.raises(Interrupted):
        mine.run_due(MONDAY)
    assert JobRow.get().state == "waiting"


def test_bx20_two_processes_do_every_occurrence_once(office: Office, database_url: str, tmp_path: Path) -> None:
    diary = tmp_path / "diary.txt"
    command = [sys.executable, "-m", "tests.domain.running", database_url, str(diary)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT}
    both = [subprocess.Popen(command, **pipes) for _ in range(2)]
    for process in both:
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
    for process in both:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in both:
        process.communicate(timeout=60)
    done = Counter(line.rpartition(" ")[0] for line in diary.read_text("utf-8").splitlines())
    assert len(done) == running.MANY and set(done.values()) == {1}
    assert JobRow.select().where(JobRow.state == "done").count() == running.MANY


# ---------------------------------------------------------------- from the command line


def command(*arguments: str) -> int:
    return commands.run(list(arguments), lambda url, operator: 1)


def test_bx20_run_jobs_once_does_what_is_due_and_says_so(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    address = office.address()
    backups.choose_folder(str(tmp_path), "ADMIN")
    office.close()
    assert command("--database", address, "run-jobs", "--once") == 0
    assert "Backup done." in capsys.readouterr().out
    assert command("--database", address, "run-jobs", "--once") == 0
    assert capsys.readouterr().out == "Nothing is due.\n"
    assert command("--database", address, "backups") == 0
    listed = capsys.readouterr().out.splitlines()
    assert len(listed) == 2 and " whole " in listed[0] and listed[1] == f"1 backup in {tmp_path}."
    assert command("--database", address, "backups", "make") == 0
    assert command("--database", address, "backups", "verify") == 0
    assert "is whole" in capsys.readouterr().out
    assert command("--database", address, "backups", "restore") == 0
    assert "The office is what it was in" in capsys.readouterr().out


def test_bx20_run_jobs_says_who_does_it_and_what_failed(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "drive"
    folder.mkdir()
    backups.choose_folder(str(folder), "ADMIN")
    folder.rmdir()
    other, address = Lease(office), office.address()
    other.take()
    assert command("--database", address, "run-jobs", "--once") == 0
    assert "does this for the office just now" in capsys.readouterr().out
    again = database.open_database(address)
    seconds_go_by(lease.SECONDS)
    again.close()
    assert command("--database", address, "run-jobs", "--once") == 1
    assert f"Backup failed: The folder for backups {folder} is not there." in capsys.readouterr().err


def test_bx20_a_runner_that_is_ended_gives_the_lease_back(office: Office, tmp_path: Path) -> None:
    backups.choose_folder(str(tmp_path), "ADMIN")
    said = [sys.executable, "main.py", "--database", office.address(), "run-jobs"]
    process = subprocess.Popen(said, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline().startswith("Running what is due in")
    said = [process.stdout.readline().rstrip() for _job in range(2)]  # which of the two comes first is the clock's
    assert any(line.endswith("Backup done.") for line in said), said
    assert not Lease(office).take()
    process.terminate()
    process.communicate(timeout=20)
    assert process.returncode == 0 and Lease(office).take()


def test_bx20_a_runner_that_is_killed_is_followed(office: Office, tmp_path: Path) -> None:
    backups.choose_folder(str(tmp_path), "ADMIN")
    said = [sys.executable, "main.py", "--database", office.address(), "run-jobs"]
    process = subprocess.Popen(said, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.readline()
    process.kill()
    process.communicate(timeout=20)
    mine = Lease(office)
    assert not mine.take()
    seconds_go_by(lease.SECONDS)
    assert mine.take()
