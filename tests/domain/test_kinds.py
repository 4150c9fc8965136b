"""What holds for every kind of field: what it shows, writes into files, filters by and calls empty fits together."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import fields, work
from channergy_crm.errors import Mistake
from channergy_crm.fields.lists import Choice
from channergy_crm.records import Customer, Operator
from channergy_crm.text.folding import fold
from channergy_crm.transfer.exporting.text import Style
from channergy_crm.transfer.exporting.workbook import WAYS
from channergy_crm.transfer.reading.cells import Reading as Written
from channergy_crm.transfer.reading.cells import reader, weigher
from channergy_crm.work.record import Record
from tests.made import colleague

if TYPE_CHECKING:
    from collections.abc import Iterator

    from channergy_crm.store.database import Office


class Thing(Record):
    """A record with one field of every kind."""

    number = fields.RecordNumber("Number", column_name="ThingNo")
    text = fields.Text("Text", column_name="Text", searched=True)
    long_text = fields.LongText("Long", column_name="LongText")
    email = fields.Email("E-mail", column_name="Email")
    website = fields.Website("Web", column_name="Website")
    phone = fields.Phone("Phone", column_name="Phone")
    fax = fields.Phone("Fax", column_name="Fax", keyed=False)
    more_phones = fields.MorePhones("More", column_name="More", searched=False)
    lookup = fields.Lookup("Topic", column_name="Topic")
    multi_lookup = fields.MultiLookup("Topics", column_name="Topics")
    whole = fields.Number("Whole", column_name="Whole")
    percent = fields.Percent("Percent", column_name="Percent")
    money = fields.Money("Money", column_name="Money")
    day = fields.Date("Day", column_name="Day")
    time = fields.Time("Time", column_name="Time")
    moment = fields.Moment("Moment", column_name="Moment")
    flag = fields.Flag("Flag", column_name="Flag")
    link = fields.Link(Customer, "Customer", column_name="CustNo")
    owner = fields.Owner(Operator, "Owner", column_name="OwnerOperatorID")
    assigned = fields.Assigned(Operator, "Assigned", column_name="AssignedID")
    reference = fields.Reference("Lead", "Lead", column_name="LeadNo")
    imported = fields.Imported("Imported #", synonyms="thing id")
    repeats = fields.Repeats("Repeats", column_name="Repeats")
    one_of = fields.OneOf("State", column_name="State", words={"draft": "Draft", "open": "Open"})
    quantity = fields.Quantity("Quantity", column_name="Quantity")
    rate = fields.Rate("Rate", column_name="Rate")
    search_text = fields.SearchText()

    singular, plural = "Thing", "Things"

    class Meta:
        table_name = "Things"


VALUES: dict[str, tuple[Any, Any]] = {
    "more_phones": ("Mobile: 512-555-0142", "Mobile: 1234567\nHome: 512-555-0143"),
    "number": (1, 2), "text": ("=Ann Lee", "Zoë"), "long_text": ("One line", "Two\nlines"),
    "email": ("ann@example.com", "ben@example.org"), "website": ("www.example.com", "example.net"),
    "phone": ("504-621-8927", "+44 20 7946 0018"), "fax": ("212-555-0134", "+1 212 555 0199"),
    "lookup": ("B", "Toys & Co"), "multi_lookup": ("B |##| Toys & Co", "C"), "whole": (0, 1200), "percent": (7, 100),
    "money": (-99, 123450), "day": (date(2024, 2, 29), date(2026, 11, 23)), "time": (time(0, 0), time(13, 30)),
    "moment": (datetime(2026, 3, 1, 8, 15), datetime(2026, 3, 2, 0, 0)), "flag": (True, False), "link": (1, 2),
    "owner": ("ADMIN", "BEN"), "assigned": ("BEN", "ADMIN"), "reference": (3, 40), "imported": ("thing id: T1", "T2"),
    "repeats": ("FREQ=WEEKLY;INTERVAL=2", "AFTER=14D"), "search_text": ("=ann lee t1", "zoe t2"),
    "one_of": ("open", "draft"), "quantity": (2_125, -1_234_000), "rate": (1_900, 825),
}  # fmt: skip
CHOICES = [Choice("B", "Books; old and new", False), Choice("Toys & Co", "Toys", False), Choice("C", "Cars", True)]

every_kind = pytest.mark.parametrize("name", VALUES)


def lists(table: str, field: str) -> list[Choice]:
    """The list of the office, as the records hand it down."""
    return CHOICES if (table, field) in {("Things", "Topic"), ("Things", "Topics")} else []


@pytest.fixture
def things(office: Office) -> Iterator[tuple[Thing, Thing, Thing]]:
    """Two things with every field filled in, and an empty one."""
    office.database.create_tables([Thing])
    colleague()
    given = [name for name in VALUES if name not in ("number", "search_text")]
    with work.unit("Make", by="ADMIN"):
        Customer.create(company="Acme")
        Customer.create(company="Bell")
        made = [Thing.create(**{name: VALUES[name][turn] for name in given}) for turn in (0, 1)]
        made.append(Thing.create())
    yield made[0], made[1], made[2]
    office.database.drop_tables([Thing])


def found(condition: Any) -> list[int]:
    """The numbers of the things a condition finds."""
    return [number for (number,) in Thing.select(Thing.number).where(condition).order_by(Thing.number).tuples()]


def test_every_kind_is_tried() -> None:
    assert {type(Thing.kind(name)).__name__ for name in VALUES} == {*fields.__all__} - {"Kind"}


@every_kind
def test_what_it_shows_it_reads_back(name: str) -> None:
    kind = Thing.kind(name)
    for value in VALUES[name]:
        if not isinstance(value, datetime):  # nobody types one
            assert kind.read(kind.show(value)) == value
    assert kind.show(kind.empty) == ""


@pytest.mark.parametrize("style", [Style(), Style(";", decimal=","), Style(vtiger=True)], ids=["us", "de", "vtiger"])
def test_what_each_writes_into_a_file_it_reads_back(style: Style, things: Any) -> None:
    for name, values in VALUES.items():
        kind: Any = Thing.kind(name)
        stored = [raw for (raw,) in Thing.select(kind).order_by(Thing.number).limit(2).tuples()]
        texts = [str(text) for text in kind.written(style, lists)(stored)]
        weigh = weigher(kind)
        read = reader(kind, weigh(texts) if weigh else Written())
        back = [read(text) for text in texts]
        if kind.list_key:
            meant = kind.spellings(lists)
            back = [kind.joined([meant[fold(one)] for one in kind.parts(value)]) for value in back]
        on_one_line = style.vtiger and name == "long_text"
        assert back == ([" ".join(text.split()) for text in values] if on_one_line else list(values)), name


def test_a_workbook_knows_what_each_gives(things: Any) -> None:
    for name in VALUES:
        kind = Thing.kind(name)
        read = kind.exported(lists)
        for (raw,) in Thing.select(kind).where(kind.is_null(False)).tuples():
            assert type(read(raw)) in WAYS, name


def test_the_filter_of_each_finds_what_it_holds(things: Any) -> None:
    for name, values in VALUES.items():
        kind = Thing.kind(name)
        for turn, value in enumerate(values):
            said = str(value.date()) if isinstance(value, datetime) else kind.show(value)
            other = {2, 3} if value is False else {turn + 1}  # what is not ticked is not set
            assert set(found(kind.compare("=", said, lists))) == other, name
            assert things[turn].number in found(kind.compare(":", said, lists)), name


def test_the_filter_of_each_finds_what_is_filled(things: Any) -> None:
    everything = {"number": [1, 2, 3], "flag": [1]}
    for name in VALUES:
        assert found(Thing.kind(name).filled()) == everything.get(name, [1, 2]), name


def test_empty_is_what_an_empty_field_of_each_holds(things: Any) -> None:
    held = Thing.find(things[2].number)
    assert held is not None
    for name in VALUES:
        kind = Thing.kind(name)
        assert getattr(held, name) == (things[2].number if kind.counted else kind.empty), name


def test_what_is_completed_can_be_asked_for(things: Any) -> None:
    for name in VALUES:
        kind = Thing.kind(name)
        for word in kind.completed(lists):
            found(kind.compare(":", word, lists))


def test_quantities_and_rates_are_compared_sorted_and_read_as_people_write_them(things: Any) -> None:
    quantity, rate, few = Thing.kind("quantity"), Thing.kind("rate"), Thing.kind("one_of")
    assert [found(quantity.compare(sign, "2.125", lists)) for sign in (">=", ">", "<", "<=", "=", "!=")] == [
        [1], [], [2], [1, 2], [1], [2],
    ]  # fmt: skip
    assert (found(quantity.compare(">", "-2000", lists)), found(rate.compare(">", "8.25 %", lists))) == ([1, 2], [1])
    assert [number for (number,) in Thing.select(Thing.number).where(rate.is_null(False)).order_by(rate).tuples()] == [
        2,
        1,
    ]
    assert (quantity.read("2,5"), quantity.read("0.125"), rate.read("8,25 %")) == (2_500, 125, 825)
    assert quantity.exported(lists)(2_500) == 2.5 and quantity.exported(lists)(3_000) == 3
    for kind, text in ((quantity, "1.2345"), (rate, "1.9999"), (few, "gone")):
        with pytest.raises(Mistake, match=kind.label):
            kind.read(text)
    assert rate.check(10_001) is not None and few.check("gone") is not None and few.read("OPEN") == "open"
