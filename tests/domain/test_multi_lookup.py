"""A field that holds several values of one of the office's lists (VT-91, VT-126)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from channergy_crm.query import conditions
from channergy_crm.query.listing import ListQuery
from channergy_crm.records import Lead
from channergy_crm.services import custom_fields, lookups, saving
from channergy_crm.services.duplicates import proposal as merge_proposal
from channergy_crm.transfer.exporting.run import Form, Wanted, export
from tests.domain.test_custom_fields import again, every_kind, field, lead

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.store.database import Office

pytestmark = pytest.mark.usefixtures("office")


def test_a_filter_asks_for_one_value_or_for_several() -> None:
    """BX-13, SI-34."""
    name = every_kind(Lead)["multi_lookup"]
    both, one = lead(**{name: "Books |##| Toys"}), lead(**{name: "Toys"})

    def found(text: str) -> list[int]:
        return [each.number for each in Lead.select().where(conditions.condition(Lead, text)).order_by(Lead.number)]

    assert found(f"{name}:toys") == [both.number, one.number]
    assert found(f'{name}="Toys; Printed matter"') == [both.number] and found(f'{name}!="Toys; Books"') == [one.number]


@pytest.mark.parametrize("values", ["A", "A; B", "a;b", "a;b |##| c", "x, y; z"])
def test_several_values_are_read_as_they_are_shown(values: str) -> None:
    """VT-126: also where a value holds a semicolon itself."""
    kind = custom_fields.add(Lead, "Several", "multi_lookup", "ADMIN").kind
    for stored in (kind.read(values), "a;b", "a;b |##| c; d"):
        assert kind.read(kind.show(stored)) == stored
    assert kind.read("A;B ; A;") == "A |##| B"


@pytest.mark.parametrize(("form", "written"), [("csv", "Printed matter; Toys"), ("vtiger", "Printed matter |##| Toys")])
def test_several_values_go_out_in_the_words_of_the_list(
    form: Form, written: str, office: Office, tmp_path: Path
) -> None:
    """VT-126: a spreadsheet gets semicolons, vtiger its own sign."""
    name = every_kind(Lead)["multi_lookup"]
    lead(**{name: "Books |##| Toys"})
    export(office, Wanted(ListQuery(Lead, [name])), tmp_path / "x.csv", form=form)
    assert f'"{written}"' in (tmp_path / "x.csv").read_text("utf-8-sig")


def test_ch152_the_values_of_a_multi_lookup_are_counted_renamed_and_retired() -> None:
    """C20: one value among several follows its new name; undo takes it back."""
    name = field(Lead, "Interests", "multi_lookup")
    column = Lead.kind(name).column_name
    assert (Lead._meta.table_name, column, "Leads: Interests") in lookups.fields("ADMIN")
    books = lookups.add("CRMLeads", column, "Books", "ADMIN")
    held = lead(**{name: "Toys |##| Books"})
    lead(**{name: "Notebooks"})
    books.value = "Print"
    assert lookups.affected(books, "ADMIN") == 1
    lookups.save(books, "ADMIN", change_rows=True)
    assert getattr(again(held), name) == "Toys |##| Print"
    saving.undo_latest("ADMIN")
    assert getattr(again(held), name) == "Toys |##| Books"
    assert "is retired" in lookups.remove(books.number, "ADMIN")


def test_bx9_merged_records_keep_the_values_of_both() -> None:
    """BX-9: own fields are merged like the others; several values of a list come together."""
    name, since = field(Lead, "Interests", "multi_lookup"), field(Lead, "Since", "date")
    one, other = lead(**{name: "Books |##| Toys"}), lead(**{name: "Games |##| Books", since: date(2026, 1, 2)})
    proposal = merge_proposal.propose(Lead, [one.number, other.number], "ADMIN")
    held = {side.name: side.value(side.proposed) for side in proposal.sides}
    assert (held[name], held[since]) == ("Books |##| Toys |##| Games", date(2026, 1, 2))
