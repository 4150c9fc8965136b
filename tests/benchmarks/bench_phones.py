"""What a phone number costs, in microseconds: an import of 100,000 leads asks for every one.

Run it: python -m tests.benchmarks.bench_phones  (or the file itself)
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from typing import TYPE_CHECKING

from channergy_crm import phones

if TYPE_CHECKING:
    from collections.abc import Callable

COUNT = 20_000
ROUNDS = 3


def numbers(kind: str) -> list[str]:
    """Different numbers of one kind, the same at every run."""
    chance = random.Random(kind)
    exchange, line = lambda: chance.randrange(200, 1000), lambda: chance.randrange(10_000)
    write = {
        "+1512nnnnnnn": lambda: f"+1512{exchange()}{line():04}",
        "512nnnnnnn": lambda: f"512{exchange()}{line():04}",
        "(512) nnn-nnnn": lambda: f"(512) {exchange()}-{line():04}",
        "1-416-nnn-nnnn": lambda: f"1-416-{exchange()}-{line():04}",
        "+44 20 79nn nnnn": lambda: f"+44 20 79{chance.randrange(100):02} {line():04}",
        "512-nnn-nnnn x12": lambda: f"512-{exchange()}-{line():04} x12",
    }[kind]
    return [write() for _ in range(COUNT)]


def cost(ask: Callable[[str, str], object], texts: list[str]) -> float:
    """Microseconds per number, the best of a few rounds."""
    ask(texts[0], "US")
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for text in texts:
            ask(text, "US")
        best = min(best, time.perf_counter() - began)
    return best / len(texts) * 1e6


def main() -> None:
    """Print one line for every way to write a number."""
    questions = [phones.keys, phones.time_zones, phones.time_zone, phones.problem, phones.dialable]
    print(f"{'µs per number':<18}" + "".join(f"{ask.__name__:>12}" for ask in questions))
    for kind in (
        "+1512nnnnnnn",
        "512nnnnnnn",
        "(512) nnn-nnnn",
        "1-416-nnn-nnnn",
        "+44 20 79nn nnnn",
        "512-nnn-nnnn x12",
    ):
        texts = numbers(kind)
        print(f"{kind:<18}" + "".join(f"{cost(ask, texts):>12.1f}" for ask in questions))


if __name__ == "__main__":
    main()
