"""Leads: started, saved, removed, brought back. Turning them into opportunities is in `conversion`."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache

from channergy_crm import clock, phones, work
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.records import Account, Customer, Lead, lookups
from channergy_crm.services import reading, rights, saving
from channergy_crm.store import database
from channergy_crm.text.names import company_in, person_name
from channergy_crm.work.called import deed

SHARED_WITH_CUSTOMER = (
    "company", "first_name", "last_name", "phone", "other_phone", "more_phones", "fax", "email", "website", "address",
    "city", "state", "postal_code", "country",
)  # fmt: skip
SHARED_WITH_ACCOUNT = ("phone", "other_phone", "more_phones", "fax", "email", "website")
BILLING = {"bill_address": "address", "bill_city": "city", "bill_state": "state", "bill_postal_code": "postal_code",
           "bill_country": "country"}  # fmt: skip
"""the billing address of an account, by what leads and customers call it (VP-33…VP-37)"""


def start(by: str, *, account: int | None = None, customer: int | None = None, project: int | None = None) -> Lead:
    """A new lead, not yet saved, that belongs to this operator (CH-18), and to the project they work in (SI-8) or to
    that of its account.

    Started from an account or a customer it carries their numbers and what is known of them (CH-139).
    """
    rights.require(by, "create", Lead)
    lead = Lead(owner=by, created_by=by)
    held = reading.find(Account, account, by)
    if held is not None:
        _take_over(lead, held, {name: name for name in SHARED_WITH_ACCOUNT})
        lead.account, customer = held.number, held.customer
        project = held.__data__.get("project") or project
    if customer is not None:
        _take_over(lead, reading.find(Customer, customer, by), {name: name for name in SHARED_WITH_CUSTOMER})
        lead.customer = customer
        lead.account = lead.account or Account.select(Account.number).where(Account.customer == customer).scalar()
    if held is not None and not (lead.company or person_name(lead.first_name, lead.last_name)):
        lead.company = company_in(held.name)
    if project is not None:
        lead.project = project
    if lead.phone and not lead.time_zone:
        lead.time_zone = zone_for(lead.phone)
    return lead


def _take_over(lead: Lead, source: object, names: dict[str, str]) -> None:
    for name, origin in names.items():
        if source is not None and (value := getattr(source, origin)):
            setattr(lead, name, value)


def create(values: dict[str, object], by: str) -> Lead:
    """A new lead with these values, saved."""
    lead = start(by)
    for name, value in values.items():
        setattr(lead, name, value)
    return save(lead, by)


def save(lead: Lead, by: str) -> Lead:
    """Save a lead (CH-43). Without a time zone, it gets the zone a new number tells (CH-27)."""
    rights.require(by, "create" if lead.is_new else "edit", lead)
    if lead.is_new:
        lead.created_on = clock.now()
        lead.created_by = by
    if lead.phone and not lead.time_zone and (lead.is_new or "phone" in lead.changes()):
        lead.time_zone = zone_for(lead.phone)
    return saving.save(lead, by)


def remove(number: int, by: str) -> Lead:
    """Take a lead off the lists. Its row stays and is marked (CH-41)."""
    return _mark(number, by, (N_("Remove lead {name}"), N_("Remove {name}")), removed=True)


def restore(number: int, by: str) -> Lead:
    """Bring a removed lead back."""
    return _mark(number, by, (N_("Restore lead {name}"), N_("Restore {name}")), removed=False)


def _mark(number: int, by: str, said: tuple[str, str], *, removed: bool) -> Lead:
    lead = Lead.find(number)
    rights.require(by, "remove", lead or Lead)
    if lead is None:
        raise Mistake(_("Lead {number} is not there any more.").format(number=number))
    with work.unit(deed(lead, *said), by=by, name=lead.caption()):
        lead.removed = removed
        lead.save()
    return lead


def zone_shown(phone: str, by: str) -> str:
    """The same as `zone_for`, for somebody who is typing a number."""
    rights.require(by, "choose", Lead)
    return zone_for(phone)


def zone_for(phone: str) -> str:
    """The value of the Time Zone list a phone number tells, or '' when it tells none or several.

    A zone that is not in the list is given by one that is and keeps the same clock all year.
    """
    zone = phones.time_zone(phone, database.region())
    listed = tuple(choice.value for choice in lookups.choices("All", "TimeZone") if not choice.retired)
    return _listed_zone(zone, listed) if zone else ""


@lru_cache(maxsize=1024)
def _listed_zone(zone: str, listed: tuple[str, ...]) -> str:
    if zone in listed:
        return zone
    wanted = _clock_of(zone)
    return next((other for other in listed if wanted and _clock_of(other) == wanted), zone)


@lru_cache(maxsize=1024)
def _clock_of(zone: str) -> tuple[timedelta | None, ...]:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        place = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ()
    year = clock.today().year
    return tuple(datetime(year, month, 15, 12, tzinfo=place).utcoffset() for month in range(1, 13))
