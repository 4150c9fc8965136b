"""What closes follow-ups by itself, and what is set on a record when somebody has done its follow-up.

Both are found by what has changed since the event looked last: rows of the journal, and the orders the suite has
written meanwhile. A round ends first and makes afterwards, so that nothing ends what was made of itself.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import peewee

from channergy_crm import work
from channergy_crm.errors import Mistake
from channergy_crm.records import BY_TABLE, Account, Contact, Opportunity, Order, PhoneCall, Task
from channergy_crm.records.events import EndsBy, FollowUp, LookRow
from channergy_crm.services.events.about import one_of
from channergy_crm.services.events.removing import AT_ONCE, take_away
from channergy_crm.services.rights import Program
from channergy_crm.work import ChangeRow, UnitRow, key_field
from channergy_crm.work.journal_values import unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from peewee import Field

    from channergy_crm.records.events import Event
    from channergy_crm.work.record import Record

    Reached = Callable[[Event, LookRow], list[str]]

T = TypeVar("T")

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
        closed = _close(unit, _over(event, look, reached), now)
        if newest > look.order:
            LookRow.update(order=newest).where(LookRow.event == event.number).execute()
            look.order = newest
    return Ended(closed, done)


def _over(event: Event, look: LookRow, reached: Reached) -> list[FollowUp]:
    """The follow-ups that are open or wait, of the records to which it has happened since the look; since they were
    made, where a round before has made them and did not come to the end of its event.
    """
    found: list[FollowUp] = []
    joined = FollowUp.select().join(Task, peewee.JOIN.LEFT_OUTER, on=(FollowUp.task == Task.number))
    for part in _parts(reached(event, look)):
        ours = (FollowUp.event == event.number) & (FollowUp.table == event.table) & FollowUp.of.in_(part)
        found.extend(joined.where(ours & (FollowUp.task.is_null() | ~Task.closed)).order_by(FollowUp.number))
    young = _made_since(look, [each.number for each in found])
    after = {unit: set(reached(event, LookRow(**look.__data__ | {"unit": unit}))) for unit in set(young.values())}
    return [each for each in found if each.number not in young or each.of in after[young[each.number]]]


def _made_since(look: LookRow, numbers: Sequence[int]) -> dict[int, int]:
    """Which of these follow-ups were made since the look, and in which unit."""
    found: dict[int, int] = {}
    made = (ChangeRow.table == FollowUp._meta.table_name) & (ChangeRow.verb == "insert") & (ChangeRow.unit > look.unit)
    for part in _parts(numbers):
        these = ChangeRow.key.in_([str(each) for each in part])
        rows: Any = ChangeRow.select(ChangeRow.key, ChangeRow.unit).where(made & these).order_by(ChangeRow.unit)
        found.update((int(key), unit) for key, unit in rows.tuples())
    return found


def _close(unit: work.Unit, over: Sequence[FollowUp], now: datetime) -> int:
    numbers = [each.__data__["task"] for each in over if each.__data__["task"] is not None]
    for part in _parts(numbers):
        tasks = list(Task.select().where(Task.number.in_(part)))
        for task in tasks:
            task.closed, task.closed_on = True, now
        unit.save_many(tasks)
    take_away(unit, FollowUp, [each.number for each in over if each.__data__["task"] is None])
    return len(over)


def _parts(keys: Sequence[T]) -> Iterator[list[T]]:
    return (list(keys[start : start + AT_ONCE]) for start in range(0, len(keys), AT_ONCE))


# ---------------------------------------------------------------- whom it has happened to


def _changed(record: type[Record], look: LookRow, verb: str) -> list[str]:
    """The records somebody has changed, or made, since the last look: their numbers as the journal says them."""
    rows = ChangeRow.select(ChangeRow.key).where(_by_others(record, look, verb)).order_by(ChangeRow.number)
    return list(dict.fromkeys(rows.scalars()))


def _by_others(record: type[Record], look: LookRow, verb: str) -> peewee.ColumnBase:
    """The condition for what somebody has done to such records since the last look. After a long sleep the program
    itself may have done ever so much since; that is not read.
    """
    theirs = UnitRow.select(UnitRow.number).where((UnitRow.number > look.unit) & (UnitRow.by != Program.EVENTS.value))
    here = (ChangeRow.table == record._meta.table_name) & (ChangeRow.verb == verb)
    condition: peewee.ColumnBase = here & one_of(ChangeRow.unit, theirs.scalars())
    return condition


def _by_change(event: Event, look: LookRow) -> list[str]:
    return _changed(BY_TABLE[event.table], look, "update")


def _by_closing(event: Event, look: LookRow) -> list[str]:
    if event.table != Opportunity._meta.table_name:
        return []
    touched = [int(key) for key in _changed(Opportunity, look, "update")]
    return [str(each) for each in _among(Opportunity.number, Opportunity.number, touched, Opportunity.closed)]


def _by_order(event: Event, look: LookRow) -> list[str]:
    recent = Order.ordered_on.is_null() | (Order.ordered_on >= look.looked.date() - OLD)
    ordered = Order.select(Order.customer).where((Order.number > look.order) & recent)
    return _hanging(event.table, {"customer": set(ordered.scalars())})


def _by_call(event: Event, look: LookRow) -> list[str]:
    numbers = [int(key) for key in _changed(PhoneCall, look, "insert")]
    spoken = PhoneCall.reached & (PhoneCall.started >= look.looked - OLD)
    names = ("customer", "account", "lead", "opportunity")
    held = {name: set(_among(PhoneCall.kind(name), PhoneCall.number, numbers, spoken)) - {None} for name in names}
    return _hanging(event.table, held)


def _hanging(table: str, held: dict[str, set[object]]) -> list[str]:
    """The records of a table that belong to these customers and accounts, or are these leads and deals."""
    customers, accounts = sorted(held["customer"], key=str), sorted(held.get("account", ()), key=str)
    if table in ("CRMAccounts", "CRMOpportunities"):
        accounts += _among(Account.number, Account.customer, customers)
    if table in ("Customers", "CustomerContacts"):
        customers += _among(Account.customer, Account.number, accounts, Account.customer.is_null(False))
    found: dict[str, Callable[[], Iterable[object]]] = {
        "CRMAccounts": lambda: accounts, "Customers": lambda: customers, "CRMLeads": lambda: held.get("lead", ()),
        "CustomerContacts": lambda: _among(Contact.number, Contact.customer, customers),
        "CRMOpportunities": lambda: [
            *held.get("opportunity", ()), *_among(Opportunity.number, Opportunity.account, accounts)
        ],
    }  # fmt: skip
    return list(dict.fromkeys(str(each) for each in found[table]())) if table in found else []


def _among(
    wanted: Field[Any], by: Field[Any], keys: Sequence[object], condition: peewee.ColumnBase | None = None
) -> list[object]:
    """One field of the rows whose other field holds one of these keys."""
    found: list[object] = []
    for part in _parts(keys):
        rows = wanted.model.select(wanted).where(by.in_(part))
        found.extend((rows if condition is None else rows.where(condition)).scalars())
    return found


_REACHED: dict[str, Reached] = {
    EndsBy.ORDER: _by_order, EndsBy.CONTACT: _by_call, EndsBy.CHANGE: _by_change, EndsBy.CLOSED: _by_closing,
}  # fmt: skip


# ---------------------------------------------------------------- when somebody has done it


def _set_when_done(event: Event, look: LookRow) -> int:
    """What the program has closed by itself sets nothing."""
    rows = ChangeRow.select(ChangeRow.key, ChangeRow.after).where(_by_others(Task, look, "update"))
    closed = {int(key) for key, after in rows.tuples().execute() if unpacked(Task, after).get("closed") is True}
    held: list[FollowUp] = []
    joined = FollowUp.select().join(Task, on=(FollowUp.task == Task.number))
    for part in _parts(sorted(closed)):
        held.extend(joined.where((FollowUp.event == event.number) & FollowUp.task.in_(part) & Task.closed))
    if not held:
        return 0
    with work.unit("What follows when follow-ups of {event} are done", by=Program.EVENTS, event=event.name) as unit:
        return sum(_set(unit, event, each) for each in held)


def _set(unit: work.Unit, event: Event, follow_up: FollowUp) -> bool:
    """Whether it could be set: a record may be gone, and its list of values may be another one by now."""
    record = BY_TABLE[follow_up.table]
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
