"""The sync runs by itself: when it is time, at one workstation at a time, and by a command (VP-3, VP-4)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from channergy_crm import clock, commands
from channergy_crm.jobs import known, viper
from channergy_crm.jobs.lease import Lease
from channergy_crm.jobs.runner import Runner
from channergy_crm.records.jobs import JobRow
from channergy_crm.records.sync import Outgoing, SyncLink
from channergy_crm.sync import connection, people, rehearsing, turns
from channergy_crm.sync.sandbox.server import PASSWORD
from tests.domain.two_sides import (
    ADMIN,
    TwoSides,
    account,
    contact,
    deal,
    edit,
    later,
    link,
    nobody_watches,
    now,
    waiting,
)
from tests.secured import PASSWORD as SIGNED_IN
from tests.secured import secure

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from channergy_crm.store.database import Office


@pytest.fixture
def ready(both: TwoSides) -> TwoSides:
    """The connection is on, and this workstation has the password."""
    connection.keep(both.connection(), PASSWORD, ADMIN)
    return both


def test_vp3_it_is_time_every_so_many_minutes_and_soon_after_something_waits(office: Office, ready: TwoSides) -> None:
    runner = Runner(office, known.syncing(), viper.NAME)
    assert [each.state for each in runner.look() or []] == ["done"]
    assert runner.look() == []
    firm = account()
    assert runner.look() == []
    with later(seconds=11):
        assert [each.state for each in runner.look() or []] == ["done"] and ready.there(firm)
        assert runner.look() == []
        ready.change(firm, phone="5")
        with later(minutes=14):
            assert runner.look() == [] and now(firm).phone == ""
        with later(minutes=15):
            assert [each.state for each in runner.look() or []] == ["done"] and now(firm).phone == "5"
            with later(seconds=11):
                assert runner.look() == []
                people.keep_person("ANN", "U2", ADMIN)  # what has waited for that goes soon as well
                assert [each.state for each in runner.look() or []] == ["done"]


def test_bx34_what_fails_is_tried_later_and_its_sentence_is_kept(office: Office, ready: TwoSides) -> None:
    runner = Runner(office, known.syncing(), viper.NAME)
    account()
    ready.site.faults.usual = "500"
    (failed,) = runner.look() or []
    assert failed.state == "failed" and "500" in failed.error and failed.next_try == clock.now() + timedelta(minutes=1)
    ready.site.faults.usual = "ok"
    with later(seconds=30):
        assert runner.look() == []  # not sooner, although something waits
    with later(seconds=61):
        assert [each.state for each in runner.look() or []] == ["done"] and waiting() == []
    assert JobRow.select().where(JobRow.job == viper.NAME).count() == 1


def test_bx34_one_workstation_at_a_time_and_only_one_that_has_the_password(office: Office, ready: TwoSides) -> None:
    account()
    other = Lease(office, viper.NAME)
    assert other.take()
    assert viper.now(office, nobody_watches) is None and Runner(office, known.syncing(), viper.NAME).look() is None
    other.give_back()
    told = viper.now(office, nobody_watches)
    assert told is not None and told.made.total() == 1
    connection.take_off(ADMIN)
    assert not any(job.wanted() for job in known.syncing())


def test_vp3_a_rehearsal_counts_and_does_nothing(ready: TwoSides) -> None:
    firm, lacking = account(), account("Of nobody", owner=ADMIN)
    contact(firm)
    deal(firm)
    ready.site.put("companies", name="Hotel", assigned_to="U1")
    before = waiting()
    told = rehearsing.rehearse(nobody_watches)
    assert told.said() == (
        "3 records would be made in Viper. 1 client of Viper is not known here. "
        "1 record lacks something and is not sent."
    )
    assert (waiting(), turns.cursor("companies"), ready.site.rows("programs")) == (before, "", {})
    ready.sync()
    ready.change(firm, phone="1")
    edit(firm, fax="2")
    assert lacking.key and rehearsing.rehearse(nobody_watches).said() == (
        "1 record would be sent, as far as it says something new. 1 record has changed in Viper. "
        "1 record lacks something and is not sent."
    )
    assert now(firm).phone == "" and link(firm).met == "synced"


def _no_window(_url: str, _operator: str | None) -> int:
    raise AssertionError("no window opens")


@pytest.mark.engines("sqlite")
def test_vp4_the_command_syncs_and_says_what_it_did(
    database_url: str, ready: TwoSides, capsys: pytest.CaptureFixture[str]
) -> None:
    account()
    run: Callable[..., int] = commands.run
    assert run(["sync", "--database", database_url, "--dry-run"], _no_window) == 0
    assert capsys.readouterr().out == "1 record would be made in Viper.\n" and Outgoing.select().count() == 1
    ready.site.faults.ways = ["ok", "ok", "ok", "429"]
    assert run(["sync", "--database", database_url], _no_window) == 1
    assert "Viper takes nothing before" in capsys.readouterr().out
    with clock.fixed(datetime(2026, 11, 23, 11)):
        assert run(["sync", "--database", database_url], _no_window) == 0
    assert capsys.readouterr().out == "1 record was made in Viper.\n" and SyncLink.select().count() == 1
    connection.take_off(ADMIN)
    assert run(["sync", "--database", database_url], _no_window) == 1
    assert capsys.readouterr().err == "The sync with Viper is switched off.\n"


@pytest.mark.engines("sqlite")
def test_vp3_the_command_puts_both_sides_together_first_for_an_administrator(
    database_url: str, ready: TwoSides, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def says(*options: str) -> tuple[int, str]:
        code = commands.run(["sync", "--database", database_url, *options], _no_window)
        told = capsys.readouterr()
        return code, told.out + told.err

    there = ready.site.put("companies", name="Acme", assigned_to="U1", fax="9")
    acme = account()
    same = "1 account is the same as a company there.\n1 record here takes over what only Viper has.\n"
    assert says() == (1, "Both sides have clients already. Look at what is the same and connect them first: "
                         "Settings > Viper.\n")  # fmt: skip
    assert says("--dry-run", "--connect") == (0, same)
    assert says("--connect", "--by", "NOBODY")[0] == 1 and not SyncLink.select().exists()
    secure(tmp_path)
    assert says("--connect") == (1, "Security is on in this office: say with --by who you are.\n")
    monkeypatch.setenv("CHANNERGY_CRM_PASSWORD", SIGNED_IN)
    assert says("--connect", "--by", ADMIN) == (0, same)
    assert (link(acme).remote, now(acme).fax) == (there, "9")
    monkeypatch.delenv("CHANNERGY_CRM_PASSWORD")
    assert says()[0] == 0 and waiting() == []
