"""What the exports of other programs call their columns, and which preset a file asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.errors import Mistake
from channergy_crm.language import _, many
from channergy_crm.records import Account, Contact, Lead, Opportunity, Task
from channergy_crm.services import imports
from channergy_crm.services.imports import Preset
from channergy_crm.text.folding import fold
from channergy_crm.text.vocabulary import words

if TYPE_CHECKING:
    from channergy_crm.transfer.importing.plan import Plan
    from channergy_crm.work.record import Record


def _columns(text: str) -> dict[str, str]:
    """Titles and the fields they go into, out of a text with commas between them."""
    return dict(pair.split(": ") for pair in words(" ".join(text.split())))


_PERSON = _columns("""
    First Name: first_name, Last Name: last_name, Title: title, Fax: fax, Email: email, Description: notes
    """)  # unsaid: what other programs write
_VTIGER = {
    Lead: _PERSON
    | _columns("""
        Company: company, Lead Source: lead_source, Phone: phone, Primary Phone: phone, Mobile: other_phone, Mobile
        Phone: other_phone, Primary Email: email, Designation: title, Website: website, Lead Status: call_status,
        Assigned To: owner, Street: address, City: city, State: state, Postal Code: postal_code, Country: country, Lead
        No: imported
        """),  # unsaid: what other programs write
    Contact: _PERSON
    | _columns("""
        Account Name: customer, Organization Name: customer, Office Phone: phone, Mobile: other_phone, Mobile Phone:
        other_phone, Primary Email: email, Contact Id: imported
        """),  # unsaid: what other programs write
    Account: _columns("""
        Account Name: name, Organization Name: name, Phone: phone, Primary Phone: phone, Fax: fax, Email: email,
        Primary Email: email, Website: website, Employees: employees, Industry: industry, Type: type, Annual Revenue:
        annual_revenue, Assigned To: owner, Description: description, Account No: imported,
        Organization No: imported
        """),  # unsaid: what other programs write
    Opportunity: _columns("""
        Potential Name: name, Opportunity Name: name, Account Name: account, Organization Name: account, Amount:
        amount, Expected Close Date: close_date_1, Sales Stage: stage, Probability: probability, Type: type, Lead
        Source: lead_source, Next Step: next_step, Assigned To: owner, Description: description, Potential No: imported,
        Opportunity No: imported
        """),  # unsaid: what other programs write
    Task: _columns("""
        Subject: action, Due Date: reminder_date, Time Start: reminder_time, Priority: priority, Status: status,
        Related To: account, Assigned To: owner, Description: notes
        """),  # unsaid: what other programs write
}
_VTIGER_NEEDS: dict[type[Record], list[str]] = {Lead: ["last_name", "company"]}  # VT-120, K4
_GOOGLE = _columns("""
    First Name: first_name, Given Name: first_name, Last Name: last_name, Family Name: last_name, E-mail 1 - Value:
    email, Phone 1 - Value: phone, Phone 2 - Value: other_phone, Notes: notes, Organization Title: title, Organization
    1 - Title: title, Website 1 - Value: website, Address 1 - Street: address, Address 1 - City: city, Address 1 -
    Region: state, Address 1 - Postal Code: postal_code, Address 1 - Country: country
    """)  # unsaid: what other programs write
_OUTLOOK = _columns("""
    First Name: first_name, Last Name: last_name, Job Title: title, E-mail Address: email, Business Phone: phone,
    Mobile Phone: other_phone, Business Fax: fax, Web Page: website, Business Street: address, Business City: city,
    Business State: state, Business Postal Code: postal_code, Business Country/Region: country, Notes: notes
    """)  # unsaid: what other programs write
_COMPANY = {
    "Google": ("Organization Name", "Organization 1 - Name"),  # unsaid: what other programs write
    "Outlook": ("Company",),
}
# Whom address books speak of, and where the company of such a person goes.
_IN_ADDRESS_BOOKS: dict[type[Record], str] = {Lead: "company", Contact: "customer"}
# Titles that only this program writes: a file with enough of them is its export.
_SIGNS = {
    "vtiger": words("""
        Lead No, Contact Id, Account No, Potential No, Potential Name, Organization No, Opportunity No, Assigned To,
        Created Time, Modified Time
        """),  # unsaid: what other programs write
    "Google": words("""
        E-mail 1 - Value, Phone 1 - Value, Group Membership, Labels, Organization 1 - Name
        """),  # unsaid: what other programs write
    "Outlook": words("""
        E-mail Address, Business Phone, E-mail Display Name, Business Street, Home Phone
        """),  # unsaid: what other programs write
}


def built_in(record: type[Record]) -> list[Preset]:
    """The presets that come along for these records."""
    found = {"vtiger": _VTIGER.get(record, {})}
    for name, columns in (("Google", _GOOGLE), ("Outlook", _OUTLOOK)):
        if company := _IN_ADDRESS_BOOKS.get(record):
            fields = record.kinds()
            known = {title: held for title, held in columns.items() if held in fields}
            found[name] = {**known, **dict.fromkeys(_COMPANY[name], company)}
    return [
        Preset(name, record, {"columns": columns, **_following(record), **_needing(name, record)}, built_in=True)
        for name, columns in found.items() if columns
    ]  # fmt: skip


def _following(record: type[Record]) -> dict[str, object]:
    """A company that is a record of its own is made with the person."""
    company = _IN_ADDRESS_BOOKS.get(record)
    return {"missing_links": "create"} if company and record.kind(company).linked_to else {}


def _needing(name: str, record: type[Record]) -> dict[str, object]:
    """What the program itself has in every such record."""
    return {"needs": _VTIGER_NEEDS.get(record, [])} if name == "vtiger" else {}


def offered(plan: Plan, by: str) -> list[Preset]:
    """The presets for a file like this one: the office's own for the same columns, then what the titles speak of."""
    titles = {fold(title) for title in plan.source.header}
    own = imports.presets(plan.record, by, plan.source.header)
    speaking = [
        preset for preset in built_in(plan.record)
        if sum(fold(sign) in titles for sign in _SIGNS[preset.name]) >= 2
    ]  # fmt: skip
    return [*own, *speaking]


def named(name: str, record: type[Record], by: str) -> Preset:
    """The preset of that name, the office's own before those that come along. `Mistake` when there is none."""
    every = [*imports.presets(record, by), *built_in(record)]
    found = next((preset for preset in every if fold(preset.name) == fold(name)), None)
    if found is None:
        there = ", ".join(preset.name for preset in every)
        sentence = _("There is no preset {name} for {records}. There are: {presets}.")
        if not every:
            sentence = _("There is no preset {name} for {records}. There are: none.")
        raise Mistake(sentence.format(name=name, records=many(record), presets=there))
    return found


def keep(plan: Plan, name: str, by: str) -> Preset:
    """Save a plan as a preset of the office."""
    return imports.save_preset(Preset(name, plan.record, plan.saved()), plan.source.header, by)
