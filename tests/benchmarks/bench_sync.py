"""The sync with the Viper site: how fast, how much of it follows what changed, and whether it holds when it is killed.

`python -m tests.benchmarks.bench_sync [ACCOUNTS]` prints JSON: the first sync of accounts with a contact each, rounds
with 100 changes on either side afterwards, at a hundredth of the base and at all of it, memory, and the ratio to
writing bare rows. `… killed [ACCOUNTS] [KILLS]` kills the program again and again while both sides are changed.
`… histories FIRST LAST STEPS` runs random histories (`tests/domain/sync_histories.py`). `CHANNERGY_URL` names a
PostgreSQL database to use instead of a file. The site is a process of its own.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from channergy_crm import clock, work
from channergy_crm.records import Account, Contact, Customer
from channergy_crm.records.sync import Outgoing, SyncLink
from channergy_crm.store.database import open_database
from channergy_crm.sync import rounds
from channergy_crm.sync.sandbox.server import PASSWORD, USER, Sandbox
from channergy_crm.sync.viper.place import Connection
from channergy_crm.sync.viper.wire import Site
from channergy_crm.work import bulk
from tests.benchmarks.measure import figure, show
from tests.domain import two_sides
from tests.domain.sync_histories import History

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[2]
ACCOUNTS, CHANGES, KILLS = 100_000, 100, 20
WANTED = 500
"""records a second at the first sync"""
MOST_MB = 100


def serve(folder: str) -> None:
    """The site: it says where it is, and answers until it is ended."""
    site = Sandbox(Path(folder))
    print(site.address, flush=True)
    site.serve()


def keep_on(url: str, address: str) -> None:
    """The program: it syncs again and again until it is killed."""
    office = open_database(url)
    print("ready", flush=True)
    while True:
        _round(address)
        if not Outgoing.select().exists():
            break
    office.close()


def _round(address: str, step: Callable[..., object] = lambda *_told: None) -> Any:
    with Site(Connection(address, USER, every_minutes=15, on=True), PASSWORD) as site:
        return rounds.round(step, site)


@contextmanager
def _site(folder: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "tests.benchmarks.bench_sync", "--site", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True, env=os.environ.copy()) as program:
        assert program.stdout is not None
        yield program.stdout.readline().strip()
        program.terminate()


# ---------------------------------------------------------------- how fast


def fill(count: int) -> None:
    """So many accounts of Ann's with a customer and a contact each."""
    two_sides.switch_on()
    customers, accounts, contacts = bulk.Many(Customer), bulk.Many(Account), bulk.Many(Contact)
    step = 5_000
    for start in range(0, count, step):
        places = range(start, min(start + step, count))
        with work.unit("Fill", by="ADMIN") as unit:
            firms = bulk.reserve(Customer, len(places))
            customers.insert(unit, [customers.row({"company": f"Firm {place}"}) for place in places], firms)
            rows = [
                accounts.row({"name": f"Firm {place}", "customer": firm, "owner": "ANN", "phone": f"212 555 {place:06}",
                              "bill_city": "New York", "bill_address": f"{place} Main Street"})
                for place, firm in zip(places, firms, strict=True)
            ]  # fmt: skip
            accounts.insert(unit, rows, bulk.reserve(Account, len(places)))
            rows = [
                contacts.row({"customer": firm, "first_name": "Ann", "last_name": f"Berg {place}",
                              "email": f"ann{place}@example.com", "mailing_city": "Boston"})
                for place, firm in zip(places, firms, strict=True)
            ]  # fmt: skip
            contacts.insert(unit, rows, bulk.reserve(Contact, len(places)))


def _change(address: str, folder: Path, count: int, turn: int) -> None:
    """A hundred changes on either side, of different records."""
    keys = [row[0] for row in Account.select(Account.number).order_by(Account.number).limit(2 * CHANGES).tuples()]
    for key in keys[:CHANGES]:
        with work.unit("Change", by="ADMIN"):
            held = Account.find(key)
            assert held is not None
            held.phone = f"212 556 {turn:06}"
            held.save()
    there = Sandbox(folder)  # people at the site, beside the one that answers
    for key in keys[CHANGES:]:
        remote = SyncLink.get((SyncLink.table == "CRMAccounts") & (SyncLink.key == str(key))).remote
        there.change("companies", remote, fax=f"212 557 {turn:06}")
    there.close()


