"""Accounts and what hangs on them: the customer row, contacts, opportunities and tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.records import Account, Contact, Customer, Lead, Opportunity, Task
from channergy_crm.records.projects import begins_in
from channergy_crm.services import reading, rights, saving
from channergy_crm.services.leads import BILLING, SHARED_WITH_ACCOUNT
from channergy_crm.work.called import deed

if TYPE_CHECKING:
    from datetime import date, time

COME_FIRST = 2
"""rows of what is open that are told with an account; the lists have all of it"""


def save(account: Account, by: str) -> Account:
    """Save an account."""
    return saving.save(account, by)


def customer_of(account: Account, by: str) -> Customer | None:
    """The suite's customer behind an account (CH-71)."""
    rights.require(by, "see", Customer)
    return reading.find(Customer, account.customer, by)


def make_for(customer: int, by: str, project: int | None = None) -> Account:
    """The account of a customer of the suite who has none, of this operator, in the project they work in, and with what
    is known of them.
    """
    rights.require(by, "create", Account)
    held = reading.find(Customer, customer, by)
    if held is None:
        raise Mistake(_("Customer {number} is not there any more.").format(number=customer))
    there = Account.select().where(Account.customer == customer).first()
    if there is not None:  # a colleague was faster
        return cast("Account", there)
    known = {name: getattr(held, name) for name in SHARED_WITH_ACCOUNT}
    known |= {name: getattr(held, theirs) for name, theirs in BILLING.items()}
    name = held.caption()[: Account.name.limit]
    return saving.save(Account(customer=customer, owner=by, project=project, name=name, **known), by)


def make(account: Account, by: str) -> Account:
    """Save an account that came about without a lead: a partner, a competitor, the own company (VT-85, VT-89). It has
    a customer row from the start, so that contacts can be entered next (VT-90).
    """
    rights.require(by, "create", Account)
    with work.unit("Create account {name}", by=by, name=account.caption()):
        known = {name: getattr(account, name) for name in SHARED_WITH_ACCOUNT}
        known |= {theirs: getattr(account, name) for name, theirs in BILLING.items()}
        company = account.name[: Customer.company.limit]
        account.customer = Customer.create(company=company, created_on=clock.today(), **known).number
        return saving.save(account, by)


def leads_of(account: int, by: str) -> list[Lead]:
    """The leads an account came from or that were started for it, converted ones too."""
    rights.require(by, "see", Lead)
    query = rights.rows(Lead, by).where(Lead.account == account).order_by(Lead.number)
    return list(query)


def account_of(what: str, key: object, by: str) -> int | None:
    """The account in which a record is shown; None when there is none. `what`: account, customer, contact, …"""
    rights.require(by, "see", Account)
    if key is None:
        return None
    if what in ("customer", "contact"):
        contact = Contact.find(key) if what == "contact" else None
        customer = key if what == "customer" else contact.customer if contact is not None else -1
        found: int | None = Account.select(Account.number).where(Account.customer == customer).scalar()
        return found
    if what == "account":
        account = Account.find(key)
        return None if account is None else account.number
    held = Opportunity.find(key) if what == "opportunity" else Task.find(key)
    return None if held is None else held.account


def next_reminder(account: int, by: str) -> tuple[date | None, time | None]:
    """When the account is to be called next: the earliest reminder of its open tasks."""
    rights.require(by, "see", Task)
    open_ones = Task.is_crm & (Task.account == account) & ~Task.closed & Task.reminder_date.is_null(False)
    first = rights.rows(Task, by).where(open_ones).order_by(Task.reminder_date, Task.reminder_time).first()
    return (first.reminder_date, first.reminder_time) if first is not None else (None, None)


def counts(account: Account, by: str) -> dict[str, int]:
    """How many contacts, open opportunities, open tasks an account has, and how many of its tasks are late."""
    rights.require(by, "count", Account)
    todo = Task.is_crm & (Task.account == account.number) & ~Task.closed
    deals = (Opportunity.account == account.number) & ~Opportunity.closed
    return {
        "contacts": rights.rows(Contact, by).where(Contact.customer == account.customer).count(),
        "opportunities": rights.rows(Opportunity, by).where(deals).count(),
        "tasks": rights.rows(Task, by).where(todo).count(),
        "late": rights.rows(Task, by).where(todo & (Task.reminder_date < clock.today())).count(),
    }


