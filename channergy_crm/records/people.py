"""The people and companies an office deals with: customers and their contacts, accounts, leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import peewee

from channergy_crm.errors import Mistake
from channergy_crm.fields import (
    Assigned,
    Date,
    Email,
    Flag,
    Imported,
    Link,
    LongText,
    Lookup,
    Moment,
    Money,
    MorePhones,
    Number,
    Phone,
    RecordNumber,
    Reference,
    SearchText,
    Text,
    Time,
    Website,
)  # fmt: skip
from channergy_crm.language import _
from channergy_crm.records import reporting
from channergy_crm.records.lead_status import StatusOfLead
from channergy_crm.records.operators import Operator
from channergy_crm.records.projects import InProject, OwnerOfCustomer
from channergy_crm.text.names import account_name, person_name
from channergy_crm.work.about import (
    PERSON,
    SOMEBODY,
    About,
    Called,
    Lines,
    companies_alike,
    contact_signs,
    contacts_alike,
    people_alike,
    person_signs,
)
from channergy_crm.work.record import Extra, Record, is_one_of, local_time, newest_where_empty

if TYPE_CHECKING:
    from collections.abc import Iterable


def customer_names(company: str, first: str, last: str) -> tuple[str, ...]:
    """Like its account, its company, or the person."""
    return account_name(company, first, last), company, person_name(first, last)


def account_names(name: str) -> tuple[str, ...]:
    """By the whole of its name, or by the company alone."""
    return name, name.split(";")[0]


class Customer(Record):
    """A customer of the suite around the CRM, in its shared table."""

    number = RecordNumber("Customer #", column_name="CustNo")
    company = Text("Company", column_name="Company", searched=True, width=36)
    first_name = Text("First Name", column_name="FirstName", searched=True, personal=True, width=14)
    last_name = Text("Last Name", column_name="LastName", searched=True, personal=True, width=16)
    address = Text("Billing Address", column_name="BillAddress", personal=True, width=36)
    city = Text("City", column_name="City", searched=True)
    state = Text("State", column_name="State", width=10)
    postal_code = Text("Postal Code", column_name="PostalCode", width=12)
    country = Text("Country", column_name="Country", width=18)
    phone = Phone("Phone", column_name="Phone", searched=True, personal=True)
    other_phone = Phone("Other Phone", column_name="OtherPhone", searched=True, personal=True)
    more_phones = MorePhones("More Numbers", column_name="MorePhones")
    fax = Phone("Fax", column_name="Fax", keyed=False, personal=True)
    email = Email("Email", column_name="Email", searched=True, folded=True, personal=True, width=30)
    website = Website("Website", column_name="Website", personal=True, width=30)
    notes = LongText("Notes", column_name="Notes", personal=True)
    do_not_call = Flag("Do Not Call", column_name="DoNotCall", width=12, survives=[True])
    sms_opt_out = Flag("SMS Opt Out", column_name="SmsOptOut", width=12, survives=[True])
    created_on = Date("Create Dt", column_name="CreateDt", past=True, system=True)
    imported = Imported(
        "Imported #",
        synonyms="customer id, customer no, customer number, client id, company id, Kundennummer, Kunden-Nr",
    )
    search_text = SearchText()

    singular = "Customer"
    plural = "Customers"
    about = About(
        icon="operator", title=("company", "first_name", "last_name"), detail=("phone", "city"), target="customer",
        known_by=PERSON, signs=person_signs, alike=people_alike,
        usually="Phone with name and company, or e-mail with name", twice=True, extendable=True, rights="CRMAccounts",
        one_of=SOMEBODY, one_of_said="a name, a company, an e-mail address or a phone number",
        without="It has neither a name nor a company, a phone number or an e-mail address.",
        called=Called(("company", "first_name", "last_name"), customer_names, new="company"), rank=60,
        refusing={"do_not_call": True}, untexted="sms_opt_out", person=True,
    )  # fmt: skip

    class Meta:
        table_name = "Customers"

    def caption(self) -> str:
        name = account_name(self.company, self.first_name, self.last_name)
        return name or _("Customer {number}").format(number=self.number)

    @classmethod
    def opened_at(cls, key: object, caption: str) -> tuple[str, object]:
        # In its account, or in its lead.
        if Account.select().where(Account.customer == key).exists():
            return cls.about.target, key
        lead = Lead.select(Lead.number).where(Lead.customer == key).scalar()
        if lead is None:
            sentence = _("{name} is a customer of the suite only: it has no account and no lead here.")
            raise Mistake(sentence.format(name=caption))
        return Lead.about.target, lead

    @classmethod
    def owned_by(cls, *owners: str) -> peewee.ColumnBase:
        return cls.number.in_(Account.select(Account.customer).where(is_one_of(Account.owner, owners)))


Customer.add_index(Customer.kind("email_folded"), name="Customers_email")
Customer.add_index(Customer.created_on, name="Customers_came")  # since when nobody has spoken to them (VS-3)
Customer.add_index(
    Customer.do_not_call, Customer.kind("more_phones_digits"), where=Customer.more_phones.given(),
    name="Customers_more_refused",
)  # fmt: skip


class Contact(Record):
    """Somebody to talk to at a customer (CH-73…CH-83, CH-144)."""

    customer = Link(Customer, "Customer #", column_name="CustNo", required=True, system=True, width=10)
    number = RecordNumber("Contact #", column_name="ContactNo")
    first_name = Text("First Name", column_name="FirstName", searched=True, personal=True, width=14)
    last_name = Text("Last Name", column_name="LastName", searched=True, personal=True, width=16)
    title = Text("Title", column_name="Title", searched=True, width=18)
    phone = Phone("Phone", column_name="Phone", searched=True, personal=True)
    other_phone = Phone("Other Phone", column_name="OtherPhone", searched=True, personal=True)
    more_phones = MorePhones("More Numbers", column_name="MorePhones")
    fax = Phone("Fax", column_name="Fax", keyed=False, personal=True)
    email = Email("Email", column_name="Email", searched=True, folded=True, personal=True, width=30)
    notes = LongText("Notes", column_name="Notes", personal=True)
    do_not_call = Flag("Do Not Call", column_name="DoNotCall", width=12, survives=[True])
    sms_opt_out = Flag("SMS Opt Out", column_name="SmsOptOut", width=12, survives=[True])
    email_opt_out = Flag("Email Opt Out", column_name="EmailOptOut", width=14, survives=[True])
    notify_owner = Flag("Notify Owner", column_name="NotifyOwner", width=14)
    reference = Flag("Reference", column_name="IsReference", width=10)
    portal = Flag("Customer Portal access", column_name="IsPortalUser", width=14)
    reports_to = Link("self", "Reports To", column_name="ReportsTo", width=20, beside="customer")
    assigned_to = Assigned(Operator, "Assigned To", column_name="OwnerOperatorID", width=10)
    mailing_address = Text("Mailing Address", column_name="MailingAddress", personal=True, width=36)
    mailing_city = Text("Mailing City", column_name="MailingCity")
    mailing_state = Text("Mailing State", column_name="MailingState", width=10)
    mailing_postal_code = Text("Mailing Postal Code", column_name="MailingPostalCode", width=12)
    mailing_country = Text("Mailing Country", column_name="MailingCountry", width=18)
    imported = Imported("Imported #", synonyms="contact id, person id, record id contact")
    search_text = SearchText()

    singular = "Contact"
    plural = "Contacts"
    about = About(
        icon="contact", title=("first_name", "last_name"), detail=("title", "phone", "email"), target="contact",
        screen="contacts", fed_by=("CRMDocuments",),
        known_by=("customer", "first_name", "last_name", "phone_e164", "phone_digits", "other_phone_e164",
                  "other_phone_digits", "email"), signs=contact_signs, alike=contacts_alike,
        usually="Customer and name, e-mail or phone", twice=True, extendable=True, documents=True,
        one_of=SOMEBODY, one_of_said="a name, a company, an e-mail address or a phone number",
        without="It has neither a name nor a company, a phone number or an e-mail address.", rank=30,
        refusing={"do_not_call": True}, unwritten="email_opt_out", untexted="sms_opt_out", person=True,
    )  # fmt: skip

    class Meta:
        table_name = "CustomerContacts"

    def caption(self) -> str:
        return person_name(self.first_name, self.last_name) or _("Contact {number}").format(number=self.number)

    def problems(self, names: Iterable[str] | None = None) -> dict[str, str]:
        found = super().problems(names)
        if sentence := reporting.problem(self):
            found["reports_to"] = sentence
        return found

    @classmethod
    def owned_by(cls, *owners: str) -> peewee.ColumnBase:
        # Whom it is given to; otherwise it is its account's owner's (K21).
        of_theirs = cls.customer.in_(Account.select(Account.customer).where(is_one_of(Account.owner, owners)))
        mine: peewee.ColumnBase = is_one_of(cls.assigned_to, owners) | (cls.assigned_to.is_null() & of_theirs)
        return mine

    @classmethod
    def declared_extras(cls) -> dict[str, Extra]:
        name = Account.select(Account.name).where(Account.customer == cls.customer)
        return {"account_name": Extra("Account", name, width=36), "local_time": local_time(cls.phone)}


Contact.add_index(Contact.kind("email_folded"), name="CustomerContacts_email")
Contact.add_index(Contact.customer, Contact.assigned_to, name="CustomerContacts_customer_owner")
Contact.add_index(Contact.do_not_call, Contact.kind("more_phones_digits"), where=Contact.more_phones.given(),
                  name="CustomerContacts_more_refused")  # fmt: skip


class Account(Record):
    """A company or person we try to sell to: the master of its opportunities (CH-54…CH-70, CH-141)."""

    number = RecordNumber("CRM Account #", column_name="CRMAccountNo")
    customer = Link(Customer, "Customer #", column_name="CustNo", system=True, unique=True, width=10)
    originating_lead = Reference("Lead", "Originating Lead #", column_name="OriginatingLeadNo")
    # Holds the longest company, first and last name a lead can have.
    name = Text("Account Name", column_name="AccountName", searched=True, folded=True, required=True, width=40,
                limit=760)  # fmt: skip
    description = Text("Account Description", column_name="AccountDescription", searched=True, personal=True, width=40,
                       limit=2000)  # fmt: skip
    type = Lookup("Type", column_name="Type")
    industry = Lookup("Industry", column_name="Industry")
    employees = Number("Employees", column_name="Employees")
    annual_revenue = Money("Annual Revenue", column_name="AnnualRevenue")
    order_volume = Number("Order Volume", column_name="OrderVolume")
    previous_system = Lookup("Previous System", column_name="PreviousSystem")
    phone = Phone("Phone", column_name="Phone", searched=True, personal=True)
    other_phone = Phone("Other Phone", column_name="OtherPhone", searched=True, personal=True)
    more_phones = MorePhones("More Numbers", column_name="MorePhones")
    fax = Phone("Fax", column_name="Fax", keyed=False, personal=True)
    email = Email("Email", column_name="Email", searched=True, folded=True, personal=True, width=30)
    website = Website("Website", column_name="Website", personal=True, width=30)
    bill_address = Text("Billing Address", column_name="BillAddress", personal=True, width=36)
    bill_city = Text("Billing City", column_name="BillCity")
    bill_state = Text("Billing State", column_name="BillState", width=10)
    bill_country = Text("Billing Country", column_name="BillCountry", width=18)
    bill_postal_code = Text("Bill Postal Code", column_name="BillPostalCode", width=12)
    owner = OwnerOfCustomer(Operator, "Assign Account To", column_name="OwnerOperatorID", required=True)
    project = InProject()
    imported = Imported(
        "Imported #",
        synonyms="account id, account no, account number, organization id, organization no, organisation id, "
        "company id, customer id, customer no, customer number, client id, record id company, "
        "Kundennummer, Kunden-Nr",
    )
    search_text = SearchText()

    singular = "Account"
    plural = "Accounts"
    about = About(
        icon="account", title=("name",), detail=("phone", "email"), target="account", screen="accounts", page=True,
        known_by=("name",), alike=companies_alike, usually="Account name", speaks_for="customer", keeps_links=True,
        twice=True, extendable=True, documents=True, called=Called(("name",), account_names, new="name"),
        fed_by=("CustServ", "CRMOpportunities"), person=True, rank=20,
    )  # fmt: skip

    class Meta:
        table_name = "CRMAccounts"

    def caption(self) -> str:
        return self.name or _("Account {number}").format(number=self.number)

    @classmethod
    def declared_extras(cls) -> dict[str, Extra]:
        return {"local_time": local_time(cls.phone)}


Account.add_index(Account.owner, Account.kind("name_folded"), name="CRMAccounts_owner_name")
Account.add_index(Account.owner, Account.customer, name="CRMAccounts_owner_customer")
Account.add_index(Account.kind("email_folded"), name="CRMAccounts_email")


def lead_names(company: str, first: str, last: str, description: str) -> tuple[str, ...]:
    """By the person, the company or the description."""
    return person_name(first, last), company, description


def describe(values: dict[str, object]) -> None:
    """A lead without a description is called by its company, the person's name or the e-mail address."""
    if not values.get("description"):
        name = person_name(str(values.get("first_name") or ""), str(values.get("last_name") or ""))
        values["description"] = values.get("company") or name or values.get("email")


