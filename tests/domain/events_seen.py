"""An office in which days go by, for the tests of events."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from channergy_crm import clock, work
from channergy_crm.records import Account, Customer
from channergy_crm.records.events import Event, FollowUp
from channergy_crm.services import saving
from channergy_crm.services.events import activating, looking
from channergy_crm.store import database

DAY = datetime(2026, 3, 2, 9)


class Round:
    """An office whose days go by."""

    def __init__(self, now: datetime = DAY) -> None:
        self.now = now

    def after(self, **much: int) -> int:
        """Some time later; a round, and how many follow-ups it made."""
        self.now += timedelta(**much)
        with clock.fixed(self.now):
            return looking.round(self.now).made

    def do(self, record: Any, **values: Any) -> Any:
        """Change a record, or make one, at the moment it is."""
        with clock.fixed(self.now), work.unit("Change", by="ADMIN"):
            held = record(**values) if isinstance(record, type) else type(record).find(record.key)
            for name, value in values.items():
                setattr(held, name, value)
            held.save()
        return held

    def event(self, trigger: str, table: str, *, existing: bool = False, **values: Any) -> Event:
        """An event that is active from now on."""
        event = self.do(Event, **{"name": trigger, "type": "best practice", "trigger": trigger, "table": table,
                                  "action": "Call", "goes_to": "one operator", "receiver": "ADMIN",
                                  "written_by": "ADMIN", **values})  # fmt: skip
        with clock.fixed(self.now):
            activating.activate(event.number, "ADMIN", existing)
        return event

    def undo(self, number: int) -> int:
        with clock.fixed(self.now):
            done = saving.reverse(number, "ADMIN")
        assert done is not None
        return done.number


def made(event: Event) -> list[tuple[int, str]]:
    """For which records an event has made follow-ups, and for which time."""
    rows = FollowUp.select().where(FollowUp.event == event.number).order_by(FollowUp.number)
    return [(int(row.of), row.occurrence) for row in rows if row.task is not None]


def latest_unit() -> int:
    row = work.UnitRow.select().order_by(work.UnitRow.number.desc()).first()
    assert row is not None
    return int(row.number)


def customer(days: Round, name: str = "Elm", **values: Any) -> tuple[Customer, Account]:
    held = days.do(Customer, company=name, created_on=days.now.date())
    return held, days.do(Account, customer=held.number, name=name, owner="ADMIN", **values)


def past(table: str, **values: Any) -> None:
    """What the suite writes: without the CRM, and so without the journal."""
    office = database.proxy.obj
    with database.writing(), office.atomic():
        database.insert_many(table, tuple(values), [tuple(values.values())])
