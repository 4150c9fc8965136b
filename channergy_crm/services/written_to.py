"""Who a mail or a letter goes to, in words, whatever record it is about: a lead, a contact, a customer, an account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm.language import N_
from channergy_crm.records import Account, Contact, Customer, Lead
from channergy_crm.services import rights
from channergy_crm.store import database
from channergy_crm.text import postal
from channergy_crm.text.names import company_in, person_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from channergy_crm.work.record import Record

    Say = Callable[[Any, object], str]

PERSON = {
    "person.name": N_("Name of whom it goes to"),
    "person.first_name": N_("First name of whom it goes to"),
    "person.last_name": N_("Last name of whom it goes to"),
    "person.title": N_("Title of whom it goes to"),
    "person.company": N_("Company of whom it goes to"),
    "person.phone": N_("Phone of whom it goes to"),
    "person.email": N_("E-mail of whom it goes to"),
    "person.street": N_("Street of whom it goes to"),
    "person.city": N_("Town of whom it goes to"),
    "person.state": N_("State of whom it goes to"),
    "person.postal_code": N_("Postal code of whom it goes to"),
    "person.country": N_("Country of whom it goes to"),
    "address": N_("Address as on an envelope"),
}
"""what a text may ask for whatever it is about"""
_NAMED: tuple[type[Record], ...] = (Lead, Contact, Customer)
_PLACES: dict[type[Record], tuple[str, ...]] = {
    Lead: ("address", "city", "state", "postal_code", "country"),
    Contact: ("mailing_address", "mailing_city", "mailing_state", "mailing_postal_code", "mailing_country"),
    Account: ("bill_address", "bill_city", "bill_state", "bill_postal_code", "bill_country"),
    Customer: ("address", "city", "state", "postal_code", "country"),
}
"""where an address stands: street, town, state, code and country, by python name"""
_PARTS = ("street", "city", "state", "postal_code", "country")
"""what texts call these"""
_FIRST: dict[str, tuple[str, ...]] = {
    "lead": ("lead",), "contact": ("contact", "account", "customer"), "customer": ("customer",),
    "account": ("account", "customer"), "opportunity": ("account", "customer"),
    "ticket": ("contact", "account", "customer"),
}  # fmt: skip
"""whose data these are, by what a text is about; the later ones lend what the first does not say"""


def said(name: str, begun: str, held: Mapping[str, Record | None], by: str, say: Say) -> str:
    """What is known under one of these names; `held` are the records at hand by the word they are called by in a text,
    `begun` the word of the one it is about. `say` words a value of a kind of field, or of none.
    """
    rights.require(by, "see")
    some = [record for word in _FIRST.get(begun, ()) if (record := held.get(word)) is not None]
    if name == "address":
        return say(None, _address(some, by))
    field = name.partition(".")[2]
    if field == "company":
        return say(None, _company(some, by))
    if field == "name":
        return say(None, _name(some, by))
    if field in _PARTS:
        place = _place(some, by)
        return say(None, place[_PARTS.index(field)] if place else "")
    if field in ("first_name", "last_name", "title"):  # one of another's name would be a third person
        some = some[:1] if isinstance(some[0] if some else None, Contact) else some
    return say(None, next((text for record in some if (text := _shown(record, field, by))), ""))


def _shown(record: Record, field: str, by: str) -> str:
    kinds = type(record).kinds()
    if field not in kinds or field in rights.hidden(type(record), by):
        return ""
    return str(kinds[field].show(getattr(record, field)) or "")


def _company(some: list[Record], by: str) -> str:
    """Never the person whose name stands behind it in the name of an account: on an envelope that is a second one."""
    names = (
        company_in(_shown(record, "name", by)) if isinstance(record, Account) else _shown(record, "company", by)
        for record in some
    )  # fmt: skip
    return next(filter(None, names), "")


def _name(some: list[Record], by: str) -> str:
    """First and last name of the first of them that is a person."""
    named = next((record for record in some if isinstance(record, _NAMED)), None)
    return person_name(_shown(named, "first_name", by), _shown(named, "last_name", by)) if named is not None else ""


def _address(some: list[Record], by: str) -> str:
    """The first address there is, to the person the text goes to."""
    person = _name(some, by)
    company = _company(some, by)
    place = _place(some, by)
    if not place:
        return ""
    return postal.block(postal.Postal(company, person if person != company else "", *place), database.region())


def _place(some: list[Record], by: str) -> list[str]:
    """The parts of the first address there is; none where nobody has one."""
    places = ([_shown(record, field, by) for field in _PLACES[type(record)]] for record in some)
    return next((place for place in places if any(place)), [])
