"""An office of many leads goes from a file to a server and back: counts and sums equal, and how long it takes.

The floor is a bare copy of the same rows into tables without a key or an index, neither counted nor compared.

Run it: python -m tests.benchmarks.bench_move [leads]
"""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg

from channergy_crm.store import ends, mover, tables
from channergy_crm.store.tables import quoted
from tests import postgres
from tests.benchmarks import measure, office

TIMES = 6.0


def copy_to_server(path: str, url: str) -> None:
    """Every table of a file, with nothing around it."""
    with ends.reading(path) as source, closing(psycopg.connect(url, autocommit=True)) as bare:
        for table in source.tables().values():
            bare.execute(_bare(table, "postgresql"))
            with bare.cursor().copy(f"COPY {quoted(table.name)} FROM STDIN") as stream:  # sql: names of our own tables
                for rows in source.rows(table):
                    for row in rows:
                        stream.write_row(row)


def copy_to_file(url: str, path: Path) -> None:
    """Every table of a server, with nothing around it."""
    with ends.reading(url) as source, closing(sqlite3.connect(path, isolation_level=None)) as bare:
        bare.execute("PRAGMA journal_mode = off")
        bare.execute("PRAGMA synchronous = off")
        bare.execute("BEGIN")
        for table in source.tables().values():
            bare.execute(_bare(table, "sqlite"))
            marks = ", ".join("?" * len(table.columns))
            for rows in source.rows(table):
                bare.executemany(f"INSERT INTO {quoted(table.name)} VALUES ({marks})", rows)  # sql: names of our own
        bare.execute("COMMIT")


def _bare(table: tables.Table, engine: str) -> str:
    columns = ", ".join(tables.declared(column._replace(key=0, default=None), engine) for column in table.columns)
    return f"CREATE TABLE {quoted(table.name)} ({columns})"


class _Room:
    """What the move needs of the memory, in MB."""

    def __init__(self) -> None:
        self.before = self.most = resident()

    def look(self, done: int, total: int, text: str) -> None:
        """How much it is just now."""
        self.most = max(self.most, resident())


def resident() -> float:
    """What this process holds in memory, in MB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def main(leads: int) -> int:
    """Measure and print."""
    figures, told = [], {}
    with (
        postgres.running() as cluster, office.copied(leads=leads) as path, tempfile.TemporaryDirectory() as folder,
        cluster.database("template0") as server, cluster.database("template0") as bare,
    ):  # fmt: skip
        held: list[Any] = []
        floor = measure.timed(lambda: copy_to_server(path, bare))
        room = _Room()
        ms = measure.timed(lambda: held.append(mover.move(path, server, room.look)))
        figures.append(measure.figure("to a server", ms, TIMES * floor, floor))
        floor = measure.timed(lambda: copy_to_file(server, Path(folder) / "bare.db"))
        ms = measure.timed(lambda: held.append(mover.move(server, str(Path(folder) / "back.db"), room.look)))
        figures.append(measure.figure("into a file", ms, TIMES * floor, floor))
        equal = sorted(held[0]) == sorted(held[1])
        told = {
            "equal": equal,
            "megabytes_more": round(room.most - room.before),
            "rows": sum(table.rows for table in held[0]),
            "tables": [list(t) for t in held[0]],
        }
    code = measure.show("move", figures, leads=leads, **told)
    return code if equal else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
