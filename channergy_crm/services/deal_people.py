"""Contacts and operators of a deal: linked in a role, put in order, taken off, one step each (SI-29, SI-30).

They are a part of the deal: whoever may change the deal links them, whoever sees it sees them. Each step counts as
work on the deal and stands in its history.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from channergy_crm import work
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.records import Account, Contact, DealContact, DealOperator, Operator, Opportunity, Task
from channergy_crm.records.deal_people import taking_part
from channergy_crm.services import gate, reading, rights
from channergy_crm.work import key_field

if TYPE_CHECKING:
    from channergy_crm.work.record import Record

Linked = DealContact | DealOperator
L = TypeVar("L", bound=Linked)
WHOM: dict[type[Any], str] = {DealContact: "contact", DealOperator: "operator"}
"""the field that says who has a part"""


class Part(NamedTuple):
    """Somebody's part in a deal: the number of the link, who it is (a contact's number or an operator's ID), what they
    are called, in which role, what they are (a title, an ID), and the number they are dialed by.
    """

    number: int
    key: object
    name: str
    role: str
    title: str = ""
    phone: str = ""


def contacts(deal: int, by: str) -> list[Part]:
    """The contacts of a deal in their order, the one who is dialed first at the head (SI-29)."""
    _seen(deal, by)
    hidden, found = rights.hidden(Contact, by), []
    for row in _rows(DealContact, deal):
        held = Contact.find(row.contact)
        if held is None or rights.may(by, "see", held):
            continue
        title = "" if "title" in hidden else held.title or ""
        phone = "" if "phone" in hidden else gate.first_number(held)
        found.append(Part(row.number, held.number, held.caption(), row.role or "", title, phone))
    return found


def operators(deal: int, by: str) -> list[Part]:
    """The operators who take part in a deal that is somebody else's, in their order (SI-30)."""
    _seen(deal, by)
    found = []
    for row in _rows(DealOperator, deal):
        held = Operator.find(row.operator)
        if held is not None:
            name = held.name if held.active else _("{name} (retired)").format(name=held.name)
            found.append(Part(row.number, held.id, name, row.role or "", held.id))
    return found


def first_contact(deal: int, by: str) -> Contact | None:
    """Whom F9 dials: the first contact of a deal who has a number; None where the account is dialed."""
    dialed = next((part for part in contacts(deal, by) if part.phone), None)
    return reading.find(Contact, dialed.key, by) if dialed is not None else None


def follow_ups(deal: int, by: str) -> list[Task]:
    """The open tasks of a deal, the most urgent first (SI-25)."""
    _seen(deal, by)
    todo = rights.rows(Task, by).where(Task.is_crm & (Task.opportunity == deal) & ~Task.closed)
    first = (Task.reminder_date.asc(nulls="LAST"), Task.reminder_time.asc(nulls="LAST"), Task.number)
    return list(todo.order_by(*first))


def part_of(record: type[Record], whose: str, by: str) -> object:
    """The condition for the deals this operator takes part in, for their accounts and linked contacts (SI-30)."""
    rights.require(by, "see", record)
    theirs = taking_part(record, whose)
    return key_field(record).is_null() if theirs is None else theirs


def contacts_offered(deal: int, by: str) -> object:
    """The condition for the contacts that can be linked: those of the account who are not linked yet."""
    held = _seen(deal, by)
    account = Account.find(held.account)
    customer = account.customer if account is not None and account.customer is not None else -1
    linked = DealContact.select(DealContact.contact).where(DealContact.deal == deal)
    return (Contact.customer == customer) & Contact.number.not_in(linked)


def operators_offered(deal: int, by: str) -> object:
    """The condition for the operators that can be linked: who works here, owns it not and is not linked yet."""
    held = _seen(deal, by)
    linked = DealOperator.select(DealOperator.operator).where(DealOperator.deal == deal)
    return Operator.active & ~Operator.group & (Operator.id != held.owner) & Operator.id.not_in(linked)


