"""A year of an office with events: clocks are put forward and back, programs sleep, are killed in the middle of a
round, and look two at a time; people take back what they and the program have done. Each follow-up is made once.

What should be there is told by a model that knows neither windows nor the journal: at each round it goes through
everything there is, and says what has happened.
"""

from __future__ import annotations

import contextlib
import random
import subprocess
import sys
import tempfile
import threading
from calendar import isleap
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from channergy_crm import clock, work
from channergy_crm.errors import CRMError
from channergy_crm.records import Account, Customer, Lead, Opportunity, Order, PhoneCall, Task
from channergy_crm.records.events import Event, FollowUp
from channergy_crm.services import custom_fields, saving
from channergy_crm.services.events import activating, looking, making
from channergy_crm.store import database

if TYPE_CHECKING:
    from channergy_crm.store.database import Office

BEGIN = datetime(2027, 9, 1, 8)
"""a leap day is among the days of the year"""
ROOT = Path(__file__).resolve().parents[2]
FEW = 2
"""follow-ups that a round makes"""
SILENT, NEAR, STAGE_DAYS, UNHEARD = 20, 5, 12, 15
STAGES = ("Prospect", "Offer", "Offer", "Order")
EVENTS: dict[str, dict[str, Any]] = {
    "created": {"trigger": "created", "table": "CRMLeads"},
    "value": {"trigger": "value", "table": "CRMLeads", "field": "call_status", "value": "Reached"},
    "no_order": {"trigger": "no_order", "table": "Customers", "amount": SILENT, "unit": "day"},
    "no_contact": {"trigger": "no_contact", "table": "Customers", "amount": UNHEARD, "unit": "day"},
    "date": {"trigger": "date", "table": "CRMOpportunities", "field": "due", "amount": NEAR, "unit": "day"},
    "birthday": {"trigger": "date", "table": "CRMAccounts", "amount": NEAR, "unit": "day", "yearly": True},
    "won": {"trigger": "won", "table": "CRMOpportunities"},
    "in_stage": {"trigger": "in_stage", "table": "CRMOpportunities", "value": "Offer", "amount": STAGE_DAYS},
    "order": {"trigger": "order", "table": "Customers"},
    "first": {"trigger": "order", "table": "CRMAccounts", "field": "first", "amount": 1},
    "call": {"trigger": "call", "table": "Customers", "value": "NI"},
    "done": {"trigger": "done", "table": "CRMLeads"},
}
Expected = set[tuple[str, str, str]]
"""the name of an event, the number of a record, the occurrence"""


class Killed(BaseException):
    """The program is gone."""


class Model:
    """What an office holds, and what of it has happened to which record so far."""

    def __init__(self) -> None:
        self.expected: Expected = set()
        self.orders: dict[int, date] = {}
        self.came: dict[int, date] = {}
        self.spoken: dict[int, date] = {}
        self.due: dict[int, date] = {}
        self.born: dict[int, date] = {}
        self.stages: dict[int, tuple[str, date]] = {}
        self.before: date | None = None

    def happened(self, event: str, key: object, occurrence: object) -> None:
        """Something was done."""
        self.expected.add((event, str(key), str(occurrence)))

    def look(self, today: date) -> None:
        """A round: everything that is so today."""
        crossed = (self.before or today) + timedelta(days=NEAR)
        self.before, last = today, today + timedelta(days=NEAR)
        for key, day in self.orders.items():
            if day + timedelta(days=SILENT) <= today:
                self.happened("no_order", key, day)
        for key, day in self.came.items():
            since = self.spoken.get(key, day)
            if since + timedelta(days=UNHEARD) <= today:
                self.happened("no_contact", key, since)
        for key, (stage, since) in self.stages.items():
            if stage == "Offer" and since + timedelta(days=STAGE_DAYS) <= today:
                self.happened("in_stage", key, f"Offer@{since}")
        for key, day in self.due.items():
            if min(today, crossed + timedelta(days=1)) <= day <= last:
                self.happened("date", key, day)
        for key, born in self.born.items():
            for year in {today.year, last.year, crossed.year}:
                day = (
                    date(year, 2, 28)
                    if (born.month, born.day, isleap(year)) == (2, 29, False)
                    else born.replace(year=year)
                )
                if min(today, crossed + timedelta(days=1)) <= day <= last:
                    self.happened("birthday", key, year)


