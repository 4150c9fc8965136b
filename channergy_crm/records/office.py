"""What the office as a whole has chosen."""

from __future__ import annotations

import peewee

from channergy_crm.fields import Kind, Text
from channergy_crm.work.about import ADMINISTRATORS, About
from channergy_crm.work.record import Record


class SettingName(Kind[str], peewee.CharField[str]):
    """The name of a setting of the office."""


class OfficeSetting(Record):
    """One setting of the office, the same on every workstation."""

    name = SettingName("Name", column_name="Name", max_length=60, primary_key=True)
    value = Text("Value", column_name="Value", limit=2_000)

    singular = "Setting"
    plural = "Settings"
    about = About(internal=True, rights=ADMINISTRATORS)

    class Meta:
        table_name = "CRMSettings"
