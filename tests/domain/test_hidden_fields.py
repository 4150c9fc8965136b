"""What a role hides is in no list, filter, search, export, import, change or history of whoever has it (VT-96)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import hidden
from channergy_crm.errors import Mistake, Refused
from channergy_crm.query import completion, conditions
from channergy_crm.query.listing import Listing, ListQuery
from channergy_crm.query.syntax import FilterMistake
from channergy_crm.records import Account, Customer, Lead
from channergy_crm.records.roles import HiddenField, Role
from channergy_crm.services import (
    bulk_changes,
    following,
    global_search,
    history,
    reading,
    rights,
    roles,
    saving,
    search_lists,
    security,
)
from channergy_crm.transfer.exporting.run import Wanted, export
from channergy_crm.transfer.importing.plan import propose
from channergy_crm.transfer.importing.run import rehearse
from channergy_crm.transfer.reading.sources import open_source
from tests.domain.secured import ANN, CY, Secured, made

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.store.database import Office

FIELDS = {"notes", "objection", "title"}
EVERYTHING = {"use": "all", "view": "all", "edit": "all", "export": "all", "import": "all"}


@pytest.fixture
def ann(office: Office) -> Secured:
    """Ann, whose only role hides notes and objections of leads."""
    ann = Secured()
    ann.let(EVERYTHING)
    roles.hide(ann.role, {Lead: FIELDS}, "ADMIN")
    return ann


def lead(**values: Any) -> Lead:
    held: Any = made(Lead, ANN)
    for name, value in {"notes": "Talks of yachts", "objection": "too dear", "title": "Skipper", **values}.items():
        setattr(held, name, value)
    saving.save(held, "ADMIN")
    return held


def shown(office: Office, by: str, **asked: Any) -> list[tuple[object, ...]]:
    listing = Listing(office.reader())
    try:
        return [row.values for row in listing.first(ListQuery(Lead, ("city", "notes"), by=by, **asked))]
    finally:
        listing.close()


def test_a_list_leaves_what_is_hidden_empty_and_is_not_sorted_by_it(ann: Secured, office: Office) -> None:
    first, second = lead(notes="b", city="Rome"), lead(notes="a", city="Oslo")
    assert first.number < second.number
    assert shown(office, "ADMIN", order=[("notes", False)]) == [("Oslo", "a"), ("Rome", "b")]
    assert shown(office, ANN, order=[("notes", False), ("city", True)]) == [("Rome", ""), ("Oslo", "")]


def test_no_filter_asks_for_it_and_no_word_finds_it(ann: Secured, office: Office) -> None:
    lead(city="Rome")
    assert shown(office, "ADMIN", text="skipper rome") and shown(office, ANN, text="rome")
    assert shown(office, ANN, text="skipper") == []
    with pytest.raises(FilterMistake, match="does not show you “Notes” of leads") as caught:
        conditions.condition(Lead, "rome -notes:yachts", ANN)
    assert (caught.value.start, caught.value.end) == (6, 18)
    assert "notes:" in completion.completions(Lead, "not", "ADMIN")
    assert "notes:" not in completion.completions(Lead, "not", ANN)
    # A rule of colour by such a field colours nothing, and the list is there all the same.
    assert shown(office, ANN, colours=[("notes:yachts", "overdue")]) == [("Rome", "")]


def test_the_search_everywhere_finds_nothing_by_it_and_shows_nothing_of_it(ann: Secured, office: Office) -> None:
    held = lead(city="Rome")
    reader = office.reader()

    def found(text: str, by: str) -> str:
        pages = list(global_search.find(reader, text, by))
        return " ".join(f"{hit.key} {hit.detail}" for group in pages[-1] for hit in group.hits)

    try:
        assert "Skipper" in found("skipper", "ADMIN") and found("skipper", ANN) == ""
        assert str(held.number) in found("rome", ANN) and "Skipper" not in found("rome", ANN)
    finally:
        reader.close()


def test_it_goes_into_no_file_and_comes_from_none(ann: Secured, office: Office, tmp_path: Path) -> None:
    held = lead()
    file = tmp_path / "leads.csv"
    export(office, Wanted(ListQuery(Lead, ("company", "notes", "city"), by=ANN)), file, by=ANN)
    text = file.read_text("utf-8-sig")
    assert "Notes" not in text and "yachts" not in text and held.company in text
    file.write_text("First Name,Company,Notes\nJo,Acme,secret\n")
    with pytest.raises(Refused, match="does not show you “Notes” of leads"):
        rehearse(propose(Lead, open_source(file)), operator=ANN)


def test_it_is_neither_set_nor_saved_nor_suggested(ann: Secured) -> None:
    held = lead()
    assert "notes" in bulk_changes.settable(Lead, "ADMIN") and not FIELDS & set(bulk_changes.settable(Lead, ANN))
    with pytest.raises(Refused, match="“Objection”"):
        bulk_changes.set_field(Lead, [held.number], "objection", "none", ANN)
    mine = reading.find(Lead, held.number, ANN)
    assert mine is not None
    mine.city, mine.notes = "Rome", "overwritten"
    with pytest.raises(Refused, match="“Notes”"):
        saving.save(mine, ANN)
    mine.notes = held.notes
    saving.save(mine, ANN)
    again = Lead.find(held.number)
    assert again is not None and (again.city, again.notes) == ("Rome", "Talks of yachts")
    assert "notes" not in dict(search_lists.fields(Lead, ANN))
    with pytest.raises(Refused):
        search_lists.values(ListQuery(Lead, ("notes",), by=ANN), "notes", ANN)
    assert reading.suggestions(Lead, "objection", ANN) == []


def test_the_history_tells_nothing_of_it(ann: Secured) -> None:
    held = lead()
    held.notes, held.city = "Sold the yacht", "Oslo"
    saving.save(held, "ADMIN")
    told = {name: {field.kind.name for field in history.of([(Lead, held.number)], name).entries[0].fields}
            for name in (ANN, "ADMIN")}  # fmt: skip
    assert told == {ANN: {"city"}, "ADMIN": {"city", "notes"}}


def test_a_second_role_takes_nothing_away_and_one_without_these_records_adds_nothing(ann: Secured) -> None:
    assert rights.hidden(Lead, ANN) == FIELDS
    second = roles.create("Second", "ADMIN").number
    roles.give(ANN, [ann.role, second], "ADMIN")
    assert rights.hidden(Lead, ANN) == FIELDS  # it does not use leads
    roles.let(second, Lead._meta.table_name, {"use": "all", "view": "own"}, "ADMIN")
    assert rights.hidden(Lead, ANN) == frozenset()
    roles.hide(second, {Lead: ["notes", "city"]}, "ADMIN")
    assert rights.hidden(Lead, ANN) == {"notes"}


def test_an_administrator_and_an_office_without_security_see_everything(ann: Secured) -> None:
    assert rights.hidden(Lead, "ADMIN") == frozenset() == rights.hidden(Lead, rights.Program.ITSELF)
    security.switch_off("ADMIN")
    assert rights.hidden(Lead, ANN) == frozenset()


def test_what_a_record_cannot_be_without_is_not_hidden(ann: Secured) -> None:
    offered = {kind.name for kind in roles.fields_offered("ADMIN")[Lead]}
    assert {"notes", "phone", "website"} <= offered
    needed = {"first_name", "last_name", "company", "description", "owner", "reminder_date", "reminder_time", "number"}
    assert not needed & offered
    with pytest.raises(Mistake, match="Company"):
        roles.hide(ann.role, {Lead: ["company"]}, "ADMIN")
    assert roles.hidden_fields(ann.role, "ADMIN") == {Lead: FIELDS}


def test_a_role_is_said_copied_and_removed_with_what_it_hides(ann: Secured) -> None:
    """The customer of an account is part of it: what is hidden of either is said with the record people know."""
    roles.hide(ann.role, {Account: ["website"], Customer: ["fax"]}, "ADMIN")
    assert "Fields: Title, Notes, Objection of leads" in " ".join(roles.missing(ANN, "ADMIN"))
    copy = roles.create("Copy", "ADMIN", like=ann.role)
    assert roles.hidden_fields(copy.number, "ADMIN") == roles.hidden_fields(ann.role, "ADMIN") != {}
    roles.remove(copy.number, "ADMIN")
    assert not HiddenField.select().where(HiddenField.role == copy.number).exists()
    saving.undo_latest("ADMIN")
    assert Role.find(copy.number) and roles.hidden_fields(copy.number, "ADMIN") != {}


def test_vt72_only_an_administrator_hides_fields(ann: Secured) -> None:
    with pytest.raises(Refused):
        roles.hide(ann.role, {Lead: []}, ANN)
    assert hidden.of(ANN, Lead) == FIELDS


def test_why_a_step_cannot_be_taken_back_tells_nothing_that_is_not_shown(ann: Secured) -> None:
    held = lead(city="Rome")
    mine = reading.find(Lead, held.number, ANN)
    assert mine is not None
    mine.city = "Oslo"
    saving.save(mine, ANN)
    latest = Lead.find(held.number)
    latest.city = "Paris"
    saving.save(latest, "ADMIN")
    with pytest.raises(Mistake, match="City: Oslo → Paris"):
        saving.undo_latest(ANN)
    ann.let({**EVERYTHING, "view": "own", "edit": "own"})
    latest = Lead.find(held.number)
    latest.owner = CY
    saving.save(latest, "ADMIN")
    following.unfollow(Lead, held.number, "ADMIN", who=ANN)
    with pytest.raises((Mistake, Refused)) as caught:
        saving.undo_latest(ANN)
    assert "Paris" not in str(caught.value)
