"""The calendar of the sample office: meetings with a place and guests, calls, a fair, the team each week."""
# unsaid file: sample data

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from channergy_crm import clock, work
from channergy_crm.records import Account, Contact, Lead
from channergy_crm.services.calendar import making
from channergy_crm.services.calendar.making import Person
from channergy_crm.text.activities import CALL, MEETING, TASK

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from channergy_crm.records import Task

MEETINGS = [
    "Show the order entry", "Walk through the offer", "Visit the warehouse", "Sign the contract", "Plan the data move",
    "Train two clerks", "Look back at the first month",
]  # fmt: skip
CALLS = ["Ask what they thought of it", "Settle the delivery date", "Talk about returns", "Answer the questions"]
PLACES = ["At their office", "Our meeting room", "Video call", "Hall 3, stand 12", "At their warehouse"]
HOURS = (time(9, 30), time(10), time(11), time(13, 30), time(14), time(15, 30))
DAYS = range(-3, 11)
"""from last week to the week after next"""


def add_entries(dice: random.Random, people: Sequence[str], boss: str) -> None:
    """What stands in the calendars of those who work here; what lies behind them is done."""
    with work.unit("Make the sample office", by=boss):
        _team_round(people, boss)
        _fair(people[-1])
        for owner in people:
            accounts = list(Account.select().where(Account.owner == owner).order_by(Account.number))
            leads = list(Lead.select().where((Lead.owner == owner) & Lead.working()).order_by(Lead.number))
            for ahead in DAYS:
                day = clock.today() + timedelta(days=ahead)
                if day.weekday() < 5 and dice.random() < 0.4:
                    _day(dice, owner, day, accounts, leads)


def _team_round(people: Sequence[str], boss: str) -> None:
    """Each Monday, all of them."""
    monday = clock.today() + timedelta(days=-clock.today().weekday() % 7)
    held = making.start(boss, monday, time(8, 45), 30, MEETING)
    held.action, held.place, held.repeats = "Round of the team", "Our meeting room", "FREQ=WEEKLY"
    making.save(held, [Person("Operators", id) for id in people if id != boss], boss)


def _fair(owner: str) -> None:
    held = making.start(owner, clock.today() + timedelta(days=9), None, 3 * 24 * 60, MEETING)
    held.action, held.place = "Trade fair", "Exhibition center"
    making.save(held, None, owner)


def _day(
    dice: random.Random, owner: str, day: date, accounts: Sequence[Account], leads: Sequence[Lead]
) -> None:  # fmt: skip
    """A meeting with somebody of an account, or a call to a lead; sometimes something to do without a time."""
    first, second = sorted(dice.sample(HOURS, 2))
    if accounts:
        account = dice.choice(accounts)
        held = making.start_about(account, owner, day, first, MEETING, dice.choice((30, 60, 60, 90)))
        held.action, held.place = dice.choice(MEETINGS), dice.choice(PLACES)
        contacts = list(Contact.select().where(Contact.customer == account.customer).order_by(Contact.number).limit(2))
        _keep(held, [Person(Contact._meta.table_name, each.number) for each in contacts], owner)
    if leads and dice.random() < 0.6:
        held = making.start_about(dice.choice(leads), owner, day, second, CALL, 15)
        held.action = dice.choice(CALLS)
        _keep(held, [], owner)
    if accounts and dice.random() < 0.2:
        held = making.start_about(dice.choice(accounts), owner, day, None, TASK)
        held.action = "Prepare the figures"
        _keep(held, [], owner)


def _keep(held: Task, guests: list[Person], owner: str) -> None:
    begins = datetime.combine(held.reminder_date or clock.today(), held.reminder_time or time(23, 59))
    held.closed = begins < clock.now()
    making.save(held, guests, owner)
