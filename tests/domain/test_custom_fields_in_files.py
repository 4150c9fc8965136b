"""The office's own fields come out of files and go into them, every kind of them (VT-106…VT-130)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm.records import Lead, Opportunity
from channergy_crm.records.custom_fields import KINDS
from channergy_crm.services import custom_fields, lookups, saving
from channergy_crm.transfer.importing.mapping import targets
from channergy_crm.transfer.importing.plan import propose
from channergy_crm.transfer.importing.run import run
from channergy_crm.transfer.reading.sources import open_source
from tests.domain.test_custom_fields import every_kind
from tests.domain.test_export_import import only, there_and_back

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.store.database import Office
    from channergy_crm.transfer.exporting.run import Form

pytestmark = pytest.mark.usefixtures("office")


@pytest.mark.parametrize("form", ["csv", "xlsx", "vtiger"])
@pytest.mark.parametrize("record", [Lead, Opportunity])
def test_own_fields_come_back_without_a_difference(record: Any, form: Form, office: Office, tmp_path: Path) -> None:
    """VT-106, VT-112, VT-130: awkward values too; several values of a list as vtiger writes them (VT-126)."""
    own = set(every_kind(record).values())
    path = tmp_path / ("x.xlsx" if form == "xlsx" else "x.csv")
    names, before, after = there_and_back(office, record, path, form)
    assert names >= own
    if form == "vtiger":
        own -= {name for name in own if "text" in name}  # no line breaks there
    assert only(after, own) == only(before, own)


def test_a_file_of_vtigers_fills_own_fields_and_a_missing_column_leaves_them_empty(tmp_path: Path) -> None:
    """VT-109, VT-124…VT-130: flags 0 and 1, several values with vtiger's sign, days, and nothing at all."""
    names = every_kind(Lead)
    path = tmp_path / "leads.csv"
    path.write_text(
        "Company,My Flag,My Multi-lookup,My Date,My Money,My Lookup\n"
        'Acme,1,Printed matter |##| Toys,2026-11-23 00:00:00,"1,234.50",printed matter\n'
        'Bell,0,"games, TOYS",,,\n', "utf-8",
    )  # fmt: skip
    plan = propose(Lead, open_source(path))
    assert run(plan, operator="ADMIN").problems == []
    acme, bell = (dict(one.__data__) for one in Lead.select().order_by(Lead.number))
    wanted = {"flag": (True, False), "multi_lookup": ("Books |##| Toys", "Games |##| Toys"),
              "date": (date(2026, 11, 23), None), "money": (123450, None), "lookup": ("Books", ""),
              "text": ("", ""), "number": (None, None)}  # fmt: skip
    assert {kind: (acme[names[kind]], bell[names[kind]]) for kind in wanted} == wanted
    assert run(plan, operator="ADMIN").taken == 0


def test_a_retired_field_is_not_mapped_any_more_and_a_renamed_one_by_its_new_name() -> None:
    """VT-109."""
    described = custom_fields.add(Lead, "Region", "text", "ADMIN")
    assert targets(Lead)[described.kind.name] == "Region"
    described.label = "District"
    custom_fields.save(described, "ADMIN")
    assert targets(Lead)[described.kind.name] == "District"
    described.retired = True
    custom_fields.save(described, "ADMIN")
    assert described.kind.name not in targets(Lead)
    saving.undo_latest("ADMIN")
    assert described.kind.name in targets(Lead)


def test_every_kind_an_administrator_chooses_has_words_of_its_own() -> None:
    """Issue: text, long text, number, money, percent, date, flag, lookup, multi-lookup."""
    assert [kind.caption for kind in KINDS.values()] == [
        "Text", "Long text", "Number", "Money", "Percent", "Date", "Flag", "Lookup", "Multi-lookup",
    ]  # fmt: skip
    assert lookups.fields("ADMIN")
