"""The follow-ups behind a number of the status: what somebody sees who presses it (VS-20)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm.language import _
from channergy_crm.records import BY_TABLE, Account, Lead, Task
from channergy_crm.records.events import Event, FollowUp
from channergy_crm.records.operators import Operator
from channergy_crm.records.roles import GroupMember
from channergy_crm.services import rights
from channergy_crm.services.events import which
from channergy_crm.services.events.which import CLOSED, LATE
from channergy_crm.work import key_field

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from datetime import date, datetime, time

    from peewee import ColumnBase

    from channergy_crm.services.chosen import Chosen
    from channergy_crm.services.events.which import Asked
    from channergy_crm.work.record import Record

    Parts = dict[str, Callable[[Any], ColumnBase]]

SHOWN = 200
"""rows that are read at once"""
ALL, OPEN_ONES, LATE_ONES, DONE, WAITS, ELSE = "all", "open", "late", "closed", "waiting", "otherwise"
"""which of them a number counts"""


class Row(NamedTuple):
    """A follow-up: its task (None while it waits), what is to be done, for whom, by which event, until when, how it
    stands (None while it waits), who has it, when it was closed; the record it is about by its table and number.
    """

    task: int | None
    action: str
    customer: str
    event: str
    due: date | None
    at: time | None
    state: int | None
    owner: str
    closed: datetime | None
    table: str
    of: str

    def opens(self) -> tuple[str, object] | None:
        """Where it is opened: its task, or what it is about while there is none."""
        if self.task is not None:
            return Task.opened_at(self.task, self.action)
        record = BY_TABLE.get(self.table)
        if record is None or not record.about.target:
            return None
        return record.opened_at(_number(record, self.of), "")


def read(asked: Asked, chosen: Chosen, by: str, *, limit: int = SHOWN, after: int = 0) -> list[Row]:
    """The rows of what was chosen, the most urgent first, some at a time.

    A number goes by what it counts of what, such as `Chosen("event", (7, "late"))`; nothing chosen is everything.
    """
    rights.require_events(by)
    rights.require(by, "count", Task)
    if _which(chosen) == WAITS:
        return _waiting(asked, chosen, by, limit, after)
    rank = peewee.Case(None, [(Task.closed, 2), (which.late(), 0)], 1)
    query = which.made_ones(by, FollowUp.task, FollowUp.event, FollowUp.table, FollowUp.of, which.state())
    order = rank, Task.closed_on.desc(), Task.reminder_date, FollowUp.number
    found: Any = query.where(_of(asked, chosen)).order_by(*order).limit(limit).offset(after).tuples()
    held = list(found)
    tasks = {each.number: each for each in rights.rows(Task, by).where(Task.number.in_([row[0] for row in held]))}
    customers, people, events = customers_of(tasks.values(), by), _people(), _events()
    kept = rights.hidden(Task, by)
    rows = []
    for number, event, table, of, stands_ in held:
        if (task := tasks.get(number)) is not None:
            said = shown_of(task, kept)
            rows.append(
                Row(number, said.action, customers.get(number, ""), events.get(event, ""), said.due,
                    said.at, stands_, people.get(task.__data__["owner"], ""), said.closed, table, of)
            )  # fmt: skip
    return rows


class Shown(NamedTuple):
    """What of a task is shown to whoever asks; what is kept from them is empty (VT-96)."""

    action: str
    due: date | None
    at: time | None
    priority: str
    closed: datetime | None


def shown_of(task: Task, kept: Collection[str]) -> Shown:
    """The same; `kept` are the fields that are not shown. What is to be done is shown to everybody."""
    due, at = (None if name in kept else getattr(task, name) for name in ("reminder_date", "reminder_time"))
    priority = "" if "priority" in kept else task.priority or ""
    return Shown(task.caption(), due, at, priority, None if "closed_on" in kept else task.closed_on)


def _which(chosen: Chosen) -> str:
    return str(chosen.key[1]) if chosen.part in ("total", "type", "event", "operator", "group") else ALL


def _of(asked: Asked, chosen: Chosen) -> ColumnBase:
    """The condition for those behind a number."""
    if chosen.part == "span":
        return which.made_in(asked, chosen.key)
    wanted, part = which.condition(asked), _which(chosen)
    states = {OPEN_ONES: ~Task.closed, LATE_ONES: ~Task.closed & which.late(), DONE: Task.closed,
              ELSE: which.fell() == 1}  # fmt: skip
    if part in states:
        wanted &= states[part]
    parts: Parts = {
        "type": _of_type, "event": _of_event, "operator": _of_operator, "group": _of_group,
    }  # fmt: skip
    return wanted & parts[chosen.part](chosen.key[0]) if chosen.part in parts else wanted


def _of_event(number: int) -> ColumnBase:
    return FollowUp.event == number


def _of_type(name: str) -> ColumnBase:
    fits = Event.type == name if name else Event.type.is_null() | (Event.type == "")
    return FollowUp.event.in_(Event.select(Event.number).where(fits))


def _of_operator(id: str, owner: ColumnBase = Task.owner) -> ColumnBase:
    return owner == id if id else owner.is_null() | (owner == "")


def _of_group(id: str, owner: ColumnBase = Task.owner) -> ColumnBase:
    """A group's own and its members'; without one what belongs to nobody in any group."""
    members = GroupMember.select(GroupMember.operator)
    if id:
        return (owner == id) | owner.in_(members.where(GroupMember.group == id))
    groups = Operator.select(Operator.id).where(Operator.group)
    return owner.is_null() | (owner.not_in(members) & owner.not_in(groups))


def _will_get(id: str) -> ColumnBase:
    return _of_operator(id, FollowUp.receiver)


def _will_get_of(id: str) -> ColumnBase:
    return _of_group(id, FollowUp.receiver)


def _waiting(asked: Asked, chosen: Chosen, by: str, limit: int, after: int) -> list[Row]:
    """Those nobody has yet, in the order in which they will be made."""
    wanted = which.waits(asked, by)
    parts: Parts = {
        "type": _of_type, "event": _of_event, "operator": _will_get, "group": _will_get_of,
    }  # fmt: skip
    if chosen.part in parts:
        wanted &= parts[chosen.part](chosen.key[0])
    held = list(FollowUp.select().where(wanted).order_by(FollowUp.number).limit(limit).offset(after))
    names, events, people = _captions(held, by), _events(), _people()
    return [
        Row(None, names.get((each.table, each.of), ""), "", events.get(each.__data__["event"], ""), None, None, None,
            people.get(each.receiver, ""), None, each.table, each.of)
        for each in held
    ]  # fmt: skip


def _number(record: type[Record], of: str) -> object:
    """The number of a record as its table keeps it."""
    return int(of) if key_field(record).numeric else of


def _captions(held: Iterable[FollowUp], by: str) -> dict[tuple[str, str], str]:
    """What the records are called that these are about."""
    found = {}
    for table in {each.table for each in held}:
        record = BY_TABLE.get(table)
        if record is None or rights.may(by, "see", record):
            continue
        keys = [_number(record, each.of) for each in held if each.table == table]
        for one in rights.rows(record, by).where(key_field(record).in_(keys)):
            found[table, str(one.key)] = one.caption()
    return found


def customers_of(tasks: Iterable[Task], by: str) -> dict[int, str]:
    """For whom each of these tasks is, by its number: what the account is called, else the lead, as far as this one
    may see them.
    """
    held = list(tasks)
    accounts = _called(Account, {each.__data__["account"] for each in held} - {None}, by)
    leads = _called(Lead, {each.__data__["lead"] for each in held} - {None}, by)
    return {
        each.number: accounts.get(each.__data__["account"], "") or leads.get(each.__data__["lead"], "") for each in held
    }


NAMING = {"name", "first_name", "last_name", "company"}
"""the fields accounts and leads are called by"""


def _called(record: type[Record], numbers: Collection[int], by: str) -> dict[int, str]:
    """What these records are called; where their names are kept from this one, their numbers."""
    if not numbers or rights.may(by, "see", record):
        return {}
    found: Any = rights.rows(record, by).where(key_field(record).in_(list(numbers)))
    if NAMING & set(rights.hidden(record, by)):
        said = _("Account {number}") if record is Account else _("Lead {number}")
        return {each.key: said.format(number=each.key) for each in found}
    return {each.key: each.caption() for each in found}


def _people() -> dict[str, str]:
    return {each.id: each.name or each.id for each in Operator.select()}


def _events() -> dict[int, str]:
    return {each.number: each.name for each in Event.select(Event.number, Event.name)}


def stands(row: Row) -> str:
    """How a row stands, in a word."""
    if row.state is None:
        return _("waits")
    return _("closed") if row.state == CLOSED else _("overdue") if row.state == LATE else _("open")
