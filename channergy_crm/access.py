"""The one place that answers "may this operator see and do that?"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from channergy_crm.errors import Refused
from channergy_crm.language import _
from channergy_crm.records.operators import Operator
from channergy_crm.store import database

if TYPE_CHECKING:
    from peewee import ColumnBase

    from channergy_crm.work.record import Record

Deed = Literal[
    "see",
    "create",
    "edit",
    "remove",
    "undo",
    "search",
    "count",
    "link",
    "choose",
    "convert",
    "dial",
    "import",
    "export",
    "administer",
]


def operators(*, retired: bool = False) -> list[Operator]:
    """The operators of the office by ID; the retired ones only when asked for."""
    query = Operator.select().order_by(Operator.id)
    return list(query if retired else query.where(Operator.active))


def may(operator: str, deed: Deed, subject: Record | type[Record] | None = None) -> str | None:
    """None when this operator may do that, or the sentence why not.

    Security is off: every active operator may work on every record a link leads to; lists show the own ones (CH-6).
    """
    asked = database.proxy.obj  # every service asks this first: no query is put together for it
    found = asked.execute_sql(
        f'SELECT "Name", "IsActive" FROM "Operators" WHERE "OperatorID" = {asked.param}',  # noqa: S608
        (operator,),
    ).fetchone()  # sql: the engine's own sign for a value
    if found is None:
        return _("There is no operator {operator} in this office. Choose one in the header.").format(
            operator=operator or _("(none)")
        )
    name, active = found
    if not active:
        caption = f"{name} ({operator})"
        return _("{name} is retired. Choose another operator in the header.").format(name=caption)
    return None


def require(operator: str, deed: Deed, subject: Record | type[Record] | None = None) -> None:
    """Raise `Refused` with the sentence when this operator may not do that."""
    if reason := may(operator, deed, subject):
        raise Refused(reason)


def visible(record: type[Record], operator: str) -> ColumnBase:
    """The condition for the rows of `record` in this operator's lists (CH-6, CH-138)."""
    mine: ColumnBase = record.owned_by(operator)
    return mine
