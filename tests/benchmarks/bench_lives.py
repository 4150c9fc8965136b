"""Random lives of an office and a Viper site, killed again and again, beside a model of the rules.

`python -m tests.benchmarks.bench_lives [FIRST] [LAST] [STEPS]` prints JSON: those in which something was lost, came
twice or from nowhere (`tests/domain/sync_lives.py`).
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import time
import traceback
from datetime import datetime
from pathlib import Path

from channergy_crm import clock
from channergy_crm.store.database import open_database
from tests.domain.sync_lives import Life
from tests.domain.sync_processes import Processes

FIRST, LAST, STEPS = 0, 1_000, 40


def lives(first: int, last: int, steps: int) -> int:
    """One after the other; how many went wrong, in full on the way."""
    bad, kills, lived, began = [], 0, 0, time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CHANNERGY_CRM_HOME"] = folder
        template = Path(folder) / "template.db"
        open_database(f"sqlite:///{template}").close()
        processes = Processes()
        for seed in range(first, last):
            place = Path(folder) / str(seed)
            place.mkdir()
            shutil.copy(template, place / "office.db")
            url = f"sqlite:///{place}/office.db"
            with clock.fixed(datetime(2026, 11, 23, 10)):
                office = open_database(url)
                life = Life(url, place / "site", processes, seed, kills=4)
                try:
                    life.live(steps)
                except Exception as error:  # noqa: BLE001  the next one is lived all the same
                    bad.append(f"{seed}: {error}"[:1500])
                    print(bad[-1], traceback.format_exc()[-1500:], file=sys.stderr, flush=True)
                life.close()
                office.close()
            kills, lived = kills + life.killed, lived + 1
            shutil.rmtree(place)
            if lived % 50 == 0:
                print(f"{lived} lived, {kills} kills, {len(bad)} bad", file=sys.stderr, flush=True)
        processes.close()
    told = {"lives": lived, "steps": steps, "kills": kills, "bad": bad, "seconds": round(time.monotonic() - began)}
    print(json.dumps({**told, "passes": not bad}, indent=1))
    return int(bool(bad))


if __name__ == "__main__":
    numbers = [int(each) for each in sys.argv[1:]]
    sys.exit(lives(*(numbers + [FIRST, LAST, STEPS][len(numbers) :])))
