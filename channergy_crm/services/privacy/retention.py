"""For how long the office keeps people after it was last in touch with them, by record type and status (DP-2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm import work
from channergy_crm.errors import Mistake
from channergy_crm.language import _, many
from channergy_crm.records.privacy import LONGEST_KEPT, Retention
from channergy_crm.services import rights
from channergy_crm.services.privacy import personal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from channergy_crm.work.record import Record

STATUSES = ("call_status", "status", "type")
"""the fields that say how it stands with somebody; the first a record type has"""


class Kept(NamedTuple):
    """So many months are records of a type kept; with a status those alone, "" all that have no rule of their own."""

    record: type[Record]
    status: str
    months: int


def status_of(record: type[Record]) -> str:
    """The field by whose value records of a type are kept longer or shorter, by python name; "" where there is none."""
    return next((name for name in STATUSES if name in record.kinds()), "")


def aged() -> list[type[Record]]:
    """The record types that grow old: those that are shown as people (SI-39)."""
    return [record for record in personal.people() if record.about.screen]


def rules(by: str) -> list[Kept]:
    """What the office has said; none in a new one, where nobody is proposed."""
    rights.require(by, "see", Retention)
    held: Mapping[str, type[Record]] = {record._meta.table_name: record for record in aged()}
    rows: Any = Retention.select().order_by(Retention.table, Retention.status)
    return [Kept(held[row.table], row.status or "", row.months) for row in rows if row.table in held]


def keep(record: type[Record], status: str, months: int | None, by: str) -> None:
    """Say how many months records of a type, or those with one status, are kept; None takes the rule back."""
    rights.require(by, "administer")
    if months is not None and not 1 <= months <= LONGEST_KEPT:
        raise Mistake(_("Type a number from 1 to {most:,}.").format(most=LONGEST_KEPT), "months")
    mine = (Retention.table == record._meta.table_name) & (Retention.status == status)
    row = Retention.get_or_none(mine)
    with work.unit("Keep {records} for a time", by=by, records=many(record)):
        if months is None:
            if row is not None:
                row.delete_instance()
            return
        row = row or Retention(table=record._meta.table_name, status=status)
        row.months = months
        row.save()


def before(moment: datetime, months: int) -> datetime:
    """So many months earlier; the last day of a month that is shorter."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    for day in range(moment.day, 0, -1):
        try:
            return moment.replace(year=max(1, year), month=month + 1, day=day)
        except ValueError:
            continue
    return moment
