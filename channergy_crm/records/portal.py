"""What the Customer Portal keeps: links that were mailed, who is inside, files customers sent, who did what how often
(VT-177).

The program's own bookkeeping, in no journal. Neither the token of a link nor that of a visit is kept: only what it
hashes to, so whoever reads these tables cannot enter with what stands there.
"""

from __future__ import annotations

import peewee

from channergy_crm.store import database


class PortalLink(peewee.Model):
    """A link by which a contact may enter, once, until it is too old."""

    held = peewee.CharField(column_name="TokenHash", max_length=64, primary_key=True)
    contact = peewee.IntegerField(column_name="ContactNo", index=True)
    address = peewee.CharField(column_name="AddressHash", max_length=64)
    """of the e-mail address it was mailed to: one that has changed since lets nobody in"""
    mail = peewee.CharField(column_name="Reference", max_length=40)
    """the mail it went by, whose text is emptied when the link is of no use any more"""
    made = peewee.DateTimeField(column_name="CreateDt")
    until = peewee.DateTimeField(column_name="UntilDt", index=True)
    used = peewee.DateTimeField(column_name="UsedDt", null=True)

    class Meta:
        database = database.proxy
        table_name = "CRMPortalLinks"
        legacy_table_names = False


class PortalSession(peewee.Model):
    """That a contact is inside, by one browser, until they leave or are away too long."""

    held = peewee.CharField(column_name="TokenHash", max_length=64, primary_key=True)
    contact = peewee.IntegerField(column_name="ContactNo", index=True)
    address = peewee.CharField(column_name="AddressHash", max_length=64)
    made = peewee.DateTimeField(column_name="CreateDt")
    until = peewee.DateTimeField(column_name="UntilDt", index=True)
    seen = peewee.DateTimeField(column_name="LastSeenDt")

    class Meta:
        database = database.proxy
        table_name = "CRMPortalSessions"
        legacy_table_names = False


class PortalFile(peewee.Model):
    """A document that a customer has sent: they may have it back; what the office put on the ticket stays inside."""

    document = peewee.IntegerField(column_name="DocumentNo", primary_key=True)
    ticket = peewee.IntegerField(column_name="TicketNo", index=True)
    contact = peewee.IntegerField(column_name="ContactNo", index=True)

    class Meta:
        database = database.proxy
        table_name = "CRMPortalFiles"
        legacy_table_names = False


class PortalRate(peewee.Model):
    """When somebody may do a thing as often as ever again, for every portal of the office and after a restart. What is
    kept of them is a hash, until then.
    """

    held = peewee.CharField(column_name="WhoHash", max_length=64, primary_key=True)
    until = peewee.DoubleField(column_name="UntilSeconds", index=True)
    """seconds since 1970"""

    class Meta:
        database = database.proxy
        table_name = "CRMPortalRates"
        legacy_table_names = False


PORTAL: list[type[peewee.Model]] = [PortalLink, PortalSession, PortalFile, PortalRate]
