"""The first connection: what stands on both sides already is found, put together in one unit, and taken apart again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import commands
from channergy_crm.errors import Mistake, Refused, Surroundings
from channergy_crm.records.sync import SEVERAL, Conflict, SyncLink
from channergy_crm.services import backups, saving
from channergy_crm.store import backup, put_back
from channergy_crm.sync import choosing, companies, conflicts, connection, first, links, outbox, rounds
from channergy_crm.sync.pushing import Pusher
from channergy_crm.sync.tally import Tally
from channergy_crm.sync.turns import Turn
from channergy_crm.sync.viper.wire import Site
from tests.domain import two_sides
from tests.domain.two_sides import PASSWORD, account, contact, deal, edit, nobody_watches, now, office_off
from tests.secured import secure

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.store.database import Office

ADMIN = "ADMIN"


def company(both: two_sides.TwoSides, name: str, **values: object) -> str:
    return both.site.put("companies", name=name, assigned_to="U1", **values)


def look(both: two_sides.TwoSides) -> first.Found:
    with Site(both.connection(), PASSWORD) as site:
        return first.look(ADMIN, nobody_watches, site)


def connect(both: two_sides.TwoSides, step: Any = nobody_watches) -> first.Found:
    with Site(both.connection(), PASSWORD) as site:
        return first.connect(ADMIN, step, site)


def is_open(both: two_sides.TwoSides) -> bool:
    with Site(both.connection(), PASSWORD) as site:
        return first.is_open(site)


def linked(record: Any) -> str:
    row = SyncLink.get_or_none((SyncLink.table == record._meta.table_name) & (SyncLink.key == str(record.key)))
    return row.remote if row is not None else ""


def test_vp3_vp28_what_is_the_same_is_known_by_name_and_address(both: two_sides.TwoSides) -> None:
    there = company(both, "acme", billing_address="12 Main St.", billing_city="New York", phone="1", fax="9")
    elsewhere = company(both, "Acme", billing_address="1 Elm", billing_city="Boston")
    bare = company(both, "Blue")
    acme = account("Acme", bill_address="12 Main St", bill_city="New York", phone="2", other_phone="7")
    blue, new = account("Blue", bill_city="Rome"), account("New")
    lacking = account("Nobody's", owner=ADMIN)
    deal(acme)
    found = look(both)
    assert (found.same["companies"], found.new["companies"], found.new["programs"]) == (2, 1, 0)
    assert (found.lacking["companies"], found.lacking["programs"], found.left) == (1, 1, 0)
    assert (found.strangers, found.taken, found.conflicts) == (1, 1, 3), found  # fax; name, phone, street
    assert not SyncLink.select().exists()
    assert connect(both).taken == 1
    assert (linked(acme), linked(blue), linked(new), linked(lacking)) == (there, bare, "", "")
    assert (now(acme).fax, now(acme).phone, now(acme).name) == ("9", "2", "Acme")
    told = {(name, theirs) for name, _ours, theirs in two_sides.conflicts()}
    assert told == {("name", "acme"), ("phone", "1"), ("bill_address", "12 Main St.")}
    both.sync()
    rows = both.site.rows("companies")
    assert (rows[there]["phone"], rows[there]["other_phone"], rows[bare]["billing_city"]) == ("2", "7", "Rome")
    assert len(rows) == 4 and "phone" not in rows[elsewhere]
    assert look(both).strangers == 1  # what is ours by now is no stranger
    both.agree()


def test_vp20_contacts_are_known_by_their_address_at_the_same_company_first(both: two_sides.TwoSides) -> None:
    there = company(both, "Acme", billing_city="Rome")
    one = both.site.put("contacts", last_name="Berg", email="Berg@Example.com", company_id=there, assigned_to="U1")
    acme = account("Acme", bill_city="Rome")
    other = contact(account("Other"), email="berg@example.com")
    mine = contact(acme, email="berg@example.com", first_name="Ann")
    found = connect(both)
    assert (found.same["contacts"], linked(mine), linked(other)) == (1, one, "")
    both.sync()
    assert both.site.rows("contacts")[one]["first_name"] == "Ann"
    assert len(both.site.rows("contacts")) == 1


def test_vp16_what_may_be_several_is_left_to_a_person_and_not_sent(both: two_sides.TwoSides) -> None:
    company(both, "Acme")
    twins = [account("Acme", bill_city="Rome"), account("Acme", bill_city="Oslo")]
    found = look(both)
    assert (found.left, found.same["companies"], len(found.open)) == (2, 0, 2)
    connect(both)
    both.sync()
    assert len(both.site.rows("companies")) == 1
    assert {row.reason for row in two_sides.Outgoing.select() if row.state == "held"} == {"several"}
    number = asked(twins[0])
    assert choosing.choose(number, "", ADMIN) == "Acme is made in Viper with the next sync."
    choosing.take_back(number, ADMIN)
    assert choosing.choose(number, "", ADMIN)
    both.sync()
    assert len(both.site.rows("companies")) == 2 and linked(twins[0]) and not linked(twins[1])
    with pytest.raises(Mistake, match="synced meanwhile"):
        choosing.take_back(number, ADMIN)
    edit(twins[1], name="Acme Oslo")
    found = connect(both)
    assert found.left == 0


def test_vp16_whoever_knows_says_which_company_it_is_and_the_record_goes_on(both: two_sides.TwoSides) -> None:
    there = [company(both, "Acme", phone=phone) for phone in ("1", "2")]
    acme = account("Acme", fax="9")
    mine, other = contact(acme), account("Acme Two")
    connect(both)
    both.sync()
    one = conflicts.open(ADMIN)[0]
    assert (one.label, one.several) == ("which company it is", ([(there[0], "Acme", "", ""),
                                                                 (there[1], "Acme", "", "")], 0))  # fmt: skip
    assert one.theirs == f"2 companies: Acme ({there[0]}); Acme ({there[1]})"
    for wrong in (conflicts.settle, conflicts.turn_round):
        with pytest.raises(Mistake, match="Choose which company"):
            wrong(one.number, ADMIN)
    with pytest.raises(Mistake, match="none of those"):
        choosing.choose(one.number, "C99", ADMIN)
    said = f"Acme is Acme ({there[1]}) in Viper; the next sync puts the two together."
    assert choosing.choose(one.number, there[1], ADMIN) == said and conflicts.count(ADMIN) == 0
    choosing.take_back(one.number, ADMIN)
    assert not linked(acme) and conflicts.count(ADMIN) == 1
    assert choosing.choose(one.number, there[1], ADMIN) == said
    both.sync()
    assert (now(acme).phone, both.there(acme)["fax"], linked(acme), linked(mine) != "") == ("2", "9", there[1], True)
    assert both.site.rows("companies")[there[0]] == {"name": "Acme", "assigned_to": "U1", "phone": "1"}
    both.agree()
    with pytest.raises(Mistake, match="synced meanwhile"):
        choosing.take_back(one.number, ADMIN)
    with two_sides.database.writing():
        links.conflict("CRMAccounts", other.key, SEVERAL, "", one.theirs)
        Conflict.update(theirs=companies.written(one.several.listed)).where(Conflict.settled.is_null()).execute()
    left = conflicts.open(ADMIN)[0]
    assert [each.id for each in left.several.listed] == [there[0]]
    with pytest.raises(Mistake, match="Another account is that company"):
        choosing.choose(left.number, there[1], ADMIN)


def test_vp16_what_is_taken_back_while_it_is_read_to_be_sent_is_not_sent(both: two_sides.TwoSides) -> None:
    for _twin in range(2):
        company(both, "Acme")
    acme = account("Acme")
    connect(both)
    number = asked(acme)
    choosing.choose(number, "", ADMIN)

    class Meanwhile(Turn):
        """Somebody changes their mind after the round has read what it sends."""

        def writing(self) -> Any:
            if conflicts.count(ADMIN) == 0:
                choosing.take_back(number, ADMIN)
            return super().writing()

    outbox.sort_out()
    with Site(both.connection(), PASSWORD) as site:
        Pusher(site, "companies", Meanwhile(), Tally(), nobody_watches).send()
    assert len(both.site.rows("companies")) == 2 and not linked(acme)
    both.sync()
    assert two_sides.waiting() == [("CRMAccounts", "held", "several")]


def asked(record: Any) -> int:
    """The open question which company it is."""
    row = Conflict.get((Conflict.field == SEVERAL) & (Conflict.key == str(record.key)))
    return int(row.number)


def test_vp1_a_round_waits_for_it_and_undo_takes_it_back_also_after_a_round(
    both: two_sides.TwoSides, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = company(both, "Acme", fax="9")
    acme, new = account("Acme"), account("New")
    monkeypatch.setattr(connection, "site", lambda: Site(both.connection(), PASSWORD))
    with pytest.raises(Surroundings, match="connect them first"):
        rounds.round(nobody_watches)
    connect(both)
    assert not is_open(both) and now(acme).fax == "9"
    edit(acme, phone="5")
    rounds.round(nobody_watches)
    assert linked(new) and both.site.rows("companies")[there]["phone"] == "5"
    saving.undo_latest(ADMIN)  # the telephone number
    saving.undo_latest(ADMIN)
    assert (now(acme).fax or "", linked(acme), is_open(both)) == ("", "", True)
    with pytest.raises(Surroundings, match="connect them first"):
        rounds.round(nobody_watches)
    assert both.site.rows("companies")[there]["fax"] == "9"  # what was emptied here by that is not emptied there
    saving.redo_latest(ADMIN)
    assert (now(acme).fax, linked(acme), is_open(both)) == ("9", there, False)
    saving.undo_latest(ADMIN)
    connect(both)
    saving.undo_latest(ADMIN)  # done anew, and taken back once more
    assert linked(acme) == "" and is_open(both)
    connect(both)
    rounds.round(nobody_watches)
    assert linked(acme) == there and len(both.site.rows("companies")) == 2
    both.agree()


def test_vp4_that_a_backup_was_put_back_is_noted_where_there_is_a_sync(office: Office) -> None:
    assert not put_back.note(office.address())
    assert not first.is_put_back()
    two_sides.switch_on()
    assert [put_back.note(office.address()) for _time in range(2)] == [True, False]
    assert first.is_put_back()


@pytest.mark.engines("sqlite")
def test_vp4_an_office_that_was_moved_is_connected_again_as_well(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    two_sides.switch_on()
    moved = tmp_path / "moved.db"
    assert commands.run(["move", str(office.path), str(moved)], lambda _url, _operator: 1) == 0
    assert "Nothing is sent to Viper" in capsys.readouterr().out and not put_back.note(f"sqlite:///{moved}")
    assert not first.is_put_back()


@pytest.mark.engines("sqlite")
def test_vp4_after_a_backup_was_put_back_nothing_is_sent_before_what_was_made_there_since_is_found(
    both: two_sides.TwoSides, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, office: Office
) -> None:
    monkeypatch.setattr(connection, "site", lambda: Site(both.connection(), PASSWORD))
    known = account("Known")
    both.sync()
    acme = account("Acme", bill_city="Rome")
    berg, trip = contact(acme), deal(acme)
    backup.backup(office, tmp_path / "older.db")
    rounds.round(nobody_watches)
    there = linked(known), linked(acme), linked(berg), linked(trip)
    assert all(there)
    both.change(trip, sales_stage="Offer")
    backups.restore(office, tmp_path / "older.db", ADMIN)
    with pytest.raises(Surroundings, match="A backup was put back"):
        rounds.round(nobody_watches)
    assert linked(known) and not linked(acme)
    found = connect(both)
    assert (found.same["companies"], found.same["contacts"], found.same["programs"]) == (1, 1, 1)
    assert (found.new["programs"], now(trip).stage) == (0, "Offer")
    rounds.round(nobody_watches)
    assert (linked(known), linked(acme), linked(berg), linked(trip)) == there
    assert [len(both.site.rows(kind)) for kind in ("companies", "contacts", "programs")] == [2, 1, 1]
    both.agree()
    saving.undo_latest(ADMIN)
    assert is_open(both) and linked(known) and not linked(trip)


@pytest.mark.engines("sqlite")
def test_vp1_one_that_was_not_asked_for_and_found_nothing_leaves_things_as_they_were_when_it_is_taken_back(
    both: two_sides.TwoSides,
) -> None:
    account("Acme")
    connect(both)
    saving.undo_latest(ADMIN)
    assert not is_open(both)
    both.sync()
    connect(both)
    saving.undo_latest(ADMIN)
    saving.redo_latest(ADMIN)
    saving.undo_latest(ADMIN)
    assert not is_open(both)
    company(both, "Blue")
    account("Blue")
    connect(both)
    saving.undo_latest(ADMIN)
    assert is_open(both)  # what it had connected would be made there a second time


def test_it_is_done_entirely_or_not_at_all(both: two_sides.TwoSides) -> None:
    company(both, "Acme", fax="9")
    acme = account("Acme")

    def stop(_done: int, _total: int, text: str) -> None:
        if text.startswith("Connecting"):
            raise Refused("Stopped")

    with pytest.raises(Refused, match="Stopped"):
        connect(both, stop)
    assert not SyncLink.select().exists() and not now(acme).fax and is_open(both)


def test_it_is_not_needed_where_one_side_has_none_and_asks_for_the_sync_and_an_administrator(
    both: two_sides.TwoSides,
) -> None:
    assert not is_open(both)
    account("Acme")
    assert not is_open(both)
    company(both, "Acme")
    assert is_open(both)
    office_off()
    with pytest.raises(Mistake, match="Switch the sync on first"):
        connect(both)


def test_vp2_only_an_administrator_does_it(both: two_sides.TwoSides, tmp_path: Path) -> None:
    secure(tmp_path, BEN="Operator")
    for does in (first.look, first.connect):
        with pytest.raises(Refused), Site(both.connection(), PASSWORD) as site:
            does("BEN", nobody_watches, site)


def test_who_takes_back_that_the_sync_was_off_loses_nothing(both: two_sides.TwoSides) -> None:
    acme = account("Acme")
    both.sync()
    office_off()
    edit(acme, "ANN", phone="8")
    assert not two_sides.waiting()
    saving.undo_latest(ADMIN)
    assert connection.is_on()
    both.sync()
    assert both.there(acme)["phone"] == "8"
