"""Looking for every word of generated files after their import: what stands neither in the office nor in the report.

`python -m tests.benchmarks.bench_whole [FILES] [SEED] [FORMAT…]` prints JSON; the default is 300 files of each format.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from channergy_crm.store.database import open_database
from tests.benchmarks.measure import figure, show
from tests.domain.whole import FORMATS, vanished

FILES, SEED = 300, 2026
LONGEST = 5_000  # milliseconds for one small file


def main() -> int:
    """Import them, one after the other; files of which anything vanishes are named with their seeds."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else FILES
    first = int(sys.argv[2]) if len(sys.argv) > 2 else SEED
    figures, found = [], []
    for form in sys.argv[3:] or FORMATS:
        longest = 0.0
        with tempfile.TemporaryDirectory() as name:
            office = open_database(str(Path(name) / "office.db"))
            for seed in range(first, first + count):
                at = time.perf_counter()
                found += [f"{form} {seed}: {complaint}" for complaint in vanished(Path(name), form, seed)]
                longest = max(longest, time.perf_counter() - at)
            office.close()
        figures.append(figure(f"the slowest of {count:,} files: {form}", longest * 1000, LONGEST, 0))
    show("whole", figures, vanished=len(found), first=found[:20])
    return 1 if found or not all(each["passes"] for each in figures) else 0


if __name__ == "__main__":
    sys.exit(main())