def link_contact(deal: int, contact: int, by: str, role: str = "") -> DealContact:
    """Link a contact of the account to a deal, behind those who are linked already."""
    held = _changeable(deal, by)
    who = reading.find(Contact, contact, by)
    account = Account.find(held.account)
    if who is None or account is None or who.customer is None or who.customer != account.customer:
        said = _("Only contacts of {account} can be linked to this deal.")
        raise Mistake(said.format(account=account.caption() if account is not None else _("its account")))
    return _link(DealContact(deal=deal, contact=contact, role=role), held, who, by)


def link_operator(deal: int, operator: str, by: str, role: str = "") -> DealOperator:
    """Link somebody who works here to a deal that is somebody else's; they see it from now on (SI-30)."""
    held, who = _changeable(deal, by), Operator.find(operator)
    if who is None or not who.active or who.group:
        raise Mistake(_("There is no operator {operator} at work.").format(operator=operator))
    if held.owner == who.id:
        raise Mistake(_("The deal belongs to {name}.").format(name=who.name))
    return _link(DealOperator(deal=deal, operator=operator, role=role), held, who, by)


def set_role(linked: type[Linked], number: int, role: str, by: str) -> None:
    """Say in which role somebody has a part in a deal."""
    row, held = _found(linked, number, by)
    if (row.role or "") == role:
        return
    with work.unit("Change the role of {name} in {deal}", by=by, name=row.caption(), deal=held.caption()):
        row.role = role
        row.save()
        _worked_on(held)


def move(linked: type[Linked], number: int, steps: int, by: str) -> None:
    """Move somebody so many places up (negative) or down among those of the same deal; at an end nothing happens."""
    row, held = _found(linked, number, by)
    rows = _rows(linked, held.number)
    place = next(place for place, each in enumerate(rows) if each.number == number)
    wanted = min(max(place + steps, 0), len(rows) - 1)
    if wanted == place:
        return
    rows.insert(wanted, rows.pop(place))
    said = N_("Move {name} up in {deal}") if steps < 0 else N_("Move {name} down in {deal}")
    with work.unit(said, by=by, name=row.caption(), deal=held.caption()):
        for new, each in enumerate(rows, 1):
            each.place = new
            each.save()
        _worked_on(held)


def unlink(linked: type[Linked], number: int, by: str) -> str:
    """Take somebody off a deal; undo brings the link back. What they are called."""
    row, held = _found(linked, number, by)
    name = row.caption()
    with work.unit("Take {name} off {deal}", by=by, name=name, deal=held.caption()):
        row.delete_instance()
        _worked_on(held)
    return name


def _link(row: L, held: Opportunity, who: Contact | Operator, by: str) -> L:
    linked = type(row)
    there = _rows(linked, held.number)
    if any(each.__data__[WHOM[linked]] == who.key for each in there):
        raise Mistake(_("{name} is linked to this deal already.").format(name=who.caption()))
    row.place = max((each.place or 0 for each in there), default=0) + 1
    with work.unit("Link {name} to {deal}", by=by, name=who.caption(), deal=held.caption()):
        row.save()
        _worked_on(held)
    return row


def _worked_on(held: Opportunity) -> None:
    """It counts as work on the deal and stands in its history, also twice within a second."""
    before = held.last_activity
    held.save()
    if held.last_activity == before:
        same = {"last_activity": before}
        work.current().note(Opportunity, held.number, "update", same, same)


def _rows(linked: type[Any], deal: int) -> list[Any]:
    here = linked.select().where(linked.deal == deal)
    return list(here.order_by(linked.place.asc(nulls="LAST"), linked.number))


def _found(linked: type[Linked], number: int, by: str) -> tuple[Linked, Opportunity]:
    rights.require(by, "edit", Opportunity)
    row = linked.find(number)
    if row is None:
        raise Mistake(_("{record} {number} is not there any more.").format(record=linked.singular, number=number))
    return row, _changeable(row.deal, by)


def _seen(deal: int, by: str) -> Opportunity:
    return _there(reading.find(Opportunity, deal, by), deal)


def _changeable(deal: int, by: str) -> Opportunity:
    rights.require(by, "edit", Opportunity)
    held = _seen(deal, by)
    rights.require(by, "edit", held)
    return held


def _there(held: Opportunity | None, deal: int) -> Opportunity:
    if held is None:
        raise Mistake(_("{record} {number} is not there any more.").format(record=Opportunity.singular, number=deal))
    return held
