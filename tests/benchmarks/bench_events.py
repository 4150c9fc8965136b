"""Fifty events over a million records: a round in which nothing was new, after some work, on the next day, after a
week, in shares; and a year of days in which clocks go wrong, programs sleep and are killed, and two of them look.

`python -m tests.benchmarks.bench_events [postgresql] [RECORDS]`: by hand, a million takes some minutes.
`python -m tests.benchmarks.bench_events year [DAYS] [SEED]`: the year.
"""

from __future__ import annotations

import random
import sys
import time
from contextlib import closing
from datetime import date, datetime, timedelta
from itertools import cycle
from typing import Any

from channergy_crm import clock, work
from channergy_crm.records import Account, Contact, Customer, Lead, Operator, Opportunity, Order, PhoneCall, Task
from channergy_crm.records.events import Event, FollowUp
from channergy_crm.services import custom_fields
from channergy_crm.services.events import activating, looking
from channergy_crm.store import database
from channergy_crm.work import bulk
from tests.benchmarks import measure, year_of_events
from tests.benchmarks.bench_history import made
from tests.benchmarks.office import OPERATORS, Dice

NOW = datetime(2026, 11, 23, 9)
RECORDS, DAYS = 100_000, 400
LIMIT = 5_000.0
"""milliseconds that were promised for a round"""
SHARES = {Customer: 0.15, Account: 0.15, Contact: 0.1, Opportunity: 0.1, Lead: 0.4, Task: 0.1}
WATCHED = """
created CRMLeads
created Customers
created CRMAccounts filter_text=type:Prospect
created CustomerContacts
created CRMOpportunities filter_text=amount>500000
value CRMLeads field=call_status value=Reached
value CRMLeads field=call_code value=NI
value CRMAccounts field=type value=Customer
value CRMOpportunities field=interest_level value=Hot
no_order CRMAccounts amount=2 unit=month
no_order Customers amount=90 unit=day
no_order CRMAccounts amount=6 unit=month filter_text=industry:Retail
no_contact CRMLeads amount=30 unit=day filter_text=call_code:NEW
no_contact CRMAccounts amount=60 unit=day
no_contact CustomerContacts amount=1 unit=year
no_contact CRMOpportunities amount=14 unit=day
no_change CRMOpportunities amount=3 unit=week
no_change CRMLeads amount=2 unit=month
no_change CRMAccounts amount=6 unit=month
date CRMOpportunities field=close_date_1 amount=7 unit=day
date CRMOpportunities field=close_date_1 amount=-7 unit=day
date CRMAccounts field=custom_birthday amount=3 unit=day yearly=1
date CRMAccounts field=custom_birthday amount=0 unit=day yearly=1
won CRMOpportunities
lost CRMOpportunities
in_stage CRMOpportunities value=Offer amount=7
in_stage CRMOpportunities amount=30
call CRMAccounts value=NI
call CRMLeads value=CALLBK
order CRMAccounts field=first amount=1
order Customers
done CRMLeads value=1
"""
"""what the events wait for: the trigger, the table, and what it asks"""


