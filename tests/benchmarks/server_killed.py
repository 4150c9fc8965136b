"""A server of our own is ended by `kill -9`, all of its processes at once, while workstations save; then it is started
again. What was said to be saved is there, what was typed is saved after all, and nobody sees anything but sentences.
"""

from __future__ import annotations

import ctypes
import json
import os
import random
import select
import signal
import threading
import time
import traceback
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from channergy_crm import work
from channergy_crm.errors import Clash, Mistake, Surroundings
from channergy_crm.records import Lead
from channergy_crm.services import conversion, leads, saving
from channergy_crm.store.database import open_database
from tests import postgres
from tests.benchmarks.bench_kill import half_there, looking, lost

if TYPE_CHECKING:
    from collections.abc import Callable

CLIENTS, LONGEST_LIFE, SHARED = 4, 1.0, 10
AFTERWARDS = 3
"""units everybody saves once the server is back, before going home"""
PATIENCE = 60
OPTIONS = f"{postgres.CAREFUL} -c fsync=off -c full_page_writes=off"
"""what it has written is in the memory of the system, which outlives it; each commit waits for that"""
ADOPTS = 36  # PR_SET_CHILD_SUBREAPER: children of who has died become ours, so that somebody waits for them


class Killing:
    """A server that is killed again and again, and what was found."""

    def __init__(self, cluster: postgres.Cluster, url: str, dice: random.Random) -> None:
        self._cluster, self._url, self._dice = cluster, url, dice
        self.reported: list[tuple[int, list[Any]]] = []
        self.lost: set[str] = set()
        self.sentences: Counter[str] = Counter()
        self.tokens: list[tuple[str, str]] = []
        self.twice: set[str] = set()

    def round(self, number: int) -> None:
        """Everybody saves, the server dies, lives again, everybody saves what was typed and goes home."""
        clients = [start(self._url, f"{number}.{each}", self._dice.getrandbits(32)) for each in range(CLIENTS)]
        heard = {pipe: b"" for _pid, pipe in clients}
        _listen(heard, self._dice.uniform(0.05, LONGEST_LIFE), all_began=True)
        kill_server(self._cluster.folder / "data")
        _listen(heard, self._dice.uniform(0, 0.3))
        self._cluster.start_again()
        _listen(heard, PATIENCE, to_the_end=True)
        for pid, pipe in clients:
            if not heard[pipe].endswith(b'["home"]\n'):
                self.lost.add(f"workstation {number}: it did not come back: {heard[pipe][-200:]!r}")
                os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            os.close(pipe)
            self._hear(heard[pipe])
        self._look()

    def _hear(self, heard: bytes) -> None:
        for line in heard.splitlines():
            what, *more = json.loads(line)
            if what == "done":
                self.reported.append((more[0], more[1]))
            elif what == "told":
                self.sentences[more[0]] += 1
            elif what == "token":
                self.tokens.append((more[0], more[1]))
            elif what == "lost":
                self.lost.add(more[0])

    def _look(self) -> None:
        with looking(self._url) as connection:
            self.lost |= {*lost(connection, self.reported), *half_there(connection)}
            asked = 'SELECT "Description", "Notes" FROM "CRMLeads" ORDER BY 1'
            rows = connection.execute(asked).fetchall()
            notes = dict(rows)
        self.lost |= {f"{token} in {name}" for name, token in self.tokens if token not in (notes.get(name) or "")}
        self.twice = {name for name, count in Counter(name for name, _notes in rows).items() if count > 1}


def kill_server(data: Path) -> None:
    """End the server and every process it has begun, and wait for them: this process has adopted them."""
    server = int((data / "postmaster.pid").read_text().split()[0])
    children = [int(status.parent.name) for status in Path("/proc").glob("[0-9]*/stat") if _parent(status) == server]
    for pid in (server, *children):
        os.kill(pid, signal.SIGKILL)
    for pid in (server, *children):
        os.waitpid(pid, 0)


def _parent(status: Path) -> int:
    try:
        return int(status.read_text().rpartition(")")[2].split()[1])
    except OSError:  # it has just ended
        return 0


def _listen(heard: dict[int, bytes], seconds: float, *, all_began: bool = False, to_the_end: bool = False) -> None:
    """Hear what they say for so long, counted from when all of them are at work; or until all have gone home."""
    open_ones, ends = set(heard), time.monotonic() + (PATIENCE if all_began else seconds)
    while open_ones and (left := ends - time.monotonic()) > 0:
        for pipe in select.select(list(open_ones), [], [], left)[0]:
            more = os.read(pipe, 1 << 16)
            heard[pipe] += more
            if not more:
                open_ones.discard(pipe)
        if all_began and all(heard.values()):
            all_began, ends = False, time.monotonic() + seconds
    if to_the_end and open_ones:
        return  # whoever has not said good-bye is counted as lost


