"""Something to do: calls that are useful while nobody rings (VS-22)."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm import clock
from channergy_crm.language import N_, _
from channergy_crm.records import Account, Lead, Opportunity, Order, PhoneCall, Task
from channergy_crm.records.calls import ENDING, Meaning
from channergy_crm.services import figures, reminders, rights
from channergy_crm.text.periods import moved

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.work.record import Record

MONTHS = 3
"""so long nobody has spoken to a customer before it is told"""
SHOWN = 100
"""rows of a group"""


class Group(NamedTuple):
    """Some useful calls of one kind: its name, what they are, and how `many`."""

    name: str
    title: str
    many: int


class Row(NamedTuple):
    """One of them: who, what about it, the number to dial, and where it is opened."""

    who: str
    said: str
    phone: str
    opens: tuple[str, object]


def groups(by: str, project: int | None = None) -> list[Group]:
    """What there is to do, in all projects or in one, the most urgent first; a group without rows is there as well,
    with none.
    """
    rights.require(by, "count", Lead)
    return [Group(name, _title(name), _query(name, by, project).count()) for name in _WAYS]


def rows(name: str, by: str, project: int | None = None) -> list[Row]:
    """The first rows of a group, those that wait longest first."""
    rights.require(by, "see", Lead)
    _record, _wanted, order = _WAYS[name]
    return [_row(each) for each in _query(name, by, project).order_by(*order()).limit(SHOWN)]


def _title(name: str) -> str:
    return _(TITLES[name]).format(months=MONTHS)


def _query(name: str, by: str, project: int | None) -> Any:
    record, wanted, _order = _WAYS[name]
    query = rights.rows(record, by)
    if rights.may(by, "see", record):
        return query.where(False)
    return query.where(rights.visible(record, by, project) & wanted())


def _row(each: Record) -> Row:
    if isinstance(each, Lead):
        said = " · ".join(part for part in (each.company, each.description) if part and part != each.caption())
        return Row(each.caption(), said, each.phone or "", ("lead", each.number))
    if isinstance(each, Account):
        return Row(each.caption(), each.description or "", each.phone or "", ("account", each.number))
    account = Account.find(each.__data__["account"])
    return Row(each.caption(), account.caption() if account else "", account.phone if account else "",
               ("opportunity", each.key))  # fmt: skip


# ---------------------------------------------------------------- which


def _late() -> Any:
    return Lead.listed() & Lead.reminder_date.is_null(False) & reminders.conditions(Lead)[0] & _callable()


def _promised() -> Any:
    """A call-back somebody was promised for today, whether its minute has come or not."""
    codes = figures.codes_meaning(Meaning.CALL_BACK)
    return Lead.listed() & (Lead.reminder_date == clock.today()) & Lead.call_code.in_(codes)


def _never_called() -> Any:
    return Lead.listed() & Lead.call_date.is_null() & _callable() & Lead.phone.is_null(False) & (Lead.phone != "")


def _callable() -> Any:
    """Whose last result does not end it."""
    ended = figures.codes_meaning(*ENDING)
    return Lead.call_code.is_null() | Lead.call_code.not_in(ended) if ended else Lead.number > 0


def _without_step() -> Any:
    task = (Task.opportunity == Opportunity.number) & ~Task.closed & Task.reminder_date.is_null(False)
    step = Opportunity.next_step.is_null() | (Opportunity.next_step == "")
    return ~Opportunity.closed & (step | ~peewee.fn.EXISTS(Task.select(peewee.SQL("1")).where(task)))


def _silent() -> Any:
    """Customers with an order to whom nobody has spoken for months, and whose latest order is as old."""
    since = moved(clock.today(), -MONTHS, "month")
    lately = PhoneCall.reached & (PhoneCall.started >= datetime.combine(since, time()))
    ours = (PhoneCall.account == Account.number) | (PhoneCall.customer == Account.customer)
    spoken = PhoneCall.select(peewee.SQL("1")).where(ours & lately)
    orders = Order.select(peewee.SQL("1")).where(Order.customer == Account.customer)
    return (
        peewee.fn.EXISTS(orders)
        & ~peewee.fn.EXISTS(orders.where(Order.ordered_on >= since))
        & ~peewee.fn.EXISTS(spoken)
    )


LATE, PROMISED, NEVER, NO_STEP, SILENT = "late", "promised", "never", "no_step", "silent"
TITLES = {
    LATE: N_("Overdue"),
    PROMISED: N_("Call back today"),
    NEVER: N_("Never called"),
    NO_STEP: N_("Without a next step"),
    SILENT: N_("Silent for {months} months"),
}
_Way = tuple[type[Any], "Callable[[], Any]", "Callable[[], tuple[Any, ...]]"]
_WAYS: dict[str, _Way] = {
    LATE: (Lead, _late, lambda: (Lead.reminder_date, Lead.number)),
    PROMISED: (Lead, _promised, lambda: (Lead.reminder_time, Lead.number)),
    NEVER: (Lead, _never_called, lambda: (Lead.created_on, Lead.number)),
    NO_STEP: (Opportunity, _without_step, lambda: (Opportunity.created_on, Opportunity.number)),
    SILENT: (Account, _silent, lambda: (Account.number,)),
}
