"""Random histories of two sides, and beside them a model of the rules that knows nothing of how they are kept.

Of each field the model holds every state the two sides may be in: what both said last, what is here, what is there. A
round that fails leaves it open how far it came; whatever it did must be one of these states.
"""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm import clock
from channergy_crm.errors import Surroundings
from channergy_crm.jobs.runner import Interrupted
from channergy_crm.records import Account, Contact
from channergy_crm.records.sync import SyncLink
from tests.domain import two_sides
from tests.domain.two_sides import account, contact, deal, edit, now, remove

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from tests.domain.two_sides import TwoSides

FIELDS = {
    "companies": (("name", "name"), ("phone", "phone"), ("bill_city", "billing_city")),
    "contacts": (("last_name", "last_name"), ("mailing_city", "mailing_city")),
}
WAYS = ("ok", "500", "half", "drop", "drop", "drop", "deaf", "html", "wrong", "429", "503", "retry", "403")
STAGES = ("Draft", "Prospect", "Offer", "Order", "Lost")


class State(NamedTuple):
    """What both said last, what is here, what is there."""

    base: str
    here: str
    there: str


def read(state: State) -> State:
    """What they changed has come; where both did, ours stands and theirs has been heard."""
    base, here, there = state
    return State(there, there if here == base else here, there)


def agreed(state: State) -> State:
    """And what is ours has gone."""
    here = read(state).here
    return State(here, here, here)


class Field:
    """One field of one record, in every state it may be in."""

    def __init__(self, value: str) -> None:
        self.states = {State(value, value, value)}

    def write(self, *, here: str | None = None, there: str | None = None) -> None:
        """Somebody changes it on one side."""
        self.states = {
            State(base, h if here is None else here, t if there is None else there) for base, h, t in self.states
        }

    def round(self, *, whole: bool) -> None:
        """A round has been: entirely, or nobody knows how far."""
        after = {agreed(state) for state in self.states}
        self.states = after if whole else after | self.states | {read(state) for state in self.states}

    def dice(self, dice: random.Random) -> str:
        """What both may have said last: somebody takes back what they have typed."""
        return dice.choice(sorted({state.base for state in self.states}))

    @property
    def values(self) -> set[str]:
        """What may stand on both sides once they agree."""
        return {agreed(state).here for state in self.states}


