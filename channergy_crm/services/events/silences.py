"""For how long there was no order, no contact or no change (VS-5).

What counts is the day of the latest one. Whoever never ordered is not silent; who was never spoken to has been silent
since the day the record came in. A contact is a call that reached somebody, or a task about the record that was done.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import peewee

from channergy_crm.records import Account, Contact, Customer, Lead, Opportunity, Order, PhoneCall, Task
from channergy_crm.services.events.about import NEVER, Sql, Table, bound, day_of, greatest
from channergy_crm.services.events.triggers import record_of
from channergy_crm.store import database
from channergy_crm.work import ChangeRow, UnitRow, key_field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from channergy_crm.records.events import Event
    from channergy_crm.work.record import Record

CALLS = {Lead: "lead", Account: "account", Contact: "contact", Customer: "customer", Opportunity: "opportunity"}
TASKS = {Lead: "lead", Account: "account", Customer: "customer", Opportunity: "opportunity"}


def latest(event: Event) -> Sql:
    """The day since when it has been silent about a record; nothing where that cannot be said."""
    record = record_of(event)
    if event.trigger == "no_order":
        return _last_order(record)
    return _last_contact(record) if event.trigger == "no_contact" else _last_change(record)


def between(event: Event, after: date, upto: date) -> Sql:
    """The question for the numbers of the records to which something happened in these days, the first one excluded:
    so many are to be looked at, however many there are.
    """
    record = record_of(event)
    first = after + timedelta(days=1)
    if event.trigger == "no_order":
        return _of_orders(record, Order.ordered_on.between(first, upto))
    begin, end = datetime.combine(first, time()), datetime.combine(upto + timedelta(days=1), time())
    if event.trigger == "no_contact":
        return _of_contacts(record, begin, end)
    return _of_changes(record, begin, end)


# ---------------------------------------------------------------- orders


def _last_order(record: type[Record]) -> Sql:
    mine = Order.customer == (Account.customer if record is Account else Customer.number)
    return Order.select(peewee.fn.MAX(day_of(Order.ordered_on))).where(mine)


def _of_orders(record: type[Record], those: Sql) -> Sql:
    customers = Order.select(Order.customer).where(those)
    if record is Customer:
        return customers
    return Account.select(Account.number).where(Account.customer.in_(customers))


# ---------------------------------------------------------------- contacts


def _last_contact(record: type[Record]) -> Sql:
    """The latest day is taken, not the latest moment: for that a file would read an index of moments to its end."""
    calls = PhoneCall.select(peewee.fn.MAX(day_of(PhoneCall.started)))
    spoken = [calls.where(PhoneCall.reached & _few(kind == mine)) for kind, mine in _links(PhoneCall, CALLS, record)]
    tasks = Task.select(peewee.fn.MAX(day_of(Task.closed_on)))
    done = [tasks.where(Task.closed & Task.is_crm & _few(kind == mine)) for kind, mine in _links(Task, TASKS, record)]
    last = peewee.fn.NULLIF(greatest(*spoken, *done), bound(NEVER))
    return peewee.fn.COALESCE(last, _came(record))


def _few(those: Sql) -> Sql:
    """That these are few: a file that has seen no task of a customer so far would read all tasks for each."""
    return those if database.on_server() else peewee.fn.UNLIKELY(those)


def _links(held: Table, links: Mapping[type[Record], str], record: type[Record]) -> list[tuple[Sql, Sql]]:
    """By which fields of calls or tasks a record is found, each with what stands in it; a call to a customer is one
    to their account.
    """
    if record not in links:
        return []
    found = [(held.kind(links[record]), key_field(record))]
    return [*found, (held.customer, Account.customer)] if record is Account else found


def _came(record: Table) -> Sql:
    """The day a record came in: what it says itself, or the journal."""
    if record in (Lead, Opportunity, Customer):
        return day_of(record.created_on)
    made = _journal(record).where(ChangeRow.verb == "insert").order_by(ChangeRow.unit).limit(1)
    return day_of(made)


def _journal(record: Table) -> Sql:
    """When something was done to a record, by the journal."""
    mine = (ChangeRow.table == record._meta.table_name) & (ChangeRow.key == peewee.Cast(key_field(record), "TEXT"))
    return UnitRow.select(UnitRow.done).join(ChangeRow, on=(ChangeRow.unit == UnitRow.number)).where(mine)


def _of_contacts(record: Table, begin: datetime, end: datetime) -> Sql:
    called = PhoneCall.reached & (PhoneCall.started >= begin) & (PhoneCall.started < end)
    done = Task.closed_on.is_null(False) & (Task.closed_on >= begin) & (Task.closed_on < end)
    found = _came_between(record, begin, end)
    for held, links, those in ((PhoneCall, CALLS, called), (Task, TASKS, done)):
        for kind, mine in _links(held, links, record):
            keys = held.select(kind).where(those)
            own = mine is key_field(record)
            found |= keys if own else Account.select(Account.number).where(Account.customer.in_(keys))
    return found


def _came_between(record: Table, begin: datetime, end: datetime) -> Sql:
    if record in (Lead, Opportunity, Customer):
        edges = (begin, end) if record is Lead else (begin.date(), end.date())
        those = (record.created_on >= edges[0]) & (record.created_on < edges[1])
        return record.select(key_field(record)).where(those)
    return _of_changes(record, begin, end, ChangeRow.verb == "insert")


# ---------------------------------------------------------------- changes


def _last_change(record: Table) -> Sql:
    return day_of(_journal(record).order_by(ChangeRow.unit.desc()).limit(1))


def _of_changes(record: Table, begin: datetime, end: datetime, those: Sql = None) -> Sql:
    number = peewee.Cast(ChangeRow.key, "INTEGER")
    joined = ChangeRow.select(number).join(UnitRow, on=(ChangeRow.unit == UnitRow.number))
    here = (ChangeRow.table == record._meta.table_name) & (UnitRow.done >= begin) & (UnitRow.done < end)
    return joined.where(here if those is None else here & those)
