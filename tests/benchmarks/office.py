"""The office the benchmarks work in: 100,000 leads, 20,000 accounts, 100,000 tasks, ten operators.

Made once in about a minute and kept beside the other temporary files; every benchmark works on a copy of its own.
"""

from __future__ import annotations

import hashlib
import random
import shutil
import tempfile
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from channergy_crm import work
from channergy_crm.records import Account, Contact, Customer, Lead, Operator, Opportunity, Task
from channergy_crm.resources import data
from channergy_crm.store import database
from channergy_crm.work import bulk
from tests import postgres

if TYPE_CHECKING:
    from collections.abc import Iterator

LEADS, ACCOUNTS, TASKS = 100_000, 20_000, 100_000
OPERATORS = ["ANN", "BEN", "CARLA", "DEV", "EMIL", "FAY", "GUS", "HANA", "IVO", "JANE"]
ANN = OPERATORS[0]

FIRST = "Ada Ben Carla Dmitri Eva Farah Greta Hakim Ivo Jasmin Kofi Leila Marta Nils Oskar Priya Rosa Samir Thea Yusuf"
LAST = """Abernathy Bianchi Castellan Dvorak Eastwick Fairbanks Gallagher Häusler Ibarra Jankowski Kessler Lindgren
Mbeki Nakagawa Okafor Pemberton Quimby Rasmussen Sandoval Tanaka Underhill Villanueva Whitlock Yamamoto Zielinski"""
NAMED = """Alder Beacon Cobalt Driftwood Ember Falcon Granary Hazel Juniper Kestrel Lantern Maple Nimbus Orchard Pebble
Quarry Redwood Saffron Thistle Umber Verdant Willow Yarrow"""
TRADES = "Bakery Books Candles Dental Freight Gardens Hardware Learning Media Outfitters Pharmacy Software Tea Toys"
CITIES = [("New York", "NY", "212"), ("Chicago", "IL", "312"), ("Austin", "TX", "512"), ("Denver", "CO", "303")]
CODES = ["NEW", "NEW", "N", "B", "A", "CALLBK", "NI", "DNC"]
ACTIONS = ["Call about the offer", "Send the price list", "Prepare a demo", "Write the quote", "Ask for a reference"]
NOTE = "Spoke to the assistant; best reached before ten. Asked whether old orders can be carried over. "


def made(*, one_owner: bool = False, leads: int = LEADS) -> Path:
    """The file of the finished office; with `one_owner`, ANN owns everything in it."""
    sources = [Path(__file__), *sorted(data("migrations").glob("0*.py"))]
    week = f"{date.today():%G-%V}"  # its reminders lie around today, so it is made anew every week
    mark = hashlib.sha256(b"".join([week.encode(), *(source.read_bytes() for source in sources)])).hexdigest()[:12]
    kind = f"{'' if leads == LEADS else f'-{leads}'}{'-one' if one_owner else ''}"
    path = Path(tempfile.gettempdir()) / f"channergy-benchmark-{mark}{kind}.db"
    if not path.exists():
        draft = path.with_suffix(".part")
        draft.unlink(missing_ok=True)
        if one_owner:
            shutil.copyfile(made(leads=leads), draft)
            _give_all_to_ann(f"sqlite:///{draft}")
        else:
            build(f"sqlite:///{draft}", leads=leads)
        draft.replace(path)
    return path


@contextmanager
def copied(*, one_owner: bool = False, leads: int = LEADS) -> Iterator[str]:
    """The address of a copy of the office that may be written, gone after the block."""
    with tempfile.TemporaryDirectory(prefix="channergy-benchmark-") as folder:
        path = Path(folder) / "office.db"
        shutil.copyfile(made(one_owner=one_owner, leads=leads), path)
        yield f"sqlite:///{path}"


@contextmanager
def on_postgres(*, one_owner: bool = False, leads: int = LEADS, options: str = postgres.CARELESS) -> Iterator[str]:
    """The address of the same office on a PostgreSQL server of its own, gone after the block; with the memory that the
    README gives the server of a large office.
    """
    with postgres.running(options, "-c shared_buffers=1GB") as cluster, cluster.database("template0") as url:
        build(url, leads=leads)
        if one_owner:
            _give_all_to_ann(url)
        yield url


def build(url: str, *, leads: int = LEADS, accounts: int = ACCOUNTS, tasks: int = TASKS) -> None:
    """Fill an empty office, in units of work as an import would."""
    office = database.open_database(url)
    with work.unit("Operators", by="ADMIN"):
        for operator in OPERATORS:
            Operator.create(id=operator, name=operator.title())
    for record, rows in _batches(Dice(accounts), leads, accounts, tasks):
        _insert(record, rows)
    if office.engine == "postgresql":
        office.database.execute_sql("ANALYZE")
    office.close()


