"""What the office sends to people: every message with what became of it, and the batches they were sent in (SI-24).

The program's own bookkeeping: it stands in no journal and nobody undoes it, for what was sent is sent. All outgoing
messages stand here, whatever way they go.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import peewee

from channergy_crm.language import N_
from channergy_crm.records.people import Account, Contact, Customer, Lead
from channergy_crm.records.sales import Opportunity
from channergy_crm.store import database

if TYPE_CHECKING:
    from channergy_crm.work.record import Record


class State(StrEnum):
    """What has become of a message.

    *Sending* is written down before the gateway hears of it, so that after a crash nothing is sent twice; *unknown* is
    what may have been sent, and waits for the gateway or a person to say so.
    """

    WAITING = N_("waiting")
    SENDING = N_("sending")
    SENT = N_("sent")
    DELIVERED = N_("delivered")
    FAILED = N_("failed")
    UNKNOWN = N_("unknown")
    CANCELLED = N_("cancelled")


SMS = "sms"
WITH_A_WISH: tuple[type[Lead | Contact | Customer], ...] = (Lead, Contact, Customer)
"""who can ask for no SMS"""
WRITTEN_TO: tuple[type[Record], ...] = (Lead, Account, Contact, Customer, Opportunity)
"""the records to whose people a message can be sent"""

for _record in WITH_A_WISH:  # hardly anybody has asked, and before every message they are looked for
    _record.add_index(
        _record.sms_opt_out, where=_record.sms_opt_out, name=f"{_record._meta.table_name}_no_sms"
    )  # fmt: skip


class BatchRow(peewee.Model):
    """Messages that were sent together. The key is made when somebody begins to write: pressing twice makes one."""

    key = peewee.CharField(column_name="BatchKey", max_length=40, primary_key=True)
    channel = peewee.CharField(column_name="Channel", max_length=20)
    template = peewee.TextField(column_name="Template")
    by = peewee.CharField(column_name="OperatorID", max_length=10)
    made = peewee.DateTimeField(column_name="CreateDt", index=True)
    left_out = peewee.IntegerField(column_name="LeftOut", default=0)
    """how many were not written to"""

    class Meta:
        database = database.proxy
        table_name = "CRMMessageBatches"
        legacy_table_names = False


class MessageRow(peewee.Model):
    """One message to one person, a record by its table and number; the text as it is sent."""

    number = peewee.AutoField(column_name="MessageNo")
    channel = peewee.CharField(column_name="Channel", max_length=20)
    batch = peewee.CharField(column_name="BatchKey", max_length=40)
    table = peewee.CharField(column_name="TableName", max_length=60)
    key = peewee.CharField(column_name="RecordNo", max_length=60)
    address = peewee.TextField(column_name="Address")
    text = peewee.TextField(column_name="Text")
    parts = peewee.IntegerField(column_name="Parts", default=1)
    reference = peewee.CharField(column_name="Reference", max_length=40, unique=True)
    """ours: what the gateway may be asked by"""
    gateway_id = peewee.CharField(column_name="GatewayId", max_length=120, null=True)
    """its own"""
    state = peewee.CharField(column_name="State", max_length=20)
    error = peewee.TextField(column_name="LastError", default="")
    """in words: why it failed, waits or is not known"""
    cost = peewee.CharField(column_name="Cost", max_length=40, default="")
    """as the gateway says it, "" where it does not"""
    by = peewee.CharField(column_name="OperatorID", max_length=10)
    made = peewee.DateTimeField(column_name="CreateDt")
    changed = peewee.DateTimeField(column_name="StateDt")
    next_try = peewee.DateTimeField(column_name="NextTryDt", null=True)
    """not before then it is sent, or the gateway asked about it; None: at once, or not at all"""

    class Meta:
        database = database.proxy
        table_name = "CRMMessages"
        legacy_table_names = False
        indexes = ((("batch", "state"), False), (("state", "next_try"), False), (("table", "key", "made"), False))
