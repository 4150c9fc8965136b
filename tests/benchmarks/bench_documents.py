"""A thousand files of 0 B to 50 MB in and out of an office, byte for byte; killed in the middle, none half, none lost.

`python -m tests.benchmarks.bench_documents [FILES] [MEGABYTES] [KILLS] [postgresql|ADDRESS]` prints JSON; where nothing
is said 1,000 files of 2,048 MB together, and 100 kills. Beside it stands what bare SQLite needs for the same pieces.
Memory is that of a process of its own that puts everything in and takes it out, above what it has when it is open.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import random
import resource
import signal
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from channergy_crm.records import Document, Lead
from channergy_crm.records.documents import PART
from channergy_crm.services import documents, leads
from channergy_crm.store.database import open_database
from tests.benchmarks.bench_kill import listen, office

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FILES, MEGABYTES, KILLS = 1_000, 2_048, 100
MB, LARGEST = 1 << 20, 50
LONGEST_LIFE = 0.4
BY = "ADMIN"
MOST_MEMORY = 64


def sizes(files: int, megabytes: int) -> list[int]:
    """So many files of so many bytes together: one of nothing, one as large as may be, of the small ones the most."""
    dice = random.Random(files)
    largest = min(LARGEST * MB, megabytes * MB // 4)
    drawn = [math.exp(dice.uniform(0, math.log(largest))) for _ in range(files - 2)]
    share = (megabytes * MB - largest) / sum(drawn)
    return [0, largest, *(min(int(one * share), largest) for one in drawn)]


def make(folder: Path, wanted: list[int]) -> list[Path]:
    """The files, filled with noise."""
    dice, paths = random.Random(1), []
    for number, size in enumerate(wanted):
        path = folder / f"{number}.bin"
        with path.open("wb") as file:
            for start in range(0, size, MB):
                file.write(dice.randbytes(min(MB, size - start)))
        paths.append(path)
    return paths


def bare(paths: list[Path], folder: Path) -> dict[str, float]:
    """Seconds that bare SQLite needs to write and to read the same pieces, a transaction for each file."""
    with closing(sqlite3.connect(folder / "bare.db", isolation_level=None)) as file:
        for pragma in ("journal_mode = wal", "synchronous = full", "cache_size = -32000"):
            file.execute(f"PRAGMA {pragma}")  # sql: constants
        file.execute("CREATE TABLE parts (file INTEGER, number INTEGER, data BLOB, PRIMARY KEY (file, number))")
        began = time.perf_counter()
        for number, path in enumerate(paths):
            file.execute("BEGIN IMMEDIATE")
            with path.open("rb") as source:
                for place, piece in enumerate(iter(lambda source=source: source.read(MB), b"")):
                    file.execute("INSERT INTO parts VALUES (?, ?, ?)", (number, place, piece))
            file.execute("COMMIT")
        wrote = time.perf_counter() - began
        began = time.perf_counter()
        for number, path in enumerate(paths):
            for place in range(-(-path.stat().st_size // MB)):
                file.execute("SELECT data FROM parts WHERE file = ? AND number = ?", (number, place)).fetchone()
    return {"bare_wrote_s": round(wrote, 2), "bare_read_s": round(time.perf_counter() - began, 2)}


def memory() -> int:
    """The most this process has had in memory, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def there_and_back(url: str, paths: list[Path]) -> dict[str, Any]:
    """Everything in, everything out: whether it is the same, how long it took, the memory above what is idle."""
    held = open_database(url)
    lead = leads.create({"description": "Bench"}, BY)
    documents.add(Lead, lead.number, b"warm", BY, name="warm")
    idle, began = memory(), time.perf_counter()
    made = {documents.add(Lead, lead.number, path, BY).number: path for path in paths}
    wrote = time.perf_counter() - began
    began, same = time.perf_counter(), 0
    for number, path in made.items():
        adding = hashlib.sha256()
        for piece in documents.pieces(number, BY):
            adding.update(piece)
        with path.open("rb") as source:
            same += adding.hexdigest() == hashlib.file_digest(source, "sha256").hexdigest()
    read = time.perf_counter() - began
    held.close()
    return {"same": same, "wrote_s": round(wrote, 2), "read_s": round(read, 2),
            "memory_mb": round((memory() - idle) / MB, 1)}  # fmt: skip


