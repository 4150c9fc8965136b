"""Whom the office buys from, and the people there (VT-106, VT-142)."""

from __future__ import annotations

from channergy_crm.fields import (
    Date,
    Email,
    Flag,
    Imported,
    Link,
    LongText,
    Lookup,
    Moment,
    Number,
    Owner,
    Phone,
    RecordNumber,
    SearchText,
    Text,
    Website,
)
from channergy_crm.language import _
from channergy_crm.records.operators import Operator
from channergy_crm.text.names import person_name
from channergy_crm.work.about import About, Called, companies_alike, loosely
from channergy_crm.work.record import Record


class Vendor(Record):
    """A company the office buys goods and services from (VT-142)."""

    number = RecordNumber("Vendor #", column_name="VendorNo")
    name = Text("Vendor Name", column_name="VendorName", required=True, searched=True, folded=True, width=36, limit=250,
                synonyms="vendor, vendor name, supplier, supplier name, Lieferant, fournisseur, proveedor")  # fmt: skip
    type = Lookup("Vendor Type", column_name="VendorType")
    our_number = Text("Our Customer Number", column_name="OurCustomerNo", searched=True, hint="with them", width=16)
    phone = Phone("Phone", column_name="Phone", searched=True, personal=True)
    other_phone = Phone("Other Phone", column_name="OtherPhone", searched=True, personal=True)
    email = Email("Email", column_name="Email", searched=True, folded=True, personal=True, width=30)
    website = Website("Website", column_name="Website", personal=True, width=30)
    address = Text("Address", column_name="Address", personal=True, width=36)
    city = Text("City", column_name="City")
    state = Text("State", column_name="State", width=10)
    postal_code = Text("Postal Code", column_name="PostalCode", width=12)
    country = Text("Country", column_name="Country", width=18)
    tax_number = Text("Tax Number", column_name="TaxNumber", width=16)
    days_to_pay = Number("Days To Pay", column_name="DaysToPay", hint="days")
    notes = LongText("Notes", column_name="Notes", personal=True)
    inactive = Flag("Inactive", column_name="IsInactive", width=10)
    owner = Owner(Operator, "Assigned To", column_name="OwnerOperatorID", required=True)
    created_on = Date("Create Dt", column_name="CreateDt", past=True, system=True)
    last_activity = Moment("Last Activity Dt", column_name="LastActivityDt", touched=True)
    imported = Imported("Imported #", synonyms="vendor id, vendor no, vendor number, supplier id, Lieferantennummer")
    search_text = SearchText()

    singular = "Vendor"
    plural = "Vendors"
    about = About(
        icon="vendor", title=("name",), detail=("phone", "email"), standing=("inactive",), target="vendor",
        screen="vendors", page=True, known_by=("name",), alike=companies_alike, usually="Vendor name", twice=True,
        extendable=True, documents=True, called=Called(("name",), new="name"), rank=52,
    )  # fmt: skip

    class Meta:
        table_name = "CRMVendors"

    def caption(self) -> str:
        return self.name or _("Vendor {number}").format(number=self.number)


Vendor.add_index(Vendor.kind("name_folded"), name="CRMVendors_name")


class VendorContact(Record):
    """Somebody to talk to at a vendor. It goes with the vendor, and comes back with it."""

    number = RecordNumber("Vendor Contact #", column_name="VendorContactNo")
    vendor = Link(Vendor, "Vendor", column_name="VendorNo", required=True, index=True, along=True, width=24)
    first_name = Text("First Name", column_name="FirstName", searched=True, personal=True, width=14)
    last_name = Text("Last Name", column_name="LastName", required=True, searched=True, personal=True, width=16)
    title = Text("Title", column_name="Title", width=18)
    phone = Phone("Phone", column_name="Phone", searched=True, personal=True)
    email = Email("Email", column_name="Email", searched=True, personal=True, width=30)
    notes = LongText("Notes", column_name="Notes", personal=True)
    search_text = SearchText()

    singular = "Contact of a vendor"
    plural = "Contacts of vendors"
    about = About(
        icon="contact", title=("first_name", "last_name"), detail=("title", "phone", "email"), target="vendor_contact",
        screen="vendors", known_by=("vendor", "first_name", "last_name"),
        signs=loosely("vendor", "first_name", "last_name"), usually="Vendor and name", rights="CRMVendors",
        documents=True, person=True, rank=53,
    )  # fmt: skip

    class Meta:
        table_name = "CRMVendorContacts"

    def caption(self) -> str:
        return person_name(self.first_name, self.last_name) or _("Contact {number}").format(number=self.number)
