"""Who follows a record that is somebody else's (BX-48). Whoever had it before goes on following it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm import work
from channergy_crm.fields import Link, RecordNumber, Text
from channergy_crm.records.operators import Operator
from channergy_crm.work import asked
from channergy_crm.work.about import About
from channergy_crm.work.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from peewee import ColumnBase

    from channergy_crm.work.stored import Stored

MOST = 100
"""records given away in one step that are followed from then on; of more than that nobody keeps the thread"""


class Follower(Record):
    """That an operator follows a record that is somebody else's: it is shown to them, and what is said about it."""

    number = RecordNumber("Follower #", column_name="FollowerNo")
    table = Text("Table", column_name="TableName", required=True, limit=60)
    of = Text("Record #", column_name="RecordNo", required=True, limit=60)
    operator = Link(Operator, "Operator ID", column_name="OperatorID", required=True, width=10)

    singular = "Follower"
    plural = "Followers"
    about = About(internal=True)

    class Meta:
        table_name = "CRMFollowers"
        indexes = ((("table", "of"), False), (("operator", "table", "of"), False))


def followed(record: type[Record], operator: str) -> ColumnBase | None:
    """The condition for the rows of `record` this operator follows; None for whoever follows none of them."""
    theirs = Follower.select().where((Follower.operator == operator) & (Follower.table == record._meta.table_name))
    key = work.key_field(record)
    if not theirs.exists():
        return None
    numbers: ColumnBase = key.in_(theirs.select(Follower.of.cast("INTEGER") if key.numeric else Follower.of))
    return numbers


def follow(table: str, of: str, operators: Iterable[str]) -> list[str]:
    """Let these operators follow a record, within a unit; who did not follow it before."""
    here = (Follower.table == table) & (Follower.of == of)
    there = set(Follower.select(Follower.operator).where(here).scalars())
    new = [operator for operator in dict.fromkeys(operators) if operator not in there]
    for operator in new:
        Follower.create(table=table, of=of, operator=operator)
    return new


def _keep_following(given: Sequence[tuple[type[Stored], object, str]]) -> None:
    """Whoever had a record and works here goes on seeing what becomes of it."""
    if len(given) > MOST:
        return
    working = set(Operator.select(Operator.id).where(Operator.active & ~Operator.group).scalars())
    for record, key, before in given:
        if before in working and record.about.title:
            follow(record._meta.table_name, str(key), [before])


asked.given = _keep_following
