"""What another program has changed is not deleted by taking back what made it (F-67)."""

from __future__ import annotations

from typing import Any

import pytest

from channergy_crm import work
from channergy_crm.errors import Mistake
from channergy_crm.records import BY_TABLE, Customer, Lead
from channergy_crm.services import conversion, custom_fields, leads, saving
from channergy_crm.store import database
from channergy_crm.work import undo


def suite(office: Any, sql: str) -> None:
    """The suite writes into a shared table, without the journal and without counting the version up."""
    with database.writing():
        office.database.execute_sql(sql)


def test_f67_a_lead_another_program_has_changed_is_not_deleted_by_undo(office: Any) -> None:
    lead = leads.create({"description": "Fair", "company": "Acme"}, "ADMIN")
    suite(office, """UPDATE "CRMLeads" SET "Company" = 'Acme Inc'""")
    with pytest.raises(Mistake, match="Company of .* was changed since"):
        saving.undo_latest("ADMIN")
    found = Lead.find(lead.number)
    assert found is not None and found.company == "Acme Inc"


def test_f67_a_customer_another_program_has_changed_is_not_deleted_with_its_conversion(office: Any) -> None:
    lead = leads.create({"description": "Fair", "first_name": "Ann", "company": "Acme"}, "ADMIN")
    conversion.convert(lead.number, "ADMIN")
    suite(office, """UPDATE "Customers" SET "City" = 'Ulm'""")
    with pytest.raises(Mistake, match="City of .* was changed since"):
        saving.undo_latest("ADMIN")
    assert Customer.select().count() == 1


def test_f67_what_nobody_has_changed_is_taken_back(office: Any) -> None:
    lead = leads.create({"description": "Fair", "first_name": "Ann", "phone": "504-621-8927"}, "ADMIN")
    conversion.convert(lead.number, "ADMIN")
    saving.undo_latest("ADMIN")
    assert Customer.select().count() == 0
    saving.undo_latest("ADMIN")
    assert Lead.select().count() == 0


def test_f10_a_column_whose_name_begins_like_another_ones_is_taken_back_by_itself(office: Any) -> None:
    for label in ("Tag", "Tag two"):
        custom_fields.add(Lead, label, "text", "ADMIN")
    lead: Any = leads.create({"description": "Fair"}, "ADMIN")
    lead.custom_tag, lead.custom_tag_two = "a", "b"
    with work.unit("Change", by="ADMIN") as unit:
        lead.save()
    lead.custom_tag = "c"
    leads.save(lead, "ADMIN")
    kept: list[str] = []
    undo.reverse(unit.number, by="ADMIN", records=BY_TABLE, kept=kept)
    found: Any = Lead.find(lead.number)
    assert (found.custom_tag, found.custom_tag_two) == ("c", "") and len(kept) == 1
