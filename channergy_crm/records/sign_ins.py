"""What the program keeps of signing in: who did, and by which password. Never in the journal, in a log or in a file."""

from __future__ import annotations

import peewee

from channergy_crm.store import database


class Login(peewee.Model):
    """Somebody signed in or out, was refused or locked out, or got a new password (VT-58)."""

    number = peewee.AutoField(column_name="LoginNo")
    user = peewee.CharField(column_name="OperatorID", max_length=80, index=True)
    at = peewee.DateTimeField(column_name="LoginDt", index=True)
    what = peewee.CharField(column_name="What", max_length=20)
    station = peewee.CharField(column_name="Workstation", max_length=80)
    by = peewee.CharField(column_name="ByOperatorID", max_length=20)

    class Meta:
        database = database.proxy
        table_name = "CRMLogins"
        legacy_table_names = False


class Password(peewee.Model):
    """What a typed password is compared with."""

    operator = peewee.CharField(column_name="OperatorID", max_length=10, primary_key=True)
    held = peewee.TextField(column_name="PasswordHash")
    must_change = peewee.BooleanField(column_name="MustChange", default=False)
    changed = peewee.DateTimeField(column_name="ChangedDt")

    class Meta:
        database = database.proxy
        table_name = "CRMPasswords"
        legacy_table_names = False


class Stay(peewee.Model):
    """That somebody stays signed in on one workstation, which holds the other half of it."""

    number = peewee.AutoField(column_name="StayNo")
    operator = peewee.CharField(column_name="OperatorID", max_length=10, index=True)
    held = peewee.CharField(column_name="TokenHash", max_length=64, unique=True)
    station = peewee.CharField(column_name="Workstation", max_length=80)
    until = peewee.DateTimeField(column_name="UntilDt")

    class Meta:
        database = database.proxy
        table_name = "CRMStays"
        legacy_table_names = False


SIGN_INS: list[type[peewee.Model]] = [Login, Password, Stay]
