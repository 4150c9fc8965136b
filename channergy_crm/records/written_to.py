"""To whom a message can be sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.records.people import Account, Contact, Customer, Lead
from channergy_crm.records.sales import Opportunity

if TYPE_CHECKING:
    from channergy_crm.work.record import Record

WRITTEN_TO: tuple[type[Record], ...] = (Lead, Account, Contact, Customer, Opportunity)
"""the records to whose people one is"""