class Lead(Record):
    """Somebody who may become a customer (CH-17…CH-46, CH-137)."""

    number = RecordNumber("Lead #", column_name="LeadNo")
    type = Text("Type", column_name="Type", suggested=True)
    lead_source = Text("Lead Source", column_name="LeadSource", suggested=True)
    description = Text("Description", column_name="Description", searched=True, required=True, width=40, limit=2000)
    first_name = Text("First Name", column_name="FirstName", searched=True, personal=True, width=14)
    last_name = Text("Last Name", column_name="LastName", searched=True, folded=True, personal=True, width=16)
    company = Text("Company", column_name="Company", searched=True, folded=True, width=36)
    title = Text("Title", column_name="Title", searched=True, width=18)
    phone = Phone("Phone", column_name="Phone", searched=True, personal=True)
    time_zone = Lookup("Time Zone", column_name="TimeZone", table="All", width=30)
    email = Email("Email", column_name="Email", searched=True, folded=True, personal=True, width=30)
    website = Website("Website", column_name="Website", personal=True, width=30)
    notes = LongText("Notes", column_name="Notes", personal=True)
    objection = LongText("Objection", column_name="Objection", personal=True)
    call_try = Lookup("Call Try", column_name="CallTry", width=8)
    call_date = Date("Call Dt", column_name="CallDt", past=True)
    call_code = Lookup("Call Code", column_name="CallCode", survives=["DNC"])  # Do Not Call
    call_status = StatusOfLead("Call Status", column_name="CallStatus")
    do_not_call = Flag("Do Not Call", column_name="DoNotCall", width=12, survives=[True])
    sms_opt_out = Flag("SMS Opt Out", column_name="SmsOptOut", width=12, survives=[True])
    email_opt_out = Flag("Email Opt Out", column_name="EmailOptOut", width=14, survives=[True])
    reminder_date = Date("Reminder Dt", column_name="ReminderDt")
    reminder_time = Time("Reminder Time", column_name="ReminderTime", goes_with="reminder_date")
    in_calendar = Flag("Add to my calendar", column_name="InCalendar", width=12)
    owner = OwnerOfCustomer(Operator, "Assign Account To", column_name="OwnerOperatorID", required=True)
    project = InProject()
    fax = Phone("Fax", column_name="Fax", keyed=False, personal=True)
    other_phone = Phone("Other Phone", column_name="OtherPhone", searched=True, personal=True)
    more_phones = MorePhones("More Numbers", column_name="MorePhones")
    address = Text("Address", column_name="Address", personal=True, width=36)
    city = Text("City", column_name="City", searched=True)
    state = Text("State", column_name="State", width=10)
    postal_code = Text("Postal Code", column_name="PostalCode", width=12)
    country = Text("Country", column_name="Country", width=18)
    account = Link(Account, "CRM Account #", column_name="CRMAccountNo", system=True, width=10)
    customer = Link(Customer, "Customer #", column_name="CustNo", system=True, width=10)
    opportunity = Reference("Opportunity", "Opportunity #", column_name="OpportunityNo")
    removed = Flag("Removed", column_name="IsRemoved", system=True)
    converted = Flag("Converted", column_name="IsConverted", system=True)
    lost = Flag("Lost", column_name="IsLost", system=True, hidden=True)
    promised_by = Link(Operator, "Call back by", column_name="CallBackID", system=True, width=10)
    created_on = Moment("Create Dt", column_name="CreateDt", system=True)
    created_by = Text("Create ID", column_name="CreateID", system=True, width=10)
    imported = Imported(
        "Imported #",
        synonyms="lead id, lead number, contact id, person id, prospect id, record id contact, record id lead",
    )
    search_text = SearchText()

    singular = "Lead"
    plural = "Leads"
    about = About(
        icon="lead", title=("first_name", "last_name", "company"), detail=("company", "phone", "email"),
        standing=("removed", "converted"), target="lead", screen="leads", page=True,
        known_by=(*PERSON, "description"), signs=person_signs, alike=people_alike,
        by_index=True, usually="Phone with name and company, or e-mail with name", keeps_links=True, twice=True,
        extendable=True, documents=True, one_of=("description", "company", "first_name", "last_name", "email"),
        one_of_said="a name, a company, an e-mail address or a description",
        without="It has neither a description nor a company, a name or an e-mail address.", fill_in=describe,
        called=Called(("company", "first_name", "last_name", "description"), lead_names),
        refusing={"call_code": "DNC", "call_status": "Closed", "do_not_call": True}, unwritten="email_opt_out",
        untexted="sms_opt_out", lines=Lines("call_code", ("company",), "reminder_date", otherwise="phone"), person=True,
        same_as=("account", "customer"), rank=10,
    )  # fmt: skip

    class Meta:
        table_name = "CRMLeads"
        indexes = ((("owner", "reminder_date", "reminder_time"), False),)

    def caption(self) -> str:
        said = person_name(self.first_name, self.last_name) or self.company or self.description
        return said or _("Lead {number}").format(number=self.number)

    @classmethod
    def declared_extras(cls) -> dict[str, Extra]:
        zone = peewee.fn.NULLIF(cls.time_zone, "")
        return {"local_time": local_time(peewee.fn.COALESCE(zone, cls.phone))}

    @classmethod
    def listed(cls) -> peewee.ColumnBase:
        # Written without parameters: an index over the working leads alone is only recognised by its very words.
        removed, converted = (peewee.NodeList((peewee.SQL("NOT"), flag)) for flag in (cls.removed, cls.converted))
        return removed & converted

    @classmethod
    def working(cls) -> peewee.ColumnBase:
        """The condition for the leads somebody works on: listed, and not lost (VT-152)."""
        return cls.listed() & peewee.NodeList((peewee.SQL("NOT"), cls.lost))


