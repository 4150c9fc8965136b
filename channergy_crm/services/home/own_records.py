"""What is new and what weighs most: new leads, top opportunities, top accounts, what belongs to one's groups."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm import access, clock
from channergy_crm.query.listing import ListQuery
from channergy_crm.records import Account, Lead, Opportunity, Task
from channergy_crm.records.belonging import in_project
from channergy_crm.records.projects import course_of
from channergy_crm.services import preferences, rights
from channergy_crm.services.home.lines import NOTHING, ROWS, Content, Line, Said, first_and_all, first_of
from channergy_crm.text.names import person_name

if TYPE_CHECKING:
    from channergy_crm.work.record import Record


class Stage(NamedTuple):
    """The open deals of a stage: how many, and their amounts in cents."""

    stage: str
    deals: int
    amount: int


def new_leads(by: str, project: int | None = None) -> Content:
    """The leads that came in within the days this operator calls new, the latest first (VT-26, VT-50)."""
    rights.require(by, "see", Lead)
    rights.require_shown(Lead, ("created_on",), by)
    days = preferences.of(by, by).lead_days
    days = preferences.NEW_FOR if days is None else days
    since = datetime.combine(clock.today() - timedelta(days=days), time())
    mine = rights.visible(Lead, by, project) & Lead.working() & (Lead.created_on >= since)
    columns = ("first_name", "last_name", "company", "description", "phone", "created_on")
    query = ListQuery(Lead, columns, mine, by=by)
    found = []
    newest, total = first_and_all(query, ROWS, Lead.created_on.desc(), Lead.number.desc())
    for number, values in newest:
        name = person_name(values["first_name"] or "", values["last_name"] or "")
        called = str(name or values["company"] or values["description"] or "")
        came = values["created_on"]
        said = (
            Said(None, values["company"] if values["company"] != called else ""), Said(None, values["phone"]),
            Said(None, came.date() if isinstance(came, datetime) else came),
        )  # fmt: skip
        found.append(Line(("lead", number), called, said))
    return Content(tuple(found), total, days=days)


def top_opportunities(by: str, project: int | None = None) -> Content:
    """The open opportunities of this operator alone, by their amounts; the sum of all of them (VT-18)."""
    rights.require(by, "see", Opportunity)
    rights.require_shown(Opportunity, ("amount", "closed"), by)
    mine = _open_deals(by, project)
    query = ListQuery(Opportunity, ("name", "account_name", "stage", "probability", "amount"), mine, by=by)
    amount = Opportunity.amount
    found = [
        Line(("opportunity", number), str(values["name"] or ""), (
            Said(None, values["account_name"] or ""), Said(Opportunity.kind("stage"), values["stage"]),
            Said(Opportunity.kind("probability"), values["probability"]),
            Said(Opportunity.kind("amount"), values["amount"])))
        for number, values in first_of(query, ROWS, amount.is_null(), amount.desc(), Opportunity.number.desc())
    ]  # fmt: skip
    counted: Any = query.select(peewee.fn.COUNT(Opportunity.number), peewee.fn.SUM(amount)).tuples().get()
    return Content(tuple(found), int(counted[0]), int(counted[1] or 0))


def by_stage(by: str, project: int | None = None) -> list[Stage]:
    """The open opportunities of this operator stage by stage, in the order of the process (VT-16)."""
    rights.require(by, "see", Opportunity)
    rights.require_shown(Opportunity, ("amount", "stage"), by)
    query = ListQuery(Opportunity, (), _open_deals(by, project), by=by)
    what = (Opportunity.stage, peewee.fn.COUNT(Opportunity.number), peewee.fn.SUM(Opportunity.amount))
    asked: Any = query.select(*what).group_by(Opportunity.stage).tuples()
    found = [Stage(str(stage or ""), int(deals), int(amount or 0)) for stage, deals, amount in asked]
    process = course_of(project)
    order = [stage.stage for stage in process.stages] if process is not None else []
    return sorted(found, key=lambda one: (order.index(one.stage) if one.stage in order else len(order), one.stage))


def top_accounts(by: str, project: int | None = None) -> Content:
    """The accounts of this operator by the sum of the amounts of all their opportunities they may see (VT-17)."""
    rights.require(by, "see", Account)
    rights.require(by, "see", Opportunity)
    rights.require_shown(Opportunity, ("amount",), by)
    amount = peewee.fn.SUM(Opportunity.amount)
    deals = rights.rows(Opportunity, by, Opportunity.account, peewee.fn.COUNT(Opportunity.number), amount)
    within = _of_project(Opportunity, Account.select(Account.number).where(_own(Account, by, project)), project)
    summed: Any = (
        deals.where(within)
        .group_by(Opportunity.account)
        .having(amount > 0)
        .order_by(amount.desc(), Opportunity.account)
    )
    top = list(summed.limit(ROWS).tuples())
    if not top:
        return NOTHING
    query = ListQuery(Account, ("name", "phone"), Account.number.in_([each[0] for each in top]), by=by)
    names = dict(first_of(query))
    lines = [
        Line(("account", number), str(names[number]["name"] or ""), (
            Said(None, names[number]["phone"]), Said(None, int(deals)),
            Said(Opportunity.kind("amount"), int(total))))
        for number, deals, total in top if number in names
    ]  # fmt: skip
    return Content(tuple(lines), int(summed.count()))


def group_allocations(by: str, project: int | None = None) -> Content:
    """What belongs to a group this operator works in: leads, accounts, opportunities and open tasks, the newest of
    each (VT-19).
    """
    rights.require(by, "count")
    groups = access.groups_of(by)
    if not groups:
        return NOTHING
    found, total = list[list[Line]](), 0
    for record in (Lead, Account, Opportunity, Task):
        if rights.may(by, "see", record) is None:
            query = ListQuery(record, _titles(record), _of_groups(record, groups, project), by=by)
            newest, many = first_and_all(query, ROWS, record.number.desc())
            found.append([_allocated(record, number, values) for number, values in newest])
            total += many
    share = [list(each) for each in found]
    while sum(map(len, share)) > ROWS:
        max(share, key=len).pop()
    return Content(tuple(line for each in share for line in each), total)


def _titles(record: type[Record]) -> tuple[str, ...]:
    return (*record.about.title, "owner")


def _allocated(record: type[Record], number: int, values: dict[str, Any]) -> Line:
    name = " ".join(str(values[each]) for each in record.about.title if values[each])
    opens = "task" if record is Task else record.about.target
    return Line((opens, number), name, (Said(None, values["owner"] or ""),), icon=record.about.icon)


def _of_groups(record: Any, groups: list[str], project: int | None) -> peewee.ColumnBase:
    theirs = record.owned_by(*groups)
    there = {Lead: Lead.working(), Task: ~Task.closed, Opportunity: ~Opportunity.closed}.get(record)
    found: peewee.ColumnBase = theirs if there is None else theirs & there
    here = in_project(record, project)
    return found if here is None else found & here


def _open_deals(by: str, project: int | None) -> peewee.ColumnBase:
    return _own(Opportunity, by, project) & ~Opportunity.closed


def _own(record: type[Record], by: str, project: int | None) -> peewee.ColumnBase:
    """Those of this operator alone, not of a group."""
    mine: peewee.ColumnBase = record.owned_by(by)
    here = in_project(record, project)
    return mine if here is None else mine & here


def _of_project(record: Any, accounts: object, project: int | None) -> peewee.ColumnBase:
    theirs: peewee.ColumnBase = record.account.in_(accounts)
    here = in_project(record, project)
    return theirs if here is None else theirs & here
