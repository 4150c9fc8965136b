"""What goes wrong on the way to the site and back, and that nothing is lost or done twice by it (BX-34)."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import clock, work
from channergy_crm.jobs.runner import Interrupted
from channergy_crm.outgoing.line import Lost, NotSent
from channergy_crm.records.sync import Outgoing
from channergy_crm.services import saving
from channergy_crm.store import database
from channergy_crm.store.database import writing
from channergy_crm.sync import connection, links, rounds, turns
from channergy_crm.sync.sandbox.server import PASSWORD
from channergy_crm.sync.viper.wire import Nonsense, Refused, Site
from tests.domain.sync_histories import History
from tests.domain.two_sides import TwoSides, account, conflicts, edit, later, nobody_watches, now, of_viper, waiting

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from channergy_crm.sync.viper.wire import Item, Kind, Outcome, Page

ROOT = Path(__file__).resolve().parents[2]


# ---------------------------------------------------------------- what goes wrong on the way


def test_bx34_changed_there_in_the_moment_it_is_sent_it_is_merged_and_sent_again(both: TwoSides) -> None:
    firm = account(phone="1", fax="1")
    both.sync()
    edit(firm, phone="2")

    def in_between(_done: int, _total: int, text: str) -> None:
        if text == "Sending to Viper" and both.there(firm)["fax"] == "1":
            both.change(firm, fax="3")

    told = both.sync(in_between)
    assert (both.there(firm)["phone"], both.there(firm)["fax"], now(firm).fax) == ("2", "3", "3")
    assert told.conflicts == 0 and waiting() == []
    both.agree()


def test_bx34_a_site_that_is_busy_is_left_alone_as_long_as_it_says(both: TwoSides) -> None:
    account()
    both.site.faults.ways, both.site.faults.retry_after = ["ok", "ok", "ok", "429"], "120"
    told = both.sync()
    assert told.waits == clock.now() + timedelta(seconds=120) and "Viper takes nothing before 10:02." in told.said()
    asked = len(both.site.asked)
    with later(seconds=100):
        assert both.sync().waits and len(both.site.asked) == asked and not rounds.is_due(clock.now())
    with later(seconds=121):
        assert rounds.is_due(clock.now()) and both.sync().made.total() == 1
    assert waiting() == []


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("way", ["429", "retry"])
def test_bx34_a_clock_that_was_far_ahead_when_the_site_was_busy_stops_nothing_once_it_is_right(
    both: TwoSides, way: str
) -> None:  # fmt: skip
    account("One")
    account("Two")
    both.site.faults.ways = ["ok", "ok", "ok", way]
    with later(days=400):
        both.sync()
    assert rounds.is_due(clock.now()) and both.sync().waits is None
    assert len(both.site.rows("companies")) == 2 and waiting() == []


@pytest.mark.parametrize("way", ["500", "half", "html", "drop", "wrong"])
def test_bx34_without_an_answer_it_is_sent_again_under_its_key_and_done_once(both: TwoSides, way: str) -> None:
    firm = account(phone="1")
    both.site.faults.ways = ["ok", "ok", "ok", way]
    with pytest.raises(Lost):
        both.sync()
    row = Outgoing.get()
    assert row.state == "unknown" and row.request and clock.now() < row.next_try < clock.now() + timedelta(minutes=2)
    edit(firm, phone="2")
    edit(firm, phone="1", fax="3")  # meanwhile; what was sent must not come back as theirs
    both.sync()
    assert len(both.site.rows("companies")) == 1 and conflicts() == [] and not of_viper()
    assert (now(firm).phone, both.there(firm)["phone"], both.there(firm)["fax"]) == ("1", "1", "3")
    both.agree()


def test_bx34_an_answer_that_was_lost_does_not_come_back_as_a_change_of_theirs(both: TwoSides) -> None:
    firm = account(phone="1")
    both.sync()
    edit(firm, phone="2")
    both.site.faults.ways = ["ok", "ok", "ok", "drop"]
    with pytest.raises(Lost):
        both.sync()
    assert both.there(firm)["phone"] == "2"
    edit(firm, phone="1")
    both.sync()
    assert now(firm).phone == both.there(firm)["phone"] == "1" and not of_viper()


@pytest.mark.engines("sqlite")
def test_bx34_taken_off_before_an_answer_came_nothing_is_made_twice_when_it_is_put_on_again(both: TwoSides) -> None:
    firm = account()
    both.site.faults.ways = ["ok", "ok", "ok", "drop"]
    with pytest.raises(Lost):
        both.sync()
    connection.take_off("ADMIN")
    saving.undo_latest("ADMIN")
    both.sync()
    assert len(both.site.rows("companies")) == 1 and both.there(firm)["name"] == "Acme" and waiting() == []


@pytest.mark.engines("sqlite")
def test_bx34_each_time_it_waits_longer_and_not_all_of_them_until_the_same_moment() -> None:
    moment = datetime(2026, 11, 23, 10)
    for tries, minutes in ((1, 1), (2, 5), (3, 25), (4, 125), (5, 360), (50, 360)):
        waits = [(links.again(tries, moment) - moment) / timedelta(minutes=1) for _each in range(20)]
        assert all(0.75 * minutes < each < 1.25 * minutes for each in waits) and len(set(waits)) > 1


@pytest.mark.engines("sqlite")
def test_bx34_a_record_the_site_stumbles_over_keeps_nothing_else_back(both: TwoSides) -> None:
    first = account("Firm 0")
    both.sync()
    firms = [account(f"Firm {place}") for place in range(1, 6)]

    def stumble(path: str, text: bytes) -> bytes:
        return b"<html>" if path == "/companies/batch" and b"Firm 3" in text else text

    both.site.faults.twist = stumble
    for _time in range(3):
        with pytest.raises(Nonsense):
            both.sync()
    both.change(first, phone="5")
    told = both.sync()
    assert (told.later, told.taken.total(), now(first).phone) == (1, 1, "5")
    row = Outgoing.get()
    assert (Outgoing.select().count(), row.key, row.state) == (1, str(firms[2].number), "unknown")
    asked = len(both.site.asked)
    edit(first, fax="6")
    assert both.sync().sent.total() == 1 and len(both.site.asked) - asked < 9  # it is not yet time
    both.site.faults.twist = None
    with later(hours=8):
        both.sync()
    assert len(both.site.rows("companies")) == 6 and waiting() == []


@pytest.mark.engines("sqlite")
def test_bx34_a_site_that_answers_nothing_at_all_is_not_asked_for_each_record(both: TwoSides) -> None:
    for place in range(12):
        account(f"Firm {place}")
    both.site.faults.twist = lambda path, text: b"<html>" if path == "/companies/batch" else text
    for _time in range(4):
        asked = len(both.site.asked)
        with pytest.raises(Nonsense):
            both.sync()
    assert len(both.site.asked) - asked < 12 and {state for _table, state, _why in waiting()} == {"unknown"}


def test_bx34_some_of_a_batch_are_done_and_the_others_later(both: TwoSides) -> None:
    for place in range(4):
        account(f"Firm {place}")
    both.site.faults.ways = ["ok", "ok", "ok", "retry"]
    told = both.sync()
    assert (told.made.total(), told.later) == (2, 2) and "2 records are tried again later." in told.said()
    assert both.sync().made.total() == 0  # it is not yet time
    with later(minutes=2):
        assert both.sync().made.total() == 2
    assert len(both.site.rows("companies")) == 4


def test_bx34_who_is_not_let_in_and_a_site_that_is_not_there_keep_everything_waiting(both: TwoSides) -> None:
    account()
    both.site.faults.ways = ["ok", "ok", "ok", "403"]
    with pytest.raises(Refused):
        both.sync()
    assert waiting() == [("CRMAccounts", "waiting", "")]
    both.site.faults.ways = ["html"]
    with pytest.raises(Nonsense):
        both.sync()
    both.site.stop()
    with pytest.raises(NotSent):
        both.sync()
    assert waiting() == [("CRMAccounts", "waiting", "")]


def test_bx34_stopped_between_two_batches_it_goes_on_where_it_was(both: TwoSides) -> None:
    with writing():
        firms = [account(f"Firm {place}") for place in range(3)]

    def stop(_done: int, _total: int, text: str) -> None:
        if text == "Sending to Viper":
            raise Interrupted

    with pytest.raises(Interrupted):
        both.sync(stop)
    assert len(waiting()) == 3
    both.sync()
    assert {both.there(each)["name"] for each in firms} == {"Firm 0", "Firm 1", "Firm 2"}


def test_bx34_a_round_that_was_overtaken_by_another_workstation_writes_nothing(both: TwoSides) -> None:
    firm = account(phone="1")
    both.sync()
    both.change(firm, phone="2")

    def sleep(_done: int, _total: int, _text: str) -> None:
        if both.site.asked[-1].startswith("GET /companies") and not slept:
            slept.append(True)
            both.sync()
            edit(firm, phone="3")
            both.sync()

    slept: list[bool] = []
    with pytest.raises(turns.Overtaken):
        both.sync(sleep)
    assert slept and now(firm).phone == both.there(firm)["phone"] == "3"
    both.agree()


def test_bx34_pages_are_read_one_by_one_and_taken_up_where_it_stopped(both: TwoSides, monkeypatch: Any) -> None:
    monkeypatch.setattr("channergy_crm.sync.pulling.PAGE", 2)
    firms = [account(f"Firm {place}") for place in range(5)]
    both.sync()
    both.sync()
    for each in firms:
        both.change(each, phone="9")
    both.site.faults.ways = ["ok", "ok", "500"]
    with pytest.raises(Lost):
        both.sync()
    assert [now(each).phone for each in firms] == ["9"] * 4 + [""] and of_viper() == ["Viper: 2 accounts"] * 2
    both.sync()
    assert now(firms[4]).phone == "9" and of_viper()[-1] == "Viper: 1 account"


# ---------------------------------------------------------------- random histories, kills


class Watching(Site):
    """The site as ever; whatever it is asked, nobody is kept from writing meanwhile."""

    meanwhile: Callable[[], object] = staticmethod(lambda: None)

    def send(self, kind: Kind, items: Sequence[Item]) -> list[Outcome]:
        assert work.under_way() is None and not database.proxy.obj.in_transaction()
        self.meanwhile()
        return super().send(kind, items)

    def changed_since(self, kind: Kind, cursor: str, limit: int = 200) -> Page:
        assert work.under_way() is None and not database.proxy.obj.in_transaction()
        return super().changed_since(kind, cursor, limit)


def test_bx34_nothing_is_locked_while_the_site_is_waited_for_and_what_comes_meanwhile_waits(both: TwoSides) -> None:
    firm = account(phone="1")
    with Watching(both.connection(), PASSWORD) as site:
        site.meanwhile = lambda: edit(firm, phone="2")
        rounds.round(nobody_watches, site)
        assert (both.there(firm)["phone"], waiting()) == ("1", [("CRMAccounts", "waiting", "")])
        site.meanwhile = lambda: None
        rounds.round(nobody_watches, site)
    assert both.there(firm)["phone"] == "2" and not conflicts()
    both.agree()


@pytest.mark.engines("sqlite")
def test_bx34_one_that_the_store_refuses_keeps_no_other_one_back_and_is_told(both: TwoSides) -> None:
    firms = [account(f"Firm {place}") for place in range(3)]
    both.sync()
    for firm in firms:
        both.change(firm, phone="7")
    with writing():
        database.proxy.execute_sql(
            'CREATE TRIGGER refused BEFORE UPDATE ON "CRMAccounts" WHEN NEW."AccountName" = \'Firm 1\' '
            "BEGIN SELECT RAISE(ABORT, 'not this one'); END"
        )
    told = both.sync()
    assert [now(firm).phone for firm in firms] == ["7", "", "7"] and told.taken.total() == 2
    ((field, _ours, theirs),) = conflicts()
    assert field == "" and theirs.endswith("The database refused this: not this one") and both.sync().conflicts == 0


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.engines("sqlite")
def test_bx34_whatever_happens_both_sides_agree_in_the_end_and_nothing_is_lost_or_twice(
    both: TwoSides, seed: int
) -> None:
    History(both, seed).run(20)


@pytest.mark.skipif(sys.platform == "win32", reason="the program is killed the POSIX way")
def test_bx34_killed_again_and_again_each_client_is_there_once_and_nothing_is_lost() -> None:
    command = [sys.executable, "-m", "tests.benchmarks.bench_sync", "killed", "60", "4"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    found = json.loads(done.stdout)
    assert found["passes"] and found["kills"] > 0, found
