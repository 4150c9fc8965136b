"""The office's own fields: every kind of them, kept, found, sorted, taken back, carried along (VT-91)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.query import completion, conditions
from channergy_crm.query.listing import Listing, ListQuery
from channergy_crm.records import BY_TABLE, Account, Lead, Opportunity
from channergy_crm.records.custom_fields import KINDS, CustomField
from channergy_crm.records.operators import Operator
from channergy_crm.services import (
    bulk_changes,
    conversion,
    custom_fields,
    global_search,
    leads,
    lookups,
    operators,
    saving,
)
from channergy_crm.store import database
from channergy_crm.store.database import Office, open_database
from channergy_crm.transfer.importing import mapping
from channergy_crm.work import undo

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from channergy_crm.services.custom_fields import Described
    from channergy_crm.work.record import Record

pytestmark = pytest.mark.usefixtures("office")

# By kind: two values that differ, as they are kept, and a filter that finds the first only.
VALUES: dict[str, tuple[Any, Any, str]] = {
    "text": ("Straße 5", "Zebra", "straße"),
    "long_text": ("Two\nlines", "Zwei", "lines"),
    "number": (-17, 1200, "<0"),
    "money": (1_234_50, 99_999_00, "1234.50"),
    "percent": (5, 80, "0..10"),
    "date": (date(2026, 11, 23), date(2027, 1, 1), "<2027-01-01"),
    "flag": (False, True, "no"),
    "lookup": ("Books", "Toys", "Printed"),
    "multi_lookup": ("Books |##| Games", "Toys", "Printed"),
}


def field(record: type[Record], label: str, kind_name: str, **more: Any) -> str:
    """The python name of a new field."""
    return custom_fields.add(record, label, kind_name, "ADMIN", **more).kind.name


def every_kind(record: type[Record]) -> dict[str, str]:
    """A field of every kind; its python names by kind. "Books" is read as "Printed matter"."""
    names = {kind: field(record, f"My {held.caption}", kind) for kind, held in KINDS.items()}
    for kind in ("lookup", "multi_lookup"):
        table, column = record._meta.table_name, record.kind(names[kind]).column_name
        for value in ("Books", "Games", "Toys"):
            lookups.add(table, column, value, "ADMIN", description="Printed matter" if value == "Books" else "")
    return names


def lead(**known: Any) -> Lead:
    """A lead with these values, saved."""
    with work.unit("Make a lead", by="ADMIN"):
        made: Lead = Lead.create(**{"description": "Lead", "owner": "ADMIN", **known})
    return made


def rows(office: Office, names: list[str], **how: Any) -> list[tuple[Any, ...]]:
    """What a list of leads shows in these columns."""
    listing = Listing(office.reader())
    query = ListQuery(Lead, names, **how)
    listing.build(query)
    found = [row.values if row else () for row in listing.rows(query, 0, 100)]
    assert listing.first(query) == listing.rows(query, 0, 100)
    listing.close()
    return found


def again(record: Any) -> Any:
    return type(record).find(record.key)


@pytest.mark.parametrize("record", [Lead, Account, Opportunity], ids=lambda record: record.__name__)
def test_every_kind_is_kept_shown_read_and_taken_back(record: type[Record]) -> None:
    """VT-91: what is there already is empty, not undefined (VT-130); journal and undo know the fields."""
    from tests.factories import stored

    made = stored(record, 1)
    names = every_kind(record)
    empty = {name: getattr(again(made), name) for name in names.values()}
    assert all(value in ("", None, False) for value in empty.values())
    held = again(made)
    for kind, name in names.items():
        setattr(held, name, VALUES[kind][1])
    saving.save(held, "ADMIN")
    for kind, name in names.items():
        value = getattr(again(made), name)
        assert value == VALUES[kind][1]
        assert record.kind(name).read(record.kind(name).show(value)) == value
    saving.undo_latest("ADMIN")
    assert {name: getattr(again(made), name) for name in names.values()} == empty
    saving.redo_latest("ADMIN")
    saving.delete(again(made), "ADMIN")
    saving.undo_latest("ADMIN")
    assert all(getattr(again(made), name) == VALUES[kind][1] for kind, name in names.items())


def test_lists_filter_and_sort_by_every_kind(office: Office) -> None:
    """VT-130, BX-13: also rows from before the field was there; empty ones come last or count as not set."""
    lead(description="before")
    names = every_kind(Lead)
    for turn, description in enumerate(("first", "second")):
        lead(description=description, **{name: VALUES[kind][turn] for kind, name in names.items()})
    for kind, name in names.items():
        short = f"my{KINDS[kind].caption}".lower().replace(" ", "").replace("-", "")
        sign = "" if VALUES[kind][2][0] == "<" else ":"
        found = {row[0] for row in rows(office, ["description"], text=f"{short}{sign}{VALUES[kind][2]}")}
        assert found == ({"first", "before"} if kind == "flag" else {"first"}), kind
        filled = {row[0] for row in rows(office, ["description"], text=f"{name}:")}
        assert filled == ({"second"} if kind == "flag" else {"first", "second"}), kind
        for descending in (False, True):
            order = [row[0] for row in rows(office, ["description", name], order=[(name, descending)])]
            told = [one for one in order if one != "before"]
            assert told == (["second", "first"] if descending else ["first", "second"]), (kind, descending)
    assert [row[0] for row in rows(office, ["description"], text="mymultilookup!=games")] == ["before", "second"]
    assert completion.completions(Lead, "mymulti") == ["mymultilookup:"]
    assert completion.completions(Lead, "mymultilookup:pri") == ['mymultilookup:"Printed matter"']
    with pytest.raises(Mistake, match="use a colon"):
        conditions.condition(Lead, "mymultilookup<games")


def test_own_texts_are_found_everywhere(office: Office) -> None:
    """VT-44: in the search over everything and by words in the list, the index being told by the unit."""
    name = field(Lead, "Nickname", "text")
    made = lead(description="Somebody")
    made.custom_nickname = "Zwölfender"  # type: ignore[attr-defined]
    saving.save(made, "ADMIN")
    assert [row[0] for row in rows(office, [name], text="zwolfender")] == ["Zwölfender"]
    reader = office.reader()
    groups = list(global_search.find(reader, "wölfend", "ADMIN"))[-1]
    reader.close()
    assert [hit.key for group in groups for hit in group.hits] == [made.number]


def test_a_field_is_set_on_many_rows_at_once() -> None:
    """BX-14."""
    name = field(Lead, "Region", "text")
    keys = [lead().number for _ in range(3)]
    assert name in bulk_changes.settable(Lead, "ADMIN")
    assert bulk_changes.set_field(Lead, keys, name, "South", "ADMIN").records == 3
    assert {getattr(one, name) for one in Lead.select()} == {"South"}


# ---------------------------------------------------------------- what an administrator does


def labels(record: type[Record]) -> list[str]:
    return [kind.label for kind in record.own_fields()]


def test_fields_are_ordered_hidden_retired_and_brought_back() -> None:
    """VT-91: retired ones are not offered any more, but what they hold can be read."""
    names = [field(Lead, label, "text") for label in ("One", "Two", "Three")]
    lead(**{names[1]: "kept"})
    columns = [kind.column_name for kind in Lead.own_fields()]
    custom_fields.reorder(Lead, [columns[2], columns[0], columns[1]], "ADMIN")
    assert labels(Lead) == ["Three", "One", "Two"] and list(Lead.kinds())[-3:] == [names[2], names[0], names[1]]
    two = custom_fields.find(Lead, columns[1], "ADMIN")
    two.retired, two.off_form = True, True
    custom_fields.save(two, "ADMIN")
    assert labels(Lead) == ["Three", "One"] and names[1] not in bulk_changes.settable(Lead, "ADMIN")
    assert Lead.select().where(conditions.condition(Lead, "two:kept")).count() == 1
    assert completion.completions(Lead, "tw") == []
    saving.undo_latest("ADMIN")
    assert labels(Lead) == ["Three", "One", "Two"] and not Lead.kind(names[1]).off_form


def test_built_in_fields_get_another_name_or_leave_but_never_those_a_record_needs() -> None:
    """CH-114, VT-91: the four spare fields of an opportunity serve other purposes; nothing is lost."""
    spare = custom_fields.find(Opportunity, "Custom1", "ADMIN")
    spare.label = "Seats"
    custom_fields.save(spare, "ADMIN")
    assert Opportunity.kind("custom_1").label == "Seats"
    assert conditions.names(Opportunity)["seats"] == "custom_1"
    fax = custom_fields.find(Lead, "Fax", "ADMIN")
    fax.retired = True
    custom_fields.save(fax, "ADMIN")
    assert "fax" in Lead.kinds() and "fax" not in Lead.offered()
    needed = custom_fields.find(Lead, "Description", "ADMIN")
    needed.off_form = True
    with pytest.raises(Mistake, match="required in every record"):
        custom_fields.save(needed, "ADMIN")
    spare = custom_fields.find(Opportunity, "Custom1", "ADMIN")
    spare.label = ""
    assert custom_fields.save(spare, "ADMIN").label == "Custom 1"
    assert not CustomField.select().where(CustomField.column == "Custom1").exists()


def test_a_renamed_field_is_still_found_by_the_name_it_had() -> None:
    """BX-13, VT-109: saved views and old files go on working, until another field takes the name."""
    name = field(Lead, "Region", "text")
    region, fax = (custom_fields.find(Lead, column, "ADMIN") for column in (Lead.kind(name).column_name, "Fax"))
    region.label, fax.label = "District", "Telefax"
    custom_fields.save(region, "ADMIN")
    custom_fields.save(fax, "ADMIN")
    known = conditions.names(Lead)
    assert (known["district"], known["region"], known["telefax"], known["fax"]) == (name, name, "fax", "fax")
    assert mapping.match(["Region", "Telefax"], Lead).columns == [(0, name), (1, "fax")]
    other = field(Lead, "Region", "date")
    assert conditions.names(Lead)["region"] == other and conditions.names(Lead)["district"] == name


def test_only_who_may_administer_changes_fields() -> None:
    """VT-91: asked of the one place that knows."""
    operators.add("BEN", "Ben", "ADMIN")
    ben = operators.save(Operator(id="OLD", name="Gone", active=False), "ADMIN").id
    described = custom_fields.add(Lead, "Region", "text", "BEN")
    for deed in (
        lambda: custom_fields.add(Lead, "More", "text", ben), lambda: custom_fields.save(described, ben),
        lambda: custom_fields.reorder(Lead, [], ben), lambda: custom_fields.remove(described, ben),
    ):  # fmt: skip
        with pytest.raises(Refused, match="is retired"):
            deed()


def test_the_tables_are_what_the_records_say_with_every_kind_of_field(office: Office) -> None:
    """CH-136."""
    from playhouse.schema_diff import diff_models

    every_kind(Opportunity)
    difference = diff_models(office.database, [Opportunity])
    assert not difference.add_columns and not difference.drop_columns, str(difference)


def test_a_name_two_fields_would_share_is_refused() -> None:
    """Filters and imports must know which one is meant."""
    field(Lead, "Favourite colour", "text")
    wrong = {"": "needs a name", "--": "needs a name", "phone": "field Phone already", "favourite-Colour": "already",
             "x" * 61: "60 fit"}  # fmt: skip
    for label, sentence in wrong.items():
        with pytest.raises(Mistake, match=sentence):
            custom_fields.add(Lead, label, "text", "ADMIN")
    with pytest.raises(Mistake, match="Choose what the field holds: Text, Long text"):
        custom_fields.add(Lead, "Other", "picture", "ADMIN")
    assert field(Lead, "Цвет", "text") and field(Account, "Favourite colour", "date")
    assert Lead.select().where(conditions.condition(Lead, "цвет:синий")).count() == 0
    assert mapping.match(["", "цвет"], Lead).columns == [(1, "custom")]
    second = field(Lead, "2nd visit", "number")
    assert completion.completions(Lead, "custom_2") == [f"{second}:"]


def test_what_two_administrators_change_about_a_field_is_both_kept() -> None:
    """C6."""
    mine = custom_fields.add(Lead, "Region", "text", "ADMIN")
    theirs = custom_fields.find(Lead, mine.column, "ADMIN")
    theirs.hint, mine.label = "of the sales map", "District"
    custom_fields.save(theirs, "ADMIN")
    both = custom_fields.save(mine, "ADMIN")
    assert (both.label, both.hint) == ("District", "of the sales map")


def test_what_a_field_holds_is_changed_only_while_it_is_empty() -> None:
    """VT-91: no value is ever read as something else."""
    name = field(Lead, "Visits", "text")
    held = lead(**{name: "three"})
    visits = custom_fields.find(Lead, Lead.kind(name).column_name, "ADMIN")
    visits.kind_name = "number"
    with pytest.raises(Mistake, match="1 lead holds a value in Visits"):
        custom_fields.save(visits, "ADMIN")
    setattr(held, name, "")
    saving.save(held, "ADMIN")
    changed = custom_fields.save(visits, "ADMIN").kind
    assert changed.numeric and labels(Lead) == ["Visits"]
    lead(**{changed.name: 4})
    assert Lead.select().where(conditions.condition(Lead, "visits>3")).count() == 1


def test_taken_away_it_is_deleted_only_when_nothing_stands_in_it() -> None:
    """VT-91: a field with values is retired instead; either way undo brings it back."""
    full, empty = field(Lead, "Full", "text"), field(Lead, "Empty", "date")
    lead(**{full: "x"})

    def described(name: str) -> Described:
        return custom_fields.find(Lead, Lead.kind(name).column_name, "ADMIN")

    assert "is retired" in custom_fields.remove(described(full), "ADMIN")
    assert "is deleted" in custom_fields.remove(described(empty), "ADMIN")
    assert full in Lead.kinds() and empty not in Lead.kinds() and labels(Lead) == []
    saving.undo_latest("ADMIN")
    saving.undo_latest("ADMIN")
    assert labels(Lead) == ["Full", "Empty"]
    with pytest.raises(Mistake, match="built in"):
        custom_fields.remove(custom_fields.find(Lead, "Fax", "ADMIN"), "ADMIN")


def test_an_undone_field_comes_back_with_its_values_and_a_new_one_meets_no_old_ones(office: Office) -> None:
    """C6: redo finds what was typed; a new field of the same name starts empty."""
    name = field(Lead, "Colour", "text")
    number = undo.undoable("ADMIN")
    held = lead(**{name: "red"})
    assert number is not None
    undo.reverse(number.number, by="ADMIN", records=BY_TABLE)
    assert name not in Lead.kinds()
    held.description = "Still saved"
    saving.save(again(held), "ADMIN")
    for settle in database.when_opened:  # the next morning nobody remembers, but the column is there
        settle()
    other = field(Lead, "Colour", "text")
    assert other != name and getattr(again(held), other) == ""
    saving.undo_latest("ADMIN")
    entry = undo.redoable("ADMIN")
    assert entry is not None
    undo.reverse(number.number + 2, by="ADMIN", records=BY_TABLE)
    assert labels(Lead) == ["Colour"] and getattr(again(held), name) == "red"


# ---------------------------------------------------------------- offices and workstations


def test_another_office_has_fields_of_its_own(office: Office, tmp_path: Path) -> None:
    """Whatever office is opened next: no field, no name is left from the one before."""
    name = field(Lead, "Only here", "number")
    fax = custom_fields.find(Lead, "Fax", "ADMIN")
    fax.label = "Telefax"
    custom_fields.save(fax, "ADMIN")
    other = open_database(f"sqlite:///{tmp_path / 'other.db'}")
    assert name not in Lead._meta.fields and not hasattr(Lead, name) and Lead.kind("fax").label == "Fax"
    lead()
    other.close()
    back = open_database(office.url)
    assert labels(Lead) == ["Only here"] and Lead.kind("fax").label == "Telefax"
    back.close()
    office.database.close()


def test_opening_an_office_without_fields_costs_one_query(office: Office) -> None:
    """No office pays for what it does not use."""
    asked: list[str] = []
    hook: Callable[[Any], None] = lambda event: asked.append(event.sql)  # noqa: E731
    database.proxy.obj.query_hooks.append(hook)
    for settle in database.when_opened:
        settle()
    database.proxy.obj.query_hooks.remove(hook)
    assert len(asked) == 1 and "CustomFields" in asked[0]


def test_a_workstation_takes_on_what_another_has_added(office: Office) -> None:
    """VT-91: a record that was open before takes values too, and nothing anybody typed is lost."""
    made = lead(description="Mine")
    mine = again(made)
    table = Lead._meta.table_name
    with database.writing(), database.proxy.atomic():  # what another workstation did
        database.add_column(table, "CustomRegion", "TEXT DEFAULT ''")
        CustomField.insert(table=table, column="CustomRegion", label="Region", kind_name="text", place=1).execute()
    assert labels(Lead) == [] and custom_fields.look("ADMIN") == {table} and custom_fields.look("ADMIN") == set()
    mine.take_on_fields()
    mine.custom_region = "North"
    assert mine.changes() == {"custom_region": ("", "North")}
    saving.save(mine, "ADMIN")
    assert again(made).custom_region == "North"


# ---------------------------------------------------------------- along the way


def test_c12_a_converted_leads_own_values_go_along_where_they_fit() -> None:
    """C12: same name and kind; what fits nowhere stays on the lead, which is kept."""
    region, visits = field(Lead, "Region", "lookup"), field(Lead, "Visits", "number")
    of_account, of_deal = field(Account, "region", "lookup"), field(Opportunity, "Visits", "number")
    field(Opportunity, "Region", "text")
    made = leads.start("ADMIN")
    made.description = made.company = "Acme"
    setattr(made, region, "South")
    setattr(made, visits, 3)
    leads.save(made, "ADMIN")
    done = conversion.convert(made.number, "ADMIN")
    account, deal = again(done.account), again(done.opportunity)
    assert getattr(account, of_account) == "South" and getattr(deal, of_deal) == 3
    assert deal.custom_region == "" and getattr(again(made), region) == "South"
