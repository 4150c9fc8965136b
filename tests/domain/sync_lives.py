"""Random lives of an office and a site beside the model of the rules: edits, undo, deleting and merging on both sides,
every fault of the site, and kill -9 of either of the two (`sync_model`, `sync_processes`).
"""

from __future__ import annotations

import json
import random
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from channergy_crm import clock
from channergy_crm.errors import CRMError
from channergy_crm.records import Account, Contact
from channergy_crm.records.sync import Outgoing, SyncLink
from channergy_crm.services import saving
from channergy_crm.services.duplicates import merging, proposal
from channergy_crm.sync.sandbox.store import Store
from channergy_crm.work import UnitRow
from tests.domain import two_sides
from tests.domain.sync_model import Field
from tests.domain.sync_processes import IMPATIENCE, PATIENCE, RESULT, WAYS, Processes, kill, round_now, runs, until
from tests.domain.two_sides import ADMIN, account, contact, deal, edit, now, remove

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FIELDS = {
    "companies": {"name": "name", "bill_city": "billing_city"},
    "contacts": {"last_name": "last_name", "mailing_city": "mailing_city"},
}
TABLES = {"companies": "CRMAccounts", "contacts": "CustomerContacts", "programs": "CRMOpportunities"}
WAYS_TO_FAIL = ("500", "502", "429", "503", "401", "403", "html", "moved", "half", "wrong", "drip", "stall", "deaf",
                "drop", "drop", "drop", "retry", "skew")  # fmt: skip
STAGES = ("Draft", "Prospect", "Proposal", "Contract", "Order", "Lost")


class Sides:
    """An office that is open and a site in `folder`: what is on both, and what is known of it. `kills` at most."""

    def __init__(self, url: str, folder: Path, processes: Processes, seed: int, kills: int = 2) -> None:
        self.dice, self.seed, self.url, self.folder = random.Random(seed), seed, url, folder
        self.processes, self.kills, self.killed = processes, kills, 0
        folder.mkdir(exist_ok=True)
        self.there = Store(folder)  # people at the site, beside the one that answers
        self.site, self.port = processes.site(folder)
        self.records: dict[str, list[Any]] = {kind: [] for kind in TABLES}
        self.fields: dict[tuple[str, int, str], Field] = {}
        self.ended: set[tuple[str, str]] = set()
        self.last_there: dict[tuple[str, str], Any] = {}
        self.moment, self.done = clock.now(), list[str]()
        two_sides.switch_on()
        self._account()
        self._begun = UnitRow.select(UnitRow.number).order_by(UnitRow.number.desc()).scalar()

    def close(self) -> None:
        """Nobody is there any more."""
        kill(self.site)
        self.there.close()

    def _told(self) -> str:
        return f"life {self.seed} after {' '.join(self.done[-12:])}"

    def _some(self, kind: str) -> Any:
        held = [each for each in self.records[kind] if now(each) is not None]
        return self.dice.choice(held[: self._few()]) if held else None

    def _remote(self, kind: str) -> str:
        """One that is there and that is ours."""
        held = sorted((row.id for row in self.there.rows(kind)), key=lambda id: int(id[1:]))
        return self.dice.choice(held[: self._few()]) if held else ""

    def _few(self) -> int | None:
        """Often it is one of the oldest: much is done to the same ones."""
        return 2 if self.dice.random() < 0.6 else None

    def _value(self) -> str:
        return self.dice.choice(("a", "b", "c", f"v{self.dice.randrange(1000)}"))

    def _id(self, kind: str, key: int) -> str:
        return next((id for id, here in self._linked(kind).items() if here == key), "")

    def _waits(self) -> bool:
        return bool(Outgoing.select().where(Outgoing.state.in_(["waiting", "sending", "unknown"])).exists())

    def _linked(self, kind: str) -> dict[str, int]:
        return {row.remote: int(row.key) for row in SyncLink.select().where(SyncLink.table == TABLES[kind])}

    def _pairs(self, kind: str) -> list[tuple[Any, dict[str, Any]]]:
        """What is on both sides now, and is not ended on either."""
        ours = {each.key: held for each in self.records[kind] if (held := now(each)) is not None}
        rows = {row.id: row.values for row in self.there.rows(kind)}
        return [(ours[key], rows[id]) for id, key in self._linked(kind).items() if key in ours and id in rows]

    def _can_go(self, trip: Any) -> bool:
        """Whether its account is there and somebody of it is, so that it must be there (VP-23). Of a company that was
        merged there into another one only somebody can say where it is to go.
        """
        of = Account.find(trip.__data__["account"])
        if of is None or self._id("companies", of.key) not in {row.id for row in self.there.rows("companies")}:
            return False
        people = Contact.select().where(Contact.customer == of.__data__["customer"])
        return any(person.key in self._linked("contacts").values() for person in people)