def fill(url: str, records: int) -> Any:
    """An office that has got so many records in a year, so many a day, with orders and calls; by now ten work there."""
    office = database.open_database(url)
    custom_fields.add(Account, "Birthday", "date", "ADMIN")
    dice = random.Random(2026)
    makes = _makes(dice)
    with work.unit("Operators", by="ADMIN"):
        for operator in OPERATORS:
            Operator.create(id=operator, name=operator.title())
    many = {record: bulk.Many(record) for record in SHARES}
    for day in range(DAYS):
        moment = NOW - timedelta(days=DAYS - day)
        with clock.fixed(moment):
            for record, share in SHARES.items():
                count = max(1, int(records * share / DAYS))
                rows = [many[record].row(makes[record](moment)) for _each in range(count)]
                with work.unit("Import", by="ADMIN") as unit:
                    many[record].insert(unit, rows, bulk.reserve(record, count))
            _past(dice, moment, max(1, records // (5 * DAYS)))
        if day % 40 == 0:
            print(f"day {day} of {DAYS}", file=sys.stderr)
    office.database.execute_sql("ANALYZE")
    return office


def _makes(dice: random.Random) -> dict[Any, Any]:
    """How a record of each type is made, in the order in which they can hang on each other."""
    held = Dice(0, dice)
    so_far = {Customer: 0, Account: 0, Opportunity: 0}

    def customer(moment: datetime) -> dict[str, Any]:
        so_far[Customer] += 1
        return held.customer() | {"created_on": moment.date()}

    def account(_moment: datetime) -> dict[str, Any]:
        so_far[Account] += 1
        return held.account(so_far[Account]) | {"custom_birthday": _birthday(dice)}

    def contact(_moment: datetime) -> dict[str, Any]:
        return held.contact(dice.randint(1, so_far[Customer]))

    def deal(moment: datetime) -> dict[str, Any]:
        so_far[Opportunity] += 1
        stage = dice.choice(("Prospect", "Offer", "Offer", "Order", "Lost"))
        ends = moment.date() + timedelta(days=dice.randrange(120))
        return {**held.opportunity(so_far[Opportunity]), "stage": stage, "created_on": moment.date(),
                "close_date_1": ends, "stage_since": moment.date()}  # fmt: skip

    def task(moment: datetime) -> dict[str, Any]:
        held.accounts = so_far[Account]
        made_of = held.task() | {"created_on": moment}
        return made_of | ({"closed_on": moment} if made_of["closed"] else {})

    def lead(moment: datetime) -> dict[str, Any]:
        return held.lead() | {"created_on": moment}

    return {Customer: customer, Account: account, Contact: contact, Opportunity: deal, Task: task, Lead: lead}


def _birthday(dice: random.Random) -> date:
    return date(1940, 1, 1) + timedelta(days=dice.randrange(25_000))


def _past(dice: random.Random, moment: datetime, count: int) -> None:
    """What stands in no journal: orders of the suite, and as many calls."""
    flag = bool if database.proxy.obj.param == "%s" else int
    upto = int(Customer.select().order_by(Customer.number.desc()).limit(1).scalar())
    orders = [(dice.randint(1, upto), str(moment.date()), dice.randrange(100_000)) for _each in range(count)]
    calls = []
    for _each in range(count):
        number = dice.randint(1, upto)
        code = dice.choice(("N", "NI", "CALLBK"))
        calls.append((number, number, "ANN", "outgoing", str(moment), code, flag(code != "N")))
    with database.writing(), database.proxy.obj.atomic():
        database.insert_many("Orders", ("CustNo", "OrderDt", "Amount"), orders)
        names = ("CustNo", "CRMAccountNo", "OperatorID", "Direction", "StartDt", "CallCode", "IsReached")
        database.insert_many("CRMCalls", names, calls)


def activate() -> None:
    """Fifty events, from now on."""
    for number, line in zip(range(50), cycle(WATCHED.strip().splitlines()), strict=False):
        trigger, table, *asked = line.split()
        values: dict[str, Any] = dict(each.split("=", 1) for each in asked)
        values |= {name: int(values[name]) for name in ("amount", "yearly") if name in values}
        with work.unit("Event", by="ADMIN"):
            event = Event.create(
                name=f"{trigger} {number}", type="best practice", trigger=trigger, table=table, action="Call {name}",
                goes_to="who owns the record", otherwise="ANN", written_by="ADMIN", due_after=1, **values,
            )  # fmt: skip
        activating.activate(event.number, "ADMIN", existing=False)


def working(dice: random.Random, count: int) -> None:
    """What an office does in some minutes, each deed a unit of its own."""
    leads, deals, customers = (int(record.select().count()) for record in (Lead, Opportunity, Customer))
    for number in range(count):
        with work.unit("Work", by="ANN"):
            kind = number % 5
            if kind == 0:
                Lead.create(description="Wants a price list", owner="ANN", created_on=clock.now())
            elif kind == 1:
                lead = Lead.get_by_id(dice.randrange(1, leads))
                lead.call_status, lead.call_code = dice.choice(("Reached", "Not Called")), dice.choice(("NI", "N"))
                lead.save()
            elif kind == 2:
                deal = Opportunity.get_by_id(dice.randrange(1, deals))
                deal.stage = dice.choice(("Prospect", "Offer", "Order", "Lost"))
                deal.save()
            elif kind == 3:
                number = dice.randrange(1, customers)
                PhoneCall.create(customer=number, account=number, operator="ANN", direction="outgoing",
                                 started=clock.now(), code="NI", reached=True)  # fmt: skip
            else:
                Order.create(customer=dice.randrange(1, customers), ordered_on=clock.today())


def main(engine: str, records: int) -> int:
    """Measure the rounds of a week."""
    dice = random.Random(1)
    with made(engine) as url:
        office = fill(url, records)
        with clock.fixed(NOW):
            activate()
            looking.round(NOW)
        told = [
            measured("nothing new", NOW + timedelta(minutes=5), office, dice, 0),
            measured("200 changes", NOW + timedelta(minutes=10), office, dice, 200),
            measured("2,000 changes", NOW + timedelta(minutes=15), office, dice, 2_000),
            measured("the next day", NOW + timedelta(days=1), office, dice, 0),
            measured("the day after, 200 changes", NOW + timedelta(days=2), office, dice, 200),
            measured("a week later", NOW + timedelta(days=9), office, dice, 0),
        ]
        office.close()
    return measure.show("events", told, engine=engine, records=records)


def measured(name: str, now: datetime, office: Any, dice: random.Random, changes: int) -> dict[str, Any]:
    """The rounds at that moment after so many changes, of which the longest counts; beside it what it takes to read as
    many rows of the journal, and what the follow-ups of the rounds are about.
    """
    unit = int(work.UnitRow.select().order_by(work.UnitRow.number.desc()).get().number)
    with clock.fixed(now):
        working(dice, changes)
        last = int(FollowUp.select().order_by(FollowUp.number.desc()).limit(1).scalar() or 0)
        count, times = 0, list[float]()
        while True:
            began = time.perf_counter()
            made, more = looking.round(now)
            times.append((time.perf_counter() - began) * 1000)
            count += made
            if not more:
                break
    floor = measure.median(measure.timed(lambda: _bare(office, unit, last)) for _time in range(3))
    rounds = [round(each) for each in times]
    return measure.figure(name, max(times), LIMIT, floor, follow_ups=count, rounds_ms=rounds, all_ms=sum(rounds))


def _bare(office: Any, unit: int, last: int) -> None:
    """The least that has to be read, by the database alone."""
    with closing(office.reader()) as reader:
        mark = office.database.param
        reader.rows(f'SELECT * FROM "CRMChanges" WHERE "UnitNo" > {mark}', (unit,))  # sql: our own words
        for table, key in (("CRMLeads", "LeadNo"), ("CRMAccounts", "CRMAccountNo"), ("Customers", "CustNo"),
                           ("CustomerContacts", "ContactNo"), ("CRMOpportunities", "OpportunityNo")):  # fmt: skip
            of = f'SELECT CAST("RecordNo" AS INTEGER) FROM "CRMFollowUps" WHERE "TableName" = \'{table}\''
            those = f'{of} AND "FollowUpNo" > {mark}'
            reader.rows(f'SELECT * FROM "{table}" WHERE "{key}" IN ({those})', (last,))  # sql: our own words


if __name__ == "__main__":
    asked = sys.argv[1:]
    numbers = [int(each.replace("_", "")) for each in asked if each[:1].isdigit()]
    if "year" in asked:
        sys.exit(year_of_events.main(*numbers))
    sys.exit(main("postgresql" if "postgresql" in asked else "sqlite", (numbers or [RECORDS])[0]))
