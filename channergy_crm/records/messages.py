"""What the office sends to people: every message with what became of it, and the batches they were sent in (SI-24,
BX-14).

The program's own bookkeeping: it stands in no journal and nobody undoes it, for what was sent is sent. All outgoing
messages stand here, whatever way they go.
"""

from __future__ import annotations

from enum import StrEnum

import peewee

from channergy_crm.language import N_
from channergy_crm.records.people import Contact, Customer, Lead
from channergy_crm.store import database


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


SMS, EMAIL, NOTICE = "sms", "email", "notice"
"""the ways: a short message, a mail to somebody, a mail to one who works here about a contact of theirs (VT-102)"""
MAILED = (EMAIL, NOTICE)
"""what goes by the office's e-mail server"""
WITH_A_WISH: tuple[type[Lead | Contact | Customer], ...] = (Lead, Contact, Customer)
"""who can ask for no SMS"""
WITH_NO_MAIL: tuple[type[Lead | Contact], ...] = (Lead, Contact)
"""who can ask for no e-mail (VT-98)"""

for _record in WITH_A_WISH:  # hardly anybody has asked, and before every message they are looked for
    _record.add_index(
        _record.sms_opt_out, where=_record.sms_opt_out, name=f"{_record._meta.table_name}_no_sms"
    )  # fmt: skip
for _person in WITH_NO_MAIL:
    _person.add_index(
        _person.email_opt_out, where=_person.email_opt_out, name=f"{_person._meta.table_name}_no_mail"
    )  # fmt: skip
Contact.add_index(Contact.notify_owner, where=Contact.notify_owner, name="CustomerContacts_told")


class BatchRow(peewee.Model):
    """Messages that were sent together. The key is made when somebody begins to write: pressing twice makes one."""

    key = peewee.CharField(column_name="BatchKey", max_length=40, primary_key=True)
    channel = peewee.CharField(column_name="Channel", max_length=20)
    template = peewee.TextField(column_name="Template")
    by = peewee.CharField(column_name="OperatorID", max_length=10)
    made = peewee.DateTimeField(column_name="CreateDt", index=True)
    left_out = peewee.IntegerField(column_name="LeftOut", default=0)
    """how many were not written to"""
    subject = peewee.TextField(column_name="Subject", default="")
    """of mails, with the places for fields in it"""
    attachments = peewee.TextField(column_name="Attachments", default="")
    """the numbers of the documents that go along, as a list in JSON"""
    template_number = peewee.IntegerField(column_name="TemplateNo", null=True)
    campaign = peewee.IntegerField(column_name="CampaignNo", null=True)
    bulk = peewee.BooleanField(column_name="IsBulk", default=False)
    """it went to several: each says how one is written to no more"""

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
    subject = peewee.TextField(column_name="Subject", default="")
    html = peewee.TextField(column_name="Html", default="")
    """of a mail the same text as safe HTML"""
    sender = peewee.TextField(column_name="FromAddress", default="")
    message_id = peewee.CharField(column_name="MessageId", max_length=250, default="")
    """made with the row, so that whoever has got it once can be found by it"""
    said = peewee.TextField(column_name="ServerSaid", default="")
    """the last word of the server"""
    tries = peewee.IntegerField(column_name="Tries", default=0)
    """how often the server has said: later"""

    class Meta:
        database = database.proxy
        table_name = "CRMMessages"
        legacy_table_names = False
        indexes = ((("batch", "state"), False), (("state", "next_try"), False), (("table", "key", "made"), False),
                   (("message_id",), False))  # fmt: skip


class OwnerNoticeRow(peewee.Model):
    """How far the owner of a contact was told of changes: up to which unit, and when a mail about it was made (VT-102).

    The one with number 0 says how far the journal was read.
    """

    contact = peewee.IntegerField(column_name="ContactNo", primary_key=True)
    unit = peewee.IntegerField(column_name="UnitNo")
    told = peewee.DateTimeField(column_name="ToldDt", null=True)
    waits = peewee.BooleanField(column_name="IsWaiting", default=False)
    """there is more to tell, and it is too early"""

    class Meta:
        database = database.proxy
        table_name = "CRMOwnerNotices"
        legacy_table_names = False
