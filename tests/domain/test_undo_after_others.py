"""What another program has changed is not deleted by taking back what made it (F-67)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import work
from channergy_crm.errors import Mistake
from channergy_crm.records import BY_TABLE, Customer, Lead
from channergy_crm.services import conversion, custom_fields, imports, leads, saving
from channergy_crm.store import database
from channergy_crm.transfer.importing.run import run
from channergy_crm.work import undo
from tests.domain.test_transfer_records import plan_of

if TYPE_CHECKING:
    from pathlib import Path


def suite(sql: str) -> None:
    """The suite writes into a shared table, without the journal and without counting the version up."""
    with database.writing():
        database.proxy.execute_sql(sql)


def test_f67_a_lead_another_program_has_changed_is_not_deleted_by_undo(office: Any) -> None:
    lead = leads.create({"description": "Fair", "company": "Acme"}, "ADMIN")
    suite("""UPDATE "CRMLeads" SET "Company" = 'Acme Inc'""")
    with pytest.raises(Mistake, match=r"was changed since \(Company: Acme → Acme Inc\)"):
        saving.undo_latest("ADMIN")
    found = Lead.find(lead.number)
    assert found is not None and found.company == "Acme Inc"


def test_f67_a_customer_another_program_has_changed_is_not_deleted_with_its_conversion(office: Any) -> None:
    lead = leads.create({"description": "Fair", "first_name": "Ann", "company": "Acme"}, "ADMIN")
    conversion.convert(lead.number, "ADMIN")
    suite("""UPDATE "Customers" SET "City" = 'Ulm'""")
    with pytest.raises(Mistake, match=r"was changed since \(City: nothing → Ulm\)"):
        saving.undo_latest("ADMIN")
    assert Customer.select().count() == 1


TWO = "First Name,Last Name,Company,Notes\nAnn,Lee,Acme,\nBob,Ray,Bell,\n"
BY_THE_SUITE = """UPDATE "CRMLeads" SET "Company" = 'Acme Inc', "Notes" = '{notes}' WHERE "FirstName" = 'Ann'"""
SINCE = "Ann Lee was changed since (Company: Acme → Acme Inc; Notes: nothing → Called twice)."


def imported(folder: Path) -> Any:
    """An import of two leads, one of whom another program has changed since."""
    outcome = run(plan_of(folder, Lead, TWO), operator="ADMIN")
    suite(BY_THE_SUITE.format(notes="Called twice"))
    return outcome


def test_f67_an_import_another_program_has_worked_on_is_not_undone(office: Any, tmp_path: Path) -> None:
    imported(tmp_path)
    with pytest.raises(Mistake) as refused:
        saving.undo_latest("ADMIN")
    assert refused.value.message == f"This cannot be taken back: {SINCE}"
    assert sorted(Lead.select(Lead.company).scalars()) == ["Acme Inc", "Bell"]


def test_f67_rejecting_an_import_keeps_what_another_program_has_changed_and_says_how(
    office: Any, tmp_path: Path
) -> None:
    outcome = imported(tmp_path)
    rejected = imports.reject(outcome.run)
    assert (rejected.records, list(rejected.kept)) == (1, [SINCE])
    assert list(Lead.select(Lead.company).scalars()) == ["Acme Inc"]


def test_f67_values_an_import_wrote_over_others_are_told_where_they_were_changed_since(
    office: Any, tmp_path: Path
) -> None:
    run(plan_of(tmp_path, Lead, TWO), operator="ADMIN")
    text = TWO.replace("Lee,Acme,", "Lee,Acme,Fair")
    outcome = run(plan_of(tmp_path, Lead, text, on_match="update"), operator="ADMIN")
    assert outcome.run and Lead.get(Lead.first_name == "Ann").notes == "Fair"
    suite(BY_THE_SUITE.format(notes="Called twice"))
    assert list(imports.reject(outcome.run).kept) == ["Ann Lee was changed again since (Notes: Fair → Called twice)."]
    assert Lead.get(Lead.first_name == "Ann").notes == "Called twice"


def test_f67_a_long_text_is_told_by_its_beginning(office: Any) -> None:
    leads.create({"description": "Fair", "company": "Acme"}, "ADMIN")
    suite(f"""UPDATE "CRMLeads" SET "Notes" = '{"long " * 100}'""")
    with pytest.raises(Mistake) as refused:
        saving.undo_latest("ADMIN")
    assert len(refused.value.message) < 150 and "long…)" in refused.value.message


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
