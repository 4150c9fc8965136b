"""Something to do: calls that are useful while nobody rings (VS-22)."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm import access, clock
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.records import Account, Contact, Lead, Operator, Opportunity, Order, PhoneCall, Task
from channergy_crm.records.belonging import in_project
from channergy_crm.records.calls import ENDING, Meaning
from channergy_crm.records.events import FollowUp
from channergy_crm.services import bulk_changes, figures, leads, reading, reminders, rights, saving
from channergy_crm.text.periods import moved

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.fields import Kind
    from channergy_crm.services.bulk_changes import Changed
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


def asked(name: str) -> Kind[Any] | None:
    """The field a group of incomplete records asks for, None for the other groups."""
    return _WAYS[name][0].kind(FIELDS[name]) if name in FIELDS else None


def answer(name: str, key: object, value: object, by: str) -> str:
    """Fill in what a record lacks, in one step that undo takes back; what the record is called (VS-22)."""
    record = _WAYS[name][0]
    held = reading.find(record, key, by)
    rights.require(by, "edit", held or record)
    kind = record.kind(FIELDS[name])
    if held is None:
        raise Mistake(_("That is not there any more."))
    if getattr(held, kind.name):
        raise Mistake(
            _("Somebody has filled it in meanwhile: {value}.").format(value=kind.show(held.__data__[kind.name]))
        )
    if not value:
        raise Mistake(_("Type what is missing, or go on to the next one."), kind.name)
    if sentence := kind.check(value):
        raise Mistake(sentence, kind.name)
    setattr(held, kind.name, value)
    (leads.save if record is Lead else saving.save)(held, by)
    return str(held.caption())


def take_over(number: int, by: str) -> Changed:
    """Make an overdue follow-up of the team one's own, in one step that undo takes back (VS-22)."""
    rights.require(by, "edit", Task)
    if not _query(TEAM, by, None).where(Task.number == number).exists():
        raise Mistake(_("It was done, or taken by somebody else, meanwhile."))
    return bulk_changes.reassign(Task, [number], by, by)


def _title(name: str) -> str:
    return _(TITLES[name]).format(months=MONTHS)


def _query(name: str, by: str, project: int | None) -> Any:
    record, wanted, _order = _WAYS[name]
    query = rights.rows(record, by)
    if rights.may(by, "see", record):
        return query.where(False)
    if name == TEAM:
        return query.where(_of_team(by, project) & wanted())
    return query.where(rights.visible(record, by, project) & wanted())


def _row(each: Record) -> Row:
    if isinstance(each, Task):
        return _task(each)
    if isinstance(each, Contact):
        return _contact(each)
    if isinstance(each, Lead):
        said = " · ".join(part for part in (each.company, each.description) if part and part != each.caption())
        return Row(each.caption(), said, each.phone or "", ("lead", each.number))
    if isinstance(each, Account):
        return Row(each.caption(), each.description or "", each.phone or "", ("account", each.number))
    account = Account.find(each.__data__["account"])
    return Row(each.caption(), account.caption() if account else "", account.phone if account else "",
               ("opportunity", each.key))  # fmt: skip


def _task(task: Task) -> Row:
    """A follow-up of a colleague: what is to be done, for whom, and whose it is."""
    account = Account.find(task.account) if task.account else None
    lead = Lead.find(task.lead) if task.lead else None
    about = account or lead
    owner = Operator.find(task.owner)
    said = [task.action, owner.name if owner is not None else task.owner]
    who = about.caption() if about is not None else task.caption()
    return Row(who, " · ".join(part for part in said if part), about.phone if about is not None else "",
               Task.opened_at(task.number, task.caption()))  # fmt: skip


def _contact(each: Contact) -> Row:
    account = Account.select(Account.name).where(Account.customer == each.customer).scalar()
    said = " · ".join(part for part in (account, each.email) if part)
    return Row(each.caption(), said, each.phone or "", ("contact", each.number))


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


def _of_team(by: str, project: int | None) -> Any:
    """Tasks of the groups somebody works in and of who works there too, as far as they may be taken over."""
    others = [id for id in access.colleagues(by) if id != by]
    theirs = Task.owned_by(*others) if others else Task.number.is_null()
    reached = access.reached(Task, by, "edit") if rights.is_secured() else None
    here = in_project(Task, project)
    for more in (reached, here):
        theirs = theirs if more is None else theirs & more
    return theirs


def _late_follow_ups() -> Any:
    """Open tasks an event has made whose day is over."""
    made = FollowUp.select(peewee.SQL("1")).where(FollowUp.task == Task.number)
    return ~Task.closed & (Task.reminder_date < clock.today()) & peewee.fn.EXISTS(made)


def _lacking(name: str) -> Callable[[], Any]:
    """Records that are worked with and in which this field is empty."""

    def wanted() -> Any:
        record, field = _WAYS[name][0], _WAYS[name][0].kind(FIELDS[name])
        empty = field.is_null() | (field == "")
        if record is Lead:
            return Lead.listed() & _callable() & empty
        return empty & (record.first_name != "") if record is Contact else empty

    return wanted


LATE, PROMISED, NEVER, NO_STEP, SILENT = "late", "promised", "never", "no_step", "silent"
TEAM = "team"
FIELDS = {"lead_phone": "phone", "account_phone": "phone", "account_email": "email", "contact_name": "last_name"}
"""what the groups of incomplete records ask for, the python name of the field: an answer one types in place"""
TITLES = {
    LATE: N_("Overdue"),
    PROMISED: N_("Call back today"),
    TEAM: N_("Overdue in the team"),
    NEVER: N_("Never called"),
    NO_STEP: N_("Without a next step"),
    SILENT: N_("Silent for {months} months"),
    "lead_phone": N_("Leads without a phone number"),
    "account_phone": N_("Accounts without a phone number"),
    "account_email": N_("Accounts without an e-mail address"),
    "contact_name": N_("Contacts without a last name"),
}
_Way = tuple[type[Any], "Callable[[], Any]", "Callable[[], tuple[Any, ...]]"]
_WAYS: dict[str, _Way] = {
    LATE: (Lead, _late, lambda: (Lead.reminder_date, Lead.number)),
    PROMISED: (Lead, _promised, lambda: (Lead.reminder_time, Lead.number)),
    TEAM: (Task, _late_follow_ups, lambda: (Task.reminder_date, Task.number)),
    NEVER: (Lead, _never_called, lambda: (Lead.created_on, Lead.number)),
    NO_STEP: (Opportunity, _without_step, lambda: (Opportunity.created_on, Opportunity.number)),
    SILENT: (Account, _silent, lambda: (Account.number,)),
    "lead_phone": (Lead, _lacking("lead_phone"), lambda: (Lead.number,)),
    "account_phone": (Account, _lacking("account_phone"), lambda: (Account.number,)),
    "account_email": (Account, _lacking("account_email"), lambda: (Account.number,)),
    "contact_name": (Contact, _lacking("contact_name"), lambda: (Contact.number,)),
}