class History:
    """What people do on both sides, and rounds in between that go well or do not."""

    def __init__(self, both: TwoSides, seed: int) -> None:
        self.both, self.dice = both, random.Random(seed)
        self.seed, self.made = seed, {"companies": 0, "contacts": 0, "programs": 0}
        self.records: dict[str, list[Any]] = {"companies": [], "contacts": [], "programs": []}
        self.fields: dict[tuple[str, int, str], Field] = {}
        self.gone: set[tuple[str, int]] = set()
        self.ended: set[tuple[str, int]] = set()
        self.moment = clock.now()
        self._account()

    # ---------------------------------------------------------------- what people do

    def run(self, steps: int) -> None:
        """So many things are done; then everything works again, and the two sides are compared."""
        deeds: list[Callable[[], object]] = [
            self._edit, self._edit, self._edit, self._change, self._change, self._change, self._stage, self._account,
            self._contact, self._deal, self._remove, self._end, self._sync, self._sync, self._sync, self._meddle,
        ]  # fmt: skip
        for _step in range(steps):
            self.dice.choice(deeds)()
        self.both.site.faults.ways.clear()
        for _round in range(3):
            with clock.fixed(self._next(hours=20)):
                self.both.sync()
        self._settle(whole=True)
        self._compare()

    def _next(self, **time: float) -> datetime:
        self.moment += timedelta(**time)
        return self.moment

    def _new(self, kind: str, record: Any) -> None:
        self.records[kind].append(record)
        self.made[kind] += 1
        for name, _remote in FIELDS.get(kind, ()):
            self.fields[kind, record.key, name] = Field(getattr(record, name) or "")

    def _account(self) -> None:
        self._new("companies", account(f"Firm {self.made['companies']}"))

    def _contact(self) -> None:
        if (of := self._some("companies")) is not None:
            number = self.made["contacts"]
            self._new("contacts", contact(of, f"P{number}", email=f"p{number}@example.com"))

    def _deal(self) -> None:
        if (of := self._some("companies")) is not None:
            self._new("programs", deal(of, f"Trip {self.made['programs']}"))

    def _some(self, kind: str, *, there: bool = False) -> Any:
        """One that is on this side; with `there`, on the other one."""
        held = [each for each in self.records[kind] if (kind, each.key) not in self.gone]
        if there:
            held = [each for each in self._linked(kind, held) if (kind, each.key) not in self.ended]
        return self.dice.choice(held) if held else None

    def _linked(self, kind: str, records: Iterable[Any]) -> list[Any]:
        known = set(SyncLink.select(SyncLink.key).where(SyncLink.table == _table(kind)).scalars())
        return [each for each in records if str(each.key) in known]

    def _value(self) -> str:
        return self.dice.choice(("a", "b", "c", "d", f"v{self.dice.randrange(1000)}"))

    def _edit(self) -> None:
        kind = self.dice.choice(tuple(FIELDS))
        if (record := self._some(kind)) is not None:
            name, _remote = self.dice.choice(FIELDS[kind])
            field = self.fields[kind, record.key, name]
            value = field.dice(self.dice) if self.dice.random() < 0.4 else self._value()  # as it was, perhaps
            edit(record, **{name: value})
            field.write(here=value)

    def _change(self) -> None:
        kind = self.dice.choice(tuple(FIELDS))
        if (record := self._some(kind, there=True)) is not None:
            name, remote = self.dice.choice(FIELDS[kind])
            value = self._value()
            self.both.change(record, **{remote: value})
            self.fields[kind, record.key, name].write(there=value)

    def _stage(self) -> None:
        if (record := self._some("programs", there=True)) is not None:
            self.both.change(record, sales_stage=self.dice.choice(STAGES), probability=self.dice.randrange(101))

    def _remove(self) -> None:
        if self.dice.random() < 0.3 and (record := self._some("contacts")) is not None:
            remove(record)
            self.gone.add(("contacts", record.key))

    def _end(self) -> None:
        if self.dice.random() < 0.3 and (record := self._some("contacts", there=True)) is not None:
            self.both.site.delete("contacts", two_sides.link(record).remote)
            self.ended.add(("contacts", record.key))

    # ---------------------------------------------------------------- rounds

    def _sync(self) -> None:
        whole = self.dice.random() < 0.25
        ways = self.both.site.faults.ways
        well = ["ok"] * self.dice.choice((0, 1, 2, 3, 3, 3, 4, 4, 5))  # three questions come before the first batch
        ways[:] = [] if whole else [*well, self.dice.choice(WAYS), self.dice.choice(WAYS)]
        stop_at = None if whole or self.dice.random() < 0.7 else self.dice.randrange(20)
        self._settle(whole=self._round(stop_at) and whole)

    def _meddle(self) -> None:
        """Somebody there changes something in the middle of a round."""
        kind = self.dice.choice(tuple(FIELDS))
        if (record := self._some(kind, there=True)) is not None:
            name, remote = self.dice.choice(FIELDS[kind])
            value, at = self._value(), self.dice.randrange(10)
            steps = iter(range(10_000))

            def step(*_told: object) -> None:
                if next(steps) == at:
                    self._settle(whole=False)
                    self.both.change(record, **{remote: value})
                    self.fields[kind, record.key, name].write(there=value)

            self._round(None, step)
            self._settle(whole=False)

    def _round(self, stop_at: int | None, also: Callable[..., object] = lambda *_told: None) -> bool:
        """One round; whether it came to its end with nothing left for later."""
        steps = iter(range(10_000))

        def step(*told: object) -> None:
            if next(steps) == stop_at:
                raise Interrupted
            also(*told)

        with clock.fixed(self._next(minutes=self.dice.choice((0, 1, 10, 400)))):
            try:
                told = self.both.sync(step)
            except (Surroundings, Interrupted):
                return False
        return not told.waits and not told.later and not self._waits()

    def _waits(self) -> bool:
        return any(state in ("waiting", "sending", "unknown") for _table, state, _why in two_sides.waiting())

    def _settle(self, *, whole: bool) -> None:
        """What a round may have done to the fields that are on both sides; also to one that was only being made."""
        for field in self.fields.values():
            field.round(whole=whole)

    # ---------------------------------------------------------------- what must hold in the end

    def _compare(self) -> None:
        told = f"history {self.seed}"
        assert not self._waits(), (told, two_sides.waiting())
        for kind, records in self.records.items():
            rows = self.both.site.rows(kind)
            links = {row.key: row for row in SyncLink.select().where(SyncLink.table == _table(kind))}
            ever = len(self.both.site.store.since(kind, 0, 100_000))
            assert ever <= self.made[kind] and len({row.remote for row in links.values()}) == len(links), told
            for record in records:
                if {(kind, record.key)} & (self.gone | self.ended):
                    continue
                self._one(kind, record, links, rows, told)

    def _one(self, kind: str, record: Any, links: dict[str, SyncLink], rows: dict[str, Any], told: str) -> None:
        stands = now(record)
        if kind == "programs":
            if str(record.key) in links or self._can_go(stands):
                theirs = rows[links[str(record.key)].remote]
                assert (stands.stage, stands.probability) == (theirs["sales_stage"], theirs["probability"]), told
            return
        theirs = rows[links[str(record.key)].remote]
        for name, remote in FIELDS[kind]:
            here, there = getattr(stands, name) or "", theirs.get(remote) or ""
            allowed = self.fields[kind, record.key, name].values
            assert here == there and here in allowed, (told, kind, record.key, name, here, there, allowed)

    def _can_go(self, deal: Any) -> bool:
        """Whether somebody is left at its account, so that it must be there (VP-23)."""
        customer = Account.find(deal.__data__["account"]).__data__["customer"]
        return bool(Contact.select().where(Contact.customer == customer).exists())


def _table(kind: str) -> str:
    return {"companies": "CRMAccounts", "contacts": "CustomerContacts", "programs": "CRMOpportunities"}[kind]
