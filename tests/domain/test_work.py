"""The unit of work: entirely or not at all, told once, merged with what others saved, and never lost (C6, C15)."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import peewee
import pytest

from channergy_crm import work
from channergy_crm.errors import Clash, Mistake, Surroundings
from channergy_crm.query import conditions
from channergy_crm.records import Account, Customer, Lead, Operator
from channergy_crm.services import leads, saving
from channergy_crm.store import database
from channergy_crm.work import ChangeRow, UnitRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from channergy_crm.store.database import Office

ROOT = Path(__file__).resolve().parents[2]
BY = "ADMIN"


class Stopped(Exception):
    """Something goes wrong in the middle."""


def lead(**values: Any) -> Lead:
    """A lead in the store."""
    return leads.create({"description": "Wants a price list", **values}, BY)


def again(record: Any) -> Any:
    """The record as a second instance reads it from the store."""
    found = type(record).find(record.key)
    assert found is not None
    return found


@pytest.fixture
def told() -> Iterator[list[work.Done]]:
    """What the open screens are told."""
    heard: list[work.Done] = []
    stop = work.listen(heard.append)
    yield heard
    stop()


# ---------------------------------------------------------------- entirely or not at all


def test_one_unit_is_one_entry_and_one_message(office: Office, told: list[work.Done]) -> None:
    with work.unit("Do three things", by=BY) as unit:
        first = Customer.create(company="Alder Books")
        second = Customer.create(company="Birch Tea")
        first.city = "Austin"
        first.save()
    assert len(told) == 1 and told[0].number == unit.number
    assert told[0].keys("Customers") == {first.number, second.number} and told[0].tables == {"Customers"}
    row = UnitRow.get_by_id(unit.number)
    assert (row.name, row.by, row.mode) == ("Do three things", BY, "do")
    verbs = [change.verb for change in ChangeRow.select().where(ChangeRow.unit == unit.number)]
    assert verbs == ["insert", "insert", "update"]


def test_a_unit_in_which_nothing_is_done_leaves_no_entry_and_tells_nobody(office: Office, told: list[Any]) -> None:
    before = UnitRow.select().count()
    held = lead()
    told.clear()
    with work.unit("Nothing", by=BY):
        again(held).save()
    assert UnitRow.select().count() == before + 1 and told == []


def test_what_goes_wrong_in_the_middle_leaves_nothing(office: Office, told: list[Any]) -> None:
    before = UnitRow.select().count()
    with pytest.raises(Stopped), work.unit("Half", by=BY):
        Customer.create(company="Alder Books")
        raise Stopped
    assert (Customer.select().count(), UnitRow.select().count(), told) == (0, before, [])


def test_a_unit_inside_a_unit_is_a_part_of_it(office: Office, told: list[work.Done]) -> None:
    with work.unit("Outer", by=BY) as outer, work.unit("Inner", by="SOMEBODY") as inner:
        assert inner is outer
        Customer.create(company="Alder Books")
    assert [done.name for done in told] == ["Outer"]


def test_a_part_that_goes_wrong_is_taken_back_and_the_rest_is_done(office: Office, told: list[work.Done]) -> None:
    with work.unit("Outer", by=BY):
        Customer.create(company="Alder Books")
        with pytest.raises(Stopped), work.unit("Inner", by=BY):
            Customer.create(company="Birch Tea")
            raise Stopped
        Customer.create(company="Cobalt Toys")
    assert [row.company for row in Customer.select().order_by(Customer.company)] == ["Alder Books", "Cobalt Toys"]
    assert len(told[0].changes) == 2
    assert ChangeRow.select().where(ChangeRow.unit == told[0].number).count() == 2


def test_after_a_failure_the_record_still_waits_to_be_saved(office: Office) -> None:
    """The disk was full, the server was gone: Retry must write what was typed, and not think it is there already."""
    held = lead(last_name="Kessler")
    held = again(held)
    held.last_name, held.phone = "Lombardi", "504-621-8927"
    before = held.changes()
    with pytest.raises(Stopped), work.unit("Save", by=BY):
        held.save()
        raise Stopped
    assert held.changes() == before and held.version == again(held).version
    saving.save(held, BY)
    stored = again(held)
    assert (stored.last_name, stored.phone_digits, stored.version) == ("Lombardi", "5046218927", 2)


def test_after_a_failure_a_new_record_is_still_new(office: Office) -> None:
    made = leads.start(BY)
    made.description = "Wants a price list"
    with pytest.raises(Stopped), work.unit("Create", by=BY):
        made.save()
        raise Stopped
    assert made.is_new and made.key is None
    saving.save(made, BY)
    assert again(made).description == "Wants a price list"


def test_what_the_database_refuses_is_said_in_a_sentence(office: Office) -> None:
    """CH-142: a customer has one account; and nothing that others hang on is deleted."""
    with work.unit("Make", by=BY):
        customer = Customer.create(company="Alder Books")
        Account.create(name="Alder Books", customer=customer.number, owner=BY)
    with pytest.raises(Mistake, match="the same key already"), work.unit("Make", by=BY):
        Account.create(name="Alder Books again", customer=customer.number, owner=BY)
    with pytest.raises(Mistake, match="Other records hang on this one"), work.unit("Delete", by=BY):
        customer.delete_instance()
    assert Account.select().count() == 1


def test_a_listener_hears_after_the_commit_and_no_more_when_it_has_left(office: Office) -> None:
    seen: list[int] = []
    stop = work.listen(lambda done: seen.append(Customer.select().count()))
    with work.unit("Make", by=BY):
        Customer.create(company="Alder Books")
        assert seen == []
    assert seen == [1]
    stop()
    stop()
    with work.unit("Make", by=BY):
        Customer.create(company="Birch Tea")
    assert seen == [1]


@pytest.mark.parametrize(
    "write",
    [
        lambda: Customer.create(company="x"),
        lambda: Customer.insert(company="x").execute(),
        lambda: Customer.update(company="x").execute(),
        lambda: Customer.delete().execute(),
        lambda: database.executemany('DELETE FROM "Customers" WHERE "CustNo" = ?', [(1,)]),
        lambda: database.proxy.execute_sql('UPDATE "Customers" SET "Company" = \'x\''),
    ],
)
def test_nothing_is_written_past_a_unit(office: Office, write: Any) -> None:
    with pytest.raises(database.OutsideUnit):
        write()


def test_a_unit_of_one_thread_lets_no_other_thread_write(office: Office) -> None:
    caught: list[type[BaseException]] = []

    def other() -> None:
        with office.borrowed():
            try:
                Customer.create(company="x")
            except BaseException as error:  # noqa: BLE001
                caught.append(type(error))

    with work.unit("Mine", by=BY):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert caught == [database.OutsideUnit]


# ---------------------------------------------------------------- two people


def test_c6_fields_that_do_not_clash_merge_and_both_are_found(office: Office) -> None:
    held = lead(last_name="Kessler", company="Alder Books")
    mine, theirs = again(held), again(held)
    theirs.last_name = "Lombardi"
    saving.save(theirs, BY)
    mine.company, mine.phone = "Birch Tea", "504-621-8927"
    saving.save(mine, BY)
    stored = again(held)
    assert (stored.last_name, stored.company, stored.version) == ("Lombardi", "Birch Tea", 3)
    assert mine.last_name == "Lombardi"
    for word in ("lombardi", "birch", "621892"):
        found = Lead.select().where(conditions.condition(Lead, word))
        assert [row.number for row in found] == [held.number], word
    assert not Lead.select().where(conditions.condition(Lead, "kessler")).exists()


def test_c6_the_same_change_by_both_is_no_clash(office: Office) -> None:
    held = lead(last_name="Kessler")
    mine, theirs = again(held), again(held)
    for each in (theirs, mine):
        each.last_name = "Lombardi"
        saving.save(each, BY)
    assert again(held).version == 2


def test_c6_a_clash_names_the_other_and_both_versions_and_writes_nothing(office: Office) -> None:
    with work.unit("Add", by=BY):
        Operator.create(id="ANN", name="Ann Keller")
    held = lead(last_name="Kessler", company="Alder Books")
    mine, theirs = again(held), again(held)
    theirs.last_name = "Lombardi"
    saving.save(theirs, "ANN")
    mine.last_name, mine.company = "Mbeki", "Birch Tea"
    with pytest.raises(Clash, match="ANN changed .* while you were editing it") as clash:
        saving.save(mine, BY)
    told = clash.value.differences
    assert [(each.name, each.base, each.mine, each.theirs) for each in told] == [
        ("last_name", "Kessler", "Mbeki", "Lombardi")
    ]
    assert again(held).company == "Alder Books"
    saving.settle_clash(mine, clash.value, {"last_name": "Lombardi"}, BY)
    assert (again(held).last_name, again(held).company) == ("Lombardi", "Birch Tea")


def test_c6_a_record_somebody_deleted_is_not_written_again(office: Office) -> None:
    held = lead()
    mine = again(held)
    saving.delete(again(held), BY)
    mine.last_name = "Mbeki"
    with pytest.raises(Mistake, match="was deleted by somebody else meanwhile"):
        saving.save(mine, BY)
    with pytest.raises(Mistake, match="has already been deleted"):
        saving.delete(mine, BY)


# ---------------------------------------------------------------- real processes

# Each waits for a word, then works as fast as it can and says what went wrong.
WORKER = """
import sys
from channergy_crm.store.database import open_database
from channergy_crm.errors import Clash
from channergy_crm.records import Account, Lead
from channergy_crm.services import saving
url, number, times, what = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
open_database(url)
print("ready", flush=True)
sys.stdin.readline()
for turn in range(times):
    if what == "count":
        while True:
            account = Account.find(number)
            account.employees = (account.employees or 0) + 1
            try:
                saving.save(account, "ADMIN")
                break
            except Clash:
                continue
    elif what == "create":
        saving.save(Lead(description=f"Lead {turn}", owner="ADMIN"), "ADMIN")
    else:
        lead = Lead.find(number)
        setattr(lead, what, f"{what} {turn}")
        saving.save(lead, "ADMIN")
