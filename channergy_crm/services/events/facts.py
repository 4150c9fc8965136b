"""What happened, as the texts of an event may say it: its name, and the day it is about, such as that of the last order
(BX-30, VS-5).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import peewee

from channergy_crm.language import N_, _
from channergy_crm.records import Order
from channergy_crm.records.events import Event
from channergy_crm.services.events import days
from channergy_crm.services.events.about import Sql, one_of, said
from channergy_crm.services.events.triggers import FIRST
from channergy_crm.services.filling import RECORDS, Offered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from channergy_crm.services.events.subjects import Subject

NAME, SINCE = "event.name", "event.since"
_SINCE = {
    "no_order": N_("Last order"),
    "no_contact": N_("Last contact"),
    "no_change": N_("Last change"),
    "date": N_("The day that comes near or has passed"),
    "in_stage": N_("In this stage since"),
    "order": N_("The day of the order"),
}
"""by trigger, what the day is called that an event is about"""


def offered(trigger: str) -> list[Offered]:
    """What texts may ask for where this is waited for."""
    group = _(Event.singular)
    found = [Offered(SINCE, _(_SINCE[trigger]), group)] if trigger in _SINCE else []
    return [*found, Offered(NAME, _("Name of the event"), group)]


def fields(event: Event) -> list[str]:
    """The fields of the record by which its day is known, as texts call them."""
    own = next((word for word, record in RECORDS.items() if record._meta.table_name == event.table), "")
    return [f"{own}.{event.field}"] if event.trigger == "date" and event.yearly else []


class Days:
    """The days an event is about, by record and occurrence."""

    def __init__(self, event: Event) -> None:
        self._event = event
        self._ordered: dict[str, date] = {}
        self._first: dict[object, date] = {}

    def learn(self, those: Iterable[tuple[Subject, str]]) -> None:
        """Read what is not said by the occurrence itself: the days of orders."""
        if self._event.trigger != "order":
            return
        pairs, day = list(those), Order.ordered_on
        numbers = [int(occurrence) for _subject, occurrence in pairs if occurrence.isdigit()]
        rows: Sql = Order.select(Order.number, day).where(one_of(Order.number, numbers) & day.is_null(False))
        self._ordered = {str(number): on for number, on in rows.tuples()}
        customers = {_customer(subject) for subject, occurrence in pairs if occurrence == FIRST} - {None}
        firsts: Sql = Order.select(Order.customer, peewee.fn.MIN(day)).where(one_of(Order.customer, customers))
        self._first = {number: on for number, on in firsts.group_by(Order.customer).tuples() if on}

    def day(self, subject: Subject, occurrence: str) -> date | None:
        """The day this time is about; None where nothing is known of it."""
        event = self._event
        if event.trigger == "order":
            return self._first.get(_customer(subject)) if occurrence == FIRST else self._ordered.get(occurrence)
        if event.yearly and event.trigger == "date":
            held = subject.values.get(event.field)
            return days.kept_on(date.fromisoformat(said(held)), int(occurrence)) if held else None
        try:
            return date.fromisoformat(said(occurrence.rpartition("@")[2]))
        except ValueError:
            return None


def _customer(subject: Subject) -> object:
    return subject.around.get("customer", {}).get("number")
