"""Locate Map (VT-92): the address, quoted, in the service of the office; outside the USA the country must be there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from channergy_crm.errors import Mistake
from channergy_crm.records import Account, Contact, Customer, Lead, Opportunity
from channergy_crm.services import maps
from channergy_crm.services import office as settings
from channergy_crm.settings import MAP_PATTERN, MAP_SERVICE

if TYPE_CHECKING:
    from channergy_crm.store.database import Office

BOSTON = {"address": "12 Mill Road & Co #3", "city": "Boston", "state": "MA", "postal_code": "02110"}
SAID = "12%20Mill%20Road%20%26%20Co%20%233%2C%20Boston%2C%20MA%2002110"


def test_vt92_the_address_is_shown_where_the_office_wants_it_and_nothing_rides_along(office: Office) -> None:
    assert maps.link(Lead, BOSTON, "ADMIN") == f"https://www.openstreetmap.org/search?query={SAID}"
    for chosen, expected in (
        ("google", f"https://www.google.com/maps/search/?api=1&query={SAID}"),
        ("apple", f"https://maps.apple.com/?q={SAID}"),
        ("geo", f"geo:0,0?q={SAID}"),
        ("own", f"https://maps.example/find/{SAID}?zoom=9"),
    ):
        choose(chosen, "https://maps.example/find/{address}?zoom=9")
        assert maps.link(Lead, BOSTON, "ADMIN") == expected
    choose("own", "javascript:{address}")  # somebody wrote it with another program
    assert maps.link(Lead, BOSTON, "ADMIN").startswith("https://www.openstreetmap.org/")


def choose(service: str, pattern: str) -> None:
    settings.choose(MAP_SERVICE, service, "ADMIN")
    settings.choose(MAP_PATTERN, pattern, "ADMIN")


@pytest.mark.engines("sqlite")
def test_vt92_outside_the_usa_the_country_must_be_filled_in(office: Office) -> None:
    munich = {"mailing_address": "Marienplatz 1", "mailing_city": "München", "mailing_postal_code": "80331"}
    with pytest.raises(Mistake, match="outside the USA the map needs it") as told:
        maps.link(Contact, munich, "ADMIN")
    assert told.value.field == "mailing_country"
    found = maps.link(Contact, {**munich, "mailing_country": "Deutschland"}, "ADMIN")
    assert found.endswith("Marienplatz%201%2C%20M%C3%BCnchen%2C%2080331%2C%20Deutschland")
    assert maps.is_in_usa("new  York") and maps.is_in_usa("d.c.") and not maps.is_in_usa("Bayern")
    with pytest.raises(Mistake, match="no address to show") as told:
        maps.link(Account, {"bill_country": "France"}, "ADMIN")
    assert told.value.field == "bill_address"


def test_vt92_leads_accounts_contacts_and_customers_have_an_address_and_a_pattern_is_checked() -> None:
    assert [maps.fields(each)["country"] for each in (Lead, Account, Contact, Customer)] == [
        "country", "bill_country", "mailing_country", "country",
    ]  # fmt: skip
    assert maps.fields(Opportunity) == {}
    assert maps.problem("https://maps.example/?q={address}") is None
    for wrong in (
        "https://maps.example/",
        "ftp://maps.example/{address}",
        "https://{address}/",
        "https://a/ {address}",
    ):
        assert maps.problem(wrong)
