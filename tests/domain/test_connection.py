"""The server goes away and comes back: what was typed is kept, and the next try works."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from channergy_crm import work
from channergy_crm.dialing.copy_only import CopyOnly
from channergy_crm.errors import Surroundings
from channergy_crm.query.listing import Listing, ListQuery
from channergy_crm.records import Lead
from channergy_crm.services import calls, leads
from tests.domain.fitting import Notepad

if TYPE_CHECKING:
    from channergy_crm.store.database import Office

pytestmark = pytest.mark.engines("postgres")


def cut(office: Office) -> None:
    """End every connection of this office but the one that asks."""
    reader = office.reader()
    reader.rows(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    reader.close()


def test_a_save_says_that_the_server_is_gone_and_works_when_tried_again(office: Office, operator: str) -> None:
    lead = leads.create({"description": "Before"}, operator)
    cut(office)
    lead.notes = "typed meanwhile"
    with pytest.raises(Surroundings, match="does not answer"):
        leads.save(lead, operator)
    leads.save(lead, operator)
    held = Lead.find(lead.number)
    assert held is not None and held.notes == "typed meanwhile"


def test_nothing_is_half_saved_when_the_server_goes_in_the_middle(office: Office, operator: str) -> None:
    lead = leads.create({"description": "Before"}, operator)
    with pytest.raises(Surroundings), work.unit("Save", by=operator):
        lead.notes = "half"
        lead.save()
        cut(office)
        Lead.find(lead.number)
    held = Lead.find(lead.number)
    assert held is not None and held.notes == ""


def test_a_number_somebody_sees_is_dialed_while_the_server_is_gone(office: Office, operator: str) -> None:
    notepad = Notepad()
    cut(office)
    assert calls.dial("(650) 253-0000", operator, bridge=CopyOnly(notepad)).sent
    assert "650" in notepad.text


def test_a_list_is_read_again_over_a_new_connection(office: Office, operator: str) -> None:
    leads.create({"description": "One"}, operator)
    listing = Listing(office.reader())
    query = ListQuery(Lead, ["description"])
    assert listing.build(query) == 1
    cut(office)
    with pytest.raises(Surroundings):
        listing.build(query)
    assert listing.build(query) == 1
    listing.close()