print("done", flush=True)
"""


def together(url: str, jobs: list[tuple[int, str]], times: int) -> None:
    """Run these jobs in processes of their own, at the same moment."""
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, url, str(number), str(times), what],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
        )
        for number, what in jobs
    ]  # fmt: skip
    for worker in workers:
        assert worker.stdout is not None and worker.stdout.readline() == "ready\n"
    said = [worker.communicate("go\n", timeout=120) for worker in workers]
    assert [(out, errors) for out, errors in said] == [("done\n", "")] * len(workers)


def test_c6_c15_two_workstations_counting_up_one_field_lose_no_count(office: Office, database_url: str) -> None:
    with work.unit("Make", by=BY):
        account = Account.create(name="Alder Books", owner=BY)
    together(database_url, [(account.number, "count")] * 2, 20)
    assert again(account).employees == 40 and again(account).version == 41


def test_c6_c15_two_workstations_writing_other_fields_of_one_record_keep_both(
    office: Office, database_url: str
) -> None:
    held = lead()
    together(database_url, [(held.number, "first_name"), (held.number, "last_name"), (held.number, "city")], 20)
    stored = again(held)
    assert (stored.first_name, stored.last_name, stored.city) == ("first_name 19", "last_name 19", "city 19")
    assert stored.version == 61
    updates = (ChangeRow.table == "CRMLeads") & (ChangeRow.verb == "update")
    assert ChangeRow.select().where(updates).count() == 60


def test_c15_workstations_creating_at_once_wait_for_each_other_and_are_never_locked_out(
    office: Office, database_url: str
) -> None:
    together(database_url, [(0, "create")] * 3, 25)
    assert Lead.select().count() == 75
    assert Lead.select(peewee.fn.COUNT(Lead.number.distinct())).scalar() == 75


@pytest.mark.engines("sqlite")
def test_c15_a_file_held_too_long_is_said_in_a_sentence_and_nothing_is_lost(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlite3

    held = lead()
    held.last_name = "Mbeki"
    other = sqlite3.connect(str(office.path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    office.database.execute_sql("PRAGMA busy_timeout = 50")
    with pytest.raises(Surroundings, match="Another program is using the office's file. Nothing was saved"):
        saving.save(held, BY)
    other.execute("ROLLBACK")
    other.close()
    saving.save(held, BY)
    assert again(held).last_name == "Mbeki"
