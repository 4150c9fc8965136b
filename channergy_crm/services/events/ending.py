"""What closes follow-ups by itself, and what is set on a record when somebody has done its follow-up.

Both are found by what has changed since the event looked last: rows of the journal, and the orders the suite has
written meanwhile. A round ends first and makes afterwards, so that nothing ends what was made of itself.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm import work
from channergy_crm.errors import Mistake
from channergy_crm.records import BY_TABLE, Account, Contact, Opportunity, Order, PhoneCall, Task
from channergy_crm.records.events import EndsBy, FollowUp, LookRow
from channergy_crm.services.events.removing import AT_ONCE, take_away
from channergy_crm.services.rights import Program
from channergy_crm.work import ChangeRow, UnitRow, key_field
from channergy_crm.work.journal_values import unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from channergy_crm.records.events import Event

OLD = timedelta(days=7)
"""an order or a call of longer ago, such as one of a file, ends nothing"""


class Ended(NamedTuple):
    """How many follow-ups were closed by what happened since, and how many records got what their event sets."""

    closed: int
    done: int


def end(event: Event, look: LookRow, now: datetime) -> Ended:
    """Close the open follow-ups of this event that have ended by themselves since the last look (`Event.ends_by`), and
    set `done_field` of the records whose follow-up somebody has done since. Each is a unit by `Program.EVENTS`.
    """
    done = _set_when_done(event, look) if event.done_field else 0
    reached = _REACHED.get(event.ends_by or "")
    if reached is None:
        return Ended(0, done)
    newest = int(Order.select(peewee.fn.MAX(Order.number)).scalar() or 0) if event.ends_by == EndsBy.ORDER else 0
    closed = 0
    with work.unit("Follow-ups of {event} ended by themselves", by=Program.EVENTS, event=event.name) as unit:
        closed = _close(unit, _over(event, reached(event, look)), now)
        if newest > look.order:
            LookRow.update(order=newest).where(LookRow.event == event.number).execute()
            look.order = newest
    return Ended(closed, done)


def _over(event: Event, keys: Any) -> list[Any]:
    """The follow-ups of these records that are open or wait."""
    ours = (FollowUp.event == event.number) & (FollowUp.table == event.table) & FollowUp.of.in_(keys)
    joined = FollowUp.select().join(Task, peewee.JOIN.LEFT_OUTER, on=(FollowUp.task == Task.number))
    return list(joined.where(ours & (FollowUp.task.is_null() | ~Task.closed)).order_by(FollowUp.number))


def _close(unit: work.Unit, over: Sequence[Any], now: datetime) -> int:
    numbers = [each.task for each in over if each.task is not None]
    for start in range(0, len(numbers), AT_ONCE):
        tasks = list(Task.select().where(Task.number.in_(numbers[start : start + AT_ONCE])))
        for task in tasks:
            task.closed, task.closed_on = True, now
        unit.save_many(tasks)
    take_away(unit, FollowUp, [each.number for each in over if each.task is None])
    return len(over)


# ---------------------------------------------------------------- whom it has happened to


def _changed(table: str, look: LookRow, verb: str) -> Any:
    """The records of a table somebody has changed, or made, since the last look: their numbers as texts."""
    since = (ChangeRow.unit > look.unit) & (ChangeRow.table == table) & (ChangeRow.verb == verb)
    by_others = UnitRow.by != Program.EVENTS.value
    return ChangeRow.select(ChangeRow.key).join(UnitRow, on=(UnitRow.number == ChangeRow.unit)).where(since & by_others)


def _text(field: Any) -> Any:
    return field.cast("TEXT")


def _numbers(keys: Any) -> list[int]:
    return [int(key) for key in keys.scalars() if str(key).isdigit()]


def _by_change(event: Event, look: LookRow) -> Any:
    return _changed(event.table, look, "update")


def _by_closing(event: Event, look: LookRow) -> Any:
    touched = _numbers(_changed(Opportunity._meta.table_name, look, "update"))
    if event.table != Opportunity._meta.table_name:
        return []
    return [str(each) for each in _among(Opportunity.number, touched, Opportunity.closed)]


def _by_order(event: Event, look: LookRow) -> Any:
    recent = Order.ordered_on.is_null() | (Order.ordered_on >= look.looked.date() - OLD)
    ordered = Order.select(Order.customer).where((Order.number > look.order) & recent)
    return _hanging(event.table, list(set(ordered.scalars())), [], [], [])


def _by_call(event: Event, look: LookRow) -> Any:
    numbers = _numbers(_changed(PhoneCall._meta.table_name, look, "insert"))
    fields = (PhoneCall.customer, PhoneCall.account, PhoneCall.lead, PhoneCall.opportunity)
    held: list[tuple[Any, ...]] = []
    for start in range(0, len(numbers), AT_ONCE):
        these = PhoneCall.number.in_(numbers[start : start + AT_ONCE])
        late = PhoneCall.started >= look.looked - OLD
        rows: Any = PhoneCall.select(*fields).where(these & PhoneCall.reached & late).tuples()
        held += list(rows)
    customers, accounts, leads, deals = (list({row[place] for row in held if row[place]}) for place in range(4))
    return _hanging(event.table, customers, accounts, leads, deals)


def _hanging(table: str, customers: list[Any], accounts: list[Any], leads: list[Any], deals: list[Any]) -> list[str]:
    """The records of a table that belong to these customers and accounts, or are these leads and deals."""
    if table in ("CRMAccounts", "CRMOpportunities"):
        accounts = [*accounts, *_among(Account.number, customers, Account.number.is_null(False), Account.customer)]
    if table == "Customers":
        found = [*customers, *_among(Account.customer, accounts, Account.customer.is_null(False), Account.number)]
    elif table == "CustomerContacts":
        customers = [*customers, *_among(Account.customer, accounts, Account.customer.is_null(False), Account.number)]
        found = list(_among(Contact.number, customers, Contact.number.is_null(False), Contact.customer))
    elif table == "CRMOpportunities":
        theirs = _among(Opportunity.number, accounts, ~Opportunity.closed, Opportunity.account)
        found = [*deals, *theirs]
    else:
        found = accounts if table == "CRMAccounts" else leads if table == "CRMLeads" else []
    return [str(each) for each in dict.fromkeys(found)]


def _among(wanted: Any, keys: Sequence[Any], condition: Any, by: Any = None) -> list[Any]:
    """One field of the rows that hold one of these keys."""
    found: list[Any] = []
    for start in range(0, len(keys), AT_ONCE):
        these = (by if by is not None else wanted).in_(list(keys[start : start + AT_ONCE]))
        found += list(wanted.model.select(wanted).where(these & condition).scalars())
    return found


_REACHED: dict[str, Callable[[Event, LookRow], Any]] = {
    EndsBy.ORDER: _by_order, EndsBy.CONTACT: _by_call, EndsBy.CHANGE: _by_change, EndsBy.CLOSED: _by_closing,
}  # fmt: skip


# ---------------------------------------------------------------- when somebody has done it


def _set_when_done(event: Event, look: LookRow) -> int:
    """What the program has closed by itself sets nothing."""
    closing = (ChangeRow.unit > look.unit) & (ChangeRow.table == Task._meta.table_name) & (ChangeRow.verb == "update")
    rows: Any = (
        ChangeRow.select(ChangeRow.key, ChangeRow.after)
        .join(UnitRow, on=(UnitRow.number == ChangeRow.unit))
        .where(closing & (UnitRow.by != Program.EVENTS.value))
    )
    closed = {int(key) for key, after in rows.tuples() if unpacked(Task, after).get("closed") is True}
    held: list[Any] = []
    for start in range(0, len(numbers := sorted(closed)), AT_ONCE):
        these = FollowUp.task.in_(numbers[start : start + AT_ONCE])
        done = FollowUp.select().join(Task, on=(FollowUp.task == Task.number))
        held += list(done.where((FollowUp.event == event.number) & these & Task.closed))
    if not held:
        return 0
    with work.unit("What follows when follow-ups of {event} are done", by=Program.EVENTS, event=event.name) as unit:
        return sum(_set(unit, event, each) for each in held)


def _set(unit: work.Unit, event: Event, follow_up: Any) -> bool:
    """Whether it could be set: a record may be gone, and its list of values may be another one by now."""
    record: Any = BY_TABLE[follow_up.table]
    key = int(follow_up.of) if key_field(record).numeric else follow_up.of
    held = record.find(key)
    if held is None or event.done_field not in record._meta.fields:
        return False
    try:
        with unit.part():
            setattr(held, event.done_field, record.kind(event.done_field).read(event.done_value or ""))
            held.save()
    except Mistake:
        return False
    return True
