"""The records of the office. A new record type is declared in a module of this folder, and that is all.

One that other modules import from here has its place below, too: a window that opens declares only what it shows.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from channergy_crm import opening
from channergy_crm.records import activities as _activities  # noqa: F401  a column of accounts
from channergy_crm.records import custom_fields
from channergy_crm.records import origins as _origins  # noqa: F401  a column of tasks
from channergy_crm.records import pictures as _pictures  # noqa: F401  a column of contacts
from channergy_crm.records import sales as _sales  # noqa: F401  another column of accounts
from channergy_crm.records import tags as _tags  # noqa: F401  a column of all that can be tagged
from channergy_crm.records.known import ALL, BY_TABLE, complete, forget, lie_in, register, those

if TYPE_CHECKING:
    from channergy_crm.records.activities import Task
    from channergy_crm.records.call_log import PhoneCall
    from channergy_crm.records.calling_hours import CallingHours, Holiday
    from channergy_crm.records.calls import CallRule
    from channergy_crm.records.campaigns import Campaign, CampaignMember
    from channergy_crm.records.custom_fields import CustomField
    from channergy_crm.records.deal_people import DealContact, DealOperator
    from channergy_crm.records.different import Apart
    from channergy_crm.records.do_not_call import DoNotCall
    from channergy_crm.records.documents import Document
    from channergy_crm.records.filed_mails import FiledMail
    from channergy_crm.records.following import Follower
    from channergy_crm.records.guests import Guest
    from channergy_crm.records.hand_lists import Gathered, GatheredRow
    from channergy_crm.records.home import HomeBlock
    from channergy_crm.records.lookups import CustomLookup
    from channergy_crm.records.notes import Mention, Note
    from channergy_crm.records.office import OfficeSetting
    from channergy_crm.records.operators import Operator
    from channergy_crm.records.orders import Order
    from channergy_crm.records.people import Account, Contact, Customer, Lead
    from channergy_crm.records.products import (
        Price,
        PriceBook,
        Product,
        ProductVendor,
        StockMove,
        TaxClass,
    )
    from channergy_crm.records.projects import Process, ProcessStage, Project, ProjectMember
    from channergy_crm.records.sales import Opportunity
    from channergy_crm.records.sales_documents import NumberCircle, Payment, SalesDocument, SalesLine
    from channergy_crm.records.tags import Tag, Tagging
    from channergy_crm.records.templates import Template
    from channergy_crm.records.tickets import FAQ, Ticket, TicketComment
    from channergy_crm.records.vendors import Vendor, VendorContact
    from channergy_crm.records.views import ListView

__all__ = [
    "ALL",
    "BY_TABLE",
    "FAQ",
    "Account",
    "Apart",
    "CallRule",
    "CallingHours",
    "Campaign",
    "CampaignMember",
    "Contact",
    "CustomField",
    "CustomLookup",
    "Customer",
    "DealContact",
    "DealOperator",
    "DoNotCall",
    "Document",
    "FiledMail",
    "Follower",
    "Gathered",
    "GatheredRow",
    "Guest",
    "Holiday",
    "HomeBlock",
    "Lead",
    "ListView",
    "Mention",
    "Note",
    "NumberCircle",
    "OfficeSetting",
    "Operator",
    "Opportunity",
    "Order",
    "Payment",
    "PhoneCall",
    "Price",
    "PriceBook",
    "Process",
    "ProcessStage",
    "Product",
    "ProductVendor",
    "Project",
    "ProjectMember",
    "SalesDocument",
    "SalesLine",
    "StockMove",
    "Tag",
    "Tagging",
    "Task",
    "TaxClass",
    "Template",
    "Ticket",
    "TicketComment",
    "Vendor",
    "VendorContact",
    "complete",
    "forget",
    "register",
    "those",
]  # fmt: skip

_PLACES = {
    "activities": ("Task",),
    "call_log": ("PhoneCall",),
    "calling_hours": ("CallingHours", "Holiday"),
    "calls": ("CallRule",),
    "campaigns": ("Campaign", "CampaignMember"),
    "custom_fields": ("CustomField",),
    "deal_people": ("DealContact", "DealOperator"),
    "different": ("Apart",),
    "do_not_call": ("DoNotCall",),
    "documents": ("Document",),
    "filed_mails": ("FiledMail",),
    "following": ("Follower",),
    "guests": ("Guest",),
    "hand_lists": ("Gathered", "GatheredRow"),
    "home": ("HomeBlock",),
    "lookups": ("CustomLookup",),
    "notes": ("Mention", "Note"),
    "office": ("OfficeSetting",),
    "operators": ("Operator",),
    "orders": ("Order",),
    "people": ("Account", "Contact", "Customer", "Lead"),
    "products": ("Price", "PriceBook", "Product", "ProductVendor", "StockMove", "TaxClass"),
    "projects": ("Process", "ProcessStage", "Project", "ProjectMember"),
    "sales": ("Opportunity",),
    "sales_documents": ("NumberCircle", "Payment", "SalesDocument", "SalesLine"),
    "tags": ("Tag", "Tagging"),
    "templates": ("Template",),
    "tickets": ("FAQ", "Ticket", "TicketComment"),
    "vendors": ("Vendor", "VendorContact"),
    "views": ("ListView",),
}
"""where each of them is declared: it is declared when somebody asks for it"""


def _named(name: str) -> Any:
    for place, names in _PLACES.items():
        if name in names:
            held = globals()[name] = getattr(importlib.import_module(f"{__name__}.{place}"), name)
            return held
    raise AttributeError(name)


if not TYPE_CHECKING:
    __getattr__ = _named

lie_in(__name__, __path__)
custom_fields.watch(BY_TABLE)
if not opening.window_first:
    complete()
