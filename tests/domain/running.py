"""A runner in a process of its own: it does what is due and writes down each occurrence it has done."""

from __future__ import annotations

import os
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from channergy_crm.jobs.job import Job
from channergy_crm.jobs.runner import Runner
from channergy_crm.store.database import open_database

if TYPE_CHECKING:
    from channergy_crm.jobs.job import Progress
    from channergy_crm.store.database import Office

BEGAN = datetime(2026, 11, 23, 10, 0)
MANY = 40


def main(url: str, diary: str) -> None:
    """Do all that has become due, as one of several who want to."""
    office = open_database(url)

    def write(office: Office, due: datetime, step: Progress) -> None:
        with Path(diary).open("a", encoding="utf-8") as file:
            file.write(f"{due} {os.getpid()}\n")

    moments = [BEGAN + timedelta(minutes=number) for number in range(MANY)]
    job = Job("write", "Write", lambda last, now: [moment for moment in moments if not last or moment > last], write,
              collapses=False)  # fmt: skip
    runner = Runner(office, [job])
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    runner.run_due(BEGAN + timedelta(hours=1))
    office.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
