"""The outbox of the sync: what changes of a client waits to be sent, in the very transaction (VP-3, VP-4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import peewee
import pytest

from channergy_crm import work
from channergy_crm.errors import Mistake
from channergy_crm.records import Account, Contact, Customer, Lead, Task
from channergy_crm.records.lookups import CustomLookup
from channergy_crm.records.sync import TABLES, Outgoing, OutState
from channergy_crm.services import bulk_changes, conversion, leads, lookups, office, removed, saving
from channergy_crm.services.duplicates import merging, proposal
from channergy_crm.services.rights import Program
from channergy_crm.services.search_text import prepare
from channergy_crm.settings import VIPER
from channergy_crm.store import database
from channergy_crm.sync import outbox
from channergy_crm.transfer.importing.plan import propose
from channergy_crm.transfer.importing.run import run
from channergy_crm.transfer.reading.sources import open_source
from channergy_crm.work import ChangeRow, UnitRow
from channergy_crm.work.bulk import Many, reserve
from tests import made

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def on(office, operator, fixed_clock):
    switch("on")


def switch(value: str) -> None:
    office.choose(VIPER, value, "ADMIN")


def rows() -> dict[tuple[str, str], Outgoing]:
    return {(each.table, each.key): each for each in Outgoing.select()}


def sent() -> None:
    with database.writing():
        Outgoing.delete().execute()


def rename(record, name: str, by: str = "ADMIN") -> int:
    with work.unit("Rename", by=by) as unit:
        record.name = name
        record.save()
    return unit.number


def test_vp3_what_is_made_changed_and_deleted_of_a_client_waits_to_be_sent(on):
    acme = made.account("Acme")
    ann, gala = made.contact(acme, "Ann"), made.opportunity(acme, "Gala")
    keys = {("CRMAccounts", str(acme.key)), ("CustomerContacts", str(ann.key)), ("CRMOpportunities", str(gala.key))}
    assert rows().keys() == keys
    assert {(each.state, each.tries, each.request) for each in rows().values()} == {("waiting", 0, "")}
    sent()
    number = rename(acme, "Acme Inc")
    assert {key: row.unit for key, row in rows().items()} == {("CRMAccounts", str(acme.key)): number}
    sent()
    with work.unit("Delete", by="ADMIN"):
        ann.delete_instance()
    assert list(rows()) == [("CustomerContacts", str(ann.key))]


def test_vp2_vp12_nothing_but_clients_is_sent(on):
    with work.unit("Make", by="ADMIN"):
        Lead.create(description="Hotel Sun", owner="ADMIN")
        Customer.create(company="Hotel Sun")
        Task.create(action="Call the hotel", owner="ADMIN", is_crm=True)
    assert rows() == {}


def test_one_row_a_record_and_a_change_lets_what_was_held_or_refused_wait_again(on):
    acme = made.account("Acme")
    for state in (OutState.HELD, OutState.REFUSED, OutState.WAITING):
        with database.writing():
            Outgoing.update({Outgoing.state: state.value, Outgoing.reason: "email", Outgoing.tries: 3}).execute()
        number = rename(acme, f"Acme {state}")
        (row,) = rows().values()
        assert (row.state, row.reason, row.tries, row.unit) == ("waiting", "", 0, number)


@pytest.mark.parametrize("state", [OutState.SENDING, OutState.UNKNOWN])
def test_what_is_being_sent_keeps_its_key_and_is_known_to_have_changed(on, state):
    acme = made.account("Acme")
    with database.writing():
        Outgoing.update({Outgoing.state: state.value, Outgoing.request: "k1"}).execute()
    number = rename(acme, "Acme Inc")
    (row,) = rows().values()
    assert (row.state, row.request, row.unit) == (state.value, "k1", number)


def test_it_is_written_with_the_record_or_not_at_all(on):
    with pytest.raises(Mistake), work.unit("Make", by="ADMIN"):
        Account.create(name="Acme", owner="ADMIN")
        raise Mistake("no")
    assert rows() == {}


def test_vp4_what_comes_from_the_site_does_not_go_back_but_taking_it_back_does(on, monkeypatch):
    acme = made.account("Acme")
    sent()
    number = rename(acme, "Acme of Viper", Program.VIPER)
    assert rows() == {}
    saving.reverse(number, "ADMIN")
    assert list(rows()) == [("CRMAccounts", str(acme.key))]
    assert Account.find(acme.key).name == "Acme"


def test_many_at_once_undo_and_redo_are_sent_too(on):
    many = Many(Account)
    with work.unit("Import", by="ADMIN") as unit:
        numbers = reserve(Account, 5_000)
        many.insert(unit, [many.row({"name": f"A{number}", "owner": "ADMIN"}) for number in numbers], numbers)
    assert len(rows()) == 5_000
    sent()
    saving.undo_latest("ADMIN")
    assert len(rows()) == 5_000
    sent()
    saving.redo_latest("ADMIN")
    assert {row.state for row in rows().values()} == {"waiting"}
    assert len(rows()) == 5_000


def test_while_it_is_off_nothing_waits_and_switching_it_on_lets_everything_wait(office, operator, fixed_clock):
    acme = made.account("Acme")
    made.contact(acme, "Ann")
    assert rows() == {}
    switch("on")
    outbox.put_everything()
    assert {table for table, _key in rows()} == {"CRMAccounts", "CustomerContacts"}
    outbox.put_everything()
    assert len(rows()) == 2
    switch("off")
    outbox.forget_everything()
    rename(acme, "Acme Inc")
    assert rows() == {}


@pytest.mark.engines("sqlite")
def test_while_it_is_off_a_unit_asks_one_question_and_only_about_a_client(office, operator, fixed_clock):
    acme = made.account("Acme")
    heard = []
    database.proxy.obj.query_hooks.append(heard.append)

    def asked() -> list[str]:
        said = [each.sql for each in heard if "CRMSyncOutbox" in each.sql or VIPER.name in each.params]
        heard.clear()
        return said

    with work.unit("Make", by="ADMIN"):
        Lead.create(description="Hotel", owner="ADMIN")
    assert asked() == []
    rename(acme, "Acme Inc")
    assert len(asked()) == 1


# ---------------------------------------------------------------- whoever writes


def imported(acme: Account, folder: Path) -> None:
    file = folder / "accounts.csv"
    file.write_text("Account Name,Phone\nAcme,1\nNew,2\n", "utf-8")
    plan = propose(Account, open_source(file))
    run(type(plan)(**{**vars(plan), "on_match": "update"}), operator="ADMIN")


def merged(acme: Account, _folder: Path) -> None:
    twin = made.contact(acme, "Ann", email="ann@acme.example")
    merging.merge(proposal.propose(Contact, [_ann(acme).key, twin.key], "ADMIN"), 0, {}, "ADMIN")


def converted(acme: Account, _folder: Path) -> None:
    lead = leads.create({"description": "Wants 12 parkas", "company": "Zoo", "last_name": "Orr"}, "ADMIN")
    conversion.convert(lead.number, "ADMIN")


def restored(acme: Account, _folder: Path) -> None:
    key = _ann(acme).key
    with work.unit("Delete", by="ADMIN"):
        _ann(acme).delete_instance()
    sent()
    removed.restore(Contact, key, "ADMIN")


def renamed(acme: Account, _folder: Path) -> None:
    made.opportunity(acme, "Gala", stage="Prospect")
    entry = CustomLookup.get((CustomLookup.field == "Stage") & (CustomLookup.value == "Prospect"))
    entry.value = entry.description = "Inquiry"
    lookups.save(entry, "ADMIN", change_rows=True)


def ended_by_an_event(acme: Account, _folder: Path) -> None:
    with work.unit("Set", by="Events") as unit:
        ann = _ann(acme)
        ann.title = "Boss"
        unit.save_many([ann])


def _ann(acme: Account) -> Contact:
    return Contact.get(Contact.customer == acme.customer)


WAYS = [
    imported, merged, converted, restored, renamed, ended_by_an_event,
    lambda acme, _folder: bulk_changes.set_field(Account, [acme.key], "phone", "1", "ADMIN"),
    lambda acme, _folder: bulk_changes.reassign(Account, [acme.key], "BEN", "ADMIN"),
]  # fmt: skip


@pytest.mark.parametrize("way", WAYS, ids=lambda way: getattr(way, "__name__", ""))
def test_bx34_whoever_writes_has_it_wait_in_the_unit_that_writes_it(on, way, tmp_path):
    made.colleague()
    acme = made.account("Acme")
    made.contact(acme, "Ann", email="ann@acme.example")
    sent()
    before = UnitRow.select().count()
    way(acme, tmp_path)
    after = UnitRow.number > before
    told = ChangeRow.select(ChangeRow.table, ChangeRow.key, peewee.fn.MAX(ChangeRow.unit)).join(
        UnitRow, on=(UnitRow.number == ChangeRow.unit)).where(after & ChangeRow.table.in_(TABLES))  # fmt: skip
    told = {(table, key): unit for table, key, unit in told.group_by(ChangeRow.table, ChangeRow.key).tuples()}
    assert told and {key: row.unit for key, row in rows().items()} == told


@pytest.mark.parametrize("verb", ["changes", "makes"])
def test_bx34_what_the_suite_writes_past_the_journal_waits_once_it_is_made_ready(on, verb):
    acme = made.account("Acme")
    ann = made.contact(acme, "Ann")
    sent()
    prepare(Program.ITSELF)
    assert rows() == {}
    key = ann.key + (verb == "makes")
    with database.writing():
        if verb == "makes":
            raw = {"ContactNo": key, "CustNo": acme.customer, "LastName": "Orr"}
            database.insert_many("CustomerContacts", list(raw), [list(raw.values())])
        else:
            database.executemany('UPDATE "CustomerContacts" SET "LastName" = ? WHERE "ContactNo" = ?', [["Orr", key]])
    for _again in range(2):
        prepare(Program.ITSELF)
    assert [key for key, row in rows().items() if row.unit < 0] == [("CustomerContacts", str(key))]
    with database.writing():
        Outgoing.update(state=OutState.SENDING.value, request="k", unit=-1).execute()
        database.executemany('UPDATE "CustomerContacts" SET "LastName" = ? WHERE "ContactNo" = ?', [["Lee", key]])
    prepare(Program.ITSELF)
    (row,) = rows().values()
    assert (row.state, row.request) == ("sending", "k") and row.unit < -1
