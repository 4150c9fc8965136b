"""What was done to a record or for it: it was created, a field took a value, a call ended, an order came in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import peewee

from channergy_crm.errors import Mistake
from channergy_crm.records import Account, Opportunity, Order, PhoneCall, Task, lookups
from channergy_crm.records.events import FollowUp
from channergy_crm.records.projects import Means
from channergy_crm.records.stages import OUTCOMES
from channergy_crm.services.events.about import Sql, Table, chunks
from channergy_crm.services.events.silences import CALLS
from channergy_crm.services.events.triggers import FIRST, record_of
from channergy_crm.services.rights import Program
from channergy_crm.text.folding import fold
from channergy_crm.work import key_field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from channergy_crm.fields import Kind
    from channergy_crm.records.events import Event, LookRow
    from channergy_crm.services.events.news import News

ONCE, BEFORE = "1", "0"
"""the occurrence of what happens to a record once, and of what had happened before the event was activated"""
ENDED = {"won": OUTCOMES[Means.WON], "lost": OUTCOMES[Means.LOST]}
Pair = tuple[object, str]
"""the number of a record, and the occurrence"""


class Deed(NamedTuple):
    """How one of these is looked for: the condition for the records it has happened to and the expression that says
    which time it was; and what has happened since the last look, of whatever record.
    """

    now: Callable[[Event], tuple[Sql, Sql]]
    since: Callable[[Event, LookRow, News], Iterator[Pair]]


# ---------------------------------------------------------------- created


def _all(event: Event) -> tuple[Sql, Sql]:
    return key_field(record_of(event)).is_null(False), peewee.Value(ONCE)


def _created(event: Event, look: LookRow, news: News) -> Iterator[Pair]:
    """By their numbers: other programs make records, too, and write no journal. What was undone and done again comes
    by the journal.
    """
    key = key_field(record_of(event))
    numbers = record_of(event).select(key).where(key > look.last).tuples().iterator()
    yield from ((number, ONCE) for (number,) in numbers)
    yield from ((number, ONCE) for number in news.made(event.table, look.unit) if number <= look.last)


# ---------------------------------------------------------------- a field takes a value


def _holding(event: Event) -> tuple[Sql, Sql]:
    if event.trigger in ENDED:
        return Opportunity.outcome == ENDED[event.trigger], peewee.Value(BEFORE)
    kind = _kind(event)
    held = kind.compare("=", event.value, lookups.choices) if event.value else kind.filled()
    return held, peewee.Value(BEFORE)


def _took(event: Event, look: LookRow, news: News) -> Iterator[Pair]:
    kind, is_it = _kind(event), _test(event)
    for each in news.took(event.table, kind.name, look.unit):
        if is_it(each.after) and not is_it(each.before):
            yield each.key, str(each.unit)


def _kind(event: Event) -> Kind[object]:
    if event.trigger in ENDED:
        return Opportunity.kind("outcome")
    return record_of(event).kind(event.field)


def _test(event: Event) -> Callable[[object], bool]:
    """Whether a value as the journal keeps it is the one that is waited for."""
    kind, wanted = _kind(event), ENDED.get(event.trigger, event.value or "")
    if not wanted:
        return lambda held: held not in (None, "", False, 0)
    if kind.list_key is not None:
        values = {*kind.meant("=", wanted, lookups.choices), wanted}  # type: ignore[attr-defined]
        return lambda held: bool(held) and not values.isdisjoint(kind.parts(held))  # type: ignore[attr-defined]
    try:
        read = kind.read(wanted)
    except Mistake:
        read = wanted
    return lambda held: kind.unpack(held) == read or fold(str(held or "")) == fold(wanted)


# ---------------------------------------------------------------- calls and orders


def _called(event: Event) -> tuple[Sql, Sql]:
    link, key = PhoneCall.kind(CALLS[record_of(event)]), key_field(record_of(event))
    mine = (link == key) & PhoneCall.kind("code").is_one_of(_codes(event))
    last = PhoneCall.select(peewee.fn.MAX(PhoneCall.number)).where(mine)
    return key.in_(PhoneCall.select(link).where(PhoneCall.kind("code").is_one_of(_codes(event)))), last


def _calls(event: Event, look: LookRow, news: News) -> Iterator[Pair]:
    link = PhoneCall.kind(CALLS[record_of(event)])
    ended = {each.key for each in news.took("CRMCalls", "code", look.unit)}
    for part in chunks(sorted(ended)):
        those = PhoneCall.number.in_(part) & PhoneCall.kind("code").is_one_of(_codes(event)) & link.is_null(False)
        rows: Sql = PhoneCall.select(link, PhoneCall.number).where(those).tuples()
        yield from ((key, str(call)) for key, call in rows)


def _codes(event: Event) -> list[str]:
    return [event.value]


def _ordered(event: Event) -> tuple[Sql, Sql]:
    record: Table = record_of(event)
    customer = Account.customer if record is Account else key_field(record)
    last = Order.select(peewee.fn.MAX(Order.number)).where(Order.customer == customer)
    said = peewee.Value(FIRST) if event.field == FIRST else last
    return customer.in_(Order.select(Order.customer)), said


def _orders(event: Event, look: LookRow, news: News) -> Iterator[Pair]:
    """By their numbers, for the suite writes them past the journal."""
    found: list[tuple[int, int]] = list(_of(Order.number > look.last))
    for part in chunks(sorted(number for number in news.made("Orders", look.unit) if number <= look.last)):
        found += _of(Order.number.in_(part))
    if event.field == FIRST:
        found = [(number, customer) for number, customer in found if not _had_one(customer, number)]
    for some in chunks(found):
        accounts = _accounts({customer for _number, customer in some}) if event.table == "CRMAccounts" else None
        for number, customer in some:
            key = customer if accounts is None else accounts.get(customer)
            if key is not None:
                yield key, FIRST if event.field == FIRST else str(number)


def _of(those: Sql) -> Iterator[tuple[int, int]]:
    rows = Order.select(Order.number, Order.customer).where(those & Order.customer.is_null(False))
    return iter(rows.order_by(Order.number).tuples())


def _had_one(customer: int, number: int) -> bool:
    return bool(Order.select().where((Order.customer == customer) & (Order.number < number)).exists())


def _accounts(customers: set[int]) -> dict[int, int]:
    rows: Sql = Account.select(Account.customer, Account.number).where(Account.customer.in_(sorted(customers)))
    return dict(rows.tuples())


# ---------------------------------------------------------------- a follow-up of another event is done


def _after(event: Event) -> Sql:
    """The follow-ups of the other event about such records, with their tasks."""
    mine = (FollowUp.event == int(event.value or 0)) & (FollowUp.table == event.table)
    return FollowUp.select().join(Task, on=(FollowUp.task == Task.number)).where(mine & Task.closed)


def _followed(event: Event) -> tuple[Sql, Sql]:
    record = record_of(event)
    mine = FollowUp.of == peewee.Cast(key_field(record), "TEXT")
    last = _after(event).select(peewee.fn.MAX(FollowUp.number)).where(mine)
    return key_field(record).in_(_after(event).select(peewee.Cast(FollowUp.of, "INTEGER"))), last


def _done(event: Event, look: LookRow, news: News) -> Iterator[Pair]:
    """What somebody has done; what ended by itself, or was withdrawn, does not go on."""
    closed = [each for each in news.took("CustServ", "closed", look.unit) if each.after]
    tasks = {each.key for each in closed if news.by(each.unit) != Program.EVENTS}
    number = int if key_field(record_of(event)).numeric else str
    for part in chunks(sorted(tasks)):
        rows = _after(event).select(FollowUp.of, FollowUp.number).where(FollowUp.task.in_(part)).tuples()
        yield from ((number(key), str(follow_up)) for key, follow_up in rows)


DEEDS: dict[str, Deed] = {
    "created": Deed(_all, _created),
    "value": Deed(_holding, _took),
    "won": Deed(_holding, _took),
    "lost": Deed(_holding, _took),
    "call": Deed(_called, _calls),
    "order": Deed(_ordered, _orders),
    "done": Deed(_followed, _done),
}
