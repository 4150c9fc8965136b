"""Restoring while others save, both killed at random moments: whatever was saved is in the office or in a kept file.

`python -m tests.benchmarks.bench_kill_restore [KILLS]` prints JSON. In each round one process saves leads and says so
through a pipe, another restores the same backup again and again; one of them is ended by `kill -9`, then the other.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from channergy_crm import phones
from channergy_crm.errors import CRMError
from channergy_crm.services import leads
from channergy_crm.store.backup import backup, restore
from channergy_crm.store.database import open_database
from tests.benchmarks.bench_kill import half_there, listen

if TYPE_CHECKING:
    from collections.abc import Callable

KILLS = 300
LONGEST_LIFE = 0.3


def saving(path: Path, say: Callable[[str], None], name: str) -> NoReturn:
    """A workstation that saves one lead after the other."""
    open_database(str(path))
    number = 0
    while True:
        number += 1
        leads.create({"description": f"{name}-{number}"}, "ADMIN")
        say(f"saved {name}-{number}")


def restoring(path: Path, say: Callable[[str], None], name: str) -> NoReturn:
    """Somebody who puts the backup back again and again."""
    while True:
        restore(path.with_name("copy.db"), str(path))
        say(f"restored {name}")


def start(work: Callable[[Path, Callable[[str], None], str], NoReturn], path: Path, name: str) -> tuple[int, int]:
    """A process that does this until it is killed; its number and the pipe it speaks through."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(reading)
        try:
            work(path, lambda text: os.write(writing, f"{text}\n".encode()) and None, name)
        except CRMError as error:
            os.write(writing, f"failed {error.message}\n".encode())
        finally:
            os._exit(1)
    os.close(writing)
    return pid, reading


def kill(pid: int, pipe: int, heard: bytes) -> list[str]:
    """End a process at once; the whole lines it has said."""
    os.kill(pid, signal.SIGKILL)
    while more := os.read(pipe, 1 << 16):
        heard += more
    os.close(pipe)
    os.waitpid(pid, 0)
    return [line.decode().strip() for line in heard.splitlines(keepends=True) if line.endswith(b"\n")]


def one_round(path: Path, dice: random.Random, number: int) -> list[str]:
    """One saves, one restores; both are killed, in either order. What they said."""
    saver, restorer = start(saving, path, str(number)), start(restoring, path, str(number))
    first, second = dice.sample([saver, restorer], 2)
    heard = listen(first[1], dice.uniform(0, LONGEST_LIFE))
    said = kill(*first, heard)
    heard = listen(second[1], dice.uniform(0, LONGEST_LIFE / 3))
    return said + kill(*second, heard)


class Looked:
    """What was found in the office's folder, round after round."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.saved: set[str] = set()
        self._kept: set[str] = set()
        self.lost: set[str] = set()
        self.unsound: list[str] = []
        self.halves: set[str] = set()
        self.failed: list[str] = []
        self.kept_files = 0

    def hear(self, said: list[str]) -> None:
        """Put down what the two have said, and look whether it is so."""
        self.saved |= {line.removeprefix("saved ") for line in said if line.startswith("saved ")}
        self.failed += [line for line in said if line.startswith("failed ")]
        for file in self._path.parent.glob("* before restore *.db"):
            self._kept |= self._read(file)
            self.kept_files += 1
            file.unlink()
        self.lost |= self.saved - self._kept - self._read(self._path)
        with closing(sqlite3.connect(self._path)) as office:
            self.halves.update(half_there(office))

    def _read(self, file: Path) -> set[str]:
        with closing(sqlite3.connect(file)) as connection:
            if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                self.unsound.append(file.name)
            return {text for (text,) in connection.execute('SELECT "Description" FROM "CRMLeads"')}


def main() -> int:
    """Kill again and again, looking after each time, and print what was found."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else KILLS
    dice = random.Random(kills)
    phones.time_zone("+15122000000", "US")  # read here, so that nobody spends a short life on it
    restored = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "office.db"
        office = open_database(str(path))
        leads.create({"description": "there from the beginning"}, "ADMIN")
        backup(office, path.with_name("copy.db"))
        office.close()
        looked = Looked(path)
        for number in range(kills // 2):
            said = one_round(path, dice, number)
            restored += sum(line.startswith("restored ") for line in said)
            looked.hear(said)
    passes = not (looked.lost or looked.unsound or looked.halves or looked.failed)
    told = {
        "benchmark": "kill_restore", "kills": kills, "restored": restored, "kept_files": looked.kept_files,
        "units_saved": len(looked.saved), "units_lost": sorted(looked.lost), "unsound_files": looked.unsound,
        "half_there": sorted(looked.halves), "failed": looked.failed, "passes": passes,
    }  # fmt: skip
    print(json.dumps(told, indent=1))
    return 0 if passes else 1


if __name__ == "__main__":
    sys.exit(main())
