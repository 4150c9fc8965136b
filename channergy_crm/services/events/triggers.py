"""What an event may wait for, and what each of these asks of whoever writes the event (VS-3, VS-8).

A field that is watched is held by its python name, a value as the field stores it: of a list the stored value, not what
people read. Lengths of time are whole days, counted on the office's calendar.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.records import BY_TABLE, PhoneCall

if TYPE_CHECKING:
    from channergy_crm.fields import Kind
    from channergy_crm.records.events import Event
    from channergy_crm.work.record import Record

FIRST = "first"
"""in the place of a field: of an order, the first one alone"""
UNITS = {"day": N_("days"), "week": N_("weeks"), "month": N_("months"), "year": N_("years")}
LEADS, ACCOUNTS, CONTACTS = "CRMLeads", "CRMAccounts", "CustomerContacts"
CUSTOMERS, DEALS = "Customers", "CRMOpportunities"
ALL = (LEADS, ACCOUNTS, CONTACTS, CUSTOMERS, DEALS)
DAY, MOMENT = "day", "moment"


class Hit(NamedTuple):
    """That something has happened: to which record, and which time it was; the same time is always said the same."""

    table: str
    key: object
    occurrence: str


class Trigger(NamedTuple):
    """One thing an event may wait for: its name, what people call it, for which tables it makes sense, and which
    fields of the event it `asks` for.

    `field`: a field of the record (`fields`) · `value`: one of `kind_of` · `amount` with `unit`: a length of time; of a
    date so long before it, below zero so long after · `yearly` · `code`: the result of a call, in `value` · `first`:
    `Event.field` is FIRST for the first one alone · `event`: the number of another event, in `value`.
    """

    name: str
    label: str
    tables: tuple[str, ...]
    asks: frozenset[str] = frozenset()


TRIGGERS: dict[str, Trigger] = {
    each.name: each
    for each in (
        Trigger("created", N_("is created"), ALL),
        Trigger("value", N_("a field takes a value"), ALL, frozenset({"field", "value"})),
        Trigger("no_order", N_("no order for"), (ACCOUNTS, CUSTOMERS), frozenset({"amount", "unit"})),
        Trigger("no_contact", N_("no contact for"), ALL, frozenset({"amount", "unit"})),
        Trigger("no_change", N_("no change for"), (LEADS, ACCOUNTS, CONTACTS, DEALS), frozenset({"amount", "unit"})),
        Trigger("date", N_("a day comes near or has passed"), ALL, frozenset({"field", "amount", "unit", "yearly"})),
        Trigger("won", N_("a deal is won"), (DEALS,)),
        Trigger("lost", N_("a deal is lost"), (DEALS,)),
        Trigger("in_stage", N_("a deal stands in a stage for"), (DEALS,), frozenset({"value", "amount"})),
        Trigger("call", N_("a call ends with a result"), ALL, frozenset({"code"})),
        Trigger("order", N_("an order comes in"), (ACCOUNTS, CUSTOMERS), frozenset({"first"})),
        Trigger("done", N_("the follow-up of another rule is done"), ALL, frozenset({"event"})),
    )
}
"""in the order in which they are offered"""


def offered(table: str) -> list[Trigger]:
    """What an event about these records may wait for."""
    return [each for each in TRIGGERS.values() if table in each.tables]


def record_of(event: Event) -> type[Record]:
    """The record type an event is about."""
    return BY_TABLE[event.table]


def fields(trigger: str, table: str) -> dict[str, Kind[object]]:
    """The fields an event may watch with this trigger, by python name: declared ones and the office's own."""
    kinds = BY_TABLE[table].offered()
    if trigger == "date":
        return {name: kind for name, kind in kinds.items() if kind.written_as in (DAY, MOMENT)}
    if trigger == "value":
        return {
            name: kind
            for name, kind in kinds.items()
            if not (kind.kept or kind.primary_key or kind.written_as == MOMENT)
        }
    return {}


def kind_of(event: Event) -> Kind[object] | None:
    """The field whose value is asked for; None where no value is, or the field is not chosen yet."""
    if event.trigger == "value":
        return fields("value", event.table).get(event.field)
    if event.trigger == "in_stage":
        return record_of(event).kind("stage")
    return PhoneCall.kind("code") if event.trigger == "call" else None


def check(event: Event) -> None:
    """`Mistake`, with the python name of the event's field, where what it waits for is not said completely."""
    trigger = TRIGGERS.get(event.trigger or "")
    if trigger is None or event.table not in BY_TABLE:
        raise Mistake(_("Choose what happens."), "trigger")
    if event.table not in trigger.tables:
        raise Mistake(_("That does not happen to these records."), "trigger")
    if "field" in trigger.asks and event.field not in fields(trigger.name, event.table):
        raise Mistake(_("Choose a field."), "field")
    if "amount" in trigger.asks:
        _check_amount(event)
    if "code" in trigger.asks and not event.value:
        raise Mistake(_("Choose the result of the call."), "value")
    if "event" in trigger.asks and not (event.value or "").isdigit():
        raise Mistake(_("Choose the rule whose follow-up is done."), "value")


def _check_amount(event: Event) -> None:
    if event.amount is None or (event.trigger != "date" and event.amount < 1):
        raise Mistake(_("Say how long: a whole number from 1."), "amount")
    if (event.unit or DAY) not in UNITS:
        raise Mistake(_("Days, weeks, months or years."), "unit")
