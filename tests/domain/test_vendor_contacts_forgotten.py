"""Somebody at a vendor is forgotten on request, and the vendor stays (DP-3, SI-40)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from channergy_crm import work
from channergy_crm.errors import Refused
from channergy_crm.records import Vendor, VendorContact
from channergy_crm.services import roles
from channergy_crm.services.privacy import age, anonymising, retention
from channergy_crm.services.privacy.age_order import Wanted
from tests.domain.secured import ANN, Secured
from tests.domain.selling import kept

if TYPE_CHECKING:
    from channergy_crm.store.database import Office

pytestmark = pytest.mark.engines("sqlite")
BY = "ADMIN"


@pytest.fixture
def ingrid(office: Office) -> VendorContact:
    vendor = kept(Vendor(name="Northern Wax", owner=BY))
    held: VendorContact = kept(VendorContact(
        vendor=vendor.number, first_name="Ingrid", last_name="Solberg", phone="907-555-0107",
        email="solberg@wax.example",
    ))  # fmt: skip
    held.notes = "Sails on Sundays"
    return kept(held)  # type: ignore[no-any-return]


def test_dp3_somebody_at_a_vendor_is_forgotten_and_the_vendor_stays(ingrid: VendorContact) -> None:
    found = anonymising.preview(VendorContact, ingrid.number, BY)
    assert (list(found.people), list(found.held)) == (["Ingrid Solberg"], [])
    anonymising.anonymise(VendorContact, ingrid.number, "asked for it", BY)
    held = VendorContact.get()
    assert (held.caption(), held.phone, held.email, held.notes) == (anonymising.pseudonym(held.number), "", "", "")
    assert Vendor.get().name == "Northern Wax"
    journal = " ".join(f"{row.before} {row.after}" for row in work.ChangeRow.select())
    assert not [word for word in ("Ingrid", "Solberg", "solberg", "555", "Sundays") if word in journal]
    assert (held.search_text or "").find("solberg") < 0
    assert not list(age.find(Wanted(record=VendorContact), BY))


def test_si39_people_at_vendors_are_listed_by_their_age(ingrid: VendorContact) -> None:
    assert VendorContact in retention.aged()
    found = age.find(Wanted(record=VendorContact, words="solb"), BY)
    assert [one.name for one in age.read(found, 0, 10, BY)] == ["Ingrid Solberg"]


def test_dp3_only_whoever_may_erase_and_remove_vendors_forgets_people_there(ingrid: VendorContact) -> None:
    ann = Secured()
    ann.let({"use": "all", "view": "all", "edit": "all", "delete": "all"})
    with pytest.raises(Refused, match="erase personal data"):
        anonymising.anonymise(VendorContact, ingrid.number, "", ANN)
    roles.let_do(ann.role, ["erase"], BY)
    ann.let({"use": "all", "view": "all"}, Vendor)
    with pytest.raises(Refused, match="remove"):
        anonymising.anonymise(VendorContact, ingrid.number, "", ANN)
    ann.let({"use": "all", "view": "all", "delete": "all", "edit": "all"}, Vendor)
    assert anonymising.anonymise(VendorContact, ingrid.number, "", ANN).records
