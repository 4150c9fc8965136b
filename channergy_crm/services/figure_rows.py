"""The calls and the leads behind a figure: what somebody sees who presses a bar (BX-23)."""

from __future__ import annotations

from collections import defaultdict
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm.language import _
from channergy_crm.records import Account, Lead, PhoneCall
from channergy_crm.records.lookups import describe
from channergy_crm.records.operators import Operator
from channergy_crm.services import figures, rights

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from channergy_crm.services.chosen import Chosen
    from channergy_crm.services.figures import Asked
    from channergy_crm.work.record import Record

SHOWN = 200
"""rows that are read at once"""
LEADS, REACHED, BECAME, ORDERED = "leads", "reached", "opportunities", "won"
"""the steps from call to order"""
NAMING = {"first_name", "last_name", "company", "description"}


class Row(NamedTuple):
    """A call, or a lead that came in: when, who, the result, the operator; what is opened, where that may be seen."""

    when: datetime
    who: str
    result: str
    operator: str
    opens: tuple[str, object] | None


def read(asked: Asked, chosen: Chosen, by: str, *, limit: int = SHOWN, after: int = 0) -> list[Row]:
    """The rows of what was chosen, the newest first, some at a time.

    Nothing chosen is every call; a cell is a weekday and an hour; the other parts go by their key.
    """
    rights.require(by, "count", PhoneCall)
    wanted = figures.condition(asked, by)
    if chosen.part == "way":
        return _leads(asked, chosen.key, by, limit, after)
    wanted &= _of(chosen, wanted)
    fields = (
        PhoneCall.started,
        PhoneCall.number,
        PhoneCall.lead,
        PhoneCall.account,
        PhoneCall.code,
        PhoneCall.operator,
    )
    order = PhoneCall.started.desc(), PhoneCall.number.desc()
    held: Any = list(PhoneCall.select(*fields).where(wanted).order_by(*order).limit(limit).offset(after).tuples())
    leads, accounts = _called(Lead, (row[2] for row in held), by), _called(Account, (row[3] for row in held), by)
    people, kind = _people(), PhoneCall.kind("code")
    return [
        Row(started, leads.get(lead) or accounts.get(account) or _nobody(lead, account, number),
            describe(kind, code) if code else "", people.get(operator, operator),
            ("lead", lead) if lead in leads else ("account", account) if account in accounts else None)
        for started, number, lead, account, code, operator in held
    ]  # fmt: skip


def _nobody(lead: int | None, account: int | None, number: int) -> str:
    """Who is not shown to this one, or was nobody we know, goes by a number."""
    if lead:
        return _("Lead {number}").format(number=lead)
    if account:
        return _("Account {number}").format(number=account)
    return _("Call {number}").format(number=number)


def _called(record: type[Record], keys: Iterable[object], by: str) -> dict[object, str]:
    """What those are called that this one may see."""
    wanted = {key for key in keys if key}
    if not wanted or rights.may(by, "see", record):
        return {}
    kept = rights.hidden(record, by) & (NAMING | {"name"})
    number = record.kind("number")
    found = rights.rows(record, by).where(number.in_(list(wanted)))
    return {each.key: _nobody(each.key if record is Lead else None, each.key, 0) if kept else each.caption()
            for each in found}  # fmt: skip


def _people() -> dict[str, str]:
    return {each.id: each.name or each.id for each in Operator.select()}


def _of(chosen: Chosen, wanted: Any) -> Any:
    """The calls behind one figure."""
    fields = {"result": PhoneCall.code, "operator": PhoneCall.operator, "list": PhoneCall.list_name,
              "zone": PhoneCall.zone}  # fmt: skip
    if chosen.part in fields:
        field = fields[chosen.part]
        return field == chosen.key if chosen.key else field.is_null() | (field == "")
    return _at(chosen, wanted) if chosen.part in ("cell", "hour") else PhoneCall.number > 0


def _at(chosen: Chosen, wanted: Any) -> Any:
    """The half hours of the office in which their clocks showed this, for every zone that was called."""
    hour, late = figures.half_hour()
    query: Any = PhoneCall.select(hour, late, PhoneCall.zone).where(wanted).group_by(hour, late, PhoneCall.zone)
    found = defaultdict[tuple[str | None, bool], list[object]](list)
    for begun, second, zone in query.tuples():
        local = figures.their_moment(figures.moment_of(begun, bool(second)), zone or "")
        if chosen.key in (local.hour, (local.weekday(), local.hour)):
            found[zone, bool(second)].append(begun)
    parts = [
        (PhoneCall.zone.is_null() if zone is None else PhoneCall.zone == zone) & hour.in_(begun)
        & (late if second else ~late)
        for (zone, second), begun in found.items()
    ]  # fmt: skip
    return reduce(or_, parts) if parts else PhoneCall.number.is_null()


def _leads(asked: Asked, step: str, by: str, limit: int, after: int) -> list[Row]:
    """The leads that came that far."""
    came = figures.came_in(asked)
    further = {REACHED: figures.reached_ones, BECAME: figures.became_one, ORDERED: figures.won_ones}
    if step in further:
        came &= further[step]()
    order = Lead.created_on.desc(), Lead.number.desc()
    held: Any = list(rights.rows(Lead, by).where(came).order_by(*order).limit(limit).offset(after))
    called, people, kind = _called(Lead, (each.number for each in held), by), _people(), Lead.kind("call_code")
    return [
        Row(each.created_on, called.get(each.number, ""), describe(kind, each.call_code) if each.call_code else "",
            people.get(each.__data__["owner"], ""), ("lead", each.number))
        for each in held
    ]  # fmt: skip
