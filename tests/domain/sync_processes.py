"""Both sides as processes that can be killed: `python -m tests.domain.sync_processes` makes them in no time.

It has everything loaded and nothing open; a line of JSON asks for a site or for a round of the program, each of which
runs in a process of its own from then on. What a round came to stands in a file.
"""

# unsaid file: what two programs say to each other
from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from channergy_crm import clock
from channergy_crm.errors import Surroundings
from channergy_crm.store.database import open_database
from channergy_crm.sync import rounds
from channergy_crm.sync.sandbox.faults import Faults
from channergy_crm.sync.sandbox.server import PASSWORD, USER, Sandbox
from channergy_crm.sync.viper.place import Connection
from channergy_crm.sync.viper.wire import Site

ROOT = Path(__file__).resolve().parents[2]
WAYS, PORT, RESULT = "ways", "port", "result"
PATIENCE, IMPATIENCE = 20.0, 0.25
"""seconds an answer may take; where it is known that none comes"""


class Written(Faults):
    """The faults that stand in a file beside the store of the site."""

    def __init__(self, folder: Path) -> None:
        super().__init__(retry_after="1")
        self._file = folder / WAYS

    def next(self) -> str:
        """How this request is met."""
        with self._lock:
            ways = self._file.read_text().split() if self._file.exists() else []
            self._file.write_text(" ".join(ways[1:]))
            way = ways[0] if ways else "ok"
            self.skew = timedelta(hours=5) if way == "skew" else timedelta()
            return "ok" if way == "skew" else way


def serve(folder: str, port: int) -> None:
    """The site, until it is killed."""
    site = Sandbox(Path(folder), port)
    site.faults = Written(Path(folder))
    new = Path(folder) / "port.new"
    new.write_text(str(site.port))
    new.rename(Path(folder) / PORT)
    site.serve()


def round_now(port: int, seconds: float = PATIENCE) -> dict[str, Any]:
    """One round of the office that is open; whether it did all it wanted."""
    where = Connection(f"http://127.0.0.1:{port}", USER, every_minutes=15, on=True)
    try:
        with Site(where, PASSWORD, seconds) as site:
            tally = rounds.round(lambda *_told: None, site)
    except Surroundings as error:
        return {"whole": False, "why": error.message}
    return {"whole": not (tally.waits or tally.later)}


def one_round(url: str, port: int, folder: str, now: str) -> None:
    """The program: one round at this moment, and what it came to."""
    with clock.fixed(datetime.fromisoformat(now)):
        office = open_database(url)
        told = round_now(port)
        office.close()
    new = Path(folder) / "result.new"
    new.write_text(json.dumps(told))
    new.rename(Path(folder) / RESULT)


def main() -> None:
    """Make what is asked for; the answer is its number."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print("ready", flush=True)
    for line in sys.stdin:
        what, arguments = json.loads(line)
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            try:
                {"site": serve, "round": one_round}[what](*arguments)
            except BaseException as error:  # noqa: BLE001  it must not become a second maker
                print(repr(error), file=sys.stderr, flush=True)
            os._exit(0)
        print(pid, flush=True)


class Processes:
    """Asks for them, and ends them."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.domain.sync_processes"]
        self._maker = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True, env=os.environ.copy()
        )
        self._read()

    def _read(self) -> str:
        assert self._maker.stdout is not None
        return self._maker.stdout.readline().strip()

    def make(self, what: str, *arguments: object) -> int:
        """Its number."""
        assert self._maker.stdin is not None
        self._maker.stdin.write(json.dumps([what, arguments]) + "\n")
        self._maker.stdin.flush()
        return int(self._read())

    def site(self, folder: Path, port: int = 0) -> tuple[int, int]:
        """A site over this folder: its number and where it answers."""
        (folder / PORT).unlink(missing_ok=True)
        pid = self.make("site", str(folder), port)
        until(lambda: (folder / PORT).exists(), 10)
        return pid, int((folder / PORT).read_text())

    def close(self) -> None:
        """Nobody makes anything any more."""
        assert self._maker.stdin is not None and self._maker.stdout is not None
        self._maker.stdin.close()
        self._maker.wait(10)
        self._maker.stdout.close()


def kill(pid: int) -> None:
    """-9: nothing is said, nothing is put in order."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    until(lambda: not runs(pid), 10)


def runs(pid: int) -> bool:
    """Whether it is still there."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def until(holds: Any, seconds: float) -> bool:
    """Whether it came to hold within so many seconds."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        threading.Event().wait(0.002)
    return True


if __name__ == "__main__":
    main()