class Life(Sides):
    """What is done on both sides, and how they are compared afterwards."""

    # ---------------------------------------------------------------- what is done

    def live(self, steps: int) -> None:
        """So many things are done; then everything works again, and the two sides are compared."""
        deeds: list[Callable[[], object]] = [
            self._edit, self._edit, self._edit, self._change, self._change, self._change, self._stage, self._account,
            self._contact, self._deal, self._remove, self._end, self._merge_here, self._merge_there, self._undo,
            self._undo, self._take_back_theirs, self._round, self._round, self._round, self._round,
        ]  # fmt: skip
        for _step in range(steps):
            deed = self.dice.choice(deeds)
            self.done.append(deed.__name__)
            deed()
            self._look()
        (self.folder / WAYS).write_text("")
        for _time in range(4):
            self.moment += timedelta(hours=20)
            told = self._run(None)
            self._after(whole=False)
        assert told.get("whole"), (self._told(), told)
        self._after(whole=True)
        self._compare()

    def _account(self) -> None:
        self.records["companies"].append(account(f"Firm {len(self.records['companies'])}"))

    def _contact(self) -> None:
        if (of := self._some("companies")) is not None:
            number = len(self.records["contacts"])
            self.records["contacts"].append(contact(of, f"P{number}", email=f"p{number}@example.com"))

    def _deal(self) -> None:
        if (of := self._some("companies")) is not None:
            self.records["programs"].append(deal(of, f"Trip {len(self.records['programs'])}"))

    def _edit(self) -> None:
        kind = self.dice.choice(tuple(FIELDS))
        if (record := self._some(kind)) is not None:
            name = self.dice.choice(tuple(FIELDS[kind]))
            field = self.fields.get((kind, record.key, name))
            back = field is not None and self.dice.random() < 0.4
            value = self.dice.choice(field.past) if field is not None and back else self._value()
            if value or name not in ("name", "last_name"):
                edit(record, **{name: value})

    def _change(self) -> None:
        kind = self.dice.choice(tuple(FIELDS))
        if id := self._remote(kind):
            name, remote = self.dice.choice(tuple(FIELDS[kind].items()))
            self._write_there(kind, id, name, remote, self._value())

    def _write_there(self, kind: str, id: str, name: str, remote: str, value: str) -> None:
        self.there.change(kind, id, {remote: value})
        if (key := self._linked(kind).get(id)) is not None and (
            field := self.fields.get((kind, key, name))
        ) is not None:
            field.written_there(value)

    def _stage(self) -> None:
        if id := self._remote("programs"):
            values = {"sales_stage": self.dice.choice(STAGES), "probability": self.dice.randrange(101)}
            self.there.change("programs", id, values)
            self.last_there["programs", id] = values

    def _remove(self) -> None:
        if self.dice.random() < 0.4 and (record := self._some("contacts")) is not None:
            remove(record)

    def _end(self) -> None:
        if self.dice.random() < 0.3 and (id := self._remote("contacts")):
            self.there.end("contacts", id)
            self.ended.add(("contacts", id))

    def _merge_here(self) -> None:
        held = [each for each in self.records["companies"] if now(each) is not None]
        if self.dice.random() < 0.4 and len(held) > 2:
            pair = self.dice.sample(held, 2)
            merging.merge(proposal.propose(Account, [each.key for each in pair], ADMIN), 0, {}, ADMIN)

    def _merge_there(self) -> None:
        held = [row.id for row in self.there.rows("companies")]
        if self.dice.random() < 0.3 and len(held) > 2:
            one, other = self.dice.sample(held, 2)
            self.there.end("companies", one, other)
            self.ended.add(("companies", one))

    def _undo(self) -> None:
        again = self.dice.random() < 0.2
        latest = saving.redoable(ADMIN) if again else saving.undoable(ADMIN)
        if latest is not None and latest.number > self._begun:
            self._try(lambda: saving.reverse(latest.number, ADMIN))

    def _take_back_theirs(self) -> None:
        unit = UnitRow.select().where((UnitRow.by == "Viper") & UnitRow.reversed_by.is_null())
        if (latest := unit.order_by(UnitRow.number.desc()).first()) is not None:
            self._try(lambda: saving.reverse(latest.number, ADMIN))

    def _try(self, deed: Callable[[], object]) -> bool:
        """Whether it was done: what was changed since is not taken back nor written over, and that is said."""
        try:
            deed()
        except CRMError as error:
            self.done.append(f"({error.message[:40]})")
            return False
        return True

    # ---------------------------------------------------------------- rounds

    def _round(self) -> None:
        """Well, or with faults, or one of the two is killed in the middle."""
        how = self.dice.random()
        well = ["ok"] * self.dice.choice((0, 1, 2, 3, 3, 3, 4, 4, 5))
        ways = [] if how < 0.3 else [*well, self.dice.choice(WAYS_TO_FAIL), self.dice.choice(WAYS_TO_FAIL)]
        kills = how > 0.6 and self.killed < self.kills
        (self.folder / WAYS).write_text(" ".join(ways if not kills or how > 0.9 else []))
        self.moment += timedelta(minutes=self.dice.choice((0, 1, 10, 400)))
        who = self.dice.choice(("program", "site")) if kills else None
        told = self._run(who)
        self.done[-1] += f"[{who or ' '.join(ways)}: {told}]"
        self._after(whole=bool(told.get("whole")) and not ways and who is None and not self._waits())

    def _run(self, who: str | None) -> dict[str, Any]:
        if who is None:
            with clock.fixed(self.moment):
                slow = {"drip", "stall"} & set((self.folder / WAYS).read_text().split())
                return round_now(self.port, IMPATIENCE if slow else PATIENCE)
        (self.folder / RESULT).unlink(missing_ok=True)
        program = self.processes.make("round", self.url, self.port, str(self.folder), self.moment.isoformat())
        until(lambda: not runs(program), self.dice.random() * 0.2)
        self._meanwhile()
        self.killed += 1
        kill(program if who == "program" else self.site)
        if who == "site":
            until(lambda: not runs(program), 20)
            self.site, self.port = self.processes.site(self.folder, self.port)
        assert until(lambda: not runs(program), 40), self._told()
        file = self.folder / RESULT
        return dict(json.loads(file.read_text())) if file.exists() else {}

    def _meanwhile(self) -> None:
        """Somebody writes on both sides while the program is at it."""
        for (kind, key, name), field in list(self.fields.items()) if self.dice.random() < 0.7 else ():
            if self.dice.random() < 0.4 and (record := next(e for e in self.records[kind] if e.key == key)) is not None:
                field.round(whole=False)
                if self.dice.random() < 0.5 and now(record) is not None:
                    value = self._value()
                    if self._try(lambda record=record, name=name, value=value: edit(record, **{name: value})):
                        field.written_here(value)
                elif self.there.row(kind, id := self._id(kind, key)) is not None and (kind, id) not in self.ended:
                    self._write_there(kind, id, name, FIELDS[kind][name], self._value())

    # ---------------------------------------------------------------- what is seen

    def _look(self) -> None:
        """What people here have done stands here; what was done there was told at once."""
        for kind, names in FIELDS.items():
            for held, values in self._pairs(kind):
                for name, remote in names.items():
                    here, there = _text(getattr(held, name)), _text(values.get(remote))
                    field = self.fields.get((kind, held.key, name))
                    if field is None:
                        self.fields[kind, held.key, name] = Field(here, there)
                        continue
                    if here not in {state.here for state in field.states}:
                        field.written_here(here)
                    field.seen(here, there, f"{self._told()}: {kind} {held.key} {name}")

    def _after(self, *, whole: bool) -> None:
        """The program was at it; what came of it must be possible."""
        for kind, names in FIELDS.items():
            for held, values in self._pairs(kind):
                for name, remote in names.items():
                    if (field := self.fields.get((kind, held.key, name))) is not None:
                        field.round(whole=whole)
                        told = f"{self._told()}: {kind} {held.key} {name}"
                        field.seen(_text(getattr(held, name)), _text(values.get(remote)), told)

    # ---------------------------------------------------------------- what must hold in the end

    def _compare(self) -> None:
        told = self._told()
        assert not self._waits(), (told, two_sides.waiting())
        for kind, table in TABLES.items():
            links = list(SyncLink.select().where(SyncLink.table == table))
            ever = {row.id for row in self.there.since(kind, 0, 100_000)}
            lost = Outgoing.select().where((Outgoing.table == table) & (Outgoing.reason == "gone_here")).count()
            assert len({row.key for row in links}) == len({row.remote for row in links}) == len(links), told
            assert len(links) <= len(ever) <= len(links) + lost, (told, kind, "made there twice")
        for kind, names in FIELDS.items():
            for held, values in self._pairs(kind):
                for name, remote in names.items():
                    assert _text(getattr(held, name)) == _text(values.get(remote)), (told, kind, held.key, name)
        rows = {row.id: row.values for row in self.there.rows("programs")}
        for id, key in self._linked("programs").items():
            trip = next(now(each) for each in self.records["programs"] if each.key == key)
            theirs = rows[id]
            assert trip is None or (trip.stage, trip.probability) == (theirs["sales_stage"], theirs["probability"]), (
                told
            )
            for name, value in self.last_there.get(("programs", id), {}).items():
                assert theirs[name] == value, (told, "what is led there was changed from here")
        for each in self.records["programs"]:
            held = now(each)
            if held is not None and self._can_go(held):
                assert held.key in self._linked("programs").values(), (told, "an opportunity never went")


def _text(value: object) -> str:
    return "" if value is None else str(value)