def _resident() -> float:
    """Megabytes this process holds now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20


def measure(count: int, url: str, folder: Path) -> dict[str, Any]:
    """The first sync of so many accounts with their contacts, and rounds after it."""
    filling = [sys.executable, "-m", "tests.benchmarks.bench_sync", "--fill", url, str(count)]
    subprocess.run(filling, check=True, cwd=ROOT, env=os.environ.copy())
    office = open_database(url)
    with _site(folder / "site") as address:
        idle, held = _resident(), [0.0]
        began = time.perf_counter()
        told = _round(address, lambda *_told: held.append(_resident()))
        first = time.perf_counter() - began
        peak = max(held)
        sent = told.made.total()
        began = time.perf_counter()
        _round(address)
        back = time.perf_counter() - began
        later = []
        for turn in range(3):
            _change(address, folder / "site", count, turn)
            began = time.perf_counter()
            told = _round(address)
            later.append(time.perf_counter() - began)
            assert (told.sent.total(), told.taken.total()) == (CHANGES, CHANGES), told
        began = time.perf_counter()
        _round(address)
        empty = time.perf_counter() - began
    office.close()
    return {
        "accounts": count, "records": sent, "first_s": round(first, 2), "a_second": round(sent / first),
        "read_back_s": round(back, 2), "round_of_200_changes_ms": round(sorted(later)[1] * 1000),
        "empty_round_ms": round(empty * 1000), "memory_mb": round(peak - idle, 1),
        "times_bare": round(first / bare(sent, folder), 1),
    }  # fmt: skip


def bare(count: int, folder: Path) -> float:
    """Seconds to write so many bare rows of the same size into a file, in batches of 200."""
    said = json.dumps({f"field {place}": "something of a length" for place in range(9)})
    file = sqlite3.connect(folder / "bare.db", isolation_level=None)
    file.execute("PRAGMA journal_mode = WAL")
    file.execute("CREATE TABLE held (number INTEGER PRIMARY KEY, name TEXT, said TEXT, UNIQUE (name))")
    began = time.perf_counter()
    for start in range(0, count, 200):
        file.execute("BEGIN")
        rows = [(place, str(place), said) for place in range(start, min(start + 200, count))]
        file.executemany("INSERT INTO held VALUES (?, ?, ?)", rows)
        file.execute("COMMIT")
    taken = time.perf_counter() - began
    file.close()
    return taken


def speed(count: int) -> int:
    """Both sizes, and whether what is wanted of them holds."""
    found = []
    for size in (max(count // 100, 2 * CHANGES), count):
        with tempfile.TemporaryDirectory() as folder:
            os.environ["CHANNERGY_CRM_HOME"] = folder
            url = os.environ.get("CHANNERGY_URL") or f"sqlite:///{folder}/office.db"
            found.append(measure(size, url, Path(folder)))
            print(json.dumps(found[-1]), file=sys.stderr)
    small, large = found
    figures = [
        figure("a record of the first sync", 1000 / large["a_second"], 1000 / WANTED, 0),
        figure("a round of 200 changes at the whole base", large["round_of_200_changes_ms"],
               3 * small["round_of_200_changes_ms"] + 50, small["round_of_200_changes_ms"]),
        {"figure": "memory above idle", "mb": large["memory_mb"], "passes": large["memory_mb"] <= MOST_MB},
    ]  # fmt: skip
    return show("sync", figures, sizes=found)


# ---------------------------------------------------------------- killed


def killed(count: int, kills: int, url: str, folder: Path) -> dict[str, Any]:
    """The program is killed again and again while it syncs and both sides are changed; what came of it."""
    dice = random.Random(7)
    office = open_database(url)
    fill(count)
    site = Sandbox(folder / "site").start()
    keys = [row[0] for row in Account.select(Account.number).tuples()]
    written: dict[tuple[int, str], str] = {}
    times = 0
    for kill in range(kills + 1):
        command = [sys.executable, "-m", "tests.benchmarks.bench_sync", "--program", url, site.address]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, env=os.environ.copy()) as program:
            assert program.stdout is not None
            program.stdout.readline()
            if kill < kills:
                _wait(site, len(site.asked) + dice.randrange(1, 8), 3.0)
                times += program.poll() is None
                program.send_signal(signal.SIGKILL)
        known = dict(SyncLink.select(SyncLink.key, SyncLink.remote).where(SyncLink.table == "CRMAccounts").tuples())
        for key in dice.sample(keys, min(20, len(keys))) if kill < kills else ():
            _write(site, key, known.get(str(key)), f"{kill} {key}", written)
    with clock.fixed(datetime(2100, 1, 1)):
        for _time in range(3):
            _round(site.address)
    rows = site.rows("companies")
    links = {row.key: row.remote for row in SyncLink.select().where(SyncLink.table == "CRMAccounts")}
    apart = [
        (key, name, value, getattr(Account.find(key), name), rows[links[str(key)]].get(name))
        for (key, name), value in written.items()
        if not getattr(Account.find(key), name) == rows[links[str(key)]].get(name) == value
    ]
    found = {"accounts": count, "kills": times, "companies": len(rows), "contacts": len(site.rows("contacts")),
             "written": len(written), "apart": apart[:5], "waits": Outgoing.select().count()}  # fmt: skip
    site.stop()
    office.close()
    counted = found["companies"] == found["contacts"] == count
    return {**found, "passes": counted and not apart and not found["waits"]}


def _write(site: Sandbox, key: int, remote: str | None, value: str, written: dict[tuple[int, str], str]) -> None:
    """Somebody writes into a field here that nobody changes there, and there into one that nobody changes here."""
    with work.unit("Change", by="ADMIN"):
        held = Account.find(key)
        assert held is not None
        held.fax = value
        held.save()
    written[key, "fax"] = value
    if remote is not None:
        site.change("companies", remote, other_phone=value)
        written[key, "other_phone"] = value


def _wait(site: Sandbox, requests: int, seconds: float) -> None:
    """Until it was asked so often, or for so long."""
    until = time.monotonic() + seconds
    while len(site.asked) < requests and time.monotonic() < until:
        threading.Event().wait(0.002)


def histories(first: int, last: int, steps: int) -> int:
    """Random histories, one after the other; those in which something was lost, twice or apart."""
    bad = []
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CHANNERGY_CRM_HOME"] = folder
        template = Path(folder) / "template.db"
        open_database(f"sqlite:///{template}").close()
        for seed in range(first, last):
            place = Path(folder) / str(seed)
            place.mkdir()
            shutil.copy(template, place / "office.db")
            with clock.fixed(datetime(2026, 11, 23, 10)):
                office, both = open_database(f"sqlite:///{place}/office.db"), two_sides.TwoSides(place / "site")
                try:
                    History(both, seed).run(steps)
                except AssertionError as error:
                    bad.append(f"{seed}: {str(error).splitlines()[0]}")
                    print(bad[-1], file=sys.stderr, flush=True)
                both.stop()
                office.close()
            shutil.rmtree(place)
            if not (seed + 1) % 50:
                print(seed + 1, file=sys.stderr, flush=True)
    print(json.dumps({"histories": last - first, "steps": steps, "bad": bad, "passes": not bad}, indent=1))
    return int(bool(bad))


def main(arguments: list[str]) -> int:
    """What the command line asks for."""
    what, numbers = arguments[:1], [int(each) for each in arguments[1:]] if arguments[:1] != ["--site"] else []
    if what == ["killed"]:
        with tempfile.TemporaryDirectory() as folder:
            os.environ["CHANNERGY_CRM_HOME"] = folder
            count, kills = numbers or (1_000, KILLS)
            found = killed(count, kills, f"sqlite:///{folder}/office.db", Path(folder))
        print(json.dumps(found, indent=1))
        return int(not found["passes"])
    if what == ["histories"]:
        first, last, steps = numbers or (0, 1_000, 60)
        return histories(first, last, steps)
    return speed(int(arguments[0]) if arguments else ACCOUNTS)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--site"]:
        serve(sys.argv[2])
    elif sys.argv[1:2] == ["--fill"]:
        opened = open_database(sys.argv[2])
        fill(int(sys.argv[3]))
        opened.close()
    elif sys.argv[1:2] == ["--program"]:
        keep_on(sys.argv[2], sys.argv[3])
    else:
        sys.exit(main(sys.argv[1:]))
