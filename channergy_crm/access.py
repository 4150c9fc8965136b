"""Operators, and the one place that answers "may this operator see and do that?"."""

from __future__ import annotations

from typing import Any, Literal

import peewee

from channergy_crm.errors import Refused
from channergy_crm.fields import Flag, Kind, Text
from channergy_crm.record import Record

Deed = Literal["see", "create", "edit", "remove", "convert", "dial", "import", "export", "administer"]


class OperatorCode(Kind[str], peewee.CharField[str]):
    """The short name an operator signs with, such as ANN."""

    def check(self, value: Any) -> str | None:
        if not value or not str(value).strip():
            return "An operator needs a short ID such as ANN."
        if len(value) > 10 or value != value.strip() or not value.isprintable():
            return "An operator's ID has at most 10 characters, without a space at its ends."
        return None


class Operator(Record):
    """Somebody who works in the office and owns leads, accounts, opportunities and tasks."""

    id = OperatorCode("Operator ID", column_name="OperatorID", max_length=10, primary_key=True, required=True, width=10)
    name = Text("Name", column_name="Name", required=True, limit=80)
    active = Flag("Active", column_name="IsActive", default=True, constraints=[peewee.SQL("DEFAULT TRUE")])

    singular = "Operator"
    plural = "Operators"

    class Meta:
        table_name = "Operators"

    def caption(self) -> str:
        return f"{self.name} ({self.id})"

    @classmethod
    def owned_by(cls, operator: str) -> Any:
        return cls.id.is_null(False)


def operators(*, retired: bool = False) -> list[Operator]:
    """The operators of the office by ID; the retired ones only when asked for."""
    query = Operator.select().order_by(Operator.id)
    return list(query if retired else query.where(Operator.active))


def may(operator: str, deed: Deed, subject: Record | type[Record] | None = None) -> str | None:
    """None when this operator may do that, or the sentence why not.

    Security is off: every active operator may work on every record a link leads to; lists show the own ones (CH-6).
    """
    found = Operator.get_or_none(Operator.id == operator)
    if found is None:
        return f"There is no operator {operator or '(none)'} in this office. Choose one in the header."
    if not found.active:
        return f"{found.caption()} is retired. Choose another operator in the header."
    return None


def require(operator: str, deed: Deed, subject: Record | type[Record] | None = None) -> None:
    """Raise `Refused` with the sentence when this operator may not do that."""
    if reason := may(operator, deed, subject):
        raise Refused(reason)


def visible(record: type[Record], operator: str) -> Any:
    """The condition for the rows of `record` in this operator's lists (CH-6, CH-138)."""
    return record.owned_by(operator)
