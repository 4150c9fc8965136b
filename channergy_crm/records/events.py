"""CRM events: rules that make follow-ups by themselves, what they have made, and what was rerouted (VS-3…VS-21, BX-30).

An event is the rule; a follow-up is the task it has made (K18).
"""

from __future__ import annotations

from enum import StrEnum

import peewee

from channergy_crm.fields import (
    Date,
    Flag,
    Link,
    LongText,
    Lookup,
    Moment,
    Number,
    RecordNumber,
    Text,
    Time,
)
from channergy_crm.language import N_, _, quoted
from channergy_crm.records.activities import Task
from channergy_crm.records.operators import Operator
from channergy_crm.store import database
from channergy_crm.work.about import About
from channergy_crm.work.record import Record


class EventType(StrEnum):
    """What an event is for (VS-6, VS-8)."""

    PRACTICE = N_("best practice")
    MARKETING = N_("marketing")


class EventState(StrEnum):
    """Whether an event is at work (VS-9, VS-10)."""

    WRITTEN = N_("being written")
    ACTIVE = N_("active")
    OFF = N_("off")


class GoesTo(StrEnum):
    """Who gets what an event makes. A group as a whole owns it together; *turn* deals it out among its members."""

    OWNER = N_("who owns the record")
    SUPERVISOR = N_("the supervisor of the owner")
    OPERATOR = N_("one operator")
    GROUP = N_("a group")
    TURN = N_("a group, in turn")
    ROLE = N_("a role, in turn")


class EndsBy(StrEnum):
    """What closes an open follow-up by itself."""

    NOTHING = ""
    ORDER = N_("an order of the customer")
    CONTACT = N_("a call that reached somebody")
    CHANGE = N_("a change of the record")
    CLOSED = N_("the end of the deal")


class FellTo(StrEnum):
    """Who got a follow-up instead, because the first choice has nobody at work."""

    ELSE = N_("who is named instead")
    OWNER = N_("who owns the record")
    WRITER = N_("who wrote the event")


class Event(Record):
    """When something happens to a record, somebody gets a task: what happens, to which records, and what then.

    `trigger` is a name of `services.events.triggers`; `amount` with `unit` is its length of time, `field` and `value`
    what it watches. `filter_text` is typed as in lists. Due `due_after` days later, at `due_time`.
    """

    number = RecordNumber("Event #", column_name="EventNo")
    name = Text("Name", column_name="EventName", required=True, limit=120, width=36)
    type = Text("Type", column_name="EventType", required=True, system=True, limit=40)
    state = Text("State", column_name="State", required=True, system=True, limit=40, default=EventState.WRITTEN.value)
    trigger = Text("What happens", column_name="TriggerName", required=True, system=True, limit=40)
    table = Text("Table", column_name="TableName", required=True, system=True, limit=60)
    field = Text("Field", column_name="FieldName", system=True, limit=64)
    value = Text("Value", column_name="FieldValue", limit=250)
    amount = Number("Days or months", column_name="Amount", least=-3_650, most=3_650)
    unit = Text("Unit of time", column_name="TimeUnit", system=True, limit=40)
    yearly = Flag("Every year", column_name="IsYearly")
    filter_text = Text("Only for", column_name="FilterText", limit=2000)
    existing = Flag("Existing records count", column_name="IsExisting", default=True)
    action = Text("Action", column_name="ActionText", required=True, limit=500, width=40)
    notes = LongText("Notes", column_name="NotesText", limit=10_000)
    due_after = Number("Due after", column_name="DueAfter", most=3_650, default=0)
    due_working = Flag("Working days", column_name="IsDueWorking")
    due_time = Time("At", column_name="DueTime")
    country = Text("Holidays of", column_name="Country", limit=40)
    priority = Lookup("Priority", column_name="Priority", table="CustServ", width=10)
    goes_to = Text("Goes to", column_name="GoesTo", required=True, system=True, limit=40, default=GoesTo.OWNER.value)
    receiver = Text("Receiver", column_name="ReceiverID", system=True, limit=40)
    otherwise = Text("Else", column_name="ElseID", system=True, limit=40)
    most_a_day = Number("At most a day and person", column_name="MostADay", least=1, most=1_000)
    ends_by = Text("Ended by", column_name="EndsBy", system=True, limit=40)
    done_field = Text("When done, set", column_name="DoneField", system=True, limit=64)
    done_value = Text("To", column_name="DoneValue", limit=250)
    shelf = Text("Ready event", column_name="ShelfName", system=True, limit=40)
    written_by = Link(Operator, "Written by", column_name="WriterID", system=True, width=10)
    changed_on = Moment("Activated or switched off", column_name="StateDt", system=True)

    singular = "Event"
    plural = "Events"
    about = About(internal=True)

    class Meta:
        table_name = "CRMEvents"

    def caption(self) -> str:
        return quoted(self.name) if self.name else _("Event {number}").format(number=self.number)


