"""The records of the office. A new record type is declared in one of these modules and named in `ALL`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.records import custom_fields
from channergy_crm.records.activities import Task
from channergy_crm.records.custom_fields import CustomField
from channergy_crm.records.different import Apart
from channergy_crm.records.hand_lists import Gathered, GatheredRow
from channergy_crm.records.lookups import CustomLookup
from channergy_crm.records.office import OfficeSetting
from channergy_crm.records.operators import Operator
from channergy_crm.records.people import Account, Contact, Customer, Lead, Order
from channergy_crm.records.sales import Opportunity
from channergy_crm.records.views import ListView

if TYPE_CHECKING:
    from channergy_crm.work.record import Record

__all__ = [
    "ALL", "BY_TABLE", "Account", "Apart", "Contact", "CustomField", "CustomLookup", "Customer", "Gathered",
    "GatheredRow", "Lead", "ListView", "OfficeSetting", "Operator", "Opportunity", "Order", "Task",
]  # fmt: skip

ALL: list[type[Record]] = [
    Operator, CustomLookup, OfficeSetting, Customer, Order, Contact, Account, Opportunity, Lead, Task, ListView,
    Apart, CustomField, Gathered, GatheredRow,
]  # fmt: skip

BY_TABLE: dict[str, type[Record]] = {record._meta.table_name: record for record in ALL}


def _index_unprepared(record: type[Record]) -> None:
    if "search_text" in record._meta.fields:
        # Rows the suite wrote: few, and found at once.
        without = record.kind("search_text").is_null()
        record.add_index(record._meta.primary_key, where=without, name=f"{record._meta.table_name}_unprepared")


def take_up(record: type[Record]) -> None:
    """One more record type for this office: its area is on."""
    ALL.append(record)
    BY_TABLE[record._meta.table_name] = record


def give_up(record: type[Record]) -> None:
    """One less: its area is off. What is stored stays."""
    ALL.remove(record)
    del BY_TABLE[record._meta.table_name]


for _record in ALL:
    _index_unprepared(_record)

custom_fields.watch(BY_TABLE)