class Year:
    """An office, day after day."""

    def __init__(self, office: Office, seed: int, kills: int) -> None:
        self.office, self.dice, self.model, self.kills = office, random.Random(seed), Model(), kills
        self.now, self.rounds, self.shares, self.killed, self.undone = BEGIN, 0, 0, 0, 0
        self.wrong = timedelta()
        self.leads: list[int] = []
        self.deals: list[int] = []
        self.customers: list[int] = []
        self.accounts: dict[int, int] = {}
        self.gone: Expected = set()
        with clock.fixed(BEGIN):
            self._begin()

    def _begin(self) -> None:
        EVENTS["birthday"]["field"] = custom_fields.add(Account, "Birthday", "date", "ADMIN").kind.name
        self.names: dict[int, str] = {}
        for name, values in EVENTS.items():
            first = next((str(number) for number, held in self.names.items() if held == "created"), None)
            more = {"value": first} if name == "done" else {}
            with work.unit("Event", by="ADMIN"):
                event = Event.create(
                    name=name, type="marketing", action="Call", goes_to="one operator", receiver="ADMIN",
                    written_by="ADMIN", **values, **more,
                )  # fmt: skip
            self.names[event.number] = name
            activating.activate(event.number, "ADMIN", existing=True)

    # ---------------------------------------------------------------- what people do

    def day(self) -> None:
        """One day: some work, and some rounds, unless the program sleeps."""
        dice = self.dice
        deeds = (self._lead, self._reach, self._customer, self._order, self._suite, self._deal, self._stage,
                 self._call, self._task, self._take_back)  # fmt: skip
        if dice.random() < 0.12:  # the clock goes wrong, or is put right
            self.wrong = dice.choice((timedelta(), timedelta(), timedelta(days=dice.randrange(-40, 40)),
                                      timedelta(hours=dice.choice((-1, 1)))))  # fmt: skip
        for _each in range(dice.randrange(1, 4)):
            self.now += timedelta(hours=dice.randrange(1, 4))
            with clock.fixed(self.now + self.wrong):
                for _deed in range(dice.randrange(8)):
                    dice.choice(deeds)()
                self.round()
        self.now = datetime.combine(self.now.date() + timedelta(days=self._sleeps()), BEGIN.time())

    def _sleeps(self) -> int:
        return 1 if self.dice.random() < 0.9 else self.dice.randrange(2, 15)

    def _do(self, record: Any, **values: Any) -> Any:
        with work.unit("Work", by="ADMIN"):
            held = record(**values) if isinstance(record, type) else record
            for name, value in values.items():
                setattr(held, name, value)
            held.save()
        return held

    def _lead(self) -> None:
        lead = self._do(Lead, description="A", owner="ADMIN", created_on=clock.now()).number
        self.leads.append(lead)
        unit = _latest()
        if self.dice.random() < 0.2:
            undo = saving.reverse(unit, "ADMIN")
            if self.dice.random() < 0.5 and undo is not None:
                saving.reverse(undo.number, "ADMIN")
            else:
                self.leads.remove(lead)
                return
        self.model.happened("created", lead, 1)

    def _reach(self) -> None:
        if not self.leads:
            return
        lead = Lead.get_by_id(self.dice.choice(self.leads))
        to = "Not Called" if lead.call_status == "Reached" else "Reached"
        self._do(lead, call_status=to)
        unit = _latest()
        if self.dice.random() < 0.3:
            saving.reverse(unit, "ADMIN")
        elif to == "Reached":
            self.model.happened("value", lead.number, unit)

    def _customer(self) -> None:
        today, born = clock.today(), date(1984, 1, 1) + timedelta(days=self.dice.randrange(366))
        born = self.dice.choice((born, date(1984, 2, 29)))
        customer = self._do(Customer, company="Elm", created_on=today).number
        account = self._do(Account, name="Elm", customer=customer, owner="ADMIN", **{EVENTS["birthday"]["field"]: born})
        self.customers.append(customer)
        self.accounts[customer] = account.number
        self.model.came[customer] = today
        self.model.born[account.number] = born

    def _ordered(self, customer: int, number: int, day: date) -> None:
        self.model.happened("order", customer, number)
        self.model.happened("first", self.accounts[customer], "first")
        self.model.orders[customer] = max(day, self.model.orders.get(customer, day))

    def _order(self) -> None:
        if self.customers:
            customer = self.dice.choice(self.customers)
            order = self._do(Order, customer=customer, ordered_on=clock.today())
            self._ordered(customer, order.number, clock.today())

    def _suite(self) -> None:
        """The suite books an order past the journal, of today or of some days ago."""
        if self.customers:
            customer = self.dice.choice(self.customers)
            day = clock.today() - timedelta(days=self.dice.choice((0, 0, 3, 30)))
            with database.writing(), self.office.database.atomic():
                database.insert_many("Orders", ("CustNo", "OrderDt"), [(customer, str(day))])
            self._ordered(customer, int(Order.select().order_by(Order.number.desc()).get().number), day)

    def _deal(self) -> None:
        if not self.customers:
            return
        account = self.accounts[self.dice.choice(self.customers)]
        due = clock.today() + timedelta(days=self.dice.randrange(-10, 40))
        deal = self._do(Opportunity, account=account, name="A", owner="ADMIN", stage="Prospect", due=due)
        self.deals.append(deal.number)
        self.model.due[deal.number] = due
        self.model.stages[deal.number] = ("Prospect", clock.today())

    def _stage(self) -> None:
        if not self.deals:
            return
        deal = Opportunity.get_by_id(self.dice.choice(self.deals))
        stage, before = self.dice.choice(STAGES), self.model.stages[deal.number]
        if stage == before[0]:
            return
        self._do(deal, stage=stage)
        unit = _latest()
        if self.dice.random() < 0.2:
            saving.reverse(unit, "ADMIN")
            return
        self.model.stages[deal.number] = (stage, clock.today())
        if stage == "Order":
            self.model.happened("won", deal.number, unit)

    def _call(self) -> None:
        if not self.customers:
            return
        customer, code = self.dice.choice(self.customers), self.dice.choice(("N", "NI"))
        links = {"customer": customer, "operator": "ADMIN", "direction": "outgoing"}
        call = self._do(PhoneCall, **links, started=clock.now(), code=code, reached=code == "NI")
        if code == "NI":
            self.model.happened("call", customer, call.number)
            self.model.spoken[customer] = max(clock.today(), self.model.spoken.get(customer, date.min))

    def _task(self) -> None:
        """Somebody does a follow-up."""
        open_ones = list(FollowUp.select().join(Task, on=(FollowUp.task == Task.number)).where(~Task.closed))
        if not open_ones:
            return
        done = self.dice.choice(open_ones)
        task = self._do(Task.get_by_id(done.__data__["task"]), closed=True)
        name, of = self.names[done.__data__["event"]], done.of
        if name == "created":
            self.model.happened("done", of, done.number)
        if (customer := task.__data__["customer"]) is not None:
            self.model.spoken[customer] = max(clock.today(), self.model.spoken.get(customer, date.min))

    def _take_back(self) -> None:
        """Somebody takes back what the program has made last."""
        ours = (work.UnitRow.by == "Events") & work.UnitRow.reversed_by.is_null() & (work.UnitRow.mode == "do")
        row = work.UnitRow.select().where(ours).order_by(work.UnitRow.number.desc()).first()
        if row is None or self.dice.random() < 0.7:
            return
        before = self.there()
        try:
            saving.reverse(row.number, "ADMIN")
        except CRMError:  # somebody has built on it
            return
        self.undone += 1
        self.gone |= before - self.there()

    # ---------------------------------------------------------------- the program

    def round(self) -> None:
        """A round; now and then one that is killed, or two at once."""
        now, chance = clock.now(), self.dice.random()
        self.rounds += 1
        if chance < 0.15 and self.killed < self.kills:
            self.killed += 1
            self._killed(now, self.killed % 5 == 3)
        if chance > 0.85:
            self._both(now)
        while looking.round(now).more:
            self.shares += 1
        self.model.look(now.date())

    def _killed(self, now: datetime, process: bool) -> None:
        if process:
            child = subprocess.Popen([sys.executable, "-m", __name__, self.office.address(), now.isoformat()], cwd=ROOT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(0.5 + self.dice.random())
            child.kill()
            child.wait()
            return
        make, left = making.make, self.dice.randrange(4)

        def die(*asked: Any) -> making.Made:
            nonlocal left
            done = make(*asked)
            left -= 1
            if left < 0:
                raise Killed
            return done

        making.make = die  # type: ignore[assignment]
        try:
            looking.round(now)
        except Killed:
            pass
        finally:
            making.make = make

    def _both(self, now: datetime) -> None:
        def other() -> None:
            with self.office.borrowed():
                looking.round(now)

        thread = threading.Thread(target=other)
        thread.start()
        looking.round(now)
        thread.join()

    # ---------------------------------------------------------------- what is there

    def there(self) -> Expected:
        """The follow-ups there are, each with its task."""
        fields = (FollowUp.event, FollowUp.of, FollowUp.occurrence)
        rows: Any = FollowUp.select(*fields).where(FollowUp.task.is_null(False)).tuples()
        return {(self.names[event], of, occurrence) for event, of, occurrence in rows}

    def judge(self) -> list[str]:
        """What is missing and what is too much, a sentence for each."""
        there, expected = self.there(), self.model.expected - self.gone
        # What was done of a follow-up that is taken back is no follow-up of its own.
        lost = [f"lost: {each}" for each in sorted(expected - there)]
        doubled = FollowUp.select().count() - len(there)
        more = [f"too much: {each}" for each in sorted(there - expected)]
        return [*lost, *more, *([f"{doubled} twice"] if doubled else [])]


def _latest() -> int:
    return int(work.UnitRow.select().order_by(work.UnitRow.number.desc()).get().number)


def simulate(office: Office, days: int, seed: int, kills: int) -> Year:
    """So many days of an office, in which a round makes hardly anything before others have their turn."""
    year, share = Year(office, seed, kills), looking.SHARE
    end = BEGIN + timedelta(days=days)
    looking.SHARE = FEW
    try:
        while year.now < end:
            year.day()
    finally:
        looking.SHARE = share
    return year


def main(days: int = 365, seed: int = 2027, kills: int = 100) -> int:
    """The whole year, and what it found wrong."""
    with tempfile.TemporaryDirectory(prefix="channergy-year-") as folder:
        office = database.open_database(f"sqlite:///{Path(folder) / 'office.db'}")
        year = simulate(office, days, seed, kills)
        wrong = year.judge()
        print(f"{days} days, {year.rounds:,} rounds, {year.shares:,} that left some, {year.killed} killed, "
              f"{year.undone} taken back, {len(year.there()):,} follow-ups; wrong: {len(wrong)}")  # fmt: skip
        print("\n".join(wrong[:20]))
        office.close()
    return bool(wrong)


if __name__ == "__main__":
    held = database.open_database(sys.argv[1])
    moment = datetime.fromisoformat(sys.argv[2])
    with clock.fixed(moment):
        looking.round(moment)