# ---------------------------------------------------------------- a workstation


def start(url: str, name: str, seed: int) -> tuple[int, int]:
    """A workstation in a process of its own, and the pipe it speaks through."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(reading)
        try:
            _Workstation(url, name, seed, lambda *what: os.write(writing, (json.dumps(what) + "\n").encode())).work()
        except BaseException:  # noqa: BLE001  whatever it is, it is told
            os.write(writing, (json.dumps(["lost", traceback.format_exc()]) + "\n").encode())
        finally:
            os._exit(0)
    os.close(writing)
    return pid, reading


class _Workstation:
    """Saves one thing after the other; what the server does not take is tried again until it does."""

    def __init__(self, url: str, name: str, seed: int, say: Callable[..., object]) -> None:
        self._url, self._name, self._say, self._dice = url, name, say, random.Random(seed)
        self._count, self._gone, self._wait = 0, False, threading.Event().wait

    def work(self) -> None:
        """Until the server has gone, and some units more after it has come back."""
        open_database(self._url)
        work.listen(self._committed)
        left = AFTERWARDS
        while left:
            self._count += 1
            self._save(f"<{self._name}.{self._count}>", self._dice.random())
            left -= self._gone
        self._say("home")

    def _committed(self, done: work.Done) -> None:
        self._say("done", done.number, [[change.table, change.key, change.verb] for change in done.changes])

    def _save(self, token: str, what: float) -> None:
        """One thing, again and again until it goes through."""
        while True:
            try:
                self._deed(what, token)
            except Surroundings as error:
                self._missed(error)
            except Mistake:  # somebody else has converted it
                self._say("told", "somebody else was faster")
                return
            else:
                return

    def _missed(self, error: Surroundings) -> None:
        self._gone = True
        self._say("told", error.message)
        self._wait(0.05)

    def _deed(self, what: float, token: str) -> None:
        if what < 0.4:
            lead = leads.start("ADMIN")
            lead.description, lead.phone = token, "+15125550101"
            self._until_saved(lead, lambda: leads.save(lead, "ADMIN"), "description")
            self._say("token", token, "")
        elif what < 0.85:
            found = list(Lead.select().where(Lead.listed()).order_by(Lead.number).limit(SHARED))
            lead = self._dice.choice(found)
            lead.notes = f"{lead.notes}{token}"
            self._edit(lead, token)
            self._say("token", lead.description, token)
        else:
            waiting = Lead.select(Lead.number).where(Lead.listed() & (Lead.number > SHARED)).limit(20)
            if numbers := list(waiting.scalars()):
                conversion.convert(self._dice.choice(numbers), "ADMIN")

    def _edit(self, lead: Lead, token: str) -> None:
        write: Callable[[], object] = lambda: leads.save(lead, "ADMIN")  # noqa: E731
        while True:
            try:
                self._until_saved(lead, write, "notes")
            except Clash as clash:
                chosen = {each.name: f"{each.theirs}{token}" for each in clash.differences}
                write = lambda clash=clash, chosen=chosen: saving.settle_clash(lead, clash, chosen, "ADMIN", leads.save)  # noqa: E731
            else:
                return

    def _until_saved(self, lead: Lead, write: Callable[[], object], name: str) -> None:
        """What a form does: what was typed stays in it while the server is gone, and *Retry* saves it."""
        while True:
            typed = lead.__data__[name]
            try:
                write()
            except Surroundings as error:
                if lead.__data__[name] != typed or not (lead.is_new or name in lead.changes()):
                    self._say("lost", f"typed: {typed}")
                self._missed(error)
            else:
                return


def tried(kills: int) -> dict[str, Any]:
    """Kill the server so many times; what was found."""
    ctypes.CDLL(None).prctl(ADOPTS, 1)
    with postgres.running(OPTIONS) as cluster, cluster.database("template0") as url:
        opened = open_database(url)
        for number in range(2 * SHARED):
            leads.create({"description": f"Lead {number}"}, "ADMIN")
        opened.close()
        killing = Killing(cluster, url, random.Random(kills))
        for number in range(kills):
            killing.round(number)
    return {
        "kind": "server killed", "tries": kills, "losses": sorted(killing.lost), "units": len(killing.reported),
        "saved_twice": sorted(killing.twice), "told": dict(killing.sentences.most_common()),
    }  # fmt: skip