def _batches(dice: Dice, leads: int, accounts: int, tasks: int) -> Iterator[tuple[Any, list[dict[str, Any]]]]:
    yield Customer, [dice.customer() for _ in range(accounts)]
    yield Contact, [dice.contact(number) for number in range(1, accounts + 1)]
    yield Account, [dice.account(number) for number in range(1, accounts + 1)]
    yield Opportunity, [dice.opportunity(number) for number in range(1, accounts + 1)]
    for start in range(0, leads, LEADS):
        yield Lead, [dice.lead() for _ in range(min(LEADS, leads - start))]
    yield Task, [dice.task() for _ in range(tasks)]


def _insert(record: Any, rows: list[dict[str, Any]]) -> None:
    many = bulk.Many(record)
    with work.unit(f"Import {len(rows):,} {record.plural.lower()}", by="ADMIN") as unit:
        many.insert(unit, [many.row(row) for row in rows], bulk.reserve(record, len(rows)))


def _give_all_to_ann(url: str) -> None:
    office = database.open_database(url)
    with database.writing(), office.database.atomic():
        for table in ("CRMLeads", "CRMAccounts", "CRMOpportunities", "CustServ"):
            version = '"RowVersion" = "RowVersion" + 1'  # otherwise it would count as written by the suite
            owner = f'"OwnerOperatorID" = {office.database.param}'
            office.database.execute_sql(f'UPDATE "{table}" SET {owner}, {version}', (ANN,))  # sql: names above
    if office.engine == "postgresql":
        office.database.execute_sql("VACUUM ANALYZE")
    office.close()


class Dice:
    """Draws believable values, the same at every run; reminders lie around today."""

    def __init__(self, accounts: int, dice: random.Random | None = None) -> None:
        self.accounts = accounts
        self.dice = dice or random.Random(2026)
        self.today = date.today()
        self.first, self.last = FIRST.split(), LAST.split()
        self.named, self.trades = NAMED.split(), TRADES.split()

    def person(self) -> dict[str, Any]:
        """A person at a company, with a number and an address."""
        dice = self.dice
        first, last = dice.choice(self.first), dice.choice(self.last)
        company = f"{dice.choice(self.named)} {dice.choice(self.trades)} {dice.randrange(1, 400)}"
        city, state, area = dice.choice(CITIES)
        return {
            "company": company, "first_name": first, "last_name": last, "city": city, "state": state,
            "phone": f"({area}) {dice.randrange(200, 1000)}-{dice.randrange(10_000):04}",
            "email": f"{first}.{last}@{company.replace(' ', '')}.example".lower(), "postal_code": "00000",
        }  # fmt: skip

    def reminder(self) -> dict[str, Any]:
        """Any day from a month ago to eleven months ahead, at a half hour of the working day."""
        dice = self.dice
        day = self.today + timedelta(days=dice.randrange(-30, 335))
        return {"reminder_date": day, "reminder_time": time(dice.randrange(8, 18), dice.choice((0, 30)))}

    def customer(self) -> dict[str, Any]:
        """A customer of the suite."""
        return {**self.person(), "created_on": self.today}

    def contact(self, customer: int) -> dict[str, Any]:
        """Somebody to talk to at that customer."""
        held = self.person()
        return {"customer": customer, **{name: held[name] for name in ("first_name", "last_name", "phone", "email")}}

    def account(self, customer: int) -> dict[str, Any]:
        """The account of that customer."""
        held = self.person()
        return {
            "customer": customer, "owner": self.dice.choice(OPERATORS), "phone": held["phone"],
            "name": f"{held['company']}; {held['first_name']} {held['last_name']}", "email": held["email"],
            "description": "Wants to see order entry", "type": "Prospect", "industry": "Retail",
        }  # fmt: skip

    def opportunity(self, account: int) -> dict[str, Any]:
        """What that account may buy."""
        dice = self.dice
        return {
            "account": account, "owner": dice.choice(OPERATORS), "created_on": self.today, "created_by": "ADMIN",
            "name": "Order entry and inventory", "stage": "Proposal", "probability": dice.randrange(101),
            "amount": dice.randrange(1_000_000), "description": NOTE,
        }  # fmt: skip

    def lead(self) -> dict[str, Any]:
        """A lead; one in ten converted, one in fifty removed, one in five with a reminder."""
        dice = self.dice
        reminder = self.reminder() if dice.random() < 0.2 else {}
        return {
            **self.person(), **reminder, "owner": dice.choice(OPERATORS), "created_by": "ADMIN",
            "description": dice.choice(ACTIONS), "call_code": dice.choice(CODES), "time_zone": "America/Chicago",
            "created_on": datetime.combine(self.today, time(9)), "notes": NOTE * dice.randrange(4),
            "converted": dice.random() < 0.1, "removed": dice.random() < 0.02,
        }  # fmt: skip

    def task(self) -> dict[str, Any]:
        """A task of an account; three in ten closed, nine in ten with a reminder."""
        dice = self.dice
        reminder = self.reminder() if dice.random() < 0.9 else {}
        return {
            **reminder, "account": dice.randrange(1, self.accounts + 1), "owner": dice.choice(OPERATORS),
            "action": dice.choice(ACTIONS), "priority": "Normal", "status": "Not Started", "is_crm": True,
            "closed": dice.random() < 0.3, "created_on": datetime.combine(self.today, time(9)),
        }  # fmt: skip
