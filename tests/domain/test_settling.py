"""Somebody chooses between two versions of a field: what is saved, and what becomes of it where it is not (C6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from channergy_crm.errors import Clash, Surroundings
from channergy_crm.services import saving
from tests.domain.test_work import BY, again, lead

if TYPE_CHECKING:
    from channergy_crm.records import Lead
    from channergy_crm.store.database import Office


def test_c6_what_a_third_one_saves_while_both_versions_are_looked_at_is_not_written_over(office: Office) -> None:
    held = lead(last_name="Kessler", company="Alder Books")
    mine, theirs = again(held), again(held)
    theirs.last_name = "Lombardi"
    saving.save(theirs, BY)
    mine.last_name, mine.company = "Mbeki", "Birch Tea"
    with pytest.raises(Clash) as clash:
        saving.save(mine, BY)
    third = again(held)
    third.last_name = "Nowak"
    saving.save(third, BY)
    with pytest.raises(Clash) as later:
        saving.settle_clash(mine, clash.value, {"last_name": "Mbeki"}, BY)
    assert [(each.mine, each.theirs) for each in later.value.differences] == [("Mbeki", "Nowak")]
    assert mine.changes()["last_name"] == ("Kessler", "Mbeki")
    assert (again(held).last_name, again(held).company) == ("Nowak", "Alder Books")
    saving.settle_clash(mine, later.value, {"last_name": "Mbeki"}, BY)
    assert (again(held).last_name, again(held).company) == ("Mbeki", "Birch Tea")


def test_c6_what_was_typed_stays_where_a_choice_cannot_be_saved(office: Office) -> None:
    held = lead(last_name="Kessler", company="Alder Books")
    mine, theirs = again(held), again(held)
    theirs.last_name = "Lombardi"
    saving.save(theirs, BY)
    mine.last_name = "Mbeki"
    with pytest.raises(Clash) as clash:
        saving.save(mine, BY)

    def gone(record: Lead, by: str) -> None:
        raise Surroundings("The database does not answer.")

    with pytest.raises(Surroundings):
        saving.settle_clash(mine, clash.value, {"last_name": "Lombardi"}, BY, gone)
    assert mine.changes() == {"last_name": ("Kessler", "Mbeki")}
    with pytest.raises(Clash):
        saving.save(mine, BY)


def test_c6_two_fields_in_question_are_both_asked_about_again(office: Office) -> None:
    held = lead(last_name="Kessler", company="Alder Books")
    mine, theirs = again(held), again(held)
    theirs.last_name, theirs.company = "Lombardi", "Cedar Tea"
    saving.save(theirs, BY)
    mine.last_name, mine.company = "Mbeki", "Birch Tea"
    with pytest.raises(Clash) as clash:
        saving.save(mine, BY)
    third = again(held)
    third.company = "Dogwood Toys"
    saving.save(third, BY)
    chosen: dict[str, object] = {"last_name": "Mbeki", "company": "Birch Tea"}
    with pytest.raises(Clash) as later:
        saving.settle_clash(mine, clash.value, chosen, BY)
    assert {each.name: each.theirs for each in later.value.differences} == {
        "last_name": "Lombardi", "company": "Dogwood Toys"
    }  # fmt: skip
    saving.settle_clash(mine, later.value, chosen, BY)
    assert (again(held).last_name, again(held).company) == ("Mbeki", "Birch Tea")
