"""Events and follow-ups for tests, written as the program writes them, in one line each."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from channergy_crm import clock, work
from channergy_crm.records import Task
from channergy_crm.records.events import Event, EventState, EventType, FollowUp
from channergy_crm.services.rights import Program

if TYPE_CHECKING:
    from channergy_crm.records import Account


def event(name: str, type: EventType = EventType.PRACTICE, **known: Any) -> Event:
    """An event that is at work."""
    with work.unit("Write an event", by="ADMIN"):
        written: Event = Event.create(
            name=name, type=type.value, state=EventState.ACTIVE.value, trigger="created", table="CRMAccounts",
            action="Call {name}", **known,
        )  # fmt: skip
    return written


def follow_up(of: Event, about: Account, owner: str, made_on: str = "", closed_on: str = "", **known: Any) -> Task:
    """A follow-up somebody has: open, or closed at that moment. Days and moments as in a log."""
    moment = datetime.fromisoformat(made_on) if made_on else clock.now()
    with clock.fixed(datetime.fromisoformat(closed_on) if closed_on else moment):
        values = {"action": "Call", "account": about.number, "customer": about.customer, **known}
        with work.unit("Follow-ups", by=Program.EVENTS):
            task: Task = Task.create(owner=owner, is_crm=True, closed=bool(closed_on), **values)
    _write(of, about, task.number, moment)
    return task


def waiting(of: Event, about: Account, receiver: str = "") -> None:
    """A follow-up that waits until whoever gets it has room."""
    _write(of, about, None, clock.now(), receiver)


def _write(of: Event, about: Account, task: int | None, moment: datetime, receiver: str = "", fell: str = "") -> None:
    occurrence = str(FollowUp.select().count() + 1)
    with work.unit("Follow-ups", by=Program.EVENTS):
        FollowUp.create(event=of.number, table="CRMAccounts", of=str(about.number), occurrence=occurrence, task=task,
                        made=moment, receiver=receiver, fell=fell)  # fmt: skip


def fell(task: Task) -> None:
    """That this one came to somebody else, because nobody was there for it."""
    with work.unit("Follow-ups", by=Program.EVENTS):
        held = FollowUp.get(FollowUp.task == task.number)
        held.fell = "else"
        held.save()