class FollowUp(Record):
    """A task an event has made for a record, and for which occurrence: never twice for the same.

    Without a task it waits: whoever is to get it has enough for the day (`Event.most_a_day`). `receiver` is for whom it
    was made, whoever has the task by now; `fell` is a `FellTo`, "" where it went to the first choice.
    """

    number = RecordNumber("Follow-up #", column_name="FollowUpNo")
    event = Link(Event, "Event #", column_name="EventNo", required=True, system=True, along=True)
    table = Text("Table", column_name="TableName", required=True, system=True, limit=60)
    of = Text("Record #", column_name="RecordNo", required=True, system=True, limit=60)
    occurrence = Text("Occurrence", column_name="Occurrence", required=True, limit=60)
    task = Link(Task, "Task #", column_name="CustServNo", system=True, index=False, along=True)
    made = Moment("Made", column_name="MadeDt", system=True)
    receiver = Text("Receiver", column_name="ReceiverID", system=True, limit=40)
    fell = Text("Went to", column_name="FellTo", system=True, limit=40)

    singular = "Follow-up"
    plural = "Follow-ups"
    about = About(internal=True)

    class Meta:
        table_name = "CRMFollowUps"
        indexes = (
            (("event", "table", "of", "occurrence"), True), (("table", "of"), False),
            (("event", "task", "receiver"), False), (("event", "made"), False),
            (("task", "event", "made", "fell"), False), (("made", "task"), False),
        )  # fmt: skip

    def caption(self) -> str:
        return _("Follow-up {number}").format(number=self.number)


class Rerouting(Record):
    """That a task went from one operator to another, until a day or for good; `back` says when it came home (VS-15)."""

    number = RecordNumber("Rerouting #", column_name="RerouteNo")
    task = Link(Task, "Task #", column_name="CustServNo", required=True, system=True, along=True)
    giver = Link(Operator, "From", column_name="FromID", required=True, system=True, width=10)
    receiver = Link(Operator, "To", column_name="ToID", required=True, system=True, width=10)
    until = Date("Until", column_name="UntilDt")
    note = Text("Note", column_name="Note", limit=250, width=40)
    made = Moment("Made", column_name="MadeDt", system=True)
    back = Moment("Came back", column_name="BackDt", system=True)

    singular = "Rerouting"
    plural = "Reroutings"
    about = About(internal=True)

    class Meta:
        table_name = "CRMReroutes"
        indexes = ((("until",), False),)

    def caption(self) -> str:
        return _("Rerouting {number}").format(number=self.number)


class LookRow(peewee.Model):
    """How far an active event has looked: the moment, the last unit of the journal, the last number of a table the
    suite writes past the journal, and the last order that has ended follow-ups. The program's own bookkeeping.
    """

    event = peewee.IntegerField(column_name="EventNo", primary_key=True)
    looked = peewee.DateTimeField(column_name="LookedDt")
    unit = peewee.IntegerField(column_name="UnitNo", default=0)
    last = peewee.IntegerField(column_name="LastNo", default=0)
    order = peewee.IntegerField(column_name="LastOrderNo", default=0)

    class Meta:
        database = database.proxy
        table_name = "CRMEventLooks"
        legacy_table_names = False
