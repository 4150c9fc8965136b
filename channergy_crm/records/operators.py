"""Operators: who works in the office."""

from __future__ import annotations

import peewee

from channergy_crm.fields import Flag, Kind, Text
from channergy_crm.language import _
from channergy_crm.work.about import ADMINISTRATORS, About, Called
from channergy_crm.work.record import Record


class OperatorCode(Kind[str], peewee.CharField[str]):
    """The short name an operator signs with, such as ANN."""

    def check(self, value: str | None) -> str | None:
        if not value or not str(value).strip():
            return _("An operator needs a short ID such as ANN.")
        if len(value) > 10 or value != value.strip() or not value.isprintable():
            return _("An operator's ID has at most 10 characters, without a space at its ends.")
        return None


class Operator(Record):
    """Somebody who works in the office and owns leads, accounts, opportunities and tasks."""

    id = OperatorCode("Operator ID", column_name="OperatorID", max_length=10, primary_key=True, required=True, width=10)
    name = Text("Name", column_name="Name", required=True, limit=80)
    active = Flag("Active", column_name="IsActive", default=True, constraints=[peewee.SQL("DEFAULT TRUE")])
    administrator = Flag("Administrator", column_name="IsAdministrator", width=12)
    group = Flag("Group", column_name="IsGroup", system=True, hidden=True)

    singular = "Operator"
    plural = "Operators"
    about = About(called=Called(("id", "name"), lambda id, name: (id, name), new="name"), rights=ADMINISTRATORS)

    class Meta:
        table_name = "Operators"

    def caption(self) -> str:
        return f"{self.name} ({self.id})"
