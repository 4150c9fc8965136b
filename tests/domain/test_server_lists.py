"""Long lists on a server: no row is sent for every record, and nobody waits for what comes with the whole list."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm.errors import Mistake, Surroundings
from channergy_crm.query import words
from channergy_crm.query.listing import Listing, ListQuery
from channergy_crm.query.order import HeldOrder
from channergy_crm.records import Lead, Operator
from channergy_crm.services import leads, search_text
from channergy_crm.store import database, letters
from channergy_crm.work import key_field

if TYPE_CHECKING:
    from collections.abc import Iterator

    from channergy_crm.store.database import Office
    from channergy_crm.store.reader import Reader

pytestmark = pytest.mark.engines("postgres")
LONG = "SELECT count(*) FROM generate_series(1, 1000000000)"


@pytest.fixture
def reader(office: Office) -> Iterator[Reader]:
    reader = office.list_reader()
    yield reader
    reader.close()


@pytest.mark.parametrize("column", ["reminder_date", "last_name", "company"])
def test_the_order_of_the_working_leads_stands_in_an_index_with_their_numbers(reader: Reader, column: str) -> None:
    mine = Lead.owned_by("ADMIN") & Lead.working()
    query = ListQuery(Lead, ("description",), mine, order=[(column, False)])
    sql, params = query.ordered(query.select(key_field(Lead).alias("k"))).sql()
    for way in (
        "seqscan",
        "bitmapscan",
        "sort",
        "incremental_sort",
    ):  # of few rows none is better
        reader.rows("SELECT set_config(%s, 'off', false)", (f"enable_{way}",))
    plan = "\n".join(row[0] for row in reader.rows(f"EXPLAIN {sql}", params))
    assert 'Index Only Scan using "CRMLeads_working_' in plan
    assert "Sort" not in plan


def test_the_order_is_held_and_found_in_byte_by_byte(reader: Reader) -> None:
    numbers = [16777217, 65536, 256, 1, 2**31 - 1, 257, 16777216]  # one ends with what another begins with
    order = HeldOrder(reader)
    values = ", ".join(f"({number})" for number in numbers)
    assert order.lay_down(f"SELECT * FROM (VALUES {values}) AS v (k)", (), numeric=True) == len(numbers)
    assert order.keys(0, 99) == numbers
    assert order.keys(2, 2) == [256, 1]
    assert [order.position(number) for number in [*numbers, 65537, 2**40, None]] == [*range(len(numbers)), *[None] * 3]
    assert order.positions([1, 257, 4]) == [3, 5]
    assert order.lay_down("SELECT 1 AS k WHERE false", (), numeric=True) == 0
    assert (order.keys(0, 9), order.position(1)) == ([], None)


def test_what_is_known_by_a_word_is_held_as_it_is(reader: Reader) -> None:
    listing = Listing(reader)
    listing.build(ListQuery(Operator, ("name",), order=[("name", False)]))
    assert listing.keys(ListQuery(Operator, ("name",)), 0, 9) == ["ADMIN"]
    assert listing.position("ADMIN") == 0


def test_first_rows_that_take_too_long_are_given_up_and_the_next_come(reader: Reader) -> None:
    assert reader.rows_soon(LONG, (), 0.05) is None
    assert reader.rows_soon("SELECT %s::int", (7,), 5) == [(7,)]
    assert reader.rows("SHOW statement_timeout") == [("0",)], "whoever asks next is given all the time it wants"


def test_first_rows_that_nobody_wants_any_more_are_no_slow_ones(reader: Reader) -> None:
    stop = threading.Timer(0.1, reader.interrupt)
    stop.start()
    with pytest.raises(Surroundings, match="Stopped"):
        reader.rows_soon(LONG, (), 60)
    stop.join()


def test_a_line_reads_on_where_an_interrupt_has_met_the_beginning_of_a_list(office: Office) -> None:
    """It left every list of the window unread."""
    reader = office.reader()
    reader.run("BEGIN")
    with pytest.raises(Mistake):
        reader.rows("SELECT 1 / 0")
    assert reader.rows_soon("SELECT 7", (), 60) == [(7,)]
    assert [row for rows in reader.stream("SELECT 7") for row in rows] == reader.rows("SELECT 7") == [(7,)]
    reader.close()


def test_the_beginning_is_not_asked_for_where_all_must_be_found_first(reader: Reader) -> None:
    reader.rows("SELECT set_config('enable_seqscan', 'off', false)")
    by_index = 'SELECT "LeadNo" FROM "CRMLeads" ORDER BY "LeadNo" LIMIT 200'
    assert not reader.must_sort(by_index, ())
    assert reader.must_sort('SELECT "LeadNo" FROM "CRMLeads" ORDER BY "Description" LIMIT 200', ())


def test_a_server_compiles_nothing_for_a_single_question(office: Office, reader: Reader) -> None:
    shown: Any = office.database.execute_sql("SHOW jit").fetchone()
    assert (shown[0], reader.rows("SHOW jit")) == ("off", [("off",)])
    assert reader.rows("SHOW plan_cache_mode") == [("force_custom_plan",)]


def test_what_another_program_wrote_is_found_in_its_fields_as_long_as_it_is_not_prepared(
    office: Office, reader: Reader
) -> None:
    """F-8: only where every row has its search text nothing else is looked through."""
    number = leads.create({"description": "Wants a list"}, "ADMIN").number
    query = ListQuery(Lead, ("city",), text="köln")
    assert Listing(reader).build(query) == 0
    with database.writing():
        office.database.execute_sql('UPDATE "CRMLeads" SET "City" = %s WHERE "LeadNo" = %s', ("Köln", number))
    listing = Listing(reader)
    assert (listing.build(query), listing.keys(query, 0, 9)) == (1, [number])
    assert [row.key for row in listing.first(query)] == [number]
    assert search_text.prepare("ADMIN") == 1
    assert words.all_prepared(Lead, reader.rows)
    assert listing.build(query) == 1


def test_folded_texts_are_looked_through_sign_by_sign(office: Office) -> None:
    """Nothing is lowered once more: of a million texts that takes longer than finding them."""
    sql, _params = Lead.select().where(letters.contains(Lead.search_text, "häusler")).sql()
    assert "ILIKE" not in sql
    assert " LIKE " in sql
