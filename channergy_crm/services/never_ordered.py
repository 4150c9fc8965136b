"""Leads out of the suite's customers who have never ordered anything (CH-155, CH-156)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from peewee import JOIN, fn

from channergy_crm import clock, work
from channergy_crm.language import N_, _, counted
from channergy_crm.records import Account, Customer, Lead, Order
from channergy_crm.services import operators, rights
from channergy_crm.services.leads import BILLING, SHARED_WITH_ACCOUNT, SHARED_WITH_CUSTOMER, zone_for
from channergy_crm.text.names import account_name, person_name
from channergy_crm.work import bulk

Progress = Callable[[int, int, str], None]

STEP = 250


class Made(NamedTuple):
    """What was made, and the unit of work that takes it back."""

    leads: int
    accounts: int
    unit: int


def make_leads(operator: str, progress: Progress | None = None) -> Made:
    """Every customer without an order becomes a lead of this administrator, and an account where there is none yet.

    A customer who has a lead already, even a removed or converted one, gets no second. All of it is one unit of work;
    what `progress` (how far, of how much, at what) raises ends it with nothing changed.
    """
    rights.require(operator, "import", Lead)
    operators.require_administrator(operator)
    with work.unit("Make leads from customers who never ordered", by=operator) as unit:
        bulk.alone()
        customers = _never_ordered()
        leads, accounts = _write(unit, customers, operator, progress)
        unit.say(N_("Make {records} from customers who never ordered"), records=counted(Lead, leads))
    return Made(leads, accounts, unit.number)


def _never_ordered() -> list[dict[str, Any]]:
    """The customers without an order and without a lead, each with the number of its account, if it has one."""
    ordered = Order.select(Order.number).where(Order.customer == Customer.number)
    led = Lead.select(Lead.number).where(Lead.customer == Customer.number)
    names = [*SHARED_WITH_CUSTOMER, "notes", "do_not_call"]
    query = (
        Customer.select(Customer.number, Account.number.alias("account"), *(Customer.kind(name) for name in names))
        .join(Account, JOIN.LEFT_OUTER, on=(Account.customer == Customer.number))
        .where(~fn.EXISTS(ordered) & ~fn.EXISTS(led))
        .order_by(Customer.number)
    )
    return [dict(zip(["number", "account", *names], row, strict=True)) for row in query.tuples().execute()]


def _write(
    unit: work.Unit, customers: list[dict[str, Any]], operator: str, progress: Progress | None
) -> tuple[int, int]:
    numbers = bulk.reserve(Lead, len(customers))
    for lead, customer in zip(numbers, customers, strict=True):
        customer["lead"] = lead
        customer["name"] = account_name(customer["company"], customer["first_name"], customer["last_name"])
    without = [customer for customer in customers if customer["account"] is None]
    accounts = bulk.Many(Account)
    rows = [accounts.row(_account(customer, operator)) for customer in without]
    account_numbers = bulk.reserve(Account, len(rows))
    accounts.insert(unit, rows, account_numbers)
    for customer, account in zip(without, account_numbers, strict=True):
        customer["account"] = account
    leads = bulk.Many(Lead)
    rows = []
    for done, customer in enumerate(customers):
        if progress and done % STEP == 0:
            progress(done, len(customers), _("Making {count:,} leads").format(count=len(customers)))
        rows.append(leads.row(_lead(customer, operator)))
    leads.insert(unit, rows, numbers)
    return len(customers), len(without)


def _account(customer: dict[str, Any], operator: str) -> dict[str, Any]:
    return {
        **{name: customer[name] for name in SHARED_WITH_ACCOUNT},
        **{name: customer[theirs] for name, theirs in BILLING.items()},
        "customer": customer["number"], "originating_lead": customer["lead"], "owner": operator,
        "name": customer["name"] or _describe(customer), "description": _describe(customer),
    }  # fmt: skip


def _lead(customer: dict[str, Any], operator: str) -> dict[str, Any]:
    return {
        **{name: customer[name] for name in (*SHARED_WITH_CUSTOMER, "notes", "do_not_call")},
        "customer": customer["number"], "account": customer["account"], "owner": operator,
        "description": _describe(customer), "time_zone": zone_for(customer["phone"]) if customer["phone"] else "",
        "created_on": clock.now(), "created_by": operator,
    }  # fmt: skip


def _describe(customer: dict[str, Any]) -> str:
    """The description a lead needs: the company, the person, the e-mail address or at least the number."""
    person = person_name(customer["first_name"], customer["last_name"])
    said = customer["company"].strip() or person or customer["email"]
    return said or _("Customer {number}").format(number=customer["number"])