def apart(what: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What a process of its own found."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(reading)
        try:
            os.write(writing, json.dumps(what()).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        found: dict[str, Any] = json.loads(told.read() or "{}")
    os.waitpid(pid, 0)
    return found


# ---------------------------------------------------------------- killed in the middle


def victim(url: str, pipe: int, seed: int) -> NoReturn:
    """Put files on a lead until killed, some of them again, and say which are there."""
    dice = random.Random(seed)
    open_database(url)
    lead = Lead.get()
    while True:
        data = random.Random(dice.randrange(40)).randbytes(dice.choice((10, 5_000, PART, 3 * PART + 7, 6 * PART)))
        os.write(pipe, b"begin\n")
        made = documents.add(Lead, lead.number, data, BY, name="x.bin")
        os.write(pipe, f"done {made.number} {hashlib.sha256(data).hexdigest()}\n".encode())
        if dice.random() < 0.3:
            documents.remove(int(made.number), BY)
            os.write(pipe, f"gone {made.number}\n".encode())


def kill_one(url: str, dice: random.Random) -> Iterator[list[str]]:
    """Start a victim and kill it; the words it said, line by line."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(reading)
        try:
            victim(url, writing, dice.getrandbits(32))
        finally:
            os._exit(1)
    os.close(writing)
    heard = listen(reading, dice.uniform(0, LONGEST_LIFE))
    os.kill(pid, signal.SIGKILL)
    while more := os.read(reading, 1 << 16):
        heard += more
    os.close(reading)
    _, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status), f"the victim ended by itself: {heard[-300:]!r}"
    yield from (line.split() for line in heard.decode().splitlines(keepends=True) if line.endswith("\n"))


def looked_at(url: str, reported: dict[int, str]) -> dict[str, list[int]]:
    """Which of those that were reported are not there, and which that are there are not whole."""
    held = open_database(url)
    there = {int(each.number): each for each in Document.select()}
    half = [
        number for number, each in there.items()
        if hashlib.sha256(documents.read(number, BY)).hexdigest() != each.hash
    ]  # fmt: skip
    lost = [number for number, hash in reported.items() if number not in there or there[number].hash != hash]
    held.close()
    return {"half": half, "lost": lost}


def begun(url: str) -> dict[str, Any]:
    """An office with a lead, so that victims spend their short lives on documents."""
    held = open_database(url)
    leads.create({"description": "Bench"}, BY)
    held.close()
    return {}


def killed(url: str, kills: int) -> dict[str, Any]:
    """Kill again and again, looking after each time."""
    dice = random.Random(kills)
    reported: dict[int, str] = {}
    found: dict[str, set[int]] = {"half": set(), "lost": set()}
    busy = 0
    apart(partial(begun, url))
    for _ in range(kills):
        last = ""
        for word, *rest in kill_one(url, dice):
            last = word
            if word == "done":
                reported[int(rest[0])] = rest[1]
            elif word == "gone":
                reported.pop(int(rest[0]), None)
        going = max(reported, default=0) if last == "done" else 0  # it may have been removed, and not said so any more
        busy += last == "begin"
        if reported:
            sure = {number: hash for number, hash in reported.items() if number != going}
            seen = apart(partial(looked_at, url, sure))
            for name, numbers in seen.items():
                found[name].update(numbers)
            reported.pop(going, None)
    return {"kills": kills, "killed_while_adding": busy, "documents_kept": len(reported),
            "half_documents": sorted(found["half"]), "lost_documents": sorted(found["lost"])}  # fmt: skip


def main() -> int:
    """Print what was found."""
    given = [int(word) for word in sys.argv[1:] if word.isdigit()]
    files, megabytes, kills = (*given, *(FILES, MEGABYTES, KILLS)[len(given) :])
    engine = next((word for word in sys.argv if word.startswith("postgresql")), "sqlite")
    told: dict[str, Any] = {"benchmark": "documents", "engine": engine.partition(":")[0], "files": files}
    with tempfile.TemporaryDirectory() as folder:
        paths = make(Path(folder), sizes(files, megabytes)) if files else []
        told["megabytes"] = round(sum(path.stat().st_size for path in paths) / MB)
        if paths:
            with office(engine) as url:
                told |= apart(lambda: there_and_back(url, paths))
            told |= bare(paths, Path(folder))
            told["times_bare_writing"] = round(told["wrote_s"] / told["bare_wrote_s"], 2)
    with office(engine) as url:
        told |= killed(url, kills)
    told["passes"] = (
        told.get("same", 0) == files and told.get("memory_mb", 0) <= MOST_MEMORY
        and not told["half_documents"] and not told["lost_documents"]
    )  # fmt: skip
    print(json.dumps(told, indent=1))
    return 0 if told["passes"] else 1


if __name__ == "__main__":
    sys.exit(main())
