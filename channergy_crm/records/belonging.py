"""Which records belong to a project, and through what: the one place that lists, counts, search and figures ask (SI-8).

What has a field *Project* belongs by that. Others belong through what they hang on; a task through the nearest: its
deal, or else its account, or else its lead, so that nothing stands in two projects.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import peewee

from channergy_crm.records.activities import Task
from channergy_crm.records.people import Account, Contact, Customer, Lead
from channergy_crm.records.sales import Opportunity
from channergy_crm.store import database
from channergy_crm.work import key_field

if TYPE_CHECKING:
    from collections.abc import Callable

    from peewee import ColumnBase

    from channergy_crm.records.call_log import PhoneCall
    from channergy_crm.work.record import Record


def in_project(record: type[Record], project: int | None) -> ColumnBase | None:
    """The condition for the rows of `record` that belong to a project, by its number.

    None where every row is meant: no project is asked for, or records of this type belong to none.
    """
    if project is None:
        return None
    if "project" in record._meta.fields:
        return _by_field(record, project)
    way = _THROUGH.get(record._meta.table_name)
    return way(record, project) if way is not None else None


def _by_field(record: type[Record], project: int) -> ColumnBase:
    """A file is asked by the number of the record, not by its field: the index that gives a list its owner and order
    holds the number, so no row is looked up only to learn that it belongs elsewhere (a list of 88,000: 70 ms instead of
    1,100). It is told not to begin with the numbers, which it would have to sort. A server decides that by itself.
    """
    field: ColumnBase = record.kind("project")
    if database.on_server():
        of_it: ColumnBase = field == project
        return of_it
    key, there = key_field(record), record.alias()
    numbers = there.select(getattr(there, key.name)).where(there.project == project)
    found: ColumnBase = peewee.NodeList((peewee.SQL("+"), key)).in_(numbers)
    return found


def _customers(project: int) -> Any:
    return Account.select(Account.customer).where(Account.project == project)


def _nearest(record: type[Task] | type[PhoneCall], project: int) -> ColumnBase:
    deals = Opportunity.select(Opportunity.number).where(Opportunity.project == project)
    accounts = Account.select(Account.number).where(Account.project == project)
    leads = Lead.select(Lead.number).where(Lead.project == project)
    of_no_deal, of_no_account = record.opportunity.is_null(), record.account.is_null()
    found: ColumnBase = (
        record.opportunity.in_(deals)
        | (of_no_deal & record.account.in_(accounts))
        | (of_no_deal & of_no_account & record.lead.in_(leads))
    )
    return found


_THROUGH: dict[str, Callable[[Any, int], ColumnBase]] = {
    Contact._meta.table_name: lambda _contact, project: Contact.customer.in_(_customers(project)),
    Customer._meta.table_name: lambda _customer, project: Customer.number.in_(_customers(project)),
    Task._meta.table_name: _nearest,
    "CRMCalls": _nearest,  # of the call log
}