def open_work(account: Account, by: str) -> tuple[list[Opportunity], list[Task]]:
    """The two open opportunities and tasks of an account that come first: by the day they close, by their reminder."""
    rights.require(by, "see", account)
    deals = rights.rows(Opportunity, by).where((Opportunity.account == account.number) & ~Opportunity.closed)
    todo = rights.rows(Task, by).where(Task.is_crm & (Task.account == account.number) & ~Task.closed)
    soonest = deals.order_by(Opportunity.close_date_1.asc(nulls="LAST"), Opportunity.number)
    first = todo.order_by(Task.reminder_date.asc(nulls="LAST"), Task.reminder_time.asc(nulls="LAST"), Task.number)
    return list(soonest.limit(COME_FIRST)), list(first.limit(COME_FIRST))


def start_contact(account: Account, by: str) -> Contact:
    """A new contact of this account, not yet saved; its numbers fill themselves (CH-74, CH-77, CH-78)."""
    rights.require(by, "create", Contact)
    if account.customer is None:
        raise Mistake(
            _("{name} has no customer number yet; save its customer information first.").format(name=account.caption())
        )
    return Contact(customer=account.customer)


def start_opportunity(account: Account, by: str) -> Opportunity:
    """A new opportunity of this account, without a lead, not yet saved (CH-115)."""
    rights.require(by, "create", Opportunity)
    held = Opportunity(account=account.number, owner=by, created_on=clock.today(), created_by=by)
    held.project, held.stage = account.__data__.get("project"), begins_in(account.__data__.get("project"))
    return held


def start_task(
    by: str, *, account: Account | None = None, opportunity: Opportunity | None = None, lead: Lead | None = None
) -> Task:
    """A new task, not yet saved (CH-118); one for a lead goes on with what becomes of it (VT-163, VT-165)."""
    rights.require(by, "create", Task)
    held = account or (Account.find(opportunity.account) if opportunity is not None else None)
    begun = held or lead
    return Task(
        owner=by, is_crm=True, created_on=clock.now(), lead=lead.number if lead is not None else None,
        account=held.number if held else lead.account if lead is not None else None,
        customer=begun.customer if begun else None,
        opportunity=opportunity.number if opportunity is not None else None,
    )  # fmt: skip


def create_task_for(opportunity: int, by: str) -> Task:
    """Create Task for Opportunity: the task is there at once, to be filled in on the Tasks tab (CH-118)."""
    rights.require(by, "create", Task)
    held = reading.find(Opportunity, opportunity, by)
    if held is None:
        raise Mistake(_("Opportunity {number} is not there any more.").format(number=opportunity))
    task = start_task(by, opportunity=held)
    task.action = _("Follow up: {name}").format(name=held.name)
    return saving.save(task, by)


def save_customer(customer: Customer, account: Account, by: str) -> Customer:
    """Save the customer row behind an account; an account without one gets it (CH-72, CH-142)."""
    rights.require(by, "edit", customer)
    said = deed(customer, N_("Save customer {name}"), N_("Save {name}"))
    with work.unit(said, by=by, name=customer.caption()):
        if customer.is_new:
            customer.created_on = clock.today()
        held = Account.find(account.number)
        if held is None:
            raise Mistake(_("{name} is not there any more.").format(name=account.caption()))
        if customer.is_new and held.customer is not None:
            raise Mistake(
                _("{name} has got customer {customer} meanwhile; open the account again.").format(
                    name=held.caption(), customer=held.customer
                )
            )
        customer.save()
        if held.customer is None:
            held.customer = customer.number
            held.save()
    return customer


def open_sums(account: int, by: str) -> tuple[int, int, int]:
    """The open opportunities of an account: how many, their amounts, and those weighted by probability, in cents."""
    rights.require(by, "count", Opportunity)
    of_it = (Opportunity.account == account) & ~Opportunity.closed
    read = (Opportunity.number, Opportunity.amount, Opportunity.probability)
    held = list(rights.rows(Opportunity, by, *read).where(of_it))
    pairs = [(one.amount or 0, one.probability or 0) for one in held]
    return len(pairs), sum(amount for amount, _p in pairs), round(sum(amount * p for amount, p in pairs) / 100)
