"""The first connection of an office and a Viper site that are both full: its dry run, doing it, and taking it back.

`python -m tests.benchmarks.bench_connect [ACCOUNTS] [PLACES]` prints JSON, for so many accounts with a contact each
here and so many companies with a contact each there. PLACES of ten differ (1: one in ten; 10: all say something else on
both sides). `CHANNERGY_URL` names a PostgreSQL database to use instead of a file. The site is a process of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from channergy_crm.records.sync import Conflict, SyncLink
from channergy_crm.services import saving
from channergy_crm.store.database import open_database
from channergy_crm.sync import first
from channergy_crm.sync.sandbox.server import PASSWORD, USER
from channergy_crm.sync.sandbox.store import Store
from channergy_crm.sync.viper.place import Connection
from channergy_crm.sync.viper.wire import Site
from tests.benchmarks.bench_sync import ROOT, _resident, _site
from tests.benchmarks.measure import figure, show

if TYPE_CHECKING:
    from collections.abc import Callable

ACCOUNTS, PLACES = 50_000, 1
WANTED, DRY_SECONDS, MOST_MB = 1_000, 30, 100
"""records a second, seconds of a dry run of 100,000 records, megabytes above idle"""


def fill_site(folder: Path, count: int, places: int) -> None:
    """So many companies there with a contact each; of ten two are none of ours, one has what ours lack,
    one lacks what ours have, and `places` have another telephone number and first name.
    """
    store = Store(folder)
    with store.at_once():
        for place in range(count):
            kind = place % 10
            name = f"Other {place}" if kind in (8, 9) else f"Firm {place}"
            company: dict[str, object] = {
                "name": name, "billing_address": f"{place} Main Street", "billing_city": "New York",
                "phone": f"212 555 {place:06}", "assigned_to": "U1",
            }  # fmt: skip
            contact: dict[str, object] = {
                "first_name": "Ann", "last_name": f"Berg {place}", "mailing_city": "Boston", "assigned_to": "U1",
                "email": f"{'other' if kind in (8, 9) else 'ann'}{place}@example.com",
            }  # fmt: skip
            if kind == 6:
                company["fax"], contact["mailing_state"] = "212 556", "MA"
            elif kind == 7:
                del company["phone"], contact["mailing_city"]
            if kind < places:
                company["phone"], contact["first_name"] = f"212 557 {place:06}", "Anna"
            contact["company_id"] = store.make("companies", company).id
            store.make("contacts", contact)
    store.close()


class Watched:
    """How long something takes, and how many megabytes the program holds at the most meanwhile."""

    def __init__(self) -> None:
        self._most, self._over = 0.0, threading.Event()

    def of(self, what: Callable[[], Any]) -> tuple[Any, list[float], float]:
        """What comes of it, seconds (by the clock, of the processor), megabytes."""
        self._most = _resident()
        self._over.clear()
        watching = threading.Thread(target=self._watch)
        watching.start()
        began, work = time.perf_counter(), time.process_time()
        try:
            found = what()
        finally:
            taken = [round(time.perf_counter() - began, 2), round(time.process_time() - work, 2)]
            self._over.set()
            watching.join()
        return found, taken, self._most

    def _watch(self) -> None:
        while not self._over.wait(0.02):
            self._most = max(self._most, _resident())


def measure(count: int, places: int, url: str, folder: Path) -> dict[str, Any]:
    """One size."""
    filling = [sys.executable, "-m", "tests.benchmarks.bench_sync", "--fill", url, str(count)]
    subprocess.run(filling, check=True, cwd=ROOT, env=os.environ.copy())
    filling = [
        sys.executable,
        "-m",
        "tests.benchmarks.bench_connect",
        "--site",
        str(folder / "site"),
        str(count),
        str(places),
    ]
    subprocess.run(filling, check=True, cwd=ROOT, env=os.environ.copy())
    office, watched = open_database(url), Watched()
    with _site(folder / "site") as address:

        def does(what: Callable[..., Any]) -> Any:
            with Site(Connection(address, USER, every_minutes=15, on=True), PASSWORD) as site:
                return what("ADMIN", lambda *_told: None, site)

        idle = _resident()
        found, looking, look_mb = watched.of(lambda: does(first.look))
        assert not SyncLink.select().exists()
        _found, connecting, connect_mb = watched.of(lambda: does(first.connect))
        linked, disputed = SyncLink.select().count(), Conflict.select().count()
        _done, back, back_mb = watched.of(lambda: saving.undo_latest("ADMIN"))
        assert not SyncLink.select().where(SyncLink.table.in_(["CRMAccounts", "CustomerContacts"])).exists()
        _done, again, again_mb = watched.of(lambda: saving.redo_latest("ADMIN"))
    office.close()
    assert linked == found.same.total(), (linked, found)
    return {
        "records": 2 * count, "linked": linked, "conflicts": disputed, "taken": found.taken,
        "look_s": looking, "connect_s": connecting, "undo_s": back, "redo_s": again,
        "a_second": round(2 * count / connecting[0]),
        "memory_mb": [round(each - idle, 1) for each in (look_mb, connect_mb, back_mb, again_mb)],
    }  # fmt: skip


def main(arguments: list[str]) -> int:
    """A tenth of it, and all of it."""
    count, places = (*map(int, arguments), *(ACCOUNTS, PLACES)[len(arguments) :])
    found = []
    for size in (count // 10, count):
        with tempfile.TemporaryDirectory() as folder:
            os.environ["CHANNERGY_CRM_HOME"] = folder
            url = os.environ.get("CHANNERGY_URL") or f"sqlite:///{folder}/office.db"
            found.append(measure(size, places, url, Path(folder)))
            print(json.dumps(found[-1]), file=sys.stderr)
    large = found[-1]
    records = large["records"]
    figures = [
        figure("dry run", large["look_s"][0] * 1000, DRY_SECONDS * records / 100, 0),
        figure("connect", large["connect_s"][0] * 1000, records / WANTED * 1000, 0),
        {"figure": "memory above idle", "mb": max(large["memory_mb"]), "passes": max(large["memory_mb"]) <= MOST_MB},
    ]
    return show("connect", figures, sizes=found)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--site"]:
        fill_site(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    else:
        sys.exit(main(sys.argv[1:]))
