"""The kinds of field. A kind knows how a value is stored, shown, read from text, checked, derived and searched."""

from channergy_crm.fields.choices import Flag, Lookup
from channergy_crm.fields.days import Date, Moment, Time
from channergy_crm.fields.imported import Imported
from channergy_crm.fields.kind import Kind
from channergy_crm.fields.links import Assigned, Link, Owner, Reference
from channergy_crm.fields.more_phones import MorePhones
from channergy_crm.fields.multi_lookup import MultiLookup
from channergy_crm.fields.numbers import Money, Number, Percent, RecordNumber
from channergy_crm.fields.one_of import OneOf
from channergy_crm.fields.repeats import Repeats
from channergy_crm.fields.scaled import Quantity, Rate
from channergy_crm.fields.search_text import SearchText
from channergy_crm.fields.text import Email, LongText, Phone, Text, Website

__all__ = [
    "Assigned", "Date", "Email", "Flag", "Imported", "Kind", "Link", "LongText", "Lookup", "Moment", "Money",
    "MorePhones", "MultiLookup", "Number", "OneOf", "Owner", "Percent", "Phone", "Quantity", "Rate", "RecordNumber",
    "Reference", "Repeats", "SearchText", "Text", "Time", "Website",
]  # fmt: skip
