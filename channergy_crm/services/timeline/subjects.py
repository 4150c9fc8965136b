"""What is read as one on the timeline of a record: which other records, whose calls, whose tasks."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm.records import Account, Contact, Customer, Lead, Opportunity, PhoneCall, SalesDocument, Task, Ticket
from channergy_crm.services import rights

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from channergy_crm.work.record import Record

MOST = 200
"""other records of one type that are read along: of more, the newest"""


class Subjects(NamedTuple):
    """The records that are read as one, the one it is about first, and what the others are called.

    `calls`, `tasks`, `sales` (documents) and `tickets` are the conditions for theirs; None where they have none.
    """

    records: list[tuple[type[Record], Any]]
    names: Mapping[tuple[str, str], str]
    calls: Any
    tasks: Any
    sales: Any
    tickets: Any

    def name(self, table: str, key: object) -> str:
        """What a record is called that is read along; "" for the one the timeline is about."""
        return self.names.get((table, str(key)), "")

    def opened(self, table: str, key: object) -> tuple[str, object] | None:
        """Where a record that is read along is opened; None for the one the timeline is about."""
        along = (each for each in self.records[1:] if each[0]._meta.table_name == table and str(each[1]) == str(key))
        return next(((table, number) for _record, number in along), None)


def of(record: Record, by: str) -> Subjects:
    """What belongs to the timeline of this record, as far as it is shown to this one."""
    rights.require(by, "see", record)
    along: list[Record] = list(_ALONG.get(type(record), _nothing)(record, by))
    records = [(type(record), record.key), *((type(each), each.key) for each in along)]
    apart = [each for each in along if not isinstance(each, Customer)]  # an account and its customer are read as one
    names = {(each._meta.table_name, str(each.key)): each.caption() for each in apart}
    return Subjects(records, names, *(_of_these(each, records) for each in (PhoneCall, Task, SalesDocument, Ticket)))


def _of_these(child: type[Record], records: Iterable[tuple[type[Record], Any]]) -> Any:
    """The rows of calls or tasks that point at one of these records."""
    keys: dict[type[Record], list[Any]] = {}
    for record, key in records:
        keys.setdefault(record, []).append(key)
    parts = [
        field == those[0] if len(those) == 1 else field.in_(those)
        for record, those in keys.items()
        for field in child._meta.refs if field.rel_model is record
    ]  # fmt: skip
    return reduce(or_, parts) if parts else None


def _nothing(record: Any, by: str) -> list[Record]:
    return []


def _of_account(account: Any, by: str) -> list[Record]:
    found: list[Record] = []
    if account.customer is not None:
        found += _newest(Customer, Customer.number == account.customer, by)
        found += _newest(Contact, Contact.customer == account.customer, by)
    deals = _newest(Opportunity, Opportunity.account == account.number, by)
    numbers = {account.originating_lead, *(deal.__data__["originating_lead"] for deal in deals)} - {None}
    return [*found, *deals, *_newest(Lead, Lead.number.in_(sorted(numbers)), by)]


def _of_opportunity(deal: Any, by: str) -> list[Record]:
    return [] if deal.originating_lead is None else _newest(Lead, Lead.number == deal.originating_lead, by)


def _newest(record: Any, condition: Any, by: str) -> list[Record]:
    shown = rights.rows(record, by).where(condition)
    return list(shown.order_by(record.number.desc()).limit(MOST))


_ALONG: Mapping[type[Record], Callable[[Any, str], list[Record]]] = {
    Account: _of_account, Opportunity: _of_opportunity,
}  # fmt: skip
