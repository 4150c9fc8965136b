"""The call log: every call that was made, taken or missed, and how it went (BX-7)."""

from __future__ import annotations

from enum import StrEnum

import peewee

from channergy_crm import phones
from channergy_crm.fields import Flag, Link, LongText, Lookup, Moment, Number, Phone, RecordNumber, Text, Website
from channergy_crm.language import N_, _
from channergy_crm.records.operators import Operator
from channergy_crm.records.people import Account, Contact, Customer, Lead
from channergy_crm.records.sales import Opportunity
from channergy_crm.store import database
from channergy_crm.work.about import About
from channergy_crm.work.record import Record, is_one_of

Called = Lead | Account | Contact | Customer
"""whom one calls"""


class Direction(StrEnum):
    """Who called whom."""

    OUT = N_("outgoing")
    IN = N_("incoming")


class PhoneCall(Record):
    """A call, with whom and about what, how long it lasted and what it came to.

    `seconds` is what the bridge measured, or, where no bridge tells the end of a call, the time somebody spent at the
    desk with it (`measured` is off). `wrap_up` are the seconds from there until the next one was begun (BX-45).
    """

    number = RecordNumber("Call #", column_name="CallNo")
    lead = Link(Lead, "Lead #", column_name="LeadNo", width=10)
    account = Link(Account, "CRM Account #", column_name="CRMAccountNo", width=10)
    customer = Link(Customer, "Customer #", column_name="CustNo", width=10)
    contact = Link(Contact, "Contact #", column_name="ContactNo", width=10)
    opportunity = Link(Opportunity, "Opportunity #", column_name="OpportunityNo", width=10)
    operator = Link(Operator, "Operator ID", column_name="OperatorID", required=True, width=10)
    direction = Text("Direction", column_name="Direction", required=True, limit=40, width=10)
    phone = Phone("Number", column_name="Number", personal=True)
    started = Moment("Start", column_name="StartDt", required=True)
    ended = Moment("End", column_name="EndDt")
    seconds = Number("Seconds", column_name="Seconds", width=8)
    measured = Flag("Measured", column_name="IsMeasured", width=10)
    wrap_up = Number("Wrap-up (s)", column_name="WrapUpSeconds", width=10)
    code = Lookup("Call Code", column_name="CallCode", table="CRMLeads", limit=120)
    reached = Flag("Reached", column_name="IsReached", width=10)
    note = LongText("Note", column_name="Note", personal=True)
    bridge = Text("Bridge", column_name="Bridge", limit=40, width=16)
    list_name = Text("List", column_name="ListName", limit=80, width=20)
    zone = Text("Time Zone", column_name="TimeZone", limit=60, width=20)
    override = Text("Although", column_name="Override", limit=2000, personal=True, width=40)
    recording = Website("Recording", column_name="RecordingUrl", personal=True, width=30)

    singular = "Call"
    plural = "Calls"
    about = About(icon="phone", detail=("started", "code", "phone"), rights="CRMLeads", rank=80)

    class Meta:
        table_name = "CRMCalls"
        indexes = ((("operator", "started"), False), (("lead", "started"), False))

    @classmethod
    def owned_by(cls, *owners: str) -> peewee.ColumnBase:
        of_theirs = Lead.select(Lead.number).where(Lead.owned_by(*owners))
        return is_one_of(cls.operator, owners) | cls.lead.in_(of_theirs)

    @classmethod
    def concerning(cls, record: Called) -> peewee.ColumnBase:
        """The condition for the calls to this one."""
        names = {Lead: cls.lead, Account: cls.account, Contact: cls.contact, Customer: cls.customer}
        return is_one_of(names[type(record)], [record.key])

    def caption(self) -> str:
        return _("Call {number}").format(number=self.number)


# What figures are made of, so that the table itself need not be read: by what came of the calls, in the order
# in which they are counted, and by when they were made (BX-23).
PhoneCall.add_index(
    PhoneCall.operator, PhoneCall.code, PhoneCall.list_name, PhoneCall.reached, PhoneCall.measured, PhoneCall.started,
    PhoneCall.direction, PhoneCall.seconds, name="CRMCalls_came_to",
)  # fmt: skip
PhoneCall.add_index(
    PhoneCall.started, PhoneCall.zone, PhoneCall.reached, PhoneCall.direction, PhoneCall.operator, PhoneCall.list_name,
    name="CRMCalls_when",
)  # fmt: skip


class DialRow(peewee.Model):
    """That a number was dialed: what is counted, whatever becomes of the call (BX-43).

    The program's own bookkeeping: it stands in no journal and nobody undoes it, for a telephone has rung.
    """

    number = peewee.AutoField(column_name="DialNo")
    key = peewee.CharField(column_name="NumberKey", max_length=40)
    """the number in its international form, or its digits where it has none"""
    dialed = peewee.DateTimeField(column_name="DialedDt")
    by = peewee.CharField(column_name="OperatorID", max_length=10)
    lead = peewee.IntegerField(column_name="LeadNo", null=True)

    class Meta:
        database = database.proxy
        table_name = "CRMDials"
        legacy_table_names = False
        indexes = ((("key", "dialed"), False), (("lead", "dialed"), False))


class ClaimRow(peewee.Model):
    """Who has taken a lead out of a queue, and until when by the clock of the store: seconds since 1970.

    Two operators never get the same one. `holder` is the window.
    """

    lead = peewee.IntegerField(column_name="LeadNo", primary_key=True)
    by = peewee.CharField(column_name="OperatorID", max_length=10)
    holder = peewee.CharField(column_name="Holder", max_length=40)
    until = peewee.BigIntegerField(column_name="UntilSeconds")
    list_name = peewee.CharField(column_name="ListName", max_length=80, default="")
    """the list it was taken out of, for its calls a day (BX-46)"""

    class Meta:
        database = database.proxy
        table_name = "CRMClaims"
        legacy_table_names = False
        indexes = ((("holder",), False), (("list_name",), False))


def zone_of(called: Called, number: str = "") -> str:
    """The zone somebody lives in: the lead's own, or the one this number of theirs, or their first one, tells if it is
    one alone; "" otherwise.
    """
    if isinstance(called, Lead):
        return called.time_zone or ""
    first = called.phone or called.other_phone or ""
    zones = phones.time_zones(number.strip() or first, database.region())
    return zones[0] if len(zones) == 1 else ""


def links_of(record: Record, about: Opportunity | None = None) -> dict[str, object]:
    """What a call to this one stands with: a contact brings its customer and the account of that."""
    if isinstance(record, Lead):
        return {"lead": record.key, "account": record.account, "customer": record.customer,
                "opportunity": record.opportunity}  # fmt: skip
    found: dict[str, object] = {}
    if isinstance(record, Account):
        found = {"account": record.key, "customer": record.customer}
    elif isinstance(record, (Contact, Customer)):
        customer = record.customer if isinstance(record, Contact) else record.key
        account = Account.select(Account.number).where(Account.customer == customer)
        found = {"customer": customer, "account": about.account if about else account.scalar() if customer else None}
        found |= {"contact": record.key} if isinstance(record, Contact) else {}
    return found | ({"opportunity": about.key} if about is not None else {})
