"""The sums of documents: as many random ones as asked for against fractions, and how long reckoning takes.

python -m tests.benchmarks.bench_totals 10000
"""

from __future__ import annotations

import sys
from random import Random
from time import perf_counter

from channergy_crm.money.totals import Item, Way, reckon
from tests.domain.test_money import WAYS, again, made, parts_make_the_whole, same

COUNT, TURNS = 10_000, 200


def prove(count: int) -> None:
    """So many documents in turn for every way to reckon; the first that differs is told."""
    random = Random(2026)
    for turn in range(count):
        items, discount, less = made(random)
        way = Way(*WAYS[turn % len(WAYS)], discount, less)
        found = reckon(items, way)
        same(found, again(items, way))
        parts_make_the_whole(found, way)


def taken(lines: int) -> float:
    """The milliseconds of one document with so many lines; the median of many."""
    random = Random(lines)
    items = [Item(random.randint(1, 9_000), random.randint(1, 90_000), 500, 0, 1_900, 700) for _line in range(lines)]
    times = []
    for turn in range(TURNS):
        begun = perf_counter()
        reckon(items, Way(*WAYS[turn % len(WAYS)], 300, 100))
        times.append((perf_counter() - begun) * 1_000)
    return sorted(times)[TURNS // 2]


def main() -> None:
    """What was asked for on the command line."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    begun = perf_counter()
    prove(count)
    print(f"{count:,} documents agree with fractions ({perf_counter() - begun:.1f} s)")
    for lines in (3, 1_000):
        print(f"{lines:>5,} lines: {taken(lines):.3f} ms")


if __name__ == "__main__":
    main()