# The list of working leads opens with what is promised, soonest first, and asks for it in just these words.
Lead.add_index(
    Lead.owner, Lead.reminder_date.is_null(), Lead.reminder_date, Lead.reminder_time.is_null(), Lead.reminder_time,
    newest_where_empty(Lead.reminder_date, Lead.number), Lead.number,
    where=Lead.working(), name="CRMLeads_working_promised",
)  # fmt: skip
# The list of working leads asks for its rows in just these words, so it is read out of the index alone; a server has
# the number of the lead there only where it is told to. The one without an order comes last: SQLite takes the latest
# where it has the choice, and reads the table from front to back by it.
for _by in ("last_name", "company"):
    _folded = Lead.kind(f"{_by}_folded")
    Lead.add_index(Lead.owner, _folded, Lead.number, where=Lead.working(), name=f"CRMLeads_working_{_by}")
Lead.add_index(Lead.owner, Lead.created_on, Lead.number, where=Lead.working(), name="CRMLeads_working_came")
Lead.add_index(Lead.owner, where=Lead.working(), name="CRMLeads_working")
Lead.add_index(Lead.kind("email_folded"), name="CRMLeads_email")
Lead.add_index(Lead.created_on, name="CRMLeads_came")  # which came in from when to when (BX-23)
Lead.add_index(Lead.imported, where=Lead.imported.given(), name="CRMLeads_imported")
# Who asked not to be called, by their further numbers: asked before every call (BX-6).
Lead.add_index(
    Lead.do_not_call, Lead.call_code, Lead.kind("more_phones_digits"), where=Lead.more_phones.given(),
    name="CRMLeads_more_refused",
)  # fmt: skip
