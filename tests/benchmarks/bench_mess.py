"""Throwing damaged and random files at the importer: no crash, no half import, no hang.

`python -m tests.benchmarks.bench_mess [FILES] [SEED]` prints JSON; the default is 100,000 files.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

from channergy_crm.store.database import open_database
from tests.benchmarks.measure import figure, show
from tests.domain.mess import damaged, imported, seeds

FILES, SEED = 100_000, 2026
AN_OFFICE = 2_000  # files for one office, so that it stays small
LONGEST = 5_000  # milliseconds for one small file: more is a hang


def content(dice: random.Random) -> bytes:
    """One file: mostly a damaged one, sometimes nothing but noise."""
    return dice.randbytes(dice.randrange(300)) if dice.random() < 0.2 else damaged(dice, dice.choice(seeds()))


def main() -> int:
    """Throw them, one after the other; any exception but a sentence for the user ends it with the seed to repeat it."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else FILES
    first = int(sys.argv[2]) if len(sys.argv) > 2 else SEED
    longest, taken, with_records = 0.0, 0, 0
    began = time.perf_counter()
    for start in range(0, count, AN_OFFICE):
        with tempfile.TemporaryDirectory() as name:
            office = open_database(str(Path(name) / "office.db"))
            for seed in range(first + start, first + min(count, start + AN_OFFICE)):
                dice = random.Random(seed)
                at = time.perf_counter()
                try:
                    got = imported(Path(name), content(dice), dice)
                except Exception:
                    print(f"file {seed}", file=sys.stderr)
                    raise
                longest = max(longest, time.perf_counter() - at)
                taken, with_records = taken + got, with_records + bool(got)
            office.close()
    seconds = time.perf_counter() - began
    return show(
        "mess", [figure(f"the slowest of {count:,} damaged files", longest * 1000, LONGEST, 0)],
        seconds=round(seconds), files_with_records=with_records, records=taken,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
