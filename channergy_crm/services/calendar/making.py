"""New calls, meetings and tasks, whom they are about, and who is invited to them (VT-77, VT-151, VT-162…VT-164)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm import work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.language import _
from channergy_crm.records import Account, Contact, Guest, Lead, Operator, Opportunity, Task
from channergy_crm.records.guests import ANSWERS, INVITED, of_record
from channergy_crm.services import accounts, reading, rights, tasks
from channergy_crm.text.activities import CALL, MEETING
from channergy_crm.work import key_field

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, time

    from channergy_crm.work.record import Record

USUAL = {CALL: 15, MEETING: 60}
"""minutes that one lasts of which nothing else is said"""


class Person(NamedTuple):
    """Somebody to be invited: a contact, a lead or an operator, by table and number (or ID)."""

    table: str
    key: object


class Invited(NamedTuple):
    """Somebody who is invited: who, what they are called, and what they have answered: "", "yes", "no", "maybe"."""

    table: str
    key: object
    name: str
    answer: str

    @property
    def person(self) -> Person:
        """Who that is."""
        return Person(self.table, self.key)


def start(by: str, day: date | None, at: time | None, minutes: int, kind: str, owner: str = "") -> Task:
    """A new entry, not yet saved, of oneself or of somebody else."""
    rights.require(by, "create", Task)
    made = accounts.start_task(by)
    made.owner, made.activity = owner or by, kind
    made.reminder_date, made.reminder_time = day, at if day is not None else None
    made.minutes = minutes or None
    return made


def start_about(
    record: Record, by: str, day: date | None, at: time | None, kind: str, minutes: int | None = None
) -> Task:
    """A new call, meeting or task for a lead, an account or a deal, not yet saved: the next contact (VT-77, VT-163)."""
    rights.require(by, "create", Task)
    lasts = USUAL.get(kind, 0) if minutes is None and at is not None else minutes or 0
    made = start(by, day, at, lasts, kind)
    link_to(made, record, by)
    return made


def link_to(task: Task, record: Record, by: str) -> Task:
    """Let an entry be about this lead, account or deal, or this contact's account; it is saved with it (VT-164)."""
    rights.require(by, "link", record)
    if isinstance(record, Contact):
        account = Account.get_or_none(Account.customer == record.customer)
        if account is None:
            raise Mistake(_("{name} belongs to no account yet.").format(name=record.caption()))
        like = accounts.start_task(by, account=account)
    elif isinstance(record, Lead):
        like = accounts.start_task(by, lead=record)
    elif isinstance(record, Account):
        like = accounts.start_task(by, account=record)
    elif isinstance(record, Opportunity):
        like = accounts.start_task(by, opportunity=record)
    else:
        raise Mistake(_("An entry is about a lead, an account or a deal."))
    for link in ("lead", "account", "opportunity", "customer"):
        setattr(task, link, like.__data__.get(link))
    return task


def save(task: Task, guests: Sequence[Person] | None, by: str) -> Task:
    """Write a new or changed entry and who is invited to it, in one step; None leaves the guests as they are."""
    rights.require(by, "create" if task.is_new else "edit", task)
    with work.unit("Save {name}", by=by, name=task.caption()):
        tasks.save(task, by)
        if guests is not None:
            _invite(task, guests, by)
    return task


def set_guests(task: int, guests: Sequence[Person], by: str) -> list[Invited]:
    """Say who is invited to an entry; who stays keeps the answer."""
    rights.require(by, "edit", Task)
    held = _found(task, by)
    rights.require(by, "edit", held)
    with work.unit("Invite to {name}", by=by, name=held.caption()):
        _invite(held, guests, by)
    return guests_of(task, by)


def guests_of(task: int, by: str) -> list[Invited]:
    """Who is invited, in the order in which they were; those that may not be seen, or are gone, are left out.

    Whoever is invited sees who else of the office is.
    """
    rights.require(by, "see")
    held = Task.find(task)
    rows = list(Guest.select().where(Guest.task == task).order_by(Guest.number)) if held is not None else []
    whole = held is not None and rights.may(by, "see", held) is None
    mine = any(row.table == Operator._meta.table_name and row.of == by for row in rows)
    if not whole and not mine:
        return []
    found = [_told(row, by) for row in rows if whole or row.table == Operator._meta.table_name]
    return [each for each in found if each is not None]


def answer(task: int, said: str, by: str) -> None:
    """Whether one comes oneself: "yes", "no", "maybe", or "" for no answer yet."""
    rights.require(by, "see")
    if said not in ANSWERS:
        raise Mistake(_("The answer is yes, no or maybe."))
    row = Guest.get_or_none((Guest.task == task) & of_record(Operator, [by]))
    if row is None:
        raise Refused(_("You are not invited to this."))
    held = Task.find(task)
    with work.unit("Answer the invitation to {name}", by=by, name=held.caption() if held is not None else ""):
        row.answer = said
        row.save()


def people(record: type[Record], keys: Sequence[object], by: str) -> list[Person]:
    """These contacts, leads or operators as guests, as far as this one may see them."""
    rights.require(by, "choose", record)
    seen = rights.rows(record, by, key_field(record)).where(key_field(record).in_(list(keys)))
    there = set(seen.scalars())
    return [Person(record._meta.table_name, key) for key in keys if key in there]


def _invite(task: Task, guests: Sequence[Person], by: str) -> None:
    wanted = dict.fromkeys((each.table, str(each.key)) for each in guests)
    wanted.pop((Operator._meta.table_name, str(task.__data__.get("owner"))), None)  # whose it is comes anyway
    for row in Guest.select().where(Guest.task == task.number):
        stays = wanted.pop((row.table, row.of), "new") != "new"
        if not stays and _told(row, by) is not None:  # whom one may not see one does not uninvite
            row.delete_instance()
    for table, key in wanted:
        record = _record(table)
        held = record.find(key if record is Operator else int(key)) if record is not None else None
        if record is None or held is None:
            raise Mistake(_("Somebody who was to be invited is not there any more."))
        rights.require(by, "link", held)
        if isinstance(held, Operator) and (held.group or not held.active):
            raise Mistake(_("There is no operator {operator} at work.").format(operator=held.id))
        Guest.create(task=task.number, table=table, of=key, answer="")


def _record(table: str) -> Any:
    return next((each for each in INVITED if each._meta.table_name == table), None)


def _told(row: Guest, by: str) -> Invited | None:
    record = _record(row.table)
    key: object = row.of if record is Operator else int(row.of) if row.of.isdigit() else None
    held = record.find(key) if record is not None and key is not None else None
    if held is None or rights.may(by, "see", held) is not None or held.__data__.get("removed"):
        return None
    return Invited(row.table, key, held.name if record is Operator else held.caption(), row.answer or "")


def _found(task: int, by: str) -> Task:
    held = reading.find(Task, task, by)
    if held is None:
        raise Mistake(_("{record} {number} is not there any more.").format(record=Task.singular, number=task))
    return held
