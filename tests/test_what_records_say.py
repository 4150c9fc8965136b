"""What a record type says of itself is true, and enough: it is found, imported, extended and compared by it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from channergy_crm import records, work
from channergy_crm.errors import Mistake
from channergy_crm.fields import Email, Flag, Link, RecordNumber, SearchText, Text
from channergy_crm.query import conditions
from channergy_crm.records import ALL, Operator, those
from channergy_crm.services import custom_fields, global_search
from channergy_crm.services.duplicates import look_alikes
from channergy_crm.transfer.exporting.run import exportable
from channergy_crm.transfer.importing import mapping
from channergy_crm.transfer.importing.links import links_for
from channergy_crm.transfer.importing.plan import importable
from channergy_crm.work.about import About
from channergy_crm.work.record import Record
from tests.factories import BY, valid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from channergy_crm.store.database import Office

ICONS = Path(__file__).parent.parent / "resources" / "icons"


def named(record: type[Record]) -> str:
    """How the tests call a record type."""
    return record.__name__


@pytest.mark.parametrize("record", ALL, ids=named)
def test_it_speaks_of_fields_it_has(record: type[Record]) -> None:
    about, fields = record.about, record._meta.fields
    only = [about.only] if about.only else []
    called = about.called_by()
    told = {*about.title, *about.detail, *about.standing, *about.known_by, *about.always, *called.fields, *only}
    assert told <= fields.keys()
    assert not called.new or isinstance(fields[called.new], Text)
    assert bool(about.one_of) == bool(about.one_of_said and about.without)
    assert all(isinstance(fields[name], Flag) for name in (*about.standing, *only))
    assert not about.speaks_for or isinstance(fields[about.speaks_for], Link)
    assert not about.icon or (ICONS / f"{about.icon}.svg").is_file()
    assert not about.title or (about.icon and about.target and "search_text" in fields)


@pytest.mark.parametrize("record", ALL, ids=named)
def test_those_it_points_at_come_before_it(record: type[Record]) -> None:
    others = [other for other in record._meta.refs.values() if other is not record]
    assert all(ALL.index(other) < ALL.index(record) for other in others)


@pytest.mark.parametrize("record", those(lambda record: record.about.title), ids=named)
def test_it_is_found_by_its_name(office: Office, record: type[Record]) -> None:
    with work.unit("Make", by=BY):
        made = valid(record, 2)
        for flag in record.about.standing:
            setattr(made, flag, False)
        if record.about.only:
            setattr(made, record.about.only, True)
        setattr(made, record.about.title[0], "Quuxberg")
        made.save()
    with closing(office.reader()) as reader:
        groups = list(global_search.find(reader, "quuxberg", BY))[-1]
    assert [(group.place.record, hit.key) for group in groups for hit in group.hits] == [(record, made.key)]


@pytest.mark.parametrize("record", those(lambda record: record.about.known_by), ids=named)
def test_a_file_with_its_own_labels_needs_no_help(record: type[Record]) -> None:
    offered = mapping._known(record)
    wanted = {name: kind.label for name, kind in record.offered().items() if (name, 0) in offered.values()}
    found = mapping.match(list(wanted.values()), record)
    assert [name for _, name in found.columns] == list(wanted)


@pytest.fixture
def supplier(office: Office) -> Iterator[type[Record]]:
    """A record type that is declared while the program runs."""

    class Supplier(Record):
        """Somebody the office buys from."""

        number = RecordNumber("Supplier #", column_name="SupplierNo")
        company = Text("Company", column_name="Company", searched=True)
        email = Email("Email", column_name="Email", searched=True, synonyms="order address, Bestelladresse")
        owner = Link(Operator, "Operator ID", column_name="OwnerOperatorID")
        search_text = SearchText()

        singular = "Supplier"
        plural = "Suppliers"
        about = About(icon="account", title=("company",), detail=("email",), target="supplier",
                      known_by=("company",), twice=True, extendable=True)  # fmt: skip

        class Meta:
            table_name = "Suppliers"

        def caption(self) -> str:
            return self.company or f"Supplier {self.number}"

    records.register(Supplier)
    office.database.create_tables([Supplier])
    yield Supplier
    records.forget(Supplier)


def test_a_record_type_costs_one_declaration(office: Office, supplier: type[Record]) -> None:
    with work.unit("Make", by=BY):
        made = supplier(company="Quuxberg", email="a@quuxberg.example", owner=BY)
        made.save()
    with closing(office.reader()) as reader:
        (group,) = list(global_search.find(reader, "quuxberg", BY))[-1]
        (match,) = look_alikes.like(reader, supplier, {"email": "a@quuxberg.example"}, BY)
    assert [(hit.title, hit.detail) for hit in group.hits] == [("Quuxberg", "a@quuxberg.example")]
    assert global_search.destination(match.hit, BY) == ("supplier", made.key)
    assert supplier in custom_fields.records()
    assert importable()["suppliers"] is exportable()["suppliers"] is supplier
    assert mapping.match(["Firma", "E-Mail-Adresse"], supplier).names == {"company", "email"}


def test_its_fields_are_known_by_the_usual_names_and_by_their_own(supplier: type[Record]) -> None:
    assert mapping.match(["Razón social", "Order address"], supplier).names == {"company", "email"}
    usual = conditions.names(supplier)
    assert [usual[said] for said in ("firma", "organization", "mail", "bestelladresse")] == [
        "company", "company", "email", "email",
    ]  # fmt: skip


def test_rows_name_it_by_its_title(supplier: type[Record]) -> None:
    class Delivery(Record):
        """What somebody brings."""

        number = RecordNumber("Delivery #", column_name="DeliveryNo")
        supplier_of = Link(supplier, "Supplier #", column_name="SupplierNo", required=True)

    with work.unit("Make", by=BY):
        made = supplier(company="Quuxberg", owner=BY)
        made.save()
    found = links_for(Delivery.kind("supplier_of"), "create", BY)
    assert (found.find(" QUUXBERG "), found.find(str(made.key))) == (made.key, made.key)
    with pytest.raises(Mistake, match=r"^There is no supplier Quux\.$"):
        found.find("Quux")  # it says of no field that it holds the name of a new one


def test_what_is_forgotten_is_nowhere(office: Office, supplier: type[Record]) -> None:
    records.forget(supplier)
    assert supplier not in [*ALL, *exportable().values(), *custom_fields.records(), *look_alikes.records()]
    records.register(supplier)
    assert records.BY_TABLE["Suppliers"] is supplier
