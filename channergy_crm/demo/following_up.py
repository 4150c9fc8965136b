"""The events of the sample office: some at work for two weeks, one being written, some switched off; what they made."""
# unsaid file: sample data

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from channergy_crm import clock, work
from channergy_crm.records import Task
from channergy_crm.records.events import EndsBy, Event, EventState, EventType, FollowUp, GoesTo
from channergy_crm.services.events import happened, looking, making, triggers, writing
from channergy_crm.services.rights import Program

if TYPE_CHECKING:
    import random

ROUNDS = (16, 14, 11, 9, 7, 4, 2, 1)
"""so many days ago the follow-ups were made"""
CLOSED = (0.9, 0.9, 0.8, 0.6, 0.4, 0.3, 0.1, 0.0)
"""how likely it is that those of each round are done by now"""
_ACCOUNT, _DEAL, _LEAD = "{{ account.name }}", "{{ opportunity.name }}", '{{ lead.company or "somebody" }}'
_DAY = "{{ event.since }}"
AT_WORK: tuple[dict[str, object], ...] = (
    {
        "name": "Thank for the first order", "type": EventType.MARKETING.value, "table": triggers.ACCOUNTS,
        "trigger": "order", "field": triggers.FIRST, "action": f"Say thank you for the first order: {_ACCOUNT}",
        "due_after": 3, "due_working": True, "due_time": time(10), "shelf": "thanks",
    },
    {
        "name": "Offer without an answer", "table": triggers.DEALS, "trigger": "value", "field": "stage",
        "value": "Offer", "action": f"Ask about the offer: {_DEAL}", "due_after": 7, "due_time": time(11),
        "ends_by": EndsBy.CLOSED.value,
    },
    {
        "name": "Close date comes near", "table": triggers.DEALS, "trigger": "date", "field": "close_date_1",
        "amount": 10, "unit": "day", "filter_text": "closed=no",
        "action": f"Ask what is still missing to close by {_DAY}: {_DEAL}", "due_after": 1, "due_working": True,
        "due_time": time(9, 30), "ends_by": EndsBy.CLOSED.value,
    },
    {
        "name": "Fair: call within the week", "type": EventType.MARKETING.value, "table": triggers.LEADS,
        "trigger": "value", "field": "lead_source", "value": "Trade Show", "action": f"Call, met at the fair: {_LEAD}",
        "due_after": 5, "due_working": True, "goes_to": GoesTo.TURN.value, "receiver": "TF", "most_a_day": 2,
        "ends_by": EndsBy.CONTACT.value,
    },
    {
        "name": "Welcome package for a new customer", "table": triggers.CUSTOMERS, "trigger": "created",
        "existing": False, "action": 'Send the welcome package to {{ customer.company or "the new customer" }}',
        "due_after": 1, "due_working": True, "goes_to": GoesTo.GROUP.value, "receiver": "TF", "shelf": "welcome",
    },
)  # fmt: skip
NOT_AT_WORK: tuple[tuple[int, dict[str, object]], ...] = (
    (0, {
        "name": "No order for two months", "type": EventType.MARKETING.value, "table": triggers.ACCOUNTS,
        "trigger": "no_order", "amount": 2, "unit": "month", "action": f"Call, no order since {_DAY}: {_ACCOUNT}",
        "due_after": 2, "due_working": True, "due_time": time(10), "most_a_day": 5, "ends_by": EndsBy.ORDER.value,
        "shelf": "no_order",
    }),
    (22, {
        "name": "Service recovery", "table": triggers.ACCOUNTS, "trigger": "call", "value": "DEC",
        "action": f"Apologise, put it right, ask whether it is: {_ACCOUNT}", "priority": "High",
        "due_after": 1, "due_working": True, "goes_to": GoesTo.SUPERVISOR.value, "otherwise": "ANN",
    }),
    (42, {
        "name": "Reference of a happy customer", "type": EventType.MARKETING.value, "table": triggers.DEALS,
        "trigger": "date", "field": "close_date_2", "amount": -30, "unit": "day", "filter_text": "outcome=Won",
        "action": f"Ask whether they recommend us: {_ACCOUNT}", "shelf": "reference",
    }),
    (204, {
        "name": "Spring catalog", "type": EventType.MARKETING.value, "table": triggers.ACCOUNTS, "trigger": "value",
        "field": "type", "value": "Customer", "action": f"Send the spring catalog: {_ACCOUNT}", "due_after": 3,
    }),
)  # fmt: skip


def add_events(dice: random.Random, boss: str) -> None:
    """Events in all three states, once everything else is there."""
    for values in AT_WORK:
        _work(_written(values, boss), dice)
    for ago, values in NOT_AT_WORK:
        held = _written(values, boss)
        if ago:
            with work.unit("Deactivate rule {name}", by=Program.EVENTS, name=held.name):
                held.state, held.changed_on = EventState.OFF.value, clock.now() - timedelta(days=ago)
                held.save()


def _written(values: dict[str, object], boss: str) -> Event:
    held = writing.start(boss)
    for name, value in values.items():
        setattr(held, name, value)
    writing.check(held, boss)
    with work.unit("Create rule {name}", by=Program.EVENTS, name=held.name):
        held.save()
    return held


def _work(held: Event, dice: random.Random) -> None:
    """It is at work since the first of the rounds, and some of what it made is done."""
    now = clock.now()
    hits = list(happened.existing(held, now, Program.EVENTS)) if held.existing else []
    with work.unit("Activate rule {name}", by=Program.EVENTS, name=held.name):
        held.state, held.changed_on = EventState.ACTIVE.value, now - timedelta(days=ROUNDS[0])
        held.save()
        looking.begin(held, now)
        for number, (ago, likely) in enumerate(zip(ROUNDS, CLOSED, strict=True)):
            at = datetime.combine(now.date() - timedelta(days=ago), time(8, 5))
            making.make(held, hits[len(ROUNDS) - 1 - number :: len(ROUNDS)], at)  # of few the latest rounds made some
            _close(held, at, likely, dice)


def _close(held: Event, at: datetime, likely: float, dice: random.Random) -> None:
    of_round = FollowUp.select(FollowUp.task).where((FollowUp.event == held.number) & (FollowUp.made == at))
    done = [task for task in Task.select().where(Task.number.in_(of_round)) if dice.random() < likely]
    for task in done:
        later = at + timedelta(hours=dice.randrange(3, 90), minutes=dice.randrange(60))
        task.closed, task.closed_on = True, min(later, clock.now())
    work.current().save_many(done)
