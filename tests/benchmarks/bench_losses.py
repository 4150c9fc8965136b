"""What an office survives: how often each kind of mishap was tried, and what was lost. The limit is nothing.

A client or the whole server is ended by `kill -9`, the disk is full, the file is cut short, a byte in it or in a backup
is another. Each must end in a sentence, with every committed unit there or the last verified backup put back.

Run it: python -m tests.benchmarks.bench_losses [tries] [KIND …], such as `server` or `flipped`; without one, all kinds.
Of the slow kinds a tenth of the tries is made, of a file cut short half of them. A full disk takes an administrator.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from tests.benchmarks import bench_kill, damaged_file, full_disk, server_killed

if TYPE_CHECKING:
    from collections.abc import Callable

TRIES = 200


def client_killed(kills: int, engine: str) -> dict[str, Any]:
    """The same as `bench_kill` prints, as a kind of mishap."""
    found = bench_kill.killed(kills, engine)
    unsound = [f"{found['unsound_files']} unsound files"] if found["unsound_files"] else []
    losses = [*found["units_lost"], *found["half_there"], *unsound]
    return {"kind": f"client killed, {engine}", "tries": kills, "losses": losses, "units": found["units_committed"]}


KINDS: dict[str, tuple[float, Callable[[int], dict[str, Any]]]] = {
    "sqlite": (1, lambda tries: client_killed(tries, "sqlite")),
    "postgresql": (1, lambda tries: client_killed(tries, "postgresql")),
    "server": (0.1, server_killed.tried),
    "disk": (0.1, full_disk.tried),
    "cut": (0.5, lambda tries: damaged_file.tried(tries, "cut short")),
    "flipped": (1, lambda tries: damaged_file.tried(tries, "byte flipped")),
    "backup": (1, lambda tries: damaged_file.tried(tries, "byte of a backup flipped")),
}


def main() -> int:
    """Try all that is asked for, and print."""
    given = [int(word) for word in sys.argv[1:] if word.isdigit()]
    chosen = [word for word in sys.argv[1:] if word in KINDS] or list(KINDS)
    tries = given[0] if given else TRIES
    told = [KINDS[kind][1](max(1, round(KINDS[kind][0] * tries))) for kind in chosen]
    counted = {each["kind"]: {"tries": each["tries"], "losses": len(each["losses"])} for each in told}
    passes = not any(each["losses"] for each in told)
    print(json.dumps({"benchmark": "losses", "passes": passes, "counted": counted, "kinds": told}, indent=1))
    return 0 if passes else 1


if __name__ == "__main__":
    sys.exit(main())
