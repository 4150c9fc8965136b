"""The outbox of the sync: what changes of a client waits to be sent, in the very transaction (VP-3, VP-4)."""

from __future__ import annotations

import pytest

from channergy_crm import work
from channergy_crm.errors import Mistake
from channergy_crm.records import Account, Customer, Lead, Task
from channergy_crm.records.sync import Outgoing, OutState
from channergy_crm.services import office, saving
from channergy_crm.services.rights import Program
from channergy_crm.settings import VIPER
from channergy_crm.store import database
from channergy_crm.sync import outbox
from channergy_crm.work.bulk import Many, reserve
from tests import made


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
