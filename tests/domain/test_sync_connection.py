"""The connection of the office to its Viper site, and who stands for whom (VP-1, VP-2, VP-10, VP-14, BX-34)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from channergy_crm import secrets
from channergy_crm.errors import Mistake, Refused, Surroundings
from channergy_crm.records import Account
from channergy_crm.records.office import OfficeSetting
from channergy_crm.records.preferences import Preferences
from channergy_crm.records.sync import Cursor, Outgoing, SyncLink, SyncPerson
from channergy_crm.services import groups, office, operators, saving
from channergy_crm.settings import VIPER
from channergy_crm.store import database
from channergy_crm.sync import connection, fields, people, stage_names
from channergy_crm.sync.sandbox.server import Sandbox
from channergy_crm.sync.viper.wire import User
from tests import made
from tests.domain import viper_site
from tests.secured import secure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from channergy_crm.sync.connection import Connection

BY = "ADMIN"
pytestmark = pytest.mark.usefixtures("office")


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Sandbox]:
    site = Sandbox(tmp_path / "site").start()
    yield site
    site.stop()


@pytest.fixture
def at(there: Sandbox) -> Connection:
    """How that site is reached."""
    return viper_site.connection(there.address)


def test_vp1_it_is_kept_for_the_office_and_its_secret_at_the_workstation(at: Connection) -> None:
    assert not connection.is_on() and not connection.is_ready() and connection.held() == connection.Connection()
    lead = made.account("Acme", BY)
    connection.keep(at._replace(address=f" {at.address}/ ", every_minutes=5), None, BY)
    assert connection.held() == at._replace(every_minutes=5) and not connection.has_secret(at)
    with pytest.raises(Mistake) as told:
        connection.keep(at._replace(on=True), None, BY)
    assert told.value.field == "secret" and not connection.is_on()
    connection.keep(at._replace(on=True), "demo", BY)
    assert connection.is_on() and connection.is_ready() and office.get(VIPER, BY) == "on"
    assert Outgoing.select().where(Outgoing.key == str(lead.key)).exists()  # compared with the site in the next round
    with connection.site() as site:
        assert site.test().startswith("Connected as Demo")
    assert "demo" not in [row.value for row in OfficeSetting.select() if row.name != "viper.user"]
    saving.undo_latest(BY)
    assert not connection.is_on() and connection.held().address == at.address


def test_vp3_what_others_make_while_the_sync_is_being_switched_on_waits_too(at: Connection) -> None:
    made.contact(made.account("Acme", BY), "Ann", "Lee")
    steps = iter([lambda: None, lambda: made.account("Made meanwhile", BY)])  # after the accounts, after the contacts
    connection.keep(at._replace(on=True), "demo", BY, lambda: next(steps)())
    waits = {row.key for row in Outgoing.select().where(Outgoing.table == "CRMAccounts")}
    assert waits == {str(each.number) for each in Account.select()} and len(waits) == 2


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"address": "http://viper.example.com"}, "address"),
        ({"address": "https://demo:secret@viper.example.com"}, "address"),
        ({"address": "https://viper.example.com/?a=1"}, "address"),
        ({"address": "", "on": True}, "address"),
        ({"every_minutes": 0}, "every_minutes"),
        ({"every_minutes": 1441}, "every_minutes"),
        ({"certificate": "AB:CD"}, "certificate"),
    ],
)
def test_vp1_what_cannot_be_is_said_at_its_field_and_not_kept(
    at: Connection, wrong: dict[str, object], field: str
) -> None:  # fmt: skip
    with pytest.raises(Mistake) as told:
        connection.keep(at._replace(**wrong), "demo", BY)
    assert told.value.field == field and connection.held() == connection.Connection()
    assert not secrets.is_kept(connection.secret_name(at._replace(**wrong)))


def test_vp1_a_password_is_never_said_to_another_site(at: Connection) -> None:
    connection.keep(at._replace(on=True), "demo", BY)
    office.choose(connection.VIPER_ADDRESS, "https://elsewhere.example", BY)  # by another program, say
    assert not connection.is_ready()
    with pytest.raises(Surroundings, match="not kept"), connection.site():
        pass
    office.choose(connection.VIPER_ADDRESS, at.address, BY)
    connection.keep(at._replace(address="https://elsewhere.example"), None, BY)
    assert not connection.has_secret(connection.held()) and connection.has_secret(at)
    assert not connection.has_secret(at._replace(user="somebody else"))


def test_k23_taken_off_nothing_is_asked_and_nothing_is_on(at: Connection, there: Sandbox) -> None:
    made.account("Acme", BY)
    connection.keep(at._replace(on=True), "demo", BY)
    with connection.site():
        pass
    connection.keep(at, None, BY)
    assert not connection.is_on() and connection.has_secret(at)  # switched off: only that
    connection.take_off(BY)
    assert connection.held() == connection.Connection() and not connection.has_secret(at)
    assert not Outgoing.select().exists()
    asked = len(there.asked)
    with pytest.raises(Surroundings), connection.site():
        pass
    assert len(there.asked) == asked


def test_vp1_another_site_is_not_taken_for_the_one_the_records_were_synced_with(
    at: Connection, tmp_path: Path
) -> None:  # fmt: skip
    connection.keep(at._replace(on=True), "demo", BY)
    for _round in range(2):
        with connection.site():
            pass
    other = Sandbox(tmp_path / "other").start()
    elsewhere = viper_site.connection(other.address, on=True)
    connection.keep(elsewhere, "demo", BY)
    with pytest.raises(Surroundings, match="another site"), connection.site():
        pass
    with pytest.raises(Mistake, match="off first"):
        connection.begin_anew(BY)
    connection.keep(elsewhere._replace(on=False), None, BY)
    connection.begin_anew(BY)
    assert not Cursor.select().exists() and not SyncLink.select().exists()
    connection.keep(elsewhere, None, BY)
    with connection.site() as site:
        assert site.users()
    other.stop()


def test_vp1_it_is_tried_without_being_kept(at: Connection, there: Sandbox, tmp_path: Path) -> None:
    assert connection.test(at, "demo", BY).startswith("Connected as Demo; 5 users, 0 companies")
    with pytest.raises(Surroundings, match="refuses this user"):
        connection.test(at, "wrong", BY)
    assert connection.held() == connection.Connection() and not connection.has_secret(at)
    pytest.importorskip("cryptography")
    own = Sandbox(tmp_path / "own", certificate=viper_site.certificate(tmp_path)).start()
    with pytest.raises(Surroundings, match="shows this one: ") as told:
        connection.test(viper_site.connection(own.address), "demo", BY)
    shown = told.value.message.rpartition(": ")[2].split()[-1]
    good = viper_site.connection(own.address, certificate=shown)
    assert connection.test(good, "demo", BY).startswith("Connected")
    own.stop()


def test_vp2_only_an_administrator_chooses_the_site(at: Connection, tmp_path: Path) -> None:
    secure(tmp_path, BEN="Operator")
    for deed in (
        lambda: connection.keep(at, "x", "BEN"), lambda: connection.take_off("BEN"),
        lambda: connection.begin_anew("BEN"),
        lambda: connection.test(at, "x", "BEN"), lambda: people.people("BEN"), lambda: people.propose_people([], "BEN"),
        lambda: people.keep_person("BEN", "U1", "BEN"), lambda: connection.propose_user("BEN"),
    ):  # fmt: skip
        with pytest.raises(Refused):
            deed()


def test_vp1_the_user_proposed_is_ones_own(at: Connection) -> None:
    assert connection.propose_user(BY) == BY
    saving.save(Preferences(operator=BY, email="ann@example.com"), BY)
    assert connection.propose_user(BY) == "ann@example.com"


# ---------------------------------------------------------------- who stands for whom


def test_vp10_vp14_who_stands_for_whom_is_proposed_by_address_and_name(at: Connection) -> None:
    made.colleague()
    operators.add("KIM", "Kim Berg", BY)
    operators.add("LEE", "Lee", BY)
    groups.create("HQ", "Head office", BY)
    saving.save(Preferences(operator="BEN", email="B.Ortiz@example.com"), "BEN")
    assert [(each.owner, each.group) for each in people.people(BY)] == [
        ("BEN", False), ("KIM", False), ("LEE", False), ("HQ", True),
    ]  # fmt: skip
    users = [
        User("U1", "Somebody", email="b.ortiz@example.com"), User("U2", "kim berg"), User("U3", "Lee"),
        User("U4", "LEE"), User("O1", "Head Office", "office"), User("U5", "Administrator"),
    ]  # fmt: skip
    found = people.propose_people(users, BY)
    assert {owner: user.id for owner, user in found.items()} == {"BEN": "U1", "KIM": "U2", "HQ": "O1"}
    people.keep_person("KIM", "U2", BY, "Kim Berg")
    assert set(people.propose_people(users, BY)) == {"BEN", "HQ"}
    with pytest.raises(Mistake, match="stands for KIM already") as told:
        people.keep_person("LEE", "U2", BY, "Kim Berg")
    assert told.value.field == "remote"
    with pytest.raises(Mistake, match="never sent"):
        people.keep_person("Admin", "U5", BY)
    kim = next(each for each in people.people(BY) if each.owner == "KIM")
    assert (kim.remote, kim.remote_name) == ("U2", "Kim Berg")
    people.keep_person("KIM", "U3", BY, "Lee")
    people.keep_person("KIM", "", BY)
    assert not SyncPerson.select().exists()


def test_vp49_vp57_vp58_what_the_site_calls_a_stage_is_chosen(at: Connection, tmp_path: Path) -> None:
    stage = stage_names.every(BY)[1]
    stage_names.keep(stage.stage, " Pitch ", BY)
    assert stage_names.every(BY)[1].theirs == "Pitch" and fields.stage_here("pitch") == stage.stage
    other = stage_names.every(BY)[2]
    for taken in ("PITCH", stage_names.every(BY)[0].label):
        with pytest.raises(Mistake, match="called so there already"):
            stage_names.keep(other.stage, taken, BY)
    saving.undo_latest(BY)
    assert stage_names.every(BY)[1].theirs == ""
    stage_names.keep(stage.stage, "Pitch", BY)
    stage_names.keep(stage.stage, "", BY)
    assert not any(each.theirs for each in stage_names.every(BY))
    secure(tmp_path, BEN="Operator")
    for deed in (lambda: stage_names.every("BEN"), lambda: stage_names.keep(stage.stage, "X", "BEN")):
        with pytest.raises(Refused):
            deed()


def test_how_often_stands_whatever_another_program_wrote(at: Connection) -> None:
    with database.writing():
        for name, value in (("viper.every", "soon"), ("viper.address", None)):
            OfficeSetting.insert(name=name, value=value).execute()
    assert connection.held().every_minutes == 15 and connection.held().address == ""
