"""The records of the office. A new record type is declared in a module of this folder, and that is all."""

from __future__ import annotations

from channergy_crm.records import applying as _applying  # noqa: F401  a column of prices
from channergy_crm.records import custom_fields
from channergy_crm.records import issued as _issued  # noqa: F401  keeps what is issued as it is
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
from channergy_crm.records.known import ALL, BY_TABLE, find_in, forget, register, those
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
    "forget",
    "register",
    "those",
]  # fmt: skip

find_in(__name__, __path__)
custom_fields.watch(BY_TABLE)
