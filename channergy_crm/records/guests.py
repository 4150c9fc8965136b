"""Who is invited to a call, a meeting or a task: contacts, leads, and operators besides the one whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.fields import Link, RecordNumber, Text
from channergy_crm.language import N_, _
from channergy_crm.records.activities import Task
from channergy_crm.records.operators import Operator
from channergy_crm.records.people import Contact, Lead
from channergy_crm.work.about import About
from channergy_crm.work.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from peewee import ColumnBase

YES, NO, MAYBE = "yes", "no", "maybe"
ANSWERS = {"": N_("not answered"), YES: N_("comes"), NO: N_("does not come"), MAYBE: N_("may come")}
INVITED: tuple[type[Record], ...] = (Contact, Lead, Operator)
"""who can be a guest"""


class Guest(Record):
    """That somebody is invited to an entry of the calendar, and what they have answered.

    It is a part of the entry: it goes with it, and comes back with it.
    """

    number = RecordNumber("Guest #", column_name="GuestNo")
    task = Link(Task, "Task #", column_name="CustServNo", required=True, system=True, along=True)
    table = Text("Table", column_name="TableName", required=True, system=True, limit=60)
    of = Text("Record #", column_name="RecordNo", required=True, system=True, limit=60)
    answer = Text("Answer", column_name="Answer")

    singular = "Guest"
    plural = "Guests"
    about = About(internal=True)

    class Meta:
        table_name = "CRMGuests"
        indexes = ((("task", "table", "of"), True), (("table", "of"), False))

    def caption(self) -> str:
        record = next((each for each in INVITED if each._meta.table_name == self.table), None)
        held = record.find(self.of if record is Operator else int(self.of)) if record is not None else None
        return held.caption() if held is not None else _("Guest {number}").format(number=self.number)


def of_record(record: type[Record], keys: Iterable[object]) -> ColumnBase:
    """The condition for the invitations of these records."""
    those: ColumnBase = (Guest.table == record._meta.table_name) & Guest.of.in_([str(key) for key in keys])
    return those


def instead(record: type[Record], keys: Iterable[object], kept: Record) -> None:
    """Whoever was invited as one of these is so as the one that is kept, once; within a unit."""
    table, of = type(kept)._meta.table_name, str(kept.key)
    there = set(Guest.select(Guest.task).where(of_record(type(kept), [of])).scalars())
    for guest in Guest.select().where(of_record(record, keys)).order_by(Guest.number):
        if guest.task in there:
            guest.delete_instance()
            continue
        there.add(guest.task)
        guest.table, guest.of = table, of
        guest.save()


def let_go(records: Iterable[Record]) -> None:
    """These records are deleted: nobody is invited as one of them; within a unit."""
    for record in (each for each in records if type(each) in INVITED):
        for guest in Guest.select().where(of_record(type(record), [record.key])):
            guest.delete_instance()
