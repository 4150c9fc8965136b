"""Who takes part in what goes out to calendars and comes in from them: known by their e-mail address (SI-31)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm import access
from channergy_crm.records import Contact, Guest, Lead, Operator
from channergy_crm.records.preferences import Preferences
from channergy_crm.services import rights
from channergy_crm.services.calendar.making import Person
from channergy_crm.transfer.calendars.writing import Attendee
from channergy_crm.work import key_field

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from channergy_crm.records import Task

PEOPLE: tuple[type[Any], ...] = (Contact, Lead)


def of_tasks(tasks: Sequence[Task], by: str) -> dict[int, tuple[Attendee, ...]]:
    """Who is invited to these, by number, as far as this one may see them and knows their addresses; whose it is comes
    first. Nobody where nobody is invited.
    """
    rights.require(by, "see")
    owners = {task.number: str(task.__data__["owner"]) for task in tasks}
    rows = list(Guest.select().where(Guest.task.in_(list(owners))).order_by(Guest.number)) if owners else []
    known = _known(rows, by) | {(Operator._meta.table_name, id): held for id, held in _operators().items()}
    found: dict[int, list[Attendee]] = {}
    for row in rows:
        if (held := known.get((row.table, row.of))) is not None:
            leads = known.get((Operator._meta.table_name, owners[row.task]))
            first = [leads._replace(leads=True)] if leads is not None else []
            found.setdefault(row.task, first).append(held._replace(answer=row.answer or ""))
    return {task: tuple(those) for task, those in found.items()}


def those_with(addresses: Iterable[str], by: str) -> dict[str, Person]:
    """The contacts, leads and operators with these e-mail addresses, as far as they are shown to this one; each address
    stands for the first that has it.
    """
    rights.require(by, "see")
    wanted = {address.lower() for address in addresses}
    operators = {held.email.lower(): Person(Operator._meta.table_name, id) for id, held in _operators().items()}
    found = {address: operators[address] for address in wanted & operators.keys()}
    for record in PEOPLE if wanted else ():
        if rights.may(by, "see", record) is not None or "email" in rights.hidden(record, by):
            continue
        for held in rights.rows(record, by).where(record.kind("email").is_one_of(sorted(wanted))).limit(200):
            if not held.__data__.get("removed"):
                found.setdefault(held.email.lower(), Person(record._meta.table_name, held.key))
    return found


def _operators() -> Mapping[str, Attendee]:
    """The operators at work who have said what their address is."""
    names = {each.id: each.name or each.id for each in access.operators()}
    said = Preferences.select().where(Preferences.email != "")
    return {held.operator: Attendee(names[held.operator], held.email) for held in said if held.operator in names}


def _known(rows: Sequence[Guest], by: str) -> dict[tuple[str, str], Attendee]:
    found = {}
    for record in PEOPLE:
        table = record._meta.table_name
        keys = [int(row.of) for row in rows if row.table == table and row.of.isdigit()]
        if not keys or rights.may(by, "see", record) is not None or "email" in rights.hidden(record, by):
            continue
        for held in rights.rows(record, by).where(key_field(record).in_(keys)):
            if held.email and not held.__data__.get("removed"):
                found[table, str(held.key)] = Attendee(held.caption(), held.email)
    return found
